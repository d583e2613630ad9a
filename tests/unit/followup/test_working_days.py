"""When one may bother people."""

import datetime as dt

import pytest

from lofte.followup.working_days import easter, is_working_day, reminder_day


@pytest.mark.parametrize(
    ("year", "day"), [(2017, "2017-04-16"), (2018, "2018-04-01"), (2019, "2019-04-21"), (2024, "2024-03-31")]
)
def test_easter_sunday(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


@pytest.mark.parametrize(
    "day",
    [
        "2019-04-19",  # Good Friday
        "2019-04-22",  # Easter Monday
        "2019-05-30",  # Ascension
        "2019-05-01",
        "2019-06-06",
        "2019-06-21",  # Midsummer Eve
        "2019-12-24",
        "2019-06-15",  # a Saturday
    ],
)
def test_nobody_is_bothered_on_a_day_off(day: str) -> None:
    assert not is_working_day(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "goes"),
    [
        ("2018-05-01", "2018-05-02"),  # the first of May
        ("2017-01-01", "2017-01-02"),
        ("2018-09-01", "2018-09-03"),  # a Saturday
        ("2019-01-01", "2019-01-02"),
        ("2020-04-10", "2020-04-14"),  # over Easter
        ("2019-07-08", "2019-08-01"),  # in July
        ("2020-07-22", "2020-08-03"),  # and then a Saturday
        ("2024-06-29", "2024-08-01"),  # a Saturday whose Monday lies in July
        ("2019-10-08", "2019-10-08"),
    ],
)
def test_reminder_waits_for_a_working_day(day: str, goes: str) -> None:
    assert reminder_day(dt.date.fromisoformat(day)).isoformat() == goes
