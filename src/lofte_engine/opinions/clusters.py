"""Clusters of places: the k-means of Polis, its silhouette, and how alike two groupings are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lofte_engine.opinions.projection import Floats

BASE_CLUSTERS = 100
BASE_UPDATES = 100
GROUP_UPDATES = 20
MOST_GROUPS = 5
_SETTLED = 0.01

type Labels = NDArray[np.intp]


@dataclass(frozen=True)
class Clusters:
    """Clusters of points.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        Cluster of each point, 0 … k-1; every cluster has a point.
    centres : ndarray of float, shape (k, d)
        Weighted mean of the points of each cluster.

    Examples
    --------
    >>> k_means(np.array([[0.0], [4.0]]), 2).labels
    array([0, 1])
    """

    labels: Labels
    centres: Floats


def k_means(points: Floats, k: int, *, weights: Floats | None = None, updates: int = GROUP_UPDATES) -> Clusters:
    """Polis' k-means: from the first `k` distinct points, until the centres hardly move.

    Parameters
    ----------
    points : ndarray of float, shape (n, d)
        In the order in which the participants cast their first vote: the result depends on it.
    k : int
        Clusters wanted; fewer come out where there are fewer distinct points or one becomes empty.
    weights : ndarray of float, shape (n,), optional
        People behind each point; 1 each if left out. They count in the means, not in the distances.
    updates : int
        Most repetitions after the first.

    Returns
    -------
    Clusters

    Notes
    -----
    Stops when no centre, both lists sorted, moved 0.01 or more. Polis was meant to repeat the grouping 100 times; a
    misspelt setting makes it 20, which is the default here.

    References
    ----------
    compdemocracy/polis, math/src/polismath/math/clusters.clj, ``kmeans``.

    Examples
    --------
    >>> k_means(np.array([[0.0], [1.0], [9.0]]), 2).centres.tolist()
    [[0.5], [9.0]]
    """
    mass = np.ones(len(points)) if weights is None else weights
    centres = points[_first_distinct(points, k)]
    for _ in range(updates + 1):
        clusters = assigned(points, centres, mass)
        settled = _moved(centres, clusters.centres) < _SETTLED
        centres = clusters.centres
        if settled:
            break
    return clusters


def assigned(points: Floats, centres: Floats, mass: Floats) -> Clusters:
    """One round of k-means: each point to its nearest centre, then the means; empty clusters are dropped.

    Parameters
    ----------
    points : ndarray of float, shape (n, d)
    centres : ndarray of float, shape (k, d)
    mass : ndarray of float, shape (n,)

    Returns
    -------
    Clusters

    Examples
    --------
    >>> assigned(np.array([[0.0], [1.0]]), np.array([[0.0], [50.0]]), np.ones(2)).centres.tolist()
    [[0.5]]
    """
    labels = nearest(points, centres)
    occupied = np.bincount(labels, minlength=len(centres)) > 0
    if not occupied.all():
        labels = (np.cumsum(occupied) - 1)[labels]
    k = int(np.count_nonzero(occupied))
    weight = np.bincount(labels, weights=mass, minlength=k)
    sums = [np.bincount(labels, weights=mass * column, minlength=k) for column in points.T]
    return Clusters(labels, np.stack(sums, axis=1) / weight[:, None])


def nearest(points: Floats, centres: Floats) -> Labels:
    """Which centre is nearest to each point.

    Parameters
    ----------
    points : ndarray of float, shape (n, d)
    centres : ndarray of float, shape (k, d)

    Returns
    -------
    ndarray of int, shape (n,)

    Examples
    --------
    >>> nearest(np.array([[0.0], [4.0]]), np.array([[5.0], [1.0]]))
    array([1, 0])
    """
    labels = np.empty(len(points), dtype=np.intp)
    for start in range(0, len(points), 8192):
        part = points[start : start + 8192]
        distance = np.zeros((len(part), len(centres)))
        for axis in range(points.shape[1]):
            distance += (part[:, axis, None] - centres[:, axis]) ** 2
        labels[start : start + len(part)] = distance.argmin(axis=1)
    return labels


def group_clusters(points: Floats, weights: Floats) -> Clusters:
    """Base clusters put together into two to five groups, the number with the best silhouette.

    Parameters
    ----------
    points : ndarray of float, shape (n, 2)
        Centres of the base clusters.
    weights : ndarray of float, shape (n,)
        Members of each.

    Returns
    -------
    Clusters
        One cluster if there are fewer than two distinct points.

    Notes
    -----
    Tries k = 2 … min(5, 2 + ⌊n/12⌋). A running Polis also waits until a new k has won four updates in a row; counted
    once from all votes, as here, there is nothing to wait for.

    Examples
    --------
    >>> group_clusters(np.array([[0.0, 0], [9, 0], [0, 1], [9, 1]]), np.ones(4)).labels.tolist()
    [0, 1, 0, 1]
    """
    best, best_width = assigned(points, points[:1], weights), -2.0
    distance = distances(points)
    for k in range(2, min(MOST_GROUPS, 2 + len(points) // 12) + 1):
        tried = k_means(points, k, weights=weights)
        width = silhouette(distance, tried.labels) if len(tried.centres) > 1 else -2.0
        if width >= best_width and len(tried.centres) > 1:
            best, best_width = tried, width
    return best


def distances(points: Floats) -> Floats:
    """Distance between every two points, shape (n, n).

    Parameters
    ----------
    points : ndarray of float, shape (n, d)

    Examples
    --------
    >>> distances(np.array([[0.0, 0.0], [3.0, 4.0]]))[0, 1]
    np.float64(5.0)
    """
    length: Floats = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    return length


def silhouette(distance: Floats, labels: Labels) -> float:
    """Mean silhouette: near 1 if the points lie closer to their own cluster than to the next, 0 if not.

    Parameters
    ----------
    distance : ndarray of float, shape (n, n)
    labels : ndarray of int, shape (n,)
        At least two clusters, numbered from 0.

    Returns
    -------
    float
        A point alone in its cluster counts as 0.

    References
    ----------
    Rousseeuw (1987), J. Comput. Appl. Math. 20, 53–65.

    Examples
    --------
    >>> round(silhouette(distances(np.array([[0.0], [1.0], [9.0]])), np.array([0, 0, 1])), 3)
    0.588
    """
    size = np.bincount(labels)
    sums = distance @ np.eye(len(size))[labels]
    row = np.arange(len(labels))
    own = sums[row, labels] / np.maximum(size[labels] - 1, 1)
    means = sums / size
    means[row, labels] = np.inf
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    width = np.where((size[labels] > 1) & (larger > 0), (other - own) / np.where(larger > 0, larger, 1), 0.0)
    return float(width.mean())


def rand_index(first: Labels, second: Labels) -> float:
    """Adjusted Rand index: 1 if two groupings are the same whatever the groups are called, about 0 by chance.

    Parameters
    ----------
    first, second : ndarray of int, shape (n,)
        Groups numbered from 0.

    Returns
    -------
    float

    References
    ----------
    Hubert and Arabie (1985), J. Classification 2, 193–218.

    Examples
    --------
    >>> rand_index(np.array([0, 0, 1]), np.array([1, 1, 0]))
    1.0
    """
    table = np.zeros((int(first.max()) + 1, int(second.max()) + 1))
    np.add.at(table, (first, second), 1)
    both, left, right = _pairs(table), _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0))
    total = len(first) * (len(first) - 1) / 2
    expected = left * right / total if total else 0.0
    most = (left + right) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _pairs(counts: Floats) -> float:
    return float((counts * (counts - 1) / 2).sum())


def _first_distinct(points: Floats, k: int) -> Labels:
    # Rounded, since equal rows may come out of a matrix product unequal in the last digit.
    _, first = np.unique(points.round(10), axis=0, return_index=True)
    return np.sort(first)[:k]


def _moved(before: Floats, after: Floats) -> float:
    """The longest way any centre went, the lists sorted; where one became empty the shorter list decides."""
    old, new = (part[np.lexsort(part.T[::-1])] for part in (before, after))
    shared = min(len(old), len(new))
    return float(np.linalg.norm(old[:shared] - new[:shared], axis=1).max())
