"""A map as inline SVG with its table twin: shapes from boundaries in SWEREF 99 TM, no tiles, nobody else's server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lofte.places.models import Area

WIDTH = 640


@dataclass(frozen=True)
class Shape:
    key: str
    name: str
    code: str
    path: str
    number: int
    x: int
    y: int


@dataclass(frozen=True)
class AreaMap:
    width: int
    height: int
    shapes: list[Shape]
    edition: str
    source: str


def area_map(areas: Iterable[Area]) -> AreaMap | None:
    """Areas drawn to fit, numbered in the order of the table. A place that is only a point has no shape to draw."""
    rows = [area for area in areas if area.geometry and area.geometry["type"] in ("Polygon", "MultiPolygon")]
    points = [point for area in rows for ring in _rings(area.geometry) for point in ring]
    if not points:
        return None
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    bottom, top = min(y for _x, y in points), max(y for _x, y in points)
    scale = WIDTH / ((right - left) or 1)
    shapes = []
    for number, area in enumerate(rows, start=1):
        rings = [
            [(round((x - left) * scale), round((top - y) * scale)) for x, y in ring] for ring in _rings(area.geometry)
        ]
        x, y = _middle(max(rings, key=_size))
        shapes.append(Shape(area.key, area.name, area.code, " ".join(map(_path, rings)), number, x, y))
    return AreaMap(WIDTH, round((top - bottom) * scale), shapes, rows[0].edition, rows[0].source)


def _rings(geometry: Any) -> Iterator[list[tuple[float, float]]]:
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    for polygon in polygons:
        for ring in polygon:
            yield [(point[0], point[1]) for point in ring]


def _path(ring: list[tuple[int, int]]) -> str:
    """Points that fall on the same pixel as the one before are left out."""
    kept = [point for before, point in zip([None, *ring], ring, strict=False) if point != before]
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z"


def _size(ring: list[tuple[int, int]]) -> int:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)))


def _middle(ring: list[tuple[int, int]]) -> tuple[int, int]:
    """The centre of gravity of a ring, or of its points where it has no area."""
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    if not twice:
        return ring[0]
    pairs = list(pairwise(ring))
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (3 * twice)
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (3 * twice)
    return round(x), round(y)
