"""You said, we did: when a report changes how a pledge stands, those who said what it rests on are told."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from lofte.core.visibility import VISITOR
from lofte.followup.models import Figure, FrozenReport, Period
from lofte.followup.presenters import delivery_verdict
from lofte.followup.queries import Figures, PledgeStatus, Status, latest_versions, pledge_status, statuses
from lofte.promises.models import CitizenPromise
from lofte.public.chain import Chain, chain_of
from lofte.voices.models import Theme


def changes_told(period: Period) -> list[str]:
    """For each pledge that stands otherwise since this report, and that rests on what people said: both, in words."""
    promises = CitizenPromise.objects.visible_to(VISITOR).filter(pk=period.promise_id)
    found = statuses(list(latest_versions(promises)), viewer=VISITOR, today=period.published_on or period.ends)
    if not found:
        return []
    status = found[0]
    chain = chain_of(status.promise, viewer=VISITOR, whole=True)
    told = []
    for pledge in status.pledges:
        themes = _said(pledge, chain)
        if themes and _has_changed(pledge, status, period):
            told.append(_words(pledge, status, themes))
    return told


def _said(pledge: PledgeStatus, chain: Chain) -> list[Theme]:
    items = chain.evidence_of(chain.problems_of(pledge.text))
    return list({theme.pk: theme for item in items for theme in chain.themes.get(item.pk, [])}.values())


def _has_changed(pledge: PledgeStatus, status: Status, period: Period) -> bool:
    """Against how it stood by the reports that were out before this one."""
    own = [report for report in pledge.reports if report.period_id == period.pk]
    if not own:
        return False
    out = FrozenReport.objects.filter(period__promise=status.promise, format=FrozenReport.Format.JSON)
    this = out.filter(period=period).order_by("number").values_list("frozen_at", flat=True).first()
    earlier = set(out.filter(frozen_at__lt=this).values_list("period", flat=True)) - {period.pk} if this else set()
    reports = [report for report in pledge.reports if report.period_id in earlier]
    figures: Figures = defaultdict(list)
    for figure in Figure.objects.filter(report__in=reports).select_related("target", "area"):
        figures[figure.report_id].append(figure)
    before = pledge_status(pledge.text, status.text, reports, figures, settled=False)
    return before.outcome.delivery != pledge.outcome.delivery


def _words(pledge: PledgeStatus, status: Status, themes: list[Theme]) -> str:
    verdict = delivery_verdict(pledge, status)
    return _("Ni sa: {said}\nVi lovade: {promised}\nNu: {now}. {because}").format(
        said="; ".join(theme.label for theme in themes), promised=pledge.text.text, now=verdict.label,
        because=verdict.because,
    ).strip()  # fmt: skip
