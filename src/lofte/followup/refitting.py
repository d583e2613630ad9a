"""The periods of a promise that was extended or stopped: open ones follow its days, reported ones never move."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from lofte.core.events import record
from lofte.core.states import PromiseState
from lofte.followup.calendar import Span, spans
from lofte.followup.models import Period
from lofte.promises.actions import chain_of
from lofte.promises.models import CitizenPromise

RUNNING = (
    PromiseState.PUBLISHED,
    PromiseState.ACTIVE,
    PromiseState.EXTENDED,
    PromiseState.REVISED,
    PromiseState.STOPPED,
)


@dataclass
class Fitting:
    """What has to be done for the periods to fit the promise's days."""

    add: list[Span] = field(default_factory=list)
    change: list[tuple[Period, Span]] = field(default_factory=list)
    drop: list[Period] = field(default_factory=list)
    last: str = ""

    @property
    def is_needed(self) -> bool:
        return bool(self.add or self.change or self.drop)


def last_day(promise: CitizenPromise) -> dt.date:
    """The last day to report of: the promise's own, or the day it was stopped."""
    if promise.state != PromiseState.STOPPED:
        return promise.ends
    stop = promise.state_changes.filter(after=PromiseState.STOPPED).last()
    return min(promise.ends, timezone.localtime(stop.at).date()) if stop else promise.ends


def fitting(promise: CitizenPromise, periods: list[Period], reported: set[int]) -> Fitting:
    """Compare what is stored with what the rhythm asks for. `reported` are the periods that have a report.

    A period that was read from a file, or that people have done something with, is kept as it is.
    """
    wanted = spans(promise.rhythm, promise.starts, last_day(promise), promise.report_days)
    if not wanted or not periods:
        return Fitting()
    by_label = {span.label: span for span in wanted}
    free = [each for each in periods if each.stage == Period.Stage.OPEN and not each.sources]
    found = Fitting(last=wanted[-1].label)
    for period in free:
        span = by_label.get(period.label)
        if span is None and period.pk not in reported:
            found.drop.append(period)
        elif span is not None and not _fits(period, span, is_final=span.label == found.last):
            found.change.append((period, span))
    known = {period.label for period in periods}
    # An extension adds at the end; a hole in what is already there is somebody's decision.
    last = max((each.ends for each in periods if each not in found.drop), default=promise.starts)
    found.add = [span for span in wanted if span.label not in known and span.starts > last]
    return found


def _fits(period: Period, span: Span, *, is_final: bool) -> bool:
    mine = (period.starts, period.ends, period.due, period.is_final)
    return mine == (span.starts, span.ends, span.due, is_final)


@transaction.atomic
def refit_periods(promise: CitizenPromise) -> Fitting:
    """Make the open periods follow the promise's days after an extension or an early stop."""
    if promise.state not in RUNNING:
        return Fitting()
    periods = list(promise.periods.select_for_update())
    reported = set(promise.periods.filter(reports__isnull=False).values_list("pk", flat=True))
    found = fitting(promise, periods, reported)
    for period in found.drop:
        period.delete()
    for period, span in found.change:
        period.starts, period.ends, period.due = span.starts, span.ends, span.due
        period.is_final = span.label == found.last
        period.save(update_fields=["starts", "ends", "due", "is_final"])
    for span in found.add:
        Period.objects.create(
            promise=promise, label=span.label, starts=span.starts, ends=span.ends, due=span.due,
            is_final=span.label == found.last,
        )  # fmt: skip
    if found.is_needed:
        record("periods.refitted", chain=chain_of(promise), target=promise)
    return found


def as_they_should_be(promise: CitizenPromise) -> list[Period]:
    """The same without writing: for a list of what is due."""
    periods = list(promise.periods.all())
    if not periods:
        wanted = spans(promise.rhythm, promise.starts, promise.ends, promise.report_days)
        return [_unsaved(promise, span, is_final=span is wanted[-1]) for span in wanted]
    if promise.state not in RUNNING:
        return periods
    found = fitting(promise, periods, {each.pk for each in periods if each.reports.all()})
    for period, span in found.change:
        period.starts, period.ends, period.due = span.starts, span.ends, span.due
    kept = [period for period in periods if period not in found.drop]
    return kept + [_unsaved(promise, span, is_final=span.label == found.last) for span in found.add]


def _unsaved(promise: CitizenPromise, span: Span, *, is_final: bool) -> Period:
    return Period(
        promise=promise, label=span.label, starts=span.starts, ends=span.ends, due=span.due, is_final=is_final
    )
