"""Groups that are there whatever the order of the rows: found, told apart, and tried on resampled participants."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lofte_engine.opinions.axes import Axes, Centred, Standing, axes, centred, standing, turned
from lofte_engine.opinions.clusters import Clusters, Labels, assigned, nearest, rand_index
from lofte_engine.opinions.projection import Floats, Votes

SMALLEST_GROUP = 10
REPLICATES = 20
STABLE = 0.75
_VALLEY_LEVEL = 0.02
_SEEDED_STARTS = 3
_SAMPLE = 4000
_ROUNDS = 40


@dataclass(frozen=True)
class RobustGroups:
    """Groups that stood the tests, or one group.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        Group of each participant, largest group first.
    n_axes : int
        Lines along which opinions differ more than by chance.
    rand_index : float or None
        Mean likeness of the groups to those found in resampled participants; None if there is one group.
    kept : tuple of float
        For each group, how much of it was found again (mean Jaccard index); empty if there is one group.

    Examples
    --------
    >>> RobustGroups(np.zeros(3, dtype=np.intp), 0, None, ()).labels.max()
    np.int64(0)
    """

    labels: Labels
    n_axes: int
    rand_index: float | None
    kept: tuple[float, ...]


def robust_groups(votes: Votes, rng: np.random.Generator, *, smallest: int = SMALLEST_GROUP) -> RobustGroups:
    """The largest number of groups that are distinct, large enough and found again; one if none are.

    Parameters
    ----------
    votes : ndarray of int8, shape (n, m)
        Of the participants to be grouped, on the statements that may shape groups.
    rng : numpy.random.Generator
        The same generator state and the same votes give the same groups, whatever the order of the rows.
    smallest : int
        Fewest members of a group that may be shown.

    Returns
    -------
    RobustGroups

    Notes
    -----
    1. Rows are put in an order that depends only on what is in them (SHA-256 of the votes).
    2. `axes` counts the lines along which votes differ more than by chance. None: one group.
    3. k-means from several starts, k = 2 … axes + 2, on the places as they are and with all axes made equally long.
    4. Groups are *distinct* if between every two of them there is a valley: significantly fewer people (binomial
       test, 2 %) in the middle third of the way from centre to centre than around either centre. A spread of
       opinions without gaps is one group, however wide.
    5. Groups are *found again* if, over 20 resamples of the participants with axes and clusters made anew, each
       group's mean Jaccard index is at least 0.75.
    The largest k that passes wins.

    References
    ----------
    Hennig (2007), Comput. Stat. Data Anal. 52, 258–271 (stability by resampling, 0.75).

    Examples
    --------
    >>> camps = np.repeat([[1], [-1]], 20, axis=0).astype(np.int8) * np.ones((1, 12), dtype=np.int8)
    >>> np.bincount(robust_groups(camps, np.random.default_rng(1)).labels)
    array([20, 20])
    """
    order = canonical_order(votes)
    ordered = votes[order]
    found = _in_order(ordered, rng, smallest)
    labels = np.empty(len(votes), dtype=np.intp)
    labels[order] = found.labels
    return RobustGroups(labels, found.n_axes, found.rand_index, found.kept)


def canonical_order(votes: Votes) -> Labels:
    """An order of the rows that depends only on their content, and looks random.

    Parameters
    ----------
    votes : ndarray of int8, shape (n, m)

    Returns
    -------
    ndarray of int, shape (n,)

    Examples
    --------
    >>> votes = np.array([[1, 0], [0, 1], [1, 1]], dtype=np.int8)
    >>> (votes[canonical_order(votes)] == votes[::-1][canonical_order(votes[::-1])]).all()
    np.True_
    """
    rows = np.ascontiguousarray(votes)
    keys = [hashlib.sha256(row.tobytes()).digest() for row in rows]
    return np.array(sorted(range(len(rows)), key=keys.__getitem__), dtype=np.intp)


def _in_order(votes: Votes, rng: np.random.Generator, smallest: int) -> RobustGroups:
    one = np.zeros(len(votes), dtype=np.intp)
    if len(votes) < 2 * smallest or not votes.shape[1]:
        return RobustGroups(one, 0, None, ())
    data = centred(votes)
    lines = axes(data, rng)
    if not lines.count:
        return RobustGroups(one, 0, None, ())
    stands = standing(data, lines.directions)
    for stretched, labels in _candidates(stands, rng, smallest):
        index, kept = _found_again(data, lines, labels, stretched, rng)
        if min(kept) >= STABLE:
            return RobustGroups(labels, lines.count, index, kept)
    return RobustGroups(one, lines.count, None, ())


def _candidates(stands: Standing, rng: np.random.Generator, smallest: int) -> Iterator[tuple[bool, Labels]]:
    """Distinct groupings, most groups first; True with those found after stretching the axes to equal length."""
    distinct = []
    for stretched in (False, True) if len(stands.spread) > 1 else (False,):
        points = _points(stands, stretched=stretched)
        for clusters in _clusterings(points, len(stands.spread) + 2, rng):
            sizes = np.bincount(clusters.labels)
            if sizes.min() >= smallest and _all_parted(points, clusters, stands.reliability):
                distinct.append((len(sizes), not stretched, clusters.labels))
    for _, as_is, labels in sorted(distinct, key=lambda found: found[:2], reverse=True):
        yield not as_is, _largest_first(labels)


def _points(stands: Standing, *, stretched: bool) -> Floats:
    return stands.places / stands.spread if stretched else stands.places


def _clusterings(points: Floats, most: int, rng: np.random.Generator) -> Iterator[Clusters]:
    """k-means for k = 2 … `most`, each from the last one's widest cluster split and from seeded starts."""
    sample = points[:_SAMPLE]
    last = assigned(sample, sample.mean(axis=0)[None], np.ones(len(sample)))
    for k in range(2, most + 1):
        last = _best(sample, [_split(sample, last), *(_spread_out(sample, k, rng) for _ in range(_SEEDED_STARTS))])
        if len(last.centres) < k:
            return
        yield last if len(sample) == len(points) else _settled(points, last.centres)


def _best(points: Floats, starts: list[Floats]) -> Clusters:
    found = [_settled(points, start) for start in starts]
    return min(found, key=lambda clusters: float(((points - clusters.centres[clusters.labels]) ** 2).sum()))


def _settled(points: Floats, centres: Floats) -> Clusters:
    mass = np.ones(len(points))
    clusters = assigned(points, centres, mass)
    for _ in range(_ROUNDS):
        before = clusters
        clusters = assigned(points, before.centres, mass)
        if np.array_equal(clusters.labels, before.labels):
            break
    return clusters


def _split(points: Floats, clusters: Clusters) -> Floats:
    """The centres with the widest cluster's centre replaced by two, one standard deviation apart on either side."""
    away = points - clusters.centres[clusters.labels]
    widest = int(np.bincount(clusters.labels, weights=(away**2).sum(axis=1)).argmax())
    members = away[clusters.labels == widest]
    values, vectors = np.linalg.eigh(members.T @ members / len(members))
    step = vectors[:, -1] * math.sqrt(max(values[-1], 0))
    centre = clusters.centres[widest]
    return np.vstack([np.delete(clusters.centres, widest, axis=0), centre + step, centre - step])


def _spread_out(points: Floats, k: int, rng: np.random.Generator) -> Floats:
    """k-means++: centres drawn one by one, likelier the farther they lie from those already drawn."""
    centres = points[[int(rng.integers(len(points)))]]
    nearest_square = ((points - centres[0]) ** 2).sum(axis=1)
    while len(centres) < k and nearest_square.sum() > 0:
        drawn = int(rng.choice(len(points), p=nearest_square / nearest_square.sum()))
        centres = np.vstack([centres, points[drawn]])
        nearest_square = np.minimum(nearest_square, ((points - points[drawn]) ** 2).sum(axis=1))
    return centres


def _all_parted(points: Floats, clusters: Clusters, reliability: Floats) -> bool:
    well_known = reliability >= np.median(reliability)
    k = len(clusters.centres)
    for a in range(k):
        for b in range(a + 1, k):
            members = well_known & ((clusters.labels == a) | (clusters.labels == b))
            if not _valley(points[members], clusters.centres[a], clusters.centres[b]):
                return False
    return True


def _valley(points: Floats, start: Floats, end: Floats) -> bool:
    """Whether clearly fewer stand midway between two centres than around either."""
    way = end - start
    along = (points - start) @ way / max(float(way @ way), 1e-300)
    around_start, midway, around_end = (np.count_nonzero(np.abs(along - at) < 1 / 6) for at in (0.0, 0.5, 1.0))
    fewest = min(around_start, around_end)
    return binomial_tail(int(midway), int(midway + fewest)) < _VALLEY_LEVEL


def binomial_tail(successes: int, trials: int) -> float:
    """Probability of at most so many heads when a fair coin is tossed.

    Parameters
    ----------
    successes, trials : int

    Returns
    -------
    float

    Examples
    --------
    >>> round(binomial_tail(1, 3), 9)
    0.5
    """
    log_half = trials * math.log(2)
    log_all = math.lgamma(trials + 1)
    terms = (
        math.exp(log_all - math.lgamma(i + 1) - math.lgamma(trials - i + 1) - log_half) for i in range(successes + 1)
    )
    return min(math.fsum(terms), 1.0)


def _found_again(
    data: Centred, lines: Axes, labels: Labels, stretched: bool, rng: np.random.Generator
) -> tuple[float, tuple[float, ...]]:
    """Mean adjusted Rand index and, for each group, mean Jaccard index over resamples of the participants."""
    n, k = len(labels), int(labels.max()) + 1
    indices, overlaps = [], []
    for _ in range(REPLICATES):
        drawn = rng.integers(n, size=n)
        times = np.bincount(drawn, minlength=n).astype(float)
        points = _points(standing(data, turned(data, times, lines)), stretched=stretched)
        again = nearest(points, _centres_of_sample(points[drawn], k, rng))
        indices.append(rand_index(labels, again))
        overlaps.append(_jaccard(labels, again, k))
    return float(np.mean(indices)), tuple(float(x) for x in np.mean(overlaps, axis=0))


def _centres_of_sample(points: Floats, k: int, rng: np.random.Generator) -> Floats:
    *_, last = _clusterings(points, k, rng)
    return last.centres


def _jaccard(labels: Labels, again: Labels, k: int) -> Floats:
    """For each group the Jaccard index of its best match among the groups found again."""
    shared = np.zeros((k, max(int(again.max()) + 1, 1)))
    np.add.at(shared, (labels, again), 1)
    either = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    best: Floats = (shared / np.maximum(either, 1)).max(axis=1)
    return best


def _largest_first(labels: Labels) -> Labels:
    """The same groups, numbered by falling size and then by first member."""
    sizes = np.bincount(labels)
    first = np.array([int(np.argmax(labels == group)) for group in range(len(sizes))])
    rank = np.empty(len(sizes), dtype=np.intp)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[labels]
