"""Rows to file: a promise with everything it hangs on, as medborgarlofte/1."""

from __future__ import annotations

import json
from functools import partial

from django.db import models

from lofte.core.records import Record, Spec, Writer
from lofte.core.visibility import VISITOR, Viewer, VisibleQuerySet
from lofte.exchange.sections import OF_CYCLE, OF_PROMISE
from lofte.followup.models import LessonCarried
from lofte.parties.models import Organisation
from lofte.parties.records import CYCLE, ORGANISATION
from lofte.picture.models import Problem
from lofte.places.models import Area
from lofte.places.records import AREA, MUNICIPALITY
from lofte.promises.models import CitizenPromise
from lofte.promises.records import PROMISE
from lofte.promises.signing import open_amendment
from lofte.promises.versions import in_force

FORMAT = "medborgarlofte/1"


def export(promise: CitizenPromise, *, viewer: Viewer = VISITOR) -> Record:
    """Everything a viewer may see of a promise and what it rests on; the same rows always give the same file."""
    writer = Writer(only=partial(_visible, viewer), internal=viewer.is_member, shared=(Organisation, Area))
    body: Record = {"cycle": writer.record(CYCLE, promise.cycle)}
    body |= writer.sections(OF_CYCLE, promise.cycle)
    frozen = None if viewer.is_member else frozen_during_change(promise)
    text = in_order(PROMISE, frozen["promise"]) if frozen else writer.record(PROMISE, promise)
    body["promise"] = {"state": promise.state, **text}
    body |= writer.sections(OF_PROMISE, promise)
    if _says_nothing_more(body.get("versions", []), body.get("signatures", [])):
        body.pop("versions", None)
    carried = _lessons_taken_up(promise, viewer)
    if carried:
        body["lessons_taken_up"] = carried
    head: Record = {"format": FORMAT}
    if promise.municipality.is_constructed:
        head["constructed"] = True
    head["municipality"] = writer.record(MUNICIPALITY, promise.municipality)
    head["organisations"] = _with(writer.mentioned(ORGANISATION), frozen, "organisations")
    areas = _with(writer.mentioned(AREA), frozen, "areas")
    if areas:
        head["areas"] = areas
    return head | body


def frozen_during_change(promise: CitizenPromise) -> Record | None:
    """The text in force while a change of it is being written: visitors read that, never the change."""
    version = in_force(promise) if promise.is_public and open_amendment(promise) else None
    return dict(json.loads(version.content)) if version else None


def in_order(spec: Spec, record: Record) -> Record:
    """A record of a canonical text with its members in the order of the format's tables."""
    names = ("id", *spec.fields, *spec.internal, *spec.refs, *spec.sets, *spec.links, *spec.children)
    written = {name: record[name] for name in names if name in record}
    for name, child in spec.children.items():
        if name in written:
            written[name] = [in_order(child.spec, row) for row in written[name]]
    return written


def _with(rows: list[Record], frozen: Record | None, name: str) -> list[Record]:
    """Rows that the frozen text names besides those that the rows name."""
    known = {row["id"] for row in rows}
    return rows + [row for row in (frozen or {}).get(name, []) if row["id"] not in known]


def _says_nothing_more(versions: list[Record], signatures: list[Record]) -> bool:
    """One text that was neither changed, masked nor signed here is the one that the promise itself gives."""
    is_signed = any("sha256" in row for row in signatures)
    return len(versions) <= 1 and not is_signed and not any("masked_sha256" in row for row in versions)


def inside(promise: CitizenPromise) -> Viewer:
    """Someone who may see all rows of this promise's kommun: what the whole record needs."""
    return Viewer(municipalities=frozenset({promise.municipality_id}), organisations=frozenset({0}))


def as_text(record: Record) -> str:
    """The file as people read it: two spaces, Swedish letters as they are, one newline at the end."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _visible(viewer: Viewer, rows: models.QuerySet[models.Model]) -> models.QuerySet[models.Model]:
    return rows.visible_to(viewer) if isinstance(rows, VisibleQuerySet) else rows


def _lessons_taken_up(promise: CitizenPromise, viewer: Viewer) -> list[Record]:
    """Lessons of earlier promises, and the problem each led to where the viewer may see it."""
    rows = LessonCarried.objects.filter(cycle=promise.cycle).select_related("lesson__promise", "problem").order_by("pk")
    seen = set(Problem.objects.filter(lessons_taken_up__in=rows).visible_to(viewer).values_list("pk", flat=True))
    return [
        {"lesson": f"{row.lesson.promise.slug}/{row.lesson.key}"}
        | ({"problem": row.problem.key} if row.problem and row.problem.pk in seen else {})
        for row in rows
    ]
