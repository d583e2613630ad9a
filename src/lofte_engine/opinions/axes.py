"""Along how many lines opinions really differ, and where each participant stands on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lofte_engine.opinions.projection import Floats, Votes, centre, centred_blocks
from lofte_engine.opinions.votes import UNSEEN

SHUFFLES = 20
MOST_AXES = 9
_SURE = 3.0


def axes(votes: Votes, rng: np.random.Generator, *, shuffles: int = SHUFFLES) -> Floats:
    """The lines along which votes differ more than chance makes them.

    Parameters
    ----------
    votes : ndarray of int8, shape (n, m)
    rng : numpy.random.Generator
    shuffles : int
        Times the votes on each statement are dealt out anew among those who voted on it.

    Returns
    -------
    ndarray of float, shape (d, m)
        Orthonormal, most important first; d = 0 … 9. None at all means that votes on one statement say nothing of
        votes on another.

    Notes
    -----
    Horn's parallel analysis with a permutation null: a principal component is kept while its variance exceeds
    mean + 3 standard deviations of the largest variance after shuffling. Shuffling keeps who voted on what and every
    statement's result, and takes away only what ties the statements together.

    References
    ----------
    Horn (1965), Psychometrika 30, 179–185; Buja and Eyuboglu (1992), Multivar. Behav. Res. 27, 509–540.

    Examples
    --------
    >>> camps = np.repeat([[1], [-1]], 20, axis=0).astype(np.int8) * np.ones((1, 12), dtype=np.int8)
    >>> axes(camps, np.random.default_rng(1)).shape
    (1, 12)
    """
    mean = centre(votes)
    values, vectors = np.linalg.eigh(cross_product(votes, mean))
    chance = _shuffled_peaks(votes, mean, rng, shuffles)
    threshold = chance.mean() + _SURE * chance.std(ddof=1)
    kept = min(int(np.count_nonzero(values > max(threshold, 1e-9))), MOST_AXES)
    return _upright(vectors[:, ::-1].T[:kept])


def cross_product(votes: Votes, mean: Floats, weights: Floats | None = None) -> Floats:
    """Sums of products of the centred votes, shape (m, m); a missing vote counts as the mean.

    Parameters
    ----------
    votes : ndarray of int8, shape (n, m)
    mean : ndarray of float, shape (m,)
    weights : ndarray of float, shape (n,), optional
        How many times each participant counts.

    Examples
    --------
    >>> cross_product(np.array([[1], [-1]], dtype=np.int8), np.zeros(1))
    array([[2.]])
    """
    total = np.zeros((votes.shape[1], votes.shape[1]))
    for rows, block in centred_blocks(votes, mean):
        left = block if weights is None else block * weights[rows, None]
        total += left.T @ block
    return total


def leading_axes(votes: Votes, weights: Floats, count: int) -> Floats:
    """The first principal components when each participant counts `weights` times, shape (count, m).

    Parameters
    ----------
    votes : ndarray of int8, shape (n, m)
    weights : ndarray of float, shape (n,)
    count : int

    Examples
    --------
    >>> leading_axes(np.array([[1, 1], [-1, -1]], dtype=np.int8), np.ones(2), 1).round(2)
    array([[0.71, 0.71]])
    """
    seen = votes != UNSEEN
    total = weights @ np.where(seen, votes, 0)
    mean = total / np.maximum(weights @ seen, 1e-12)
    vectors = np.linalg.eigh(cross_product(votes, mean, weights))[1]
    return _upright(vectors[:, ::-1].T[:count])


@dataclass(frozen=True)
class Standing:
    """Where participants stand.

    Parameters
    ----------
    places : ndarray of float, shape (n, d)
        Expected place, drawn towards the middle the fewer votes a person cast.
    reliability : ndarray of float, shape (n,)
        0 … 1: share of the differences between places that is not chance, averaged over the axes.
    spread : ndarray of float, shape (d,)
        Standard deviation of places in the population along each axis.

    Examples
    --------
    >>> Standing(np.zeros((1, 1)), np.ones(1), np.ones(1)).places.shape
    (1, 1)
    """

    places: Floats
    reliability: Floats
    spread: Floats


def standing(votes: Votes, directions: Floats) -> Standing:
    """Places of the participants on the axes, with allowance for how few votes some cast.

    Parameters
    ----------
    votes : ndarray of int8, shape (n, m)
    directions : ndarray of float, shape (d, m)
        Orthonormal, d ≥ 1.

    Returns
    -------
    Standing

    Notes
    -----
    A vote is taken as mean + place · loading + chance of variance σ². With C the loadings of the statements a person
    voted on, ``place = (CᵀC + σ²Λ⁻¹)⁻¹ Cᵀ(vote − mean)``, the best linear prediction. σ² is the variance of all votes
    (a little too large, so places are drawn in a little too much), Λ is found by the method of moments.

    References
    ----------
    Bartholomew, Knott and Moustaki (2011), Latent Variable Models and Factor Analysis, ch. 3.

    Examples
    --------
    >>> votes = np.array([[1, 1], [-1, -1]], dtype=np.int8)
    >>> standing(votes, np.full((1, 2), 0.5**0.5)).places.round(2).ravel()
    array([ 0.94, -0.94])
    """
    n, d = len(votes), len(directions)
    mean = centre(votes)
    sums, products = np.empty((n, d)), np.empty((n, d * d))
    pairs = (directions[:, None] * directions[None]).reshape(d * d, -1)
    squares = 0.0
    for rows, block in centred_blocks(votes, mean):
        sums[rows] = block @ directions.T
        products[rows] = (votes[rows] != UNSEEN) @ pairs.T
        squares += float((block * block).sum())
    chance = squares / max(np.count_nonzero(votes != UNSEEN), 1)
    information = products.reshape(n, d, d)
    own = np.diagonal(information, axis1=1, axis2=2)
    variance = (sums**2 - chance * own).sum(axis=0) / np.maximum((own**2).sum(axis=0), 1e-12)
    variance = np.maximum(variance, 1e-6 * max(chance, 1e-12))
    system = information + np.diag(chance / variance)
    places = np.linalg.solve(system, sums[:, :, None])[:, :, 0]
    left = chance * np.diagonal(np.linalg.inv(system), axis1=1, axis2=2)
    reliability = 1 - (left / variance).mean(axis=1)
    return Standing(places, reliability, np.sqrt(variance))


def _shuffled_peaks(votes: Votes, mean: Floats, rng: np.random.Generator, shuffles: int) -> Floats:
    """The largest variance along any line after shuffling each statement's votes, once a shuffle."""
    by_statement = np.ascontiguousarray(np.where(votes != UNSEEN, votes - mean, 0.0).T.astype(np.float32))
    cast = [np.flatnonzero(column != UNSEEN) for column in votes.T]
    peaks = np.empty(shuffles)
    for i in range(shuffles):
        for row, who in zip(by_statement, cast, strict=True):
            row[who] = rng.permutation(row[who])
        wide = by_statement if len(by_statement) <= by_statement.shape[1] else by_statement.T
        peaks[i] = _largest_eigenvalue(wide @ wide.T)
    return peaks


def _largest_eigenvalue(cross: NDArray[np.float32]) -> float:
    return float(np.linalg.eigvalsh(cross)[-1])


def _upright(directions: Floats) -> Floats:
    """The same lines, each pointing to the side where its entries sum to at least zero."""
    return np.where(directions.sum(axis=1, keepdims=True) < 0, -directions, directions)
