"""One period's report: what was promised, what was done in these days, why not, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from lofte.core.states import PeriodState
from lofte.design.pieces import Answer, Pledge
from lofte.design.words import date_words, number_words, period_words, strung, woven
from lofte.followup.calendar import period_state
from lofte.followup.models import ActivityReport, Figure, LatePart, Period
from lofte.followup.presenters import pledge_view, rounded
from lofte.followup.queries import Figures, PledgeStatus, Status, effect_verdicts, pledge_status
from lofte.promises.wording import parties, unit_words
from lofte.public import presenters

# Periods that differ less than this in length are compared as they are.
ABOUT_AS_LONG = 0.1


@dataclass(frozen=True)
class Row:
    """A pledge in this report and in the one before it."""

    text: str
    before: str
    now: str


@dataclass(frozen=True)
class Comparison:
    """The report before this one, and what may not be read out of the two."""

    period: str
    rows: list[Row]
    caution: str


@dataclass(frozen=True)
class Late:
    """A part that had not come when the report was published."""

    organisation: str
    reason: str
    until: str


def report_page(status: Status, period: Period) -> dict[str, Any]:
    """What the page shows: only published figures, judged as far as this report reaches."""
    state = period_state(period, status.today)
    is_published = state == PeriodState.PUBLISHED
    told = told_in(status, period) if is_published else []
    waiting = period.late_parts.filter(arrived_on=None).select_related("organisation")
    late = [_late(part) for part in waiting] if is_published else []
    return {
        "period": period,
        "state": state,
        "is_published": is_published,
        "told": told,
        "pledges": [_view(pledge, status, period) for pledge in told],
        "unreported": _unreported(status, period, {part.organisation for part in late}),
        "late": late,
        "comparison": _comparison(status, period, told) if is_published else None,
        **(_at_the_end(status) if is_published and period.is_final else {}),
    }


def late_part_page(status: Status, part: LatePart, reports: frozenset[int]) -> dict[str, object]:
    """What came later, told as the report tells it."""
    period = part.period
    keys = set(ActivityReport.objects.filter(pk__in=reports).values_list("activity__pledge__key", flat=True))
    told = [pledge for pledge in told_in(status, period) if pledge.text.key in keys]
    return {
        "part": part,
        "period": period,
        "told": told,
        "pledges": [_view(pledge, status, period) for pledge in told],
        "anchor": f"kom-senare-{part.organisation.key}",
    }


def told_in(status: Status, period: Period) -> list[PledgeStatus]:
    """The pledges that this report tells of.

    A number each day or week is judged on the report's own days. A number in all is judged with what was reported
    before it, as far as this report reaches; no day is counted twice.
    """
    figures = _figures([report for pledge in status.pledges for report in pledge.reports])
    found = []
    for pledge in status.pledges:
        own = [report for report in pledge.reports if report.period_id == period.pk]
        if not own:
            continue
        reports = own
        if not has_rate(pledge):
            until = max(report.covers_to for report in own)
            reports = [report for report in pledge.reports if report.covers_to <= until]
        found.append(
            pledge_status(pledge.text, status.text, reports, figures, settled=period.is_final, one_report=True)
        )
    return found


def _figures(reports: list[ActivityReport]) -> Figures:
    figures: Figures = defaultdict(list)
    for figure in Figure.objects.filter(report__in=[report.pk for report in reports]).select_related("target", "area"):
        figures[figure.report_id].append(figure)
    return figures


def has_rate(pledge: PledgeStatus) -> bool:
    return any(t.kind in ("rate", "share") for activity in pledge.text.activities for t in activity.targets)


def _view(pledge: PledgeStatus, status: Status, period: Period) -> Pledge:
    view = _with_days(pledge_view(pledge, status), pledge, status)
    now = in_this(pledge, status, period)
    if not now or now == view.done or has_rate(pledge):
        return view
    so_far = [woven(_("{done} sammanlagt"), done=done) for done in view.done]
    return replace(view, done=[*(woven(_("{done} i den här rapporten"), done=done) for done in now), *so_far])


def days_of(pledge: PledgeStatus) -> str:
    """The days that the answer in a report is about."""
    starts, ends = min(report.covers_from for report in pledge.reports), pledge.reports[-1].covers_to
    return period_words(starts, ends)


def _with_days(view: Pledge, pledge: PledgeStatus, status: Status) -> Pledge:
    """Say which days the answer is about: the promise's own page may answer otherwise for all the days together."""
    days = days_of(pledge)
    if days == period_words(status.text.starts, status.text.ends):
        told = _("Gäller hela löftets tid, {days}.").format(days=days)
    elif has_rate(pledge):
        told = _("Gäller {days}. Löftets sida räknar alla rapporter.").format(days=days)
    else:
        told = _("Gäller {days}.").format(days=days)
    return replace(view, verdict=replace(view.verdict, because=strung((told, view.verdict.because))))


def in_this(pledge: PledgeStatus, status: Status, period: Period) -> list[str]:
    """What this report alone counts, when earlier ones are counted in the answer."""
    own = [report for report in pledge.reports if report.period_id == period.pk]
    figures = _figures(own)
    if len(own) == len(pledge.reports) or not any(f.number is not None for rows in figures.values() for f in rows):
        return []
    alone = pledge_status(pledge.text, status.text, own, figures, settled=False)
    return list(pledge_view(alone, status).done)


def _unreported(status: Status, period: Period, late: set[str]) -> list[str]:
    """Pledges that the report says nothing of; those whose part is late are told of there."""
    return [
        pledge.text.text
        for pledge in status.pledges
        if not any(report.period_id == period.pk for report in pledge.reports)
        and not late.intersection(parties(pledge.text))
    ]


def _late(part: LatePart) -> Late:
    until = date_words(part.until) if part.until else ""
    return Late(str(part.organisation), part.reason, until)


def _comparison(status: Status, period: Period, told: list[PledgeStatus]) -> Comparison | None:
    """Set beside the report before. Unequal periods are compared per week, never as they stand."""
    earlier = [each for each in status.periods if each.stage == Period.Stage.PUBLISHED and _is_before(each, period)]
    if not earlier:
        return None
    before = max(earlier, key=lambda each: (each.ends, each.starts))
    then = {pledge.text.key: pledge for pledge in told_in(status, before)}
    per_week = _differ(before, period)
    rows = [
        Row(pledge.text.text, _counted(then[pledge.text.key], before, per_week), _counted(pledge, period, per_week))
        for pledge in told
        if pledge.text.key in then
    ]
    rows = [row for row in rows if row.before or row.now]
    return Comparison(period_words(before.starts, before.ends), rows, _caution(before, period)) if rows else None


def _is_before(each: Period, period: Period) -> bool:
    return (each.ends, each.starts) < (period.ends, period.starts)


def _differ(before: Period, period: Period) -> bool:
    then, now = (before.ends - before.starts).days + 1, (period.ends - period.starts).days + 1
    return abs(now - then) / max(now, then) > ABOUT_AS_LONG


def _counted(pledge: PledgeStatus, period: Period, per_week: bool) -> str:
    """The figures of this period's own report: one sentence a target, with a rate when lengths differ."""
    figures = _figures([report for report in pledge.reports if report.period_id == period.pk])
    sentences = []
    for report in pledge.reports:
        if report.period_id != period.pk:
            continue
        days = (report.covers_to - report.covers_from).days + 1
        for figure in figures[report.pk]:
            if figure.number is None or figure.area or figure.option:
                continue
            words = strung((number_words(figure.number), unit_words(figure.target.unit, figure.number)))
            sentences.append(strung((words, _rate(figure, days, per_week)), ", "))
    return strung(sentences, "; ")


def _rate(figure: Figure, days: int, per_week: bool) -> str:
    assert figure.number is not None
    if figure.target.per == "day":
        return _("{rate} om dagen").format(rate=rounded(figure.number / days, 2))
    if per_week or figure.target.per == "week":
        return _("{rate} i veckan").format(rate=rounded(figure.number * Decimal(7) / days, 2))
    return ""


def _caution(before: Period, period: Period) -> str:
    if before.ends >= period.starts:
        return _("Rapporterna räknar delvis samma dagar. Talen går inte att lägga ihop.")
    if _differ(before, period):
        return _("Perioderna är olika långa. Jämför antalet i veckan eller om dagen, inte antalet.")
    return ""


def _at_the_end(status: Status) -> dict[str, list[Answer] | list[tuple[str, str]]]:
    """A final report also answers the other two questions, and says what was learnt."""
    promise = status.promise
    return {
        "effect": presenters.effect_answer(effect_verdicts(promise), status),
        "cause": presenters.cause_answer(list(promise.cause_verdicts.select_related("goal")), status),
        "lessons": presenters.lessons(promise.lessons.all()),
    }


class Titled(Protocol):
    """A period, or what is kept of one."""

    @property
    def is_final(self) -> bool: ...


def heading(period: Titled) -> str:
    return _("Slutredovisning") if period.is_final else _("Rapport")
