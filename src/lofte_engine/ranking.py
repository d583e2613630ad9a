"""Do two groups put the same things first? Rank agreement between two lists of counts, with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lofte_engine.errors import LofteEngineError

REPLICATES = 2000

type Floats = NDArray[np.float64]


class RankingInputError(LofteEngineError):
    """Counts that cannot be ranked against each other."""


@dataclass(frozen=True)
class RankAgreement:
    """How alike two orders are.

    Parameters
    ----------
    tau : float
        Kendall's tau-b: 1 is the same order, 0 no connection, -1 the opposite order.
    low, high : float
        Where tau could lie if other people of the same kinds had answered.
    n : tuple of int
        Answers on either side.

    Examples
    --------
    >>> RankAgreement(1.0, 0.6, 1.0, (100, 80)).low
    0.6
    """

    tau: float
    low: float
    high: float
    n: tuple[int, int]


def rank_agreement(
    first: Mapping[str, int],
    second: Mapping[str, int],
    *,
    rng: np.random.Generator,
    replicates: int = REPLICATES,
    level: float = 0.95,
) -> RankAgreement:
    """Compare the order in which two groups named the same things.

    Parameters
    ----------
    first, second : mapping of str to int
        How many named each thing. A thing that is missing was named by nobody.
    rng : numpy.random.Generator
    replicates : int
        Resamples for the interval.
    level : float
        Share of the resamples inside the interval.

    Returns
    -------
    RankAgreement

    Raises
    ------
    RankingInputError
        For a negative count, fewer than two things, or a side without answers or with all things equally common.

    Notes
    -----
    ``tau_b = (C - D) / sqrt((C + D + T1)(C + D + T2))`` over pairs of things: C in the same order on both sides, D in
    opposite order, T1 and T2 tied on one side only. The interval is the percentile bootstrap: each side's answers are
    drawn anew (multinomial with the observed shares). A resample in which one side ties everything counts as 0.

    References
    ----------
    Kendall, *Biometrika* 33 (1945) 239-251. Efron & Tibshirani, *An Introduction to the Bootstrap* (1993) ch. 13.

    Examples
    --------
    >>> found = rank_agreement({"ljus": 40, "trafik": 25, "buller": 5}, {"ljus": 30, "trafik": 12, "buller": 8},
    ...                        rng=np.random.default_rng(1))
    >>> found.tau, found.n
    (1.0, (70, 50))
    """
    things = sorted({*first, *second})
    counts = [np.array([side.get(thing, 0) for thing in things], dtype=np.int64) for side in (first, second)]
    _check(counts, len(things))
    n = (int(counts[0].sum()), int(counts[1].sum()))
    tau = float(kendall_tau(counts[0][None].astype(float), counts[1][None].astype(float))[0])
    drawn = [rng.multinomial(each.sum(), each / each.sum(), size=replicates).astype(float) for each in counts]
    low, high = np.quantile(kendall_tau(*drawn), [(1 - level) / 2, (1 + level) / 2])
    return RankAgreement(tau, float(low), float(high), n)


def kendall_tau(first: Floats, second: Floats) -> Floats:
    """Kendall's tau-b, row by row.

    Parameters
    ----------
    first, second : ndarray of float, shape (rows, things)

    Returns
    -------
    ndarray of float, shape (rows,)
        0 where one side ties everything.

    Examples
    --------
    >>> kendall_tau(np.array([[3.0, 2.0, 1.0]]), np.array([[1.0, 2.0, 3.0]]))
    array([-1.])
    """
    one, other = np.triu_indices(first.shape[1], k=1)
    ways = [np.sign(side[:, one] - side[:, other]) for side in (first, second)]
    untied = [np.abs(way).sum(axis=1) for way in ways]
    below = np.sqrt(untied[0] * untied[1])
    product = (ways[0] * ways[1]).sum(axis=1)
    tau: Floats = np.divide(product, below, out=np.zeros(len(product)), where=below > 0)
    return tau


def _check(counts: list[NDArray[np.int64]], things: int) -> None:
    if things < 2:
        raise RankingInputError("at least two things must be ranked")
    for side in counts:
        if (side < 0).any():
            raise RankingInputError("nothing can be named a negative number of times")
        if side.max() == side.min():
            raise RankingInputError("on each side some things must be more common than others")
