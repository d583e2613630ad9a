"""What holds for the personal-data screen whatever people write."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from lofte_engine.text.screen import mask, screen

BORN = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2026, 12, 31))
AROUND = st.text(alphabet="abc åäö.,!?\n", max_size=60)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_findings_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    at = 0
    for found in screen(text):
        assert at <= found.start < found.end <= len(text)
        at = found.end


@settings(deadline=None)
@given(AROUND, BORN, st.integers(0, 9999), st.sampled_from(["-", "+", " ", "–", " - "]), st.booleans(), st.booleans())
def test_identity_number_is_found_whole_whatever_stands_around_it(
    around: str, born: dt.date, last: int, mark: str, is_long: bool, is_coordination: bool
) -> None:
    date = f"{born:%Y%m}{born.day + 60 * is_coordination:02}"
    number = f"{date if is_long else date[2:]}{mark}{last:04}"
    text = f"{around} {number} {around}"

    kinds = [found.kind for found in screen(text) if text[found.start : found.end] == number]

    assert kinds == ["samordningsnummer" if is_coordination else "personnummer"]


@settings(deadline=None)
@given(AROUND, BORN, st.integers(0, 9999), st.booleans())
def test_identity_number_without_a_mark_is_found_whole_though_it_may_be_taken_for_a_phone(
    around: str, born: dt.date, last: int, is_long: bool
) -> None:
    number = f"{born:%Y%m%d}"[0 if is_long else 2 :] + f"{last:04}"
    text = f"{around} {number} {around}"

    assert any(text[found.start : found.end] == number for found in screen(text))


@settings(deadline=None)
@given(st.text(alphabet="0123456789 -+.", max_size=60))
def test_masked_text_has_no_run_of_ten_digits_from_a_date(digits: str) -> None:
    """Ten digits in a row that begin as a date never come through."""
    left = mask(digits, screen(digits))

    runs = [run for run in left.replace("[…]", " ").split() if len(run) == 10 and run.isdecimal()]
    assert not [run for run in runs if 1 <= int(run[2:4]) <= 12 and 1 <= int(run[4:6]) <= 31]
