"""Groups in both modes: what they find, what they refuse, and what they say about themselves."""

from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from lofte_engine.opinions import UNSEEN, Comments, Mode, OpinionGroups, VoteMatrix, draw_statement, opinion_groups
from lofte_engine.opinions.clusters import group_clusters, k_means, rand_index, silhouette
from lofte_engine.opinions.projection import components, in_conversation, project
from lofte_engine.opinions.representative import majority, representative
from lofte_engine.opinions.robust import robust_groups
from lofte_engine.opinions.tallies import Tally, shared_ground, tally, wilson

type Array = np.ndarray[tuple[int, ...], np.dtype[np.int8]]


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    """Threads make a thousand small matrices eight times slower where tests share two cores."""
    with threadpool_limits(1):
        yield


def camps(sizes: tuple[int, ...], m: int = 40, *, noise: float = 0.1, seen: float = 1.0, seed: int = 1) -> Array:
    """Camps that each have an own opinion on every statement; `noise` is the share of votes that go astray."""
    rng = np.random.default_rng(seed)
    opinions = rng.choice([-1, 1], size=(len(sizes), m))
    votes = np.repeat(opinions, sizes, axis=0)
    votes = np.where(rng.random(votes.shape) < noise, rng.integers(-1, 2, votes.shape), votes)
    return np.where(rng.random(votes.shape) < seen, votes, UNSEEN).astype(np.int8)


def matrix(votes: Array) -> VoteMatrix:
    n, m = votes.shape
    return VoteMatrix(tuple(str(i) for i in range(n)), tuple(str(j) for j in range(m)), votes)


def grouped(votes: Array, mode: Mode = "robust", comments: Comments | None = None) -> OpinionGroups:
    return opinion_groups(matrix(votes), comments or Comments(), mode=mode, rng=np.random.default_rng(7))


@pytest.mark.slow
@pytest.mark.parametrize("sizes", [(60, 60), (100, 30), (50, 50, 50), (40, 40, 40, 40), (60,) * 7])
@pytest.mark.parametrize("seen", [1.0, 0.6])
def test_robust_finds_the_camps_there_are(sizes: tuple[int, ...], seen: float) -> None:
    found = grouped(camps(sizes, 60, seen=seen))

    truth = np.repeat(np.arange(len(sizes)), sizes)
    assert len(found.sizes) == len(sizes)
    assert rand_index(found.labels, truth) > 0.95
    assert min(found.stability.groups) >= 0.75


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["even", "by_statement", "agreeable"])
def test_robust_says_one_group_where_there_is_no_structure(kind: str) -> None:
    """200 random matrices of each kind; "agreeable" people differ in how readily they agree, along a scale."""
    ones = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        n, m, seen = int(rng.integers(25, 300)), int(rng.integers(5, 80)), rng.uniform(0.2, 1)
        tendency = {"even": 0.0, "by_statement": rng.normal(size=(1, m)), "agreeable": rng.normal(size=(n, 1))}[kind]
        agrees = rng.random((n, m)) < 1 / (1 + np.exp(-tendency))
        votes = np.where(rng.random((n, m)) < 0.2, 0, np.where(agrees, 1, -1))
        votes = np.where(rng.random((n, m)) < seen, votes, UNSEEN).astype(np.int8)
        ones += int(robust_groups(votes, rng).labels.max() == 0)

    assert ones >= 190


@pytest.mark.parametrize("smallest", [9, 10])
def test_robust_shows_no_group_below_ten(smallest: int) -> None:
    found = grouped(camps((50, smallest), noise=0.02))
    assert len(found.sizes) == (2 if smallest == 10 else 1)


def test_robust_shows_nothing_of_fewer_than_ten() -> None:
    found = grouped(camps((9,)))

    assert found.sizes == ()
    assert found.ground is None
    assert set(found.labels) == {-1}
    assert [(caution.code, caution.number) for caution in found.cautions] == [
        ("too_few_for_groups", 9),
        ("few_participants", 9),
    ]


def test_robust_is_the_same_in_any_order_of_rows_and_under_any_names() -> None:
    votes = camps((30, 40), seen=0.8)
    order = np.random.default_rng(3).permutation(len(votes))

    first = robust_groups(votes, np.random.default_rng(1))
    second = robust_groups(votes[order], np.random.default_rng(1))

    assert second.labels.tolist() == first.labels[order].tolist()
    assert (second.kept, second.rand_index) == (first.kept, first.rand_index)


def test_one_group_has_shared_ground_but_nothing_that_tells_it_apart() -> None:
    found = grouped(camps((60,), noise=0.5))

    assert found.sizes == (60,)
    assert found.representative == ((),)
    assert found.stability.rand_index is None
    assert [caution.code for caution in found.cautions] == ["one_group", "few_participants"]
    assert found.ground is not None
    np.testing.assert_allclose(found.ground.product, (found.votes.agrees[0] + 1) / (found.votes.seen[0] + 2))


@pytest.mark.parametrize("mode", ["polis-compat", "robust"])
def test_hidden_statements_are_counted_but_shape_nothing(mode: Mode) -> None:
    votes = camps((40, 40), 12)
    parting = np.repeat([[1], [-1]], 40, axis=0)[np.random.default_rng(1).permutation(80)].astype(np.int8)
    with_hidden = np.hstack([votes, np.repeat(parting, 9, axis=1)])
    hidden = frozenset(str(j) for j in range(12, 21))

    plain, found = grouped(votes, mode), grouped(with_hidden, mode, Comments(meta=hidden))

    assert rand_index(found.labels, plain.labels) == 1.0
    assert found.votes.seen[:, 12:].sum() == 80 * 9
    assert set(found.priorities[12:]) == {49.0}
    assert all(shown.statement < 12 for group in found.representative for shown in group)
    assert all(shown.statement < 12 for side in found.majority.values() for shown in side)


@pytest.mark.parametrize("mode", ["polis-compat", "robust"])
@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (5, 1), (2, 2), (30, 1), (30, 2)])
@pytest.mark.parametrize("value", [1, None])
def test_the_smallest_conversations_do_not_break(mode: Mode, shape: tuple[int, int], value: int | None) -> None:
    rng = np.random.default_rng(2)
    votes = np.full(shape, value, dtype=np.int8) if value else rng.integers(-1, 2, shape).astype(np.int8)

    found = grouped(votes, mode)

    assert sum(found.sizes) == (shape[0] if mode == "polis-compat" or shape[0] >= 10 else 0)
    assert (found.ground is None) == (not found.sizes)
    assert np.isfinite(found.priorities).all()


@pytest.mark.parametrize("mode", ["polis-compat", "robust"])
def test_all_statements_hidden_is_one_group_and_said(mode: Mode) -> None:
    found = grouped(camps((30, 30), 8), mode, Comments({str(j): -1 for j in range(8)}))

    assert found.sizes == (60,)
    assert "all_hidden" in [caution.code for caution in found.cautions]


def test_those_who_voted_little_are_in_no_group() -> None:
    votes = camps((30, 30))
    votes[5, 6:] = UNSEEN

    for mode in ("polis-compat", "robust"):
        found = grouped(votes, mode)
        assert found.labels[5] == -1
        assert found.cautions[-1].code == "left_out" or "left_out" in [c.code for c in found.cautions]
        assert sum(found.sizes) == 59


def test_polis_mode_warns_of_small_groups_and_of_order() -> None:
    found = grouped(camps((50,), 20, noise=1.0), "polis-compat")

    assert len(found.sizes) >= 2
    codes = {caution.code for caution in found.cautions}
    assert {"few_participants", "order_dependent"} <= codes


def test_polis_shows_groups_where_robust_sees_none() -> None:
    votes = camps((150,), 20, noise=1.0)

    assert len(grouped(votes, "polis-compat").sizes) >= 2
    assert len(grouped(votes, "robust").sizes) == 1


def test_in_conversation_counts_seven_votes_or_all_there_are() -> None:
    counts = np.array([6, 7, 8] + [9] * 20)

    assert in_conversation(counts, 40).tolist() == [False, True, True] + [True] * 20
    assert in_conversation(counts, 6).all()
    assert in_conversation(counts, 40, already=[0]).all()


def test_fewer_than_fifteen_are_filled_up_by_the_most_diligent_but_never_by_silent_ones() -> None:
    counts = np.array([0, 1, 2, 3] + [9] * 12)

    assert in_conversation(counts, 40).tolist() == [False] + [True] * 15
    assert not in_conversation(np.array([0, 0]), 40).any()


def test_few_votes_are_drawn_outwards() -> None:
    votes = np.array([[1, 1, 1, 1], [1, UNSEEN, UNSEEN, UNSEEN]], dtype=np.int8)
    places = project(votes, np.zeros(4), np.full((1, 4), 0.5))
    np.testing.assert_allclose(places.ravel(), [2.0, 1.0])


def test_components_without_variance_are_zero() -> None:
    votes = np.ones((3, 4), dtype=np.int8)
    assert not components(votes, np.ones(4)).any()


def test_k_means_drops_a_cluster_that_becomes_empty() -> None:
    points = np.array([[0.0], [0.0], [1.0]])
    assert len(k_means(points, 5).centres) == 2


def test_weights_move_the_means_but_not_the_borders() -> None:
    points = np.array([[0.0], [1.0], [10.0]])
    found = k_means(points, 2, weights=np.array([9.0, 1.0, 1.0]))
    np.testing.assert_allclose(found.centres.ravel(), [0.1, 10.0])


def test_points_all_alike_are_one_group() -> None:
    assert group_clusters(np.zeros((5, 2)), np.ones(5)).labels.tolist() == [0] * 5


def test_a_cluster_of_one_has_silhouette_zero() -> None:
    distance = np.array([[0.0, 4.0], [4.0, 0.0]])
    assert silhouette(distance, np.array([0, 1])) == 0.0


def test_rand_index_of_single_groups_is_one() -> None:
    assert rand_index(np.zeros(4, dtype=np.intp), np.zeros(4, dtype=np.intp)) == 1.0
    assert rand_index(np.zeros(1, dtype=np.intp), np.zeros(1, dtype=np.intp)) == 1.0


def test_shared_ground_falls_with_the_number_of_groups_but_its_mean_does_not() -> None:
    same = np.array([[8], [8], [8]])
    two, three = (shared_ground(Tally(same[:k], 0 * same[:k], 10 * np.ones((k, 1), dtype=np.int64))) for k in (2, 3))

    assert three.product[0] < two.product[0]
    assert three.mean[0] == pytest.approx(two.mean[0])
    assert two.lowest_from[0] < two.lowest[0] < two.lowest_to[0]


def test_wilson_where_nobody_voted_is_everything() -> None:
    low, high = wilson(np.array([0]), np.array([0]))
    assert (low[0], high[0]) == (0.0, 1.0)


def test_a_group_with_nothing_significant_still_gets_one_statement() -> None:
    weak = Tally(np.array([[1], [0]]), np.array([[0], [1]]), np.array([[1], [1]]))

    first, second = representative(weak)

    assert [(shown.direction, shown.best_agree) for shown in first] == [("agree", True)]
    assert [(shown.direction, shown.best_agree) for shown in second] == [("disagree", False)]


def test_no_votes_give_nothing_to_show() -> None:
    nothing = Tally(*np.zeros((3, 2, 0), dtype=np.int64))
    assert representative(nothing) == ((), ())


def test_majority_keeps_five_of_each_side_and_none_hidden() -> None:
    everyone = Tally(np.full((1, 9), 9), np.zeros((1, 9), dtype=np.int64), np.full((1, 9), 9))

    found = majority(everyone, frozenset({0}))

    assert [shown.statement for shown in found["agree"]] == [1, 2, 3, 4, 5]
    assert found["disagree"] == ()


def test_nobody_in_a_group_gives_no_tally() -> None:
    assert tally(np.ones((2, 3), dtype=np.int8), np.array([-1, -1])).seen.shape[0] == 0


def test_next_statement_is_drawn_by_priority() -> None:
    rng = np.random.default_rng(5)
    drawn = [draw_statement({"seldom": 1.0, "often": 9.0, "never": 0.0}, rng) for _ in range(1000)]

    assert drawn.count("never") == 0
    assert 850 < drawn.count("often") < 950
    assert draw_statement({}, rng) is None
    assert draw_statement({"only": 0.0}, rng) == "only"
