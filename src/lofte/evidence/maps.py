"""Boundaries for the maps of a data set, drawn once by the worker: a page has no time for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from lofte.evidence.models import AreaFigure
from lofte.places.models import Area


def outlines_of(figures: Iterable[AreaFigure]) -> dict[str, Any]:
    """The division that most figures are about, as a small map with its edition; empty where boundaries are not known.

    One division in one edition: areas of different editions are never drawn beside each other.
    """
    many = Counter(figure.area_id for figure in figures if figure.area_id)
    used = {area.pk: area for area in Area.objects.filter(pk__in=many)}
    divisions: Counter[tuple[str, str]] = Counter()
    for pk, number in many.items():
        divisions[used[pk].kind, used[pk].edition] += number
    if not divisions:
        return {}
    (kind, edition), _number = divisions.most_common(1)[0]
    areas = [area for area in used.values() if (area.kind, area.edition) == (kind, edition)]
    if len(areas) < 2 or not edition or not all(area.geometry for area in areas):
        return {}
    return _drawn(areas) | {"edition": edition, "kind": kind}


def _drawn(areas: list[Area]) -> dict[str, Any]:
    from shapely.geometry import shape

    from lofte_engine.outlines import outlines
    from lofte_engine.places.areas import Areas

    shapes = [shape(area.geometry) for area in areas]
    drawn = outlines(Areas.build([area.key for area in areas], shapes, crs="EPSG:3006"))
    return drawn.as_json() | {"names": {area.key: area.name for area in areas}}
