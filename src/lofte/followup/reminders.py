"""Reminders: four steps around each report, each to each person once, or a written reason why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lofte.core.faults import crash_point
from lofte.design.words import date_words, period_words
from lofte.followup.in_force import as_in_force
from lofte.followup.links import link_covers, live_links, renewed
from lofte.followup.models import ActivityReport, Period, Reminder, ReportLink
from lofte.followup.refitting import RUNNING
from lofte.followup.rules import answering_for
from lofte.followup.wording import link_url, period_url
from lofte.followup.working_days import reminder_day
from lofte.notices.actions import send_once
from lofte.parties.models import Membership, Role
from lofte.promises.models import Activity

Step, Skipped = Reminder.Step, Reminder.Skipped
LOOK_BACK = dt.timedelta(days=10)
# No step lies longer after its due date than this, also when July has moved it.
FARTHEST = dt.timedelta(days=90)
AT = dt.time(8)
OWNERS, LEADERS = (Role.REPORTER, Role.CONTRIBUTOR), (Role.COORDINATOR, Role.POLICE_EDITOR)


@dataclass(frozen=True)
class Person:
    """Somebody to remind: a user or the holder of a link, and the activities that they have left."""

    key: UUID
    activities: tuple[Activity, ...]
    link: ReportLink | None = None
    is_leader: bool = False


def planned_days(period: Period) -> dict[str, dt.date]:
    """The day of each step. After the due date they follow the new date, if one has been given."""
    if period.due is None:
        return {}
    late = max(period.due, period.late_until or period.due)
    return {
        Step.BEFORE: reminder_day(period.ends - dt.timedelta(days=14)),
        Step.DUE: reminder_day(period.due),
        Step.AFTER_7: reminder_day(late + dt.timedelta(days=7)),
        Step.AFTER_21: reminder_day(late + dt.timedelta(days=21)),
    }


def make_reminders(today: dt.date) -> list[Reminder]:
    """Take every step whose day has come. Run it as often as you like: a step that is taken is never taken again."""
    near = Period.objects.filter(ends__lte=today + dt.timedelta(days=14), promise__state__in=RUNNING)
    near = near.filter(Q(due__gte=today - FARTHEST) | Q(late_until__gte=today - FARTHEST))
    found: list[Reminder] = []
    for period in near.select_related("promise__municipality").prefetch_related("reminders"):
        taken = {reminder.step for reminder in period.reminders.all()}
        due = {step: day for step, day in planned_days(period).items() if day <= today and step not in taken}
        if due:
            found += _take(period, due, today)
    return found


@transaction.atomic
def _take(period: Period, due: dict[str, dt.date], today: dt.date) -> list[Reminder]:
    """The last step that has come is made; the others of the same run get their reason."""
    Period.objects.select_for_update().get(pk=period.pk)
    found = []
    fresh = [step for step, day in due.items() if day >= today - LOOK_BACK]
    for step, day in due.items():
        if step not in fresh:
            found.append(_skip(period, step, day, today, Skipped.TOO_OLD))
        elif step != fresh[-1]:
            found.append(_skip(period, step, day, today, Skipped.REPLACED))
        elif period.stage != Period.Stage.OPEN:
            found.append(_skip(period, step, day, today, Skipped.DONE))
        else:
            found += _remind(period, step, day, today)
    return found


def _skip(period: Period, step: str, day: dt.date, today: dt.date, why: str, to: UUID | None = None) -> Reminder:
    return Reminder.objects.create(
        period=period, step=step, planned_on=day, made_on=today, skipped=why, recipient=to
    )  # fmt: skip


def _remind(period: Period, step: str, day: dt.date, today: dt.date) -> list[Reminder]:
    people = _people(period, step, today)
    if not people:
        return [_skip(period, step, day, today, Skipped.NOBODY)]
    found = []
    for person in people:
        if not person.activities and not person.is_leader:
            found.append(_skip(period, step, day, today, Skipped.DONE, person.key))
            continue
        found.append(
            Reminder.objects.create(period=period, step=step, planned_on=day, made_on=today, recipient=person.key)
        )
        crash_point("reminder-between")
        _tell(period, step, person, today)
    return found


def _tell(period: Period, step: str, person: Person, today: dt.date) -> None:
    """Written to go at eight in the morning by the clock on the wall, summer and winter."""
    with override("sv"):
        subject, body = _words(period, step, person, today)
    send_once(
        f"reminder:{period.promise}:{period.label}:{step}:{person.key}",
        kind="report_link" if person.link else "reminder",
        subject=subject,
        body=body,
        recipient=None if person.link else person.key,
        email=person.link.email if person.link else "",
        not_before=timezone.make_aware(dt.datetime.combine(today, AT)),
    )


def _words(period: Period, step: str, person: Person, today: dt.date) -> tuple[str, str]:
    name = period_words(period.starts, period.ends)
    url = link_url(renewed(person.link, today)) if person.link else period_url(period)
    subject = {
        Step.BEFORE: _("Snart dags att rapportera: {name}"),
        Step.DUE: _("Dags att rapportera: {name}"),
    }.get(Step(step), _("Rapporten har inte kommit: {name}"))
    lines = [_("Hej!"), "", _asked(period, name), ""]
    if person.activities:
        lines += [_("Det här saknar rapport:"), *(f"- {each.text}" for each in person.activities), ""]
    else:
        lines += [_("Alla aktiviteter har en rapport. Skicka den för granskning."), ""]
    lines += [_("Rapportera här:"), f"{settings.BASE_URL}{url}", ""]
    lines.append(_("Det tar ungefär en minut för varje aktivitet. Är något oklart, fråga samordnaren."))
    return subject.format(name=name), "\n".join(lines)


def _asked(period: Period, name: str) -> str:
    assert period.due is not None
    return _("{promise}: rapporten för {name} ska komma {day}.").format(
        promise=period.promise.title, name=name, day=date_words(period.late_until or period.due)
    )


def _people(period: Period, step: str, today: dt.date) -> list[Person]:
    """Owners first; those who lead are told from the due date on, and before it when nobody owns anything."""
    left, all_of_them = _activities(period)
    organisations = {pk for activity in all_of_them for pk in answering_for(activity)}
    owners = list(_owners(organisations, left)) + list(_holders(period, left, today))
    if step == Step.BEFORE and any(person.activities for person in owners):
        return owners
    known = {person.key for person in owners}
    members = Membership.objects.filter(
        organisation__municipality=period.promise.municipality_id, role__in=LEADERS, user__is_active=True
    )
    keys = dict.fromkeys(members.order_by("pk").values_list("user__key", flat=True))
    return owners + [Person(key, tuple(left), is_leader=True) for key in keys if key not in known]


def _activities(period: Period) -> tuple[list[Activity], list[Activity]]:
    """Those without a report yet, and all that the period asks for."""
    begun = Q(starts=None) | Q(starts__lte=period.ends)
    running = Q(ends=None) | Q(ends__gte=period.starts)
    rows = Activity.objects.filter(begun & running, pledge__promise=period.promise_id).select_related("pledge__promise")
    fetched = rows.prefetch_related("party_links", "pledge__party_links", "pledge__promise__party_links")
    every = as_in_force(period.promise, fetched.order_by("pledge__order", "order", "pk"))
    reported = set(ActivityReport.objects.filter(period=period).values_list("activity", flat=True))
    return [each for each in every if each.pk not in reported], every


def _owners(organisations: Iterable[int], left: list[Activity]) -> Iterable[Person]:
    members = Membership.objects.filter(organisation__in=organisations, role__in=OWNERS, user__is_active=True).order_by(
        "pk"
    )
    of_person: dict[UUID, set[int]] = {}
    for key, organisation in members.values_list("user__key", "organisation"):
        of_person.setdefault(key, set()).add(organisation)
    for key, own in of_person.items():
        yield Person(key, tuple(each for each in left if own & answering_for(each)))


def _holders(period: Period, left: list[Activity], today: dt.date) -> Iterable[Person]:
    for link in live_links(period.promise, today):
        if link.email and not link.renews_id:
            yield Person(link.key, tuple(each for each in left if link_covers(link, each)), link)
