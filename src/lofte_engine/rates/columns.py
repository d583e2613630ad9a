"""The same intervals and comparisons as in `counts` and `comparisons`, for whole columns at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lofte_engine.rates.counts import RateError, check

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ratios:
    """Rates set against others, n of them.

    Attributes
    ----------
    ratio, low, high : numpy.ndarray
        n; NaN where the second has no events, ``high`` then infinite.
    p : numpy.ndarray
        n two-sided p-values of "no difference".
    """

    ratio: Floats = field(repr=False)
    low: Floats = field(repr=False)
    high: Floats = field(repr=False)
    p: Floats = field(repr=False)


def intervals(events: npt.ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Exact intervals for the means of Poisson counts (Garwood).

    Parameters
    ----------
    events : array_like of int
        n counts.
    level : float

    Returns
    -------
    low, high : numpy.ndarray
        n, in events. Equal to `lofte_engine.rates.poisson_interval` for each.

    Raises
    ------
    RateError
        ``negative`` or ``level``.

    Examples
    --------
    >>> [end.round(3).tolist() for end in intervals([10, 0])]
    [[4.795, 0.0], [18.39, 3.689]]
    """
    from scipy.stats import chi2

    counts = np.asarray(events, dtype=np.int64)
    check(level, int(counts.min(initial=0)))
    # The same few counts come back millions of times.
    own, back = np.unique(counts, return_inverse=True)
    tail = (1 - level) / 2
    low = np.where(own > 0, chi2.ppf(tail, 2 * np.maximum(own, 1)) / 2, 0.0)
    high = chi2.ppf(1 - tail, 2 * own + 2) / 2
    return low[back.ravel()], high[back.ravel()]


def ratios(first: npt.ArrayLike, second: npt.ArrayLike, scale: npt.ArrayLike, *, level: float = 0.95) -> Ratios:
    """How many times higher rates are than others.

    Parameters
    ----------
    first, second : array_like of int
        n counts each; together at least one event in every place.
    scale : array_like of float
        n: exposure of the second divided by that of the first.
    level : float

    Returns
    -------
    Ratios
        Equal to `lofte_engine.rates.compare` for each.

    Raises
    ------
    RateError
        ``negative``, ``level``, or ``empty`` when neither has an event.

    Notes
    -----
    Exact conditional test, see `lofte_engine.rates.compare`.

    Examples
    --------
    >>> found = ratios([30], [15], [1.0])
    >>> found.ratio.tolist(), found.low.round(3).tolist(), found.high.round(3).tolist()
    ([2.0], [1.043], [4.0])
    """
    from scipy.stats import beta, binom

    x, y = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    times = np.asarray(scale, dtype=np.float64)
    check(level, int(min(x.min(initial=0), y.min(initial=0))))
    n = x + y
    if (n == 0).any():
        raise RateError("empty")
    tail = (1 - level) / 2
    own, back = np.unique(np.column_stack([x, n]), axis=0, return_inverse=True)
    few, many = own.T if len(own) else (x, n)
    low = np.where(few > 0, beta.ppf(tail, np.maximum(few, 1), many - few + 1), 0.0)[back.ravel()]
    high = np.where(few < many, beta.ppf(1 - tail, few + 1, np.maximum(many - few, 1)), 1.0)[back.ravel()]
    share = 1 / (1 + times)
    with np.errstate(divide="ignore"):
        ratio = np.where(y > 0, x / np.maximum(y, 1) * times, np.nan)
        p = np.minimum(1.0, 2 * np.minimum(binom.cdf(x, n, share), binom.sf(x - 1, n, share)))
        return Ratios(ratio, low / (1 - low) * times, high / (1 - high) * times, p)
