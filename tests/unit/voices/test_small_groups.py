"""Small groups in a published count, at the threshold and around it."""

from __future__ import annotations

import pytest

from lofte.voices.presenters import rows
from lofte.voices.small_groups import at_least, shown


@pytest.mark.parametrize(("count", "told"), [(0, None), (4, None), (5, 5), (6, 6)])
def test_number_alone_is_told_from_five(count: int, told: int | None) -> None:
    assert at_least(count) == told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 5, "b": 6}, {"a": 5, "b": 6}),
        ({"a": 4, "b": 6, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 4, "b": 3, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 0, "b": 3, "c": 9, "d": 20}, {"a": None, "b": None, "c": None, "d": 20}),
        ({"a": 3, "b": 9}, {"a": None, "b": None}),
        ({"a": 3}, {"a": None}),
        ({}, {}),
    ],
)
def test_what_would_tell_a_small_group_is_hidden_too(counts: dict[str, int], told: dict[str, int | None]) -> None:
    assert shown(counts) == told


@pytest.mark.parametrize(
    ("untold", "told"),
    [(0, {"a": None, "b": None, "c": 20}), (1, {"a": None, "b": None, "c": 20}), (2, {"a": None, "b": 5, "c": 20})],
)
def test_those_who_stand_in_no_row_meet_a_subtraction_too(untold: int, told: dict[str, int | None]) -> None:
    assert shown({"a": 3, "b": 5, "c": 20}, untold=untold) == told


def test_words_beside_a_total_do_not_say_how_few():
    """Twenty-eight in all: were both hidden ones called fewer than five, they would be four each."""
    words = {"a": "Norr", "b": "Söder", "c": "Väster"}

    assert [row.count for row in rows({"a": 4, "b": 4, "c": 20}, words)] == ["visas inte", "visas inte", "20"]
