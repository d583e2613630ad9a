"""Results as pictures: SVG with a title, a description and a twin in the form of a table.

Drawn when a figure is made, so that a page needs no code for charts. One hue from light to dark, shape and words beside
it: the pictures can be read in grey. They are 360 units wide, so that the text is legible on a phone.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lofte_engine.places.areas import Areas
from lofte_engine.wording import HIDDEN, number, sized

INK, SOFT, LINE, ACT, GROUND = "#17191b", "#555c61", "#dcd7ce", "#0b5563", "#fffefc"
SHADES = ("#e1eef0", "#a9ccd2", "#6aa3ae", "#2f7583", "#073e49")
WIDTH = 360
_FONT = "Source Sans 3, Source Sans Pro, sans-serif"
_GRID = 1_000
_FONTS = "fontpkg_source_sans_3"


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

    Examples
    --------
    >>> Value("Norr", 1.5, 0.8, 2.6).label
    'Norr'
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None


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


def over_time(values: Sequence[Value], *, title: str, unit: str) -> Chart:
    """Counts period by period.

    Parameters
    ----------
    values : sequence of Value
        In order of time; a gap is left where the value is None.
    title : str
    unit : str
        What is counted, such as "händelser".

    Returns
    -------
    Chart

    Examples
    --------
    >>> chart = over_time([Value("2023", 12), Value("2024", None)], title="Händelser per år", unit="händelser")
    >>> chart.rows
    (('2023', '12'), ('2024', 'visas inte'))
    """
    step = max(1, math.ceil(len(values) / 8))
    shown = [one.label for one in values[::step]]
    rows = [{"label": one.label, "value": one.value} for one in values]
    axis_x = {"title": None, "values": shown, "labelAngle": -45 if len(shown) > 4 else 0}
    encoding = {
        "x": {"field": "label", "type": "ordinal", "sort": None, "axis": axis_x},
        "y": {"field": "value", "type": "quantitative", "axis": {"title": unit, "tickCount": 5, "format": ",.0f"}},
    }
    line = {"type": "line", "color": ACT, "strokeWidth": 2, "invalid": "break-paths-show-domains"}
    point = {"type": "point", "color": ACT, "filled": True, "opacity": 1, "size": 30 if len(values) <= 40 else 8}
    spec = {"data": {"values": rows}, "height": 200, "encoding": encoding, "layer": [{"mark": line}, {"mark": point}]}
    told = _told_over_time(values, unit)
    table = tuple((one.label, _count(one.value)) for one in values)
    return Chart(drawn(spec, title=title, description=told), title, told, ("Period", unit.capitalize()), table)


def intervals(values: Sequence[Value], *, title: str, unit: str) -> Chart:
    """Values with their intervals, one line each, in the order given: an order by size would look like a ranking.

    Parameters
    ----------
    values : sequence of Value
        All with different labels.
    title : str
    unit : str
        Such as "per 1 000 invånare och år".

    Returns
    -------
    Chart

    Examples
    --------
    >>> chart = intervals([Value("Norr", 1.5, 0.8, 2.6)], title="Stöld 2024", unit="per 1 000 invånare och år")
    >>> chart.rows
    (('Norr', '1,5', '0,80–2,6'),)
    """
    rows = [
        {
            "label": _short(one.label),
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "note": "" if one.value is not None else HIDDEN,
        }
        for one in values
    ]
    axis_y = {"title": None, "labelLimit": 150, "grid": False}
    # The order is said in full: by itself, what has no value would come last.
    y = {"field": "label", "type": "nominal", "sort": [row["label"] for row in rows], "axis": axis_y}
    axis_x = {"title": unit, "tickCount": 5}
    rule = {
        "mark": {"type": "rule", "color": SOFT, "strokeWidth": 2},
        "encoding": {"x": {"field": "low", "type": "quantitative", "axis": axis_x}, "x2": {"field": "high"}, "y": y},
    }
    dot = {
        "mark": {"type": "point", "filled": True, "opacity": 1, "color": ACT, "size": 70},
        "encoding": {"x": {"field": "value", "type": "quantitative"}, "y": y},
    }
    note = {
        "mark": {"type": "text", "align": "left", "color": SOFT, "x": 4, "fontSize": 12},
        "encoding": {"text": {"field": "note"}, "y": y},
    }
    spec = {"data": {"values": rows}, "height": {"step": 24}, "layer": [rule, dot, note]}
    told = _told_intervals(values, unit)
    table = tuple((one.label, _rate(one.value), _range(one.low, one.high)) for one in values)
    headings = ("", unit[:1].upper() + unit[1:], "Osäkerhet")
    return Chart(drawn(spec, title=title, description=told), title, told, headings, table)


def choropleth(areas: Areas, values: Sequence[Value], *, title: str, unit: str) -> Chart:
    """A map in five shades; areas without a value are white with a broken line around.

    Parameters
    ----------
    areas : Areas
    values : sequence of Value
        One for each area, in their order.
    title : str
    unit : str

    Returns
    -------
    Chart

    Examples
    --------
    >>> import shapely
    >>> areas = Areas.build(["A", "B"], shapely.box([0, 1], [0, 0], [1, 2], [1, 1]), crs="EPSG:3006")
    >>> chart = choropleth(areas, [Value("Norr", 1.5), Value("Söder", None)], title="Stöld", unit="per 1 000")
    >>> "<title" in chart.svg, chart.rows
    (True, (('Norr', '1,5'), ('Söder', 'visas inte')))
    """
    limits = _limits([one.value for one in values if one.value is not None])
    names = _classes(limits)
    shapes = _outlines(areas)
    data = []
    for shape, one in zip(shapes, values, strict=True):
        group = HIDDEN if one.value is None else names[sum(one.value >= limit for limit in limits)]
        data.append({"type": "Feature", "geometry": shape, "properties": {"group": group}})
    order = [*names, HIDDEN]
    fill = {"domain": order, "range": [*_shades(len(names)), "#ffffff"]}
    stroke = {"condition": {"test": f"datum.properties.group === '{HIDDEN}'", "value": [2, 2]}, "value": [1, 0]}
    legend = {"title": unit, "orient": "bottom", "columns": 2, "symbolStrokeColor": SOFT, "symbolType": "square"}
    box = _box(shapes)
    spec = {
        "data": {"values": data},
        "height": max(120, min(560, round(WIDTH * box))),
        "projection": {"type": "identity", "reflectY": True},
        "mark": {"type": "geoshape", "stroke": SOFT, "strokeWidth": 0.5 if len(areas) < 400 else 0.15},
        "encoding": {
            "color": {"field": "properties.group", "type": "ordinal", "scale": fill, "legend": legend},
            "strokeDash": stroke,
        },
    }
    told = _told_map(values, unit)
    table = tuple((one.label, _rate(one.value)) for one in values)
    headings = ("Område", unit[:1].upper() + unit[1:])
    return Chart(drawn(spec, title=title, description=told), title, told, headings, table)


def drawn(spec: dict[str, Any], *, title: str, description: str) -> str:
    """A chart as SVG that says what it shows.

    Parameters
    ----------
    spec : dict
        Vega-Lite, without sizes and colours that are the same in all our charts.
    title, description : str
        Become ``<title>`` and ``<desc>``, named by ``aria-labelledby``.

    Returns
    -------
    str
        Without scripts, styles or addresses of others.
    """
    import altair
    import vl_convert

    _know_fonts()
    whole = {"width": WIDTH, "autosize": {"type": "fit-x", "contains": "padding"}, "padding": 4, **spec}
    whole["config"] = _config()
    # Altair checks the chart; the values are put in after that, for it would look at each corner of a map.
    checked = altair.Chart.from_dict({**whole, "data": {"name": "values"}}).to_dict() | {"data": spec["data"]}
    svg: str = vl_convert.vegalite_to_svg(checked, format_locale=_LOCALE)
    key = "chart-" + hashlib.sha256(f"{title}\n{json.dumps(spec, sort_keys=True)}".encode()).hexdigest()[:12]
    named = f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(description)}</desc>'
    opening = f'<svg role="img" aria-labelledby="{key}-t {key}-d" '
    svg = re.sub(r'\bid="(?!chart-)', f'id="{key}-', svg.replace("url(#", f"url(#{key}-"))
    return re.sub(r"<svg ([^>]*)>", lambda found: f"{opening}{found[1]}>{named}", svg, count=1)


# d3's own names; the thousands space does not break.
_LOCALE = {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", " kr"], "minus": "\u2212"}


@cache
def _know_fonts() -> None:
    """So that texts are measured in the font they are shown in."""
    import vl_convert

    found = find_spec(_FONTS)
    for place in (found.submodule_search_locations or ()) if found else ():
        for folder in sorted({path.parent for path in Path(place).rglob("*.[ot]tf")}):
            vl_convert.register_font_directory(str(folder))


def _config() -> dict[str, Any]:
    words = {"labelFont": _FONT, "titleFont": _FONT, "labelColor": INK, "titleColor": INK, "titleFontWeight": "normal"}
    sizes = {"labelFontSize": 13, "titleFontSize": 13}
    return {
        "background": GROUND,
        "font": _FONT,
        "view": {"stroke": None},
        "axis": {**words, **sizes, "gridColor": LINE, "domainColor": SOFT, "tickColor": SOFT},
        "legend": {**words, **sizes, "titleLimit": WIDTH, "labelLimit": WIDTH // 2},
        "text": {"font": _FONT},
    }


def _limits(values: Sequence[float]) -> list[float]:
    """Round limits between at most five classes."""
    if not values or max(values) <= 0:
        return []
    top = max(values)
    size = 10 ** math.floor(math.log10(top / len(SHADES)))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times * len(SHADES) >= top)
    return [step * at for at in range(1, len(SHADES)) if step * at <= top]


def _classes(limits: Sequence[float]) -> list[str]:
    ends = [0.0, *limits]
    told = [f"{sized(low)} till under {sized(high)}" for low, high in zip(ends, limits, strict=False)]
    return [*told, f"{sized(ends[-1])} och mer"]


def _shades(many: int) -> Iterable[str]:
    return SHADES[len(SHADES) - many :] if many < len(SHADES) else SHADES


def _outlines(areas: Areas) -> list[dict[str, Any]]:
    """Boundaries on a small grid, drawn no finer than the picture can show; neighbours keep their common line."""
    import numpy as np
    import shapely
    from pyproj import CRS

    shapes = areas.geometries
    west, south, east, north = shapely.total_bounds(shapes)
    # A degree of longitude is shorter the farther north.
    wide = math.cos(math.radians((south + north) / 2)) if CRS.from_user_input(areas.crs).is_geographic else 1.0
    scale = _GRID / max((east - west) * wide, north - south, 1e-9)
    ends = np.array([(west + east) / 2, (south + north) / 2])
    moved = shapely.transform(shapes, lambda points: (points - ends) * scale * np.array([wide, 1.0]))
    simple = shapely.coverage_simplify(moved, 1.5) if len(moved) > 1 else shapely.simplify(moved, 1.5)
    whole = np.where(shapely.is_empty(simple), moved, simple)
    # Vega takes the inside of a ring to be on its right.
    rounded = shapely.transform(shapely.orient_polygons(whole, exterior_cw=True), lambda points: np.round(points, 1))
    return [json.loads(one) for one in shapely.to_geojson(rounded)]


def _box(shapes: Sequence[dict[str, Any]]) -> float:
    """Height of the map as a share of its width."""
    import shapely

    west, south, east, north = shapely.total_bounds([shapely.from_geojson(json.dumps(one)) for one in shapes])
    return float((north - south) / max(east - west, 1e-9))


def _told_over_time(values: Sequence[Value], unit: str) -> str:
    known = [one for one in values if one.value is not None]
    if not known:
        return f"Inget antal {unit} visas."
    least, most = (pick(known, key=lambda one: one.value or 0) for pick in (min, max))
    hidden = len(values) - len(known)
    rest = f" {number(hidden)} av {number(len(values))} perioder visas inte." if hidden else ""
    return (
        f"Antal {unit} från {values[0].label} till {values[-1].label}. Lägst {_count(least.value)} ({least.label}), "
        f"högst {_count(most.value)} ({most.label}).{rest}"
    )


def _told_intervals(values: Sequence[Value], unit: str) -> str:
    known = [one.value for one in values if one.value is not None]
    if not known:
        return "Inget värde visas."
    hidden = len(values) - len(known)
    rest = f" För {number(hidden)} av {number(len(values))} visas inget värde." if hidden else ""
    return f"Från {_rate(min(known))} till {_rate(max(known))} {unit}; strecken visar osäkerheten.{rest}"


def _told_map(values: Sequence[Value], unit: str) -> str:
    known = [one.value for one in values if one.value is not None]
    if not known:
        return f"Karta över {number(len(values))} områden. Inget värde visas."
    hidden = len(values) - len(known)
    rest = f" {number(hidden)} områden visar inget värde." if hidden else ""
    return f"Karta över {number(len(values))} områden. Från {_rate(min(known))} till {_rate(max(known))} {unit}.{rest}"


def _count(value: float | None) -> str:
    return HIDDEN if value is None else number(value)


def _rate(value: float | None) -> str:
    return HIDDEN if value is None else sized(value)


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{sized(low)}–{sized(high)}"


def _short(label: str) -> str:
    return label if len(label) <= 28 else label[:27].rstrip() + "…"
