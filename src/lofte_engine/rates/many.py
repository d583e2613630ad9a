"""Many areas or many comparisons at once: which differences to believe, and which order."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lofte_engine.rates.counts import Estimate, RateError


def false_discoveries(p_values: Sequence[float | None], *, share: float = 0.1) -> tuple[tuple[float | None, bool], ...]:
    """Which of many comparisons to believe (Benjamini and Hochberg).

    Parameters
    ----------
    p_values : sequence of float or None
        One per comparison; None takes no part.
    share : float
        Greatest expected share of false ones among those believed.

    Returns
    -------
    tuple of (float or None, bool)
        Adjusted p-value and whether it stands, in the order given.

    Raises
    ------
    RateError
        ``level`` when a p-value or `share` is outside 0 to 1.

    Notes
    -----
    With p₍₁₎ ≤ … ≤ p₍ₘ₎ the adjusted value is min over j ≥ i of m·p₍ⱼ₎/j. Holds for independent comparisons and for
    most that go together; a sum and its parts do.

    References
    ----------
    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57.

    Examples
    --------
    >>> [(round(p, 3), stands) for p, stands in false_discoveries([0.01, 0.04, 0.03, 0.5])]
    [(0.04, True), (0.053, True), (0.053, True), (0.5, False)]
    """
    if not 0 < share < 1 or any(p is not None and not 0 <= p <= 1 for p in p_values):
        raise RateError("level")
    taking_part = [number for number, p in enumerate(p_values) if p is not None]
    found: list[tuple[float | None, bool]] = [(None, False)] * len(p_values)
    for number, value in zip(taking_part, adjusted([p for p in p_values if p is not None]).tolist(), strict=True):
        found[number] = (value, value <= share)
    return tuple(found)


def adjusted(p_values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Adjusted p-values of a whole column, as `false_discoveries` gives them.

    Parameters
    ----------
    p_values : array_like of float
        n, from 0 to 1.

    Returns
    -------
    numpy.ndarray
        n.

    Examples
    --------
    >>> adjusted([0.01, 0.04, 0.03, 0.5]).round(3).tolist()
    [0.04, 0.053, 0.053, 0.5]
    """
    values = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    steps = values[order] * len(values) / np.arange(1, len(values) + 1)
    found = np.empty(len(values))
    found[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1)
    return found


def ranks(estimates: Sequence[Estimate]) -> tuple[int | None, ...]:
    """Rank areas only where their intervals are apart.

    Parameters
    ----------
    estimates : sequence of Estimate
        Rates in the same unit.

    Returns
    -------
    tuple of int or None
        1 for the highest. Areas whose intervals overlap, directly or through others between them, share a rank. None
        for those without estimate, and for all when nothing is apart.

    Notes
    -----
    Stricter than testing pairs: two intervals can overlap although the difference is clear. That is meant.

    Examples
    --------
    >>> def area(low, high):
    ...     return Estimate((low + high) / 2, low, high, 0.95, "per 1 000", "", 10)
    >>> ranks([area(1, 2), area(5, 7), area(1.5, 3)])
    (2, 1, 2)
    >>> ranks([area(1, 2), area(1.5, 3)])
    (None, None)
    """
    known = [
        (estimate.low, estimate.high, number)
        for number, estimate in enumerate(estimates)
        if estimate.low is not None and estimate.high is not None
    ]
    groups: list[list[int]] = []
    reach = -math.inf
    for low, high, number in sorted(known):
        if not groups or low > reach:
            groups.append([])
        groups[-1].append(number)
        reach = max(reach, high)
    found: list[int | None] = [None] * len(estimates)
    if len(groups) > 1:
        above = 0
        for group in reversed(groups):
            for number in group:
                found[number] = above + 1
            above += len(group)
    return tuple(found)
