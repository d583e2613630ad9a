"""Reads for those who report and review: a period's activities, what was said before, and how it will read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Q

from lofte.core.states import ActivityStatus
from lofte.core.visibility import Viewer
from lofte.followup.in_force import as_in_force
from lofte.followup.models import ActivityReport, Figure, Period
from lofte.followup.queries import Figures, Status, is_settled, latest_versions, pledge_status, statuses
from lofte.parties.access import may
from lofte.parties.models import User
from lofte.parties.rules import Permission
from lofte.places.models import Area
from lofte.promises.models import Activity, CitizenPromise


@dataclass(frozen=True)
class Line:
    """An activity in a period: its report if there is one, and the one before it."""

    activity: Activity
    report: ActivityReport | None
    before: ActivityReport | None

    @property
    def is_hidden(self) -> bool:
        """Work that nobody outside sees until it is done."""
        done = self.report is not None and self.report.status == ActivityStatus.DONE
        return self.activity.shown_when_done and not done


def lines(period: Period, user: User, viewer: Viewer) -> list[Line]:
    """The activities of a period that this person may report, in the order of the promise."""
    reports = _reports(period, viewer)
    now = {report.activity_id: report for report in reports if report.period_id == period.pk}
    before = {report.activity_id: report for report in reports if report.period_id != period.pk}
    return [
        Line(activity, now.get(activity.pk), before.get(activity.pk))
        for activity in _activities(period, viewer)
        if may(user, Permission.REPORT_ACTIVITY, activity)
    ]


def _activities(period: Period, viewer: Viewer) -> list[Activity]:
    """Those whose own time touches the period; most have none of their own."""
    rows = Activity.objects.visible_to(viewer).filter(pledge__promise=period.promise_id)
    begun = Q(starts=None) | Q(starts__lte=period.ends)
    running = Q(ends=None) | Q(ends__gte=period.starts)
    found = (
        rows.filter(begun & running)
        .select_related("cycle", "pledge__promise")
        .prefetch_related(
            "party_links__organisation",
            "pledge__party_links__organisation",
            "pledge__promise__party_links__organisation",
            "targets__places__area",
            "targets__share_of",
        )
        .order_by("pledge__order", "order", "pk")
    )
    return as_in_force(period.promise, found)


def _reports(period: Period, viewer: Viewer) -> list[ActivityReport]:
    """This period's reports and earlier ones, the latest last."""
    return list(
        ActivityReport.objects.visible_to(viewer)
        .filter(period__promise=period.promise_id, period__starts__lte=period.starts)
        .select_related("period", "activity")
        .prefetch_related("figures__target", "figures__area")
        .order_by("period__starts", "pk")
    )


def report_of(period: Period, activity: Activity, viewer: Viewer) -> ActivityReport | None:
    rows = ActivityReport.objects.visible_to(viewer).filter(period=period, activity=activity)
    return rows.prefetch_related("figures").first()


def districts(promise: CitizenPromise, viewer: Viewer) -> list[Area]:
    """The places that "in every kommundel" means: those the promise names, else all kommundelar of the kommun."""
    named = [link.area for link in promise.area_links.select_related("area")]
    if named:
        return named
    rows = Area.objects.visible_to(viewer).filter(municipality=promise.municipality_id, kind=Area.Kind.DISTRICT)
    return list(rows.order_by("name"))


def as_published(period: Period, *, viewer: Viewer, today: dt.date) -> Status | None:
    """How the promise will stand when this period's report is out: what is published, and this report."""
    promises = CitizenPromise.objects.visible_to(viewer).filter(pk=period.promise_id)
    found = statuses(list(latest_versions(promises)), viewer=viewer, today=today)
    if not found:
        return None
    status = found[0]
    periods = tuple(_published(each) if each.pk == period.pk else each for each in status.periods)
    reports = ActivityReport.objects.visible_to(viewer).filter(
        Q(period=period) | Q(period__stage=Period.Stage.PUBLISHED), period__promise=period.promise_id
    )
    rows = list(reports.select_related("period", "activity"))
    figures: Figures = defaultdict(list)
    for figure in Figure.objects.filter(report__in=rows).select_related("target", "area"):
        figures[figure.report_id].append(figure)
    settled = is_settled(status.text, periods, today)
    pledges = tuple(pledge_status(each, status.text, rows, figures, settled=settled) for each in status.text.pledges)
    return replace(status, periods=periods, pledges=pledges)


def _published(period: Period) -> Period:
    """The same row as it will be, never saved."""
    return Period(
        pk=period.pk, promise=period.promise, label=period.label, starts=period.starts, ends=period.ends,
        due=period.due, stage=Period.Stage.PUBLISHED, is_final=period.is_final,
    )  # fmt: skip


def next_unreported(period: Period, user: User, viewer: Viewer) -> Activity | None:
    return next((line.activity for line in lines(period, user, viewer) if line.report is None), None)
