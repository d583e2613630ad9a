"""Figures ready for a page: sentence, chart, table, method. A page shows few measures and leads to the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.design.words import date_words, quoted, woven
from lofte.evidence.measures import Metric
from lofte.evidence.periods import Span, reported
from lofte.evidence.points import Block, Point, blocks
from lofte.evidence.stored import said
from lofte.evidence.wording import (
    VOICE,
    edition_words,
    interval_words,
    method_words,
    rate_words,
    sentences,
    span_words,
    unit_words,
    value_words,
    what_words,
)
from lofte_engine.charts import Value, over_time


@dataclass(frozen=True)
class Row:
    period: str
    value: str
    interval: str
    rate: str
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """One measure on the page. `pk` is the figure that can become evidence."""

    key: str
    title: str
    sentences: Sequence[str]
    chart: SafeString
    rows: Sequence[Row]
    around: Sequence[Row]
    editions: Sequence[Row]
    method: str
    marks: Sequence[str] = ()
    pk: int | None = None


@dataclass
class Section:
    """The measures of one data set, with what is said once for all of them."""

    title: str
    attribution: str
    edition: str
    definition: str
    control: str
    notes: Sequence[str]
    shown: list[Shown] = field(default_factory=list)


@dataclass(frozen=True)
class Rest:
    """Measures of a data set that the page only leads to."""

    title: str
    links: Sequence[Link]


def sections(points: Iterable[Point]) -> list[Section]:
    made: dict[str, Section] = {}
    for block in blocks(points):
        about = block.latest.about
        if about.series not in made:
            made[about.series] = Section(
                about.title, about.attribution, edition_words(about), said(about.definition), said(about.control),
                [said(note) for note in about.notes],
            )  # fmt: skip
        made[about.series].shown.append(_shown(block))
    return list(made.values())


def rest(measures: Iterable[Metric], query: str) -> list[Rest]:
    """The way to each measure that is not on the page. `query` is the name of the choice in the address."""
    by_title: dict[str, list[Link]] = {}
    for measure in measures:
        link = Link(measure.name, f"?{query}={measure.key}#m-{measure.key}")
        by_title.setdefault(measure.title, []).append(link)
    return [Rest(title, links) for title, links in by_title.items()]


def _shown(block: Block) -> Shown:
    latest = block.latest
    return Shown(
        key=Metric.of(latest).key,
        title=what_words(latest),
        sentences=sentences(latest),
        chart=chart_of(block.charted),
        rows=[row_of(point) for point in block.listed],
        around=[row_of(point, point.place) for point in block.around],
        editions=[row_of(point, edition_words(point.about) or _("tidigare")) for point in block.other_editions],
        method=method_words(latest.method),
        marks=[told for _at, told in marks_on(block.charted)],
        pk=latest.pk,
    )


def chart_of(points: Sequence[Point]) -> SafeString:
    """The figure over time; nothing when there is nothing to draw."""
    if not points or all(point.value is None for point in points):
        return SafeString("")
    latest = points[-1]
    values = [
        Value(_label(point.span), point.value, point.low, point.high, is_preliminary=point.is_preliminary)
        for point in points
    ]
    unit = _("händelser") if latest.kind == "count" else unit_words(latest.unit)
    unit = ", ".join(part for part in (unit, _months(latest.span)) if part)
    marks = [at for at, _told in marks_on(points)]
    title = f"{what_words(latest)}, {latest.place}"
    drawn = over_time(values, title=title, unit=unit, marks=marks, voice=VOICE)
    return mark_safe(drawn.svg)


def marks_on(points: Sequence[Point]) -> list[tuple[float, str]]:
    """What one must know of while the chart runs: where in it, and in words."""
    found = []
    for mark in points[-1].about.marks if points else ():
        on = dt.date.fromisoformat(mark["on"])
        at = next((number for number, point in enumerate(points) if on <= point.span.ends), None)
        if at is None or on < points[0].span.starts:
            continue
        span = points[at].span
        share = max(0.0, (on - span.starts).days / ((span.ends - span.starts).days + 1))
        told = woven("{day}: {what}", day=date_words(on), what=quoted(mark["text"]))
        found.append((at + share, told))
    return found


def _months(span: Span) -> str:
    """The part of the year that all columns are of; nothing when they are of whole years."""
    first, last = span.starts, span.ends
    if first.year != last.year or (first.month, last.month) == (1, 12):
        return ""
    names = dict.fromkeys(format_date(day, "F") for day in (first, last))
    return "–".join(names)


def _label(span: Span) -> str:
    first, last = span.starts.year, span.ends.year
    return str(last) if first == last else f"{first}–{last % 100:02}"


def row_of(point: Point, name: str = "") -> Row:
    told = [_("preliminär")] if point.is_preliminary else []
    if point.kind == "count" and (found := reported(point.about.reporters, point.span)):
        # Beside the count: with fewer who report there is less to count.
        told.append(_("{share} procent av rapporterna har kommit").format(share=round(100 * found[0] / found[1])))
    note = ", ".join(told)
    return Row(name or span_words(point.span), value_words(point), interval_words(point), rate_words(point), note)
