"""Tables where hardly any cell reaches the threshold: what can still be told is all kinds together.

A row is an area in a period; its cells are the kinds that have events there. When the row's total is shown, a reader
knows that its hidden cells add up to the rest and that none of them is empty. Of a rest of `s` events in `n` cells each
cell may hold anything from 1 to ``s − n + 1``: an interval as wide as the row's *room*, ``s − n``. So a total with room
for the threshold gives nothing away. Totals without room are hidden, and others with them so that each of them can be
raised by the whole threshold; then so can every cell of the row.
"""

from __future__ import annotations

from typing import NamedTuple

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


def guard_totals(row: Ints, count: Ints, division: Division, *, threshold: int) -> Totals:
    """Show totals of all kinds, and cells that reach the threshold where the rest of their row has room.

    Parameters
    ----------
    row : numpy.ndarray
        n: ``area · periods + period`` of each cell with events.
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
    shape = len(division.areas), division.last - division.first + 1
    is_large = count >= threshold
    rest = _room(row, count, ~is_large, shape)
    is_shown = is_large & rest.is_enough(threshold).ravel()[row]
    hidden = _room(row, count, ~is_shown, shape)
    dimensions = _dimensions(division)
    counts = CountTable.from_leaves(dimensions, np.bincount(row, count, shape[0] * shape[1]).reshape(shape)).counts
    is_short = np.zeros(counts.shape, dtype=bool)
    is_short[: shape[0], : shape[1]] = ~hidden.is_enough(threshold)
    must = is_short | ((counts > 0) & (counts < threshold))
    # No room in a row that is short: what covers it must then raise it, by the whole threshold.
    room = np.where(is_short[: shape[0], : shape[1]], 0, hidden.events - hidden.cells)
    problem = Problem(
        dimensions=dimensions,
        counts=counts.ravel(),
        room=CountTable.from_leaves(dimensions, room).counts.ravel(),
        is_free=CountTable.from_leaves(dimensions, hidden.cells).counts.ravel() > 0,
        is_hidden=must.ravel(),
        must_cover=must.ravel(),
        width=threshold,
    )
    is_hidden = hide(problem).is_hidden.reshape(counts.shape)
    order = np.ix_(*(_places(one.codes, codes) for one, codes in zip(dimensions, _codes(division), strict=True)))
    return Totals(is_shown, counts[order], ~is_hidden[order])


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


def _codes(division: Division) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return division.area_codes, division.period_codes


def _places(codes: tuple[str, ...], wanted: tuple[str, ...]) -> Ints:
    number = {code: at for at, code in enumerate(codes)}
    return np.array([number[code] for code in wanted])


def _dimensions(division: Division) -> tuple[Dimension, Dimension]:
    """Areas with kommuner and all of them, periods with years."""
    areas, periods = division.areas.codes, division.period_codes[: division.last - division.first + 1]
    return (
        Dimension.build("area", areas, ((areas[at], code) for code, held in division.area_sums.items() for at in held)),
        Dimension.build(
            "period", periods, ((periods[at], str(y)) for y, held in division.years.items() for at in held)
        ),
    )
