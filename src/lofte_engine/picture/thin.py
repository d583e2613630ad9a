"""Tables where hardly any cell reaches the threshold: what can still be told is all kinds together.

A row is an area in a period; its cells are the kinds that have events there. Where most rows are too thin even so, rows
are years, or kommuner, or both, and hold the cells of all their areas and periods. When the row's total is shown, a
reader knows that its hidden cells add up to the rest and that none of them is empty. Of a rest of `s` events in `n`
cells each may hold anything from 1 to ``s − n + 1``: an interval as wide as the row's *room*, ``s − n``. So a total
with room for the threshold gives nothing away. Totals without room are hidden, and others with them so that each
of them can be raised by the whole threshold; then so can every cell of the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lofte_engine.disclosure import CountTable, Dimension
from lofte_engine.disclosure.covering import Problem
from lofte_engine.disclosure.suppression import hide
from lofte_engine.picture.division import Division

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
# Below this share of cells that reach the threshold, guarding each kind leaves next to nothing to show.
THIN = 0.1
# As fine rows as have room for the threshold in so many of those with events; the coarsest otherwise.
MOST = 0.4


class Totals(NamedTuple):
    """What of a thin table may be shown.

    Attributes
    ----------
    is_shown : numpy.ndarray
        n: of each cell.
    counts : numpy.ndarray
        area codes × period codes: events of all kinds.
    is_total_shown : numpy.ndarray
        Likewise, whether the total is shown.
    """

    is_shown: Bools
    counts: Ints
    is_total_shown: Bools


def is_thin(count: Ints, threshold: int) -> bool:
    """Whether hardly any cell with events reaches the threshold.

    Examples
    --------
    >>> is_thin(np.array([1, 1, 2, 9]), 5), is_thin(np.ones(20), 5)
    (False, True)
    """
    return bool((count >= threshold).mean() < THIN) if len(count) else False


def guard_totals(area: Ints, period: Ints, count: Ints, division: Division, *, threshold: int) -> Totals:
    """Show totals of all kinds, and cells that reach the threshold where the rest of their row has room.

    Parameters
    ----------
    area, period : numpy.ndarray
        n: place of each cell with events.
    count : numpy.ndarray
        n, at least 1.
    division : Division
    threshold : int

    Returns
    -------
    Totals

    Notes
    -----
    Sums of one kind over areas or over periods are not shown: with them a row could no longer be judged alone. A hidden
    cell can be raised by what the others of its row give, which changes every sum of its kind as much.
    """
    for level in _levels(division):
        row, shape = level.rows(area, period)
        is_large = count >= threshold
        is_shown = is_large & _room(row, count, ~is_large, shape).is_enough(threshold).ravel()[row]
        hidden = _room(row, count, ~is_shown, shape)
        if hidden.is_enough(threshold)[np.bincount(row, minlength=hidden.cells.size).reshape(shape) > 0].mean() >= MOST:
            break
    is_hidden = _hidden_totals(level, _room(row, count, count > 0, shape).events, hidden, threshold)
    finest = next(_levels(division))
    fine, size = finest.rows(area, period)
    counts = finest.sums(_room(fine, count, count > 0, size).events, division)
    cells = finest.sums(_room(fine, count, ~is_shown, size).cells, division)
    # A total inside a row says as much as the row when no hidden cell of the row stands outside it.
    over = np.ix_(level.above(0, division.area_codes), level.above(1, division.period_codes))
    is_told = ~level.spread(is_hidden, division)[over] & (cells == cells[over])
    return Totals(is_shown, counts, is_told)


def _hidden_totals(level: _Level, counts: Ints, hidden: _Room, threshold: int) -> Bools:
    """Which totals to hide, of rows and of their sums, so that each of them can be raised by the threshold."""
    whole = CountTable.from_leaves(level.dimensions, counts).counts
    is_short = ~hidden.is_enough(threshold)
    must = (whole > 0) & (whole < threshold)
    must[: is_short.shape[0], : is_short.shape[1]] |= is_short
    # No room in a row that is short: what covers it must then raise it, by the whole threshold.
    room = np.where(is_short, 0, hidden.events - hidden.cells)
    problem = Problem(
        dimensions=level.dimensions,
        counts=whole.ravel(),
        room=CountTable.from_leaves(level.dimensions, room).counts.ravel(),
        is_free=CountTable.from_leaves(level.dimensions, hidden.cells).counts.ravel() > 0,
        is_hidden=must.ravel(),
        must_cover=must.ravel(),
        width=threshold,
    )
    return hide(problem).is_hidden.reshape(whole.shape)


class _Room(NamedTuple):
    """Hidden cells of each row, and the events in them."""

    cells: Ints
    events: Ints

    def is_enough(self, threshold: int) -> Bools:
        found: Bools = (self.cells == 0) | ((self.cells > 1) & (self.events - self.cells >= threshold))
        return found


def _room(row: Ints, count: Ints, chosen: Bools, shape: tuple[int, int]) -> _Room:
    own, size = row[chosen], shape[0] * shape[1]
    events = np.bincount(own, count[chosen], size).astype(np.int64)
    return _Room(np.bincount(own, minlength=size).reshape(shape), events.reshape(shape))


class _Level(NamedTuple):
    """What a row is: for each area and each period its place among the leaves of two dimensions."""

    dimensions: tuple[Dimension, Dimension]
    places: tuple[Ints, Ints]

    def rows(self, area: Ints, period: Ints) -> tuple[Ints, tuple[int, int]]:
        """The row of each cell, and how many there are."""
        shape = self.dimensions[0].leaf_count, self.dimensions[1].leaf_count
        return self.places[0][area] * shape[1] + self.places[1][period], shape

    def sums(self, leaves: Ints, division: Division) -> Ints:
        """Leaves with their sums, as the division's codes stand."""
        return self.spread(CountTable.from_leaves(self.dimensions, leaves).counts, division)

    def spread(self, values: npt.NDArray[Any], division: Division) -> npt.NDArray[Any]:
        """Values by the division's codes; what is inside a row has the value of the first."""
        codes = division.area_codes, division.period_codes
        found: npt.NDArray[Any] = values[np.ix_(*(self._numbers(axis, own) for axis, own in enumerate(codes)))]
        return found

    def above(self, axis: int, codes: Sequence[str]) -> Ints:
        """For each code the code of the row that holds it; itself for a sum of rows."""
        number = {code: at for at, code in enumerate(codes)}
        return np.array([number[self.dimensions[axis].codes[at]] for at in self._numbers(axis, codes)])

    def _numbers(self, axis: int, codes: Sequence[str]) -> Ints:
        number = {code: at for at, code in enumerate(self.dimensions[axis].codes)}
        inside = self.places[axis]
        return np.array([number[code] if code in number else inside[at] for at, code in enumerate(codes)])


def _levels(division: Division) -> Iterator[_Level]:
    """From the finest rows to the coarsest: areas by period and by year, kommuner likewise."""
    periods = division.period_codes[: division.last - division.first + 1]
    years = {str(year): held for year, held in division.years.items()}
    times = [_dimension("period", periods, years, {})]
    if years:
        times.append(_dimension("period", periods, {}, years))
    whole = {code: held for code, held in division.area_sums.items() if code not in division.parents}
    areas = [_dimension("area", division.areas.codes, division.area_sums, {})]
    if division.parents:
        areas.append(_dimension("area", division.areas.codes, whole, division.parents))
    for area, own in areas:
        for time, when in times:
            yield _Level((area, time), (own, when))


def _dimension(
    name: str, codes: Sequence[str], sums: Mapping[str, Sequence[int]], rows: Mapping[str, Sequence[int]]
) -> tuple[Dimension, Ints]:
    """A dimension whose leaves are codes or the groups that they stand in, and the leaf of each code."""
    of = list(codes)
    for group, held in rows.items():
        for at in held:
            of[at] = group
    leaves = list(dict.fromkeys(of))
    pairs = dict.fromkeys((of[at], code) for code, held in sums.items() for at in held)
    number = {one: at for at, one in enumerate(leaves)}
    return Dimension.build(name, leaves, pairs), np.array([number[one] for one in of])
