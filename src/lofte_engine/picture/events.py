"""Events of a file of any size become facts: area, category and month as whole numbers. The rest become rejects."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lofte_engine.picture.errors import PictureError
from lofte_engine.picture.steps import Told, silent
from lofte_engine.places.areas import Areas, normal_label
from lofte_engine.places.locate import NO_AREA, UNKNOWN_NAME, Indexed, Locator, index_areas
from lofte_engine.sources.faults import undamaged
from lofte_engine.sources.generic import open_pieces
from lofte_engine.sources.grid import file_kind
from lofte_engine.sources.mapping import ColumnMapping
from lofte_engine.sources.quick_csv import Irregular
from lofte_engine.sources.recognise import recognise
from lofte_engine.store import Store, doubled
from lofte_engine.table_check import REJECTS, Checked, Why, check, reject_table
from lofte_engine.table_errors import NoticesAreNotStatistics, TableError
from lofte_engine.tables import INCIDENTS

Ints = npt.NDArray[np.int64]
_FACTS = pa.schema([("area", pa.int32()), ("category", pa.int32()), ("month", pa.int32())])
_NUMBERS = pa.schema([("row", pa.int64()), ("number", pa.string())])


@dataclass(frozen=True)
class Events:
    """Events that could be used, and what became of the others.

    Attributes
    ----------
    files : Path
        Parquet with ``area, category, month``, one row an event; also ``row`` when events have numbers.
    left_out : Path or None
        Parquet with the ``row`` of events that stand twice, to be left out when counting.
    categories : tuple of str
        What the numbers of ``category`` stand for, in the order met.
    rejects : pyarrow.Table
        One line for each row that was not used: ``row, column, value, reason, why``.
    rows_in, rows_used : int
        The difference is the number of rows in `rejects`.
    days : (date, date)
        First and last day.
    on_boundary : int
        Points exactly on a boundary, which went to the area with the lowest code.
    warnings : tuple of str
        What a person should know, in Swedish.
    """

    files: Path
    left_out: Path | None
    categories: tuple[str, ...]
    rejects: pa.Table
    rows_in: int
    rows_used: int
    days: tuple[dt.date, dt.date]
    on_boundary: int
    warnings: tuple[str, ...]

    def facts(self, store: Store) -> Any:
        """The facts as a table of a query engine."""
        facts = store.table(self.files)
        if self.left_out is not None:
            facts = facts.anti_join(store.table(self.left_out), "row")
        return facts


def read_events(
    path: Path,
    areas: Areas,
    *,
    store: Store,
    folder: Path,
    mapping: ColumnMapping | None = None,
    today: dt.date | None = None,
    told: Told = silent,
) -> Events:
    """Read events of a file of any size, a piece at a time.

    Parameters
    ----------
    path : Path
        CSV, Excel or Parquet, of the contract `INCIDENTS`.
    areas : Areas
    store : Store
        Finds events that stand twice.
    folder : Path
        Where the facts are put.
    mapping : ColumnMapping or None
        None means that the headings are guessed.
    today : date or None
        Later events are refused.
    told : callable
        Hears how many rows have been read, and of how many when that is known.

    Returns
    -------
    Events

    Raises
    ------
    TableError
        When the file as a whole cannot be read.
    PictureError
        ``no_rows`` when no single row could be used.
    NoticesAreNotStatistics
        When the file is the police's notices.
    """
    if recognise(path) == "polisen":
        raise NoticesAreNotStatistics
    total = _rows_of(path)
    for quick in (True, False):
        reading = _Reading(areas, folder)
        pieces = open_pieces(path, INCIDENTS, mapping, quick=quick)
        try:
            for piece in pieces.tables:
                checked = check(piece, INCIDENTS, today=today, reading=pieces.mapping.reading)
                reading.add(checked)
                told("Läser händelser", reading.rows_in, total)
        except Irregular:
            continue
        finally:
            reading.close()
        return reading.ended(store, pieces.asides, pieces.warnings)
    raise TableError("damaged")


@dataclass
class _Reading:
    """What has been read so far."""

    areas: Areas
    folder: Path
    rows_in: int = 0
    rows_used: int = 0
    on_boundary: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    categories: dict[str, int] = field(default_factory=dict)
    rejects: list[pa.Table] = field(default_factory=list)
    seen: list[tuple[int, int]] = field(default_factory=list)
    has_numbers: bool = False
    _facts: pq.ParquetWriter | None = None
    _numbers: pq.ParquetWriter | None = None

    @cached_property
    def locator(self) -> Locator:
        return Locator.of(self.areas)

    @cached_property
    def names(self) -> dict[str, int]:
        """Areas by name, for files that say a kommundel by its name."""
        return {normal_label(name): at for at, name in enumerate(self.areas.names)}

    @property
    def files(self) -> Path:
        return self.folder / "facts.parquet"

    def add(self, checked: Checked) -> None:
        table = checked.table
        self.rows_in += checked.rows_in
        self.rejects.append(checked.rejects)
        if not table.num_rows:
            return
        found = self._placed(table)
        inside = found.index >= 0
        self.rejects.append(_outside(found, checked.rows, self.areas))
        if found.located is not None:
            self.on_boundary += found.located.on_boundary
            if found.located.suspicion:
                self.warnings[found.located.suspicion] += 1
        if inside.all():
            self._write(table, found.index, checked.rows)
        elif inside.any():
            self._write(table.filter(pa.array(inside)), found.index[inside], checked.rows[inside])

    def _placed(self, table: pa.Table) -> Indexed:
        found = index_areas(table, self.areas, lambda: self.locator)
        if "district" not in table.column_names:
            return found
        open_rows = np.flatnonzero((found.index < 0) & ~np.isfinite(found.lon))
        encoded = table["district"].combine_chunks().take(pa.array(open_rows)).dictionary_encode()
        named = [self.names.get(normal_label(name or ""), -1) for name in encoded.dictionary.to_pylist()]
        codes = np.asarray(pc.fill_null(encoded.indices, len(named)).to_numpy(zero_copy_only=False), dtype=np.int64)
        found.index[open_rows] = np.asarray([*named, -1], dtype=np.int64)[codes]
        found.reason[open_rows[codes < len(named)]] = UNKNOWN_NAME
        return found

    def _write(self, table: pa.Table, index: Ints, rows: Ints) -> None:
        moments = table["occurred_at"].to_numpy()
        months = moments.astype("datetime64[M]").astype(np.int64) + 1970 * 12
        self.seen.append((int(moments.min().astype("datetime64[D]").astype(int)),
                          int(moments.max().astype("datetime64[D]").astype(int))))  # fmt: skip
        encoded = table["category"].combine_chunks().dictionary_encode()
        local = encoded.dictionary.to_pylist()
        for name in sorted(local):
            self.categories.setdefault(name, len(self.categories))
        categories = np.array([self.categories[name] for name in local], dtype=np.int64)[encoded.indices.to_numpy()]
        facts = pa.table([pa.array(one, pa.int32()) for one in (index, categories, months)], schema=_FACTS)
        if "incident_id" in table.column_names:
            numbered = pa.table([pa.array(rows), table["incident_id"]], schema=_NUMBERS)
            self._numbers = self._numbers or pq.ParquetWriter(self.folder / "numbers.parquet", _NUMBERS)
            self._numbers.write_table(numbered.filter(pc.is_valid(numbered["number"])))
            self.has_numbers = True
            facts = facts.append_column("row", numbered["row"])
        self._facts = self._facts or pq.ParquetWriter(self.files, facts.schema, compression="lz4")
        self._facts.write_table(facts)
        self.rows_used += facts.num_rows

    def close(self) -> None:
        for writer in (self._facts, self._numbers):
            if writer is not None:
                writer.close()

    def ended(self, store: Store, asides: list[pa.Table], warnings: tuple[str, ...]) -> Events:
        self.rejects += asides
        self.rows_in += sum(one.num_rows for one in asides)
        left_out = self._doubles(store) if self.has_numbers else None
        rejects = pa.concat_tables([REJECTS.empty_table(), *self.rejects]).sort_by("row")
        if not self.rows_used:
            raise TableError("only_header") if not self.rows_in else _no_rows(self.rows_in, rejects, self.warnings)
        first, last = (dt.date(1970, 1, 1) + dt.timedelta(days=day) for day in _span(self.seen))
        return Events(
            files=self.files,
            left_out=left_out,
            categories=tuple(self.categories),
            rejects=rejects,
            rows_in=self.rows_in,
            rows_used=self.rows_used,
            days=(first, last),
            on_boundary=self.on_boundary,
            warnings=(*warnings, *self.warnings),
        )

    def _doubles(self, store: Store) -> Path | None:
        found = store.collect(doubled(store.table(self.folder / "numbers.parquet")))
        if not found.num_rows:
            return None
        for first, group in _by_first(found):
            values = group["number"].to_pylist()
            reason = f"samma rad står redan på rad {first}"
            self.rejects.append(reject_table(group["row"].to_pylist(), "incident_id", values, reason, Why.DOUBLE))
        self.rows_used -= found.num_rows
        path = self.folder / "doubled.parquet"
        pq.write_table(found.select(["row"]), path)
        return path


def _rows_of(path: Path) -> int | None:
    """How many rows a file says that it has."""
    if file_kind(path) != "parquet":
        return None
    with undamaged():
        return int(pq.read_metadata(path).num_rows)


def _by_first(found: pa.Table) -> Iterator[tuple[int, pa.Table]]:
    for first in pc.unique(found["first"]).to_pylist():
        yield first, found.filter(pc.equal(found["first"], first))


def _span(seen: list[tuple[int, int]]) -> tuple[int, int]:
    return min(first for first, _ in seen), max(last for _, last in seen)


def _outside(found: Indexed, rows: Ints, areas: Areas) -> pa.Table:
    out = np.flatnonzero(found.index < 0)
    lines: list[list[Any]] = [rows[out].tolist(), [], [], [], [Why.FAULT.value] * len(out)]
    for at in out.tolist():
        has_point = np.isfinite(found.lon[at])
        lines[1].append("lon" if has_point else "area_code")
        lines[2].append(f"{found.lon[at]:.10g}, {found.lat[at]:.10g}" if has_point else "")
        near = ""
        if found.nearest[at] >= 0:
            near = f" (närmast är {areas.codes[found.nearest[at]]}, {found.distance_m[at]:.0f} m bort)"
        lines[3].append(NO_AREA[found.reason[at]] + near)
    return pa.table([pa.array(one, column.type) for one, column in zip(lines, REJECTS, strict=True)], schema=REJECTS)


def _no_rows(many: int, rejects: pa.Table, warnings: Counter[str]) -> PictureError:
    """Say what is wrong with most rows: a thousand lines with the same reason have one cause."""
    lines = zip(rejects["column"].to_pylist(), rejects["reason"].to_pylist(), strict=True)
    plain = Counter(f"{column} {reason.split(' (')[0]}".strip() for column, reason in lines)
    most = "; ".join(f"{what} ({count} av {many})" for what, count in plain.most_common(2))
    return PictureError("no_rows", many=many, most=". ".join([most, *warnings]))
