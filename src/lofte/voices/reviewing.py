"""Decide what is shown: every decision is a row of its own, with its reason, and the words follow the latest."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lofte.core.events import record
from lofte.core.states import Visibility
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.voices import themes
from lofte.voices.models import Contribution, OriginalText, ReviewDecision
from lofte.voices.queries import chain_of

KEEP_ORIGINAL = dt.timedelta(days=365)


class NothingMasked(ValueError):
    """The masked text is the text as it came."""


@transaction.atomic
def publish(*, voice: Contribution, by: User, today: dt.date) -> ReviewDecision:
    return _decide(voice, ReviewDecision.Kind.PUBLISH, by=by, today=today)


@transaction.atomic
def mask(*, voice: Contribution, by: User, today: dt.date, text: str) -> ReviewDecision:
    """Show the voice with something taken out. The words as they came are kept until their day."""
    if text.strip() == voice.text.strip():
        raise NothingMasked
    day = today + KEEP_ORIGINAL
    OriginalText.objects.get_or_create(contribution=voice, defaults={"text": voice.text, "delete_after": day})
    voice.text = text
    return _decide(voice, ReviewDecision.Kind.MASK, by=by, today=today)


@transaction.atomic
def keep(*, voice: Contribution, by: User, today: dt.date, reason: str) -> ReviewDecision:
    return _decide(voice, ReviewDecision.Kind.KEEP, by=by, today=today, reason=reason)


@transaction.atomic
def hand_over(*, voice: Contribution, by: User, today: dt.date, way: str) -> ReviewDecision:
    """It belongs elsewhere: the log keeps where it went and nothing of what it said. Then it waits to be deleted."""
    voice.theme = None
    decision = _decide(voice, ReviewDecision.Kind.HAND_OVER, by=by, today=today, reason=way)
    themes.recount(voice.dialogue)
    return decision


@transaction.atomic
def delete(*, voice: Contribution, by: User, today: dt.date, reference: str) -> ReviewDecision:
    """Destroy a voice that was handed over, by the decision that allows it. Its receipt still tells why."""
    require(by, Permission.PUBLISH, voice.dialogue)
    earlier = ReviewDecision.objects.filter(dialogue=voice.dialogue, voice=voice.key).last()
    if earlier is None or voice.decision != Contribution.Decision.HAND_OVER:
        raise ValueError("only what was handed over is deleted here")
    decision = _row(voice, ReviewDecision.Kind.DELETE, by=by, today=today, reason=earlier.reason, reference=reference)
    record(
        "voice.deleted", chain=chain_of(voice.dialogue), target=voice, actor=by.key, reason_code=decision.reason,
        content=reference,
    )  # fmt: skip
    voice.delete()
    return decision


def _decide(
    voice: Contribution, kind: ReviewDecision.Kind, *, by: User, today: dt.date, reason: str = ""
) -> ReviewDecision:
    require(by, Permission.PUBLISH, voice.dialogue)
    is_shown = kind in (ReviewDecision.Kind.PUBLISH, ReviewDecision.Kind.MASK)
    voice.decision = Contribution.Decision(kind.value)
    voice.visibility = Visibility.OPEN if is_shown else Visibility.INTERNAL
    voice.save(update_fields=["decision", "visibility", "text", "theme"])
    record(f"voice.{kind}", chain=chain_of(voice.dialogue), target=voice, actor=by.key, reason_code=reason)
    return _row(voice, kind, by=by, today=today, reason=reason)


def _row(
    voice: Contribution, kind: ReviewDecision.Kind, *, by: User, today: dt.date, reason: str, reference: str = ""
) -> ReviewDecision:
    return ReviewDecision.objects.create(
        dialogue=voice.dialogue, voice=voice.key, kind=kind, reason=reason, reference=reference, on=today, by=by.key
    )


def delete_originals(today: dt.date) -> int:
    """Destroy the words behind what was masked, when their day has passed."""
    deleted, _each = OriginalText.objects.filter(delete_after__lt=today).delete()
    return deleted
