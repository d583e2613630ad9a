"""Reads of the register: the items of a cycle with their age, and where each is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.core.visibility import Viewer
from lofte.evidence.imports import KIND
from lofte.evidence.measures import Metric
from lofte.evidence.models import AreaFigure, DataSet, EvidenceItem, Likeness, Scope, SourceDate
from lofte.evidence.points import Point
from lofte.imports.models import Upload
from lofte.parties.access import StaffRequest, get_or_404
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission
from lofte.places.models import Area, Municipality

OLD_MONTHS = 24


@dataclass(frozen=True)
class Age:
    """How old an item is, in words; `is_old` when it is past what the act takes for a fresh picture (two years)."""

    text: str
    is_old: bool = False


@dataclass(frozen=True)
class Row:
    item: EvidenceItem
    age: Age
    areas: Sequence[str]
    uses: int
    measure: str = ""


def cycle_or_404(request: StaffRequest, permission: Permission, kommun: str, slug: str) -> Cycle:
    return get_or_404(request, permission, Cycle, "municipality", municipality__slug=kommun, slug=slug)


def item_or_404(request: StaffRequest, permission: Permission, kommun: str, cycle: str, key: str) -> EvidenceItem:
    return get_or_404(
        request, permission, EvidenceItem, "cycle__municipality", "owner",
        cycle__municipality__slug=kommun, cycle__slug=cycle, key=key,
    )  # fmt: skip


def register(cycle: Cycle, viewer: Viewer, today: dt.date) -> list[Row]:
    items = (
        EvidenceItem.objects.visible_to(viewer)
        .filter(cycle=cycle)
        .select_related("owner", "figure__data_set")
        .prefetch_related("areas")
        .annotate(
            uses=Count("problem_links", distinct=True)
            + Count("cause_links", distinct=True)
            + Count("statement_links", distinct=True)
        )
    )
    return [
        Row(item, age_of(item, today), [area.name for area in item.areas.all()], item.uses, _measure_key(item))
        for item in items
    ]


def _measure_key(item: EvidenceItem) -> str:
    """The page of the figure that an item repeats."""
    figure = item.figure
    return Metric(figure.data_set.series, figure.category, figure.group).key if figure else ""


def resting_on(municipality: Municipality, point: Point, viewer: Viewer) -> list[EvidenceItem]:
    """Items of evidence that repeat a figure of a measure."""
    rows = EvidenceItem.objects.visible_to(viewer).filter(
        cycle__municipality=municipality, figure__data_set__series=point.about.series,
        figure__category=point.category, figure__group=point.group,
    )  # fmt: skip
    return list(rows.select_related("cycle").order_by("cycle__starts", "pk"))


def age_of(item: EvidenceItem, today: dt.date) -> Age:
    if item.on is None:
        return Age(_("ingen dag angiven"))
    months = whole_months(item.on, today)
    if months < 1:
        return Age(_("mindre än en månad gammalt"))
    if months < OLD_MONTHS:
        return Age(ngettext("{n} månad gammalt", "{n} månader gammalt", months).format(n=months))
    years = months // 12
    return Age(ngettext("{n} år gammalt", "{n} år gammalt", years).format(n=years), is_old=True)


def whole_months(earlier: dt.date, later: dt.date) -> int:
    """Months that have passed in full: from 31 January to 28 February is none, to 1 March one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


# --- data sets and their figures


def data_sets_of(cycle: Cycle, viewer: Viewer) -> list[DataSet]:
    """Those that were read from files, the newest first, each with how many figures it has."""
    rows = DataSet.objects.visible_to(viewer).filter(cycle=cycle).exclude(source="")
    return list(rows.annotate(made=Count("figures", filter=Q(figures__is_current=True))).order_by("-read_at", "-pk"))


def own_series(municipality: Municipality) -> list[DataSet]:
    """The kommun's own tables, one of each series: a new file may be a new edition of one."""
    rows = DataSet.objects.filter(cycle__municipality=municipality).exclude(series="").order_by("title", "-read_at")
    return list({row.series: row for row in rows}.values())


def areas_with_figures(municipality: Municipality, viewer: Viewer) -> list[Area]:
    figures = AreaFigure.objects.visible_to(viewer).filter(data_set__cycle__municipality=municipality, is_current=True)
    return list(Area.objects.filter(pk__in=figures.values("area")).order_by("kind", "name"))


def areas_of(data_set: DataSet) -> list[Area]:
    """The parts of the kommun that a data set has figures of."""
    return list(Area.objects.filter(pk__in=data_set.figures.filter(is_current=True).values("area")).order_by("name"))


def other_editions(data_set: DataSet, viewer: Viewer) -> list[DataSet]:
    """The same table in other editions, the newest first: they stand side by side and none replaces another."""
    rows = DataSet.objects.visible_to(viewer).filter(
        cycle__municipality=data_set.cycle.municipality, series=data_set.series
    )
    if not data_set.series:
        return []
    return list(rows.exclude(pk=data_set.pk).select_related("cycle").order_by("-known_from", "-read_at", "-pk"))


def waiting_files(municipality: Municipality, viewer: Viewer) -> list[Upload]:
    """Files that were given and not read in, while they are kept."""
    rows = Upload.objects.visible_to(viewer).filter(municipality=municipality, kind=KIND, committed_at=None)
    return list(rows.exclude(file=""))


def figure_or_404(cycle: Cycle, viewer: Viewer, pk: int) -> AreaFigure:
    rows = AreaFigure.objects.visible_to(viewer).filter(data_set__cycle__municipality=cycle.municipality)
    return get_object_or_404(rows.select_related("data_set__cycle__municipality", "area"), pk=pk)


def likeness_of(municipality: Municipality) -> Likeness | None:
    return Likeness.objects.filter(municipality=municipality).first()


def other_places(municipality: Municipality) -> list[str]:
    """Kommuner that the files have figures of beside the own one."""
    rows = AreaFigure.objects.filter(
        data_set__cycle__municipality=municipality, is_current=True, scope=Scope.OTHER
    ).order_by("place")
    return list(rows.values_list("place", flat=True).distinct())


def source_dates(municipality: Municipality, viewer: Viewer) -> list[SourceDate]:
    """When sources publish, the nearest day first."""
    return list(SourceDate.objects.visible_to(viewer).filter(municipality=municipality))
