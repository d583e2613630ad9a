"""Opinion groups on random votes: fast code against slow, obvious code, and what must hold whatever the votes."""

import os
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from lofte_engine.opinions import UNSEEN, Cast, Comments, VoteMatrix, opinion_groups, votes_from
from lofte_engine.opinions.clusters import distances, k_means, rand_index, silhouette
from lofte_engine.opinions.projection import centre, components, project
from lofte_engine.opinions.representative import leaning
from lofte_engine.opinions.robust import robust_groups
from lofte_engine.opinions.tallies import tally

pytestmark = pytest.mark.slow
SETTINGS = settings(
    max_examples=int(os.environ.get("LOFTE_GENERATIVE_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

type Votes = np.ndarray[tuple[int, int], np.dtype[np.int8]]
type Labels = np.ndarray[tuple[int], np.dtype[np.intp]]

MATRICES = npst.arrays(
    np.int8,
    npst.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=14),
    elements=st.sampled_from([-1, 0, 1, UNSEEN]),
)
LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=25)


def has_votes(votes: Votes) -> bool:
    return bool((votes != UNSEEN).any(axis=0).all())


@SETTINGS
@given(MATRICES)
def test_projection_is_the_sum_over_votes_cast(votes: Votes) -> None:
    mean = centre(votes)
    directions = components(votes, mean)

    n, m = votes.shape
    slow = np.zeros((n, 2))
    for i in range(n):
        cast = [j for j in range(m) if votes[i, j] != UNSEEN]
        for axis in range(2):
            total = sum((votes[i, j] - mean[j]) * directions[axis, j] for j in cast)
            slow[i, axis] = np.sqrt(m / max(len(cast), 1)) * total
    np.testing.assert_allclose(project(votes, mean, directions), slow, atol=1e-9)


@SETTINGS
@given(MATRICES)
def test_components_explain_as_much_as_singular_vectors(votes: Votes) -> None:
    mean = centre(votes)
    filled = np.where(votes == UNSEEN, mean, votes) - mean

    found = components(votes, mean)

    best = np.linalg.svd(filled, compute_uv=False)[:2]
    explained = np.linalg.norm(filled @ found.T, axis=0)[: len(best)]
    np.testing.assert_allclose(explained, np.where(best > 1e-4, best, explained), atol=1e-6)
    lengths = np.linalg.norm(found, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-9) | (lengths == 0))
    assert abs(found[0] @ found[1]) < 1e-6


@SETTINGS
@given(LABELS)
def test_rand_index_counts_pairs(pairs: list[tuple[int, int]]) -> None:
    first, second = (np.array(labels, dtype=np.intp) for labels in zip(*pairs, strict=True))

    together = [(first[i] == first[j], second[i] == second[j]) for i, j in combinations(range(len(pairs)), 2)]
    both = sum(a and b for a, b in together)
    left, right = sum(a for a, _ in together), sum(b for _, b in together)
    expected = left * right / len(together)
    slow = 1.0 if (left + right) / 2 == expected else (both - expected) / ((left + right) / 2 - expected)

    assert rand_index(first, second) == pytest.approx(slow)
    assert rand_index(second, first) == pytest.approx(slow)


@SETTINGS
@given(npst.arrays(float, st.tuples(st.integers(3, 12), st.just(2)), elements=st.integers(-4, 4)), st.data())
def test_silhouette_is_what_its_definition_says(
    points: np.ndarray[tuple[int, int], np.dtype[np.float64]], data: st.DataObject
) -> None:
    n = len(points)
    labels = np.array([0, 1, *data.draw(st.lists(st.integers(0, 1), min_size=n - 2, max_size=n - 2))])
    widths = []
    for i in range(n):
        mine = [np.linalg.norm(points[i] - points[j]) for j in range(n) if labels[j] == labels[i] and j != i]
        theirs = [np.linalg.norm(points[i] - points[j]) for j in range(n) if labels[j] != labels[i]]
        a, b = (float(np.mean(mine)) if mine else 0.0), float(np.mean(theirs))
        widths.append((b - a) / max(a, b) if mine and max(a, b) > 0 else 0.0)

    assert silhouette(distances(points), labels) == pytest.approx(np.mean(widths))


@SETTINGS
@given(npst.arrays(float, st.tuples(st.integers(1, 20), st.just(2)), elements=st.integers(-3, 3)), st.integers(1, 6))
def test_k_means_gives_every_point_a_cluster_that_is_its_mean(
    points: np.ndarray[tuple[int, int], np.dtype[np.float64]], k: int
) -> None:
    found = k_means(points, k)

    assert set(found.labels) == set(range(len(found.centres)))
    for cluster, centre_of in enumerate(found.centres):
        np.testing.assert_allclose(points[found.labels == cluster].mean(axis=0), centre_of, atol=1e-9)


@SETTINGS
@given(MATRICES, st.data())
def test_groups_share_out_all_votes(votes: Votes, data: st.DataObject) -> None:
    labels = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=len(votes), max_size=len(votes))), dtype=np.intp)

    counted = tally(votes, labels)

    inside = votes[labels >= 0]
    assert counted.agrees.sum() == (inside == 1).sum()
    assert counted.disagrees.sum() == (inside == -1).sum()
    assert counted.seen.sum() == (inside != UNSEEN).sum()


@SETTINGS
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=4))
def test_leaning_stays_finite_and_turns_with_the_groups(counts: list[tuple[int, int]]) -> None:
    successes = np.array([[min(pair)] for pair in counts])
    trials = np.array([[max(pair)] for pair in counts])

    found = leaning(successes, trials)

    for part in (found.share, found.share_test, found.ratio, found.ratio_test, found.weight()):
        assert np.isfinite(part).all()
    mirrored = leaning(successes[::-1], trials[::-1])
    np.testing.assert_allclose(mirrored.ratio_test, found.ratio_test[::-1], atol=1e-12)


@SETTINGS
@given(MATRICES.filter(has_votes), st.sampled_from(["polis-compat", "robust"]), st.data())
def test_any_votes_can_be_grouped(votes: Votes, mode: str, data: st.DataObject) -> None:
    n, m = votes.shape
    names = tuple(str(j) for j in range(m))
    comments = Comments({name: data.draw(st.sampled_from([-1, 0, 1])) for name in names})
    matrix = VoteMatrix(tuple(str(i) for i in range(n)), names, votes)

    found = opinion_groups(matrix, comments, mode=mode, rng=np.random.default_rng(1))  # type: ignore[arg-type]

    assert sum(found.sizes) + (found.labels < 0).sum() == n
    assert all(size >= (10 if mode == "robust" else 1) for size in found.sizes)
    assert np.isfinite(found.priorities).all()
    assert found.ground is None or ((found.ground.product > 0) & (found.ground.product < 1)).all()


@SETTINGS
@given(st.integers(0, 10_000), st.integers(1, 3), st.floats(0.5, 1))
def test_robust_groups_do_not_depend_on_row_order(seed: int, camps: int, seen: float) -> None:
    rng = np.random.default_rng(seed)
    votes = np.repeat(rng.choice([-1, 1], size=(camps, 20)), 25, axis=0)
    votes = np.where(rng.random(votes.shape) < 0.2, 0, votes)
    votes = np.where(rng.random(votes.shape) < seen, votes, UNSEEN).astype(np.int8)
    order = rng.permutation(len(votes))

    first = robust_groups(votes, np.random.default_rng(1))
    second = robust_groups(votes[order], np.random.default_rng(1))

    # Rows that are equal may change places with each other, never groups.
    assert second.labels.tolist() == first.labels[order].tolist()
    assert np.bincount(first.labels).min() >= 10


@SETTINGS
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([-1, 0, 1])), min_size=1), st.randoms())
def test_a_log_can_be_read_in_any_order(rows: list[tuple[int, int, int]], random: object) -> None:
    log = [Cast(str(p), str(s), v, float(i)) for i, (p, s, v) in enumerate(rows)]
    mixed = list(log)
    random.shuffle(mixed)  # type: ignore[attr-defined]

    first, second = votes_from(log), votes_from(mixed)

    assert (first.participants, first.statements) == (second.participants, second.statements)
    np.testing.assert_array_equal(first.votes, second.votes)
