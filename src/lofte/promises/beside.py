"""What stands beside the signed text: its twins in plain words, and questions about whom it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from lofte.core.events import record
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.promises.actions import chain_of
from lofte.promises.models import CitizenPromise, PerspectiveAnswer, PlainTwin
from lofte.promises.text import PromiseText, read
from lofte.promises.versions import canonical_text, content, digest, in_force

Question = PerspectiveAnswer.Question
FOR_CHILDREN = tuple(each for each in Question if each.value.startswith("children"))


@dataclass(frozen=True)
class Source:
    """The text that a twin says again: the one in force of a promise that is out, otherwise the working copy."""

    text: PromiseText
    sha256: str


def source_of(promise: CitizenPromise) -> Source:
    version = in_force(promise) if promise.is_public else None
    canonical = version.content if version else canonical_text(content(promise))
    return Source(read(canonical), version.sha256 if version else digest(canonical))


def starting_words(text: PromiseText) -> str:
    """What there is to say again, line by line, for the one who says it."""
    return "\n\n".join(filter(None, [text.overall_pledge, *(f"– {pledge.text}" for pledge in text.pledges)]))


@transaction.atomic
def save_twin(*, promise: CitizenPromise, by: User, language: str, line: str, text: str) -> PlainTwin:
    """Say the text again. From now on the twin belongs to the text as it is today."""
    require(by, Permission.EDIT_CYCLE, promise)
    twin, _created = PlainTwin.objects.update_or_create(
        promise=promise, language=language,
        defaults={"line": line, "text": text, "source_sha256": source_of(promise).sha256},
    )  # fmt: skip
    record("promise.twin", chain=chain_of(promise), target=promise, actor=by.key, reason_code=language, content=text)
    return twin


@transaction.atomic
def remove_twin(*, promise: CitizenPromise, by: User, language: str) -> None:
    require(by, Permission.EDIT_CYCLE, promise)
    promise.twins.filter(language=language).delete()
    record("promise.twin_removed", chain=chain_of(promise), target=promise, actor=by.key, reason_code=language)


@transaction.atomic
def answer_perspectives(*, promise: CitizenPromise, by: User, answers: Mapping[str, tuple[str, str]]) -> None:
    """Keep the answers that were given, each with its note; a question without an answer has no row."""
    require(by, Permission.EDIT_CYCLE, promise)
    promise.perspectives.exclude(question__in=answers).delete()
    for question, (answer, note) in answers.items():
        promise.perspectives.update_or_create(question=question, defaults={"answer": answer, "note": note})
    record("promise.perspectives", chain=chain_of(promise), target=promise, actor=by.key)


def questions_for(promise: CitizenPromise) -> list[PerspectiveAnswer.Question]:
    """A promise to children asks first about them."""
    others = [each for each in Question if each not in FOR_CHILDREN]
    is_theirs = promise.audience == CitizenPromise.Audience.CHILDREN
    return [*FOR_CHILDREN, *others] if is_theirs else [*others, *FOR_CHILDREN]
