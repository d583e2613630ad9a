"""Writes that need several rooms: publish a promise that was read in, and throw a draft away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lofte.core.events import record
from lofte.core.states import PromiseState
from lofte.followup.actions import open_periods
from lofte.followup.calendar import is_overdue
from lofte.followup.models import Period
from lofte.parties.models import Cycle, User
from lofte.parties.rules import Permission, require
from lofte.picture.models import GapAnswer, SituationPicture
from lofte.promises.actions import chain_of, move, publish_read_promise
from lofte.promises.models import CitizenPromise
from lofte.promises.signing import let_out
from lofte.promises.states import IllegalMove
from lofte.voices.queries import chain_of_kommun

# What a file may say of a promise that is over, and the way there from a promise that runs.
ENDINGS = {
    PromiseState.FINAL_REPORT: (PromiseState.FINAL_REPORT,),
    PromiseState.CLOSED: (PromiseState.FINAL_REPORT, PromiseState.CLOSED),
    PromiseState.STOPPED: (PromiseState.STOPPED,),
}


@transaction.atomic
def publish_read(*, promise: CitizenPromise, by: User, today: dt.date, after: str = "") -> None:
    """Publish what was read, with the periods its reports belong to. `after` is the state that the file gave."""
    require(by, Permission.PUBLISH, promise)
    publish_read_promise(promise, by=by.key, today=today)
    if promise.picture is not None and promise.picture.state == SituationPicture.State.DRAFT:
        promise.picture.state = SituationPicture.State.STATED
        promise.picture.save(update_fields=["state"])
    if not promise.periods.exists():
        _open(promise, today)
    if promise.state == PromiseState.ACTIVE and after:
        for state in ENDINGS.get(PromiseState(after), ()):
            move(promise, state, by=by.key)


@transaction.atomic
def publish_signed(*, promise: CitizenPromise, by: User, today: dt.date) -> None:
    """Let out a text that all have signed, and open the periods it is to be reported in."""
    let_out(promise=promise, by=by, today=today)
    open_periods(promise)


def _open(promise: CitizenPromise, today: dt.date) -> None:
    """A report that should have come long ago may exist without our knowing: it is not called missing."""
    for period in open_periods(promise):
        if is_overdue(period, today):
            period.stage = Period.Stage.NONE_FOUND
            period.save(update_fields=["stage"])


@transaction.atomic
def discard(*, promise: CitizenPromise, by: User) -> None:
    """Throw away a draft that was read in, and the cycle that was made for it. The event remains."""
    require(by, Permission.READ_FILE, promise)
    draft = CitizenPromise.objects.select_for_update().select_related("cycle").get(pk=promise.pk)
    if draft.state != PromiseState.DRAFT or draft.cycle.mode != Cycle.Mode.FOLLOW:
        raise IllegalMove(draft.state, "discarded")
    record("promise.discarded", chain=chain_of(draft), target=draft, actor=by.key)
    cycle = draft.cycle
    draft.periods.all().delete()
    draft.delete()
    if not cycle.promises.exists():
        # In this order: what rests on something goes before it.
        for rows in (cycle.action_plans, cycle.pictures, cycle.evidence, cycle.indicators):
            rows.all().delete()
        cycle.delete()


@transaction.atomic
def answer_gap(*, cycle: Cycle, kind: str, about: str, reason: str, by: User) -> None:
    """Leave a gap on purpose, with a reason; an empty reason takes the answer back."""
    require(by, Permission.EDIT_CYCLE, cycle)
    if reason:
        kept = {"reason": reason, "answered_by": by.key}
        GapAnswer.objects.update_or_create(cycle=cycle, kind=kind, about=about, defaults=kept)
    else:
        GapAnswer.objects.filter(cycle=cycle, kind=kind, about=about).delete()
    record(
        "gap.answered", chain=chain_of_kommun(cycle.municipality), target=cycle, actor=by.key, reason_code=kind,
        content=reason,
    )  # fmt: skip
