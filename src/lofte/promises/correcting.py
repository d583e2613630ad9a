"""Correct a draft that was read from a document: its texts, who promises what, and how much."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from lofte.core.events import record
from lofte.core.states import PromiseState
from lofte.parties.models import Organisation, User
from lofte.parties.rules import Permission, require
from lofte.promises.actions import chain_of
from lofte.promises.models import Activity, CitizenPromise, Pledge, PledgeParty, PromiseParty, Target
from lofte.promises.states import IllegalMove


@dataclass(frozen=True)
class AmountGiven:
    """How much a pledge promises, as far as the form asks; what is rarer is written in the file format."""

    kind: str = Target.Kind.NONE
    comparison: str = Target.Comparison.AT_LEAST
    amount: Decimal | None = None
    unit: str = ""
    per: str = ""


@dataclass(frozen=True)
class PledgeGiven:
    """A pledge as corrected. `key` is empty for one that was added."""

    key: str
    text: str
    organisations: Sequence[Organisation]
    with_others: bool
    amount: AmountGiven


def is_simple(promise: CitizenPromise) -> bool:
    """Whether the form can hold the promise: each pledge one activity, with one amount that names no places."""
    for pledge in promise.pledges.prefetch_related("activities__targets__places"):
        activities = list(pledge.activities.all())
        targets = [target for activity in activities for target in activity.targets.all()]
        if len(activities) != 1 or len(targets) != 1 or not _is_plain(targets[0]):
            return False
    return True


def _is_plain(target: Target) -> bool:
    rare = (target.is_average, target.in_each_area, target.min_minutes, target.options, target.places.all())
    return target.kind != Target.Kind.SHARE and not any(rare)


@transaction.atomic
def correct(
    *,
    promise: CitizenPromise,
    by: User,
    values: dict[str, Any],
    organisations: Sequence[Organisation],
    pledges: Iterable[PledgeGiven],
) -> None:
    """Replace the draft's texts, parties and pledges with the corrected ones. Only a draft can be corrected."""
    require(by, Permission.READ_FILE, promise)
    draft = CitizenPromise.objects.select_for_update().get(pk=promise.pk)
    if draft.state != PromiseState.DRAFT:
        raise IllegalMove(draft.state, PromiseState.DRAFT)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.full_clean()
    draft.save()
    _parties(draft, organisations)
    _pledges(draft, list(pledges))
    _follow(draft.starts, draft.ends, draft)
    record("promise.corrected", chain=chain_of(draft), target=draft, actor=by.key)


def _follow(starts: dt.date, ends: dt.date, draft: CitizenPromise) -> None:
    """The cycle was made for the document: it spans the same days."""
    draft.cycle.starts, draft.cycle.ends = starts, ends
    draft.cycle.save(update_fields=["starts", "ends"])


def _parties(draft: CitizenPromise, organisations: Sequence[Organisation]) -> None:
    draft.party_links.all().delete()
    for order, organisation in enumerate(organisations):
        PromiseParty.objects.create(promise=draft, organisation=organisation, order=order)


def _pledges(draft: CitizenPromise, given: list[PledgeGiven]) -> None:
    known = {pledge.key: pledge for pledge in draft.pledges.all()}
    kept = {each.key for each in given if each.key in known}
    for key, pledge in known.items():
        if key not in kept:
            pledge.delete()
    numbers = (number for number in range(1, len(known) + len(given) + 1) if f"lofte-{number}" not in known)
    for order, each in enumerate(given):
        if each.key in known:
            _correct_pledge(known[each.key], order, each)
        else:
            _add_pledge(draft, order, f"lofte-{next(numbers)}", each)


def _correct_pledge(pledge: Pledge, order: int, given: PledgeGiven) -> None:
    pledge.text, pledge.order, pledge.with_others = given.text, order, given.with_others
    pledge.save(update_fields=["text", "order", "with_others"])
    pledge.party_links.all().delete()
    activity = pledge.activities.get()
    activity.text = given.text
    activity.save(update_fields=["text"])
    _responsible(pledge, given)
    target = activity.targets.get()
    for name, value in _amount(given.amount).items():
        setattr(target, name, value)
    target.save()


def _add_pledge(draft: CitizenPromise, order: int, key: str, given: PledgeGiven) -> None:
    pledge = Pledge.objects.create(
        promise=draft, key=key, order=order, text=given.text, with_others=given.with_others, sources=["dokument"]
    )
    _responsible(pledge, given)
    activity = Activity.objects.create(cycle=draft.cycle, pledge=pledge, key=key, order=0, text=given.text)
    Target.objects.create(activity=activity, key=key, order=0, **_amount(given.amount))


def _responsible(pledge: Pledge, given: PledgeGiven) -> None:
    for order, organisation in enumerate(given.organisations):
        PledgeParty.objects.create(pledge=pledge, organisation=organisation, order=order)


def _amount(given: AmountGiven) -> dict[str, Any]:
    """Only what belongs to the kind: an amount for what is counted, a unit of time for a rate."""
    counted = given.kind in (Target.Kind.COUNT, Target.Kind.RATE)
    return {
        "kind": given.kind,
        "comparison": given.comparison if counted else Target.Comparison.AT_LEAST,
        "amount": given.amount if counted else None,
        "unit": given.unit if given.kind != Target.Kind.NONE else "",
        "per": given.per if given.kind == Target.Kind.RATE else "",
    }


@transaction.atomic
def add_party(*, promise: CitizenPromise, by: User, name: str, kind: str) -> Organisation:
    """An organisation that the reader did not find: a housing company, an association."""
    require(by, Permission.READ_FILE, promise)
    key = slugify(name)[:70] or "part"
    found: Organisation | None = promise.municipality.organisations.filter(name__iexact=name).first()
    if found is not None:
        return found
    taken = set(promise.municipality.organisations.values_list("key", flat=True))
    names = itertools.chain([key], (f"{key}-{number}" for number in itertools.count(2)))
    free = next(candidate for candidate in names if candidate not in taken)
    added = Organisation.objects.create(municipality=promise.municipality, key=free, kind=kind, name=name)
    record("organisation.added", chain=chain_of(promise), target=promise, actor=by.key, content=name)
    return added
