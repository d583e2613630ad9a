"""Which part of the kommun each incident happened in, asked once; afterwards only area, month and category are left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from lofte.evidence.models import Scope
from lofte.evidence.whereabouts import Whereabouts
from lofte.imports.kinds import MOST_PROBLEMS, FileUnreadable, Problem
from lofte.places.models import Area
from lofte_engine.tables import DataSet

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class InAreas:
    """For each incident the number of its area in `areas`, -1 where there is none, and why for the first of those."""

    areas: list[Area]
    index: Ints
    problems: tuple[Problem, ...]

    @property
    def lost(self) -> int:
        return int((self.index < 0).sum())


def place(data: DataSet, places: Whereabouts, cache: Path | None = None) -> InAreas:
    """Place every incident: by its coordinate, otherwise by the code or name that the file gives."""
    areas = list(places.municipality.areas.order_by("pk"))
    number = {area.pk: at for at, area in enumerate(areas)}
    table = data.table
    index = np.full(table.num_rows, -1, dtype=np.int64)
    reasons = np.full(table.num_rows, "", dtype=object)
    for column in ("district", "area_code"):
        if column in table.column_names:
            _by_words(table, column, places, number, index, reasons)
    if {"lon", "lat"} <= set(table.column_names):
        _by_point(table, places, number, index, reasons, cache)
    lost = np.flatnonzero(index < 0)
    problems = tuple(
        Problem(int(data.checked.rows[at]), "", "", str(reasons[at] or _("har ingen plats som finns i kommunen")))
        for at in lost[:MOST_PROBLEMS].tolist()
    )
    return InAreas(areas, index, problems)


def _by_words(
    table: pa.Table, column: str, places: Whereabouts, number: dict[int, int], index: Ints, reasons: Any
) -> None:
    encoded = table[column].combine_chunks().cast(pa.string()).dictionary_encode()
    words = encoded.dictionary.to_pylist()
    found = [places.of(word, word) if column == "area_code" else places.of(name=word) for word in words]
    known = [number[where.area.pk] if where.scope == Scope.AREA and where.area else -1 for where in found]
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    told = codes >= 0
    index[told] = np.asarray([*known, -1], dtype=np.int64)[codes[told]]
    unknown = told & (index < 0)
    reasons[unknown] = (
        _("har en områdeskod som inte finns inläst")
        if column == "area_code"
        else _("har en kommundel som inte finns inläst")
    )
    reasons[told & (index >= 0)] = ""


def _by_point(
    table: pa.Table, places: Whereabouts, number: dict[int, int], index: Ints, reasons: Any, cache: Path | None
) -> None:
    from shapely.geometry import shape

    from lofte_engine.places import Areas, Locator

    lon, lat = (np.asarray(pc.fill_null(table[name].cast(pa.float64()), np.nan).to_numpy()) for name in ("lon", "lat"))
    at = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    if not len(at):
        return
    division = places.division()
    if not division:
        if (index[at] >= 0).all():
            return
        raise FileUnreadable(
            _("Kommunens områden är inte inlästa. Läs in dem först (GeoJSON), annars går händelserna inte att placera.")
        )
    areas = Areas.build(
        [str(area.pk) for area in division], [shape(area.geometry) for area in division], crs="EPSG:3006"
    )
    located = Locator.of(areas, cache).locate(lon[at], lat[at])
    if located.suspicion and len(located.unmatched) > len(at) / 2:
        raise FileUnreadable(located.suspicion)
    own = np.asarray([number[int(code)] for code in areas.codes], dtype=np.int64)
    hit = located.index >= 0
    index[at[hit]] = own[located.index[hit]]
    reasons[at[hit]] = ""
    outside = at[located.unmatched]
    index[outside] = -1
    for row, metres in zip(outside.tolist(), located.distance_m.tolist(), strict=True):
        reasons[row] = _("ligger utanför kommunens områden, {metres} meter från det närmaste").format(
            metres=round(metres)
        )


def monthly(table: pa.Table, placed: InAreas) -> Iterator[tuple[Area, dt.date, str, int]]:
    """Count by area, month and category."""
    used = placed.index >= 0
    if not used.any():
        return
    months = table["occurred_at"].cast(pa.timestamp("us")).to_numpy().astype("datetime64[M]").astype(np.int64)
    encoded = table["category"].combine_chunks().dictionary_encode()
    category = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    keys = np.stack([placed.index[used], months[used], category[used]], axis=1)
    cells, counts = np.unique(keys, axis=0, return_counts=True)
    labels = encoded.dictionary.to_pylist()
    for (area, month, label), count in zip(cells.tolist(), counts.tolist(), strict=True):
        yield placed.areas[area], dt.date(1970 + month // 12, month % 12 + 1, 1), labels[label], count


def reporters(table: pa.Table) -> dict[str, int]:
    """How many of those who report did so in each month; nothing where the file does not say who reports."""
    if "reporter_unit" not in table.column_names:
        return {}
    months = pc.strftime(table["occurred_at"], format="%Y-%m")
    told = pa.table({"month": months, "unit": table["reporter_unit"]}).group_by("month")
    counted = told.aggregate([("unit", "count_distinct")])
    pairs = zip(counted["month"].to_pylist(), counted["unit_count_distinct"].to_pylist(), strict=True)
    return dict(sorted((month, many) for month, many in pairs if month and many))
