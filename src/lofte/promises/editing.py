"""Two organisations write in the same text: each part is saved whole, and nobody writes over the other unseen."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models.deletion import Collector, ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lofte.core.events import record
from lofte.core.states import PromiseState
from lofte.parties.models import Cycle, Organisation, User
from lofte.parties.rules import Permission, require
from lofte.places.models import Area, Municipality
from lofte.promises.actions import chain_of, set_state
from lofte.promises.models import Activity, CitizenPromise, Goal, Pledge, SignatureRequest, Target
from lofte.promises.signing import keep_in_step, lock, open_amendment, pending, signatures
from lofte.promises.states import WRITABLE, check_move

if TYPE_CHECKING:
    from lofte.promises.part_forms import PartForm


class NotWritable(ValueError):
    """The text is out, and no amendment is open; or something of it may not be taken away."""


@dataclass(frozen=True)
class Difference:
    """A field that reads differently in the form and in the database, because somebody else saved meanwhile."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Saved:
    """What came of saving a part: the form as it stands, what the other one wrote, and what the change voided."""

    form: PartForm
    row: models.Model | None = None
    differences: Sequence[Difference] = ()
    voided: int = 0

    @property
    def is_done(self) -> bool:
        return self.row is not None


def is_writable(promise: CitizenPromise) -> bool:
    return promise.state in WRITABLE or (promise.is_public and open_amendment(promise) is not None)


@contextmanager
def writing(promise: CitizenPromise, by: User) -> Iterator[CitizenPromise]:
    """The promise, locked and allowed to be written in, until the block ends."""
    require(by, Permission.EDIT_CYCLE, promise)
    with transaction.atomic():
        locked = lock(promise)
        if not is_writable(locked):
            raise NotWritable(_("Löftet är publicerat. Texten ändras bara genom en ändring med skäl."))
        yield locked
        promise.state = locked.state


def save_part(*, promise: CitizenPromise, by: User, form: PartForm) -> Saved:
    """Save one part of the text. Refused, with both texts, when somebody else has saved the same part meanwhile."""
    with writing(promise, by) as locked:
        fresh = form.again(locked)
        if not fresh.is_valid():
            return Saved(fresh)
        if fresh.is_outdated and (differences := fresh.differences()):
            return Saved(fresh.with_new_stamp(), differences=differences)
        row = fresh.write(locked, by)
        # The row is read anew: a form may have left values on it that the database says otherwise.
        current = lock(locked)
        voided = keep_in_step(current, by=by)
        locked.state = current.state
        record("promise.written", chain=chain_of(locked), target=locked, actor=by.key, content=fresh.part)
        return Saved(fresh, row=row, voided=voided)


@transaction.atomic
def begin(*, municipality: Municipality, by: User, cycle: Cycle, values: dict[str, Any]) -> CitizenPromise:
    """A new, empty promise in a cycle, given by the kommun and the police until somebody says otherwise."""
    require(by, Permission.EDIT_CYCLE, municipality)
    kinds = (Organisation.Kind.POLICE, Organisation.Kind.MUNICIPALITY)
    promise = CitizenPromise.objects.create(
        municipality=municipality, cycle=cycle, slug=free_slug(municipality, cycle.slug), **values
    )
    first = [municipality.organisations.filter(kind=kind).order_by("pk").first() for kind in kinds]
    for order, organisation in enumerate(each for each in first if each):
        promise.party_links.create(organisation=organisation, order=order)
        SignatureRequest.objects.create(
            promise=promise, organisation=organisation, order=order, role=USUAL_ROLES[organisation.kind]
        )
    record("promise.begun", chain=chain_of(promise), target=promise, actor=by.key)
    return promise


USUAL_ROLES: dict[str, str] = {
    Organisation.Kind.POLICE: "Lokalpolisområdeschef",
    Organisation.Kind.MUNICIPALITY: "Kommundirektör",
}


@transaction.atomic
def begin_cycle(*, municipality: Municipality, by: User, starts: Any, ends: Any) -> Cycle:
    """A new turn of the work; the one before it, if there is one, is named."""
    require(by, Permission.EDIT_CYCLE, municipality)
    name = str(starts.year) if starts.year == ends.year else f"{starts.year}-{ends.year}"
    before = municipality.cycles.filter(starts__lt=starts).order_by("-starts").first()
    return Cycle.objects.create(
        municipality=municipality, slug=free_slug(municipality, name), starts=starts, ends=ends,
        previous_slug=before.slug if before else "",
    )  # fmt: skip


def free_slug(municipality: Municipality, wanted: str) -> str:
    """An address that no promise of the kommun has; a cycle of its own may have it."""
    taken = set(municipality.promises.values_list("slug", flat=True))
    return next(name for name in _names(slugify(wanted) or "lofte") if name not in taken)


def _names(stem: str) -> Iterator[str]:
    return itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))


def free_key(promise: CitizenPromise, stem: str) -> str:
    """A key that is used once in the promise's file."""
    taken = {
        *promise.pledges.values_list("key", flat=True),
        *promise.goals.values_list("key", flat=True),
        *Activity.objects.filter(cycle=promise.cycle_id).values_list("key", flat=True),
        *Target.objects.filter(activity__cycle=promise.cycle_id).values_list("key", flat=True),
    }
    return next(key for number in itertools.count(1) if (key := f"{stem}-{number}") not in taken)


def remove(*, promise: CitizenPromise, by: User, row: Pledge | Activity | Target | Goal) -> int:
    """Take a part away, with what stands under it. What has been reported on stays for ever."""
    with writing(promise, by) as locked:
        if _is_reported_on(row):
            raise NotWritable(_("Det finns redan rapporter om det här. Det kan ändras men inte tas bort."))
        row.delete()
        voided = keep_in_step(locked, by=by)
        record("promise.written", chain=chain_of(locked), target=locked, actor=by.key, content=f"- {row.key}")
        return voided


def _is_reported_on(row: models.Model) -> bool:
    """Whether rows of rooms to the right hang on it; those rooms aren't known here."""
    collected = Collector(using="default", origin=row)
    try:
        collected.collect([row])
    except ProtectedError:
        return True
    fast = {rows.model for rows in collected.fast_deletes if rows.exists()}
    return any(model._meta.app_label != "promises" for model in {*collected.data, *fast})


def move_up(*, promise: CitizenPromise, by: User, key: str) -> int:
    """Change places with the pledge before."""
    with writing(promise, by) as locked:
        rows = list(locked.pledges.order_by("order", "pk"))
        place = next((number for number, row in enumerate(rows) if row.key == key), 0)
        if place:
            rows.insert(place - 1, rows.pop(place))
        for order, row in enumerate(rows):
            Pledge.objects.filter(pk=row.pk).update(order=order)
        return keep_in_step(locked, by=by)


@transaction.atomic
def move_to(*, promise: CitizenPromise, by: User, after: PromiseState) -> None:
    """Between draft and joint review. A frozen text is opened with `take_back`, which says what it voids."""
    require(by, Permission.EDIT_CYCLE, promise)
    locked = lock(promise)
    if pending(locked) is not None:
        raise NotWritable(_("Texten är frusen. Öppna den för ändring först."))
    check_move(locked.state, after)
    set_state(locked, after, by=by.key)
    promise.state = after


def ask_to_sign(*, promise: CitizenPromise, by: User, organisation: Organisation, role: str) -> SignatureRequest:
    """One more who is to sign."""
    with writing(promise, by) as locked:
        order = max([-1, *locked.signature_requests.values_list("order", flat=True)]) + 1
        request, _created = SignatureRequest.objects.get_or_create(
            promise=locked, organisation=organisation, role=role, defaults={"order": order}
        )
        _recount(locked, by)
        record("promise.signer_asked", chain=chain_of(locked), target=locked, actor=by.key)
        return request


def ask_no_more(*, promise: CitizenPromise, by: User, request: SignatureRequest) -> None:
    with writing(promise, by) as locked:
        version = pending(locked)
        if version is not None and any(each.request_id == request.pk for each in signatures(version)):
            raise NotWritable(_("Den som redan har skrivit under kan inte tas bort. Ta först tillbaka underskriften."))
        request.delete()
        _recount(locked, by)
        record("promise.signer_removed", chain=chain_of(locked), target=locked, actor=by.key)


def _recount(locked: CitizenPromise, by: User) -> None:
    from lofte.promises.signing import count

    version = pending(locked)
    if version is not None:
        count(locked, version, by=by)


def place_named(municipality: Municipality, name: str) -> Area:
    """The kommun's area of that name; one that nobody has named before becomes a place without boundary."""
    found: Area | None = municipality.areas.filter(name__iexact=name).order_by("pk").first()
    if found is not None:
        return found
    taken = set(municipality.areas.values_list("key", flat=True))
    key = next(key for key in _names(slugify(name)[:70] or "plats") if key not in taken)
    return Area.objects.create(municipality=municipality, kind=Area.Kind.PLACE, key=key, name=name)
