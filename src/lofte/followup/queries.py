"""Reads about follow-up, in bulk: the number of queries never grows with the number of pledges."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import OuterRef, QuerySet, Subquery

from lofte.core.visibility import Viewer
from lofte.evidence.source_calendar import source_on
from lofte.followup.calendar import is_overdue
from lofte.followup.models import ActivityReport, EffectVerdict, Figure, Period
from lofte.followup.verdicts import Frame, Outcome, Reported, assess, pledge_outcome
from lofte.promises.models import CitizenPromise, PromiseVersion
from lofte.promises.text import ActivityText, PledgeText, Promised, PromiseText, read

type Figures = defaultdict[int, list[Figure]]


@dataclass(frozen=True)
class PledgeStatus:
    """One pledge, the answer to *did we do it*, and the latest report of each of its activities."""

    text: PledgeText
    outcome: Outcome
    reports: tuple[ActivityReport, ...]

    @property
    def latest(self) -> ActivityReport | None:
        return max(self.reports, key=lambda report: report.covers_to, default=None)

    @property
    def answers(self) -> list[tuple[ActivityText, Promised, Outcome]]:
        """Each amount that was promised with its own answer; one amount alone is the whole pledge's."""
        targets = [(activity, target) for activity in self.text.activities for target in activity.targets]
        found = [outcome for _what, outcome in self.outcome.parts] if len(targets) > 1 else [self.outcome]
        return [(*target, outcome) for target, outcome in zip(targets, found, strict=False)]


@dataclass(frozen=True)
class Status:
    """A promise on a given day: its signed text, its periods and how each pledge stands."""

    promise: CitizenPromise
    version: PromiseVersion
    text: PromiseText
    periods: tuple[Period, ...]
    pledges: tuple[PledgeStatus, ...]
    today: dt.date

    @property
    def next_due(self) -> dt.date | None:
        waiting = (Period.Stage.OPEN, Period.Stage.IN_REVIEW, Period.Stage.LOCKED)
        return min((p.late_until or p.due for p in self.periods if p.stage in waiting and p.due), default=None)

    @property
    def overdue(self) -> tuple[Period, ...]:
        return tuple(period for period in self.periods if is_overdue(period, self.today))

    @property
    def is_over(self) -> bool:
        return self.today > self.text.ends

    @property
    def is_running(self) -> bool:
        return not self.is_over


def latest_versions(promises: QuerySet[CitizenPromise]) -> QuerySet[PromiseVersion]:
    """The text in force of each of these promises, with the promise and its kommun in the same query."""
    newest = PromiseVersion.objects.filter(promise=OuterRef("promise")).order_by("-number").values("number")[:1]
    return PromiseVersion.objects.filter(promise__in=promises, number=Subquery(newest)).select_related(
        "promise__municipality", "promise__cycle", "promise__picture"
    )


def effect_verdicts(promise: CitizenPromise) -> list[EffectVerdict]:
    """What was found of the problem, or when it will be, and as `source` whose figures it waits for."""
    source = source_on(municipality="promise__municipality", day="answer_on")
    return list(promise.effect_verdicts.select_related("goal").annotate(source=source))


def statuses(versions: Sequence[PromiseVersion], *, viewer: Viewer, today: dt.date) -> list[Status]:
    """How promises stand for a viewer, in three queries however many they are."""
    ids = [version.promise_id for version in versions]
    periods = _grouped(Period.objects.visible_to(viewer).filter(promise__in=ids), lambda period: period.promise_id)
    reports = _grouped(
        ActivityReport.objects.visible_to(viewer)
        .filter(period__promise__in=ids)
        .select_related("period", "activity__pledge"),
        lambda report: report.period.promise_id,
    )
    figures = _grouped(
        Figure.objects.filter(report__in=[row.pk for rows in reports.values() for row in rows]).select_related(
            "target", "area"
        ),
        lambda figure: figure.report_id,
    )
    return [
        _status(version, periods[version.promise_id], reports[version.promise_id], figures, today)
        for version in versions
    ]


def _grouped[Row](rows: Iterable[Row], by: Callable[[Row], int]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[by(row)].append(row)
    return found


def _status(
    version: PromiseVersion,
    periods: list[Period],
    reports: list[ActivityReport],
    figures: Figures,
    today: dt.date,
) -> Status:
    text = read(version.content)
    settled = is_settled(text, periods, today)
    pledges = tuple(pledge_status(pledge, text, reports, figures, settled=settled) for pledge in text.pledges)
    return Status(version.promise, version, text, tuple(periods), pledges, today)


def is_settled(text: PromiseText, periods: Sequence[Period], today: dt.date) -> bool:
    """The promise is over, and each of its reports has come or never will."""
    waiting = (Period.Stage.OPEN, Period.Stage.IN_REVIEW, Period.Stage.LOCKED)
    return today > text.ends and not any(
        period.stage in waiting and not is_overdue(period, today) for period in periods
    )


def pledge_status(
    pledge: PledgeText,
    text: PromiseText,
    reports: Iterable[ActivityReport],
    figures: Figures,
    *,
    settled: bool,
    one_report: bool = False,
) -> PledgeStatus:
    """How a pledge stands. For `one_report` a rate is judged on that report's own days, a count by the pace so far."""
    mine = {activity.key: activity for activity in pledge.activities}
    of_pledge = (r for r in reports if r.activity.pledge and r.activity.pledge.key == pledge.key)
    own = sorted((r for r in of_pledge if r.activity.key in mine), key=lambda r: (r.covers_to, r.covers_from))
    parts = []
    for activity in pledge.activities:
        of_activity = [report for report in own if report.activity.key == activity.key]
        frame = Frame(
            starts=activity.starts or text.starts,
            ends=activity.ends or text.ends,
            is_settled=settled,
            status=of_activity[-1].status if of_activity else "",
        )
        reported = [_reported(figure, report) for report in of_activity for figure in figures[report.pk]]
        own_days = _own_days(of_activity, frame) if one_report else frame
        parts += _assessed(activity, reported, frame, own_days)
    return PledgeStatus(pledge, pledge_outcome(parts), tuple(own))


def _own_days(reports: Sequence[ActivityReport], frame: Frame) -> Frame:
    if not reports:
        return frame
    starts, ends = min(report.covers_from for report in reports), max(report.covers_to for report in reports)
    return replace(frame, starts=starts, ends=ends, is_settled=True)


def _assessed(
    activity: ActivityText, reported: list[Reported], frame: Frame, rate_frame: Frame
) -> list[tuple[str, Outcome]]:
    frames = {"rate": rate_frame, "share": rate_frame}
    return [
        (target.unit or activity.text, assess(target, reported, frames.get(target.kind, frame)))
        for target in activity.targets
    ]


def _reported(figure: Figure, report: ActivityReport) -> Reported:
    return Reported(
        target=figure.target.key,
        covers_from=report.covers_from,
        covers_to=report.covers_to,
        number=figure.number,
        happened=figure.happened,
        area=figure.area.key if figure.area else None,
        area_name=figure.area.name if figure.area else "",
        option=figure.option,
        note=figure.note,
    )
