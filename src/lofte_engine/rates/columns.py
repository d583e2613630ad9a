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
    from scipy.special import gammainccinv, gammaincinv

    counts = np.asarray(events, dtype=np.int64)
    check(level, int(counts.min(initial=0)))
    # The same few counts come back millions of times.
    own, back = np.unique(counts, return_inverse=True)
    tail = (1 - level) / 2
    # Half a chi-squared quantile is one of the gamma distribution.
    low = np.where(own > 0, gammaincinv(np.maximum(own, 1), tail), 0.0)
    high = gammainccinv(own + 1, tail)
    return low[back], high[back]


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
    from scipy.special import betainc, betaincinv

    x, y = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    times = np.asarray(scale, dtype=np.float64)
    check(level, int(min(x.min(initial=0), y.min(initial=0))))
    n = x + y
    if (n == 0).any():
        raise RateError("empty")
    tail = (1 - level) / 2
    # The same few pairs come back too; as one number they are sorted quickly.
    size = n.max(initial=0) + 1
    own, back = np.unique(x * size + n, return_inverse=True)
    few, many = np.divmod(own, size)
    low = np.where(few > 0, betaincinv(np.maximum(few, 1), many - few + 1, tail), 0.0)[back]
    high = np.where(few < many, betaincinv(few + 1, np.maximum(many - few, 1), 1 - tail), 1.0)[back]
    share = 1 / (1 + times)
    # So few and so many, as tails of the binomial distribution.
    few_tail = np.where(y > 0, betainc(np.maximum(y, 1), x + 1, 1 - share), 1.0)
    many_tail = np.where(x > 0, betainc(np.maximum(x, 1), y + 1, share), 1.0)
    p = np.minimum(1.0, 2 * np.minimum(few_tail, many_tail))
    with np.errstate(divide="ignore"):
        ratio = np.where(y > 0, x / np.maximum(y, 1) * times, np.nan)
        return Ratios(ratio, low / (1 - low) * times, high / (1 - high) * times, p)
