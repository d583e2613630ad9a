"""The smallest change that could be seen: to be known before a promise is signed, not after."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

from lofte_engine.errors import LofteEngineError

# Above this the exact sums take long and differ from the approximation by less than a case.
LARGEST_EXACT = 400.0
_NORMAL = NormalDist()
_TINY = 1e-12


class PowerInputError(LofteEngineError):
    """A number that no survey and no count can have.

    Examples
    --------
    >>> smallest_share_change(1.2, n_before=100, n_after=100)
    Traceback (most recent call last):
    ...
    lofte_engine.power.PowerInputError: before must be a share between 0 and 1
    """


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """What a comparison of two periods can and cannot tell.

    Parameters
    ----------
    before : float
        The count or the share before.
    unchanged : float
        What the count or share after would be if nothing changed; counts follow their exposure.
    fall_to, rise_to : float or None
        How far it must really fall or rise to be seen with the asked power; None when no fall is large enough.
    unseen : (float, float)
        If one of these is observed after, chance alone could explain it: both ends included.
    level, power : float
        Of the interval behind the test (two-sided), and the chance of seeing such a change.
    method : str
        What was computed.

    Examples
    --------
    >>> found = smallest_count_change(28)
    >>> found.unseen, round(found.fall), found.can_see_fall
    ((15.0, 45.0), -18, True)
    """

    before: float
    unchanged: float
    fall_to: float | None
    rise_to: float | None
    unseen: tuple[float, float]
    level: float
    power: float
    method: str

    @property
    def can_see_fall(self) -> bool:
        """Whether any fall is large enough to be seen."""
        return self.fall_to is not None

    @property
    def fall(self) -> float | None:
        """The smallest fall, as a difference (negative)."""
        return None if self.fall_to is None else self.fall_to - self.unchanged

    @property
    def rise(self) -> float | None:
        """The smallest rise, as a difference."""
        return None if self.rise_to is None else self.rise_to - self.unchanged


def smallest_count_change(
    before: float,
    *,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    dispersion: float = 1.0,
    level: float = 0.95,
    power: float = 0.8,
) -> SmallestChange:
    """The smallest change in a number of events between two periods that could be seen.

    Parameters
    ----------
    before : float
        Events before; taken as the number to expect.
    exposure_before, exposure_after : float
        Length of the periods, or persons times years, in the same unit.
    dispersion : float
        Variance over mean; 1 for independent events. Crime in series has more: two is common.
    level : float
        Level of the two-sided interval behind the test.
    power : float
        The chance that a change of that size is seen.

    Returns
    -------
    SmallestChange
        In events of the period after.

    Raises
    ------
    PowerInputError
        For a negative count, an exposure or dispersion that is not positive, or a level outside (0, 1).

    Notes
    -----
    Given the sum of two Poisson counts, the second is binomial, which gives an exact test with no unknown left
    (the C-test). Its power is summed over all pairs of counts. ``dispersion`` φ is read as events that come φ at a
    time: the test is made on the number of such series, ``m/φ``, and told in events. For more than 400 series the
    Wald test of the log ratio is used, ``log(m2/m1) / √(φ (1/m1 + 1/m2))``; with few it would never see a fall, since
    its variance grows without bound as the later count nears none.

    Assumes that nothing else changed, that each event is counted in the same way in both periods, and no trend. Don't
    use it for counts that follow how much the police look (narcotics, drunken driving).

    References
    ----------
    Przyborowski & Wilenski, *Homogeneity of results in testing samples from Poisson series*, Biometrika 31 (1940);
    Gu, Ng, Tang & Schucany, *Testing the ratio of two Poisson rates*, Biometrical Journal 50 (2008).

    Examples
    --------
    >>> found = smallest_count_change(28)
    >>> round(found.fall_to, 1), round(found.rise_to, 1), found.method
    (10.1, 54.1, 'exact-conditional')
    >>> smallest_count_change(4).can_see_fall
    False
    """
    _check_chances(level, power)
    if not before >= 0:
        raise PowerInputError("before must be zero or more")
    if not (exposure_before > 0 and exposure_after > 0 and math.isfinite(exposure_after / exposure_before)):
        raise PowerInputError("exposures must be above zero")
    if not dispersion >= 1:
        raise PowerInputError("dispersion must be 1 or more")
    ratio = exposure_after / exposure_before
    if max(before, before * ratio) / dispersion <= LARGEST_EXACT:
        return _exact_counts(before, ratio, dispersion, level, power)
    return _wald_counts(before, ratio, dispersion, level, power)


def smallest_share_change(
    before: float,
    *,
    n_before: float,
    n_after: float,
    design_effect: float = 1.0,
    level: float = 0.95,
    power: float = 0.8,
) -> SmallestChange:
    """The smallest change of a share between two surveys that could be seen.

    Parameters
    ----------
    before : float
        The share before, between 0 and 1.
    n_before, n_after : float
        Answers in the two surveys.
    design_effect : float
        How much wider weights and strata make the variance; 1 for a simple random sample.
    level : float
        Level of the two-sided interval behind the test.
    power : float
        The chance that a change of that size is seen.

    Returns
    -------
    SmallestChange
        In shares.

    Raises
    ------
    PowerInputError
        For a share outside 0–1, fewer than one answer, a design effect under 1 or a level outside (0, 1).

    Notes
    -----
    The z-test of two proportions with pooled variance; under the alternative each share has its own variance:
    ``Φ((|p2 − p1| − z √v0) / √v1)``. Answers are divided by the design effect. Assumes two independent samples: not
    for two windows of NTU that share a year, nor for a panel.

    References
    ----------
    Fleiss, Levin & Paik, *Statistical Methods for Rates and Proportions*, 3rd ed., ch. 4; R ``power.prop.test``.

    Examples
    --------
    >>> found = smallest_share_change(0.6, n_before=1000, n_after=1000, design_effect=1.5)
    >>> round(found.fall_to, 3), round(found.rise_to, 3)
    (0.524, 0.674)
    """
    _check_chances(level, power)
    if not 0 <= before <= 1:
        raise PowerInputError("before must be a share between 0 and 1")
    if not (n_before >= 1 and n_after >= 1):
        raise PowerInputError("there must be at least one answer in each survey")
    if not design_effect >= 1:
        raise PowerInputError("design_effect must be 1 or more")
    first, second = n_before / design_effect, n_after / design_effect
    z = _NORMAL.inv_cdf((1 + level) / 2)

    def margin(after: float) -> float:
        pooled = (first * before + second * after) / (first + second)
        return z * math.sqrt(pooled * (1 - pooled) * (1 / first + 1 / second))

    def chance(after: float) -> float:
        spread = math.sqrt(before * (1 - before) / first + after * (1 - after) / second)
        return _NORMAL.cdf((abs(after - before) - margin(after)) / max(spread, _TINY))

    unseen = (
        _edge(lambda after: abs(after - before) <= margin(after), before, 0.0),
        _edge(lambda after: abs(after - before) <= margin(after), before, 1.0),
    )
    fall_to = _edge(lambda after: chance(after) < power, before, 0.0) if chance(0.0) >= power else None
    rise_to = _edge(lambda after: chance(after) < power, before, 1.0) if chance(1.0) >= power else None
    return SmallestChange(before, before, fall_to, rise_to, unseen, level, power, "pooled-z")


def _check_chances(level: float, power: float) -> None:
    if not (0 < level < 1 and 0 < power < 1):
        raise PowerInputError("level and power must lie between 0 and 1")


def _exact_counts(events: float, ratio: float, dispersion: float, level: float, power: float) -> SmallestChange:
    """In series of ``dispersion`` events inside, in events outside."""
    before = events / dispersion
    tail = (1 - level) / 2
    reach = 9 * math.sqrt(before) + 12
    counts = range(max(0, math.floor(before - reach)), math.ceil(before + reach) + 1)
    chances = [_poisson(count, before) for count in counts]
    lows = [_largest_fall(count, ratio, tail) for count in counts]
    highs = [_smallest_rise(count, ratio, tail) for count in counts]
    unchanged = before * ratio

    def chance_of_fall(after: float) -> float:
        below = _cumulated(after, max(lows) + 1)
        return math.fsum(p * below[low] for p, low in zip(chances, lows, strict=True) if low >= 0)

    def chance_of_rise(after: float) -> float:
        below = _cumulated(after, max(highs))
        return math.fsum(p * (1 - below[high - 1]) for p, high in zip(chances, highs, strict=True))

    fall_to = (
        _edge(lambda after: chance_of_fall(after) < power, unchanged, 0.0) if chance_of_fall(0.0) >= power else None
    )
    far = max(unchanged, 1.0)
    while chance_of_rise(far) < power:
        far *= 2
    rise_to = _edge(lambda after: chance_of_rise(after) < power, unchanged, far)
    seen = round(before)
    unseen = (
        dispersion * (_largest_fall(seen, ratio, tail) + 1),
        dispersion * (_smallest_rise(seen, ratio, tail) - 1),
    )
    fall_to = None if fall_to is None else dispersion * fall_to
    return SmallestChange(
        events, dispersion * unchanged, fall_to, dispersion * rise_to, unseen, level, power, "exact-conditional"
    )


def _wald_counts(before: float, ratio: float, dispersion: float, level: float, power: float) -> SmallestChange:
    z = _NORMAL.inv_cdf((1 + level) / 2)
    unchanged = before * ratio

    def distance(after: float) -> float:
        if before <= 0 or after <= 0:
            return 0.0
        return abs(math.log(after / unchanged)) / math.sqrt(dispersion * (1 / before + 1 / after))

    wanted = z + _NORMAL.inv_cdf(power)
    # The test has its best distance at a small count, not at none: log of nothing says nothing.
    best = max((unchanged * step / 200 for step in range(1, 200)), key=distance, default=0.0)
    fall_to = _edge(lambda after: distance(after) < wanted, unchanged, best) if distance(best) >= wanted else None
    low = _edge(lambda after: distance(after) <= z, unchanged, best) if distance(best) > z else 0.0
    far = max(unchanged, 1.0)
    while before > 0 and distance(far) < wanted and far < unchanged * 1e6:
        far *= 2
    rise_to = _edge(lambda after: distance(after) < wanted, unchanged, far) if distance(far) >= wanted else None
    high = _edge(lambda after: distance(after) <= z, unchanged, far) if distance(far) > z else math.inf
    return SmallestChange(before, unchanged, fall_to, rise_to, (low, high), level, power, "wald-log-ratio")


def _edge(holds: Callable[[float], bool], inner: float, outer: float) -> float:
    """The last value, on the way from inner to outer, for which something holds; it does at inner."""
    if holds(outer):
        return outer
    for _ in range(60):
        middle = (inner + outer) / 2
        inner, outer = (middle, outer) if holds(middle) else (inner, middle)
    return (inner + outer) / 2


def _poisson(count: int, mean: float) -> float:
    if mean <= 0:
        return float(count == 0)
    return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))


def _cumulated(mean: float, last: int) -> list[float]:
    total = 0.0
    sums = []
    for count in range(last + 1):
        total += _poisson(count, mean)
        sums.append(min(total, 1.0))
    return sums


def _waiting(successes: int, failures: int, ratio: float) -> float:
    """Chance of so many later events before a number of earlier ones (negative binomial)."""
    earlier, later = 1 / (1 + ratio), ratio / (1 + ratio)
    if successes == 0:
        return float(failures == 0)
    ways = math.lgamma(successes + failures) - math.lgamma(successes) - math.lgamma(failures + 1)
    return math.exp(ways + successes * math.log(earlier) + failures * math.log(later))


def _largest_fall(seen: int, ratio: float, tail: float) -> int:
    """The largest later count that is surely fewer; -1 when none is."""
    total, after = 0.0, 0
    if seen == 0:
        return -1
    while (total := total + _waiting(seen, after, ratio)) <= tail:
        after += 1
    return after - 1


def _smallest_rise(seen: int, ratio: float, tail: float) -> int:
    """The smallest later count that is surely more."""
    total, after = 0.0, 0
    while 1 - total > tail:
        total += _waiting(seen + 1, after, ratio)
        after += 1
    return after
