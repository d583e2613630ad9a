"""What the signing pages show: the text as it was frozen, and each signer with what they have answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.design.pieces import Fact
from lofte.design.words import date_words, period_words
from lofte.parties.access import may
from lofte.parties.models import User
from lofte.parties.rules import Permission
from lofte.promises.documents import short_sum
from lofte.promises.models import CitizenPromise, PromiseVersion, SignatureRequest, SignOff
from lofte.promises.plans import plan_words
from lofte.promises.signing import OWN_HAND, answered, has_all, signatures, signs_for
from lofte.promises.text import PromiseText, read
from lofte.promises.wording import listed, promised_words, responsible


@dataclass(frozen=True)
class Signer:
    """Somebody who is asked, what they have answered, and what this person can do about it."""

    request: SignatureRequest
    sentence: str
    note: str = ""
    sign_off: SignOff | None = None
    is_declined: bool = False
    may_sign: bool = False
    may_record: bool = False
    may_withdraw: bool = False


@dataclass(frozen=True)
class Signing:
    signers: Sequence[Signer]
    is_complete: bool
    short_sum: str
    text: FrozenText


@dataclass(frozen=True)
class PledgeLine:
    text: str
    responsible: str
    promised: Sequence[str]


@dataclass(frozen=True)
class GoalLine:
    text: str
    plan: Sequence[str]


@dataclass(frozen=True)
class FrozenText:
    """The words that are signed, as people read them."""

    title: str
    line: str
    facts: Sequence[Fact]
    overall: str
    outcome: str
    pledges: Sequence[PledgeLine]
    goals: Sequence[GoalLine]
    is_unchanged: bool


def signing(promise: CitizenPromise, version: PromiseVersion, user: User) -> Signing:
    given = signatures(version)
    asked = promise.signature_requests.select_related("organisation")
    may_record = may(user, Permission.EDIT_CYCLE, promise)
    return Signing(
        signers=[_signer(each, answered(each, given), user, may_record) for each in asked],
        is_complete=has_all(promise, version),
        short_sum=short_sum(version.sha256),
        text=text(version),
    )


def _signer(request: SignatureRequest, sign_off: SignOff | None, user: User, may_record: bool) -> Signer:
    own = signs_for(user, request)
    if sign_off is not None:
        on_screen = sign_off.method in OWN_HAND
        return Signer(
            request, _signed(sign_off), _how(sign_off), sign_off, may_withdraw=own or (may_record and not on_screen)
        )
    if request.declined_at is not None:
        day = date_words(timezone.localtime(request.declined_at).date())
        sentence = _("Avstod den {day}. Skäl: {reason}").format(day=day, reason=request.decline_reason)
        return Signer(request, sentence, is_declined=True, may_sign=own, may_record=may_record)
    return Signer(request, _("Väntar på underskrift"), may_sign=own, may_record=may_record)


def _signed(sign_off: SignOff) -> str:
    day = date_words(sign_off.signed_on) if sign_off.signed_on else ""
    return _("Undertecknat den {day}").format(day=day)


def _how(sign_off: SignOff) -> str:
    """How, and in whose place."""
    told = [str(SignOff.Method(sign_off.method).label)]
    if sign_off.is_acting:
        told.append(_("tillförordnad"))
    if sign_off.on_behalf_of:
        told.append(_("på uppdrag av {role}").format(role=sign_off.on_behalf_of))
    if sign_off.registry_number:
        told.append(_("dnr {number}").format(number=sign_off.registry_number))
    return ", ".join(told)


def voided(promise: CitizenPromise) -> list[str]:
    """Signatures that no longer hold, the newest first: each as a sentence with its reason."""
    rows = SignOff.everything.filter(promise=promise, voided_at__isnull=False).select_related("organisation")
    sentence = _("{role} för {organisation}: gäller inte sedan {day}. {reason}")
    return [
        sentence.format(
            role=row.role, organisation=row.organisation, reason=row.void_reason,
            day=date_words(timezone.localtime(row.voided_at).date()) if row.voided_at else "",
        )
        for row in rows.order_by("-voided_at", "-pk")
    ]  # fmt: skip


def text(version: PromiseVersion) -> FrozenText:
    told = read(version.content)
    return FrozenText(
        title=told.title,
        line=told.short_line,
        facts=[
            Fact(_("Lovar"), listed(told.parties) or _("det framgår inte")),
            Fact(_("Gäller"), ", ".join(filter(None, [period_words(told.starts, told.ends), _where(told)]))),
        ],
        overall=told.overall_pledge,
        outcome=told.desired_outcome,
        pledges=[
            PledgeLine(
                pledge.text,
                responsible(pledge),
                [f"{a.text.rstrip('.')}: {promised_words(t)}" for a in pledge.activities for t in a.targets],
            )
            for pledge in told.pledges
        ],
        goals=[GoalLine(goal.text, plan_words(goal)) for goal in told.goals],
        is_unchanged=version.is_unchanged,
    )


def _where(told: PromiseText) -> str:
    return listed(told.areas) if told.areas else _("hela kommunen") if told.covers_municipality else ""
