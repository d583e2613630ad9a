"""From votes to places in the plane, as Polis computes them: centre, components, projections, extremity."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from lofte_engine.opinions.votes import UNSEEN

COMPONENTS = 2
_BLOCK = 4096

type Floats = NDArray[np.float64]
type Votes = NDArray[np.int8]


def ratings(votes: Votes, hidden: NDArray[np.bool_]) -> Votes:
    """Votes with hidden statements set to pass for everyone.

    Parameters
    ----------
    votes : ndarray of int8, shape (n, m)
        1, 0, -1 or `UNSEEN`.
    hidden : ndarray of bool, shape (m,)
        Statements that were turned down or are about the voter.

    Returns
    -------
    ndarray of int8, shape (n, m)

    Notes
    -----
    Polis zeroes such columns instead of removing them, so they count as cast votes in `project`. That is a defect
    kept on purpose: without it the groups of a conversation with many hidden statements differ (adjusted Rand index
    0.81 instead of 0.97 on scoop-hivemind.biodiversity).

    References
    ----------
    compdemocracy/polis, math/src/polismath/math/conversation.clj, ``rating-mat``.

    Examples
    --------
    >>> ratings(np.array([[1, UNSEEN]], dtype=np.int8), np.array([False, True]))
    array([[1, 0]], dtype=int8)
    """
    return np.where(hidden, np.int8(0), votes)


def centre(rating: Votes) -> Floats:
    """Mean of the votes cast on each statement.

    Parameters
    ----------
    rating : ndarray of int8, shape (n, m)

    Returns
    -------
    ndarray of float, shape (m,)
        0 where nobody voted.

    Examples
    --------
    >>> centre(np.array([[1], [0], [UNSEEN]], dtype=np.int8))
    array([0.5])
    """
    seen = rating != UNSEEN
    total = np.sum(rating, axis=0, where=seen, dtype=np.int64)
    mean: Floats = total / np.maximum(np.count_nonzero(seen, axis=0), 1)
    return mean


def centred_blocks(rating: Votes, mean: Floats) -> Iterator[tuple[slice, Floats]]:
    """The centred matrix a few thousand rows at a time; a missing vote, imputed by the mean, is 0.

    Parameters
    ----------
    rating : ndarray of int8, shape (n, m)
    mean : ndarray of float, shape (m,)

    Yields
    ------
    rows : slice
    block : ndarray of float, shape (at most 4096, m)

    Examples
    --------
    >>> [(rows.stop, block.tolist()) for rows, block in centred_blocks(np.array([[1]], dtype=np.int8), np.zeros(1))]
    [(1, [[1.0]])]
    """
    for start in range(0, len(rating), _BLOCK):
        part = rating[start : start + _BLOCK]
        yield slice(start, start + len(part)), np.where(part != UNSEEN, part - mean, 0.0)


def components(rating: Votes, mean: Floats, count: int = COMPONENTS) -> Floats:
    """The first principal components of the votes, missing ones imputed by the mean of their statement.

    Parameters
    ----------
    rating : ndarray of int8, shape (n, m)
    mean : ndarray of float, shape (m,)
    count : int
        How many.

    Returns
    -------
    ndarray of float, shape (count, m)
        Unit vectors, largest variance first. A direction without variance is a row of zeros.

    Notes
    -----
    Polis runs 100 power iterations with deflation, each update starting from the last; once settled that equals the
    eigenvectors of the cross product XᵀX, which is what is computed here (of XXᵀ where there are fewer participants
    than statements). The sign is the one that power iteration from a vector of ones would give: the entries sum to at
    least zero.

    References
    ----------
    compdemocracy/polis, math/src/polismath/math/pca.clj.

    Examples
    --------
    >>> votes = np.array([[1, 1], [-1, -1]], dtype=np.int8)
    >>> components(votes, centre(votes)).round(3).tolist()
    [[0.707, 0.707], [0.0, 0.0]]
    """
    n, m = rating.shape
    found = np.zeros((count, m))
    if m <= n:
        cross = np.zeros((m, m))
        for _, block in centred_blocks(rating, mean):
            cross += block.T @ block
        values, vectors = np.linalg.eigh(cross)
        directions = vectors[:, ::-1].T[:count]
    else:
        whole = np.concatenate([block for _, block in centred_blocks(rating, mean)])
        values, vectors = np.linalg.eigh(whole @ whole.T)
        directions = vectors[:, ::-1].T[:count] @ whole
    for i, (value, direction) in enumerate(zip(values[::-1], directions, strict=False)):
        if value > 1e-10 * max(values[-1], 1e-300):
            found[i] = direction / np.linalg.norm(direction)
    return np.where(found.sum(axis=1, keepdims=True) < -1e-12, -found, found)


def project(rating: Votes, mean: Floats, directions: Floats) -> Floats:
    """Places of the participants, from the votes they cast.

    Parameters
    ----------
    rating : ndarray of int8, shape (n, m)
    mean : ndarray of float, shape (m,)
    directions : ndarray of float, shape (d, m)

    Returns
    -------
    ndarray of float, shape (n, d)

    Notes
    -----
    ``sqrt(m / max(n_votes, 1)) · Σ_voted (vote − mean) · direction``: who cast few votes is drawn outwards.

    References
    ----------
    compdemocracy/polis, math/src/polismath/math/pca.clj, ``sparsity-aware-project-ptpt``.

    Examples
    --------
    >>> project(np.array([[1, UNSEEN]], dtype=np.int8), np.zeros(2), np.array([[0.5, 0.5]])).round(4)
    array([[0.7071]])
    """
    places = np.empty((len(rating), len(directions)))
    for rows, block in centred_blocks(rating, mean):
        places[rows] = block @ directions.T
    cast = np.count_nonzero(rating != UNSEEN, axis=1)
    scaled: Floats = places * np.sqrt(rating.shape[1] / np.maximum(cast, 1))[:, None]
    return scaled


def statement_places(mean: Floats, directions: Floats) -> Floats:
    """Place of each statement: that of someone who cast one vote, agreeing with it.

    Parameters
    ----------
    mean : ndarray of float, shape (m,)
    directions : ndarray of float, shape (d, m)

    Returns
    -------
    ndarray of float, shape (d, m)

    Notes
    -----
    ``sqrt(m) · (1 − mean) · direction``. The length of each column (`extremity`) says how much the statement parts
    people.

    Examples
    --------
    >>> statement_places(np.zeros(4), np.full((1, 4), 0.5))
    array([[1., 1., 1., 1.]])
    """
    places: Floats = np.sqrt(len(mean)) * (1 - mean) * directions
    return places


def extremity(places: Floats) -> Floats:
    """How far each statement lies from the middle.

    Parameters
    ----------
    places : ndarray of float, shape (d, m)
        From `statement_places`.

    Returns
    -------
    ndarray of float, shape (m,)

    Examples
    --------
    >>> extremity(np.array([[3.0], [4.0]]))
    array([5.])
    """
    length: Floats = np.linalg.norm(places, axis=0)
    return length


def in_conversation(counts: NDArray[np.int64], n_statements: int, already: Collection[int] = ()) -> NDArray[np.bool_]:
    """Who voted often enough to be placed in a group.

    Parameters
    ----------
    counts : ndarray of int, shape (n,)
        Votes cast by each participant, hidden statements included.
    n_statements : int
    already : collection of int
        Rows that were let in before: nobody leaves.

    Returns
    -------
    ndarray of bool, shape (n,)

    Notes
    -----
    At least ``min(7, n_statements)`` votes. If that leaves fewer than 15, the most diligent are added up to 15.

    References
    ----------
    compdemocracy/polis, math/src/polismath/math/conversation.clj, ``in-conv``.

    Examples
    --------
    >>> in_conversation(np.array([9, 7] + [8] * 13 + [6]), 40).sum()
    np.int64(15)
    """
    inside = counts >= min(7, n_statements)
    inside[list(already)] = True
    missing = 15 - np.count_nonzero(inside)
    if missing > 0:
        ranked = [i for i in np.argsort(-counts, kind="stable") if not inside[i] and counts[i] > 0]
        inside[ranked[:missing]] = True
    return inside
