"""Areas of a kommun from GeoJSON: SCB's RegSO and DeSO, or a kommun's own kommundelar."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lofte.core.pointing import pointed_out, told_of
from lofte.places.models import Area, Municipality

# What the columns are called in SCB's files and in the files kommuner make.
CODE_NAMES = ("regsokod", "desokod", "kod", "code", "id")
NAME_NAMES = ("regsonamn", "desonamn", "namn", "name", "kommundel")
MUNICIPALITY_NAMES = ("kommunkod", "kommun_kod", "municipality")
MOST_AREAS = 2000
SWEREF_99_TM = "EPSG:3006"


class NotGeoJson(ValueError):
    """The file is not GeoJSON with areas; the message is a Swedish sentence."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one area: its number in the file (from 1), the column and a Swedish sentence."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Outline:
    """One area as the file tells of it, its boundary in SWEREF 99 TM."""

    row: int
    code: str
    name: str
    municipality: str
    geometry: dict[str, Any]


@dataclass(frozen=True)
class Collection:
    outlines: tuple[Outline, ...]
    problems: tuple[Problem, ...]
    edition: str
    source: str


@dataclass(frozen=True)
class Loaded:
    new: int
    changed: int
    unchanged: int


def read(text: str | bytes, columns: dict[str, str] | None = None) -> Collection:
    """A GeoJSON text as areas and problems. `columns` may say where `code` and `name` stand."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise NotGeoJson(_("Filen är inte GeoJSON. Spara kartlagret som GeoJSON och försök igen.")) from None
    if not isinstance(given, dict) or given.get("type") != "FeatureCollection" or not _features(given):
        raise NotGeoJson(_("Filen har inga områden: den ska vara en FeatureCollection."))
    if len(_features(given)) > MOST_AREAS:
        raise NotGeoJson(_("Filen har fler än {most} områden. Ta bara med kommunens egna.").format(most=MOST_AREAS))
    outlines: list[Outline] = []
    problems: list[Problem] = []
    for number, feature in enumerate(_features(given), start=1):
        for found in _outline(number, feature, columns or {}):
            (outlines if isinstance(found, Outline) else problems).append(found)  # type: ignore[arg-type]
    return Collection(
        tuple(_in_sweref(outlines)), tuple(problems), str(given.get("edition", "")), str(given.get("source", ""))
    )


def _features(given: dict[str, Any]) -> list[Any]:
    features = given.get("features")
    return features if isinstance(features, list) else []


def _outline(number: int, feature: Any, columns: dict[str, str]) -> Iterator[Outline | Problem]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        yield Problem(number, "", "", _("Området saknar egenskaper."))
        return
    lowered = {str(name).lower(): value for name, value in properties.items() if value is not None}
    name = _first(lowered, (columns.get("name", ""), *NAME_NAMES))
    code = _first(lowered, (columns.get("code", ""), *CODE_NAMES))
    if not name or len(name) > 120:
        reason = _("Området saknar namn.") if not name else _("Namnet är längre än 120 tecken.")
        yield Problem(number, columns.get("name", "name"), name[:40], reason)
        return
    if pointed := pointed_out(name):
        yield Problem(number, columns.get("name", "name"), name, told_of(pointed[0]))
        return
    geometry = feature.get("geometry")
    reason = _wrong_geometry(geometry)
    if reason:
        yield Problem(number, "geometry", name, reason)
        return
    kept = {"type": geometry["type"], "coordinates": geometry["coordinates"]}
    yield Outline(number, code[:20], name, _first(lowered, MUNICIPALITY_NAMES), kept)


def _first(values: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        if name and values.get(name.lower()) not in (None, ""):
            return str(values[name.lower()]).strip()
    return ""


def _wrong_geometry(geometry: Any) -> str:
    """Why this is no boundary; empty when it is one."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return _("Området har ingen yta. Det ska vara en Polygon eller MultiPolygon.")
    try:
        rings = list(_rings(geometry))
    except (TypeError, KeyError):
        rings = []
    if not rings:
        return _("Områdets gräns är tom.")
    for ring in rings:
        if not isinstance(ring, list) or not all(_is_point(point) for point in ring):
            return _("Gränsen innehåller något som inte är en punkt.")
        if len(ring) < 4 or ring[0][:2] != ring[-1][:2]:
            return _("Gränsen är inte sluten: den ska sluta där den börjar.")
    return ""


def _rings(geometry: dict[str, Any]) -> Iterator[Any]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def _is_point(point: Any) -> bool:
    return isinstance(point, list) and len(point) >= 2 and all(type(each) in (int, float) for each in point[:2])


def _in_sweref(outlines: list[Outline]) -> Iterator[Outline]:
    """Boundaries in degrees (what GeoJSON says) become metres; those in metres already (what SCB has) are kept."""
    in_degrees = [outline for outline in outlines if _is_degrees(outline.geometry)]
    if not in_degrees:
        yield from outlines
        return
    from pyproj import Transformer

    to_metres = Transformer.from_crs("EPSG:4326", SWEREF_99_TM, always_xy=True).transform
    for outline in outlines:
        if outline in in_degrees:
            moved = _moved(outline.geometry["coordinates"], to_metres)
            geometry = {"type": outline.geometry["type"], "coordinates": moved}
            yield Outline(outline.row, outline.code, outline.name, outline.municipality, geometry)
        else:
            yield outline


def _is_degrees(geometry: dict[str, Any]) -> bool:
    return all(abs(x) <= 180 and abs(y) <= 90 for ring in _rings(geometry) for x, y, *_rest in ring)


def _moved(coordinates: Any, to_metres: Any) -> Any:
    if _is_point(coordinates):
        x, y = to_metres(coordinates[0], coordinates[1])
        return [round(x, 1), round(y, 1)]
    return [_moved(each, to_metres) for each in coordinates]


@transaction.atomic
def load_areas(
    collection: Collection, *, municipality: Municipality, kind: str, edition: str = "", source: str = ""
) -> Loaded:
    """Keep a kommun's areas. The same file again changes nothing; another edition is kept beside the first."""
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    edition, source = (edition or collection.edition)[:40], (source or collection.source)[:300]
    known = {area.key: area for area in municipality.areas.filter(kind=kind)}
    for outline in collection.outlines:
        if outline.municipality and outline.municipality != municipality.code:
            continue
        values = {"name": outline.name, "code": outline.code, "edition": edition, "source": source}
        key = _key(kind, outline)
        if key in known and known[key].edition != edition:
            key = f"{key}-{slugify(edition)}"[:80]
        counts[_keep(municipality, known.get(key), key, kind, {**values, "geometry": outline.geometry})] += 1
    return Loaded(**counts)


def _key(kind: str, outline: Outline) -> str:
    return f"{slugify(kind)}-{slugify(outline.code or outline.name)}"[:60]


def _keep(municipality: Municipality, area: Area | None, key: str, kind: str, values: dict[str, Any]) -> str:
    if area is None:
        Area.objects.create(municipality=municipality, key=key, kind=kind, **values)
        return "new"
    changed = [name for name, value in values.items() if getattr(area, name) != value]
    if not changed:
        return "unchanged"
    for name in changed:
        setattr(area, name, values[name])
    area.save(update_fields=changed)
    return "changed"
