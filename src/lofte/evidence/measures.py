"""Which measures there are of a place, and which of them a page shows: few enough to read, the rest a click away."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from lofte.core.visibility import Viewer
from lofte.evidence.models import AreaFigure, Scope
from lofte.evidence.points import Point, of_figure, own_rows, released
from lofte.evidence.wording import SUMS, measure_words, what_words
from lofte.places.models import Area, Municipality

MOST_SHOWN = 8
# How an address says which measure is asked for.
ASKED = "visa"


@dataclass(frozen=True)
class Metric:
    """What is measured: a category, and a group where there is one, of a data set in all its editions."""

    series: str
    category: str
    group: str
    title: str = ""
    name: str = ""

    @classmethod
    def of(cls, point: Point) -> Metric:
        return cls(point.about.series, point.category, point.group, point.about.title, what_words(point))

    @property
    def key(self) -> str:
        """Short and the same every time: it stands in addresses."""
        told = "\n".join((self.series, self.category, self.group))
        return hashlib.sha256(told.encode()).hexdigest()[:10]

    @property
    def is_sum(self) -> bool:
        return self.category.casefold().startswith(SUMS)


def chosen(measures: Sequence[Metric], *, asked: str, used: Collection[str], most: int = MOST_SHOWN) -> list[Metric]:
    """What a page shows: what was asked for, what evidence rests on, sums, then the first of each data set in turn.

    Never the largest change: what is chosen because it was high will as a rule fall anyway.
    """
    if len(measures) <= most:
        return list(measures)
    turns: dict[str, int] = {}
    ranked = []
    for measure in measures:
        turn = turns[measure.series] = turns.get(measure.series, -1) + 1
        rank = 0 if measure.key == asked else 1 if measure.key in used else 2 if measure.is_sum else 3
        ranked.append((rank, turn if rank == 3 else 0, measure))
    first = sorted(ranked, key=lambda each: each[:2])[:most]
    keep = {measure.key for _rank, _turn, measure in first}
    return [measure for measure in measures if measure.key in keep]


def own_measures(municipality: Municipality, area: Area | None, viewer: Viewer) -> list[Metric]:
    """Those of a place that the viewer may see, without reading a single figure."""
    rows = AreaFigure.objects.visible_to(viewer).filter(
        data_set__cycle__municipality=municipality, is_current=True, area=area,
        scope=Scope.AREA if area else Scope.MUNICIPALITY,
    )  # fmt: skip
    found = rows.order_by("data_set__title", "data_set__series", "category", "group")
    told = found.values_list("data_set__series", "category", "group", "data_set__title").distinct()
    # Of several editions the first title is as good as another.
    return list({row[:3]: Metric(*row, measure_words(*row[1:3])) for row in told}.values())


def measures_in(points: Iterable[Point]) -> list[Metric]:
    """Those that points are about, by data set and name."""
    own = {(point.about.series, point.category, point.group): point for point in points if point.scope != Scope.AROUND}
    found = [Metric.of(point) for point in own.values()]
    return sorted(found, key=lambda measure: (measure.title, measure.series, measure.category, measure.group))


def own_measure(municipality: Municipality, key: str, viewer: Viewer) -> list[Point]:
    """Every figure of one measure: of the kommun, its parts, what surrounds it, and other kommuner."""
    rows = AreaFigure.objects.visible_to(viewer).filter(data_set__cycle__municipality=municipality, is_current=True)
    named = rows.order_by().values_list("data_set__series", "category", "group").distinct()
    found = next((row for row in named if Metric(*row).key == key), None)
    if found is None:
        return []
    series, category, group = found
    same = own_rows(municipality, viewer, [category]).filter(data_set__series=series, group=group)
    return [of_figure(figure) for figure in same]


def released_measure(municipality: Municipality, key: str, viewer: Viewer) -> list[Point]:
    """The same of what is out."""
    return [point for point in released(municipality, viewer, lambda _row: True) if Metric.of(point).key == key]


def used_measures(municipality: Municipality) -> set[str]:
    """Keys of the measures that evidence rests on."""
    rows = AreaFigure.objects.filter(data_set__cycle__municipality=municipality, evidence__isnull=False)
    told = rows.order_by().values_list("data_set__series", "category", "group").distinct()
    return {Metric(*each).key for each in told}
