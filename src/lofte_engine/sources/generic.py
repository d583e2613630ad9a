"""Any Excel, CSV or Parquet file, through a column mapping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lofte_engine.cell_dates import read_period
from lofte_engine.cells import CellError
from lofte_engine.sources.delimited import TextTable, look_at, read_rows
from lofte_engine.sources.faults import undamaged
from lofte_engine.sources.grid import Grid, file_kind, file_sha256, read_workbook
from lofte_engine.sources.layout import LOOKED_AT, Layout, Numbered, aside, find_layout, normal_heading
from lofte_engine.sources.mapping import ColumnMapping, known_headings, suggest
from lofte_engine.sources.not_events import refuse_absent, refuse_several
from lofte_engine.sources.quick_csv import SMALLEST, Irregular, quick_batches
from lofte_engine.table_check import ROW, Checked, Why, check_batches, reject_table
from lofte_engine.table_columns import Contract, Kind, Reading, cells_as_array, typed_column
from lofte_engine.table_errors import MappingError, TableError
from lofte_engine.tables import CONTRACTS, DataSet

_BATCH = 50_000


def read_table(
    path: Path,
    contract: Contract,
    *,
    mapping: ColumnMapping | None = None,
    today: dt.date | None,
    known_hashes: dict[str, str] | None = None,
) -> DataSet:
    """Read a file of one's own.

    Parameters
    ----------
    path : Path
        xlsx, xls, ods, CSV in any common encoding, or Parquet.
    contract : Contract
        What the rows are.
    mapping : ColumnMapping or None
        None means that the headings are guessed; see `suggest`.
    today : date or None
        Later days are refused where the contract says so.
    known_hashes : dict or None
        Hash of files read before, and when in words.

    Returns
    -------
    DataSet
        With every row either used or in the reject list.

    Raises
    ------
    TableError
        When the file as a whole cannot be used; "missing_columns" names what it lacks.
    MappingError
        With code "mapping_columns" when the mapping names headings that the file does not have.

    Notes
    -----
    Only the columns that the mapping names are kept: free text about people never enters.
    """
    digest = file_sha256(path)
    if known_hashes and digest in known_hashes:
        raise TableError("duplicate_upload", when=known_hashes[digest])
    if mapping is not None:
        contract = CONTRACTS[mapping.contract]
    checked = _read(path, contract, mapping, today)
    return DataSet(
        source="generic",
        title=(mapping.name if mapping else "") or path.stem,
        publisher="",
        licence="",
        attribution="",
        checked=checked,
        input_sha256=digest,
        is_preliminary=has_preliminary(checked.table),
    )


def has_preliminary(table: pa.Table) -> bool:
    return "is_preliminary" in table.column_names and pc.any(table["is_preliminary"]).as_py() is True


def headings_of(path: Path, *, sheet: str | None = None, header_row: int | None = None) -> tuple[str, ...]:
    """The headings of a file, for a form where a person chooses what they mean."""
    if file_kind(path) == "parquet":
        with undamaged():
            return tuple(pq.read_schema(path).names)
    rows, _, _ = _rows(path, sheet, ())
    return find_layout(list(islice(rows, LOOKED_AT + 1)), (), header_row).names


@dataclass(frozen=True)
class Pieces:
    """A file as tables with the columns of a contract, one at a time, not checked yet.

    Attributes
    ----------
    tables : iterator of pyarrow.Table
        With ``__row__``. Raises `Irregular` when the file must be read row by row; what came before is then void.
    mapping : ColumnMapping
        As it fits the file.
    asides : list of pyarrow.Table
        Reject lists of what is no row (totals, notes), filled while the tables are read.
    warnings : tuple of str
        In Swedish.
    """

    tables: Iterator[pa.Table]
    mapping: ColumnMapping
    asides: list[pa.Table]
    warnings: tuple[str, ...] = ()


def open_pieces(path: Path, contract: Contract, mapping: ColumnMapping | None = None, *, quick: bool = True) -> Pieces:
    """Open a file of any size for reading in pieces.

    Parameters
    ----------
    path : Path
        As in `read_table`.
    contract : Contract
    mapping : ColumnMapping or None
        None means that the headings are guessed.
    quick : bool
        Read a large CSV file a column at a time as long as it is regular.

    Returns
    -------
    Pieces

    Raises
    ------
    TableError
        As `read_table`; a file that is found damaged further down says so while it is read.
    """
    asides: list[pa.Table] = []
    warnings: tuple[str, ...] = ()
    if file_kind(path) == "parquet":
        raw, fitted, names = _parquet(path, contract, mapping)
    else:
        known = known_headings(contract)
        rows, warnings, text = _rows(path, mapping.sheet if mapping else None, known)
        head = list(islice(rows, LOOKED_AT + 1))
        wanted = {normal_heading(one) for many in mapping.columns.values() for one in many} if mapping else ()
        layout = find_layout(head, wanted or known, mapping.header_row if mapping else None)
        names = layout.names
        fitted = _fitting(mapping, names, contract)
        if quick and text is not None and path.stat().st_size >= SMALLEST and _one_line_each(head, layout):
            raw = quick_batches(text, layout, asides)
        else:
            raw = _batches((row for row in chain(head, rows) if row[0] > layout.header), layout, asides)
    refuse_absent(fitted, contract, names)
    return Pieces((_mapped(one, fitted, contract, asides) for one in raw), fitted, asides, warnings)


def _read(path: Path, contract: Contract, mapping: ColumnMapping | None, today: dt.date | None) -> Checked:
    for quick in (True, False):
        found = open_pieces(path, contract, mapping, quick=quick)
        try:
            reading = found.mapping.reading
            checked = check_batches(found.tables, contract, today=today, reading=reading, aside=found.asides)
        except Irregular:
            continue  # read again, row by row
        return replace(checked, warnings=(*found.warnings, *checked.warnings))
    raise TableError("damaged")


def _one_line_each(head: list[Numbered], layout: Layout) -> bool:
    above = [cell for number, cells in head if number <= layout.header for cell in cells]
    return not any("\n" in str(cell) for cell in above)


def _fitting(mapping: ColumnMapping | None, names: tuple[str, ...], contract: Contract) -> ColumnMapping:
    """The mapping with the headings as the file writes them."""
    if mapping is None:
        return suggest(names, contract)
    found = {normal_heading(name): name for name in reversed(names)}
    asked = [one for many in mapping.columns.values() for one in many]
    absent = [one for one in asked if one not in names and normal_heading(one) not in found]
    if absent:
        raise MappingError("mapping_columns", columns=", ".join(dict.fromkeys(absent)), found=", ".join(names))
    doubled = next((one for one in asked if f"{one} (2)" in names), None)
    if doubled:
        raise MappingError("doubled_columns", column=doubled)
    exact = {
        column: tuple(one if one in names else found[normal_heading(one)] for one in many)
        for column, many in mapping.columns.items()
    }
    return replace(mapping, columns=exact)


def _rows(
    path: Path, sheet: str | None, known: tuple[str, ...]
) -> tuple[Iterator[Numbered], tuple[str, ...], TextTable | None]:
    if file_kind(path) == "workbook":
        grid = _chosen(read_workbook(path), sheet, known)
        return numbered(grid), grid.warnings, None
    if file_kind(path) == "json":
        raise TableError("not_recognised")
    text = look_at(path)
    head = list(islice(read_rows(text), LOOKED_AT))
    width = max((len(cells) for _, cells in head), default=0)
    return iter(read_rows(text, width=width)), (), text


def numbered(grid: Grid) -> Iterator[Numbered]:
    """The rows of a sheet that are not blank, with their row numbers."""
    for number, row in enumerate(grid.rows, 1):
        if any(cell is not None and cell != "" and str(cell).strip() for cell in row):
            yield number, row


def _chosen(grids: list[Grid], sheet: str | None, known: tuple[str, ...]) -> Grid:
    if sheet is not None:
        for grid in grids:
            if grid.name == sheet:
                return grid
        raise TableError("no_sheet", sheet=sheet, sheets=", ".join(grid.name for grid in grids))
    filled = [grid for grid in grids if not grid.is_blank and not grid.is_hidden]
    if not filled:
        raise TableError("empty" if not any(not grid.is_blank for grid in grids) else "no_table")
    scores = [_score(grid, known) for grid in filled]
    best = max(scores)
    if best == 0 and len(filled) > 1:
        tables = [grid for grid in filled if _has_table(grid)]
        if len(tables) != 1:
            raise TableError("several_sheets" if tables else "no_table", sheets=", ".join(one.name for one in tables))
        return tables[0]
    winners = [grid for grid, score in zip(filled, scores, strict=True) if score == best]
    if len(winners) > 1:
        raise TableError("several_sheets", sheets=", ".join(grid.name for grid in winners))
    return winners[0]


def _score(grid: Grid, known: tuple[str, ...]) -> int:
    rows = islice(numbered(grid), LOOKED_AT)
    score = max((len({normal_heading(cell) for cell in cells} & set(known)) for _, cells in rows), default=0)
    return score if score >= 2 else 0


def _has_table(grid: Grid) -> bool:
    try:
        find_layout(list(islice(numbered(grid), LOOKED_AT)))
    except TableError:
        return False
    return True


def _batches(rows: Iterator[Numbered], layout: Layout, asides: list[pa.Table]) -> Iterator[pa.Table]:
    width = len(layout.names)
    while True:
        numbers: list[int] = []
        kept: list[list[object]] = []
        many = list(islice(rows, _BATCH))
        if not many:
            return
        for number, cells in many:
            row = list(cells)
            while len(row) > width and str(row[-1]).strip() in ("", "None"):
                row.pop()
            why = aside(row, layout)
            if why is not None:
                asides.append(reject_table([number], "", [_shown(row)], why[1], why[0]))
            elif len(row) > width:
                reason = f"har {len(row)} fält, men rubrikraden har {width}"
                asides.append(reject_table([number], "", [_shown(row)], reason))
            else:
                numbers.append(number)
                kept.append(row + [None] * (width - len(row)))
        columns = {name: cells_as_array([row[at] for row in kept]) for at, name in enumerate(layout.names)}
        yield pa.table({**columns, ROW: pa.array(numbers, pa.int64())})


def _shown(row: list[object]) -> str:
    return "; ".join("" if cell is None else str(cell) for cell in row)[:200]


def _parquet(
    path: Path, contract: Contract, mapping: ColumnMapping | None
) -> tuple[Iterator[pa.Table], ColumnMapping, tuple[str, ...]]:
    with undamaged():
        file = pq.ParquetFile(path)
        names = tuple(file.schema_arrow.names)
        fitted = _fitting(mapping, names, contract)
    wanted = list(dict.fromkeys(one for many in fitted.columns.values() for one in many))

    def batches() -> Iterator[pa.Table]:
        number = 1
        with undamaged():
            for batch in file.iter_batches(batch_size=1 << 20, columns=wanted):
                # Rows of a Parquet file have no numbers that a person sees: counted from 1.
                rows = pa.array(np.arange(number, number + batch.num_rows, dtype=np.int64))
                number += batch.num_rows
                yield pa.Table.from_batches([batch]).append_column(ROW, rows)

    return batches(), fitted, names


def _mapped(batch: pa.Table, mapping: ColumnMapping, contract: Contract, asides: list[pa.Table]) -> pa.Table:
    if contract.name == "incidents":
        refuse_several(batch, mapping)
    columns: dict[str, Any] = {ROW: batch[ROW]}
    for name, many in mapping.columns.items():
        columns[name] = batch[many[0]] if len(many) == 1 else _joined([batch[one] for one in many])
    for name, value in mapping.constants.items():
        columns[name] = pa.array([value] * batch.num_rows, pa.string())
    table = pa.table(columns)
    if contract.name == "incidents" and mapping.crs != "EPSG:4326" and {"lon", "lat"} <= set(table.column_names):
        table = _in_degrees(table, mapping.crs)
    if "period_end" in contract.names and "period_start" in columns and "period_end" not in columns:
        table = _with_periods(table)
    if mapping.categories and "category" in table.column_names:
        table = _own_categories(table, mapping, asides)
    return table


def _joined(columns: list[Any]) -> Any:
    texts = [pc.utf8_trim_whitespace(pc.fill_null(column.cast(pa.string()), "")) for column in columns]
    # Excel stores a day as midnight, and a clock time as a moment of the year 1899.
    texts[0] = pc.replace_substring_regex(texts[0], r"[ T]00:00:00(\.0+)?$", "")
    texts[1:] = [pc.replace_substring_regex(text, r"^18(99-12-3[01]|00-01-0[01])[ T]", "") for text in texts[1:]]
    return pc.utf8_trim_whitespace(pc.binary_join_element_wise(*texts, " "))


def _in_degrees(table: pa.Table, crs: str) -> pa.Table:
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError

    try:
        transformer = Transformer.from_crs(CRS.from_user_input(crs), "EPSG:4326", always_xy=True)
    except CRSError as error:
        raise MappingError("mapping_format", what=f'koordinatsystemet "{crs}" finns inte') from error
    east, _, _ = typed_column(table["lon"].combine_chunks(), Kind.NUMBER, Reading(), "lon")
    north, _, _ = typed_column(table["lat"].combine_chunks(), Kind.NUMBER, Reading(), "lat")
    both = np.asarray(pc.and_(pc.is_valid(east), pc.is_valid(north)))
    x, y = (np.asarray(one.to_numpy(zero_copy_only=False), dtype=float) for one in (east, north))
    lon, lat = transformer.transform(x, y)
    for name, moved in (("lon", lon), ("lat", lat)):
        # A cell that is no number stays as it was, so that the check refuses it with its own words.
        whole = pa.array(moved, pa.float64())
        if both.all():
            column: Any = whole
        else:
            column = pc.if_else(pa.array(both), whole.cast(pa.string()), table[name].cast(pa.string()).combine_chunks())
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def _with_periods(table: pa.Table) -> pa.Table:
    """First and last day of what stands in one column: a year, a month, a week, a tertial."""
    encoded = table["period_start"].combine_chunks().cast(pa.string()).dictionary_encode()
    found: list[tuple[str | None, str | None, bool]] = []
    for cell in encoded.dictionary.to_pylist():
        try:
            period = read_period(cell)
            found.append((period.start.isoformat(), period.end.isoformat(), period.is_preliminary))
        except CellError:
            found.append((cell, None, False))  # refused by the check, with its own words
    kinds = {"period_start": pa.string(), "period_end": pa.string(), "is_preliminary": pa.bool_()}
    for at, (name, kind) in enumerate(kinds.items()):
        column = pa.array([one[at] for one in found], kind).take(encoded.indices)
        if name == "period_start":
            table = table.set_column(table.column_names.index(name), name, column)
        elif name not in table.column_names:
            table = table.append_column(name, column)
    return table


def _own_categories(table: pa.Table, mapping: ColumnMapping, asides: list[pa.Table]) -> pa.Table:
    own = {normal_heading(theirs): ours for theirs, ours in mapping.categories.items()}
    encoded = table["category"].combine_chunks().cast(pa.string()).dictionary_encode()
    theirs = encoded.dictionary.to_pylist()
    ours = [own.get(normal_heading(one), one if mapping.other_categories == "keep" else None) for one in theirs]
    translated = pa.array(ours, pa.string()).take(encoded.indices)
    at = table.column_names.index("category")
    unknown = np.asarray(pc.and_(pc.is_null(translated), pc.is_valid(encoded.indices)))
    if unknown.any():
        lost = table.filter(pa.array(unknown))
        asides.append(
            reject_table(
                lost[ROW].to_pylist(),
                "category",
                [str(cell) for cell in lost["category"].to_pylist()],
                "är en kategori som inte finns i mappningen",
                Why.FAULT,
            )
        )
    return table.set_column(at, "category", translated).filter(pa.array(~unknown))
