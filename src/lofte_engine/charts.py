"""Results as pictures: SVG with a title, a description and a twin in the form of a table.

Drawn with the standard library alone, so that a page, a report and a file hold the same picture. Each shape has its
colour and the name of its colour (its class): a style sheet may set others, for a dark ground as an example. Shape and
words stand beside the colour, and shades go from light to dark: the pictures can be read in grey. They are 360 units
wide, so that the text is legible on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lofte_engine.drawing import (
    BASE,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    circle,
    column,
    line,
    nice_top,
    path,
    picture,
    text,
    wrapped,
)
from lofte_engine.voice import HIDDEN, SWEDISH, Voice, _, capital, plainly

if TYPE_CHECKING:
    from lofte_engine.outlines import Outlines
    from lofte_engine.places.areas import Areas

SHADES = ("#e1eef0", "#a9ccd2", "#6aa3ae", "#2f7583", "#073e49")
MOST_COLUMNS = 12
_WIDEST = 44.0
_ROW = 44.0
_LEGEND_ROW = 22.0


@dataclass(frozen=True)
class Value:
    """One value of a chart.

    Parameters
    ----------
    label : str
    value : float or None
        None where it is not shown.
    low, high : float or None
        Its interval.
    is_preliminary : bool
        Drawn with a broken outline.

    Examples
    --------
    >>> Value("Norr", 1.5, 0.8, 2.6).label
    'Norr'
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    is_preliminary: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture and its twin.

    Attributes
    ----------
    svg : str
        With ``<title>`` and ``<desc>``.
    title : str
        What it shows, with unit and period.
    description : str
        What one sees, for those who don't.
    headings : tuple of str
        Of the table.
    rows : tuple of tuple of str
        The same values in words and figures.
    """

    svg: str = field(repr=False)
    title: str
    description: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)


def over_time(
    values: Sequence[Value], *, title: str, unit: str, marks: Sequence[float] = (), voice: Voice = SWEDISH
) -> Chart:
    """Values period by period: columns with whiskers, or a line when they are many.

    Parameters
    ----------
    values : sequence of Value
        In order of time; a gap is left where the value is None.
    title : str
    unit : str
        What is counted, such as "händelser".
    marks : sequence of float
        Where something happened that one must know of, such as a new way to count: 2.5 is in the middle of the third
        value. They are numbered from 1 in this order; what they mean is told beside the chart.
    voice : Voice

    Returns
    -------
    Chart

    Examples
    --------
    >>> chart = over_time([Value("2023", 12), Value("2024", None)], title="Händelser per år", unit="händelser")
    >>> chart.rows
    (('2023', '12'), ('2024', 'visas inte'))
    """
    ends = [end for one in values for end in (one.value, one.high) if end is not None and math.isfinite(end)]
    top = nice_top(max(ends, default=1.0))
    draw = _columns if len(values) <= MOST_COLUMNS else _line
    shapes = [*draw(values, top, voice), *_marks(values, marks), text(LEFT, BASE + 37, unit, "soft", "start")]
    told = _told_over_time(values, unit, voice)
    table = tuple((one.label, _count(one.value, voice), *_within(values, one, voice)) for one in values)
    headings = (voice.text(_("Period")), capital(unit), *_within_heading(values, voice))
    svg = picture(shapes, height=BASE + 46, title=title, description=told, key=(values, marks))
    return Chart(svg, title, told, headings, table)


def _columns(values: Sequence[Value], top: float, voice: Voice) -> Iterable[str]:
    step = (RIGHT - LEFT) / max(len(values), 1)
    width = min(_WIDEST, step * 0.62)
    every = max(1, math.ceil(max((len(one.label) for one in values), default=1) * 7.2 / step))
    yield line(LEFT, BASE, RIGHT, BASE, "base")
    for at, one in enumerate(values):
        middle = LEFT + (at + 0.5) * step
        if (len(values) - 1 - at) % every == 0:
            yield text(middle, BASE + 19, one.label, "soft")
        if one.value is None:
            yield text(middle, BASE - 6, "–", "ink")
            continue
        y = _y(one.value, top)
        yield column(middle - width / 2, y, width, BASE - y, is_preliminary=one.is_preliminary)
        highest = y
        if one.low is not None and one.high is not None and math.isfinite(one.high):
            highest = min(y, _y(one.high, top))
            whisker = f"M{middle:.1f} {_y(one.low, top):.1f}V{highest:.1f}"
            yield path(whisker, "halo") + path(whisker, "whisker")
        if len(values) <= 10:
            yield text(middle, highest - 7, _count(one.value, voice), "ink strong")


def _line(values: Sequence[Value], top: float, voice: Voice) -> Iterable[str]:
    left = LEFT + 8 * len(voice.number(top, 0 if top >= 5 else 1)) + 6
    step = (RIGHT - left) / max(len(values) - 1, 1)
    for at in range(5):
        y = _y(top * at / 4, top)
        yield line(left, y, RIGHT, y, "grid" if at else "base")
        if at % 2 == 0:
            yield text(left - 6, y + 4, voice.number(top * at / 4, 0 if top >= 5 else 1), "soft", "end")
    drawn, is_open = [], False
    for at, one in enumerate(values):
        if one.value is not None:
            drawn.append(f"{'L' if is_open else 'M'}{left + at * step:.1f} {_y(one.value, top):.1f}")
        is_open = one.value is not None
    yield path("".join(drawn), "series")
    if len(values) <= 40:
        for at, one in enumerate(values):
            if one.value is not None:
                yield circle(left + at * step, _y(one.value, top), 3)
    every = math.ceil(len(values) * max(len(one.label) for one in values) * 10 / (RIGHT - left))
    for at in range(0, len(values), every):
        yield text(left + at * step, BASE + 19, values[at].label, "soft", "start")


def _marks(values: Sequence[Value], marks: Sequence[float]) -> Iterable[str]:
    step = (RIGHT - LEFT) / max(len(values), 1)
    for number, at in enumerate(marks, 1):
        x = LEFT + at * step
        yield line(x, TOP - 8, x, BASE, "mark") + text(x, TOP - 12, str(number), "ink strong")


def _y(value: float, top: float) -> float:
    return BASE - (BASE - TOP) * max(value, 0) / top


def intervals(values: Sequence[Value], *, title: str, unit: str, voice: Voice = SWEDISH) -> Chart:
    """Values with their intervals, one line each, in the order given: an order by size would look like a ranking.

    Parameters
    ----------
    values : sequence of Value
        All with different labels.
    title : str
    unit : str
        Such as "per 1 000 invånare och år".
    voice : Voice

    Returns
    -------
    Chart

    Examples
    --------
    >>> chart = intervals([Value("Norr", 1.5, 0.8, 2.6)], title="Stöld 2024", unit="per 1 000 invånare och år")
    >>> chart.rows
    (('Norr', '1,5', '0,80–2,6'),)
    """
    ends = [end for one in values for end in (one.value, one.high) if end is not None and math.isfinite(end)]
    top = nice_top(max(ends, default=1.0))
    bottom = 8 + _ROW * len(values)
    scale = (RIGHT - LEFT - 16) / top
    shapes = []
    for at in range(5):
        x = LEFT + 8 + top * at / 4 * scale
        shapes += [line(x, 4, x, bottom, "grid")]
        if at % 2 == 0:
            shapes.append(text(x, bottom + 18, voice.number(top * at / 4, 0 if top >= 5 else 2), "soft"))
    for at, one in enumerate(values):
        y = 8 + _ROW * at
        shapes.append(text(LEFT, y + 15, _short(one.label), "ink", "start"))
        if one.value is None:
            shapes.append(text(LEFT + 8, y + 34, voice.text(HIDDEN), "soft", "start"))
            continue
        if one.low is not None and one.high is not None:
            high = min(one.high, top)
            shapes.append(path(f"M{_x(one.low, scale)} {y + 28:.1f}H{_x(high, scale)}", "whisker"))
        shapes.append(circle(LEFT + 8 + one.value * scale, y + 28, 5))
    shapes.append(text(LEFT, bottom + 38, unit, "soft", "start"))
    told = _told_intervals(values, unit, voice)
    table = tuple((one.label, _rate(one.value, voice), _range(one.low, one.high, voice)) for one in values)
    headings = ("", capital(unit), voice.text(_("Osäkerhet")))
    svg = picture(shapes, height=bottom + 46, title=title, description=told, key=values)
    return Chart(svg, title, told, headings, table)


def _x(value: float, scale: float) -> str:
    return f"{LEFT + 8 + value * scale:.1f}"


def choropleth(
    areas: Areas | Outlines, values: Sequence[Value], *, title: str, unit: str, voice: Voice = SWEDISH
) -> Chart:
    """A map in five shades; areas without a value are hatched.

    Parameters
    ----------
    areas : Areas or Outlines
        Boundaries, or what `lofte_engine.outlines.outlines` has made of them.
    values : sequence of Value
        One for each area, in their order.
    title : str
    unit : str
    voice : Voice

    Returns
    -------
    Chart

    Examples
    --------
    >>> import shapely
    >>> from lofte_engine.places.areas import Areas
    >>> areas = Areas.build(["A", "B"], shapely.box([0, 1], [0, 0], [1, 2], [1, 1]), crs="EPSG:3006")
    >>> chart = choropleth(areas, [Value("Norr", 1.5), Value("Söder", None)], title="Stöld", unit="per 1 000")
    >>> "<title" in chart.svg, chart.rows
    (True, (('Norr', '1,5'), ('Söder', 'visas inte')))
    """
    from lofte_engine.outlines import Outlines, outlines

    drawn = areas if isinstance(areas, Outlines) else outlines(areas)
    limits = _limits([one.value for one in values if one.value is not None])
    names = _classes(limits, voice)
    first = len(SHADES) - len(names)
    shapes = []
    for place, one in zip(drawn.paths, values, strict=True):
        kind = "none" if one.value is None else f"s{first + sum(one.value >= limit for limit in limits)}"
        shapes.append(path(place, f"place {kind}", named=f"{one.label}: {_rate(one.value, voice)}"))
    has_hidden = any(one.value is None for one in values)
    legend = [(f"s{first + at}", name) for at, name in enumerate(names)]
    legend += [("none", voice.text(HIDDEN))] if has_hidden else []
    top = drawn.height + 14
    lines = wrapped(unit)
    words = [text(LEFT, top + 14 + 18 * at, each, "ink", "start") for at, each in enumerate(lines)]
    top += 18 * len(lines) + 10
    words += [_swatch(at, top, kind, name) for at, (kind, name) in enumerate(legend)]
    told = _told_map(values, unit, voice)
    table = tuple((one.label, _rate(one.value, voice)) for one in values)
    headings = (voice.text(_("Område")), capital(unit))
    height = top + _LEGEND_ROW * math.ceil(len(legend) / 2) + 4
    svg = picture(
        [f'<g transform="translate({LEFT} 4)">{"".join(shapes)}</g>', *words], height=height, title=title,
        description=told, key=(values, drawn.height), shades=SHADES,
    )  # fmt: skip
    return Chart(svg, title, told, headings, table)


def _swatch(at: int, top: float, kind: str, name: str) -> str:
    x, y = LEFT + (at % 2) * (WIDTH / 2 - 4), top + _LEGEND_ROW * (at // 2)
    return path(f"M{x:.1f} {y:.1f}h16v14h-16z", f"place {kind}") + text(x + 23, y + 12, name, "ink", "start")


def _limits(values: Sequence[float]) -> list[float]:
    """Round limits between at most five classes."""
    if not values or max(values) <= 0:
        return []
    top = max(values)
    size = 10 ** math.floor(math.log10(top / len(SHADES)))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times * len(SHADES) >= top)
    return [step * at for at in range(1, len(SHADES)) if step * at <= top]


def _classes(limits: Sequence[float], voice: Voice) -> list[str]:
    _ = voice.text
    ends = [0.0, *limits]
    told = [
        _("{low} till under {high}").format(low=_limit(low, voice), high=_limit(high, voice))
        for low, high in zip(ends, limits, strict=False)
    ]
    return [*told, _("{low} och mer").format(low=_limit(ends[-1], voice))]


def _limit(value: float, voice: Voice) -> str:
    return voice.number(value, 0) if value == round(value) else voice.sized(value)


def _told_over_time(values: Sequence[Value], unit: str, voice: Voice) -> str:
    _ = voice.text
    known = [one for one in values if one.value is not None]
    if not known:
        return _("Inget antal {unit} visas.").format(unit=unit)
    least, most = (pick(known, key=lambda one: one.value or 0) for pick in (min, max))
    told = _("{unit} från {first} till {last}. Lägst {least} ({then}), högst {most} ({when}).").format(
        unit=capital(unit), first=values[0].label, last=values[-1].label, least=_count(least.value, voice),
        then=least.label, most=_count(most.value, voice), when=most.label,
    )  # fmt: skip
    hidden = len(values) - len(known)
    if not hidden:
        return told
    rest = _("{n} av {many} perioder visas inte.").format(n=voice.number(hidden, 0), many=voice.number(len(values), 0))
    return f"{told} {rest}"


def _told_intervals(values: Sequence[Value], unit: str, voice: Voice) -> str:
    _ = voice.text
    known = [one.value for one in values if one.value is not None]
    if not known:
        return _("Inget värde visas.")
    told = _("Från {least} till {most} {unit}; strecken visar osäkerheten.").format(
        least=_rate(min(known), voice), most=_rate(max(known), voice), unit=unit
    )
    return f"{told} {_without(len(values) - len(known), voice)}".rstrip()


def _told_map(values: Sequence[Value], unit: str, voice: Voice) -> str:
    _ = voice.text
    known = [one.value for one in values if one.value is not None]
    told = voice.plural("Karta över {n} område.", "Karta över {n} områden.", len(values)).format(
        n=voice.number(len(values), 0)
    )
    if not known:
        return f"{told} {_('Inget värde visas.')}"
    span = _("Från {least} till {most} {unit}.").format(
        least=_rate(min(known), voice), most=_rate(max(known), voice), unit=unit
    )
    return f"{told} {span} {_without(len(values) - len(known), voice)}".rstrip()


def _without(hidden: int, voice: Voice) -> str:
    ngettext = voice.plural
    text = ngettext("{n} område visar inget värde.", "{n} områden visar inget värde.", hidden)
    return text.format(n=voice.number(hidden, 0)) if hidden else ""


def _count(value: float | None, voice: Voice) -> str:
    return voice.text(HIDDEN) if value is None else plainly(value, voice)


def _rate(value: float | None, voice: Voice) -> str:
    return voice.text(HIDDEN) if value is None else voice.sized(value)


def _range(low: float | None, high: float | None, voice: Voice) -> str:
    return "" if low is None or high is None else f"{voice.sized(low)}–{voice.sized(high)}"


def _within(values: Sequence[Value], one: Value, voice: Voice) -> tuple[str, ...]:
    return (_range(one.low, one.high, voice),) if _within_heading(values, voice) else ()


def _within_heading(values: Sequence[Value], voice: Voice) -> tuple[str, ...]:
    return (voice.text(_("Osäkerhet")),) if any(one.low is not None for one in values) else ()


def _short(label: str) -> str:
    return label if len(label) <= 42 else label[:41].rstrip() + "…"
