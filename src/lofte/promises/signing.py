"""Freeze a promise's text, sign it, void what no longer holds, and let it out. One change voids every signature.

Every action locks the promise's row first: of two that happen at the same instant one comes second, and sees what the
first one did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.core.events import record
from lofte.core.faults import crash_point
from lofte.core.states import PromiseState
from lofte.parties.models import Membership, Role, User
from lofte.parties.rules import Permission, require
from lofte.promises.actions import chain_of, set_state
from lofte.promises.models import Amendment, CitizenPromise, PromiseVersion, SignatureRequest, SignOff
from lofte.promises.proof import SIGNED
from lofte.promises.states import TO_SIGN, IllegalMove, check_move
from lofte.promises.versions import freeze, is_in_step

Standing = PromiseVersion.Standing
# Given by the signer here, or through a service that knows who it was.
OWN_HAND = (SignOff.Method.SCREEN, SignOff.Method.EXTERNAL)


class NotSigned(ValueError):
    """Nothing was signed; the message is a Swedish sentence for the one who tried."""


@dataclass(frozen=True)
class Given:
    """A signature as it was given: how, by which role, and what the paper says."""

    method: SignOff.Method
    role: str
    signed_on: dt.date
    on_behalf_of: str = ""
    delegation_reference: str = ""
    is_acting: bool = False
    place: str = ""
    printed_name: str = ""
    registry_number: str = ""
    scan: File[bytes] | None = None

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "scan"}


def pending(promise: CitizenPromise) -> PromiseVersion | None:
    """The frozen text that waits to be signed, or has been signed and is not out yet."""
    versions = PromiseVersion.everything.filter(promise=promise).exclude(standing=Standing.WITHDRAWN)
    if promise.is_public:
        versions = versions.filter(standing=Standing.PENDING)
    elif promise.state not in TO_SIGN:
        return None
    return versions.order_by("number").last()


def open_amendment(promise: CitizenPromise) -> Amendment | None:
    return promise.amendments.filter(closed_at=None).first()


def signatures(version: PromiseVersion) -> list[SignOff]:
    """The signatures that hold, of one text."""
    rows = SignOff.everything.live().filter(version=version)
    return list(rows.select_related("organisation", "request").order_by("order", "pk"))


def answered(request: SignatureRequest, given: Iterable[SignOff]) -> SignOff | None:
    """The signature that answers a request; one from a file has no request, but the same organisation and role."""
    for each in given:
        same = each.request_id is None and (each.organisation_id, each.role) == (request.organisation_id, request.role)
        if each.request_id == request.pk or same:
            return each
    return None


def lock(promise: CitizenPromise) -> CitizenPromise:
    """The promise as it is now, held until the transaction ends."""
    rows = CitizenPromise.objects.select_for_update(of=("self",)).select_related("municipality", "cycle")
    locked: CitizenPromise = rows.get(pk=promise.pk)
    return locked


@transaction.atomic
def freeze_to_sign(*, promise: CitizenPromise, by: User) -> PromiseVersion:
    """Freeze the text and ask for signatures. What must be there first stands in `lofte.promises.readiness`."""
    from lofte.promises.asking import ask_by_mail
    from lofte.promises.readiness import NotReady, blockers

    require(by, Permission.EDIT_CYCLE, promise)
    locked = lock(promise)
    amendment = open_amendment(locked)
    if amendment is None:
        check_move(locked.state, PromiseState.READY)
    elif pending(locked) is not None:
        raise IllegalMove(locked.state, PromiseState.READY)
    if missing := blockers(locked):
        raise NotReady(missing)
    why = {"kind": amendment.kind, "reason": amendment.reason} if amendment else {}
    version = freeze(locked, standing=Standing.PENDING, **why)
    locked.signature_requests.update(declined_at=None, declined_by=None, decline_reason="")
    if amendment is None:
        set_state(locked, PromiseState.READY, by=by.key)
        promise.state = locked.state
    else:
        record("amendment.ready", chain=chain_of(locked), target=locked, actor=by.key, content=version.sha256)
    ask_by_mail(locked, version)
    return version


@transaction.atomic
def take_back(*, promise: CitizenPromise, by: User, reason: str) -> int:
    """Open a frozen text for writing again. Every signature of it is voided; how many there were."""
    require(by, Permission.EDIT_CYCLE, promise)
    locked = lock(promise)
    version = pending(locked)
    if version is None:
        raise IllegalMove(locked.state, PromiseState.JOINT_REVIEW)
    voided = _withdraw_text(locked, version, by=by, reason=reason)
    promise.state = locked.state
    return voided


def keep_in_step(locked: CitizenPromise, *, by: User) -> int:
    """After a change of the working copy: a frozen text that is no longer the same falls, with its signatures.

    Returns how many signatures were voided. Call it inside the transaction of the change, with the row locked.
    """
    version = pending(locked)
    if version is None or is_in_step(locked, version):
        return 0
    return _withdraw_text(locked, version, by=by, reason=_("Texten ändrades efter underskriften."))


def _withdraw_text(locked: CitizenPromise, version: PromiseVersion, *, by: User, reason: str) -> int:
    voided = SignOff.everything.live().filter(version=version).update(voided_at=timezone.now(), void_reason=reason)
    version.standing = Standing.WITHDRAWN
    version.save(update_fields=["standing"])
    locked.signature_requests.update(declined_at=None, declined_by=None, decline_reason="")
    if not locked.is_public:
        set_state(locked, PromiseState.JOINT_REVIEW, by=by.key, reason=reason)
    if voided:
        record("promise.signatures_voided", chain=chain_of(locked), target=locked, actor=by.key, content=version.sha256)
    return voided


@transaction.atomic
def sign(*, request: SignatureRequest, by: User, sha256: str, given: Given) -> SignOff:
    """Bind a signature to the text that the signer saw (`sha256`). Another text than the one that waits is refused."""
    locked = lock(request.promise)
    _may_give(given.method, request, by)
    version = pending(locked)
    if version is None:
        raise NotSigned(_("Texten är inte klar att skriva under. Någon har öppnat den för ändring."))
    if sha256 != version.sha256 or not is_in_step(locked, version) or not version.is_unchanged:
        raise NotSigned(_("Texten har ändrats sedan du läste den. Läs den nya texten innan du skriver under."))
    row = SignatureRequest.objects.select_for_update().filter(pk=request.pk, promise=locked).first()
    if row is None:
        raise NotSigned(_("Den här underskriften behövs inte längre."))
    there = signatures(version)
    if answered(row, there) is not None:
        raise NotSigned(_("Det är redan undertecknat av {role}.").format(role=row.role))
    sign_off = SignOff(
        promise=locked, version=version, request=row, order=row.order, organisation=row.organisation,
        sha256=version.sha256, recorded_by=by.key, **given.values(),
    )  # fmt: skip
    if given.scan is not None:
        # The name on disk says which signature it is: what people call their files never becomes a path.
        sign_off.scan.save(f"{locked.pk}-{version.number}-{row.pk}", given.scan, save=False)
    sign_off.full_clean()
    sign_off.save()
    SignatureRequest.objects.filter(pk=row.pk).update(declined_at=None, declined_by=None, decline_reason="")
    crash_point("sign-promise")
    record(SIGNED, chain=chain_of(locked), target=locked, actor=by.key, content=version.sha256)
    count(locked, version, by=by)
    request.promise.state = locked.state
    return sign_off


def _may_give(method: SignOff.Method, request: SignatureRequest, by: User) -> None:
    """By one's own hand one signs for one's own organisation. A paper is recorded by those who write the promise."""
    if method in OWN_HAND:
        require(by, Permission.SIGN, request.promise)
        if not signs_for(by, request):
            raise NotSigned(_("Du kan bara skriva under för din egen organisation."))
    else:
        require(by, Permission.EDIT_CYCLE, request.promise)


def signs_for(user: User, request: SignatureRequest) -> bool:
    rows = Membership.objects.filter(user=user, organisation=request.organisation_id, role=Role.SIGNER)
    return rows.exists()


def is_asked(user: User, promise: CitizenPromise, version: PromiseVersion) -> bool:
    """Whether a text waits for this person's signature."""
    own = Membership.objects.filter(user=user, role=Role.SIGNER).values("organisation")
    asked = promise.signature_requests.filter(organisation__in=own, declined_at=None)
    there = signatures(version)
    return any(answered(request, there) is None for request in asked)


def count(locked: CitizenPromise, version: PromiseVersion, *, by: User) -> None:
    """The state follows from how many have signed. An amendment of a promise that is out doesn't move it."""
    if locked.is_public:
        return
    there = signatures(version)
    everyone = all(answered(request, there) for request in locked.signature_requests.all())
    after = PromiseState.SIGNED if everyone and there else PromiseState.PARTLY_SIGNED if there else PromiseState.READY
    if after != locked.state:
        check_move(locked.state, after)
        set_state(locked, after, by=by.key)


@transaction.atomic
def decline(*, request: SignatureRequest, by: User, reason: str) -> None:
    """Say no, and why. The text and the others' signatures stand; those who write decide what to do about it."""
    require(by, Permission.SIGN, request.promise)
    locked = lock(request.promise)
    version = pending(locked)
    if version is None:
        raise NotSigned(_("Texten är inte klar att skriva under. Någon har öppnat den för ändring."))
    if not signs_for(by, request):
        raise NotSigned(_("Du kan bara svara för din egen organisation."))
    if answered(request, signatures(version)):
        raise NotSigned(_("Du har redan skrivit under. Ta först tillbaka underskriften."))
    request.declined_at, request.declined_by, request.decline_reason = timezone.now(), by.key, reason
    request.save(update_fields=["declined_at", "declined_by", "decline_reason"])
    record("promise.declined", chain=chain_of(locked), target=locked, actor=by.key, content=reason)


@transaction.atomic
def withdraw(*, sign_off: SignOff, by: User, reason: str) -> None:
    """Take a signature back. Possible until the text is published; the row stays."""
    locked = lock(sign_off.promise)
    version = pending(locked)
    if version is None or sign_off.version_id != version.pk:
        raise NotSigned(_("Löftet är publicerat. Underskriften kan inte tas tillbaka."))
    own = Membership.objects.filter(user=by, organisation=sign_off.organisation_id, role=Role.SIGNER).exists()
    if sign_off.method in OWN_HAND and not own:
        raise NotSigned(_("Bara den som skrev under kan ta tillbaka underskriften."))
    if not own:
        require(by, Permission.EDIT_CYCLE, locked)
    changed = SignOff.everything.live().filter(pk=sign_off.pk).update(voided_at=timezone.now(), void_reason=reason)
    if not changed:
        raise NotSigned(_("Underskriften gäller redan inte längre."))
    record("promise.signature_withdrawn", chain=chain_of(locked), target=locked, actor=by.key, content=version.sha256)
    count(locked, version, by=by)
    sign_off.promise.state = locked.state


@transaction.atomic
def let_out(*, promise: CitizenPromise, by: User, today: dt.date) -> PromiseVersion:
    """Publish the signed text: a new promise, or an amendment of one that is out."""
    require(by, Permission.PUBLISH, promise)
    locked = lock(promise)
    version = pending(locked)
    if version is None or not has_all(locked, version):
        raise NotSigned(_("Alla har inte skrivit under än."))
    if not version.is_unchanged or not is_in_step(locked, version):
        raise NotSigned(_("Texten är inte den som skrevs under. Öppna den för ändring och be alla skriva under igen."))
    version.standing = Standing.PUBLISHED
    version.save(update_fields=["standing"])
    crash_point("publish-promise")
    amendment = open_amendment(locked)
    if amendment is not None:
        amendment.closed_at = timezone.now()
        amendment.save(update_fields=["closed_at"])
        is_longer = amendment.kind == Amendment.Kind.EXTENSION
        after = PromiseState.EXTENDED if is_longer else PromiseState.REVISED
        check_move(locked.state, after)
        set_state(locked, after, by=by.key, reason=amendment.reason)
    else:
        check_move(locked.state, PromiseState.PUBLISHED)
        set_state(locked, PromiseState.PUBLISHED, by=by.key)
        if today >= locked.starts:
            set_state(locked, PromiseState.ACTIVE, by=by.key)
    promise.state = locked.state
    return version


def has_all(promise: CitizenPromise, version: PromiseVersion) -> bool:
    """Whether everyone who was asked has signed this text."""
    there = signatures(version)
    return bool(there) and all(answered(request, there) for request in promise.signature_requests.all())
