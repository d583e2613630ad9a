"""Made-up events with a known truth, for tests, benchmarks and trying things out. The same seed gives the same rows.

No person, place or event in them exists.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from lofte_engine.places.areas import SWEREF, Areas

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# Names that real files have too, so that what follows police effort is recognised.
KINDS = (
    "Stöld",
    "Skadegörelse",
    "Misshandel",
    "Narkotikabrott",
    "Bostadsinbrott",
    "Cykelstöld",
    "Klotter",
    "Bedrägeri",
)
_BATCH = 1_000_000
_TRIES = 200


@dataclass(frozen=True, eq=False)
class World:
    """A place where events happen at a known pace.

    Parameters
    ----------
    areas : Areas
    kinds : tuple of str
        What happens.
    first_year, years : int
    area_share : numpy.ndarray
        Share of all events in each area; sums to 1.
    kind_share : numpy.ndarray
        Share of each kind; sums to 1.
    season : numpy.ndarray
        12: share of a year's events in each month; sums to 1.
    residents : numpy.ndarray
        Of each area, the same all years.
    """

    areas: Areas
    kinds: tuple[str, ...]
    first_year: int
    years: int
    area_share: Floats = field(repr=False)
    kind_share: Floats = field(repr=False)
    season: Floats = field(repr=False)
    residents: Ints = field(repr=False)

    @classmethod
    def build(
        cls, areas: Areas, *, kinds: int = len(KINDS), first_year: int = 2022, years: int = 3, seed: int = 0
    ) -> World:
        """Draw a world.

        Parameters
        ----------
        areas : Areas
        kinds : int
            How many kinds of event; beyond the known names they are numbered.
        first_year, years : int
        seed : int

        Returns
        -------
        World
            Shares are skewed, as they are in life: few areas and kinds have most of the events.

        Examples
        --------
        >>> world = World.build(squares(2, 2), kinds=3, seed=7)
        >>> world.kinds, world.expected(600).shape
        (('Stöld', 'Skadegörelse', 'Misshandel'), (4, 3, 36))
        """
        chance = np.random.default_rng([seed, 1])
        names = tuple(KINDS[at] if at < len(KINDS) else f"Brott {at + 1:03}" for at in range(kinds))
        area_share = chance.gamma(1.5, size=len(areas))
        kind_share = chance.gamma(0.7, size=kinds) + 0.01
        months = 1 + 0.25 * np.sin((np.arange(12) - 3) * math.tau / 12)
        return cls(
            areas,
            names,
            first_year,
            years,
            area_share / area_share.sum(),
            kind_share / kind_share.sum(),
            months / months.sum(),
            chance.integers(700, 6_000, len(areas)),
        )

    def expected(self, rows: int) -> Floats:
        """The truth: expected events in each area, kind and month when there are so many in all.

        Parameters
        ----------
        rows : int

        Returns
        -------
        numpy.ndarray
            areas × kinds × months.
        """
        months = np.tile(self.season, self.years) / self.years
        return rows * self.area_share[:, None, None] * self.kind_share[None, :, None] * months

    def events(self, rows: int, *, seed: int = 0, with_points: bool = False, batch: int = _BATCH) -> Iterator[pa.Table]:
        """Draw events.

        Parameters
        ----------
        rows : int
        seed : int
        with_points : bool
            Give ``lon, lat`` instead of ``area_code``.
        batch : int
            Rows at a time; other batches are other events.

        Yields
        ------
        pyarrow.Table
            ``occurred_at, category`` and ``area_code`` or ``lon, lat``.

        Examples
        --------
        >>> first = next(World.build(squares(2, 2), seed=7).events(5, seed=1))
        >>> first.column_names, first.num_rows
        (['occurred_at', 'category', 'area_code'], 5)
        """
        months = self.years * 12
        for number, start in enumerate(range(0, rows, batch)):
            many = min(batch, rows - start)
            chance = np.random.default_rng([seed, 2, number])
            area = _drawn(chance, self.area_share, many)
            kind = _drawn(chance, self.kind_share, many)
            month = _drawn(chance, np.tile(self.season, self.years) / self.years, many)
            begins = (np.arange(months + 1) + (self.first_year - 1970) * 12).astype("datetime64[M]")
            days = begins.astype("datetime64[D]").astype(np.int64)
            minutes = (days[month] * 1440 + chance.random(many) * (days[month + 1] - days[month]) * 1440).astype("i8")
            columns = {
                "occurred_at": pa.array((minutes * 60_000_000).astype("datetime64[us]")),
                "category": pa.array(self.kinds, pa.string()).take(pa.array(kind)),
            }
            if with_points:
                lon, lat = self._points(chance, area)
                columns |= {"lon": pa.array(lon), "lat": pa.array(lat)}
            else:
                columns["area_code"] = pa.array(self.areas.codes, pa.string()).take(pa.array(area))
            yield pa.table(columns)

    def population(self) -> pa.Table:
        """Residents as a table: ``area_code, year, population``."""
        years = range(self.first_year, self.first_year + self.years)
        return pa.table({
            "area_code": pa.array([code for code in self.areas.codes for _ in years], pa.string()),
            "year": pa.array([year for _ in self.areas.codes for year in years], pa.int64()),
            "population": pa.array(np.repeat(self.residents, self.years)),
        })  # fmt: skip

    @cached_property
    def _inside(self) -> Floats:
        return np.asarray(shapely.get_coordinates(shapely.point_on_surface(self.areas.geometries)))

    def _points(self, chance: np.random.Generator, area: Ints) -> tuple[Floats, Floats]:
        """Points evenly inside their areas, in degrees; in slivers, one point of the area."""
        from pyproj import Transformer

        west, south, east, north = shapely.bounds(self.areas.geometries).T
        x, y = self._inside[area].T
        left = np.arange(len(area))
        for _ in range(_TRIES):
            own = area[left]
            tried = [
                low[own] + chance.random(len(own)) * (high - low)[own] for low, high in ((west, east), (south, north))
            ]
            hit = shapely.contains_xy(self.areas.geometries[own], *tried)
            x[left[hit]], y[left[hit]] = tried[0][hit], tried[1][hit]
            left = left[~hit]
            if not len(left):
                break
        moved = Transformer.from_crs(self.areas.crs, "EPSG:4326", always_xy=True).transform(x, y)
        return np.asarray(moved[0]), np.asarray(moved[1])


def squares(columns: int, rows: int, *, side: float = 2_000, parents: int = 0) -> Areas:
    """Square areas side by side, in metres (SWEREF 99 TM).

    Parameters
    ----------
    columns, rows : int
    side : float
        In metres.
    parents : int
        How many kommuner they belong to, row by row; 0 for none.

    Returns
    -------
    Areas

    Examples
    --------
    >>> squares(2, 1).codes, squares(1, 2, parents=2).parents
    (('R0C0', 'R0C1'), ('K0', 'K1'))
    """
    at = [(row, column) for row in range(rows) for column in range(columns)]
    west, south = (np.array([600_000, 6_580_000]) + np.array([(column, row) for row, column in at]) * side).T
    shapes = shapely.box(west, south, west + side, south + side)
    held = [f"K{row * parents // rows}" for row, _ in at] if parents else ()
    codes = [f"R{row}C{column}" for row, column in at]
    names = [f"Rutan {row}-{column}" for row, column in at]
    return Areas.build(codes, shapes, crs=SWEREF, names=names, edition="påhittad", parents=held)


def geojson(areas: Areas) -> str:
    """Areas as a GeoJSON file, in their own coordinate system.

    Examples
    --------
    >>> '"area_code": "R0C0"' in geojson(squares(1, 1))
    True
    """
    import json

    shapes = [json.loads(one) for one in shapely.to_geojson(areas.geometries)]
    features = []
    for at, shape in enumerate(shapes):
        about = {"area_code": areas.codes[at], "area_name": areas.names[at]}
        if areas.parents[at]:
            about["parent_code"] = areas.parents[at]
        features.append({"type": "Feature", "properties": about, "geometry": shape})
    number = areas.crs.removeprefix("EPSG:")
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{number}"}}
    told = {"type": "FeatureCollection", "features": features}
    # Without a word about it, GeoJSON is in degrees.
    return json.dumps(told if areas.crs == "EPSG:4326" else {**told, "crs": crs}, ensure_ascii=False)


def _drawn(chance: np.random.Generator, share: Floats, many: int) -> Ints:
    """Places drawn by their shares; by bisection, for `choice` makes a table of it each time."""
    ends = np.cumsum(share)
    return np.searchsorted(ends / ends[-1], chance.random(many), side="right").astype(np.int64)
