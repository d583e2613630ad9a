"""Properties that hold whatever people write and however few they are."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from lofte.voices import screening
from lofte.voices.codes import LETTERS, grouped, plain
from lofte.voices.small_groups import SMALLEST_SHOWN, shown

COUNTS = st.dictionaries(st.integers(0, 20), st.integers(0, 40), max_size=12)


@given(COUNTS)
def test_no_hidden_number_can_be_told_from_the_total(counts: dict[int, int]) -> None:
    """Whoever knows the total and what is shown knows of what is hidden only its sum: never one cell of it."""
    told = shown(counts)
    hidden = [counts[label] for label, count in told.items() if count is None]

    assert all(counts[label] == count and count >= SMALLEST_SHOWN for label, count in told.items() if count is not None)
    assume(hidden and len(hidden) < len(counts))
    # Each hidden cell may be anything from nothing to their sum, a range that is no narrower than the threshold.
    assert len(hidden) > 1
    assert sum(hidden) >= SMALLEST_SHOWN


@given(st.text(max_size=300))
def test_marking_never_loses_or_adds_a_letter(text: str) -> None:
    assert "".join(piece for piece, _hint in screening.marked(text)) == text


@given(st.text(alphabet=LETTERS, min_size=12, max_size=12), st.sampled_from(["-", " ", "", "–"]))
def test_code_survives_being_copied_by_hand(code: str, between: str) -> None:
    written = between.join(code[start : start + 4] for start in range(0, 12, 4)).lower()

    assert plain(written) == code == plain(grouped(written))
