"""Writes of follow-up: report, review, lock, publish. Each is whole and records its event."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from lofte.core.events import record
from lofte.core.faults import crash_point
from lofte.core.records import Writer
from lofte.core.states import ActivityStatus
from lofte.followup.calendar import spans
from lofte.followup.models import ActivityReport, Figure, FrozenReport, Period, Update
from lofte.followup.records import PERIOD
from lofte.parties.models import Membership, Organisation, User
from lofte.parties.rules import Permission, require
from lofte.places.models import Area
from lofte.promises.actions import chain_of
from lofte.promises.models import Activity, CitizenPromise, Pledge, Target
from lofte.promises.versions import canonical_text, digest


class PeriodClosed(ValueError):
    """The report is locked or published: what was published never changes."""


class NothingToReview(ValueError):
    """A period without a single report can't be sent for review."""


class NotOfThisPromise(ValueError):
    """The activity belongs to another promise than the period."""


@dataclass(frozen=True)
class FigureGiven:
    """One number as the owner wrote it."""

    target: Target
    number: Decimal | None = None
    happened: bool | None = None
    area: Area | None = None
    option: str = ""
    note: str = ""


def open_periods(promise: CitizenPromise) -> list[Period]:
    """The periods of a promise by its rhythm; those that are there already are left alone."""
    wanted = spans(promise.rhythm, promise.starts, promise.ends, promise.report_days)
    known = set(promise.periods.values_list("label", flat=True))
    return [
        Period.objects.create(
            promise=promise,
            label=span.label,
            starts=span.starts,
            ends=span.ends,
            due=span.due,
            is_final=span is wanted[-1],
        )
        for span in wanted
        if span.label not in known
    ]


@transaction.atomic
def save_report(
    *, period: Period, activity: Activity, by: User, values: Mapping[str, Any], figures: Iterable[FigureGiven]
) -> ActivityReport:
    """Keep an owner's report of one activity. Saving again replaces it for as long as the period is open."""
    require(by, Permission.REPORT, period.promise)
    require(by, Permission.REPORT_ACTIVITY, activity)
    if activity.pledge is None or activity.pledge.promise_id != period.promise_id:
        raise NotOfThisPromise(f"{activity.key} is not of {period}")
    _lock_open(period)
    report, _created = ActivityReport.objects.update_or_create(
        period=period,
        activity=activity,
        defaults={"covers_from": period.starts, "covers_to": period.ends, **values, "entered_by": by.key},
    )
    report.figures.all().delete()
    for order, given in enumerate(figures):
        Figure.objects.create(
            report=report,
            order=order,
            target=given.target,
            number=given.number,
            happened=given.happened,
            area=given.area,
            option=given.option,
            note=given.note,
        )
    # The log names the period: an activity's text is people's words, and longer than an identifier.
    content = f"{activity.key} {report.status}"
    record("report.saved", chain=chain_of(period.promise), target=period, actor=by.key, content=content)
    return report


@transaction.atomic
def explain_delay(*, period: Period, by: User, reason: str, until: dt.date | None) -> None:
    """Say in public why a report is late and when it comes."""
    require(by, Permission.REVIEW, period.promise)
    locked = _lock_open(period)
    locked.late_reason, locked.late_until = reason, until
    locked.save(update_fields=["late_reason", "late_until"])
    record(
        "period.delayed", chain=chain_of(period.promise), target=period, actor=by.key, is_public=True, content=reason
    )


@transaction.atomic
def open_found(*, period: Period, by: User) -> None:
    """A report that was not found when the promise was read in has turned up: now it can be entered."""
    require(by, Permission.REVIEW, period.promise)
    locked = _lock(period, Period.Stage.NONE_FOUND)
    locked.stage = Period.Stage.OPEN
    locked.save(update_fields=["stage"])
    record("period.found", chain=chain_of(period.promise), target=period, actor=by.key)


@transaction.atomic
def send_for_review(*, period: Period, by: User, summary: str = "") -> None:
    require(by, Permission.REVIEW, period.promise)
    locked = _lock_open(period)
    if not locked.reports.exists():
        raise NothingToReview(f"{period} has no report")
    locked.summary, locked.sent_by, locked.stage = summary, by.key, Period.Stage.IN_REVIEW
    locked.save(update_fields=["summary", "sent_by", "stage"])
    record("period.in_review", chain=chain_of(period.promise), target=period, actor=by.key)


@transaction.atomic
def send_back(*, period: Period, by: User) -> None:
    require(by, Permission.REVIEW, period.promise)
    locked = _lock(period, Period.Stage.IN_REVIEW)
    locked.stage = Period.Stage.OPEN
    locked.save(update_fields=["stage"])
    record("period.sent_back", chain=chain_of(period.promise), target=period, actor=by.key)


@transaction.atomic
def lock_and_publish(*, period: Period, by: User, today: dt.date) -> FrozenReport:
    """The reviewer says yes: the report's bytes are kept with their hash, and everyone may read it."""
    require(by, Permission.REVIEW, period.promise)
    locked = _lock(period, Period.Stage.IN_REVIEW)
    locked.stage, locked.published_on, locked.reviewed_by = Period.Stage.PUBLISHED, today, by.key
    locked.is_self_reviewed = not is_other_party(by, locked)
    locked.save(update_fields=["stage", "published_on", "reviewed_by", "is_self_reviewed"])
    frozen = _freeze(locked)
    crash_point("publish-report")
    record(
        "period.published", chain=chain_of(period.promise), target=period, actor=by.key, is_public=True,
        content=frozen.sha256,
    )  # fmt: skip
    return frozen


def is_other_party(reviewer: User, period: Period) -> bool:
    """Whether the reviewer belongs to another organisation than everyone who entered the figures or sent them."""
    entered = {key for key in period.reports.values_list("entered_by", flat=True) if key} | {period.sent_by}
    return not entered & {reviewer.key} and not _organisations([reviewer.key]) & _organisations(entered)


def _organisations(keys: Iterable[Any]) -> set[int]:
    return set(Membership.objects.filter(user__key__in=list(keys)).values_list("organisation", flat=True))


def _freeze(period: Period) -> FrozenReport:
    writer = Writer(only=_shown, internal=False, shared=(Organisation, Area))
    content = {"promise": str(period.promise), "period": writer.record(PERIOD, period)}
    text = canonical_text(content)
    return FrozenReport.objects.create(
        period=period, format=FrozenReport.Format.JSON, content=text.encode("utf-8"), sha256=digest(text)
    )


def _shown(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Work that is shown only when done (some of the police's) stays out until it is."""
    if rows.model is not ActivityReport:
        return rows
    return rows.filter(
        models.Q(activity__shown_when_done=False)
        | models.Q(status__in=(ActivityStatus.DONE, ActivityStatus.PARTLY_DONE))
    )


def _lock_open(period: Period) -> Period:
    return _lock(period, Period.Stage.OPEN)


def _lock(period: Period, stage: str) -> Period:
    locked: Period = Period.objects.select_for_update().get(pk=period.pk)
    if locked.stage != stage:
        raise PeriodClosed(f"{period} is {locked.stage}, not {stage}")
    return locked


@transaction.atomic
def add_update(*, promise: CitizenPromise, by: User, on: dt.date, text: str, pledge: Pledge | None = None) -> Update:
    """Nytt sedan sist."""
    require(by, Permission.TELL, promise)
    locked = CitizenPromise.objects.select_for_update().get(pk=promise.pk)
    taken = set(locked.updates.values_list("key", flat=True))
    key = next(key for number in itertools.count(len(taken) + 1) if (key := f"nytt-{number}") not in taken)
    update = Update.objects.create(promise=promise, key=key, on=on, text=text, pledge=pledge)
    record("update.added", chain=chain_of(promise), target=promise, actor=by.key, is_public=True, content=text)
    return update
