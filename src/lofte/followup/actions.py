"""Writes of follow-up: report, review, lock, publish. Each is whole and records its event."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from lofte.core.events import record
from lofte.core.faults import crash_point
from lofte.followup import freezing
from lofte.followup.calendar import spans
from lofte.followup.models import (
    ActivityReport,
    Erratum,
    Figure,
    FrozenReport,
    LatePart,
    Period,
    Publication,
    ReportLink,
    Update,
    UpdatePhoto,
)
from lofte.followup.rules import answering_for
from lofte.parties.models import Membership, Organisation, User
from lofte.parties.rules import Permission, require, standings
from lofte.places.models import Area
from lofte.promises.actions import chain_of
from lofte.promises.models import Activity, CitizenPromise, Pledge, Target
from lofte.voices.photos import Photo


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
    _check_promise(period, activity)
    answering = answering_for(activity)
    is_own = not answering or bool({each.organisation_id for each in standings(by)} & answering)
    # Somebody else's figures (the coordinator's, for the police) say for whom they were entered.
    reported_for = None if is_own or len(answering) != 1 else next(iter(answering))
    return keep_report(
        period=period, activity=activity, by=by.key, values={**values, "reported_for_id": reported_for}, figures=figures
    )


@transaction.atomic
def keep_report(
    *, period: Period, activity: Activity, by: UUID, values: Mapping[str, Any], figures: Iterable[FigureGiven]
) -> ActivityReport:
    """Write a report down for somebody whose right to do it has been checked: a user, or the holder of a link."""
    _check_promise(period, activity)
    is_late = _lock_writable(period, activity)
    given = {"covers_from": period.starts, "covers_to": period.ends, **values, "entered_by": by, "is_held": is_late}
    report, _created = ActivityReport.objects.update_or_create(
        period=period,
        activity=activity,
        # Whoever confirmed the figures confirmed those that stood there then.
        defaults={**given, "confirmed_by": None},
    )
    report.figures.all().delete()
    for order, figure in enumerate(figures):
        Figure.objects.create(
            report=report,
            order=order,
            target=figure.target,
            number=figure.number,
            happened=figure.happened,
            area=figure.area,
            option=figure.option,
            note=figure.note,
        )
    # The log names the period: an activity's text is people's words, and longer than an identifier.
    content = f"{activity.key} {report.status}"
    record("report.saved", chain=chain_of(period.promise), target=period, actor=by, content=content)
    return report


def _check_promise(period: Period, activity: Activity) -> None:
    if activity.pledge is None or activity.pledge.promise_id != period.promise_id:
        raise NotOfThisPromise(f"{activity.key} is not of {period}")


def _lock_writable(period: Period, activity: Activity) -> bool:
    """An open period takes reports; a published one only what it says is late. True for the latter."""
    locked: Period = Period.objects.select_for_update().get(pk=period.pk)
    if locked.stage == Period.Stage.OPEN:
        return False
    if not is_awaited(locked, activity):
        raise PeriodClosed(f"{period} is {locked.stage}, not open")
    return True


def is_awaited(period: Period, activity: Activity) -> bool:
    """Whether a published period still waits for this activity: its owner's part is late and has not come."""
    if period.stage != Period.Stage.PUBLISHED or period.reports.filter(activity=activity, is_held=False).exists():
        return False
    return period.late_parts.filter(organisation__in=answering_for(activity), arrived_on=None).exists()


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


@dataclass(frozen=True)
class LateGiven:
    """What is said of a part that has not come: why, and when it will."""

    organisation: Organisation
    reason: str = ""
    until: dt.date | None = None


@transaction.atomic
def lock_and_publish(*, period: Period, by: User, today: dt.date, late: Iterable[LateGiven] = ()) -> FrozenReport:
    """The reviewer says yes: the report's bytes are kept with their hash, and everyone may read it.

    What is ready goes out; a part that is late stands as late, with its reason and its new date.
    """
    require(by, Permission.REVIEW, period.promise)
    locked = _lock(period, Period.Stage.IN_REVIEW)
    locked.stage, locked.published_on, locked.reviewed_by = Period.Stage.PUBLISHED, today, by.key
    locked.is_self_reviewed = not (is_other_party(by, locked) or is_confirmed_by_others(locked))
    locked.save(update_fields=["stage", "published_on", "reviewed_by", "is_self_reviewed"])
    for each in late:
        LatePart.objects.create(period=locked, organisation=each.organisation, reason=each.reason, until=each.until)
    frozen = freezing.freeze_report(locked)
    crash_point("publish-report")
    record(
        "period.published", chain=chain_of(period.promise), target=period, actor=by.key, is_public=True,
        content=frozen.sha256,
    )  # fmt: skip
    return frozen


@transaction.atomic
def publish_late_part(*, part: LatePart, by: User, today: dt.date) -> FrozenReport:
    """A late part has come: it is frozen beside the report, whose own bytes stay as they are."""
    require(by, Permission.REVIEW, part.period)
    locked = LatePart.objects.select_for_update().get(pk=part.pk)
    reports = [each for each in held_reports(locked.period) if locked.organisation_id in answering_for(each.activity)]
    if locked.arrived_on is not None or not reports:
        raise NothingToReview(f"{part} has not come")
    locked.arrived_on = today
    locked.save(update_fields=["arrived_on"])
    ActivityReport.objects.filter(pk__in=[report.pk for report in reports]).update(is_held=False)
    frozen = freezing.freeze_late_part(locked, [report.pk for report in reports])
    crash_point("publish-late-part")
    record(
        "period.late_part", chain=chain_of(locked.period.promise), target=locked.period, actor=by.key, is_public=True,
        content=frozen.sha256,
    )  # fmt: skip
    return frozen


def held_reports(period: Period) -> list[ActivityReport]:
    """Reports of late parts that nobody outside sees yet."""
    rows = period.reports.filter(is_held=True).select_related("activity__pledge__promise")
    return list(
        rows.prefetch_related(
            "activity__party_links", "activity__pledge__party_links", "activity__pledge__promise__party_links"
        )
    )  # fmt: skip


@transaction.atomic
def add_erratum(*, period: Period, by: User, today: dt.date, text: str, kind: str = Erratum.Kind.CORRECTION) -> Erratum:
    """Say beside a published report what was wrong in it, or what has come to be known since."""
    require(by, Permission.REVIEW, period.promise)
    _lock(period, Period.Stage.PUBLISHED)
    erratum = Erratum.objects.create(period=period, kind=kind, on=today, text=text, by=by.key)
    freezing.freeze_erratum(erratum)
    crash_point("add-erratum")
    record(
        "period.corrected", chain=chain_of(period.promise), target=period, actor=by.key, is_public=True, content=text
    )
    return erratum


def is_other_party(reviewer: User, period: Period) -> bool:
    """Whether the reviewer belongs to another organisation than everyone who entered the figures or sent them."""
    entered = {key for key in period.reports.values_list("entered_by", flat=True) if key} | {period.sent_by}
    return not entered & {reviewer.key} and not _organisations([reviewer.key]) & _organisations(entered)


def is_confirmed_by_others(period: Period) -> bool:
    """Whether every report has been confirmed by another organisation than the one that entered it."""
    pairs = list(period.reports.values_list("entered_by", "confirmed_by"))
    return bool(pairs) and all(
        confirmed and not _organisations([confirmed]) & _organisations([entered]) for entered, confirmed in pairs
    )


def _organisations(keys: Iterable[Any]) -> set[int]:
    """Whom these people stand for: users by their memberships, holders of links by what the link is for."""
    given = list(keys)
    found = set(Membership.objects.filter(user__key__in=given).values_list("organisation", flat=True))
    for link in ReportLink.objects.filter(key__in=given).select_related("activity__pledge__promise"):
        found |= {link.organisation_id} if link.organisation_id else set(answering_for(link.activity))  # type: ignore[arg-type]
    return found


def _lock_open(period: Period) -> Period:
    return _lock(period, Period.Stage.OPEN)


def _lock(period: Period, stage: str) -> Period:
    locked: Period = Period.objects.select_for_update().get(pk=period.pk)
    if locked.stage != stage:
        raise PeriodClosed(f"{period} is {locked.stage}, not {stage}")
    return locked


@transaction.atomic
def add_update(
    *,
    promise: CitizenPromise,
    by: User,
    on: dt.date,
    text: str,
    pledge: Pledge | None = None,
    photo: Photo | None = None,
    photo_text: str = "",
) -> Update:
    """Nytt sedan sist, with a photo when there is one and words for what it shows."""
    require(by, Permission.TELL, promise)
    locked = CitizenPromise.objects.select_for_update().get(pk=promise.pk)
    taken = set(locked.updates.values_list("key", flat=True))
    key = next(key for number in itertools.count(len(taken) + 1) if (key := f"nytt-{number}") not in taken)
    update = Update.objects.create(promise=promise, key=key, on=on, text=text, pledge=pledge)
    if photo is not None:
        UpdatePhoto.objects.create(
            update=update, content=photo.content, width=photo.width, height=photo.height, text=photo_text
        )
    record("update.added", chain=chain_of(promise), target=promise, actor=by.key, is_public=True, content=text)
    return update


@transaction.atomic
def note_publication(*, about: Update | Period, by: User, channel: str, on: dt.date, url: str = "") -> Publication:
    """Keep where an update or a report was told of besides here."""
    promise = about.promise
    require(by, Permission.TELL, promise)
    end = {"update": about} if isinstance(about, Update) else {"period": about}
    row = Publication.objects.create(promise=promise, channel=channel, on=on, url=url, by=by.key, **end)
    verb = "update.put_out" if isinstance(about, Update) else "period.put_out"
    record(
        verb,
        chain=chain_of(promise),
        target=about if isinstance(about, Period) else promise,
        actor=by.key,
        content=channel,
    )
    return row
