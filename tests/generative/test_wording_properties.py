"""Whatever is written, the check answers, at places inside the text, and the same each time."""

import os
import unicodedata
from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lofte_engine.power import smallest_count_change, smallest_share_change
from lofte_engine.text.readability import readability, split_sentences
from lofte_engine.text.wording import TITLES, check_pledge, check_text

SETTINGS = settings(
    max_examples=int(os.environ.get("LOFTE_GENERATIVE_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# Pieces that the rules look for, so that made-up pledges come near to real ones.
PIECES = (
    "Polisen",
    "kommunen",
    "och",
    "samt",
    "ska",
    "genomföras",
    "genomföra",
    "arbeta för",
    "för att",
    "minst",
    "fyra",
    "20 %",
    "från 28 till 20",
    "2026",
    "i fjol blev det 20",
    "varje vecka",
    "i Gottsunda",
    "vid resecentrum",
    "i hela kommunen",
    "Storgatan 12",
    "trafikkontroller",
    "insatser",
    "trygghet",
    "narkotikabrotten",
    "minska",
    "noll inbrott",
    "ungdomarna som säljer",
    "redovisas",
    "t.ex.",
    ".",
    ",",
    "–",
    "\n",
    "- ",
    "\u00ad",
    "a\u030a",
    "\ufeff",
    "😀",
)
PLEDGES = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map(" ".join)


@SETTINGS
@given(PLEDGES | st.text(max_size=300))
@example("İ" * 40)
@example("\u0345\u0301" * 20)
@example("٣ ٤ ½ ² Ⅷ")
@example("1." * 50)
def test_findings_stand_inside_the_text(text: str) -> None:
    for finding in check_pledge(text):
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end].strip()
        assert finding.rule in TITLES
        assert finding.severity in ("block", "warn", "note")


@SETTINGS
@given(PLEDGES)
def test_same_text_has_same_findings(text: str) -> None:
    assert check_pledge(text) == check_pledge(text)


@SETTINGS
@given(PLEDGES)
def test_line_ends_change_no_rule(text: str) -> None:
    flat = " ".join(text.split())

    assert [one.rule for one in check_pledge(f"  {flat}\n")] == [one.rule for one in check_pledge(flat)]


@SETTINGS
@given(st.lists(st.sampled_from(PIECES), max_size=15).map(" ".join))
def test_parted_letters_change_no_rule(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    parted = unicodedata.normalize("NFD", text)

    assert {one.rule for one in check_pledge(parted)} == {one.rule for one in check_pledge(composed)}


@SETTINGS
@given(st.lists(PLEDGES, max_size=8).map("\n".join))
def test_any_text_is_told_and_covered(text: str) -> None:
    checked = check_text(text)

    assert checked.kind in ("document", "list", "pledge")
    assert all(0 <= finding.start < finding.end <= len(text) for finding in checked.findings)
    assert all(0 <= start <= end <= len(text) for start, end in checked.pledges)


@SETTINGS
@given(PLEDGES | st.text(max_size=300))
def test_sentences_are_in_order_and_lix_is_finite(text: str) -> None:
    spans = split_sentences(text)

    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert 0 <= readability(text).lix <= 100 + len(text)


@SETTINGS
@given(st.integers(0, 60), st.floats(0.2, 5), st.floats(0.5, 0.95))
def test_smallest_change_of_a_count_lies_on_both_sides(before: int, ratio: float, power: float) -> None:
    found = smallest_count_change(before, exposure_after=ratio, power=power)

    assert found.unseen[0] <= found.unchanged <= found.unseen[1]
    assert found.rise_to is not None
    assert found.rise_to > found.unchanged
    assert found.fall_to is None or 0 <= found.fall_to < found.unchanged


@SETTINGS
@given(st.floats(0, 1), st.integers(1, 5000), st.integers(1, 5000), st.floats(1, 4))
def test_smallest_change_of_a_share_lies_on_both_sides(before: float, first: int, second: int, effect: float) -> None:
    found = smallest_share_change(before, n_before=first, n_after=second, design_effect=effect)

    assert 0 <= found.unseen[0] <= before <= found.unseen[1] <= 1
    assert found.fall_to is None or 0 <= found.fall_to <= before
    assert found.rise_to is None or before <= found.rise_to <= 1
