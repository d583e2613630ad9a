"""Along how many lines opinions really differ, and where each participant stands on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lofte_engine.opinions.projection import Floats, Votes, centre
from lofte_engine.opinions.votes import UNSEEN

SHUFFLES = 20
MOST_AXES = 9
_SURE = 3.0
_SPARE_AXES = 3
_TURNS = 8
_SETTLED = 0.99999

# Single precision: twice as fast and half the memory, and nothing here is compared to the last digit.
type Singles = NDArray[np.float32]


@dataclass(frozen=True)
class Centred:
    """Votes made ready for arithmetic.

    Parameters
    ----------
    values : ndarray of float32, shape (n, m)
        Vote minus the mean of its statement; 0 where no vote was cast.
    seen : ndarray of float32, shape (n, m)
        1 where a vote was cast, otherwise 0.

    Examples
    --------
    >>> centred(np.array([[1], [0]], dtype=np.int8)).values.ravel()
    array([ 0.5, -0.5], dtype=float32)
    """

    values: Singles
    seen: Singles


def centred(votes: Votes) -> Centred:
    """Votes made ready for arithmetic.

    Parameters
    ----------
    votes : ndarray of int8, shape (n, m)

    Returns
    -------
    Centred

    Examples
    --------
    >>> centred(np.array([[1, UNSEEN]], dtype=np.int8)).seen
    array([[1., 0.]], dtype=float32)
    """
    seen = (votes != UNSEEN).astype(np.float32)
    return Centred((votes - centre(votes).astype(np.float32)) * seen, seen)


@dataclass(frozen=True)
class Axes:
    """Lines along which votes differ more than chance makes them.

    Parameters
    ----------
    directions : ndarray of float32, shape (d, m)
        Orthonormal, most important first.
    spare : ndarray of float32, shape (s, m)
        The next few, which are chance: a running start for `turned`.

    Examples
    --------
    >>> Axes(np.ones((1, 1), dtype=np.float32), np.zeros((0, 1), dtype=np.float32)).count
    1
    """

    directions: Singles
    spare: Singles

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.directions)


def axes(data: Centred, rng: np.random.Generator, *, shuffles: int = SHUFFLES) -> Axes:
    """The lines along which votes differ more than chance makes them.

    Parameters
    ----------
    data : Centred
    rng : numpy.random.Generator
    shuffles : int
        Times the votes on each statement are dealt out anew among those who voted on it.

    Returns
    -------
    Axes
        With 0 … 9 directions. None at all means that votes on one statement say nothing of votes on another.

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
    >>> axes(centred(camps), np.random.default_rng(1)).count
    1
    """
    n, m = data.values.shape
    narrow = data.values if m <= n else data.values.T
    values, vectors = np.linalg.eigh(narrow.T @ narrow)
    peaks = _shuffled_peaks(data, rng, shuffles)
    threshold = max(float(peaks.mean() + _SURE * peaks.std(ddof=1)), 1e-6)
    kept = min(int(np.count_nonzero(values > threshold)), MOST_AXES)
    leading = vectors[:, ::-1].T[: kept + _SPARE_AXES]
    if m > n:
        leading = leading @ data.values
        leading /= np.maximum(np.linalg.norm(leading, axis=1, keepdims=True), 1e-12)
    return Axes(_upright(leading[:kept]), leading[kept:])


def turned(data: Centred, weights: Floats, found: Axes) -> Singles:
    """The axes of the same participants when each counts `weights` times, shape (d, m).

    Parameters
    ----------
    data : Centred
    weights : ndarray of float, shape (n,)
    found : Axes
        The axes with every participant counted once.

    Notes
    -----
    Subspace iteration from the old axes and three spare ones until the axes settle (cosine 0.99999, at most eight
    turns), then Rayleigh and Ritz. The means of the
    statements are left as they were: their shift adds less than one part in n to the variance.

    References
    ----------
    Halko, Martinsson and Tropp (2011), SIAM Rev. 53, 217–288.

    Examples
    --------
    >>> data = centred(np.array([[1, 1], [-1, -1]], dtype=np.int8))
    >>> start = Axes(np.array([[1, 0]], dtype=np.float32), np.array([[0, 1]], dtype=np.float32))
    >>> turned(data, np.ones(2), start).round(2)
    array([[0.71, 0.71]], dtype=float32)
    """
    times = weights.astype(np.float32)[:, None]
    basis = np.vstack([found.directions, found.spare]).T
    for _ in range(_TURNS):
        before = basis
        basis = np.linalg.qr(data.values.T @ (times * (data.values @ before)))[0]
        if _cosine(before[:, : found.count], basis[:, : found.count]) > _SETTLED:
            break
    places = data.values @ basis
    vectors = np.linalg.eigh(places.T @ (times * places))[1]
    return _upright((basis @ vectors[:, ::-1][:, : found.count]).T)


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


def standing(data: Centred, directions: Singles) -> Standing:
    """Places of the participants on the axes, with allowance for how few votes some cast.

    Parameters
    ----------
    data : Centred
    directions : ndarray of float32, shape (d, m)
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
    >>> data = centred(np.array([[1, 1], [-1, -1]], dtype=np.int8))
    >>> standing(data, np.full((1, 2), 0.5**0.5, dtype=np.float32)).places.round(2).ravel()
    array([ 0.71, -0.71])
    """
    n, d = len(data.values), len(directions)
    sums = (data.values @ directions.T).astype(np.float64)
    upper = np.triu_indices(d)
    products = data.seen @ (directions[upper[0]] * directions[upper[1]]).T
    information = np.empty((n, d, d))
    information[:, upper[0], upper[1]] = products
    information[:, upper[1], upper[0]] = products
    flat = data.values.ravel()
    chance = max(float(flat @ flat) / max(float(data.seen.sum(dtype=np.float64)), 1.0), 1e-9)
    own = np.diagonal(information, axis1=1, axis2=2)
    variance = (sums**2 - chance * own).sum(axis=0) / np.maximum((own**2).sum(axis=0), 1e-12)
    variance = np.maximum(variance, 1e-6 * chance)
    inverse = np.linalg.inv(information + np.diag(chance / variance))
    places = np.einsum("nij,nj->ni", inverse, sums)
    left = chance * np.diagonal(inverse, axis1=1, axis2=2)
    return Standing(places, 1 - (left / variance).mean(axis=1), np.sqrt(variance))


def _shuffled_peaks(data: Centred, rng: np.random.Generator, shuffles: int) -> Floats:
    """The largest variance along any line after shuffling each statement's votes, once a shuffle."""
    by_statement = np.ascontiguousarray(data.values.T)
    cast = [np.flatnonzero(column) for column in data.seen.T]
    wide = by_statement if len(by_statement) <= by_statement.shape[1] else by_statement.T
    peaks = np.empty(shuffles)
    for i in range(shuffles):
        for row, who in zip(by_statement, cast, strict=True):
            row[who] = rng.permutation(row[who])
        peaks[i] = np.linalg.eigvalsh(wide @ wide.T)[-1]
    return peaks


def _cosine(before: Singles, after: Singles) -> float:
    """Cosine of the largest angle between two spaces of orthonormal columns."""
    return float(np.linalg.svd(before.T @ after, compute_uv=False)[-1])


def _upright(directions: Singles) -> Singles:
    """The same lines, each pointing to the side where its entries sum to at least zero."""
    return np.where(directions.sum(axis=1, keepdims=True) < 0, -directions, directions)
