"""Areas with their boundaries, edition and coordinate system, from GeoParquet or GeoJSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from lofte_engine.cells import clean_text
from lofte_engine.sources.faults import layout_of, read_json
from lofte_engine.sources.grid import file_kind
from lofte_engine.sources.layout import normal_heading
from lofte_engine.sources.mapping import known_headings
from lofte_engine.table_errors import PlaceError, TableError
from lofte_engine.tables import AREAS

WGS84 = "EPSG:4326"
SWEREF = "EPSG:3006"


@dataclass(frozen=True, eq=False)
class Areas:
    """A division of a place into areas.

    Parameters
    ----------
    codes : tuple of str
        n codes, ascending.
    names : tuple of str
        n names; the code where there is none.
    geometries : numpy.ndarray
        n polygons or multipolygons, valid.
    crs : str
        "EPSG:3006" or "EPSG:4326", or another EPSG number; coordinates are always (east, north) or (lon, lat).
    edition : str
        Such as "RegSO 2025_v2"; empty when the file does not say.
    parents : tuple of str
        n codes of what each area lies in (the kommun), or empty strings.
    repaired : tuple of str
        Codes whose boundary crossed itself and was made valid.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    geometries: npt.NDArray[np.object_] = field(repr=False)
    crs: str
    edition: str = ""
    parents: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def sha256(self) -> str:
        """Hash of codes, boundaries and coordinate system: what is computed from them is kept under it."""
        digest = hashlib.sha256(f"{self.crs}\n".encode())
        for code, shape in zip(self.codes, shapely.to_wkb(self.geometries), strict=True):
            digest.update(f"{code}\n".encode())
            digest.update(shape)
        return digest.hexdigest()

    @classmethod
    def build(
        cls,
        codes: Sequence[str],
        geometries: Sequence[Any] | npt.NDArray[np.object_],
        *,
        crs: str,
        names: Sequence[str] | None = None,
        edition: str = "",
        parents: Sequence[str] = (),
    ) -> Areas:
        """Check and order areas.

        Parameters
        ----------
        codes : sequence of str
        geometries : sequence of shapely geometries
        crs : str
        names, edition, parents
            As above.

        Returns
        -------
        Areas

        Raises
        ------
        PlaceError
            With code "no_areas", "doubled_areas", "not_polygons" or "no_crs".

        Examples
        --------
        >>> areas = Areas.build(["B", "A"], shapely.box([1, 0], [0, 0], [2, 1], [1, 1]), crs="EPSG:3006")
        >>> areas.codes
        ('A', 'B')
        """
        shapes = np.asarray(geometries, dtype=object)
        if len(shapes) == 0:
            raise PlaceError("no_areas")
        seen: set[str] = set()
        for code, shape in zip(codes, shapes, strict=True):
            if code in seen:
                raise PlaceError("doubled_areas", code=code)
            seen.add(code)
            if shape is None or shapely.is_empty(shape) or shapely.get_type_id(shape) not in (3, 6):
                raise PlaceError("not_polygons", code=code)
        if not np.isfinite(shapely.bounds(shapes)).all():
            raise PlaceError("bad_geometry", code=codes[0], why="en koordinat är inte ett tal")
        shapes = shapely.force_2d(shapes)
        broken = ~shapely.is_valid(shapes)
        for at in np.flatnonzero(broken).tolist():
            made = shapely.make_valid(shapes[at])
            polygons = [part for part in shapely.get_parts(made) if shapely.get_type_id(part) in (3, 6)]
            if not polygons:
                raise PlaceError("bad_geometry", code=codes[at], why=shapely.is_valid_reason(shapes[at]))
            shapes[at] = shapely.union_all(polygons)
        order = sorted(range(len(codes)), key=lambda at: codes[at])
        named = list(names) if names is not None else list(codes)
        return cls(
            tuple(codes[at] for at in order),
            tuple(named[at] or codes[at] for at in order),
            shapes[order],
            _epsg(crs),
            edition,
            tuple(parents[at] for at in order) if len(parents) else ("",) * len(order),
            tuple(codes[at] for at in order if broken[at]),
        )


def read_areas(
    path: Path, *, columns: Mapping[str, str] | None = None, crs: str | None = None, edition: str | None = None
) -> Areas:
    """Read areas from a file.

    Parameters
    ----------
    path : Path
        GeoParquet or GeoJSON.
    columns : mapping or None
        Where `area_code`, `area_name`, `edition` and `parent_code` stand, when the file calls them otherwise; SCB's own
        names (regsokod, desokod, kommunkod …) are known.
    crs : str or None
        Only for a file that does not say. GeoJSON without one is in degrees, unless the numbers are metres.
    edition : str or None
        Name of the edition, when the file's own is not wanted.

    Returns
    -------
    Areas

    Raises
    ------
    TableError
        When the file is no such file, or "missing_columns" when no column holds codes.
    PlaceError
        As in `Areas.build`; "no_crs" when the coordinate system is unknown.
    """
    source = "en fil med områden (GeoParquet eller GeoJSON)"
    with layout_of(source):
        kind = file_kind(path)
        if kind not in ("parquet", "json"):
            raise TableError("wrong_layout", source=source, what="det är en annan sorts fil")
        rows, shapes, said = _parquet(path) if kind == "parquet" else _geojson(path)
    found = _columns(list(rows), columns)
    codes = [clean_text(cell) for cell in rows[found["area_code"]]]
    editions = sorted({clean_text(cell) for cell in rows[found["edition"]]} - {""}) if "edition" in found else []
    names = [clean_text(cell) for cell in rows[found["area_name"]]] if "area_name" in found else None
    parents = [clean_text(cell) for cell in rows[found["parent_code"]]] if "parent_code" in found else ()
    told = " + ".join(editions) if edition is None else edition
    where = said or crs
    if where is None:
        raise PlaceError("no_crs")
    bounds = shapely.total_bounds(shapes)
    if where == WGS84 and len(shapes) and np.abs(bounds).max() > 360:
        where = crs if crs and crs != WGS84 else SWEREF
    return Areas.build(codes, shapes, crs=where, names=names, edition=told, parents=parents)


def _columns(names: list[str], given: Mapping[str, str] | None) -> dict[str, str]:
    found = {}
    normal = {normal_heading(name): name for name in reversed(names)}
    for column in ("area_code", "area_name", "edition", "parent_code"):
        if given and column in given:
            if given[column] not in names:
                raise TableError("missing_columns", columns=given[column], found=", ".join(names))
            found[column] = given[column]
            continue
        options = (*(("kommunkod",) if column == "parent_code" else ()), *known_headings(AREAS, column))
        hit = next((normal[name] for name in options if name in normal and normal[name] not in found.values()), None)
        if hit is not None:
            found[column] = hit
    if "area_code" not in found:
        raise TableError("missing_columns", columns="Områdeskod (area_code)", found=", ".join(names) or "inga")
    return found


def _parquet(path: Path) -> tuple[dict[str, list[Any]], npt.NDArray[np.object_], str | None]:
    table = pq.read_table(path)
    about = json.loads((table.schema.metadata or {}).get(b"geo", b"{}"))
    column = about.get("primary_column", "geometry")
    if column not in table.column_names:
        raise TableError("missing_columns", columns="Yta (geometry)", found=", ".join(table.column_names))
    stored = table[column].combine_chunks()
    stored = getattr(stored, "storage", stored)
    shapes = np.asarray(_drawn(shapely.from_wkb, stored.to_pylist()), dtype=object)
    rows = {name: table[name].to_pylist() for name in table.column_names if name != column}
    known = about.get("columns", {}).get(column, {})
    # GeoParquet: an absent crs means degrees (OGC:CRS84), null means unknown.
    crs = WGS84 if known and "crs" not in known else known.get("crs")
    return rows, shapes, _epsg(crs) if crs else None


def _geojson(path: Path) -> tuple[dict[str, list[Any]], npt.NDArray[np.object_], str | None]:
    told = read_json(path)
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        raise PlaceError("no_areas")
    drawn = [json.dumps(one["geometry"]) if one.get("geometry") else None for one in features]
    shapes = np.array([_drawn(shapely.from_geojson, one) if one else None for one in drawn], dtype=object)
    names = list(dict.fromkeys(name for one in features for name in one.get("properties") or {}))
    rows = {name: [(one.get("properties") or {}).get(name) for one in features] for name in names}
    if any("id" in one for one in features) and "id" not in rows:
        rows["id"] = [one.get("id") for one in features]
    crs = told.get("crs", {}).get("properties", {}).get("name") if isinstance(told.get("crs"), dict) else None
    return rows, shapes, _epsg(crs) if crs else WGS84


def _drawn(draw: Callable[[Any], Any], told: Any) -> Any:
    try:
        return draw(told)
    except shapely.errors.GEOSException as error:
        raise TableError("damaged") from error


def _epsg(crs: Any) -> str:
    try:
        known = CRS.from_user_input(crs)
    except CRSError as error:
        raise PlaceError("no_crs") from error
    if known.name in ("WGS 84 (CRS84)", "WGS 84", "WGS84"):
        return WGS84
    number = known.to_epsg(min_confidence=20)
    if number is None:
        raise PlaceError("no_crs")
    return f"EPSG:{number}"


def normal_label(label: str) -> str:
    """A label for comparing: exports differ in capitals, dashes and spaces before the bracket.

    Examples
    --------
    >>> normal_label("Täby (Ella Gård )") == normal_label("Täby (Ella gård)")
    True
    """
    return re.sub(r"[‐-―]", "-", clean_text(label)).casefold().replace(" )", ")")


def labels(areas: Areas, kommuner: Mapping[str, str]) -> dict[str, str]:
    """Codes by the label that Statistics Sweden's exports use for RegSO: "Kommun (namn)".

    Parameters
    ----------
    areas : Areas
        With the kommun as parent.
    kommuner : mapping
        Name by kommun code.

    Returns
    -------
    dict
        Code by `normal_label`. A label that two areas share is left out, since either could be meant.

    Notes
    -----
    Of the 3 363 labels in the export of 2020–2023 some ten have another name in the edition of 2025 (a misspelling
    mended, a name changed). They are not guessed: look for what is absent and say so.

    Examples
    --------
    >>> areas = Areas.build(["0486R001"], [shapely.box(0, 0, 1, 1)], crs=SWEREF, names=["Mariefred"], parents=["0486"])
    >>> labels(areas, {"0486": "Strängnäs"})[normal_label("Strängnäs (Mariefred)")]
    '0486R001'
    """
    found: dict[str, str | None] = {}
    for code, name, parent in zip(areas.codes, areas.names, areas.parents, strict=True):
        label = normal_label(f"{kommuner.get(parent, parent)} ({name})")
        found[label] = None if label in found else code
    return {label: code for label, code in found.items() if code is not None}
