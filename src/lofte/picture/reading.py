"""The picture as everyone reads it, from its canonical record: page, PDF, Word and area pages show the same."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from django.utils.translation import gettext as _

from lofte.core.records import Record
from lofte.core.states import Visibility
from lofte.design.words import date_words, number_words
from lofte.evidence.models import EvidenceItem
from lofte.picture.figures import Figure, figure
from lofte.picture.models import Cause, PictureVersion, SituationPicture, Statement
from lofte.picture.queries import KNOWLEDGE
from lofte.picture.versions import content


@dataclass(frozen=True)
class Line:
    """A statement with where and when, what it rests on, and its figures."""

    sentence: str
    facts: Sequence[str]
    evidence: Sequence[str]
    figures: Sequence[Figure] = ()


@dataclass(frozen=True)
class Section:
    """What is said of one place; `key` is empty for the whole kommun."""

    key: str
    name: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class CauseLine:
    """A cause of the tree, as deep as it stands."""

    text: str
    words: str
    depth: int


@dataclass(frozen=True)
class ReadProblem:
    key: str
    title: str
    areas: Sequence[str]
    facts: Sequence[tuple[str, str]]
    causes: Sequence[CauseLine]
    evidence: Sequence[str]


@dataclass(frozen=True)
class Row:
    """A row of a plain table: what it is about, and its cells."""

    name: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Item:
    """An item of the register with how old it is and what it cannot say."""

    title: str
    facts: Sequence[str]
    sentence: str
    limits: str
    areas: Sequence[str]
    kind: str


@dataclass(frozen=True)
class Text:
    kommun: str
    year: str
    decision: str
    summary: str
    joint_assessment: str
    sections: Sequence[Section]
    problems: Sequence[ReadProblem]
    criteria: Sequence[tuple[str, str]]
    parties: Sequence[str]
    weighed: Sequence[Row]
    sources: Sequence[str]
    named: Sequence[Row]
    items: Sequence[Item]
    areas: dict[str, str]
    sha256: str


def record_of(picture: SituationPicture, frozen: PictureVersion | None) -> Record:
    """The kept text when there is one; otherwise the same text as it would be now."""
    return dict(json.loads(frozen.content)) if frozen else content(picture)


def as_read(picture: SituationPicture, frozen: PictureVersion | None) -> Text:
    return read(record_of(picture, frozen), frozen.sha256 if frozen else "")


def read(record: Record, sha256: str) -> Text:
    told: Record = record["picture"]
    areas = {each["id"]: each["name"] for each in record["areas"]}
    evidence = {each["id"]: each for each in record["evidence"]}
    problems = sorted(told.get("problems", []), key=lambda each: each.get("priority", 10**6))
    parties = {each["id"]: each["name"] for each in record["organisations"]}
    scored = sorted({score["organisation"] for each in problems for score in each.get("scores", [])})
    return Text(
        kommun=record["municipality"]["name"],
        year=str(told.get("year", "")),
        decision=_decision(told),
        summary=told.get("summary", ""),
        joint_assessment=told.get("joint_assessment", ""),
        sections=_sections(record, areas, evidence),
        problems=[_problem(each, areas, evidence) for each in problems],
        criteria=[(each["name"], each.get("description", "")) for each in told.get("criteria", [])],
        parties=[parties[key] for key in scored],
        weighed=[Row(each["title"], _means(each, scored)) for each in problems] if scored else [],
        sources=[str(label) for label, _kinds in KNOWLEDGE],
        named=[Row(each["title"], _named(each, evidence)) for each in problems],
        items=[_item(each, areas, parties) for each in record["evidence"]],
        areas=areas,
        sha256=sha256,
    )


def _decision(told: Record) -> str:
    if not told.get("adopted_on"):
        return ""
    day = date_words(dt.date.fromisoformat(told["adopted_on"]))
    said = _("Antagen den {day} av {body}.").format(day=day, body=told.get("adopted_by", ""))
    more = [told.get("minutes_reference", ""), told.get("registry_number", "")]
    return " ".join([said, *([", ".join(each for each in more if each) + "."] if any(more) else [])])


def _sections(record: Record, areas: dict[str, str], evidence: dict[str, Record]) -> list[Section]:
    """The whole kommun first, then each place by name."""
    lines: defaultdict[str, list[Line]] = defaultdict(list)
    drawn = Drawer(record, areas)
    for each in record["picture"].get("statements", []):
        cited = [_cited(evidence[key]) for key in each.get("evidence", [])]
        line = Line(each["sentence"], _facts(each), cited, [drawn.figure(one) for one in each.get("figures", [])])
        for key in each.get("areas", []) or [""]:
            lines[key].append(line)
    names = {key: areas[key] if key else _("Hela kommunen") for key in lines}
    return [Section(key, names[key], lines[key]) for key in sorted(lines, key=lambda key: (key != "", names[key]))]


class Drawer:
    """Draws each figure of a record once, however many statements point at it."""

    def __init__(self, record: Record, areas: dict[str, str]) -> None:
        self.indicators = {each["id"]: each for each in record.get("indicators", [])}
        self.data_sets = {each["id"]: each for each in record.get("data_sets", [])}
        self.areas = areas
        self.drawn: dict[tuple[str, str], Figure] = {}

    def figure(self, one: Record) -> Figure:
        which = (one["indicator"], one.get("area", ""))
        if which not in self.drawn:
            name = self.areas[which[1]] if which[1] else _("hela kommunen")
            indicator = self.indicators[which[0]]
            self.drawn[which] = figure(indicator, self.data_sets, area=which[1], area_name=name)
        return self.drawn[which]


def _cited(item: Record) -> str:
    return f"{item['title']} ({item['on']})" if "on" in item else str(item["title"])


def _facts(statement: Record) -> list[str]:
    trend = Statement.Trend(statement.get("trend", Statement.Trend.UNKNOWN))
    strength = Statement.Strength(statement.get("strength", Statement.Strength.INDICATION))
    found = [statement.get("period", ""), statement.get("comparison", "")]
    found += [str(trend.label)] if trend != Statement.Trend.UNKNOWN else []
    return [each for each in [*found, str(strength.label)] if each]


def _problem(each: Record, areas: dict[str, str], evidence: dict[str, Record]) -> ReadProblem:
    told = (
        (_("Vad"), each.get("description", "")),
        (_("Vilka"), each.get("who", "")),
        (_("Var"), ", ".join(areas[key] for key in each.get("areas", []))),
        (_("När"), each.get("when", "")),
        (_("Hur"), each.get("how", "")),
        (_("Hur många"), each.get("how_many", "")),
        (_("Följder"), each.get("consequences", "")),
    )
    cited = [_cited(evidence[key]) for key in each.get("evidence", [])]
    facts = [fact for fact in told if fact[1]]
    return ReadProblem(each["id"], each["title"], each.get("areas", []), facts, _causes(each, evidence), cited)


def _causes(problem: Record, evidence: dict[str, Record]) -> list[CauseLine]:
    below: defaultdict[str, list[Record]] = defaultdict(list)
    for cause in problem.get("causes", []):
        below[cause.get("parent", "")].append(cause)

    def lines(parent: str, depth: int) -> list[CauseLine]:
        found = []
        for cause in below[parent]:
            found.append(CauseLine(cause["text"], _of_cause(cause, evidence), depth))
            found += lines(cause["id"], depth + 1)
        return found

    return lines("", 0)


def _of_cause(cause: Record, evidence: dict[str, Record]) -> str:
    level = Cause.Level(cause.get("level", Cause.Level.UNDERLYING))
    factor = Cause.Factor(cause.get("factor", Cause.Factor.RISK))
    rests = [_cited(evidence[key]) for key in cause.get("evidence", [])]
    return ", ".join([str(level.label), str(factor.label)]) + (f" · {', '.join(rests)}" if rests else "")


def _means(problem: Record, parties: Sequence[str]) -> list[str]:
    given = problem.get("scores", [])
    found = []
    for party in parties:
        own = [score["value"] for score in given if score["organisation"] == party]
        found.append(number_words(round(fmean(own), 1)) if own else _("inte bedömt"))
    return found


def _named(problem: Record, evidence: dict[str, Record]) -> list[str]:
    """Which kind of source named a problem: internal and external views side by side, as counts of items."""
    kinds = [evidence[key]["kind"] for key in problem.get("evidence", [])]
    counts = [sum(kind in of for kind in kinds) for _label, of in KNOWLEDGE]
    return [str(count) if count else _("inget") for count in counts]


def _item(each: Record, areas: dict[str, str], parties: dict[str, str]) -> Item:
    kind = str(EvidenceItem.Kind(each["kind"]).label)
    facts = [kind, date_words(dt.date.fromisoformat(each["on"])) if "on" in each else "", each.get("period", "")]
    if each.get("n") is not None:
        facts.append(_("{n} svar eller händelser").format(n=number_words(each["n"])))
    if each.get("visibility") == Visibility.HELD_BY_OWNER:
        facts.append(_("finns hos ägaren: {owner}").format(owner=parties.get(each.get("owner", ""), "")))
    if each.get("grade"):
        facts.append(str(EvidenceItem.Grade(each["grade"]).label))
    where = [key for key in each.get("areas", []) if key in areas]
    return Item(
        each["title"], [fact for fact in facts if fact], each.get("sentence", ""), each.get("limits", ""), where,
        each["kind"],
    )  # fmt: skip
