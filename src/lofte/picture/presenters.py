"""Words of the picture's pages: what a version is called, what is missing, and the picture as it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lofte.core.records import Record
from lofte.picture.models import Cause, PictureVersion, Problem, SituationPicture, Statement
from lofte.picture.queries import KNOWLEDGE
from lofte.picture.versions import content


def name_of(picture: SituationPicture) -> str:
    if picture.year:
        return _("Lägesbild {year}, version {version}").format(year=picture.year, version=picture.version)
    return _("Lägesbild, version {version}").format(version=picture.version)


def columns() -> list[str]:
    return [str(label) for label, _kinds in KNOWLEDGE]


def missing(picture: SituationPicture, statements: Sequence[Statement], problems: Sequence[Problem]) -> list[str]:
    """What the picture lacks, in sentences. Nothing of it stops anybody."""
    return list(_missing(picture, statements, problems))


def _missing(picture: SituationPicture, statements: Sequence[Statement], problems: Sequence[Problem]) -> Iterator[str]:
    if not statements:
        yield _("Bilden har ingen utsaga än.")
    without = sum(not statement.evidence_links.all() for statement in statements)
    if without:
        yield _("Utsagor utan underlag: {n}.").format(n=without)
    if not problems:
        yield _("Inget problem är beskrivet.")
    for problem in problems:
        if not problem.evidence_links.all():
            yield _("Inget underlag är kopplat till problemet ”{problem}”.").format(problem=problem.title)
        if problem.priority is not None and not problem.causes.all():
            yield _("Ingen orsak är undersökt till problemet ”{problem}”.").format(problem=problem.title)
        if not problem.consequences:
            yield _("Det står inte vad problemet ”{problem}” leder till.").format(problem=problem.title)
    if problems and all(problem.priority is None for problem in problems):
        yield _("Problemen har ingen ordning.")
    if not picture.joint_assessment:
        yield _("Den samlade bedömningen är inte skriven.")


# --- as it is read: from the kept text when there is one, otherwise from the same text as it is now


@dataclass(frozen=True)
class Line:
    """A statement with where and when, and what it rests on."""

    sentence: str
    facts: Sequence[str]
    evidence: Sequence[str]


@dataclass(frozen=True)
class ReadProblem:
    title: str
    facts: Sequence[tuple[str, str]]
    causes: Sequence[str]
    evidence: Sequence[str]


@dataclass(frozen=True)
class Text:
    summary: str
    joint_assessment: str
    sections: Sequence[tuple[str, Sequence[Line]]]
    problems: Sequence[ReadProblem]
    sha256: str


def as_read(picture: SituationPicture, frozen: PictureVersion | None) -> Text:
    record: Record = json.loads(frozen.content) if frozen else content(picture)
    areas = {each["id"]: each["name"] for each in record["areas"]}
    evidence = {each["id"]: _cited(each) for each in record["evidence"]}
    told = record["picture"]
    sections: dict[str, list[Line]] = {}
    for each in told.get("statements", []):
        line = Line(each["sentence"], _facts(each), [evidence[key] for key in each.get("evidence", [])])
        for where in [areas[key] for key in each.get("areas", [])] or [_("Hela kommunen")]:
            sections.setdefault(where, []).append(line)
    problems = sorted(told.get("problems", []), key=lambda each: each.get("priority", 10**6))
    return Text(
        told.get("summary", ""),
        told.get("joint_assessment", ""),
        sorted(sections.items(), key=lambda section: (section[0] != _("Hela kommunen"), section[0])),
        [_problem(each, areas, evidence) for each in problems],
        frozen.sha256 if frozen else "",
    )


def _cited(item: dict[str, Any]) -> str:
    return f"{item['title']} ({item['on']})" if "on" in item else str(item["title"])


def _facts(statement: dict[str, Any]) -> list[str]:
    trend = Statement.Trend(statement.get("trend", Statement.Trend.UNKNOWN))
    strength = Statement.Strength(statement.get("strength", Statement.Strength.INDICATION))
    found = [statement.get("period", ""), statement.get("comparison", "")]
    found += [str(trend.label)] if trend != Statement.Trend.UNKNOWN else []
    return [each for each in [*found, str(strength.label)] if each]


def _problem(each: dict[str, Any], areas: dict[str, str], evidence: dict[str, str]) -> ReadProblem:
    where = ", ".join(areas[key] for key in each.get("areas", []))
    told = (
        (_("Vad"), each.get("description", "")),
        (_("Vilka"), each.get("who", "")),
        (_("Var"), where),
        (_("När"), each.get("when", "")),
        (_("Hur"), each.get("how", "")),
        (_("Hur många"), each.get("how_many", "")),
        (_("Följder"), each.get("consequences", "")),
    )
    causes = [f"{cause['text']} ({_level(cause)})" for cause in each.get("causes", [])]
    cited = [evidence[key] for key in each.get("evidence", [])]
    return ReadProblem(each["title"], [fact for fact in told if fact[1]], causes, cited)


def _level(cause: dict[str, Any]) -> str:
    level = Cause.Level(cause.get("level", Cause.Level.UNDERLYING))
    factor = Cause.Factor(cause.get("factor", Cause.Factor.RISK))
    return f"{level.label}, {factor.label}"
