"""The canonical text of an adopted picture, its hash, and what differs between two versions."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from lofte.core.records import Record, Writer
from lofte.core.states import Visibility
from lofte.evidence.models import DataSet, EvidenceItem, Indicator
from lofte.evidence.records import DATA_SET, EVIDENCE, INDICATOR
from lofte.parties.models import Organisation
from lofte.parties.records import ORGANISATION
from lofte.picture.models import PictureVersion, SituationPicture, Statement
from lofte.picture.records import PICTURE
from lofte.places.models import Area
from lofte.places.records import AREA, MUNICIPALITY

FORMAT = "lagesbild/1"
# A boundary belongs to the area's edition; the picture names the area.
AREA_IN_TEXT = ("id", "kind", "name", "code", "edition", "parent")


def content(picture: SituationPicture) -> Record:
    """What everyone may read of the picture, with the evidence, figures, organisations and areas it names."""
    shared = (Organisation, Area, EvidenceItem, Indicator, DataSet)
    writer = Writer(only=_open, internal=False, shared=shared)
    text = writer.record(PICTURE, picture)
    evidence = writer.mentioned(EVIDENCE)
    indicators = writer.mentioned(INDICATOR)
    areas = [{name: row[name] for name in AREA_IN_TEXT if name in row} for row in writer.mentioned(AREA)]
    figures = {"indicators": indicators, "data_sets": writer.mentioned(DATA_SET)} if indicators else {}
    return {
        "format": FORMAT,
        "municipality": writer.record(MUNICIPALITY, picture.cycle.municipality),
        "organisations": writer.mentioned(ORGANISATION),
        "areas": areas,
        "evidence": evidence,
        **figures,
        "picture": text,
    }


def _open(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Outside the text stand sentences that are only for members, and evidence that is not open."""
    if rows.model is Statement:
        return rows.exclude(sentence="")
    return rows.exclude(visibility=Visibility.INTERNAL) if rows.model is EvidenceItem else rows


def canonical_text(record: Record) -> str:
    """The same rules as for a promise (docs/reference/canonical-text.md)."""
    return json.dumps(_normal(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def freeze(picture: SituationPicture) -> PictureVersion:
    text = canonical_text(content(picture))
    return PictureVersion.objects.create(picture=picture, content=text, sha256=digest(text))


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {name: _normal(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_normal(inner) for inner in value]
    return value


# --- what differs


@dataclass(frozen=True)
class Change:
    """A part that reads differently in a later version. An empty side: the part was not there."""

    what: str
    before: str
    after: str


def stem(key: str) -> str:
    """What a part is called in every version: a copy carries its version after its name."""
    return re.sub(r"-v\d+$", "", key)


def changes(before: SituationPicture, after: SituationPicture) -> list[Change]:
    """The parts that differ, in the order of the later version, then those that were taken away."""
    old, new = dict(_parts(before)), dict(_parts(after))
    found = []
    for name in [*new, *(name for name in old if name not in new)]:
        was, now = old.get(name, ("", "")), new.get(name, ("", ""))
        if was[1] != now[1]:
            found.append(Change(now[0] or was[0], was[1], now[1]))
    return found


def _parts(picture: SituationPicture) -> Iterator[tuple[str, tuple[str, str]]]:
    yield "summary", (_("Situationen idag"), picture.summary)
    for statement in picture.statements.prefetch_related("areas", "figures__indicator"):
        where = [area.name for area in statement.areas.all()]
        said = [statement.sentence or statement.internal_sentence, statement.period, statement.comparison]
        words = [str(statement.get_trend_display()), str(statement.get_strength_display())]
        figures = [figure.indicator.name for figure in statement.figures.all()]
        yield f"statement {stem(statement.key)}", (_("Utsaga"), _lines([*said, *words, ", ".join(where), *figures]))
    for problem in picture.problems.prefetch_related("areas", "causes"):
        told = [problem.title, problem.description, problem.who, problem.when, problem.how, problem.how_many]
        causes = [cause.text for cause in problem.causes.all()]
        order = _("Ordning: {n}").format(n=problem.priority) if problem.priority else ""
        text = _lines([*told, problem.consequences, order, *causes])
        yield f"problem {stem(problem.key)}", (_("Problem"), text)
    yield "assessment", (_("Samlad bedömning"), picture.joint_assessment)


def _lines(parts: Sequence[str]) -> str:
    return "\n".join(part for part in parts if part)
