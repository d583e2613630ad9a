"""Areas of a kommun from any file that the engine reads: GeoJSON, or SCB's GeoParquet for the whole country."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lofte.places.geojson import Collection, NotGeoJson, Outline, read
from lofte.places.models import Area, Municipality

_REGSO, _DESO = re.compile(r"\d{4}R\d{3}"), re.compile(r"\d{4}[ABC]\d{4}")


def areas_in(path: Path, municipality: Municipality) -> Collection:
    """The kommun's own areas in a file; those of other kommuner are left where they are."""
    with path.open("rb") as file:
        is_parquet = file.read(4) == b"PAR1"
    found = _parquet(path) if is_parquet else read(path.read_bytes())
    own = tuple(one for one in found.outlines if not one.municipality or one.municipality == municipality.code)
    if not own:
        raise NotGeoJson(_("Inget område i filen ligger i {kommun}.").format(kommun=municipality))
    return Collection(own, found.problems, found.edition, found.source)


def kind_of(collection: Collection) -> Area.Kind:
    """RegSO and DeSO are known by their codes; anything else is the kommun's own division."""
    codes = [one.code for one in collection.outlines]
    if all(_REGSO.fullmatch(code) for code in codes):
        return Area.Kind.REGSO
    return Area.Kind.DESO if all(_DESO.fullmatch(code) for code in codes) else Area.Kind.DISTRICT


def _parquet(path: Path) -> Collection:
    from pyproj import Transformer
    from shapely import transform
    from shapely.geometry import mapping

    from lofte_engine.places import read_areas
    from lofte_engine.places.areas import SWEREF

    areas = read_areas(path)
    shapes: Any = areas.geometries
    if areas.crs != SWEREF:
        moved = Transformer.from_crs(areas.crs, SWEREF, always_xy=True).transform
        shapes = transform(shapes, moved, interleaved=False)
    rows = zip(areas.codes, areas.names, areas.parents, shapes, strict=True)
    outlines = tuple(
        Outline(row, code, name, parent or code[:4], _plain(mapping(shape)))
        for row, (code, name, parent, shape) in enumerate(rows, start=1)
    )
    return Collection(outlines, (), areas.edition, "")


def _plain(geometry: Any) -> dict[str, Any]:
    return {"type": geometry["type"], "coordinates": _lists(geometry["coordinates"])}


def _lists(coordinates: Any) -> Any:
    """GeoJSON's lists, to a tenth of a metre."""
    if isinstance(coordinates[0], int | float):
        return [round(each, 1) for each in coordinates[:2]]
    return [_lists(each) for each in coordinates]
