"""Two rates set against each other: places, and the same part of different years."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lofte_engine.rates.counts import (
    EFFORT_DRIVEN,
    NO_EVENTS_BEFORE,
    NOT_SAME_SEASON,
    Count,
    Estimate,
    RateError,
    check,
    pool,
)

Direction = Literal["higher", "lower", "not_clear", "not_judged"]


@dataclass(frozen=True)
class Comparison:
    """Two rates set against each other.

    Parameters
    ----------
    ratio : Estimate
        The first rate divided by the second.
    p : float or None
        Two-sided p-value of "no difference"; None where nothing can be compared.
    direction : {"higher", "lower", "not_clear", "not_judged"}
        Of the first against the second; ``not_judged`` for counts that follow police effort, whatever the numbers, and
        where nothing can be compared. Never "better" or "worse".
    """

    ratio: Estimate
    p: float | None
    direction: Direction


def compare(first: Count, second: Count, *, level: float = 0.95, mid_p: bool = False) -> Comparison:
    """How many times higher one rate is than another.

    Parameters
    ----------
    first, second : Count
        Counts; without exposure on both sides, equal exposure is assumed (the same area in two years).
    level : float
        Confidence level.
    mid_p : bool
        Count half of the observed outcome: closer to `level`, no longer guaranteed.

    Returns
    -------
    Comparison
        Ratio of rates with interval, p-value and direction.

    Raises
    ------
    RateError
        ``level``.

    Notes
    -----
    Given x + y events, x is binomial with share π = ρe₁ / (ρe₁ + e₂), where ρ is the ratio. The Clopper-Pearson
    interval for π is turned into one for ρ. The p-value doubles the smaller tail, so that it agrees with the interval.
    Assumes independent events; the true spread between years is often larger.

    References
    ----------
    Przyborowski and Wilenski (1940), Biometrika 31; Lehmann and Romano (2005), Testing Statistical Hypotheses, 4.5.

    Examples
    --------
    >>> found = compare(Count(30, 10_000), Count(15, 10_000))
    >>> found.ratio.estimate, round(found.ratio.low, 3), round(found.ratio.high, 3), found.direction
    (2.0, 1.043, 4.0, 'higher')
    """
    check(level)
    warnings = _joined(first, second)
    shares = _exposures(first, second)
    method = f"Poisson ratio, exact conditional{', mid-p' if mid_p else ''}"
    n = first.events + second.events
    if shares is None or n == 0:
        nothing = Estimate(None, None, None, level, "ratio", method, n, warnings)
        return Comparison(nothing, None, "not_judged")
    scale = shares[1] / shares[0]
    low, high = (_odds(share) * scale for share in _share_interval(first.events, n, level, mid_p))
    ratio = first.events / second.events * scale if second.events else None
    if second.events == 0:
        warnings = (*warnings, NO_EVENTS_BEFORE)
    estimate = Estimate(ratio, low, high, level, "ratio", method, n, warnings)
    p = _share_p(first.events, n, 1 / (1 + scale), mid_p)
    return Comparison(estimate, p, _direction(low, high, effort=EFFORT_DRIVEN in warnings))


def against_same_season(
    now: Count,
    earlier: Sequence[Count],
    *,
    season: str,
    earlier_seasons: Sequence[str],
    level: float = 0.95,
    mid_p: bool = False,
) -> Comparison:
    """One tertial (or month, quarter) against the same tertial of earlier years together.

    Parameters
    ----------
    now : Count
        The period in question.
    earlier : sequence of Count
        Earlier periods.
    season : str
        Which part of the year `now` is, such as ``T1``.
    earlier_seasons : sequence of str
        Likewise for each of `earlier`; those of another season are left out, with a warning.
    level : float
        Confidence level.
    mid_p : bool
        As for `compare`.

    Returns
    -------
    Comparison
        Ratio to the mean of the earlier years.

    Raises
    ------
    RateError
        ``lengths``, ``empty`` when no earlier period is of the same season, ``level``.

    Notes
    -----
    `compare` with the earlier periods summed. A district chosen because its last year was bad will as a rule fall
    anyway (regression to the mean): choose the years before looking.

    Examples
    --------
    >>> found = against_same_season(
    ...     Count(12), [Count(20), Count(31), Count(22)], season="T1", earlier_seasons=["T1", "T2", "T1"]
    ... )
    >>> round(found.ratio.estimate, 3), found.ratio.warnings
    (0.571, ('not_same_season',))
    """
    if len(earlier) != len(earlier_seasons):
        raise RateError("lengths")
    same = [count for count, own in zip(earlier, earlier_seasons, strict=True) if own == season]
    pooled = pool(same)
    if pooled.exposure is None or now.exposure is None:
        # Without exposure a period counts as one unit of time: so many years against one.
        found = compare(replace(now, exposure=1), replace(pooled, exposure=len(same)), level=level, mid_p=mid_p)
    else:
        found = compare(now, pooled, level=level, mid_p=mid_p)
    if len(same) == len(earlier):
        return found
    return replace(found, ratio=replace(found.ratio, warnings=(*found.ratio.warnings, NOT_SAME_SEASON)))


def beside(
    own: Count, *, holding: Mapping[str, Count], others: Mapping[str, Count], level: float = 0.95
) -> dict[str, Comparison]:
    """One area beside others: its län, riket, kommuner like it.

    Parameters
    ----------
    own : Count
        The area.
    holding : mapping of str to Count
        Areas that hold it (län, riket). It is taken out of them first, so that it isn't compared with itself.
    others : mapping of str to Count
        Areas like it.
    level : float
        Confidence level.

    Returns
    -------
    dict of str to Comparison
        By name.

    Raises
    ------
    RateError
        ``level``; ``population`` when an area that should hold `own` is smaller.

    Examples
    --------
    >>> found = beside(
    ...     Count(100, 20_000), holding={"riket": Count(40_000, 10_000_000)}, others={"Like": Count(90, 21_000)}
    ... )
    >>> found["riket"].direction, found["Like"].direction
    ('higher', 'not_clear')
    """
    rest = {name: _without(count, own) for name, count in holding.items()}
    return {name: compare(own, count, level=level) for name, count in {**rest, **others}.items()}


def _without(whole: Count, part: Count) -> Count:
    events = whole.events - part.events
    if whole.exposure is None or part.exposure is None:
        return replace(whole, events=max(events, 0), exposure=None)
    if events < 0 or whole.exposure <= part.exposure:
        raise RateError("population")
    return replace(whole, events=events, exposure=whole.exposure - part.exposure)


def _exposures(first: Count, second: Count) -> tuple[float, float] | None:
    if first.exposure is None and second.exposure is None:
        return 1.0, 1.0
    if first.exposure is None or second.exposure is None or first.denominator != second.denominator:
        return None
    return first.exposure, second.exposure


def _joined(first: Count, second: Count) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first.warnings, *second.warnings)))


def _direction(low: float, high: float, *, effort: bool) -> Direction:
    if effort:
        return "not_judged"
    if low > 1:
        return "higher"
    return "lower" if high < 1 else "not_clear"


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


def _share_interval(events: int, n: int, level: float, mid_p: bool) -> tuple[float, float]:
    from scipy.optimize import brentq
    from scipy.stats import beta

    tail = (1 - level) / 2
    if not mid_p:
        low = float(beta.ppf(tail, events, n - events + 1)) if events else 0.0
        return low, float(beta.ppf(1 - tail, events + 1, n - events)) if events < n else 1.0
    low = brentq(lambda share: _tails(events, n, share, 0.5)[1] - tail, 0, 1, xtol=1e-14) if events else 0.0
    high = brentq(lambda share: _tails(events, n, share, 0.5)[0] - tail, 0, 1, xtol=1e-14) if events < n else 1.0
    return float(low), float(high)


def _share_p(events: int, n: int, share: float, mid_p: bool) -> float:
    return min(1.0, 2 * min(_tails(events, n, share, 0.5 if mid_p else 1.0)))


def _tails(events: int, n: int, share: float, weight: float) -> tuple[float, float]:
    """Probability of so few and of so many, with `weight` on exactly so many."""
    from scipy.stats import binom

    here = float(binom.pmf(events, n, share)) * weight
    return float(binom.cdf(events - 1, n, share)) + here, float(binom.sf(events, n, share)) + here
