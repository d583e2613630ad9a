"""Rows to file: a promise with everything it hangs on, as medborgarlofte/1."""

from __future__ import annotations

import json
from functools import partial

from django.db import models

from lofte.core.records import Record, Writer
from lofte.core.visibility import VISITOR, Viewer, VisibleQuerySet
from lofte.exchange.sections import OF_CYCLE, OF_PROMISE
from lofte.followup.models import LessonCarried
from lofte.parties.models import Organisation
from lofte.parties.records import CYCLE, ORGANISATION
from lofte.places.models import Area
from lofte.places.records import AREA, MUNICIPALITY
from lofte.promises.models import CitizenPromise
from lofte.promises.records import PROMISE

FORMAT = "medborgarlofte/1"


def export(promise: CitizenPromise, *, viewer: Viewer = VISITOR) -> Record:
    """Everything a viewer may see of a promise and what it rests on; the same rows always give the same file."""
    writer = Writer(only=partial(_visible, viewer), internal=viewer.is_member, shared=(Organisation, Area))
    body: Record = {"cycle": writer.record(CYCLE, promise.cycle)}
    body |= writer.sections(OF_CYCLE, promise.cycle)
    body["promise"] = {"state": promise.state, **writer.record(PROMISE, promise)}
    body |= writer.sections(OF_PROMISE, promise)
    carried = _lessons_taken_up(promise)
    if carried:
        body["lessons_taken_up"] = carried
    head: Record = {"format": FORMAT}
    if promise.municipality.is_constructed:
        head["constructed"] = True
    head["municipality"] = writer.record(MUNICIPALITY, promise.municipality)
    head["organisations"] = writer.mentioned(ORGANISATION)
    areas = writer.mentioned(AREA)
    if areas:
        head["areas"] = areas
    return head | body


def inside(promise: CitizenPromise) -> Viewer:
    """Someone who may see all rows of this promise's kommun: what the whole record needs."""
    return Viewer(municipalities=frozenset({promise.municipality_id}), organisations=frozenset({0}))


def as_text(record: Record) -> str:
    """The file as people read it: two spaces, Swedish letters as they are, one newline at the end."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _visible(viewer: Viewer, rows: models.QuerySet[models.Model]) -> models.QuerySet[models.Model]:
    return rows.visible_to(viewer) if isinstance(rows, VisibleQuerySet) else rows


def _lessons_taken_up(promise: CitizenPromise) -> list[Record]:
    rows = LessonCarried.objects.filter(cycle=promise.cycle).select_related("lesson__promise", "problem").order_by("pk")
    return [
        {"lesson": f"{row.lesson.promise.slug}/{row.lesson.key}"}
        | ({"problem": row.problem.key} if row.problem else {})
        for row in rows
    ]
