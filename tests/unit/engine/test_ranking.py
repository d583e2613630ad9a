"""Rank agreement: the same as scipy says, an interval that covers, and refusals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kendalltau

from lofte_engine.ranking import RankingInputError, kendall_tau, rank_agreement


def test_tau_is_that_of_scipy_also_with_ties() -> None:
    rng = np.random.default_rng(7)
    first, second = rng.integers(0, 6, size=(2, 50, 9)).astype(float)

    found = kendall_tau(first, second)

    expected = [kendalltau(a, b).statistic for a, b in zip(first, second, strict=True)]
    assert found == pytest.approx(expected, abs=1e-12)


def test_order_of_the_things_does_not_matter() -> None:
    first, second = {"a": 9, "b": 5, "c": 1}, {"c": 2, "a": 7, "b": 4}

    one = rank_agreement(first, second, rng=np.random.default_rng(1))
    other = rank_agreement(dict(reversed(first.items())), second, rng=np.random.default_rng(1))

    assert one == other


def test_few_answers_say_less_than_many() -> None:
    few = rank_agreement({"a": 5, "b": 3, "c": 2}, {"a": 4, "b": 3, "c": 3}, rng=np.random.default_rng(1))
    many = rank_agreement({"a": 500, "b": 300, "c": 200}, {"a": 450, "b": 300, "c": 250}, rng=np.random.default_rng(1))

    assert few.high - few.low > many.high - many.low
    assert (many.tau, many.low) == (1.0, 1.0)


def test_thing_that_one_side_never_names_is_last_there() -> None:
    found = rank_agreement({"a": 9, "b": 5}, {"a": 9, "b": 5, "c": 1}, rng=np.random.default_rng(1))

    assert found.tau == 1.0


@pytest.mark.parametrize(
    ("first", "second"),
    [({}, {}), ({"a": 1}, {"a": 2}), ({"a": -1, "b": 2}, {"a": 1, "b": 2}), ({"a": 1, "b": 1}, {"a": 1, "b": 2}),
     ({"a": 1, "b": 2}, {"a": 0, "b": 0})],
)  # fmt: skip
def test_what_cannot_be_ranked_is_refused(first: dict[str, int], second: dict[str, int]) -> None:
    with pytest.raises(RankingInputError):
        rank_agreement(first, second, rng=np.random.default_rng(1))
