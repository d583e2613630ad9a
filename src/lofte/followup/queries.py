"""Reads about follow-up, in bulk: the number of queries never grows with the number of pledges."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lofte.core.visibility import Viewer
from lofte.followup.calendar import is_overdue
from lofte.followup.models import ActivityReport, Figure, Period
from lofte.followup.verdicts import Frame, Outcome, Reported, assess, pledge_outcome
from lofte.promises.models import CitizenPromise, PromiseVersion
from lofte.promises.text import ActivityText, PledgeText, PromiseText, read


@dataclass(frozen=True)
class PledgeStatus:
    """One pledge, the answer to *did we do it*, and the latest report of each of its activities."""

    text: PledgeText
    outcome: Outcome
    reports: tuple[ActivityReport, ...]

    @property
    def latest(self) -> ActivityReport | None:
        return max(self.reports, key=lambda report: report.covers_to, default=None)


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


def statuses(promises: Sequence[CitizenPromise], *, viewer: Viewer, today: dt.date) -> list[Status]:
    """How promises stand for a viewer, in four queries however many they are. Promises without a version are left out."""
    ids = [promise.pk for promise in promises]
    versions = {version.promise_id: version for version in PromiseVersion.objects.filter(promise__in=ids).order_by("number")}
    periods = _grouped(Period.objects.visible_to(viewer).filter(promise__in=ids), "promise_id")
    reports = _grouped(
        ActivityReport.objects.visible_to(viewer).filter(period__promise__in=ids).select_related("period", "activity"),
        lambda report: report.period.promise_id,
    )
    figures = _grouped(
        Figure.objects.filter(report__in=[r.pk for rows in reports.values() for r in rows]).select_related("target", "area"),
        "report_id",
    )
    return [
        _status(promise, versions[promise.pk], periods[promise.pk], reports[promise.pk], figures, today)
        for promise in promises
        if promise.pk in versions
    ]


def _grouped(rows: Iterable[object], by: object) -> defaultdict[int, list]:  # type: ignore[type-arg]
    key = by if callable(by) else lambda row: getattr(row, str(by))
    found: defaultdict[int, list] = defaultdict(list)  # type: ignore[type-arg]
    for row in rows:
        found[key(row)].append(row)
    return found


def _status(
    promise: CitizenPromise,
    version: PromiseVersion,
    periods: list[Period],
    reports: list[ActivityReport],
    figures: defaultdict[int, list],  # type: ignore[type-arg]
    today: dt.date,
) -> Status:
    text = read(version.content)
    settled = is_settled(text, periods, today)
    pledges = tuple(pledge_status(pledge, text, reports, figures, settled=settled) for pledge in text.pledges)
    return Status(promise, version, text, tuple(periods), pledges, today)


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
    figures: defaultdict[int, list],  # type: ignore[type-arg]
    *,
    settled: bool,
) -> PledgeStatus:
    mine = {activity.key: activity for activity in pledge.activities}
    own = sorted((r for r in reports if r.activity.key in mine), key=lambda r: (r.covers_to, r.covers_from))
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
        parts += _assessed(activity, reported, frame)
    return PledgeStatus(pledge, pledge_outcome(parts), tuple(own))


def _assessed(activity: ActivityText, reported: list[Reported], frame: Frame) -> list[tuple[str, Outcome]]:
    return [(target.unit or activity.text, assess(target, reported, frame)) for target in activity.targets]


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


