"""Figures ready for a page: sentence, chart, table, method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lofte.evidence.charts import Chart, chart
from lofte.evidence.points import Block, Point, blocks
from lofte.evidence.sentences import (
    edition_words,
    interval_words,
    rate_words,
    sentences,
    span_words,
    value_words,
    what_words,
)


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

    number: int
    title: str
    sentences: Sequence[str]
    chart: Chart | None
    rows: Sequence[Row]
    around: Sequence[Row]
    editions: Sequence[Row]
    method: Sequence[str]
    pk: int | None = None

    @property
    def chart_id(self) -> str:
        return f"diagram-{self.number}"


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


def sections(points: Iterable[Point], *, start: int = 1) -> list[Section]:
    """Sections for a page; `start` keeps the names of charts apart when a page has two lists."""
    made: dict[str, Section] = {}
    for number, block in enumerate(blocks(points), start=start):
        about = block.latest.about
        if about.series not in made:
            made[about.series] = Section(
                about.title, about.attribution, edition_words(about), about.definition, about.control, about.notes
            )
        made[about.series].shown.append(_shown(number, block))
    return list(made.values())


def _shown(number: int, block: Block) -> Shown:
    latest = block.latest
    rows = [_row(point) for point in block.listed]
    return Shown(
        number=number,
        title=what_words(latest),
        sentences=sentences(latest),
        chart=chart(block.charted),
        rows=rows,
        around=[_row(point, point.place) for point in block.around],
        editions=[_row(point, edition_words(point.about) or _("tidigare")) for point in block.other_editions],
        method=[latest.method] if latest.method else [],
        pk=latest.pk,
    )


def _row(point: Point, name: str = "") -> Row:
    note = _("preliminär") if point.is_preliminary else ""
    return Row(name or span_words(point.span), value_words(point), interval_words(point), rate_words(point), note)
