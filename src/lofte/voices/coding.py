"""Writes around a sample that two people code: draw it, code, say that one is done, and settle what differed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping

from django.db import transaction

from lofte.core.events import record
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.voices import coding_queries, themes
from lofte.voices.models import CodingSample, Contribution, Dialogue, SampledVoice, Theme, VoiceCode
from lofte.voices.queries import chain_of

FEWEST = 10


class TooFewToCode(ValueError):
    """There are not enough reviewed voices without a theme."""


class NotYours(RuntimeError):
    """Only the two whose sample it is code it, and only until they have said that they are done."""


class NotAllCoded(ValueError):
    """One is done when every voice has got a theme, or been said to fit none."""


@transaction.atomic
def begin(*, dialogue: Dialogue, by: User, colleague: User, number: int, today: dt.date) -> CodingSample:
    """Draw voices by chance, in an order drawn by chance."""
    require(by, Permission.EDIT_CYCLE, dialogue)
    require(colleague, Permission.EDIT_CYCLE, dialogue)
    there = list(coding_queries.to_code(dialogue).values_list("pk", flat=True))
    if len(there) < FEWEST:
        raise TooFewToCode
    drawn = random.SystemRandom().sample(there, min(number, len(there)))
    sample = CodingSample.objects.create(dialogue=dialogue, first=by.key, second=colleague.key, made_on=today)
    SampledVoice.objects.bulk_create(
        SampledVoice(sample=sample, voice_id=pk, order=order) for order, pk in enumerate(drawn, 1)
    )
    _tell("coding.begun", sample, by, str(len(drawn)))
    return sample


@transaction.atomic
def code(*, sample: CodingSample, by: User, chosen: Mapping[SampledVoice, Theme | None]) -> None:
    """Keep what one of the two put. They may change it until they are done."""
    require(by, Permission.EDIT_CYCLE, sample.dialogue)
    locked = CodingSample.objects.select_for_update().get(pk=sample.pk)
    if _done_on(locked, by) is not None:
        raise NotYours
    for row, theme in chosen.items():
        VoiceCode.objects.update_or_create(row=row, coder=by.key, defaults={"theme": theme})


@transaction.atomic
def finish(*, sample: CodingSample, by: User, today: dt.date) -> None:
    """One is done. When both are, what they agreed on counts as sorted."""
    require(by, Permission.EDIT_CYCLE, sample.dialogue)
    locked = CodingSample.objects.select_for_update().get(pk=sample.pk)
    if _done_on(locked, by) is not None:
        raise NotYours
    coded = coding_queries.own_codes(locked, by.key)
    if any(row.pk not in coded for row in coding_queries.rows_of(locked)):
        raise NotAllCoded
    setattr(locked, "first_done_on" if by.key == locked.first else "second_done_on", today)
    if locked.first_done_on and locked.second_done_on:
        locked.done_on = today
    locked.save()
    _tell("coding.done", sample, by, "")
    if locked.done_on:
        agreed = {pair.row: pair.first for pair in coding_queries.pairs(locked) if pair.is_agreed}
        _settle(sample, agreed, today)


@transaction.atomic
def settle(*, sample: CodingSample, by: User, chosen: Mapping[SampledVoice, Theme | None], today: dt.date) -> int:
    """What the two decided together where they had differed; how many that was."""
    require(by, Permission.EDIT_CYCLE, sample.dialogue)
    if sample.done_on is None:
        raise coding_queries.NotBothDone
    _settle(sample, chosen, today)
    _tell("coding.settled", sample, by, "\n".join(f"{row.order} {theme or ''}" for row, theme in chosen.items()))
    return len(chosen)


@transaction.atomic
def stop(*, sample: CodingSample, by: User) -> None:
    """Let go of a sample that is not done: its voices can be sorted again."""
    require(by, Permission.EDIT_CYCLE, sample.dialogue)
    if sample.done_on is not None:
        raise NotYours
    _tell("coding.stopped", sample, by, "")
    sample.delete()


def _settle(sample: CodingSample, chosen: Mapping[SampledVoice, Theme | None], today: dt.date) -> None:
    voices: dict[Contribution, Theme | None] = {}
    for row, theme in chosen.items():
        row.settled_on = today
        voices[row.voice] = theme
    SampledVoice.objects.bulk_update(chosen, ["settled_on"])
    themes.put(sample.dialogue, voices)


def _done_on(sample: CodingSample, by: User) -> dt.date | None:
    if by.key == sample.first:
        return sample.first_done_on
    if by.key == sample.second:
        return sample.second_done_on
    raise NotYours


def _tell(verb: str, sample: CodingSample, by: User, content: str) -> None:
    record(verb, chain=chain_of(sample.dialogue), target=sample, actor=by.key, content=content)
