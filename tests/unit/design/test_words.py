from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from lofte.design import words


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        (0, "0", "0"),
        (Decimal("0.80"), "0,8", "0.8"),
        (Decimal("1234.5"), "1\u202f234,5", "1,234.5"),
        (1589000, "1\u202f589\u202f000", "1,589,000"),
        (Decimal("-12.00"), "\u221212", "\u221212"),
        (Decimal("1E+3"), "1\u202f000", "1,000"),
        (100, "100", "100"),
    ],
)
def test_number_words_follow_the_language(value: Decimal | float, swedish: str, english: str) -> None:
    with translation.override("sv"):
        assert words.number_words(value) == swedish
    with translation.override("en"):
        assert words.number_words(value) == english


@pytest.mark.parametrize(
    ("starts", "ends", "swedish"),
    [
        (date(2018, 1, 1), date(2018, 4, 30), "januari–april 2018"),
        (date(2020, 3, 16), date(2020, 4, 30), "16 mars–30 april 2020"),
        (date(2018, 1, 1), date(2018, 12, 31), "2018"),
        (date(2022, 1, 1), date(2023, 12, 31), "2022–2023"),
        (date(2022, 6, 1), date(2023, 12, 31), "juni 2022–december 2023"),
        (date(2018, 5, 1), date(2018, 5, 31), "maj 2018"),
        (date(2020, 2, 1), date(2020, 2, 29), "februari 2020"),
        (date(2020, 2, 1), date(2020, 2, 28), "1–28 februari 2020"),
        (date(2018, 5, 3), date(2018, 5, 3), "3 maj 2018"),
        (date(2019, 12, 20), date(2020, 1, 6), "20 december 2019–6 januari 2020"),
    ],
)
def test_period_words_are_the_shortest_plain_ones(starts: date, ends: date, swedish: str) -> None:
    with translation.override("sv"):
        assert words.period_words(starts, ends) == swedish


def test_period_words_take_moments_too() -> None:
    starts = datetime(2018, 1, 1, tzinfo=timezone.get_default_timezone())

    with translation.override("en"):
        assert words.period_words(starts, date(2018, 4, 30)) == "January–April 2018"


def test_dates_and_months_are_written_out() -> None:
    with translation.override("sv"):
        assert words.date_words(date(2018, 2, 5)) == "5 februari 2018"
        assert words.month_words(date(2018, 5, 1)) == "maj 2018"


@pytest.mark.parametrize(
    ("language", "day", "clock"),
    [("sv", "tisdag 5 maj 2026", "18.00–19.30"), ("en", "Tuesday 5 May 2026", "18:00–19:30")],
)
def test_day_and_clock_as_people_say_them(language: str, day: str, clock: str) -> None:
    with translation.override(language):
        assert words.weekday_words(date(2026, 5, 5)) == day
        assert words.clock_words(time(18), time(19, 30)) == clock
        assert words.clock_words(time(18)) == clock[:5]
