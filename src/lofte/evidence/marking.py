"""Writes that say how figures are read: marks on the time line, and which kommuner one is set beside."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lofte.core.events import record
from lofte.evidence.models import DataSet, Likeness
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.places.models import Municipality
from lofte.voices.queries import chain_of_kommun


@transaction.atomic
def add_mark(*, data_set: DataSet, on: dt.date, text: str, by: User) -> None:
    """What is out keeps the marks it had; the next release has this one too."""
    require(by, Permission.EDIT_CYCLE, data_set.cycle)
    locked = DataSet.objects.select_for_update().get(pk=data_set.pk)
    _keep(locked, [*locked.marks, {"on": on.isoformat(), "text": text}], by)


@transaction.atomic
def take_mark_away(*, data_set: DataSet, number: int, by: User) -> None:
    require(by, Permission.EDIT_CYCLE, data_set.cycle)
    locked = DataSet.objects.select_for_update().get(pk=data_set.pk)
    _keep(locked, [mark for at, mark in enumerate(locked.marks) if at != number], by)


def _keep(data_set: DataSet, marks: list[dict[str, str]], by: User) -> None:
    data_set.marks = sorted(marks, key=lambda mark: mark["on"])
    data_set.save(update_fields=["marks"])
    record(
        "data_set.marked", chain=chain_of_kommun(data_set.cycle.municipality), target=data_set.cycle, actor=by.key,
        content=f"{data_set.key} {len(data_set.marks)}",
    )  # fmt: skip


@transaction.atomic
def choose_like(*, municipality: Municipality, places: list[str], reason: str, by: User) -> Likeness:
    require(by, Permission.EDIT_CYCLE, municipality)
    like, _is_new = Likeness.objects.update_or_create(
        municipality=municipality, defaults={"places": places, "reason": reason}
    )
    record(
        "likeness.chosen", chain=chain_of_kommun(municipality), target=like, actor=by.key, is_public=True,
        content=", ".join(places),
    )  # fmt: skip
    return like
