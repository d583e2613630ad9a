"""Personal links: report without an account, for one activity or one organisation, until a day or until taken back."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lofte.core.events import record
from lofte.followup import actions
from lofte.followup.actions import FigureGiven
from lofte.followup.in_force import as_in_force
from lofte.followup.models import ActivityReport, Period, ReportLink
from lofte.followup.rules import answering_for
from lofte.parties.models import Organisation, User
from lofte.parties.rules import Permission, require
from lofte.promises.actions import chain_of
from lofte.promises.models import Activity, CitizenPromise

TOKEN_BYTES = 24
# A link lives this long after the last report is due.
LIVES_AFTER = dt.timedelta(days=60)


class LinkGone(ValueError):
    """The link has expired, was taken back, or never was."""


class NotOfThisLink(ValueError):
    """The link is not for this activity."""


def hash_of(token: str) -> str:
    """A token is 192 random bits: a plain hash is enough, there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_link(
    *,
    promise: CitizenPromise,
    by: User,
    holder: str,
    expires_on: dt.date,
    activity: Activity | None = None,
    organisation: Organisation | None = None,
    email: str = "",
) -> tuple[ReportLink, str]:
    """A new link and its token, which is told now and never again."""
    require(by, Permission.REVIEW, promise)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = ReportLink.objects.create(
        promise=promise, activity=activity, organisation=organisation, token_hash=hash_of(token), holder=holder,
        email=email, expires_on=expires_on, created_by=by.key,
    )  # fmt: skip
    record("link.created", chain=chain_of(promise), target=promise, actor=by.key, content=str(link.key))
    return link, token


@transaction.atomic
def revoke_link(*, link: ReportLink, by: User) -> None:
    require(by, Permission.REVIEW, link.promise)
    if ReportLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record("link.revoked", chain=chain_of(link.promise), target=link.promise, actor=by.key, content=str(link.key))


def renewed(link: ReportLink, today: dt.date) -> str:
    """Another token for the same link, to send in a reminder: the first one is known only to its holder."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    ReportLink.objects.create(
        promise=link.promise, activity=link.activity, organisation=link.organisation, token_hash=hash_of(token),
        holder=link.holder, expires_on=link.expires_on, created_by=link.created_by, renews=link,
    )  # fmt: skip
    return token


def live_links(promise: CitizenPromise, today: dt.date) -> list[ReportLink]:
    rows = ReportLink.objects.filter(promise=promise, revoked_at=None, expires_on__gte=today)
    return [link for link in rows.select_related("renews", "promise", "organisation") if link.is_live(today)]


def opened(token: str, today: dt.date) -> ReportLink:
    """The link that a token opens, as its holder's first one: whoever renews it is the same person."""
    related = ("promise__municipality", "promise__cycle", "organisation", "activity", "renews__organisation")
    found = ReportLink.objects.filter(token_hash=hash_of(token)).select_related(*related).first()
    if found is None or not found.is_live(today) or not found.promise.is_public:
        raise LinkGone
    first = found.renews or found
    if first.used_on != today:
        ReportLink.objects.filter(pk=first.pk).update(used_on=today)
    return found


def holder_key(link: ReportLink) -> Any:
    return (link.renews or link).key


def link_covers(link: ReportLink, activity: Activity) -> bool:
    if link.activity_id is not None:
        return link.activity_id == activity.pk
    return link.organisation_id in answering_for(activity)


@dataclass(frozen=True)
class Asked:
    """Something that the holder of a link is asked: an activity in a period, with its report if there is one."""

    period: Period
    activity: Activity
    report: ActivityReport | None
    holder: Any

    @property
    def is_to_confirm(self) -> bool:
        """Somebody else has written it for them."""
        return self.report is not None and self.report.entered_by != self.holder and self.report.confirmed_by is None

    @property
    def is_open(self) -> bool:
        return self.period.stage in (Period.Stage.OPEN, Period.Stage.PUBLISHED)


def asked(link: ReportLink, today: dt.date) -> list[Asked]:
    """What can be reported or confirmed now, the oldest period first."""
    waiting = Q(stage__in=(Period.Stage.OPEN, Period.Stage.IN_REVIEW)) | Q(
        stage=Period.Stage.PUBLISHED, late_parts__arrived_on=None, late_parts__isnull=False
    )
    periods = link.promise.periods.filter(waiting, starts__lte=today).distinct().order_by("starts", "pk")
    every = covered(link)
    found = []
    for period in periods.select_related("promise__municipality", "promise__cycle"):
        reports = {report.activity_id: report for report in _reports(period, every)}
        for activity in every:
            if _touches(activity, period):
                found.append(Asked(period, activity, reports.get(activity.pk), holder_key(link)))
    return [each for each in found if _is_asked(each)]


def _is_asked(each: Asked) -> bool:
    if each.period.stage == Period.Stage.IN_REVIEW:
        return each.report is not None
    return each.period.stage == Period.Stage.OPEN or actions.is_awaited(each.period, each.activity)


def covered(link: ReportLink) -> list[Activity]:
    """The activities that the link is for, in the words of the text in force."""
    return [each for each in _activities(link) if link_covers(link, each)]


def _activities(link: ReportLink) -> Iterable[Activity]:
    rows = Activity.objects.filter(pledge__promise=link.promise).select_related("cycle", "pledge__promise")
    found = rows.prefetch_related(
        "party_links__organisation",
        "pledge__party_links__organisation",
        "pledge__promise__party_links__organisation",
        "targets__places__area",
        "targets__share_of",
    )
    return as_in_force(link.promise, found.order_by("pledge__order", "order", "pk"))


def _reports(period: Period, activities: list[Activity]) -> Iterable[ActivityReport]:
    rows = ActivityReport.objects.filter(period=period, activity__in=activities)
    return rows.select_related("period", "activity").prefetch_related("figures__target", "figures__area")


def _touches(activity: Activity, period: Period) -> bool:
    begun = activity.starts is None or activity.starts <= period.ends
    return begun and (activity.ends is None or activity.ends >= period.starts)


@transaction.atomic
def save_by_link(
    *,
    link: ReportLink,
    period: Period,
    activity: Activity,
    values: Mapping[str, Any],
    figures: Iterable[FigureGiven],
    today: dt.date,
) -> ActivityReport:
    """The holder's own report. The link is their right to write it, as long as it lives."""
    check(link, activity, today)
    given = {**values, "reported_for_id": link.organisation_id}
    return actions.keep_report(period=period, activity=activity, by=holder_key(link), values=given, figures=figures)


@transaction.atomic
def confirm_by_link(*, link: ReportLink, report: ActivityReport, today: dt.date) -> None:
    """The holder says that what somebody else wrote for them is right."""
    check(link, report.activity, today)
    locked = ActivityReport.objects.select_for_update().select_related("period__promise").get(pk=report.pk)
    if locked.period.stage not in (Period.Stage.OPEN, Period.Stage.IN_REVIEW):
        raise actions.PeriodClosed(f"{locked.period} is {locked.period.stage}")
    locked.confirmed_by = holder_key(link)
    locked.save(update_fields=["confirmed_by"])
    period = locked.period
    record("report.confirmed", chain=chain_of(period.promise), target=period, actor=holder_key(link))


def check(link: ReportLink, activity: Activity, today: dt.date) -> None:
    """Stop here unless the link lives and is for this activity."""
    if not link.is_live(today):
        raise LinkGone
    if not link_covers(link, activity):
        raise NotOfThisLink(f"{link} is not for {activity.key}")
