"""Events with what they are measured against, and rates with their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lofte_engine.errors import LofteEngineError

Denominator = Literal["residents", "visitors", "jobs", "none"]

# What a result warns of: stable words, which wording.py turns into sentences.
EFFORT_DRIVEN = "effort_driven"
FEW_EVENTS = "few_events"
NO_DENOMINATOR = "no_denominator"
RESIDENTS_MISLEAD = "residents_mislead"
PRELIMINARY = "preliminary"
FEW_REPORTERS = "few_reporters"
NOT_SAME_SEASON = "not_same_season"
NO_EVENTS_BEFORE = "no_events_before"
FEW = 5


class RateError(LofteEngineError):
    """Numbers that no rate can be made of.

    Parameters
    ----------
    code : str
        ``negative``, ``level``, ``population``, ``empty``, ``lengths`` or ``years``.

    Attributes
    ----------
    code : str
        As given.

    Examples
    --------
    >>> RateError("negative").code
    'negative'
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Count:
    """Events in one place and period, and what they are measured against.

    Parameters
    ----------
    events : int
        Number of reported events.
    exposure : float or None
        Persons (or visitors, jobs) times years; None where nothing suits.
    denominator : {"residents", "visitors", "jobs", "none"}
        What `exposure` counts.
    is_centre : bool
        Centre, station or tourist place: residents are not those who are exposed there.
    is_effort_driven : bool
        The count follows how much the police look: narcotics, drunk driving, other traffic.
    is_preliminary : bool
        The source will revise it.
    units_reporting, units_expected : int or None
        How many of those who report (guards, schools, housing companies) did so in the period.

    Examples
    --------
    >>> Count(12, 8_000).events
    12
    """

    events: int
    exposure: float | None = None
    denominator: Denominator = "residents"
    is_centre: bool = False
    is_effort_driven: bool = False
    is_preliminary: bool = False
    units_reporting: int | None = None
    units_expected: int | None = None

    def __post_init__(self) -> None:
        if self.events < 0:
            raise RateError("negative")
        if self.exposure is not None and not (self.exposure > 0 and math.isfinite(self.exposure)):
            raise RateError("population")

    @property
    def report_intensity(self) -> float | None:
        """Share of the expected units that reported, 0 to 1; None where unknown."""
        if self.units_reporting is None or not self.units_expected:
            return None
        return self.units_reporting / self.units_expected

    @property
    def warnings(self) -> tuple[str, ...]:
        """What whoever reads the count must know."""
        intensity = self.report_intensity
        told = {
            EFFORT_DRIVEN: self.is_effort_driven,
            FEW_EVENTS: self.events < FEW,
            NO_DENOMINATOR: self.exposure is None or self.denominator == "none",
            RESIDENTS_MISLEAD: self.is_centre and self.exposure is not None and self.denominator == "residents",
            PRELIMINARY: self.is_preliminary,
            FEW_REPORTERS: intensity is not None and intensity < 0.8,
        }
        return tuple(word for word, holds in told.items() if holds)


@dataclass(frozen=True)
class Estimate:
    """A number with its interval.

    Parameters
    ----------
    estimate, low, high : float or None
        In `unit`; None where there is none to give.
    level : float
        Confidence level of the interval.
    unit : str
        ``events``, ``per 1 000``, ``per 100 000``, ``events a year`` or ``ratio``.
    method : str
        How the interval was made.
    n : int
        Events behind it.
    warnings : tuple of str
        Stable words, see the top of this module.
    report_intensity : float or None
        Share of the expected units that reported, 0 to 1.
    """

    estimate: float | None
    low: float | None
    high: float | None
    level: float
    unit: str
    method: str
    n: int
    warnings: tuple[str, ...] = ()
    report_intensity: float | None = None


def poisson_interval(events: int, *, level: float = 0.95) -> tuple[float, float]:
    """Exact interval for the mean of a Poisson count (Garwood).

    Parameters
    ----------
    events : int
        Observed number of events.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    (float, float)
        In events. The lower end is 0 when `events` is.

    Raises
    ------
    RateError
        ``negative`` or ``level``.

    Notes
    -----
    Low = χ²(α/2; 2x)/2 and high = χ²(1 − α/2; 2x + 2)/2. Covers the true mean at least as often as `level` says, and
    more often for few events. Assumes that events are independent; series of linked crimes make it too narrow.

    References
    ----------
    Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28.

    Examples
    --------
    >>> [round(end, 3) for end in poisson_interval(10)]
    [4.795, 18.39]
    """
    from scipy.stats import chi2

    check(level, events)
    tail = (1 - level) / 2
    low = chi2.ppf(tail, 2 * events) / 2 if events else 0.0
    return float(low), float(chi2.ppf(1 - tail, 2 * events + 2) / 2)


def rate(count: Count, *, per: int = 1_000, level: float = 0.95, least_exposure: float = 0) -> Estimate:
    """Events per so many residents, visitors or jobs and year.

    Parameters
    ----------
    count : Count
        Events and exposure.
    per : int
        1 000 or 100 000.
    level : float
        Confidence level.
    least_exposure : float
        No rate on less than this.

    Returns
    -------
    Estimate
        Without estimate when the count has no denominator that suits, or fewer than five events: then the count itself
        (if it may be shown) is what there is to say.

    Raises
    ------
    RateError
        ``level``.

    Notes
    -----
    events · per / exposure with `poisson_interval` divided likewise. The exposure is taken as exact; from 2025 SCB adds
    a little noise to small populations, which this interval doesn't hold.

    Examples
    --------
    >>> found = rate(Count(12, 8_000))
    >>> found.estimate, round(found.low, 2), round(found.high, 2), found.unit
    (1.5, 0.78, 2.62, 'per 1 000')
    >>> rate(Count(12, 300, is_centre=True)).warnings
    ('residents_mislead',)
    """
    check(level, count.events)
    unit = f"per {per:_}".replace("_", " ")
    method = "Poisson, exact (Garwood)"
    shared = (level, unit, method, count.events, count.warnings, count.report_intensity)
    exposure = count.exposure
    if exposure is None or count.denominator == "none" or count.events < FEW or exposure < least_exposure:
        return Estimate(None, None, None, *shared)
    low, high = poisson_interval(count.events, level=level)
    return Estimate(count.events * per / exposure, low * per / exposure, high * per / exposure, *shared)


def mean_of_years(counts: Sequence[Count], *, level: float = 0.95, per: int | None = None) -> Estimate:
    """Mean a year over several years, three as a rule: few events a year say little one by one.

    Parameters
    ----------
    counts : sequence of Count
        One a year.
    level : float
        Confidence level.
    per : int, optional
        As a rate per so many; events a year when absent.

    Returns
    -------
    Estimate
        Of the sum, divided by the number of years or by the summed exposure.

    Raises
    ------
    RateError
        ``empty``, ``level``.

    Notes
    -----
    The sum of Poisson counts is a Poisson count, so the interval is Garwood's for the sum. Assumes that the level is
    the same all years; with a trend it is still the mean of these years, but says nothing of the next.

    Examples
    --------
    >>> found = mean_of_years([Count(4), Count(7), Count(1)])
    >>> found.estimate, round(found.low, 2), round(found.high, 2), found.n
    (4.0, 2.07, 6.99, 12)
    """
    pooled = pool(counts)
    if per is not None:
        return rate(pooled, per=per, level=level)
    low, high = poisson_interval(pooled.events, level=level)
    years = len(counts)
    method = f"Poisson, exact (Garwood), {years} years"
    ends = (pooled.events / years, low / years, high / years)
    return Estimate(*ends, level, "events a year", method, pooled.events, pooled.warnings, pooled.report_intensity)


def pool(counts: Sequence[Count]) -> Count:
    """Counts added up: exposure only where all have the same kind, flags where any has them.

    Parameters
    ----------
    counts : sequence of Count
        At least one.

    Returns
    -------
    Count
        Their sum.

    Raises
    ------
    RateError
        ``empty``.

    Examples
    --------
    >>> pool([Count(3, 100), Count(4, 100)]).exposure
    200
    """
    if not counts:
        raise RateError("empty")
    exposures = [count.exposure for count in counts if count.exposure is not None]
    reporting = [count.units_reporting for count in counts if count.units_reporting is not None]
    expected = [count.units_expected for count in counts if count.units_expected is not None]
    kinds = {count.denominator for count in counts}
    is_complete = len(exposures) == len(counts) and len(kinds) == 1
    return Count(
        events=sum(count.events for count in counts),
        exposure=sum(exposures) if is_complete else None,
        denominator=counts[0].denominator if len(kinds) == 1 else "none",
        is_centre=any(count.is_centre for count in counts),
        is_effort_driven=any(count.is_effort_driven for count in counts),
        is_preliminary=any(count.is_preliminary for count in counts),
        units_reporting=sum(reporting) if len(reporting) == len(counts) else None,
        units_expected=sum(expected) if len(expected) == len(counts) else None,
    )


def check(level: float, events: int = 0) -> None:
    """Refuse a confidence level outside 0 to 1, and fewer events than none."""
    if not 0 < level < 1:
        raise RateError("level")
    if events < 0:
        raise RateError("negative")
