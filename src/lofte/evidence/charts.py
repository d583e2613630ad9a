"""A figure over time as inline SVG: the one door to its picture. Its table twin stands beside it on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lofte.design.words import number_words
from lofte.evidence.periods import Span
from lofte.evidence.points import Point
from lofte.evidence.sentences import rounded

WIDTH, HEIGHT = 360, 190
TOP, BOTTOM = 26, 162
WIDEST = 44


@dataclass(frozen=True)
class Bar:
    """A column with its whisker, places as SVG reads them. One that is kept back has no height and no number."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    label: str
    value: str
    value_y: str
    whisker: str = ""
    is_preliminary: bool = False


@dataclass(frozen=True)
class Chart:
    bars: Sequence[Bar]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BOTTOM


def chart(points: Sequence[Point]) -> Chart | None:
    """Columns from zero with whiskers; None when there is nothing to draw."""
    shown = [point for point in points if point.value is not None]
    if not shown:
        return None
    top = max(max(point.value or 0, point.high or 0) for point in shown) or 1
    step = WIDTH / len(points)
    return Chart([_bar(point, (at + 0.5) * step, min(WIDEST, step * 0.62), top) for at, point in enumerate(points)])


def _bar(point: Point, middle: float, width: float, top: float) -> Bar:
    left, label = middle - width / 2, _label(point.span)
    if point.value is None:
        return Bar(_at(left), _at(BOTTOM), _at(width), "0", _at(middle), label, "–", _at(BOTTOM - 6))
    y = _y(point.value, top)
    has_whisker = point.low is not None and point.high is not None
    highest = min(y, _y(point.high, top)) if point.high is not None else y
    return Bar(
        x=_at(left),
        y=_at(y),
        width=_at(width),
        height=_at(BOTTOM - y),
        middle=_at(middle),
        label=label,
        value=number_words(rounded(point.value)),
        value_y=_at(highest - 7),
        whisker=f"M{_at(middle)} {_at(_y(point.low or 0, top))}V{_at(highest)}" if has_whisker else "",
        is_preliminary=point.is_preliminary,
    )


def _y(value: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _at(place: float) -> str:
    """A place in the picture, with a decimal point whatever the language of the page."""
    return f"{place:.1f}"


def _label(span: Span) -> str:
    first, last = span.starts.year, span.ends.year
    return str(last) if first == last else f"{first}–{last % 100:02}"
