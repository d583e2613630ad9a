"""Take a voice: from a phone, from paper, from a file. One short transaction each, so that many can come at once."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F

from lofte.core.events import record
from lofte.core.faults import crash_point
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.places.models import Area
from lofte.voices import codes
from lofte.voices.areas import coarse
from lofte.voices.models import Claim, Contribution, Dialogue, ParticipantCount
from lofte.voices.queries import chain_of


class DialogueClosed(RuntimeError):
    """The dialogue takes no answers today."""


class CodeTaken(ValueError):
    """The kvittokod already belongs to another voice."""


@dataclass(frozen=True)
class Voice:
    """What somebody said. Age and sex are counted apart and never stored beside the words."""

    text: str = ""
    area: Area | None = None
    time_band: str = ""
    category: str = ""
    feeling: str = ""
    age: str = ""
    sex: str = ""


def first_of_month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def new_nonce() -> str:
    """A number for one filled-in form: sent twice, it is one voice."""
    return secrets.token_hex(16)


def receive(*, dialogue: Dialogue, voice: Voice, nonce: str, today: dt.date) -> str:
    """Take one voice from the web and give its kvittokod. The same form sent twice is one voice with one code.

    Nobody is named in the event log: anonymous voices are not chained one by one.
    """
    if not dialogue.is_open(today):
        raise DialogueClosed
    code, key = codes.code_for(dialogue, nonce), codes.key_for(dialogue, nonce)
    claim = Claim(dialogue=dialogue, voice=key, digest=codes.digest_of(code))
    row = contribution(dialogue, voice, key, Contribution.Channel.PHONE, first_of_month(today))
    _store(row, voice, claim)
    return code


@transaction.atomic
def enter(
    *, dialogue: Dialogue, voice: Voice, by: User, channel: str, month: dt.date, nonce: str, code: str = ""
) -> Contribution | None:
    """Type in one voice from paper, the street or a meeting; None when this form was already saved."""
    require(by, Permission.EDIT_CYCLE, dialogue)
    key = codes.key_for(dialogue, nonce)
    if Contribution.objects.filter(dialogue=dialogue, key=key).exists():
        return None
    claim = Claim(dialogue=dialogue, voice=key, digest=codes.digest_of(code)) if code else None
    if claim and Claim.objects.filter(digest=claim.digest).exists():
        raise CodeTaken
    row = contribution(dialogue, voice, key, channel, first_of_month(month))
    _store(row, voice, claim)
    record("voice.entered", chain=chain_of(dialogue), target=row, actor=by.key)
    return row


def contribution(dialogue: Dialogue, voice: Voice, key: str, channel: str, month: dt.date) -> Contribution:
    return Contribution(
        dialogue=dialogue,
        key=key,
        text=voice.text,
        channel=channel,
        month=month,
        area=coarse(voice.area),
        time_band=voice.time_band,
        category=voice.category,
        feeling=voice.feeling,
    )


def _store(row: Contribution, voice: Voice, claim: Claim | None) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            if claim is not None:
                claim.save(force_insert=True)
            count(row.dialogue, row.month, voice.age, voice.sex)
            crash_point("voice-stored")
    except IntegrityError:
        # The same form came twice: the first was stored, whole.
        if not Contribution.objects.filter(dialogue=row.dialogue, key=row.key).exists():
            raise


def make_cells(dialogue: Dialogue, month: dt.date) -> None:
    """Every cell of a month at once, by whoever comes first."""
    cells = [
        ParticipantCount(dialogue=dialogue, month=month, age=age, sex=sex)
        for age in ParticipantCount.Age.values
        for sex in ParticipantCount.Sex.values
    ]
    ParticipantCount.objects.bulk_create(cells, ignore_conflicts=True)


def count(dialogue: Dialogue, month: dt.date, age: str, sex: str, number: int = 1) -> None:
    cell = ParticipantCount.objects.filter(dialogue=dialogue, month=month, age=age, sex=sex)
    if not cell.update(count=F("count") + number):
        make_cells(dialogue, month)
        cell.update(count=F("count") + number)
