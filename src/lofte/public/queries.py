"""Reads of the open pages. Every one starts from what the viewer may see."""

from __future__ import annotations

import datetime as dt

from django.http import Http404
from django.utils import timezone

from lofte.core.visibility import VISITOR, Viewer
from lofte.followup.models import FrozenReport, Period
from lofte.followup.queries import Status, latest_versions, statuses
from lofte.places.models import Municipality
from lofte.promises.models import CitizenPromise, PromiseVersion


def today() -> dt.date:
    return timezone.localdate()


def municipality_or_404(slug: str) -> Municipality:
    found = Municipality.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def status_or_404(kommun: str, slug: str, *, viewer: Viewer) -> Status:
    """How a promise stands; what the viewer may not see is not there."""
    promises = CitizenPromise.objects.visible_to(viewer).filter(municipality__slug=kommun, slug=slug)
    found = statuses(list(latest_versions(promises)), viewer=viewer, today=today())
    if not found:
        raise Http404
    return found[0]


def period_or_404(status: Status, label: str) -> Period:
    for period in status.periods:
        if period.label == label:
            return period
    raise Http404


def version_or_404(status: Status, number: int) -> PromiseVersion:
    for version in status.promise.versions.all():
        if version.number == number:
            return version
    raise Http404


def frozen_parts(kommun: str, slug: str, label: str, format: str, language: str) -> list[FrozenReport]:
    """The stored bytes of a published report and of what came after it, in one query."""
    rows = FrozenReport.objects.visible_to(VISITOR).filter(
        period__promise__municipality__slug=kommun, period__promise__slug=slug, period__label=label,
        format=format, language=language,
    )  # fmt: skip
    return list(rows.select_related("period__promise__municipality").order_by("number"))
