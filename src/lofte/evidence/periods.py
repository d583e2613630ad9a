"""Whole periods inside a span of days, and which periods may be set against each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

YEARS_BACK = 3


@dataclass(frozen=True, order=True)
class Span:
    starts: dt.date
    ends: dt.date

    @property
    def label(self) -> str:
        """A short name that sorts by time and never changes: 2026, 2026-T1, or its days."""
        year = self.starts.year
        if (self.starts, self.ends) == (dt.date(year, 1, 1), dt.date(year, 12, 31)):
            return str(year)
        for number in (1, 2, 3):
            if self == tertial(year, number):
                return f"{year}-T{number}"
        return f"{self.starts}–{self.ends}"

    @property
    def season(self) -> str:
        """Which part of the year: the same tertial of two years has the same."""
        return f"{self.starts:%m-%d}–{self.ends:%m-%d}" if self.starts.year == self.ends.year else "years"

    @property
    def years(self) -> frozenset[int]:
        return frozenset(range(self.starts.year, self.ends.year + 1))

    @property
    def length(self) -> float:
        """In years."""
        months = (self.ends.year - self.starts.year) * 12 + self.ends.month - self.starts.month + 1
        return months / 12


def tertial(year: int, number: int) -> Span:
    first = dt.date(year, 4 * number - 3, 1)
    after = dt.date(year + 1, 1, 1) if number == 3 else dt.date(year, 4 * number + 1, 1)
    return Span(first, after - dt.timedelta(days=1))


def whole_periods(starts: dt.date, ends: dt.date) -> list[Span]:
    """Tertials and years that lie wholly inside, tertials first."""
    return [*_inside(_tertials(starts, ends), starts, ends), *_inside(_years(starts, ends), starts, ends)]


def _inside(spans: Iterator[Span], starts: dt.date, ends: dt.date) -> list[Span]:
    return [span for span in spans if starts <= span.starts and span.ends <= ends]


def _tertials(starts: dt.date, ends: dt.date) -> Iterator[Span]:
    for year in range(starts.year, ends.year + 1):
        yield from (tertial(year, number) for number in (1, 2, 3))


def _years(starts: dt.date, ends: dt.date) -> Iterator[Span]:
    for year in range(starts.year, ends.year + 1):
        yield Span(dt.date(year, 1, 1), dt.date(year, 12, 31))


def comparable(now: Span, earlier: list[Span]) -> list[Span]:
    """Earlier periods to set `now` against: the same part of the year, no year in common, at most three years back.

    Two-year windows that share a year share their answers too, and are never compared.
    """
    apart = [span for span in earlier if span.ends < now.starts and span.season == now.season]
    if now.season == "years":
        free: list[Span] = []
        taken = set(now.years)
        for span in sorted(apart, reverse=True):
            if not taken & span.years:
                free.append(span)
                taken |= span.years
        return sorted(free[:1])
    return sorted(span for span in apart if now.starts.year - span.starts.year <= YEARS_BACK)


def reported(by_month: Mapping[str, int], span: Span) -> tuple[int, int] | None:
    """How many reports by unit and month there were in a period, and how many there would be if all had reported.

    All are as many as in the month with most. None when nothing is known.
    """
    if not by_month:
        return None
    months = round(span.length * 12)
    firsts = [(span.starts.year * 12 + span.starts.month - 1 + at) for at in range(months)]
    found = sum(by_month.get(f"{month // 12}-{month % 12 + 1:02}", 0) for month in firsts)
    return found, max(by_month.values()) * months
