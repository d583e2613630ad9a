"""The canonical text of a promise and its hash. In words: docs/reference/canonical-text.md.

The canonical text is what everyone may read of the promise and nothing else: internal attributes, and activities
that are shown only when done, stand outside it, so that anybody can recompute the hash from the open data.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from django.db import models

from lofte.core.records import Record, Writer
from lofte.evidence.records import INDICATOR
from lofte.parties.models import Organisation
from lofte.parties.records import ORGANISATION
from lofte.places.models import Area
from lofte.places.records import AREA, MUNICIPALITY
from lofte.promises.models import Activity, CitizenPromise, PromiseVersion
from lofte.promises.records import PROMISE

FORMAT = "medborgarlofte/1"
# A boundary is large and belongs to the area's edition; the signed text names the area.
AREA_IN_TEXT = ("id", "kind", "name", "code", "edition", "also_in", "parent")
MEASURE_IN_TEXT = ("id", "kind", "name", "unit", "definition", "crime_codes", "lower_is_better", "is_effort_driven")


def content(promise: CitizenPromise) -> Record:
    """What is signed, as a record: the promise with the organisations and areas it names."""
    writer = Writer(only=_signed, internal=False, shared=(Organisation, Area))
    text = writer.record(PROMISE, promise)
    areas = [{name: row[name] for name in AREA_IN_TEXT if name in row} for row in writer.mentioned(AREA)]
    measures = _measures(promise, writer)
    return {
        "format": FORMAT,
        **({"indicators": measures} if measures else {}),
        "municipality": writer.record(MUNICIPALITY, promise.municipality),
        "organisations": writer.mentioned(ORGANISATION),
        "areas": areas,
        "promise": text,
    }


def _measures(promise: CitizenPromise, writer: Writer) -> list[Record]:
    """How the goals are measured, as it was said when the text was frozen: the values come later."""
    goals = promise.goals.filter(indicator__isnull=False).select_related("indicator")
    named = {goal.indicator.key: goal.indicator for goal in goals if goal.indicator}
    rows = [writer.record(INDICATOR, named[key]) for key in sorted(named)]
    return [{name: row[name] for name in MEASURE_IN_TEXT if name in row} for row in rows]


def canonical_text(record: Record) -> str:
    """One text for one record: keys sorted, no blank space between tokens, Unicode NFC, numbers as short as can be."""
    return json.dumps(_normal(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of the canonical text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def freeze(promise: CitizenPromise, **why: str) -> PromiseVersion:
    """Keep the promise's present text as its next version; the same text is not kept twice."""
    return keep(promise, canonical_text(content(promise)), **why)


def keep(promise: CitizenPromise, text: str, **why: str) -> PromiseVersion:
    last = PromiseVersion.everything.filter(promise=promise).order_by("number").last()
    if last is not None and last.content == text and why.items() <= vars(last).items():
        return last
    number = last.number + 1 if last else 1
    return PromiseVersion.objects.create(promise=promise, number=number, content=text, sha256=digest(text), **why)


def in_force(promise: CitizenPromise) -> PromiseVersion | None:
    """The text that holds now, or is to be signed for the first time."""
    return promise.versions.order_by("number").last()


def is_in_step(promise: CitizenPromise, version: PromiseVersion) -> bool:
    """Whether the working copy still says what the version says."""
    return canonical_text(content(promise)) == version.content


def _signed(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    return rows.filter(shown_when_done=False) if rows.model is Activity else rows


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_normal(name): _normal(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_normal(inner) for inner in value]
    return value
