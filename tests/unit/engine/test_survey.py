"""Raking weights and who was heard."""

from __future__ import annotations

import pytest

from lofte_engine.survey import RakingError, cautions, design_effect, not_heard, rake, who_was_heard
from lofte_engine.survey.heard import HeardInputError

SEX = {"w": 500, "m": 500}


def test_one_margin_is_post_stratification() -> None:
    raked = rake({"sex": ["w", "w", "w", "m"]}, {"sex": SEX})

    assert raked.weights == pytest.approx([500 / 3, 500 / 3, 500 / 3, 500])
    assert raked.design_effect == pytest.approx(4 / 3)
    assert raked.effective_n == pytest.approx(3)


def test_base_weights_are_kept_inside_a_group() -> None:
    raked = rake({"sex": ["w", "w", "m"]}, {"sex": SEX}, base=[1, 3, 2])

    assert raked.weights == pytest.approx([125, 375, 500])


def test_cap_holds_and_what_it_costs_is_told() -> None:
    answers = {"sex": ["w"] * 9 + ["m"]}

    raked = rake(answers, {"sex": SEX}, cap=3)

    assert raked.weights.max() == pytest.approx(300)
    assert (raked.met, raked.capped) == (False, 1)
    assert raked.error == pytest.approx(0.2)


def test_what_is_cut_at_the_cap_is_taken_up_by_others_of_the_group() -> None:
    answers = {"sex": ["w", "w", "w", "m", "m"]}

    raked = rake(answers, {"sex": SEX}, base=[1, 1, 1, 1, 9], cap=1.5)

    assert raked.met
    assert raked.weights.max() == pytest.approx(300)
    assert raked.weights[3] == pytest.approx(200)


@pytest.mark.parametrize(
    ("answers", "population", "code"),
    [
        ({"sex": []}, {"sex": SEX}, "no_answers"),
        ({}, {}, "no_margins"),
        ({"sex": ["w"]}, {"age": SEX}, "margins_differ"),
        ({"sex": ["w", "x"]}, {"sex": SEX}, "unknown_group"),
        ({"sex": ["w", "w"]}, {"sex": SEX}, "empty_group"),
        ({"sex": ["w", "m"]}, {"sex": {"w": 500, "m": 0}}, "bad_target"),
        ({"sex": ["w", "m"], "age": ["y"]}, {"sex": SEX, "age": {"y": 1000}}, "lengths_differ"),
        ({"sex": ["w", "m"], "age": ["y", "o"]}, {"sex": SEX, "age": {"y": 1, "o": 2}}, "totals_differ"),
        ({"sex": ["w", "m"], "age": ["y", "o"]}, {"sex": SEX, "age": {"y": 900, "o": 100}}, "not_converged"),
    ],
)
def test_what_cannot_be_raked_is_named(answers: dict, population: dict, code: str) -> None:
    with pytest.raises(RakingError) as refused:
        rake(answers, population)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("extra", "code"), [({"base": [1]}, "bad_base"), ({"base": [1, -1]}, "bad_base"), ({"cap": 1}, "bad_cap")]
)
def test_weights_that_make_no_sense_are_refused(extra: dict, code: str) -> None:
    with pytest.raises(RakingError) as refused:
        rake({"sex": ["w", "m"]}, {"sex": SEX}, **extra)

    assert refused.value.code == code


def test_design_effect_is_kishs() -> None:
    assert design_effect([2, 2, 2]) == 1
    assert design_effect([1, 1, 4]) == 1.5


def test_group_that_nobody_answered_from_is_not_heard() -> None:
    rows = who_was_heard({"25-64": 120, "65-": 80}, {"-24": 6000, "25-64": 12000, "65-": 6000})

    assert [(row.group, row.verdict) for row in rows] == [("-24", "nobody"), ("25-64", "as_many"), ("65-", "more")]
    assert [row.group for row in not_heard(rows)] == ["-24"]
    assert rows[0].expected == 50


def test_interval_of_the_index_is_wilsons() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 has the Wilson interval .2553 to .3662."""
    row, _rest = who_was_heard({"a": 81, "b": 182}, {"a": 1, "b": 1})

    assert [bound / 2 for bound in row.interval] == pytest.approx([0.2553, 0.3662], abs=5e-5)


def test_few_answers_say_nothing_about_a_group() -> None:
    rows = who_was_heard({"a": 2, "b": 6}, {"a": 500, "b": 500})

    assert [row.verdict for row in rows] == ["unknown", "unknown"]


def test_cautions_name_what_is_missing() -> None:
    rows = who_was_heard({"a": 190, "b": 10}, {"a": 500, "b": 500})
    raked = rake({"g": ["a"] * 190 + ["b"] * 10}, {"g": {"a": 500, "b": 500}}, cap=3)

    found = {each.code: each for each in cautions([rows], raked)}

    assert list(found) == ["self_selected", "not_heard", "weights_capped", "margins_missed"]
    assert found["not_heard"].groups == ("b",)


@pytest.mark.parametrize(
    ("heard", "population"), [({"x": 1}, {"a": 1}), ({"a": -1}, {"a": 1}), ({"a": 1}, {}), ({"a": 1}, {"a": 0})]
)
def test_counts_that_cannot_be_compared_are_refused(heard: dict, population: dict) -> None:
    with pytest.raises(HeardInputError):
        who_was_heard(heard, population)
