"""The smallest change of an indicator that could be seen, told before anyone signs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from lofte.design.words import number_words, period_words
from lofte.evidence.models import Indicator, IndicatorValue
from lofte.promises.models import Goal

# Reported crimes come in series: with twice the variance of independent events few promises see too much.
DISPERSION = 2.0
SHARES = (Indicator.Kind.SURVEY_SHARE, Indicator.Kind.SATISFACTION, Indicator.Kind.CLEARANCE)
COUNTS = (Indicator.Kind.CRIME_RATE, Indicator.Kind.ACTIVITY_COUNT)


@dataclass(frozen=True)
class Smallest:
    """`change` is in the indicator's unit; None when nothing could be computed, and then `basis` says why."""

    change: Decimal | None
    basis: str


def smallest_change(goal: Goal, starts: dt.date, ends: dt.date) -> Smallest:
    """What a change of the goal's indicator must be to be seen during these days, from its newest value.

    It belongs to the plan: a goal that says nothing of how it will be judged has none.
    """
    if goal.indicator is None or not goal.design:
        return Smallest(None, "")
    if goal.indicator.is_effort_driven:
        return Smallest(None, _("Måttet följer hur mycket som kontrolleras. Det kan inte visa om problemet ändrades."))
    value = _newest(goal.indicator, before=starts)
    if value is None:
        return Smallest(None, _("Måttet har inget värde från innan. Därför går det inte att räkna."))
    if goal.indicator.kind in SHARES:
        return _share(value)
    if goal.indicator.kind in COUNTS:
        return _count(value, (ends - starts).days + 1)
    return Smallest(None, _("Det går inte att räkna för det här slaget av mått."))


def _newest(indicator: Indicator, *, before: dt.date) -> IndicatorValue | None:
    """The last value from before the promise: of the whole, or of the one place that the measure is about."""
    values = indicator.values.filter(ends__lt=before).order_by("ends", "pk")
    areas = set(values.values_list("area", flat=True))
    return values.filter(area=None).last() or (values.last() if len(areas) == 1 else None)


def _share(value: IndicatorValue) -> Smallest:
    from lofte_engine.power import smallest_share_change

    share = float(value.value) / 100
    if not value.n or not 0 <= share <= 1:
        return Smallest(None, _("Det står inte hur många som svarade. Därför går det inte att räkna."))
    found = smallest_share_change(share, n_before=value.n, n_after=value.n)
    changes = [abs(each) for each in (found.fall, found.rise) if each is not None]
    basis = _("{period}: {n} svar, lika många nästa gång; 80 procents chans att se den").format(
        period=period_words(value.starts, value.ends), n=number_words(value.n)
    )
    return Smallest(_rounded(max(changes) * 100) if changes else None, basis)


def _count(value: IndicatorValue, days: int) -> Smallest:
    from lofte_engine.power import smallest_count_change

    count = float(value.n if value.n is not None else value.value)
    if count < 0 or (value.n is None and "per " in value.indicator.unit):
        return Smallest(None, _("Det står inte hur många händelser som ligger bakom. Därför går det inte att räkna."))
    span = (value.ends - value.starts).days + 1
    found = smallest_count_change(
        count, exposure_before=span, exposure_after=days, dispersion=DISPERSION if count else 1.0
    )
    basis = _("{period}: {n} händelser; 80 procents chans att se den").format(
        period=period_words(value.starts, value.ends), n=number_words(round(count))
    )
    wanted = found.fall if value.indicator.lower_is_better else found.rise
    if wanted is None:
        return Smallest(None, basis + ". " + _("De är så få att inte ens noll skulle räcka."))
    scale = float(value.value) / count if count else 1.0
    return Smallest(_rounded(abs(wanted) * scale), basis)


def _rounded(change: float) -> Decimal:
    """Two figures that matter: more would say that we know more than we do."""
    return Decimal(f"{change:.2g}")
