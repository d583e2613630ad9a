"""A figure as it is read, whether it comes from our own rows or from a release: the same page shows both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from lofte.core.visibility import Viewer
from lofte.evidence.models import AreaFigure, DataSet, FigureRelease, Scope
from lofte.evidence.periods import YEARS_BACK, Span
from lofte.places.models import Area, Municipality

WHOLE = "hela"


@dataclass(frozen=True)
class About:
    """The data set behind a figure, as readers are told of it."""

    title: str
    definition: str
    attribution: str
    licence: str
    series: str
    edition: str
    known_from: dt.date | None
    is_preliminary: bool
    notes: Sequence[str]
    control: str = ""
    marks: Sequence[Mapping[str, str]] = ()
    outlines: Mapping[str, Any] = field(default_factory=dict)
    reporters: Mapping[str, int] = field(default_factory=dict)
    order: tuple[dt.date, int] = (dt.date.min, 0)


@dataclass(frozen=True)
class Point:
    """One number with its interval. `is_hidden` when disclosure control keeps it back; then it has none."""

    about: About
    scope: str
    place: str
    category: str
    group: str
    span: Span
    kind: str
    unit: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    rate: float | None = None
    rate_low: float | None = None
    rate_high: float | None = None
    rate_unit: str = ""
    method: str = ""
    warnings: Sequence[str] = ()
    comparison: Mapping[str, Any] = field(default_factory=dict)
    is_effort_driven: bool = False
    is_preliminary: bool = False
    is_hidden: bool = False
    pk: int | None = None
    area: str = ""


def own_points(
    municipality: Municipality, area: Area | None, viewer: Viewer, only: Iterable[tuple[str, str, str]]
) -> list[Point]:
    """Figures of a place that the viewer may see, with what surrounds the kommun beside it.

    `only` names the measures: series, category and group of each.
    """
    wanted = set(only)
    rows = own_rows(municipality, viewer, {category for _series, category, _group in wanted})
    about: dict[int, About] = {}
    found = []
    for figure in rows.filter(area=area) if area else rows.filter(area=None).exclude(scope=Scope.OTHER):
        if (figure.data_set.series, figure.category, figure.group) not in wanted:
            continue
        if figure.data_set_id not in about:
            about[figure.data_set_id] = _about(figure.data_set)
        found.append(of_figure(figure, about[figure.data_set_id]))
    return found


def own_rows(municipality: Municipality, viewer: Viewer, categories: Iterable[str]) -> QuerySet[AreaFigure]:
    rows = AreaFigure.objects.visible_to(viewer).filter(data_set__cycle__municipality=municipality, is_current=True)
    return rows.filter(category__in=categories).select_related("data_set", "area")


def of_figure(figure: AreaFigure, about: About | None = None) -> Point:
    return Point(
        about=about or _about(figure.data_set), scope=figure.scope, place=figure.place, category=figure.category,
        group=figure.group, span=Span(figure.starts, figure.ends), kind=figure.kind, unit=figure.unit,
        value=_float(figure.value), low=_float(figure.low), high=_float(figure.high), n=figure.n,
        rate=_float(figure.rate), rate_low=_float(figure.rate_low), rate_high=_float(figure.rate_high),
        rate_unit=figure.rate_unit, method=figure.method, warnings=figure.warnings, comparison=figure.comparison,
        is_effort_driven=figure.is_effort_driven, is_preliminary=figure.is_preliminary,
        is_hidden=figure.value is None, pk=figure.pk,
        area=figure.area.key if figure.area else "",
    )  # fmt: skip


def released_points(municipality: Municipality, area: Area | None, viewer: Viewer) -> list[Point]:
    """What is out about a place: of each data set its last release."""
    return released(municipality, viewer, lambda row: _is_of(row, area))


def released(municipality: Municipality, viewer: Viewer, is_wanted: Callable[[Mapping[str, Any]], bool]) -> list[Point]:
    releases = (
        FigureRelease.objects.visible_to(viewer).filter(published_at__isnull=False).order_by("-published_at", "-pk")
    )
    sets = DataSet.objects.filter(cycle__municipality=municipality, releases__published_at__isnull=False).distinct()
    found = []
    for data_set in sets.prefetch_related(Prefetch("releases", releases, to_attr="out")):
        content = data_set.out[0].content
        about = _about_released(content, data_set)
        found += [of_row(row, about) for row in content["figures"] if is_wanted(row)]
    return found


def has_released(municipality: Municipality, viewer: Viewer) -> bool:
    """Whether anything is out about the kommun."""
    out = FigureRelease.objects.visible_to(viewer).filter(published_at__isnull=False)
    return out.filter(data_set__cycle__municipality=municipality).exists()


def released_areas(municipality: Municipality, viewer: Viewer) -> list[str]:
    """Keys of the parts of the kommun that something is out about."""
    releases = FigureRelease.objects.visible_to(viewer).filter(
        data_set__cycle__municipality=municipality, published_at__isnull=False
    )
    return sorted({row["area"] for release in releases for row in release.content["figures"] if row["area"]})


def _is_of(row: Mapping[str, Any], area: Area | None) -> bool:
    if area is not None:
        return bool(row["area"] == area.key)
    return not row["area"] and row["scope"] != Scope.OTHER


def of_row(row: Mapping[str, Any], about: About) -> Point:
    told = {name: row[name] for name in _TOLD if name in row}
    return Point(
        about=about, scope=row["scope"], place=row["place"], category=row["category"], group=row["group"],
        span=Span(dt.date.fromisoformat(row["starts"]), dt.date.fromisoformat(row["ends"])), kind=row["kind"],
        unit=row["unit"], method=row["method"], is_effort_driven=row["is_effort_driven"],
        is_preliminary=row["is_preliminary"], is_hidden=row["hidden"], area=row["area"], **told,
    )  # fmt: skip


_TOLD = (
    "value", "low", "high", "n", "rate", "rate_low", "rate_high", "rate_unit", "warnings", "comparison",
)  # fmt: skip


def _about(data_set: DataSet) -> About:
    read = data_set.read_at.date() if data_set.read_at else dt.date.min
    return About(
        data_set.title, data_set.definition, data_set.attribution, data_set.licence, data_set.series, data_set.edition,
        data_set.known_from, data_set.is_preliminary, data_set.notes, marks=data_set.marks,
        outlines=data_set.outlines, reporters=data_set.reporters, order=(data_set.known_from or read, data_set.pk),
    )  # fmt: skip


def _about_released(content: Mapping[str, Any], data_set: DataSet) -> About:
    known = dt.date.fromisoformat(content["known_from"]) if content["known_from"] else None
    read = data_set.read_at.date() if data_set.read_at else dt.date.min
    return About(
        content["title"], content["definition"], content["attribution"], content["licence"], content["series"],
        content["edition"], known, content["is_preliminary"], content["notes"], content["control"]["method"],
        content.get("marks", ()), content.get("outlines", {}), content.get("reporters", {}),
        (known or read, data_set.pk),
    )  # fmt: skip


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


# --- one block for each measure


@dataclass(frozen=True)
class Block:
    """One measure of one place: its newest edition, the same measure around it, and what other editions say."""

    points: Sequence[Point]
    around: Sequence[Point]
    other_editions: Sequence[Point]

    @property
    def latest(self) -> Point:
        return max(self.points, key=lambda point: (point.span.ends, -point.span.length))

    @property
    def charted(self) -> list[Point]:
        """The same part of each year, the last ten: like is set beside like."""
        season = self.latest.span.season
        return [point for point in self.points if point.span.season == season][-10:]

    @property
    def listed(self) -> list[Point]:
        """What the table shows, the newest first: all that is drawn, and every period of the last three years."""
        since, drawn = self.latest.span.ends.year - YEARS_BACK, self.charted
        return [point for point in reversed(self.points) if point.span.ends.year > since or point in drawn]


def blocks(points: Iterable[Point]) -> list[Block]:
    """Points by what they measure; of several editions the newest is shown and the others are told beside it."""
    grouped: dict[tuple[str, str, str], list[Point]] = {}
    for point in points:
        grouped.setdefault((point.about.series, point.category, point.group), []).append(point)
    made = []
    for many in grouped.values():
        own = [point for point in many if point.scope != Scope.AROUND]
        if not own:
            continue
        newest = max(point.about.order for point in own)
        shown = sorted((point for point in own if point.about.order == newest), key=lambda point: point.span)
        around = [point for point in many if point.scope == Scope.AROUND and point.about.order == newest]
        latest = Block(shown, (), ()).latest.span
        made.append(
            Block(
                shown,
                [point for point in around if point.span == latest],
                [point for point in own if point.about.order != newest and point.span == latest],
            )
        )
    return sorted(made, key=lambda block: (block.latest.about.title, block.latest.about.series))
