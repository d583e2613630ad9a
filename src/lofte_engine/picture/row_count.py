"""How many events there were is a sum that nobody guards: it is told only where what is shown adds up to it."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from lofte_engine.picture.division import Division


def is_told(rates: pa.Table, *, division: Division, rows_used: int) -> bool:
    """Whether a reader can add up the number of events from what is shown.

    Parameters
    ----------
    rates : pyarrow.Table
        ``area_code, category, period, count``, null where hidden.
    division : Division
    rows_used : int
        Events that were counted.

    Returns
    -------
    bool
        Else the number would tell what is hidden: forty events shown and 43 in all are three hidden ones.
    """
    shown = rates.filter(pc.equal(rates["category"], division.category_codes[-1]))
    leaves = division.period_codes[: division.last - division.first + 1]
    lone = [leaves[held[0]] for held in division.held_by_year.values() if len(held) == 1]
    in_a_kommun = {at for held in division.parents.values() for at in held}
    alone = [code for at, code in enumerate(division.areas.codes) if at not in in_a_kommun]
    areas = (set(division.area_sums) - set(division.parents), {*division.parents, *alone}, division.areas.codes)
    periods = ([*map(str, division.years), *lone], leaves)
    return any(_sum_of(shown, one, other) == rows_used for one in areas for other in periods)


def _sum_of(shown: pa.Table, areas: Iterable[str], periods: Iterable[str]) -> int:
    is_here = pc.is_in(shown["area_code"], pa.array(list(areas), pa.string()))
    is_then = pc.is_in(shown["period"], pa.array(list(periods), pa.string()))
    return pc.sum(shown.filter(pc.and_(is_here, is_then))["count"]).as_py() or 0
