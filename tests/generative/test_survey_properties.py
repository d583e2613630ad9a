"""What holds for raking whoever answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lofte_engine.survey import rake

# Every pair of groups has somebody, so that every population can be met.
PEOPLE = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), max_size=40).map(
    lambda drawn: [*drawn, *((a, b) for a in "abc" for b in "xy")]
)
SHARES = st.lists(st.integers(1, 20), min_size=3, max_size=3)


def margins(shares: list[int], split: int) -> dict[str, dict[str, float]]:
    total = sum(shares)
    return {
        "one": dict(zip("abc", shares, strict=True)),
        "two": {"x": total * split / 10, "y": total * (10 - split) / 10},
    }


@settings(deadline=None)
@given(PEOPLE, SHARES, st.integers(1, 9), st.randoms())
def test_margins_are_met_and_order_does_not_matter(people: list, shares: list[int], split: int, rng) -> None:
    population = margins(shares, split)
    turned = rng.sample(range(len(people)), len(people))

    raked = rake({"one": [a for a, _ in people], "two": [b for _, b in people]}, population)
    other = rake({"two": [people[i][1] for i in turned], "one": [people[i][0] for i in turned]}, population)

    assert raked.met
    assert raked.weights.min() > 0
    assert raked.design_effect >= 1 - 1e-12
    for group, wanted in population["one"].items():
        assert raked.weights[[a == group for a, _ in people]].sum() == pytest.approx(wanted, rel=1e-6)
    assert other.weights == pytest.approx(raked.weights[turned], rel=1e-6)


@settings(deadline=None)
@given(PEOPLE, SHARES, st.integers(1, 9))
def test_raking_keeps_how_groups_go_together(people: list, shares: list[int], split: int) -> None:
    """The odds ratio of any four cells is that of the answers: raking multiplies rows and columns, nothing else."""
    raked = rake({"one": [a for a, _ in people], "two": [b for _, b in people]}, margins(shares, split))

    def odds(weights: np.ndarray) -> float:
        cell = {pair: sum(w for w, p in zip(weights, people, strict=True) if p == pair) for pair in set(people)}
        return cell["a", "x"] * cell["b", "y"] / (cell["a", "y"] * cell["b", "x"])

    assert odds(raked.weights) == pytest.approx(odds(np.ones(len(people))), rel=1e-6)


@settings(deadline=None)
@given(PEOPLE, SHARES, st.integers(1, 9), st.floats(1.1, 5))
def test_cap_always_holds(people: list, shares: list[int], split: int, cap: float) -> None:
    raked = rake(
        {"one": [a for a, _ in people], "two": [b for _, b in people]}, margins(shares, split), cap=cap, steps=200
    )

    assert raked.weights.max() <= cap * sum(shares) / len(people) * (1 + 1e-9)
