"""Rates and comparisons of published counts: what nobody may see is in none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lofte_engine.crime_codes import EFFORT_DRIVEN as EFFORT_GROUPS
from lofte_engine.crime_codes import suggest_group
from lofte_engine.picture.beside import YEARS_BACK, Periods, Rows, beside_earlier
from lofte_engine.picture.division import Division
from lofte_engine.picture.people import People
from lofte_engine.picture.publishing import Publication
from lofte_engine.rates.columns import intervals, ratios
from lofte_engine.rates.counts import EFFORT_DRIVEN, FEW, FEW_EVENTS, NO_DENOMINATOR, NO_EVENTS_BEFORE
from lofte_engine.rates.many import adjusted

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
PER = 1_000
# Fewer events than this in both together cannot tell anything but a manifold difference.
LEAST_TO_COMPARE = 2 * FEW
OTHER_YEAR = "population_of_another_year"
NOT_SHOWN = "not_shown"
DIRECTIONS = ("not_judged", "not_clear", "higher", "lower")


def rates_of(published: Publication, division: Division, people: People) -> pa.Table:
    """Rates per 1 000 residents and year, and each period beside the same part of up to three years before.

    Parameters
    ----------
    published : Publication
    division : Division
    people : People

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
    making = _Making(division, people)
    parts = []
    for rows in beside_earlier(published.cells, division, least=LEAST_TO_COMPARE):
        if published.is_thin:
            rows = rows.only(~rows.is_hidden | (rows.category == len(division.categories)))
        parts.append(making.table(rows))
    table = pa.concat_tables(parts)
    p = table["p"].to_numpy()
    told = ~np.isnan(p)
    q = np.full(len(p), np.nan)
    q[told] = adjusted(p[told])
    return table.add_column(table.column_names.index("p") + 1, "q", _nullable(q))


class _Making:
    """What every row is made with: residents by area and period, flags by kind.

    Parameters
    ----------
    division : Division
    people : People
    """

    def __init__(self, division: Division, people: People) -> None:
        people = people.with_sums(list(division.area_sums.values()))
        self.division, self.periods = division, Periods.of(division)
        years = self.periods.year
        self.residents = np.column_stack([people.of(year) for year in years.tolist()])
        self.used = np.array([people.year_for(year) or 0 for year in years.tolist()])
        # Residents of all years that a period is set against, together.
        self.before = np.zeros_like(self.residents)
        for back in range(1, YEARS_BACK + 1):
            reaches = self.periods.back >= back
            earlier = [people.of(year - back) for year in years[reaches].tolist()]
            if earlier:
                self.before[:, reaches] += np.column_stack(earlier)
        known = [suggest_group(name) in EFFORT_GROUPS for name in division.categories]
        # All kinds together hold the effort-driven ones too.
        self.is_effort = np.array([*known, any(known)][: len(division.category_codes)])

    def table(self, rows: Rows) -> pa.Table:
        """Rows with all columns but ``q``."""
        division, periods = self.division, self.periods
        persons = self.residents[rows.area, rows.period]
        used = np.where(np.isnan(persons), 0, self.used[rows.period])
        exposure = persons * periods.share[rows.period]
        low, high = intervals(rows.count)
        has_rate = ~rows.is_hidden & (rows.count >= FEW) & np.isfinite(exposure)
        with np.errstate(invalid="ignore"):
            rate, low, high = (np.where(has_rate, one * PER / exposure, np.nan) for one in (rows.count, low, high))
        back = periods.back[rows.period]
        compared = self._compared(rows, exposure)
        warnings = {
            EFFORT_DRIVEN: self.is_effort[rows.category],
            FEW_EVENTS: ~rows.is_hidden & (rows.count < FEW),
            NO_DENOMINATOR: ~np.isfinite(exposure),
            OTHER_YEAR: (used != periods.year[rows.period]) & (used > 0),
            NO_EVENTS_BEFORE: compared.pop("is_first"),
            NOT_SHOWN: rows.is_hidden,
        }
        return pa.table({
            "area_code": _coded(division.area_codes, rows.area),
            "category": _coded(division.category_codes, rows.category),
            "period": _coded(division.period_codes, rows.period),
            "count": pa.array(rows.count, mask=rows.is_hidden),
            "population": pa.array(np.nan_to_num(persons).astype(np.int64), mask=np.isnan(persons)),
            "population_year": pa.array(used, mask=used == 0),
            "per_1000": _nullable(rate),
            "low": _nullable(low),
            "high": _nullable(high),
            "earlier_years": pa.array(back),
            "earlier": pa.array(rows.earlier, mask=~(rows.is_earlier_shown & (back > 0))),
            **{name: _nullable(one) for name, one in compared.items() if name != "direction"},
            "direction": _coded(DIRECTIONS, compared["direction"]),
            "warnings": _words(warnings),
        })  # fmt: skip

    def _compared(self, rows: Rows, exposure: Floats) -> dict[str, npt.NDArray[Any]]:
        """Ratio to the years before, where all of them are shown and have events enough."""
        back = self.periods.back[rows.period]
        knows = ~rows.is_hidden & rows.is_earlier_shown & (back > 0)
        at = np.flatnonzero(knows & (rows.count + rows.earlier >= LEAST_TO_COMPARE))
        period = rows.period[at]
        scale = self.before[rows.area[at], period] * self.periods.share[period] / exposure[at]
        # Without residents in all those years a year is one unit of time.
        scale = np.where(np.isfinite(scale), scale, back[at])
        found = ratios(rows.count[at], rows.earlier[at], scale)
        direction = np.select([self.is_effort[rows.category[at]], found.low > 1, found.high < 1], [0, 2, 3], 1)
        own = {
            "ratio": found.ratio,
            "ratio_low": found.low,
            "ratio_high": np.where(np.isfinite(found.high), found.high, np.nan),
            "p": found.p,
        }
        return {
            **{name: _spread(one, at, len(rows), np.nan) for name, one in own.items()},
            "direction": _spread(direction, at, len(rows), 0),
            "is_first": _spread(rows.earlier[at] == 0, at, len(rows), False),
        }


def _spread(values: npt.NDArray[Any], at: Ints, many: int, otherwise: object) -> npt.NDArray[Any]:
    """Values of some rows among all."""
    found = np.full(many, otherwise, dtype=values.dtype)
    found[at] = values
    return found


def _words(told: Mapping[str, Bools]) -> pa.Array:
    """Words that hold, with a space between, by a number with a bit for each."""
    code = np.sum([holds.astype(np.int8) << bit for bit, holds in enumerate(told.values())], axis=0)
    return _coded(
        [" ".join(word for bit, word in enumerate(told) if one >> bit & 1) for one in range(1 << len(told))], code
    )


def _coded(codes: Sequence[str], places: npt.NDArray[Any]) -> pa.Array:
    """Texts that come back many times, each written once."""
    return pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(codes, pa.string()))


def _nullable(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))
