"""The tertial clock."""

import datetime as dt

import pytest

from lofte.core.states import PeriodState
from lofte.followup.calendar import is_overdue, period_state, spans
from lofte.followup.models import Period


def days(rhythm: str, starts: str, ends: str, report_days: list[str] | None = None) -> list[tuple[str, str, str, str]]:
    found = spans(rhythm, dt.date.fromisoformat(starts), dt.date.fromisoformat(ends), report_days)
    return [(s.label, s.starts.isoformat(), s.ends.isoformat(), s.due.isoformat()) for s in found]


def test_a_year_has_three_tertials_and_the_last_is_due_after_it() -> None:
    assert days("tertial", "2018-01-01", "2018-12-31") == [
        ("2018-T1", "2018-01-01", "2018-04-30", "2018-05-01"),
        ("2018-T2", "2018-05-01", "2018-08-31", "2018-09-01"),
        ("2018-T3", "2018-09-01", "2018-12-31", "2019-01-01"),
    ]


def test_promise_signed_in_march_has_a_short_first_tertial() -> None:
    assert days("tertial", "2020-03-16", "2020-12-31")[0] == ("2020-T1", "2020-03-16", "2020-04-30", "2020-05-01")


def test_three_months_that_begin_in_a_tertial_are_clipped_to_it() -> None:
    assert days("quarter", "2024-01-01", "2024-03-31") == [("2024-Q1", "2024-01-01", "2024-03-31", "2024-04-01")]


def test_four_years_have_twelve_tertials() -> None:
    assert len(days("tertial", "2023-01-01", "2026-12-31")) == 12


def test_odd_dates_across_years() -> None:
    found = days("half_year", "2019-11-28", "2021-05-31")

    assert [label for label, *_ in found] == ["2019-H2", "2020-H1", "2020-H2", "2021-H1"]
    assert (found[0][1], found[-1][2], found[-1][3]) == ("2019-11-28", "2021-05-31", "2021-07-01")


def test_february_of_a_leap_year_ends_on_the_29th() -> None:
    assert days("quarter", "2024-02-01", "2024-02-29")[0][1:3] == ("2024-02-01", "2024-02-29")


def test_named_days_split_the_promise_between_them() -> None:
    assert days("custom", "2018-01-01", "2018-12-31", ["2018-08-15", "2019-03-01"]) == [
        ("2018-08", "2018-01-01", "2018-07-31", "2018-08-15"),
        ("2019-03", "2018-08-01", "2018-12-31", "2019-03-01"),
    ]


def test_no_rhythm_no_periods() -> None:
    assert days("none", "2018-01-01", "2018-12-31") == []


@pytest.mark.parametrize(
    ("today", "state", "overdue"),
    [
        ("2018-04-30", PeriodState.UPCOMING, False),
        ("2018-05-01", PeriodState.COLLECTING, False),
        ("2018-05-02", PeriodState.LATE, False),
        ("2018-05-31", PeriodState.LATE, False),
        ("2018-06-01", PeriodState.MISSING, True),
    ],
)
def test_an_open_period_follows_the_date(today: str, state: PeriodState, overdue: bool) -> None:
    period = Period(starts=dt.date(2018, 1, 1), ends=dt.date(2018, 4, 30), due=dt.date(2018, 5, 1))
    day = dt.date.fromisoformat(today)

    assert (period_state(period, day), is_overdue(period, day)) == (state, overdue)


def test_a_new_date_moves_the_day_when_it_is_overdue() -> None:
    period = Period(
        starts=dt.date(2018, 1, 1), ends=dt.date(2018, 4, 30), due=dt.date(2018, 5, 1), late_until=dt.date(2018, 6, 15)
    )

    assert not is_overdue(period, dt.date(2018, 7, 15))
    assert is_overdue(period, dt.date(2018, 7, 16))


@pytest.mark.parametrize("stage", ["published", "never_came", "none_found"])
def test_what_is_settled_is_never_overdue(stage: str) -> None:
    period = Period(ends=dt.date(2018, 4, 30), due=dt.date(2018, 5, 1), stage=stage)

    assert not is_overdue(period, dt.date(2026, 1, 1))
