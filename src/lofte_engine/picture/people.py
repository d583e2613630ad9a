"""Population by area and year, ready to divide by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lofte_engine.picture.errors import PictureError
from lofte_engine.places.areas import Areas, normal_label
from lofte_engine.sources.generic import read_table
from lofte_engine.sources.recognise import recognise
from lofte_engine.sources.scb import FIRST_PERTURBED_YEAR, read_scb, total_population
from lofte_engine.tables import POPULATION

Floats = npt.NDArray[np.float64]
# People move slowly: a figure this many years old still gives a rate, and the rate says which year it is of.
FARTHEST = 3


@dataclass(frozen=True)
class People:
    """How many live in each area.

    Parameters
    ----------
    years : tuple of int
        The years that the source has, ascending.
    counts : numpy.ndarray
        areas × years; NaN where the source has none.
    rejected : tuple of str
        Rows of the file that could not be used, in Swedish.
    rows_elsewhere : int
        Rows of areas that are not in the division.
    is_perturbed : bool
        Whether Statistics Sweden has added noise to a year that is there.

    Examples
    --------
    >>> people = People((2022, 2023), np.array([[100.0, 110.0]]))
    >>> people.of(2025).tolist(), people.year_for(2025), people.year_for(2030)
    ([110.0], 2023, None)
    """

    years: tuple[int, ...]
    counts: Floats = field(repr=False)
    rejected: tuple[str, ...] = ()
    rows_elsewhere: int = 0
    is_perturbed: bool = False

    def year_for(self, year: int) -> int | None:
        """The year whose population is used for a year: itself, or the nearest, the earlier of two as near."""
        near = [own for own in self.years if abs(own - year) <= FARTHEST]
        return min(near, key=lambda own: (abs(own - year), own), default=None)

    def of(self, year: int) -> Floats:
        """Residents of each area, NaN where unknown."""
        known = self.year_for(year)
        return self.counts[:, self.years.index(known)] if known is not None else np.full(len(self.counts), np.nan)

    def with_sums(self, members: Sequence[Sequence[int]]) -> People:
        """The same with sums of areas after them; a sum is unknown when a part is."""
        sums = [self.counts[list(held)].sum(axis=0) for held in members]
        whole = np.vstack([self.counts, *sums]) if sums else self.counts
        return People(self.years, whole, self.rejected, self.rows_elsewhere, self.is_perturbed)


def read_people(path: Path, areas: Areas) -> People:
    """Read the population of areas.

    Parameters
    ----------
    path : Path
        CSV, Excel or Parquet with ``area_code, year, population``, or a table of Statistics Sweden.
    areas : Areas
        A row says its area by code, or by a name that only one area has.

    Returns
    -------
    People

    Raises
    ------
    TableError
        When the file as a whole cannot be read.
    PictureError
        ``no_population`` when no row is of these areas, ``population_groups`` when nobody has counted everybody.
    """
    data = read_scb(path) if recognise(path) == "scb" else read_table(path, POPULATION, today=None)
    table = total_population(data.table)
    if not table.num_rows and data.table.num_rows:
        groups = sorted({str(group) for group in data.table["group"].to_pylist()})
        raise PictureError("population_groups", groups=", ".join(groups[:5]))
    by_code = {code: at for at, code in enumerate(areas.codes)}
    names = [normal_label(name) for name in areas.names]
    times = Counter(names)
    by_name = {name: at for at, name in enumerate(names) if times[name] == 1}
    places = [
        by_code.get(code or "", by_name.get(normal_label(name or ""), -1))
        for code, name in zip(_texts(table, "area_code"), _texts(table, "area_name"), strict=True)
    ]
    years = tuple(sorted(set(table["year"].to_pylist())))
    counts = np.full((len(areas), len(years)), np.nan)
    for place, year, count in zip(places, table["year"].to_pylist(), table["population"].to_pylist(), strict=True):
        if place >= 0 and count is not None:
            counts[place, years.index(year)] = count
    if np.isnan(counts).all():
        found = [one for column in ("area_code", "area_name") for one in _texts(table, column) if one]
        raise PictureError("no_population", found=", ".join(list(dict.fromkeys(found))[:5]) or "inga")
    counts[counts <= 0] = np.nan
    return People(years, counts, _told(data.checked.rejects), places.count(-1), max(years) >= FIRST_PERTURBED_YEAR)


def _texts(table: pa.Table, name: str) -> list[str | None]:
    return table[name].to_pylist() if name in table.column_names else [None] * table.num_rows


def _told(rejects: pa.Table) -> tuple[str, ...]:
    return tuple(f"rad {one['row']}: {one['column']} {one['reason']}" for one in rejects.to_pylist())
