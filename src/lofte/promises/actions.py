"""Writes to promises. Each one is whole, checks its right to happen, and records its event."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from lofte.core.events import record
from lofte.core.faults import crash_point
from lofte.core.states import PromiseState
from lofte.parties.models import Cycle, Organisation
from lofte.promises.models import CitizenPromise, PromiseStateChange
from lofte.promises.states import READ_IN, IllegalMove, check_move
from lofte.promises.versions import freeze


def chain_of(promise: CitizenPromise) -> str:
    """The chain that tells of a promise: that of the kommun's own organisation."""
    owner = promise.municipality.organisations.filter(kind=Organisation.Kind.MUNICIPALITY).order_by("pk").first()
    return owner.chain if owner else promise.municipality.slug


@transaction.atomic
def move(promise: CitizenPromise, after: PromiseState, *, by: UUID | None, reason: str = "") -> None:
    """Take a promise to its next state: a new row in its history, and an event."""
    locked = CitizenPromise.objects.select_for_update().get(pk=promise.pk)
    check_move(locked.state, after)
    set_state(locked, after, by=by, reason=reason)
    promise.state = after


def set_state(promise: CitizenPromise, after: PromiseState, *, by: UUID | None, reason: str = "") -> None:
    PromiseStateChange.objects.create(promise=promise, before=promise.state, after=after, by=by, reason=reason)
    promise.state = after
    promise.save(update_fields=["state"])
    record(f"promise.{after}", chain=chain_of(promise), target=promise, actor=by, is_public=promise.is_public)


@transaction.atomic
def publish_read_promise(promise: CitizenPromise, *, by: UUID | None, today: dt.date) -> None:
    """Publish a promise that was read from an existing document ("bara följa upp"): its signatures stand in it."""
    locked = CitizenPromise.objects.select_for_update().get(pk=promise.pk)
    if locked.state != PromiseState.DRAFT or locked.cycle.mode != Cycle.Mode.FOLLOW:
        raise IllegalMove(locked.state, PromiseState.PUBLISHED)
    after = PromiseState.ACTIVE if today >= locked.starts else PromiseState.PUBLISHED
    assert after in READ_IN
    freeze(locked)
    crash_point("publish-read-promise")
    set_state(locked, after, by=by)
    promise.state = after


def begin_what_is_due(today: dt.date) -> int:
    """Promises whose first day has come are under way from then on; how many. Once more the same day changes nothing.

    One that was changed while it ran keeps saying so; one that was changed before its first day begins as any other.
    """
    waiting = CitizenPromise.objects.filter(starts__lte=today)
    untouched = waiting.filter(state=PromiseState.PUBLISHED)
    changed = waiting.filter(
        state__in=(PromiseState.REVISED, PromiseState.EXTENDED), state_changes__after=PromiseState.PUBLISHED
    ).exclude(state_changes__after=PromiseState.ACTIVE)
    found = [*untouched.select_related("municipality"), *changed.select_related("municipality")]
    for promise in found:
        move(promise, PromiseState.ACTIVE, by=None)
    return len(found)
