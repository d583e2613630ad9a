"""One period's report: what was promised, what was done in these days, why not, and what comes next."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from lofte.core.states import PeriodState
from lofte.design.pieces import Pledge
from lofte.followup.calendar import period_state
from lofte.followup.models import Figure, Period
from lofte.followup.presenters import pledge_view
from lofte.followup.queries import Status, pledge_status


def report_page(status: Status, period: Period) -> dict[str, object]:
    """What the page shows: only published figures, judged as far as this report reaches."""
    state = period_state(period, status.today)
    return {
        "period": period,
        "state": state,
        "is_published": state == PeriodState.PUBLISHED,
        "pledges": _pledges(status, period) if state == PeriodState.PUBLISHED else [],
        "unreported": _unreported(status, period),
    }


def _pledges(status: Status, period: Period) -> list[Pledge]:
    """The pledges as this report tells of them; a rate is judged on the report's own days."""
    reports = {
        report.pk: report for pledge in status.pledges for report in pledge.reports if report.period_id == period.pk
    }
    figures: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in Figure.objects.filter(report__in=reports).select_related("target", "area"):
        figures[figure.report_id].append(figure)
    found = []
    for pledge in status.text.pledges:
        told = pledge_status(pledge, status.text, reports.values(), figures, settled=period.is_final, one_report=True)
        if told.reports:
            found.append(pledge_view(told, status))
    return found


def _unreported(status: Status, period: Period) -> list[str]:
    return [
        pledge.text.text
        for pledge in status.pledges
        if not any(report.period_id == period.pk for report in pledge.reports)
    ]


def heading(period: Period) -> str:
    return _("Slutredovisning") if period.is_final else _("Rapport")
