"""Which area a point lies in."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyproj import CRS, Geod, Transformer

from lofte_engine.places import raster as grid
from lofte_engine.places.areas import SWEREF, WGS84, Areas

Floats = npt.NDArray[np.float64]
_KEPT_LAYOUT = 1
_LONGEST_DEGREES = 0.02


@dataclass(frozen=True, eq=False)
class Located:
    """Where points lie.

    Attributes
    ----------
    areas : Areas
    index : numpy.ndarray
        n indices into `areas`, -1 for a point in no area.
    on_boundary : int
        How many points lay exactly on a boundary and went to the area with the lowest code.
    unmatched : numpy.ndarray
        Positions of the points in no area.
    nearest : numpy.ndarray
        For each of them the index of the nearest area; -1 when the coordinate is no number.
    distance_m : numpy.ndarray
        And how far away its boundary is, in metres.
    suspicion : str
        What is probably wrong when most points lie outside, in Swedish; empty otherwise.
    """

    areas: Areas
    index: npt.NDArray[np.int32] = field(repr=False)
    on_boundary: int
    unmatched: npt.NDArray[np.int64] = field(repr=False)
    nearest: npt.NDArray[np.int32] = field(repr=False)
    distance_m: Floats = field(repr=False)
    suspicion: str = ""

    @property
    def codes(self) -> pa.Array:
        """n area codes, null for a point in no area."""
        indices = pa.array(self.index, mask=self.index < 0)
        return pa.array(self.areas.codes, pa.string()).take(indices)


@dataclass(frozen=True, eq=False)
class Locator:
    """Places points in the areas of one division.

    Parameters
    ----------
    areas : Areas
    raster : lofte_engine.places.raster.Raster

    Notes
    -----
    The test is made in the coordinate system of the areas, where their boundaries are straight between the points that
    define them; points are moved there. A point exactly on a boundary belongs to the area with the lowest code among
    those it touches; where areas overlap, a point in the inside of several belongs to the lowest too. The answer is
    that of an exact test (GEOS) for every point: what the grid cannot decide without rounding is asked there.

    Examples
    --------
    >>> areas = Areas.build(["A", "B"], shapely.box([0, 1], [0, 0], [1, 2], [1, 1]), crs="EPSG:3006")
    >>> located = Locator.of(areas).locate([0.5, 1.5, 1.0, 4.0], [0.5, 0.5, 0.5, 0.5], crs="EPSG:3006")
    >>> located.codes.to_pylist(), located.on_boundary, located.distance_m.tolist()
    (['A', 'B', 'A', None], 1, [2.0])
    """

    areas: Areas
    raster: grid.Raster = field(repr=False)

    @classmethod
    def of(cls, areas: Areas, cache: Path | None = None) -> Locator:
        """Make a locator.

        Parameters
        ----------
        areas : Areas
        cache : Path or None
            Folder where the grid of each boundary edition is kept, under the hash of its boundaries.
        """
        if cache is None:
            return cls(areas, grid.build(areas.geometries))
        path = cache / f"raster-{_KEPT_LAYOUT}-{areas.sha256[:32]}.npz"
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                return cls(areas, grid.from_arrays(kept))
        except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile):
            made = cls(areas, grid.build(areas.geometries))
        cache.mkdir(parents=True, exist_ok=True)
        # Written beside and moved, so that a reader never meets half a file.
        handle, name = tempfile.mkstemp(dir=cache, suffix=".npz")
        with os.fdopen(handle, "wb") as written:
            np.savez(written, **grid.arrays(made.raster))
        Path(name).replace(path)
        return made

    def locate(self, x: Any, y: Any, *, crs: str = WGS84, distances: bool = True) -> Located:
        """Find the area of each point.

        Parameters
        ----------
        x, y : array_like
            n longitudes and latitudes, or east and north in metres, as `crs` says.
        crs : str
            Of the points.
        distances : bool
            Whether to measure how far the points in no area are from the nearest one.

        Returns
        -------
        Located
        """
        given_x, given_y = (np.ascontiguousarray(one, dtype=np.float64) for one in (x, y))
        east, north = _moved(given_x, given_y, crs, self.areas.crs)
        index = self.raster.locate(east, north)
        unsure = np.flatnonzero(index == grid.UNSURE)
        index[unsure], on_boundary = self._exact(east[unsure], north[unsure])
        unmatched = np.flatnonzero(index < 0)
        nearest = np.full(len(unmatched), -1, dtype=np.int32)
        metres = np.full(len(unmatched), np.nan)
        if distances and len(unmatched):
            nearest, metres = self._nearest(east[unmatched], north[unmatched])
        suspicion = self._suspicion(given_x, given_y, crs, len(unmatched))
        return Located(self.areas, index, on_boundary, unmatched, nearest, metres, suspicion)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.areas.geometries)

    @cached_property
    def _in_metres(self) -> tuple[str, shapely.STRtree]:
        """Where distances are measured: the areas' own system if it is in metres, otherwise one that fits them."""
        if CRS.from_user_input(self.areas.crs).is_projected:
            return self.areas.crs, self._tree
        west, south, east, north = shapely.total_bounds(self.areas.geometries)
        crs = _metres_for((west + east) / 2, (south + north) / 2)
        transformer = Transformer.from_crs(self.areas.crs, crs, always_xy=True)
        # A long straight line in degrees is a curve in metres.
        short = shapely.segmentize(self.areas.geometries, _LONGEST_DEGREES)
        return crs, shapely.STRtree(shapely.transform(short, transformer.transform, interleaved=False))

    def _exact(self, x: Floats, y: Floats) -> tuple[npt.NDArray[np.int32], int]:
        found = np.full(len(x), -1, dtype=np.int32)
        if not len(x):
            return found, 0
        point, area = self._tree.query(shapely.points(x, y), predicate="intersects")
        inside = shapely.contains_xy(self.areas.geometries[area], x[point], y[point])
        # Touching first and then inside, each from high to low: what is written last stays.
        order = np.lexsort((-area, inside))
        found[point[order]] = area[order]
        return found, len(np.unique(point)) - len(np.unique(point[inside]))

    def _nearest(self, x: Floats, y: Floats) -> tuple[npt.NDArray[np.int32], Floats]:
        crs, tree = self._in_metres
        east, north = _moved(x, y, self.areas.crs, crs)
        nearest = np.full(len(x), -1, dtype=np.int32)
        metres = np.full(len(x), np.nan)
        real = np.flatnonzero(np.isfinite(east) & np.isfinite(north))
        if not len(real):
            return nearest, metres
        # Incident files repeat the same address many times.
        places, back = np.unique(np.column_stack([east[real], north[real]]), axis=0, return_inverse=True)
        (of, area), far = tree.query_nearest(shapely.points(places), return_distance=True, all_matches=False)
        best, length = np.full(len(places), -1, dtype=np.int32), np.full(len(places), np.nan)
        best[of] = area
        length[of] = far if crs == self.areas.crs else self._along_the_earth(crs, tree, places[of], area)
        nearest[real], metres[real] = best[back.ravel()], length[back.ravel()]
        return nearest, metres

    def _along_the_earth(self, crs: str, tree: shapely.STRtree, places: Floats, area: Any) -> Floats:
        # Areas as wide as a country are too wide for one system in metres: only the nearest point is taken from it.
        lines = shapely.shortest_line(shapely.points(places), tree.geometries[area])
        back = Transformer.from_crs(crs, WGS84, always_xy=True)
        lon, lat = back.transform(*shapely.get_coordinates(lines).T)
        return np.asarray(Geod(ellps="WGS84").inv(lon[0::2], lat[0::2], lon[1::2], lat[1::2])[2], dtype=np.float64)

    def _suspicion(self, x: Floats, y: Floats, crs: str, outside: int) -> str:
        if not len(x) or outside * 2 < len(x):
            return ""
        sample = slice(0, 10_000)
        real = np.isfinite(x[sample]) & np.isfinite(y[sample])
        if crs == WGS84 and real.any() and np.median(np.abs(y[sample][real])) > 1_000:
            return "Koordinaterna ser ut som meter i SWEREF 99 TM. Välj EPSG:3006."
        turned = _moved(y[sample], x[sample], crs, self.areas.crs)
        if (self.raster.locate(*turned) != grid.OUTSIDE).mean() > 0.5:
            return "Latitud och longitud ser ut att ha bytt plats."
        return "De flesta punkter ligger utanför områdena. Är det rätt kommun, och rätt koordinatsystem?"


@dataclass(frozen=True)
class Placed:
    """Incidents with their area.

    Attributes
    ----------
    table : pyarrow.Table
        The rows that have an area, with `area_code`.
    unmatched : pyarrow.Table
        The others: ``position`` (in the table that came in), ``lon``, ``lat``, ``nearest_code``, ``distance_m``,
        ``reason`` in Swedish.
    located : Located or None
        None when no row had a coordinate.
    """

    table: pa.Table
    unmatched: pa.Table
    located: Located | None

    @property
    def rows_in(self) -> int:
        return int(self.table.num_rows + self.unmatched.num_rows)


# Why a row has no area, in Swedish.
NO_AREA = (
    "",
    "saknar koordinat och områdeskod",
    "ligger utanför alla områden",
    "har en områdeskod som inte finns i indelningen",
    "har ett namn på kommundelen som inte finns i indelningen",
)
_NO_PLACE, _OUTSIDE, UNKNOWN_CODE, UNKNOWN_NAME = range(1, 5)


@dataclass(frozen=True, eq=False)
class Indexed:
    """Which area each row of a table lies in.

    Attributes
    ----------
    index : numpy.ndarray
        n indices into the areas, -1 for a row in none.
    reason : numpy.ndarray
        n places in `NO_AREA`: why a row has no area; 0 for the others.
    lon, lat : numpy.ndarray
        n coordinates, NaN where there is none.
    nearest, distance_m : numpy.ndarray
        n: the nearest area and how far away it is; -1 and NaN where that was not measured.
    located : Located or None
        None when no row had a coordinate.
    """

    index: npt.NDArray[np.int64] = field(repr=False)
    reason: npt.NDArray[np.int8] = field(repr=False)
    lon: Floats = field(repr=False)
    lat: Floats = field(repr=False)
    nearest: npt.NDArray[np.int64] = field(repr=False)
    distance_m: Floats = field(repr=False)
    located: Located | None = None


def index_areas(table: pa.Table, areas: Areas, locator: Callable[[], Locator], *, distances: bool = True) -> Indexed:
    """Find the area of every row, by its coordinate or else by its area code.

    Parameters
    ----------
    table : pyarrow.Table
        Of the contract `INCIDENTS`: ``lon, lat`` in degrees, or `area_code`. A coordinate goes before a code.
    areas : Areas
    locator : callable
        Makes the locator of those areas; asked for only when a row has a coordinate, for the grid costs time.
    distances : bool
        Whether to measure how far points in no area are from the nearest one; some tenth of a millisecond each.

    Returns
    -------
    Indexed
    """
    many = table.num_rows
    index = np.full(many, -1, dtype=np.int64)
    located = None
    reason = np.full(many, _NO_PLACE, dtype=np.int8)
    nearest = np.full(many, -1, dtype=np.int64)
    metres = np.full(many, np.nan)
    has_point = np.zeros(many, dtype=bool)
    lon = lat = np.full(many, np.nan)
    if {"lon", "lat"} <= set(table.column_names):
        lon, lat = (_floats(table[name]) for name in ("lon", "lat"))
        has_point = np.isfinite(lon) & np.isfinite(lat)
    if has_point.any():
        at = np.flatnonzero(has_point)
        located = locator().locate(lon[at], lat[at], distances=distances)
        index[at] = located.index
        nearest[at[located.unmatched]], metres[at[located.unmatched]] = located.nearest, located.distance_m
        reason[at[located.unmatched]] = _OUTSIDE
    if "area_code" in table.column_names:
        known = pc.index_in(table["area_code"].combine_chunks().cast(pa.string()), pa.array(areas.codes))
        coded = np.asarray(pc.fill_null(known, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
        named = ~has_point & np.asarray(pc.is_valid(table["area_code"]))
        index[named] = coded[named]
        reason[named & (coded < 0)] = UNKNOWN_CODE
    reason[index >= 0] = 0
    return Indexed(index, reason, lon, lat, nearest, metres, located)


def place_incidents(table: pa.Table, locator: Locator, *, distances: bool = True) -> Placed:
    """Give every incident its area, once.

    Parameters
    ----------
    table : pyarrow.Table
        As in `index_areas`.
    locator : Locator
    distances : bool
        As in `index_areas`.

    Returns
    -------
    Placed
        ``rows_in`` is the number of rows that came in: each is in `table` or in `unmatched`.
    """
    found = index_areas(table, locator.areas, lambda: locator, distances=distances)
    matched = found.index >= 0
    codes = pa.array(locator.areas.codes, pa.string())
    placed = table.filter(pa.array(matched))
    column = codes.take(pa.array(found.index[matched]))
    if "area_code" in placed.column_names:
        placed = placed.set_column(placed.column_names.index("area_code"), "area_code", column)
    else:
        placed = placed.append_column("area_code", column)
    out = np.flatnonzero(~matched)
    nearest = found.nearest[out]
    unmatched = pa.table({
        "position": pa.array(out),
        "lon": pa.array(found.lon[out], from_pandas=True),
        "lat": pa.array(found.lat[out], from_pandas=True),
        "nearest_code": codes.take(pa.array(nearest, mask=nearest < 0)),
        "distance_m": pa.array(found.distance_m[out], from_pandas=True),
        "reason": pa.array(NO_AREA, pa.string()).take(pa.array(found.reason[out])),
    })  # fmt: skip
    return Placed(placed, unmatched, found.located)


def _floats(column: Any) -> Floats:
    return np.asarray(pc.fill_null(column.cast(pa.float64()), np.nan).to_numpy(), dtype=np.float64)


def _moved(x: Floats, y: Floats, source: str, target: str) -> tuple[Floats, Floats]:
    if source == target:
        return x, y
    moved = Transformer.from_crs(source, target, always_xy=True).transform(x, y)
    return np.asarray(moved[0], dtype=np.float64), np.asarray(moved[1], dtype=np.float64)


def _metres_for(lon: float, lat: float) -> str:
    if 10 <= lon <= 25 and 55 <= lat <= 70:
        return SWEREF
    zone = int((lon + 180) // 6) % 60 + 1
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"
