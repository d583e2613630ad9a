"""How far the plan has come: one report of an activity serves both the promise and the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from lofte.core.visibility import Viewer
from lofte.followup.models import ActivityReport
from lofte.promises.models import ActionPlan, Activity, Measure


@dataclass(frozen=True)
class Told:
    """An activity with what was said of it last, and for which period; empty when nothing is reported."""

    text: str
    status: str = ""
    period: str = ""
    done: str = ""


@dataclass(frozen=True)
class MeasureStatus:
    measure: Measure
    told: Sequence[Told]


def rows_of(plan: ActionPlan, viewer: Viewer) -> list[MeasureStatus]:
    """A measure's own activities, and those of the pledges that promise it. Three queries, however long the plan is."""
    measures = list(Measure.objects.visible_to(viewer).filter(plan=plan).prefetch_related("pledge_links"))
    pledges = {link.pledge_id: measure.pk for measure in measures for link in measure.pledge_links.all()}
    activities = list(
        Activity.objects.visible_to(viewer).filter(Q(measure__in=measures) | Q(pledge__in=pledges)).order_by("pk")
    )
    reports = ActivityReport.objects.visible_to(viewer).filter(activity__in=activities).select_related("period")
    last = {report.activity_id: report for report in reports.order_by("period__ends")}
    found: dict[int, list[Told]] = {measure.pk: [] for measure in measures}
    for activity in activities:
        measure = activity.measure_id if activity.measure_id in found else pledges.get(activity.pledge_id or 0)
        if measure is not None:
            found[measure].append(_told(activity, last.get(activity.pk)))
    return [MeasureStatus(measure, found[measure.pk]) for measure in measures]


def _told(activity: Activity, report: ActivityReport | None) -> Told:
    if report is None:
        return Told(activity.text)
    return Told(activity.text, str(report.get_status_display()), report.period.label, report.done)
