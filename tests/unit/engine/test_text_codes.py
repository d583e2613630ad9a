"""Near-duplicates, suggested codes and agreement between coders."""

from __future__ import annotations

import pytest

from lofte_engine.text.agreement import AgreementInputError, cohens_kappa
from lofte_engine.text.codes import CodesInputError, suggest_codes
from lofte_engine.text.near_duplicates import DuplicatesInputError, Pair, groups_of, near_duplicates

LIGHT = [
    "trasig lampa vid skolan",
    "mörkt i tunneln",
    "lamporna lyser inte",
    "fler lampor",
    "släckt lykta i gångtunneln",
]
TRAFFIC = [
    "bilar kör för fort",
    "mopeder på gångbanan",
    "fortkörning utanför skolan",
    "moped kör fort",
    "bilen körde fort",
]
CODED = [(text, "ljus") for text in LIGHT] + [(text, "trafik") for text in TRAFFIC]


def test_same_words_with_other_signs_are_duplicates() -> None:
    texts = ["Det är MÖRKT i tunneln!!", "Helt annat.", "det är mörkt i tunneln", "", "…"]

    assert near_duplicates(texts) == [Pair(0, 2, 1.0)]


def test_text_handed_round_is_found_also_when_somebody_adds_a_word() -> None:
    text = "Sätt upp fler lampor vid gångvägen mellan skolan och stationen"
    pairs = near_duplicates([text, f"{text} tack", "Sätt upp en bänk"])

    assert [(pair.first, pair.second) for pair in pairs] == [(0, 1)]
    assert pairs[0].likeness > 0.9


def test_groups_hang_together_by_way_of_a_third() -> None:
    assert groups_of([Pair(0, 1, 0.9), Pair(3, 4, 0.8), Pair(1, 4, 0.7)]) == [(0, 1, 3, 4)]


@pytest.mark.parametrize("likeness", [0, 1.1, -1])
def test_likeness_outside_its_range_is_refused(likeness: float) -> None:
    with pytest.raises(DuplicatesInputError):
        near_duplicates(["a"], likeness=likeness)


@pytest.mark.slow
def test_code_is_suggested_with_its_reasons_and_none_for_what_is_unlike_all() -> None:
    found = suggest_codes(CODED, ["lampan i tunneln är trasig", "bilarna kör för fort", "xyzzy"])

    assert [row.code for row in found.rows] == ["ljus", "trafik", None]
    assert {"lampa", "tunnel"} & set(found.rows[0].because)
    assert found.rows[2].because == ()


@pytest.mark.slow
def test_nothing_is_suggested_when_codes_tell_nothing() -> None:
    coded = [(text, code) for text in LIGHT for code in ("a", "b")]

    found = suggest_codes(coded, LIGHT, wanted=0.95)

    assert [row.code for row in found.rows] == [None] * 5
    assert (found.right, found.answered) == (None, 0.0)


@pytest.mark.slow
def test_code_with_too_few_texts_is_left_out_and_said() -> None:
    found = suggest_codes([*CODED, ("hundbajs", "skräp")], ["hundbajs"])

    assert found.left_out == ("skräp",)
    assert found.rows[0].code is None


@pytest.mark.parametrize(("coded", "wanted"), [([], 0.8), (CODED[:5], 0.8), (CODED, 1.0)])
def test_codes_from_which_nothing_can_be_learnt_are_refused(coded: list, wanted: float) -> None:
    with pytest.raises(CodesInputError):
        suggest_codes(coded, ["a"], wanted=wanted)


def test_coders_who_agree_on_everything_have_kappa_one() -> None:
    found = cohens_kappa(["a", "b", "a"], ["a", "b", "a"])

    assert (found.kappa, found.error, found.disagreements) == (1.0, 0.0, ())


def test_kappa_says_nothing_when_one_code_is_used_for_everything() -> None:
    found = cohens_kappa(["a", "a"], ["a", "a"])

    assert (found.observed, found.kappa, found.interval) == (1.0, None, None)


def test_disagreements_are_told_the_commonest_first() -> None:
    found = cohens_kappa(["a", "a", "a", "b"], ["b", "b", "a", "a"])

    assert found.disagreements == (("a", "b", 2), ("b", "a", 1))


@pytest.mark.parametrize(("first", "second"), [([], []), (["a"], ["a", "b"])])
def test_codes_that_cannot_be_compared_are_refused(first: list, second: list) -> None:
    with pytest.raises(AgreementInputError):
        cohens_kappa(first, second)
