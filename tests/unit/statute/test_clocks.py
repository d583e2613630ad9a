"""Two years, with warnings at 18 and 22 months, over leap years and year ends."""

import datetime as dt

import pytest

from lofte.statute.clocks import Clock, State

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("last", "due"),
    [
        ("2024-02-29", "2026-02-28"),
        ("2022-02-28", "2024-02-28"),
        ("2023-03-01", "2025-03-01"),
        ("2024-12-31", "2026-12-31"),
        ("2025-01-01", "2027-01-01"),
    ],
)
def test_due_is_the_same_day_two_years_later(last: str, due: str) -> None:
    assert Clock(DAY(last)).due == DAY(due)


@pytest.mark.parametrize(
    ("today", "state", "is_urgent"),
    [
        ("2024-12-31", State.MET, False),
        ("2026-06-29", State.MET, False),
        ("2026-06-30", State.MET, False),
        ("2026-07-01", State.DUE_SOON, False),
        ("2026-10-30", State.DUE_SOON, False),
        ("2026-10-31", State.DUE_SOON, True),
        ("2026-12-31", State.DUE_SOON, True),
        ("2027-01-01", State.OVERDUE, False),
    ],
)
def test_state_from_the_last_day_of_a_year(today: str, state: State, is_urgent: bool) -> None:
    clock = Clock(DAY("2024-12-31"))

    assert (clock.state(DAY(today)), clock.is_urgent(DAY(today))) == (state, is_urgent)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2025-08-28", State.MET),
        ("2025-08-29", State.DUE_SOON),
        ("2026-02-28", State.DUE_SOON),
        ("2026-03-01", State.OVERDUE),
    ],
)
def test_state_from_a_leap_day(today: str, state: State) -> None:
    assert Clock(DAY("2024-02-29")).state(DAY(today)) == state
