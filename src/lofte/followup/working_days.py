"""When one may bother people: Swedish working days, and not in July."""

from __future__ import annotations

import datetime as dt
from functools import cache

DAY = dt.timedelta(days=1)
SUMMER = 7
FIXED = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))


def reminder_day(day: dt.date) -> dt.date:
    """The day a reminder goes: the day itself, else the next working day; from July to the first one in August."""
    while day.month == SUMMER or not is_working_day(day):
        day = day.replace(month=SUMMER + 1, day=1) if day.month == SUMMER else day + DAY
    return day


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


@cache
def holidays(year: int) -> frozenset[dt.date]:
    """Public holidays, and the eves that are free in practice."""
    sunday = easter(year)
    midsummer_eve = next(day for number in range(19, 26) if (day := dt.date(year, 6, number)).weekday() == 4)
    moving = {sunday - 2 * DAY, sunday + DAY, sunday + 39 * DAY, midsummer_eve}
    return frozenset(moving | {dt.date(year, month, number) for month, number in FIXED})


def easter(year: int) -> dt.date:
    """Easter Sunday by the Gregorian rule (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, number = divmod(epact + weekday - 7 * shift + 114, 31)
    return dt.date(year, month, number + 1)
