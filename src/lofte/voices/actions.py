"""Writes to dialogues and walks. Each is whole, checks its right to happen, and records its event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from lofte.core.events import record
from lofte.parties.models import Cycle, User
from lofte.parties.rules import Permission, require
from lofte.voices.models import Dialogue, SafetyWalk, WalkPhoto, WalkPoint
from lofte.voices.photos import Photo
from lofte.voices.queries import chain_of

AREAS = "areas"


@dataclass(frozen=True)
class Picture:
    """What becomes of a point's picture: a new one, other words, or none at all."""

    photo: Photo | None = None
    text: str = ""
    is_removed: bool = False


@transaction.atomic
def make_dialogue(*, cycle: Cycle, by: User, values: dict[str, Any]) -> Dialogue:
    """A draft: nobody else sees it until it is opened."""
    require(by, Permission.EDIT_CYCLE, cycle)
    fields = {name: value for name, value in values.items() if name != AREAS}
    dialogue = Dialogue.objects.create(cycle=cycle, key=_free_key(cycle, values["title"]), is_draft=True, **fields)
    dialogue.areas.set(values.get(AREAS, []))
    record("dialogue.made", chain=chain_of(dialogue), target=dialogue, actor=by.key, content=dialogue.title)
    return dialogue


def _free_key(cycle: Cycle, title: str) -> str:
    stem = slugify(title)[:40].strip("-") or "dialog"
    taken = set(cycle.dialogues.values_list("key", flat=True))
    return next(key for number in range(1, len(taken) + 2) if (key := _numbered(stem, number)) not in taken)


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


@transaction.atomic
def change_dialogue(*, dialogue: Dialogue, by: User, values: dict[str, Any]) -> None:
    require(by, Permission.EDIT_CYCLE, dialogue)
    for name, value in values.items():
        if name != AREAS:
            setattr(dialogue, name, value)
    dialogue.save()
    dialogue.areas.set(values.get(AREAS, []))
    record(
        "dialogue.changed", chain=chain_of(dialogue), target=dialogue, actor=by.key,
        is_public=not (dialogue.is_draft or dialogue.is_for_staff), content=f"{dialogue.title}\n{dialogue.question}",
    )  # fmt: skip


@transaction.atomic
def open_dialogue(*, dialogue: Dialogue, by: User) -> None:
    """Let it be seen: a citizen dialogue by everyone, a staff dialogue by those who have its link."""
    require(by, Permission.EDIT_CYCLE, dialogue)
    dialogue.is_draft = False
    dialogue.save(update_fields=["is_draft"])
    record(
        "dialogue.opened", chain=chain_of(dialogue), target=dialogue, actor=by.key,
        is_public=not dialogue.is_for_staff,
    )  # fmt: skip


@transaction.atomic
def renew_link(*, dialogue: Dialogue, by: User) -> None:
    """The old link of a staff dialogue opens nothing any more."""
    require(by, Permission.EDIT_CYCLE, dialogue)
    dialogue.link_version += 1
    dialogue.save(update_fields=["link_version"])
    record("dialogue.link_renewed", chain=chain_of(dialogue), target=dialogue, actor=by.key)


@transaction.atomic
def save_walk(*, dialogue: Dialogue, by: User, values: dict[str, Any], walk: SafetyWalk | None = None) -> SafetyWalk:
    require(by, Permission.EDIT_CYCLE, dialogue)
    number = dialogue.walks.count() + 1
    taken = set(dialogue.walks.values_list("key", flat=True))
    while f"vandring-{number}" in taken:
        number += 1
    saved = walk or SafetyWalk(dialogue=dialogue, key=f"vandring-{number}")
    for name, value in values.items():
        setattr(saved, name, value)
    saved.save()
    record("walk.saved", chain=chain_of(dialogue), target=saved, actor=by.key, content=saved.title)
    return saved


@transaction.atomic
def save_point(
    *, walk: SafetyWalk, by: User, values: dict[str, Any], picture: Picture, point: WalkPoint | None = None
) -> WalkPoint:
    require(by, Permission.EDIT_CYCLE, walk.dialogue)
    last = walk.points.order_by("-order").first()
    saved = point or WalkPoint(walk=walk, order=last.order + 1 if last else 1)
    for name, value in values.items():
        setattr(saved, name, value)
    saved.save()
    _save_photo(saved, picture)
    content = f"{saved.text}\n{saved.answer}\n{saved.done_on}\n{saved.revisit}"
    record("walk.point_saved", chain=chain_of(walk.dialogue), target=saved, actor=by.key, content=content)
    return saved


def _save_photo(point: WalkPoint, picture: Picture) -> None:
    if picture.is_removed:
        WalkPhoto.objects.filter(point=point).delete()
    if picture.photo is not None:
        drawn = picture.photo
        fields = {"content": drawn.content, "width": drawn.width, "height": drawn.height, "text": picture.text}
        WalkPhoto.objects.update_or_create(point=point, defaults=fields)
    elif picture.text:
        WalkPhoto.objects.filter(point=point).update(text=picture.text)
