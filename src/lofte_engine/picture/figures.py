"""Rates and comparisons of published counts: what nobody may see is in none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from lofte_engine.crime_codes import EFFORT_DRIVEN as EFFORT_GROUPS
from lofte_engine.crime_codes import suggest_group
from lofte_engine.picture.division import Division
from lofte_engine.picture.people import People
from lofte_engine.picture.publishing import Cells, Publication
from lofte_engine.rates import false_discoveries
from lofte_engine.rates.columns import intervals, ratios
from lofte_engine.rates.counts import EFFORT_DRIVEN, FEW, FEW_EVENTS, NO_DENOMINATOR, NO_EVENTS_BEFORE
from lofte_engine.store import Store, beside_earlier

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
PER = 1_000
YEARS_BACK = 3
# Fewer events than this in both together cannot tell anything but a manifold difference.
LEAST_TO_COMPARE = 2 * FEW
OTHER_YEAR = "population_of_another_year"
NOT_SHOWN = "not_shown"


@dataclass(frozen=True)
class _Rows:
    """Cells beside earlier ones; arrays of n."""

    area: Ints = field(repr=False)
    category: Ints = field(repr=False)
    period: Ints = field(repr=False)  # place among the division's codes
    year: Ints = field(repr=False)
    share: Floats = field(repr=False)  # of a year that the period is
    count: Ints = field(repr=False)
    is_hidden: Bools = field(repr=False)
    earlier: Ints = field(repr=False)
    is_earlier_shown: Bools = field(repr=False)
    back: Ints = field(repr=False)  # years that could be looked back

    def only(self, chosen: Bools | Ints) -> _Rows:
        """Some of them, or all in another order."""
        return _Rows(*(one[chosen] for one in vars(self).values()))


def rates_of(published: Publication, division: Division, people: People, *, store: Store, folder: Path) -> pa.Table:
    """Rates per 1 000 residents and year, and each period beside the same part of up to three years before.

    Parameters
    ----------
    published : Publication
    division : Division
    people : People
    store : Store
        Finds the earlier periods.
    folder : Path
        For what the store is to read.

    Returns
    -------
    pyarrow.Table
        ``area_code, category, period, count, population, population_year, per_1000, low, high, earlier_years,
        earlier, ratio, ratio_low, ratio_high, p, q, direction, warnings``, sorted. ``count`` and all that would be made
        of it is null where it is not shown; ``earlier`` is null when any of those years is not shown. Of a thin table
        hidden cells of single kinds are left out: nothing could be said of them.

    Notes
    -----
    `lofte_engine.rates.rate` (no rate under five events), `against_same_season` (no comparison under ten events in all
    the years together) and `false_discoveries` over all comparisons of the table. A period that the file has only a
    part of is compared with none.
    """
    people = people.with_sums(list(division.area_sums.values()))
    cells = (
        Cells.joined([_tellable(published.leaves, division), published.sums]) if published.is_thin else published.cells
    )
    leaf_periods = division.last - division.first + 1
    parts = [_leaves(cells.only(cells.period < leaf_periods), division, store, folder)]
    if division.years:
        parts.append(_years(cells.only(cells.period >= leaf_periods), division, store, folder, leaf_periods))
    columns = zip(*(tuple(vars(one).values()) for one in parts), strict=True)
    rows = _Rows(*(np.concatenate(many) for many in columns))
    if published.is_thin:
        rows = rows.only(~rows.is_hidden | (rows.category == len(division.categories)))
    shape = (len(division.area_codes), len(division.category_codes), len(division.period_codes))
    key = np.ravel_multi_index((rows.area, rows.category, rows.period), shape)
    return _table(rows.only(np.argsort(key, kind="stable")), division, people)


def _tellable(leaves: Cells, division: Division) -> Cells:
    """Cells of areas and kinds of which the same part of some year is shown; the others need no neighbours."""
    shape = (len(division.areas), len(division.categories), division.a_year)
    season = np.ravel_multi_index((leaves.area, leaves.category, leaves.period % division.a_year), shape)
    has_shown = np.zeros(shape, dtype=bool).ravel()
    has_shown[season[~leaves.is_hidden]] = True
    return leaves.only(has_shown[season])


def _leaves(cells: Cells, division: Division, store: Store, folder: Path) -> _Rows:
    partial = {division.period_codes.index(code) for code in division.partial}
    is_whole = ~np.isin(np.arange(division.last - division.first + 1), list(partial))
    found = _beside(cells, cells.period, is_whole[cells.period], division.a_year, store, folder)
    period = found["period"]
    share = np.full(len(period), division.months / 12)
    first = 0 if division.is_first_whole else 1
    back = np.clip((period - first) // division.a_year, 0, YEARS_BACK)
    return _rows(
        found, period, (period + division.first) // division.a_year, share, np.where(is_whole[period], back, 0)
    )


def _years(cells: Cells, division: Division, store: Store, folder: Path, leaf_periods: int) -> _Rows:
    years = np.array(list(division.years))
    known = np.array([len(many) for many in division.years.values()])
    is_whole = np.isin(years, division.whole_years)
    own = cells.period - leaf_periods
    found = _beside(cells, years[own], is_whole[own], 1, store, folder)
    at = np.searchsorted(years, found["period"])
    first = min(division.whole_years, default=0)
    back = np.where(is_whole[at], np.clip(found["period"] - first, 0, YEARS_BACK), 0)
    return _rows(found, at + leaf_periods, found["period"], known[at] * division.months / 12, back)


def _beside(cells: Cells, period: Ints, is_whole: Bools, a_year: int, store: Store, folder: Path) -> dict[str, Ints]:
    """Cells beside earlier ones. Those of a period that the file has only a part of stand beside none."""
    part = cells.only(~is_whole)
    nothing = np.zeros(len(part), dtype=np.int64)
    found = {
        "area": part.area,
        "category": part.category,
        "period": period[~is_whole],
        "count": part.count,
        "hidden": part.is_hidden.astype(np.int64),
        "earlier": nothing,
        "earlier_hidden": nothing,
    }
    if not is_whole.any():
        return found
    own = cells.only(is_whole)
    columns = {"area": own.area, "category": own.category, "period": period[is_whole]}
    table = pa.table({
        **{name: pa.array(one, pa.int32()) for name, one in columns.items()},
        "count": pa.array(own.count),
        "hidden": pa.array(own.is_hidden.astype(np.int8)),
    })  # fmt: skip
    path = folder / f"published-{a_year}.parquet"
    pq.write_table(table, path)
    beside = store.collect(beside_earlier(store.table(path), periods=a_year, years=YEARS_BACK, least=LEAST_TO_COMPARE))
    return {name: np.concatenate([beside[name].to_numpy().astype(np.int64), one]) for name, one in found.items()}


def _rows(found: dict[str, Ints], period: Ints, year: Ints, share: Floats, back: Ints) -> _Rows:
    return _Rows(
        found["area"],
        found["category"],
        period,
        year,
        share,
        found["count"],
        found["hidden"] > 0,
        found["earlier"],
        found["earlier_hidden"] == 0,
        back,
    )


def _table(rows: _Rows, division: Division, people: People) -> pa.Table:
    persons, used = _residents(rows, people)
    exposure = persons * rows.share
    shown = ~rows.is_hidden
    has_rate = shown & (rows.count >= FEW) & np.isfinite(exposure)
    low, high = intervals(rows.count)
    with np.errstate(invalid="ignore"):
        rate, low, high = (np.where(has_rate, one * PER / exposure, np.nan) for one in (rows.count, low, high))
    effort = _effort(division)[rows.category]
    beside = _beside_columns(rows, people, exposure, effort)
    warnings = {
        EFFORT_DRIVEN: effort,
        FEW_EVENTS: shown & (rows.count < FEW),
        NO_DENOMINATOR: ~np.isfinite(exposure),
        OTHER_YEAR: (used != rows.year) & (used > 0),
        NO_EVENTS_BEFORE: beside.pop("is_first"),
        NOT_SHOWN: rows.is_hidden,
    }
    return pa.table({
        "area_code": _named(division.area_codes, rows.area),
        "category": _named(division.category_codes, rows.category),
        "period": _named(division.period_codes, rows.period),
        "count": pa.array(rows.count, mask=rows.is_hidden),
        "population": pa.array(np.nan_to_num(persons).astype(np.int64), mask=np.isnan(persons)),
        "population_year": pa.array(used, mask=used == 0),
        "per_1000": _nullable(rate),
        "low": _nullable(low),
        "high": _nullable(high),
        "earlier_years": pa.array(rows.back),
        **beside,
        "warnings": _words(warnings),
    })  # fmt: skip


def _residents(rows: _Rows, people: People) -> tuple[Floats, Ints]:
    persons = np.full(len(rows.area), np.nan)
    used = np.zeros(len(rows.area), dtype=np.int64)
    for year in np.unique(rows.year).tolist():
        at = rows.year == year
        persons[at] = people.of(year)[rows.area[at]]
        used[at] = people.year_for(year) or 0
    used[np.isnan(persons)] = 0
    return persons, used


def _effort(division: Division) -> Bools:
    known = [suggest_group(name) in EFFORT_GROUPS for name in division.categories]
    # All kinds together hold the effort-driven ones too.
    return np.array([*known, any(known)][: len(division.category_codes)])


def _beside_columns(rows: _Rows, people: People, exposure: Floats, effort: Bools) -> dict[str, pa.Array | Bools]:
    knows = ~rows.is_hidden & rows.is_earlier_shown & (rows.back > 0)
    at = np.flatnonzero(knows & (rows.count + rows.earlier >= LEAST_TO_COMPARE))
    before = np.zeros(len(at))
    for back in range(1, YEARS_BACK + 1):
        for year in np.unique(rows.year[at]).tolist():
            one = (rows.year[at] == year) & (rows.back[at] >= back)
            before[one] += people.of(year - back)[rows.area[at[one]]]
    scale = before * rows.share[at] / exposure[at]
    # Without residents in all those years a year is one unit of time.
    scale = np.where(np.isfinite(scale), scale, rows.back[at])
    found = ratios(rows.count[at], rows.earlier[at], scale)
    q = np.array([one for one, _ in false_discoveries(found.p.tolist())], dtype=float)
    direction = np.where(found.low > 1, "higher", np.where(found.high < 1, "lower", "not_clear"))
    direction = np.where(effort[at], "not_judged", direction)
    spread = {name: np.full(len(rows.area), np.nan) for name in ("ratio", "ratio_low", "ratio_high", "p", "q")}
    for name, own in zip(spread, (found.ratio, found.low, found.high, found.p, q), strict=True):
        spread[name][at] = np.where(np.isfinite(own), own, np.nan)
    words = np.full(len(rows.area), "not_judged", dtype=object)
    words[at] = direction
    is_first = np.zeros(len(rows.area), dtype=bool)
    is_first[at] = rows.earlier[at] == 0
    return {
        "earlier": pa.array(rows.earlier, mask=~(rows.is_earlier_shown & (rows.back > 0))),
        **{name: _nullable(own) for name, own in spread.items()},
        "direction": pa.array(words, pa.string()),
        "is_first": is_first,
    }


def _words(told: dict[str, Bools]) -> pa.Array:
    """Words that hold, with a space between: few combinations come back many times."""
    code = sum((holds.astype(np.int64) << bit for bit, holds in enumerate(told.values())), np.int64(0))
    own, back = np.unique(code, return_inverse=True)
    texts = [" ".join(word for bit, word in enumerate(told) if one >> bit & 1) for one in own.tolist()]
    return pa.array(texts, pa.string()).take(pa.array(back.ravel()))


def _named(codes: Sequence[str], places: Ints) -> pa.Array:
    return pa.array(codes, pa.string()).take(pa.array(places))


def _nullable(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))
