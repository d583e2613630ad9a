"""What a column must hold, and from cells to typed columns: whole columns at once where all cells look alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lofte_engine.cell_dates import DateOrder, read_date, read_moment
from lofte_engine.cells import CellError, Number, clean_text, read_boolean, read_count, read_number

Ints = np.ndarray[Any, np.dtype[np.int64]]
Passes = Callable[[Any], Any]


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    BOOLEAN = "boolean"
    GEOMETRY = "geometry"


ARROW_TYPE = {
    Kind.TEXT: pa.string(),
    Kind.COUNT: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("us"),
    Kind.BOOLEAN: pa.bool_(),
    Kind.GEOMETRY: pa.binary(),
}


@dataclass(frozen=True)
class Check:
    """What a value must fulfil.

    Parameters
    ----------
    reason : str
        What is wrong when it does not, in Swedish, to be read after the value.
    passes : callable
        From an Arrow array to an array of truth values; empty cells are not asked.
    """

    reason: str
    passes: Passes


@dataclass(frozen=True)
class RowCheck:
    """What several cells of a row must fulfil together.

    Parameters
    ----------
    columns : tuple of str
        The columns that it looks at; the first one is named in the reject list.
    reason : str
        What is wrong, in Swedish.
    passes : callable
        From a table to an array of truth values.
    """

    columns: tuple[str, ...]
    reason: str
    passes: Passes


@dataclass(frozen=True)
class Column:
    """A column of a contract.

    Parameters
    ----------
    name : str
        Its name in every table of this kind.
    kind : Kind
        What its cells hold.
    title : str
        Its name in Swedish.
    required : bool
        Whether every row must have a value (a mark such as ``..`` counts, where `marked_in` is given).
    checks : tuple of Check
    marked_in : str or None
        Column for the mark of a cell without a number.
    not_after_today : bool
        Whether a later day than today is refused.
    """

    name: str
    kind: Kind
    title: str
    required: bool = False
    checks: tuple[Check, ...] = ()
    marked_in: str | None = None
    not_after_today: bool = False


@dataclass(frozen=True)
class Contract:
    """What a table must look like.

    Parameters
    ----------
    name : str
    title : str
        Its name in Swedish.
    columns : tuple of Column
    row_checks : tuple of RowCheck
    key : tuple of str
        Columns that together may stand only once; absent optional columns are left out.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    row_checks: tuple[RowCheck, ...] = ()
    key: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class Reading:
    """How the cells of one source are meant.

    Parameters
    ----------
    zone : str
        Local time zone, by its IANA name.
    order : "dmy", "mdy" or None
        How ``03/07/2024`` is meant.
    units : mapping of str to str
        For columns of bare numbers: "epoch_seconds", "epoch_milliseconds" or "excel".
    """

    zone: str = "Europe/Stockholm"
    order: DateOrder | None = None
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """Cells of one column that are wrong."""

    rows: Ints
    column: str
    values: list[str]
    reasons: list[str]

    @classmethod
    def of(cls, rows: Ints, column: str, raw: Any, reason: str) -> Fault:
        cells = raw.take(pa.array(rows)).to_pylist() if len(rows) else []
        return cls(rows, column, [_shown(cell) for cell in cells], [reason] * len(cells))


def cells_as_array(cells: list[Any]) -> Any:
    """Cells of one column as an Arrow array.

    Parameters
    ----------
    cells : list
        Text, numbers, dates, truth values or None.

    Returns
    -------
    pyarrow.Array
        Typed when all cells are of one kind; otherwise text, which holds them all.
    """
    if len({type(cell) for cell in cells if cell is not None}) <= 1:
        try:
            return pa.array(cells)
        except (pa.ArrowInvalid, UnicodeError, OverflowError):
            pass  # a number beyond 64 bits, half a character
    return pa.array(
        [None if cell is None else str(cell).encode("utf-8", "replace").decode() for cell in cells], pa.string()
    )


def typed_column(raw: Any, kind: Kind, reading: Reading, name: str) -> tuple[Any, Any, list[Fault]]:
    """Cells as values.

    Parameters
    ----------
    raw : pyarrow.Array
        Cells of n rows, as text or typed.
    kind : Kind
    reading : Reading
    name : str
        Name of the column, for its unit and for the faults.

    Returns
    -------
    values : pyarrow.Array
        n values; null where the cell is empty, marked or wrong.
    marks : pyarrow.Array
        n words of `cells.Mark` ("hidden", "not_applicable"); null for a value and for an empty cell.
    faults : list of Fault
        Where a cell could not be read.
    """
    no_marks = pa.nulls(len(raw), pa.string())
    if pa.types.is_dictionary(raw.type):
        raw = raw.dictionary_decode()
    if (done := _as_it_is(raw, kind, reading.units.get(name))) is not None:
        return done, no_marks, []
    plain = _plain_text(raw, kind, reading.units.get(name))
    if plain is None:
        return _one_by_one(raw, kind, reading, name)
    done, is_plain = plain
    if is_plain.all():
        return done, no_marks, []
    rest = np.flatnonzero(~is_plain)
    values, marks, faults = _one_by_one(raw.take(pa.array(rest)), kind, reading, name)
    mask = pa.array(~is_plain)
    faults = [Fault(rest[fault.rows], name, fault.values, fault.reasons) for fault in faults]
    return pc.replace_with_mask(done, mask, values), pc.replace_with_mask(no_marks, mask, marks), faults


def _one_by_one(raw: Any, kind: Kind, reading: Reading, name: str) -> tuple[Any, Any, list[Fault]]:
    encoded = raw.dictionary_encode()
    parse = _parser(kind, reading, name)
    values: list[object] = []
    marks: list[str | None] = []
    reasons: dict[int, str] = {}
    for code, cell in enumerate(encoded.dictionary.to_pylist()):
        value: object = None
        mark = None
        try:
            value = parse(cell)
        except CellError as error:
            reasons[code] = str(error)
        if isinstance(value, Number):
            mark = None if value.mark is None or value.mark == "empty" else value.mark.value
            value = value.value
        values.append(int(value) if kind is Kind.COUNT and isinstance(value, float) else value)
        marks.append(mark)
    indices = encoded.indices
    bad = np.asarray(pc.fill_null(pc.is_in(indices, pa.array(list(reasons), indices.type)), False))
    at = np.flatnonzero(bad)
    faults = []
    if len(at):
        cells = raw.take(pa.array(at)).to_pylist()
        told = [reasons[code] for code in indices.take(pa.array(at)).to_pylist()]
        faults = [Fault(at, name, [_shown(cell) for cell in cells], told)]
    return (
        pa.array(values, ARROW_TYPE[kind]).take(indices),
        pa.array(marks, pa.string()).take(indices),
        faults,
    )


def _as_it_is(raw: Any, kind: Kind, unit: str | None) -> Any | None:
    """Typed cells that need no reading; None when they do."""
    types = pa.types
    if kind is Kind.GEOMETRY:
        return raw.cast(pa.binary())
    if types.is_null(raw.type):
        return pa.nulls(len(raw), ARROW_TYPE[kind])
    if kind is Kind.COUNT and types.is_integer(raw.type) and len(raw):
        lowest = pc.min(raw).as_py()
        return raw.cast(pa.int64()) if lowest is None or lowest >= 0 else None
    if kind is Kind.NUMBER and (types.is_integer(raw.type) or types.is_floating(raw.type)):
        values = raw.cast(pa.float64(), safe=False)
        fine = pc.all(pc.is_finite(values)).as_py()
        return values if fine is not False else None
    if kind is Kind.MOMENT and types.is_timestamp(raw.type) and raw.type.tz is None:
        return raw.cast(pa.timestamp("us"), safe=False)
    if kind is Kind.MOMENT and types.is_date(raw.type):
        return raw.cast(pa.timestamp("us"))
    if kind is Kind.DATE and types.is_date(raw.type):
        return raw.cast(pa.date32())
    if kind is Kind.BOOLEAN and types.is_boolean(raw.type):
        return raw
    return None


# Below this many cells, one by one is as quick.
_FEW = 64
_WHOLE = r"^\d{1,15}$"
_DECIMAL = r"^-?\d{1,15}(\.\d{1,17})?$"
_ISO_MOMENT = r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?$"
_ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"


def _plain_text(raw: Any, kind: Kind, unit: str | None) -> tuple[Any, np.ndarray[Any, np.dtype[np.bool_]]] | None:
    """Text in the one form that programs write, converted at once, and which cells had it; None when few have."""
    pattern = {Kind.COUNT: _WHOLE, Kind.NUMBER: _DECIMAL, Kind.MOMENT: _ISO_MOMENT, Kind.DATE: _ISO_DATE}.get(kind)
    if pattern is None or not (pa.types.is_string(raw.type) or pa.types.is_large_string(raw.type)):
        return None
    if (unit is not None and kind is not Kind.NUMBER) or len(raw) < _FEW:
        return None
    fits = pc.fill_null(pc.match_substring_regex(raw, pattern), False)
    is_plain = np.asarray(fits).astype(bool)
    if is_plain.sum() < _FEW:
        return None
    try:
        return pc.if_else(fits, raw, pa.scalar(None, raw.type)).cast(ARROW_TYPE[kind]), is_plain
    except pa.ArrowInvalid:  # a day that does not exist: read one by one, with its reason
        return None


def _parser(kind: Kind, reading: Reading, name: str) -> Callable[[Any], object]:
    unit = reading.units.get(name)

    def moment(cell: object) -> dt.datetime | None:
        return read_moment(cell, zone=reading.zone, order=reading.order, unit=unit) if clean_text(cell) else None

    def day(cell: object) -> dt.date | None:
        return read_date(cell, order=reading.order, excel_numbers=unit == "excel") if clean_text(cell) else None

    def text(cell: object) -> str | None:
        told = clean_text(cell)
        if "\ufffd" in told or "\0" in told:
            raise CellError("har ett tecken som inte går att läsa; spara filen som UTF-8")
        # A lone surrogate cannot be stored as text anywhere else either.
        return told.encode("utf-8", "replace").decode() or None

    return {
        Kind.TEXT: text,
        Kind.COUNT: read_count,
        Kind.NUMBER: read_number,
        Kind.DATE: day,
        Kind.MOMENT: moment,
        Kind.BOOLEAN: read_boolean,
    }[kind]


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)[:200]
