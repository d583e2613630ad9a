"""A promise for three months, or for a year that begins in July, is followed in its own months."""

import datetime as dt

import pytest

from lofte.followup.calendar import spans


def days(rhythm: str, starts: str, ends: str) -> list[tuple[str, str, str]]:
    found = spans(rhythm, dt.date.fromisoformat(starts), dt.date.fromisoformat(ends))
    return [(s.starts.isoformat(), s.ends.isoformat(), s.due.isoformat()) for s in found]


def test_three_months_from_march_are_one_quarter_due_in_june() -> None:
    assert days("quarter", "2022-03-01", "2022-05-31") == [("2022-03-01", "2022-05-31", "2022-06-01")]


def test_three_months_over_new_year() -> None:
    assert days("quarter", "2021-12-01", "2022-02-28") == [("2021-12-01", "2022-02-28", "2022-03-01")]


def test_a_year_from_july_is_one_year() -> None:
    assert days("year", "2022-07-01", "2023-06-30") == [("2022-07-01", "2023-06-30", "2023-07-01")]


def test_two_quarters_from_february() -> None:
    assert [due for *_, due in days("quarter", "2024-02-01", "2024-07-31")] == ["2024-05-01", "2024-08-01"]


def test_tertials_are_always_the_calendars() -> None:
    assert [due for *_, due in days("tertial", "2022-03-01", "2022-06-30")] == ["2022-05-01", "2022-09-01"]


@pytest.mark.parametrize("rhythm", ["tertial", "quarter", "once"])
def test_a_promise_stopped_before_it_began_has_no_periods(rhythm: str) -> None:
    assert days(rhythm, "2022-03-01", "2022-02-01") == []
