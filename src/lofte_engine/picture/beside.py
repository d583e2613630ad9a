"""Published cells beside the same part of the years before, some areas at a time.

A country's cells fill a box of areas × kinds × periods well enough for a plain array: what was a year ago stands a
fixed number of places away, so nothing has to be looked up, joined or sorted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lofte_engine.picture.division import Division
from lofte_engine.picture.publishing import Cells

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
YEARS_BACK = 3
# Places of a box that is held at a time: some hundred megabytes with all that is made of them.
_BOX = 4_000_000


@dataclass(frozen=True)
class Periods:
    """What holds for each period of a division; arrays of as many as it has codes, years last.

    Attributes
    ----------
    year : numpy.ndarray
    share : numpy.ndarray
        Of a year that the period is.
    is_whole : numpy.ndarray
        Whether the file seems to have all of it.
    back : numpy.ndarray
        How many years, up to three, the file reaches back from it.
    """

    year: Ints
    share: Floats
    is_whole: Bools
    back: Ints

    @classmethod
    def of(cls, division: Division) -> Periods:
        leaf = np.arange(division.last - division.first + 1)
        years = np.array(list(division.years), dtype=np.int64)
        known = np.array([len(many) for many in division.years.values()], dtype=np.int64)
        is_whole = ~np.isin(np.array(division.period_codes), division.partial)
        is_whole[len(leaf) :] = np.isin(years, division.whole_years)
        back = np.concatenate([
            (leaf - (0 if division.is_first_whole else 1)) // division.a_year,
            years - min(division.whole_years, default=0),
        ])  # fmt: skip
        return cls(
            np.concatenate([(leaf + division.first) // division.a_year, years]),
            np.concatenate([np.ones(len(leaf)), known]) * division.months / 12,
            is_whole,
            np.where(is_whole, np.clip(back, 0, YEARS_BACK), 0),
        )


@dataclass(frozen=True)
class Rows:
    """Cells beside earlier ones, sorted by area, category and period; arrays of n.

    Attributes
    ----------
    area, category, period : numpy.ndarray
        Places in the division's codes.
    count : numpy.ndarray
        0 where hidden.
    is_hidden : numpy.ndarray
    earlier : numpy.ndarray
        Sum over the same part of the years before; 0 for a period that the file has a part of.
    is_earlier_shown : numpy.ndarray
        Whether the counts of all those years are shown.
    """

    area: Ints = field(repr=False)
    category: Ints = field(repr=False)
    period: Ints = field(repr=False)
    count: Ints = field(repr=False)
    is_hidden: Bools = field(repr=False)
    earlier: Ints = field(repr=False)
    is_earlier_shown: Bools = field(repr=False)

    def __len__(self) -> int:
        return len(self.area)

    def only(self, chosen: Bools) -> Rows:
        """Some of them."""
        return Rows(*(one[chosen] for one in vars(self).values()))


def beside_earlier(cells: Cells, division: Division, *, least: int = 1) -> Iterator[Rows]:
    """Each published cell beside the same part of up to three years before.

    Parameters
    ----------
    cells : Cells
        In any order.
    division : Division
    least : int
        A cell that has no events now is there when it had so many before, up to the last period that has events.

    Yields
    ------
    Rows
        Of some areas at a time, ascending.

    Examples
    --------
    >>> from lofte_engine.synthetic import squares
    >>> two = Division(squares(1, 1), ("stöld",), 12, 2023, 2024)
    >>> nothing = np.zeros(2, dtype=np.int64)
    >>> found = Cells(nothing, nothing, np.array([0, 1]), np.array([7, 5]), nothing > 0)
    >>> [rows.earlier.tolist() for rows in beside_earlier(found, two)]
    [[0, 7]]
    """
    periods, many = Periods.of(division), len(division.area_codes)
    can_be_empty = periods.is_whole & _until_last(cells, periods, division)
    box = len(division.category_codes), len(division.period_codes)
    order = np.argsort(cells.area, kind="stable")
    ends = np.concatenate([[0], np.cumsum(np.bincount(cells.area, minlength=many))])
    step = max(1, _BOX // (box[0] * box[1]))
    for start in range(0, many, step):
        stop = min(start + step, many)
        own = cells.only(order[ends[start] : ends[stop]])
        if len(own):
            yield _beside(own, start, (stop - start, *box), division, periods.is_whole, can_be_empty, least)


def _until_last(cells: Cells, periods: Periods, division: Division) -> Bools:
    """Periods, and years, up to the last that has cells and is whole."""
    found = np.zeros(len(periods.year), dtype=bool)
    used = np.bincount(cells.period, minlength=len(found)) > 0
    for part in _parts(division):
        at = np.flatnonzero(used[part] & periods.is_whole[part])
        found[part][: at.max(initial=-1) + 1] = True
    return found


def _parts(division: Division) -> tuple[slice, slice]:
    leaf = division.last - division.first + 1
    return slice(0, leaf), slice(leaf, None)


def _beside(
    cells: Cells,
    start: int,
    shape: tuple[int, int, int],
    division: Division,
    is_whole: Bools,
    can_be_empty: Bools,
    least: int,
) -> Rows:
    place = np.ravel_multi_index((cells.area - start, cells.category, cells.period), shape)
    # Sums of three years fit in half the room, but for tables of half a thousand million events.
    size = np.int32 if cells.count.max() < 2**29 else np.int64
    count, is_hidden = np.zeros(shape, dtype=size), np.zeros(shape, dtype=bool)
    count.ravel()[place], is_hidden.ravel()[place] = cells.count, cells.is_hidden
    earlier, is_lost = np.zeros_like(count), np.zeros_like(is_hidden)
    for part, apart in zip(_parts(division), (division.a_year, 1), strict=True):
        was, unknown = count[..., part] * is_whole[part], is_hidden[..., part] & is_whole[part]
        for step in range(apart, YEARS_BACK * apart + 1, apart):
            earlier[..., part][..., step:] += was[..., :-step]
            is_lost[..., part][..., step:] |= unknown[..., :-step]
    earlier *= is_whole
    is_lost &= is_whole
    area, category, period = np.nonzero((count > 0) | is_hidden | ((earlier >= least) & can_be_empty))
    at = area, category, period
    values = count[at].astype(np.int64), is_hidden[at], earlier[at].astype(np.int64), ~is_lost[at]
    return Rows(area + start, category, period, *values)
