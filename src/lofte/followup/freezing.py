"""What is published is kept as bytes: JSON from the records, HTML and PDF from whoever can draw them.

The open pages stand to the right of this room, so they bring their renderers here (`renders`). A part is drawn when it
is published, and never again: a new look, a new version of the program or a change in the rows leaves it as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from lofte.core.records import Record, Writer
from lofte.core.visibility import VISITOR
from lofte.followup.models import SHOWN_WORK, ActivityReport, Erratum, FrozenReport, LatePart, Period
from lofte.followup.records import PERIOD
from lofte.parties.models import Organisation
from lofte.places.models import Area
from lofte.promises.models import CitizenPromise
from lofte.promises.versions import canonical_text

Format, Part = FrozenReport.Format, FrozenReport.Part


@dataclass(frozen=True)
class ToFreeze:
    """What is to be drawn: a whole report, the reports of a late part, or an erratum."""

    period: Period
    part: str
    reports: frozenset[int] | None = None
    late_part: LatePart | None = None
    erratum: Erratum | None = None


Renderer = Callable[[ToFreeze], bytes | None]
_renderers: dict[tuple[str, str], Renderer] = {}


def renders(format: str, language: str) -> Callable[[Renderer], Renderer]:
    """Register what draws a format in a language; it answers None for a part that it does not draw."""

    def register(renderer: Renderer) -> Renderer:
        _renderers[format, language] = renderer
        return renderer

    return register


def freeze_report(period: Period) -> FrozenReport:
    return _freeze(ToFreeze(period, Part.REPORT), {"promise": str(period.promise), "period": _record(period)})


@transaction.atomic
def freeze_published(promise: CitizenPromise) -> int:
    """Reports that were published elsewhere and read in here are kept as they were read; those that are kept stay."""
    periods = promise.periods.select_for_update(of=("self",)).filter(stage=Period.Stage.PUBLISHED, frozen=None)
    return sum(bool(freeze_report(period)) for period in list(periods))


def freeze_what_was_read_in() -> int:
    """Every published report that has no bytes yet, in promises that everyone may read; how many were kept."""
    waiting = Period.objects.visible_to(VISITOR).filter(stage=Period.Stage.PUBLISHED, frozen=None)
    promises = CitizenPromise.objects.filter(pk__in=waiting.values("promise"), versions__isnull=False).distinct()
    return sum(freeze_published(promise) for promise in promises)


def freeze_late_part(late: LatePart, reports: Collection[int]) -> FrozenReport:
    whole = _record(late.period, reports)
    content = {
        "promise": str(late.period.promise),
        "period": {"label": late.period.label, "reports": whole.get("reports", [])},
        "late_part": {"organisation": late.organisation.key, "arrived_on": _iso(late.arrived_on)},
    }
    return _freeze(ToFreeze(late.period, Part.LATE_PART, frozenset(reports), late), content)


def freeze_erratum(erratum: Erratum) -> FrozenReport:
    content = {
        "promise": str(erratum.period.promise),
        "period": {"label": erratum.period.label},
        "erratum": {"kind": erratum.kind, "on": _iso(erratum.on), "text": erratum.text},
    }
    return _freeze(ToFreeze(erratum.period, Part.ERRATUM, erratum=erratum), content)


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def _freeze(what: ToFreeze, content: Record) -> FrozenReport:
    last = what.period.frozen.aggregate(last=models.Max("number"))["last"] or 0
    kept = _keep(what, last + 1, Format.JSON, "sv", canonical_text(content).encode("utf-8"))
    for (format, language), renderer in _renderers.items():
        drawn = renderer(what)
        if drawn is not None:
            _keep(what, last + 1, format, language, drawn)
    return kept


def _keep(what: ToFreeze, number: int, format: str, language: str, content: bytes) -> FrozenReport:
    return FrozenReport.objects.create(
        period=what.period, part=what.part, number=number, format=format, language=language, content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def _record(period: Period, reports: Collection[int] | None = None) -> Record:
    def shown(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Work that is shown only when done (some of the police's) stays out until it is; so does what is held."""
        if rows.model is not ActivityReport:
            return rows
        rows = rows.filter(SHOWN_WORK, is_held=False)
        return rows if reports is None else rows.filter(pk__in=reports)

    return Writer(only=shown, internal=False, shared=(Organisation, Area)).record(PERIOD, period)
