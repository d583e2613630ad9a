"""The tertial clock: which spans a promise is reported for, and when each report is due."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from lofte.core.states import PeriodState
from lofte.followup.models import Period
from lofte.promises.models import Rhythm

OVERDUE_AFTER_DAYS = 30
MONTHS = {Rhythm.QUARTER: 3, Rhythm.TERTIAL: 4, Rhythm.HALF_YEAR: 6, Rhythm.YEAR: 12}
OWN_MONTHS = (Rhythm.QUARTER, Rhythm.HALF_YEAR, Rhythm.YEAR)
LETTERS = {Rhythm.QUARTER: "Q", Rhythm.TERTIAL: "T", Rhythm.HALF_YEAR: "H"}


@dataclass(frozen=True)
class Span:
    """A period as the calendar makes it: its label (2018-T1), its days, and the day its report is due."""

    label: str
    starts: dt.date
    ends: dt.date
    due: dt.date


def spans(rhythm: str, starts: dt.date, ends: dt.date, report_days: list[str] | None = None) -> list[Span]:
    """The periods of a promise, clipped to its own days: a promise signed in March has a short first tertial.

    A report is due on the first day of the month after its period, also when that day lies after the promise.
    A promise that holds for whole quarters, half-years or years counted from its own first month follows those months:
    March to May is one quarter. Tertials are always January, May and September.
    """
    if ends < starts:
        return []
    if rhythm in OWN_MONTHS and _is_whole(MONTHS[Rhythm(rhythm)], starts, ends):
        return _own(MONTHS[Rhythm(rhythm)], starts, ends)
    if rhythm in MONTHS:
        return _regular(Rhythm(rhythm), starts, ends)
    if rhythm == Rhythm.CUSTOM:
        return _on_days(starts, ends, sorted(dt.date.fromisoformat(day) for day in report_days or []))
    if rhythm == Rhythm.ONCE:
        return [Span("slutrapport", starts, ends, first_of_next_month(ends))]
    return []


def _regular(rhythm: Rhythm, starts: dt.date, ends: dt.date) -> list[Span]:
    months = MONTHS[rhythm]
    found = []
    first = dt.date(starts.year, (starts.month - 1) // months * months + 1, 1)
    while first <= ends:
        last = dt.date(first.year, first.month + months - 1, days_in_month(first.year, first.month + months - 1))
        number = (first.month - 1) // months + 1
        label = f"{first.year}-{LETTERS[rhythm]}{number}" if rhythm in LETTERS else str(first.year)
        found.append(Span(label, max(first, starts), min(last, ends), first_of_next_month(last)))
        first = first_of_next_month(last)
    return found


def _is_whole(months: int, starts: dt.date, ends: dt.date) -> bool:
    """Whether the days are a whole number of spans of so many months, begun at another time than the calendar's."""
    is_month = starts.day == 1 and first_of_next_month(ends) == ends + dt.timedelta(days=1)
    length = (ends.year - starts.year) * 12 + ends.month - starts.month + 1
    return is_month and length % months == 0 and (starts.month - 1) % months != 0


def _own(months: int, starts: dt.date, ends: dt.date) -> list[Span]:
    found = []
    first = starts
    while first < ends:
        following = _months_later(first, months)
        found.append(Span(first.strftime("%Y-%m"), first, following - dt.timedelta(days=1), following))
        first = following
    return found


def _months_later(first: dt.date, months: int) -> dt.date:
    whole = first.month - 1 + months
    return dt.date(first.year + whole // 12, whole % 12 + 1, 1)


def _on_days(starts: dt.date, ends: dt.date, days: list[dt.date]) -> list[Span]:
    """One period up to the end of the month before each report day; the last one runs to the end of the promise."""
    found = []
    begins = starts
    for day in days:
        last = min(day.replace(day=1) - dt.timedelta(days=1), ends)
        if day == days[-1]:
            last = ends
        if last >= begins:
            found.append(Span(day.strftime("%Y-%m"), begins, last, day))
            begins = last + dt.timedelta(days=1)
    return found


def first_of_next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def days_in_month(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def period_state(period: Period, today: dt.date) -> PeriodState:
    """How far a period has come: what people have done with it, then what the date says."""
    if period.stage != Period.Stage.OPEN:
        return PeriodState(period.stage)
    if today <= period.ends or period.due is None:
        return PeriodState.UPCOMING
    if today <= period.due:
        return PeriodState.COLLECTING
    return PeriodState.MISSING if is_overdue(period, today) else PeriodState.LATE


def is_overdue(period: Period, today: dt.date) -> bool:
    """Overdue is computed, never stored: more than thirty days after the due date, or after the new date given."""
    if period.due is None or period.stage not in (Period.Stage.OPEN, Period.Stage.IN_REVIEW, Period.Stage.LOCKED):
        return False
    latest = max(period.due, period.late_until or period.due)
    return today > latest + dt.timedelta(days=OVERDUE_AFTER_DAYS)
