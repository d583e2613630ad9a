"""A promise as it was signed: plain values read from the frozen text, for pages, reports and documents."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lofte.core.records import Record

Names = Callable[[str], str]


@dataclass(frozen=True)
class Place:
    key: str
    name: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class Promised:
    """A target as it was promised (see `lofte.promises.models.Target`)."""

    key: str
    kind: str
    comparison: str = "at_least"
    amount: Decimal | None = None
    unit: str = ""
    per: str = ""
    is_average: bool = False
    in_each_area: bool = False
    min_minutes: int | None = None
    options: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    share_of: str | None = None


@dataclass(frozen=True)
class ActivityText:
    key: str
    text: str
    parties: tuple[str, ...]
    targets: tuple[Promised, ...]
    starts: dt.date | None
    ends: dt.date | None
    planned_occasions: int | None


@dataclass(frozen=True)
class PledgeText:
    key: str
    text: str
    theme: str
    is_summary: bool
    parties: tuple[str, ...]
    with_others: bool
    approach: str
    group: str
    age_from: int | None
    age_to: int | None
    activities: tuple[ActivityText, ...]
    problems: tuple[str, ...]
    causes: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True)
class GoalText:
    key: str
    kind: str
    text: str
    pledge: str
    indicator: str
    baseline: Decimal | None
    baseline_period: str
    target: Decimal | None
    margin: Decimal | None
    answer_on: dt.date | None
    measure: str = ""
    unit: str = ""
    design: str = ""
    comparison: str = ""
    smallest_change: Decimal | None = None
    smallest_change_basis: str = ""
    no_answer_because: str = ""
    no_answer_text: str = ""


@dataclass(frozen=True)
class PromiseText:
    """The signed text. Names of organisations and areas are those of the day it was frozen."""

    title: str
    short_line: str
    short_line_is_later: bool
    starts: dt.date
    ends: dt.date
    covers_municipality: bool
    areas: tuple[str, ...]
    parties: tuple[str, ...]
    intro: str
    overall_pledge: str
    overall_pledge_is_summary: bool
    desired_outcome: str
    rhythm: str
    channels: tuple[str, ...]
    pledges: tuple[PledgeText, ...]
    goals: tuple[GoalText, ...]
    is_for_children: bool = False

    @property
    def has_amounts(self) -> bool:
        return any(target.kind != "none" for p in self.pledges for a in p.activities for target in a.targets)


def read(canonical: str) -> PromiseText:
    """The frozen text as values."""
    return from_record(json.loads(canonical, parse_float=Decimal))


def from_record(record: Record) -> PromiseText:
    given = record["promise"]
    organisations = _names(record.get("organisations", []))
    areas = _names(record.get("areas", []))
    indicators = {row["id"]: row for row in record.get("indicators", [])}
    return PromiseText(
        title=given["title"],
        short_line=given.get("short_line", ""),
        short_line_is_later=given.get("short_line_is_later", False),
        starts=_day(given["starts"]),
        ends=_day(given["ends"]),
        covers_municipality=given.get("covers_municipality", True),
        areas=tuple(areas(key) for key in given.get("areas", [])),
        parties=tuple(organisations(key) for key in given.get("parties", [])),
        intro=given.get("intro", ""),
        overall_pledge=given.get("overall_pledge", ""),
        overall_pledge_is_summary=given.get("overall_pledge_is_summary", False),
        desired_outcome=given.get("desired_outcome", ""),
        rhythm=given.get("rhythm", "none"),
        channels=tuple(given.get("channels", [])),
        pledges=tuple(_pledge(each, organisations, areas) for each in given.get("pledges", [])),
        goals=tuple(_goal(each, indicators) for each in given.get("goals", [])),
        is_for_children=given.get("audience") == "children",
    )


def _names(rows: list[Record]) -> Names:
    names: Mapping[str, str] = {row["id"]: row["name"] for row in rows}
    return lambda key: names.get(key, key)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _maybe_day(text: str | None) -> dt.date | None:
    return _day(text) if text else None


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _pledge(given: Record, organisations: Names, areas: Names) -> PledgeText:
    return PledgeText(
        key=given["id"],
        text=given["text"],
        theme=given.get("theme", ""),
        is_summary=given.get("is_summary", False),
        parties=tuple(organisations(key) for key in given.get("parties", [])),
        with_others=given.get("with_others", False),
        approach=given.get("approach", ""),
        group=given.get("group", ""),
        age_from=given.get("age_from"),
        age_to=given.get("age_to"),
        activities=tuple(_activity(each, organisations, areas) for each in given.get("activities", [])),
        problems=tuple(given.get("problems", [])),
        causes=tuple(given.get("causes", [])),
        measures=tuple(given.get("measures", [])),
    )


def _activity(given: Record, organisations: Names, areas: Names) -> ActivityText:
    return ActivityText(
        key=given["id"],
        text=given["text"],
        parties=tuple(organisations(key) for key in given.get("parties", [])),
        targets=tuple(_target(each, areas) for each in given.get("targets", [])),
        starts=_maybe_day(given.get("starts")),
        ends=_maybe_day(given.get("ends")),
        planned_occasions=given.get("planned_occasions"),
    )


def _target(given: Record, areas: Names) -> Promised:
    places = [Place(row["area"], areas(row["area"]), _decimal(row.get("amount"))) for row in given.get("places", [])]
    return Promised(
        key=given["id"],
        kind=given["kind"],
        comparison=given.get("comparison", "at_least"),
        amount=_decimal(given.get("amount")),
        unit=given.get("unit", ""),
        per=given.get("per", ""),
        is_average=given.get("is_average", False),
        in_each_area=given.get("in_each_area", False),
        min_minutes=given.get("min_minutes"),
        options=tuple(given.get("options", [])),
        places=tuple(places),
        share_of=given.get("share_of"),
    )


def _goal(given: Record, indicators: Mapping[str, Record]) -> GoalText:
    measure = indicators.get(given.get("indicator", ""), {})
    return GoalText(
        key=given["id"],
        kind=given["kind"],
        text=given["text"],
        pledge=given.get("pledge", ""),
        indicator=given.get("indicator", ""),
        baseline=_decimal(given.get("baseline_value")),
        baseline_period=given.get("baseline_period", ""),
        target=_decimal(given.get("target_value")),
        margin=_decimal(given.get("margin")),
        answer_on=_maybe_day(given.get("answer_on")),
        measure=measure.get("name", ""),
        unit=measure.get("unit", ""),
        design=given.get("design", ""),
        comparison=given.get("comparison", ""),
        smallest_change=_decimal(given.get("smallest_change")),
        smallest_change_basis=given.get("smallest_change_basis", ""),
        no_answer_because=given.get("no_answer_because", ""),
        no_answer_text=given.get("no_answer_text", ""),
    )
