"""Whatever days a promise has: its periods cover them once, in order, and each report is due after its period."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from lofte.followup.calendar import spans
from lofte.followup.working_days import is_working_day, reminder_day

RHYTHMS = st.sampled_from(["tertial", "quarter", "half_year", "year", "once"])
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))
DAY = dt.timedelta(days=1)


@given(RHYTHMS, DAYS, st.integers(0, 1500))
def test_periods_cover_the_promise_once(rhythm: str, starts: dt.date, length: int) -> None:
    ends = starts + dt.timedelta(days=length)

    found = spans(rhythm, starts, ends)

    assert (found[0].starts, found[-1].ends) == (starts, ends)
    assert all(after.starts == before.ends + DAY for before, after in itertools.pairwise(found))
    assert all(span.due > span.ends and span.due.day == 1 for span in found)
    assert len({span.label for span in found}) == len(found)


@given(DAYS)
def test_a_reminder_goes_soon_and_on_a_working_day(day: dt.date) -> None:
    goes = reminder_day(day)

    assert day <= goes <= day + dt.timedelta(days=36)
    assert is_working_day(goes)
    assert goes.month != 7
