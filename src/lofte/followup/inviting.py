"""Writes of occasions that are open to everyone: tell of one, change it, cancel it, let out what waits."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from lofte.core.events import record
from lofte.followup import links
from lofte.followup.models import Occasion, ReportLink
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.promises.actions import chain_of
from lofte.promises.models import Activity, CitizenPromise

FIELDS = ("title", "on", "starts", "ends", "place", "area", "how")


class NotOpenWork(ValueError):
    """The activity is shown only when it is done: nobody can be invited to it."""


@transaction.atomic
def invite(*, activity: Activity, by: User, values: Mapping[str, Any]) -> Occasion:
    """Tell everyone of an occasion, at once."""
    require(by, Permission.REPORT_ACTIVITY, activity)
    return _create(activity, by.key, values, is_waiting=False)


@transaction.atomic
def invite_by_link(*, link: ReportLink, activity: Activity, values: Mapping[str, Any], today: dt.date) -> Occasion:
    """The holder of a link writes it; it waits until those who run the follow-up have read it."""
    links.check(link, activity, today)
    return _create(activity, links.holder_key(link), values, is_waiting=True)


def _create(activity: Activity, by: Any, values: Mapping[str, Any], *, is_waiting: bool) -> Occasion:
    if activity.shown_when_done or activity.pledge is None:
        raise NotOpenWork(f"{activity.key} is not open to everyone")
    promise = CitizenPromise.objects.select_for_update().get(pk=activity.pledge.promise_id)
    taken = set(promise.occasions.values_list("key", flat=True))
    key = next(key for number in itertools.count(len(taken) + 1) if (key := f"tillfalle-{number}") not in taken)
    made = Occasion.objects.create(
        promise=promise, activity=activity, key=key, by=by, is_waiting=is_waiting,
        **{name: values[name] for name in FIELDS},
    )  # fmt: skip
    _tell("occasion.added", made, by)
    return made


@transaction.atomic
def change_occasion(*, occasion: Occasion, by: User, values: Mapping[str, Any]) -> None:
    """Another day, place or word. Calendars that have it take up the change."""
    require(by, Permission.REPORT_ACTIVITY, occasion.activity)
    locked = _locked(occasion)
    for name in FIELDS:
        setattr(locked, name, values[name])
    _keep(locked, "occasion.changed", by.key)


@transaction.atomic
def let_out(*, occasion: Occasion, by: User) -> None:
    require(by, Permission.TELL, occasion.promise)
    locked = _locked(occasion)
    if locked.is_waiting:
        locked.is_waiting = False
        _keep(locked, "occasion.let_out", by.key, is_change=False)


@transaction.atomic
def cancel_occasion(*, occasion: Occasion, by: User, because: str) -> None:
    """It stays where it was told of, as cancelled: nobody should go there in vain."""
    require(by, Permission.REPORT_ACTIVITY, occasion.activity)
    _cancel(occasion, by.key, because)


@transaction.atomic
def cancel_by_link(*, link: ReportLink, occasion: Occasion, today: dt.date) -> None:
    """At once and without words of their own: this cannot wait, and says nothing that has to be read first."""
    links.check(link, occasion.activity, today)
    _cancel(occasion, links.holder_key(link), "")


def _cancel(occasion: Occasion, by: Any, because: str) -> None:
    locked = _locked(occasion)
    if not locked.is_cancelled:
        locked.is_cancelled, locked.cancelled_because = True, because
        _keep(locked, "occasion.cancelled", by)


def _locked(occasion: Occasion) -> Occasion:
    return Occasion.objects.select_for_update().select_related("promise").get(pk=occasion.pk)


def _keep(occasion: Occasion, verb: str, by: Any, *, is_change: bool = True) -> None:
    occasion.sequence += is_change
    occasion.told_at = timezone.now()
    occasion.save()
    _tell(verb, occasion, by)


def _tell(verb: str, occasion: Occasion, by: Any) -> None:
    """Public as far as it is out: what waits is not told of in the log that everyone may read either."""
    record(
        verb, chain=chain_of(occasion.promise), target=occasion.promise, actor=by, is_public=not occasion.is_waiting,
        content=occasion.title,
    )  # fmt: skip
