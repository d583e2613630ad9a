"""Figures of the picture: an indicator's values as rows and as a small drawing, from a record and never from the rows.

The drawing is plain SVG without script or style, so that page and PDF show the same one; its table stands beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from django.utils.translation import gettext as _

from lofte.core.records import Record
from lofte.design.words import number_words, period_words

WIDTH, HEIGHT, EDGE = 480, 150, 12
FEWEST_DRAWN = 2
# Seen on white paper and on a dark page alike: at least three to one against both.
INK, SOFT = "#3a8391", "#7d858a"


@dataclass(frozen=True)
class Value:
    """A value in words, with the numbers that are drawn."""

    period: str
    words: str
    interval: str
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Figure:
    """An indicator for one place. `drawing` is empty when there are too few values to draw."""

    title: str
    unit: str
    definition: str
    source: str
    caution: str
    values: Sequence[Value]
    drawing: str
    alt: str


def figure(indicator: Record, data_sets: dict[str, Record], *, area: str, area_name: str) -> Figure:
    """The values of a place: `area` is its key, empty for the whole kommun."""
    rows = [row for row in indicator.get("values", []) if row.get("area", "") == area]
    values = [_value(row) for row in sorted(rows, key=lambda row: (row["starts"], row["ends"]))]
    title = f"{indicator['name']}, {area_name}"
    caution = _("Antalet beror mest på hur mycket som kontrolleras.") if indicator.get("is_effort_driven") else ""
    alt = _alt(title, indicator["unit"], values)
    source = _source(data_sets.get(indicator.get("data_set", "")))
    definition = indicator.get("definition", "")
    return Figure(title, indicator["unit"], definition, source, caution, values, drawing(values, alt), alt)


def _value(row: Record) -> Value:
    low, high = row.get("low"), row.get("high")
    interval = _("mellan {low} och {high}").format(low=_words(low), high=_words(high)) if low is not None else ""
    period = period_words(dt.date.fromisoformat(row["starts"]), dt.date.fromisoformat(row["ends"]))
    return Value(period, _words(row["value"]), interval, float(row["value"]), _number(low), _number(high))


def _words(value: float | None) -> str:
    return "" if value is None else number_words(Decimal(str(value)))


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _source(data_set: Record | None) -> str:
    if data_set is None:
        return ""
    edition = f" ({data_set['edition']})" if data_set.get("edition") else ""
    return f"{data_set['publisher']}: {data_set['title']}{edition}"


def _alt(title: str, unit: str, values: Sequence[Value]) -> str:
    if not values:
        return title
    first, last = values[0], values[-1]
    told = _("{title}. Från {first} {unit} ({then}) till {last} {unit} ({now}). Alla värden står i tabellen.")
    return told.format(title=title, unit=unit, first=first.words, then=first.period, last=last.words, now=last.period)


def drawing(values: Sequence[Value], alt: str) -> str:
    """Points with their intervals, on an axis that begins at nought."""
    if len(values) < FEWEST_DRAWN:
        return ""
    top = max(each.high if each.high is not None else each.value for each in values) or 1
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    spots = [(EDGE + number * step, _y(each.value, top)) for number, each in enumerate(values)]
    bars = "".join(
        f'<path d="M{x:.1f} {_y(each.low, top):.1f}V{_y(each.high, top):.1f}" stroke="{SOFT}" stroke-width="2"/>'
        for (x, _spot), each in zip(spots, values, strict=True)
        if each.low is not None and each.high is not None
    )
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{INK}"/>' for x, y in spots)
    base = f'<path d="M0 {HEIGHT - EDGE}H{WIDTH}" stroke="{SOFT}" stroke-width="1"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(alt)}">'
        f'{base}{bars}<path d="M{line}" fill="none" stroke="{INK}" stroke-width="2"/>{dots}</svg>'
    )


def _y(value: float, top: float) -> float:
    return HEIGHT - EDGE - max(0.0, value) / top * (HEIGHT - 2 * EDGE)
