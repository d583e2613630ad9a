"""The machinery behind table contracts: columns, checks, and the list of rows that failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lofte_engine.table_columns import Column, Contract, Fault, Kind, Reading, cells_as_array, typed_column
from lofte_engine.table_errors import TableError

ROW = "__row__"
REJECTS = pa.schema(
    [
        ("row", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
        ("why", pa.string()),
    ]
)


class Why(StrEnum):
    """What kind of row was not used."""

    FAULT = "fault"
    TOTAL = "total"
    NOTE = "note"
    DOUBLE = "double"


@dataclass(frozen=True)
class Checked:
    """A table that fulfils its contract, and every row that did not.

    Attributes
    ----------
    contract : Contract
    table : pyarrow.Table
        The rows used, with the columns of the contract that the source had.
    rejects : pyarrow.Table
        One line a row: ``row`` (as numbered in the file), ``column``, ``value``, ``reason``, ``why``.
    rows : numpy.ndarray
        For each row used, its number in the file.
    warnings : tuple of str
        What a person should know, in Swedish.
    """

    contract: Contract
    table: pa.Table
    rejects: pa.Table
    rows: np.ndarray[Any, np.dtype[np.int64]] = field(repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def rows_used(self) -> int:
        return int(self.table.num_rows)

    @property
    def rows_rejected(self) -> int:
        return int(self.rejects.num_rows)

    @property
    def rows_in(self) -> int:
        """Rows in the file; always the rows used and the rows rejected together."""
        return self.rows_used + self.rows_rejected

    @property
    def totals(self) -> pa.Table:
        """Rows that were sums of others: kept apart, with their text."""
        return self.rejects.filter(pc.equal(self.rejects["why"], Why.TOTAL.value))


def reject_table(
    rows: Sequence[int], column: str, values: Sequence[str], reason: str, why: Why = Why.FAULT
) -> pa.Table:
    """A reject list for rows that share their reason."""
    many = len(rows)
    columns = [list(rows), [column] * many, list(values), [reason] * many, [why.value] * many]
    return pa.table([pa.array(one, field.type) for one, field in zip(columns, REJECTS, strict=True)], schema=REJECTS)


def check(
    rows: pa.Table | Sequence[Mapping[str, object]],
    contract: Contract,
    *,
    first_row: int = 2,
    today: dt.date | None = None,
    reading: Reading | None = None,
    aside: Iterable[pa.Table] = (),
) -> Checked:
    """Check a table at the door.

    Parameters
    ----------
    rows : pyarrow.Table or sequence of mappings
        Cells as text or already typed. A column ``__row__`` holds the row numbers of the file; without it they are
        counted from `first_row`.
    contract : Contract
    first_row : int
        Number of the first row, as a person sees it in Excel: 2, below one row of headings.
    today : date or None
        Later days are refused where the contract says so; None asks nothing.
    reading : Reading or None
        Time zone, order of day and month, and units of bare numbers.
    aside : iterable of pyarrow.Table
        Reject lists made while reading the file (totals, notes, broken rows).

    Returns
    -------
    Checked
        ``rows_in == rows_used + rows_rejected``, always.

    Raises
    ------
    TableError
        With code "missing_columns" when a required column is absent: then no single row is at fault.

    Examples
    --------
    >>> from lofte_engine.tables import POPULATION
    >>> done = check([{"area_code": "0486", "year": "2023", "population": "38 230"},
    ...               {"area_code": "0486", "year": "2024", "population": "ca 38"}], POPULATION)
    >>> done.table["population"].to_pylist(), done.rejects["row"].to_pylist(), done.rejects["reason"].to_pylist()
    ([38230], [3], ['är inte ett tal'])
    """
    return check_batches([rows], contract, first_row=first_row, today=today, reading=reading, aside=aside)


def check_batches(
    batches: Iterable[pa.Table | Sequence[Mapping[str, object]]],
    contract: Contract,
    *,
    first_row: int = 2,
    today: dt.date | None = None,
    reading: Reading | None = None,
    aside: Iterable[pa.Table] = (),
) -> Checked:
    """Check a table that comes in pieces, so that a file larger than the memory can be read.

    Parameters and result as in `check`; what must be unique is judged over all pieces.
    """
    tables: list[pa.Table] = []
    rejects: list[pa.Table] = []
    number = first_row
    for batch in batches:
        arrived = _numbered(batch, number)
        number += arrived.num_rows
        table, rejected = _checked_batch(arrived, contract, today, reading or Reading())
        tables.append(table)
        rejects.append(rejected)
    if not tables:
        raise TableError("only_header")
    table = pa.concat_tables(tables, promote_options="default")
    table, doubled = _without_doubles(table, contract)
    # Asked for last: a reader fills these lists while its pieces are being read.
    rejected = pa.concat_tables([*rejects, doubled, *aside])
    rows = table[ROW].to_numpy().astype(np.int64)
    table = table.drop_columns([ROW])
    return Checked(contract, table, rejected.sort_by("row"), rows, tuple(_warnings(table, contract)))


def _numbered(batch: pa.Table | Sequence[Mapping[str, object]], first: int) -> pa.Table:
    if not isinstance(batch, pa.Table):
        names = list(dict.fromkeys(name for row in batch for name in row))
        batch = pa.table({name: cells_as_array([row.get(name) for row in batch]) for name in names})
    if ROW in batch.column_names:
        return batch
    return batch.append_column(ROW, pa.array(np.arange(first, first + batch.num_rows, dtype=np.int64)))


def _checked_batch(
    table: pa.Table, contract: Contract, today: dt.date | None, reading: Reading
) -> tuple[pa.Table, pa.Table]:
    absent = [column for column in contract.columns if column.required and column.name not in table.column_names]
    if absent:
        raise TableError(
            "missing_columns",
            columns=", ".join(f"{column.title} ({column.name})" for column in absent),
            found=", ".join(name for name in table.column_names if name != ROW) or "inga",
        )
    columns: dict[str, Any] = {ROW: table[ROW].cast(pa.int64())}
    faults: list[Fault] = []
    for column in contract.columns:
        if column.name in table.column_names:
            raw = table[column.name].combine_chunks()
            values, marks, bad = typed_column(raw, column.kind, reading, column.name)
            faults += _faults_of(column, raw, values, marks, bad, today)
            columns[column.name] = values
            if column.marked_in and (column.marked_in not in columns or marks.null_count < len(marks)):
                columns[column.marked_in] = marks
    result = pa.table(columns)
    broken = np.zeros(table.num_rows, dtype=bool)
    for fault in faults:
        broken[fault.rows] = True
    for rule in contract.row_checks:
        if all(name in result.column_names for name in rule.columns):
            failed = _failed(rule.passes(result)) & ~broken
            faults.append(Fault.of(np.flatnonzero(failed), rule.columns[0], table[rule.columns[0]], rule.reason))
            broken |= failed
    return result.filter(pa.array(~broken)), _listed(faults, table[ROW].to_numpy())


def _faults_of(
    column: Column, raw: Any, values: Any, marks: Any, bad: list[Fault], today: dt.date | None
) -> list[Fault]:
    faults = list(bad)
    if column.required:
        missing = np.asarray(pc.is_null(values)) & np.asarray(pc.is_null(marks))
        for fault in bad:
            missing[fault.rows] = False
        faults.append(Fault.of(np.flatnonzero(missing), column.name, raw, f"{column.title} saknas"))
    for one in column.checks:
        faults.append(Fault.of(np.flatnonzero(_failed(one.passes(values))), column.name, raw, one.reason))
    if column.not_after_today and today is not None:
        tomorrow = today + dt.timedelta(days=1)
        limit: object = dt.datetime(tomorrow.year, tomorrow.month, tomorrow.day)  # noqa: DTZ001 - local clock time
        late = pc.greater_equal(
            values, pa.scalar(limit if pa.types.is_timestamp(values.type) else tomorrow, values.type)
        )
        reason = f"ligger efter i dag ({today.isoformat()})"
        faults.append(Fault.of(np.flatnonzero(_failed(pc.invert(late))), column.name, raw, reason))
    return [fault for fault in faults if len(fault.rows)]


def _failed(passes: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return ~np.asarray(pc.fill_null(passes, True)).astype(bool)


def _listed(faults: list[Fault], numbers: np.ndarray[Any, Any]) -> pa.Table:
    """One line a row: its first fault, and the others in words after it."""
    first: dict[int, tuple[str, str, list[str]]] = {}
    for fault in faults:
        for row, value, reason in zip(fault.rows.tolist(), fault.values, fault.reasons, strict=True):
            if row in first:
                first[row][2].append(f"{fault.column} {reason}")
            else:
                first[row] = (fault.column, value, [reason])
    lines = sorted(first.items())
    reasons = [told[0] + (f" (även: {'; '.join(told[1:])})" if told[1:] else "") for _, (_, _, told) in lines]
    return pa.table(
        [
            pa.array([int(numbers[row]) for row, _ in lines], pa.int64()),
            pa.array([column for _, (column, _, _) in lines], pa.string()),
            pa.array([value for _, (_, value, _) in lines], pa.string()),
            pa.array(reasons, pa.string()),
            pa.array([Why.FAULT.value] * len(lines), pa.string()),
        ],
        schema=REJECTS,
    )


def _without_doubles(table: pa.Table, contract: Contract) -> tuple[pa.Table, pa.Table]:
    key = [name for name in contract.key if name in table.column_names]
    if not key or table.num_rows < 2:
        return table, REJECTS.empty_table()
    codes = np.zeros(table.num_rows, dtype=np.int64)
    for name in key:
        encoded = table[name].combine_chunks().dictionary_encode(null_encoding="encode")
        codes = codes * (len(encoded.dictionary) + 1) + encoded.indices.to_numpy(zero_copy_only=False)
        # Kept dense, so that many columns with many values cannot overflow.
        codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    kept = np.unique(codes, return_index=True)[1]
    doubled = np.ones(table.num_rows, dtype=bool)
    doubled[kept] = False
    if key == [contract.key[-1]] and contract.name == "incidents":
        # Most incident files carry no number; rows without one are no doubles of each other.
        doubled &= np.asarray(table[key[0]].is_valid())
    if not doubled.any():
        return table, REJECTS.empty_table()
    numbers = table[ROW].to_numpy()
    earlier = numbers[kept[codes[doubled]]].tolist()
    lines = table.filter(pa.array(doubled)).select(key).to_pylist()
    rejects = pa.table(
        [
            pa.array(numbers[doubled], pa.int64()),
            pa.array([", ".join(key)] * len(lines), pa.string()),
            pa.array([", ".join(str(cell) for cell in line.values()) for line in lines], pa.string()),
            pa.array([f"samma rad står redan på rad {row}" for row in earlier], pa.string()),
            pa.array([Why.DOUBLE.value] * len(lines), pa.string()),
        ],
        schema=REJECTS,
    )
    return table.filter(pa.array(~doubled)), rejects


def _warnings(table: pa.Table, contract: Contract) -> list[str]:
    told = []
    for column in contract.columns:
        if column.kind is Kind.MOMENT and column.required and table.num_rows > 1:
            clock = pc.any(pc.not_equal(table[column.name], pc.floor_temporal(table[column.name], unit="day")))
            if not clock.as_py():
                told.append(f"Kolumnen {column.title} har inga klockslag: dygnets timmar kan inte visas.")
    return told
