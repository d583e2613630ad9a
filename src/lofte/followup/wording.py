"""What the reviewer and the owner read of a report: plain words for numbers, state and what has changed since last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.core.states import ActivityStatus, DeviationReason
from lofte.design.pieces import Link, Verdict
from lofte.design.words import number_words, period_words, quoted, strung, woven
from lofte.followup.models import ActivityReport, Figure, Period
from lofte.followup.questions import promised
from lofte.followup.reporting import Line
from lofte.promises.models import Activity, CitizenPromise, Target
from lofte.promises.wording import promised_words, unit_words

UNREPORTED = "not_reported"


@dataclass(frozen=True)
class Said:
    """A report of one activity as it is read."""

    activity: Activity
    parties: Sequence[str]
    promised: Sequence[str]
    verdict: Verdict
    done: Sequence[str] = ()
    text: str = ""
    reason: str = ""
    noticed: str = ""
    next_step: str = ""
    evidence_url: str = ""
    covers: str = ""
    before: str = ""
    is_hidden: bool = False
    edit: str = ""


def said(line: Line, period: Period) -> Said:
    report = line.report
    known = _known(report) if report else {}
    return Said(
        activity=line.activity,
        parties=parties(line.activity),
        promised=promised_list(line.activity.targets.all()),
        verdict=verdict(report),
        before=_before(line.before),
        is_hidden=line.is_hidden,
        edit=report_url(period, line.activity),
        **known,
    )


def _known(report: ActivityReport) -> dict[str, Any]:
    reason = f"{DeviationReason(report.reason_code).label.capitalize()}." if report.reason_code else ""
    return {
        "done": figures_words(report.figures.all()),
        "text": report.done,
        "reason": strung((reason, quoted(report.reason))),
        "noticed": report.noticed,
        "next_step": report.next_step,
        "evidence_url": report.evidence_url,
        "covers": period_words(report.covers_from, report.covers_to),
    }


def verdict(report: ActivityReport | None) -> Verdict:
    if report is None or not report.status:
        label = _("Ingen rapport än") if report is None else _("Rapporterat")
        return Verdict(UNREPORTED if report is None else ActivityStatus.ON_TRACK, label)
    return Verdict(report.status, ActivityStatus(report.status).label.capitalize())


def _before(report: ActivityReport | None) -> str:
    """The report before, in one line: so that one sees what has changed."""
    if report is None:
        return ""
    words = [f"{period_words(report.covers_from, report.covers_to)}:", *_joined(figures_words(report.figures.all()))]
    if report.status:
        words.append(f"{ActivityStatus(report.status).label.capitalize()}.")
    return strung(words)


def _joined(sentences: Sequence[str]) -> list[str]:
    return [strung((strung(sentences, "; "), "."), "")] if sentences else []


def parties(activity: Activity) -> list[str]:
    links = list(activity.party_links.all())
    if not links and activity.pledge is not None:
        return [link.organisation.name for link in activity.pledge.party_links.all()]
    return [link.organisation.name for link in links]


def promised_list(targets: Iterable[Target]) -> list[str]:
    return [promised_words(promised(target)) for target in targets if target.kind != Target.Kind.NONE]


def figures_words(figures: Iterable[Figure]) -> list[str]:
    return [_figure(figure) for figure in figures]


def _figure(figure: Figure) -> str:
    where = figure.area.name if figure.area else quoted(figure.option)
    if figure.number is None:
        answer = _("ja") if figure.happened else _("nej, det blev inte av")
        what = where or quoted(figure.target.unit)
    else:
        answer, what = strung((number_words(figure.number), unit_words(figure.target.unit, figure.number))), where
    return woven("{what}: {answer}", what=what, answer=answer) if what else answer


def of_promise(promise: CitizenPromise, name: str, **more: str | int) -> str:
    where: dict[str, str | int] = {"kommun": promise.municipality.slug, "slug": promise.slug}
    return reverse(name, kwargs=where | more)


def report_url(period: Period, activity: Activity) -> str:
    return of_promise(period.promise, "followup:report", label=period.label, activity=activity.pk)


def period_url(period: Period) -> str:
    return of_promise(period.promise, "followup:period", label=period.label)


def crumbs(promise: CitizenPromise, *more: Link, year: bool) -> list[Link]:
    """The way here: to do, the year, and what lies between."""
    kommun = {"kommun": promise.municipality.slug, "cycle": promise.cycle.slug}
    name = f"{promise.municipality} {promise.cycle.slug}"
    return [
        Link(_("Att göra"), reverse("desk:todo")),
        *([Link(name, reverse("desk:year", kwargs=kommun))] if year else []),
        *more,
    ]


def link_url(token: str) -> str:
    return reverse("public:link", kwargs={"token": token})
