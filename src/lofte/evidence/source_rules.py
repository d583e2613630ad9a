"""When each source usually publishes, as rules: the days they give are proposals, and a person may change each.

No source promises the same day every year, so a day by rule is always told as "omkring". Where each rule comes from is
said beside it; `reference` means the material that the readers were written from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop

MONTHS_AHEAD = 18


@dataclass(frozen=True)
class Rule:
    """A table that comes once a year: the figures of a year are out on `month` and `day` of the year after."""

    key: str
    source: str
    month: int
    day: int
    is_preliminary: bool = False
    # The readers whose files these are: the data sets that a new edition continues.
    series: str = ""
    # NTU asks about two years at a time.
    years: int = 1

    def coming(self, year: int) -> tuple[dt.date, dt.date, dt.date]:
        """First and last day of what is published in a year, and the day: a Saturday or Sunday becomes the Monday."""
        on = dt.date(year, self.month, self.day)
        on += dt.timedelta(days=max(0, 7 - on.weekday()) if on.weekday() >= 5 else 0)
        return dt.date(year - self.years, 1, 1), dt.date(year - 1, 12, 31), on


RULES = (
    # Brå gives preliminary figures of the year in the second half of January and final ones around the end of March.
    Rule("bra-preliminary", gettext_noop("Brå, anmälda brott, preliminära"), 1, 20, True, "bra_sol-counts"),
    Rule("bra-final", gettext_noop("Brå, anmälda brott, slutliga"), 3, 31, series="bra_sol-counts"),
    # The workbooks of 2025 carry the day 3 April in their addresses (domain, 7.1).
    Rule("bra-indicators", gettext_noop("Brå, Indikatorer för kommuners lägesbild"), 4, 5,
         series="bra_indicators-counts"),
    Rule("ntu", gettext_noop("Brå, Nationella trygghetsundersökningen"), 10, 15, series="bra_indicators-indicators",
         years=2),
    # Kolada takes over Brå's final figures; each measure says its own day in `publication_date` (reference, 1.1).
    Rule("kolada-crime", gettext_noop("Kolada, anmälda brott"), 5, 15, series="kolada-indicators"),
    Rule("scb-population", gettext_noop("SCB, folkmängd den 31 december"), 2, 22, series="scb-population"),
)  # fmt: skip


def coming_days(today: dt.date) -> Iterator[tuple[Rule, dt.date, dt.date, dt.date]]:
    """Each rule's days from today on, eighteen months ahead: rule, first and last day of the figures, the day."""
    last = today + dt.timedelta(days=MONTHS_AHEAD * 30)
    for rule in RULES:
        for year in range(today.year, last.year + 1):
            starts, ends, on = rule.coming(year)
            if today <= on <= last:
                yield rule, starts, ends, on
