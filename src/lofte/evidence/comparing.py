"""One measure over the parts of a kommun, and beside län, riket and kommuner like it. Never in order of size."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lofte.evidence.figure_presenters import Row, Shown, chart_of, marks_on, row_of
from lofte.evidence.measures import Metric
from lofte.evidence.models import Scope
from lofte.evidence.periods import Span
from lofte.evidence.points import Point, blocks
from lofte.evidence.wording import VOICE, method_words, sentences, span_words, unit_words, what_words
from lofte_engine.charts import Chart, Value, choropleth, intervals
from lofte_engine.outlines import Outlines

MOST_LINES = 30


@dataclass(frozen=True)
class Beside:
    """Places side by side in one period: a picture where there is something to draw, and always the table."""

    period: str
    rows: Sequence[Row]
    map: SafeString
    chart: SafeString
    edition: str = ""


@dataclass(frozen=True)
class Compared:
    """What the page of a measure shows."""

    title: str
    whole: Shown | None
    parts: Beside | None
    around: Beside | None
    of: Point
    has_like: bool


def compared(points: Iterable[Point], like: Collection[str]) -> Compared | None:
    """A measure from all its points in the newest edition; None when there is nothing."""
    kept = [point for point in points if point.scope != Scope.OTHER or point.place in like]
    if not kept:
        return None
    newest = max(point.about.order for point in kept)
    kept = [point for point in kept if point.about.order == newest]
    parts = [point for point in kept if point.scope == Scope.AREA]
    own = [point for point in kept if point.scope == Scope.MUNICIPALITY]
    around = sorted((point for point in kept if point.scope in _ORDER), key=_standing)
    return Compared(
        what_words(kept[0]), _whole(own), _beside(sorted(parts, key=lambda point: point.place), with_map=True),
        _beside([*own, *around]) if own and around else None, kept[0],
        any(point.scope == Scope.OTHER for point in around),
    )  # fmt: skip


_ORDER = (Scope.OTHER, Scope.AROUND)


def _standing(point: Point) -> tuple[int, bool, str]:
    """Kommuner first, then län, riket last; by name within."""
    return _ORDER.index(Scope(point.scope)), point.place == "Hela riket", point.place


def _whole(points: Sequence[Point]) -> Shown | None:
    if not points:
        return None
    block = blocks(points)[0]
    return Shown(
        Metric.of(block.latest).key, what_words(block.latest), sentences(block.latest), chart_of(block.charted),
        [row_of(point) for point in block.listed], (), (), method_words(block.latest.method),
        [told for _at, told in marks_on(block.charted)],
    )  # fmt: skip


def _period(points: Sequence[Point]) -> Span:
    """The latest whole year or longer, since parts of a year are often too few to rate; else the latest period."""
    whole = [point.span for point in points if point.span.length >= 1]
    return max(whole or [point.span for point in points], key=lambda span: (span.ends, -span.length))


def _beside(points: Sequence[Point], *, with_map: bool = False) -> Beside | None:
    if not points:
        return None
    span = _period(points)
    same = [point for point in points if point.span == span]
    if len(same) < 2:
        return None
    unit = next((_unit(point) for point in same if _unit(point)), "")
    values = [_value(point) for point in same]
    has_any = bool(unit) and any(one.value is not None for one in values)
    title = f"{what_words(same[0])}, {span_words(span)}"
    lines = intervals(values, title=title, unit=unit, voice=VOICE) if has_any and len(values) <= MOST_LINES else None
    drawn = _map(same, title=title, unit=unit) if has_any and with_map else None
    edition = same[0].about.outlines.get("edition", "") if drawn else ""
    return Beside(span_words(span), [row_of(point, point.place) for point in same], _svg(drawn), _svg(lines), edition)


def _unit(point: Point) -> str:
    return unit_words(point.rate_unit if point.kind == "count" else point.unit)


def _value(point: Point) -> Value:
    """Counts are set beside each other per resident, or not at all: large places have more of everything."""
    if point.is_hidden:
        return Value(point.place, None)
    if point.kind == "count":
        return Value(point.place, point.rate, point.rate_low, point.rate_high)
    return Value(point.place, point.value, point.low, point.high)


def _map(points: Sequence[Point], *, title: str, unit: str) -> Chart | None:
    """Of the areas whose boundaries are kept; one without a figure is shown as such."""
    told = points[0].about.outlines
    if not told:
        return None
    by_area = {point.area: point for point in points}
    outlines = Outlines.from_json(told)
    if not any(code in by_area for code in outlines.codes):
        return None
    names = told.get("names", {})
    values = [
        _value(by_area[code]) if code in by_area else Value(names.get(code, code), None) for code in outlines.codes
    ]
    return choropleth(outlines, values, title=_("Karta: {title}").format(title=title), unit=unit, voice=VOICE)


def _svg(chart: Chart | None) -> SafeString:
    return mark_safe(chart.svg) if chart else SafeString("")
