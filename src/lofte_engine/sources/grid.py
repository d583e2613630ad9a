"""Files as grids of cells: Excel, CSV and Parquet, whatever encoding and delimiter, with no cell lost on the way."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from lofte_engine.cells import clean_text
from lofte_engine.sources.faults import undamaged
from lofte_engine.table_errors import TableError

GIBIBYTE = 1024**3
LARGEST_WORKBOOK = 200 * 1024**2
LARGEST_UNPACKED = 2 * GIBIBYTE
EXCEL_ROWS = 1_048_576
# The Excel reader takes room for the whole rectangle from the first cell to the last, and ends the process without it.
MOST_CELLS = 50_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAMPLE = 1 << 16
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".parquet", ".json", ".geojson")

Cell = object
Row = list[Cell]


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet.

    Parameters
    ----------
    name : str
        Name of the sheet; of a CSV file, its own name without suffix.
    rows : list of list
        Cells as text, number, date or truth value; merged cells hold their value in every cell.
    is_hidden : bool
        Whether the sheet is hidden in the workbook.
    warnings : tuple of str
        In Swedish.
    """

    name: str
    rows: list[Row] = field(repr=False)
    is_hidden: bool = False
    warnings: tuple[str, ...] = ()

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @property
    def is_blank(self) -> bool:
        return not any(clean_text(cell) for row in self.rows for cell in row)


def file_sha256(path: Path) -> str:
    """Hash of a file, read in pieces."""
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_file(path: Path):  # type: ignore[no-untyped-def]  # the class of binary files has no public name
    """Open a file for reading bytes, with our own errors."""
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise TableError("not_found") from error
    except OSError as error:
        raise TableError("unreadable") from error


def file_kind(path: Path) -> str:
    """What a file is, told by its content: "workbook", "parquet", "json" or "text".

    Raises
    ------
    TableError
        With code "empty", "encrypted", "document", "web_page", "packed", "damaged" or "binary" when it is no table at
        all.
    """
    with open_file(path) as file:
        start = file.read(_SAMPLE)
    if not start.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise TableError("empty")
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes()[: 50 * 1024**2]:
            raise TableError("encrypted")
        return "workbook"
    if start.startswith(b"\x1f\x8b"):
        raise TableError("packed", kind="gzip")
    if start.startswith(b"PK"):
        return _kind_of_archive(path)
    if start.startswith(b"%PDF-"):
        raise TableError("document", kind="pdf")
    if start.startswith(b"{\\rtf"):
        raise TableError("document", kind="rtf")
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:200].lower().startswith((b"<!doctype html", b"<html", b"<head")) or b"<html" in text[:500].lower():
        raise TableError("web_page")
    if text.startswith((b"{", b"[")):
        return "json"
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Old programs end a file with Ctrl-Z.
        controls = len(re.findall(rb"[\x00-\x08\x0e-\x1f]", start.rstrip(b"\x1a\r\n")))
        # Swedish in UTF-16 without its mark has a zero in nearly every other byte.
        if controls > len(start) * 0.01 and not 0.3 < start.count(b"\0") / len(start) <= 0.5:
            raise TableError("binary")
    return "text"


def _kind_of_archive(path: Path) -> str:
    with undamaged(), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    names = {part.filename for part in parts}
    if "word/document.xml" in names:
        raise TableError("document", kind="Word")
    if "ppt/presentation.xml" in names:
        raise TableError("document", kind="PowerPoint")
    if any(part.flag_bits & 1 for part in parts):
        raise TableError("encrypted")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED or path.stat().st_size > LARGEST_WORKBOOK:
        raise TableError("too_large", limit="2 GB uppackad")
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        is_table = any(name.casefold().endswith(_TABLES) for name in names)
        raise TableError("packed", kind="zip") if is_table else TableError("binary")
    return "workbook"


def read_workbook(path: Path) -> list[Grid]:
    """Every sheet of an Excel or OpenDocument file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of Grid
        In the order of the file. Merged cells hold their value in every cell they cover; a cell with an Excel error
        holds its text (``#DIV/0!``), and a formula that was never calculated holds ``=``.

    Raises
    ------
    TableError
        With code "encrypted", "damaged", or "scattered" when single cells stand far outside the table.
    """
    # Loaded here: reading CSV should not pay for it.
    import python_calamine as calamine

    broken = (
        calamine.CalamineError,
        calamine.WorkbookClosed,
        calamine.WorksheetNotFound,
        calamine.XmlError,
        calamine.ZipError,
    )
    with undamaged():
        _refuse_scattered(path)
        try:
            return _grids(calamine.load_workbook(BytesIO(path.read_bytes())), path, calamine)
        except calamine.PasswordError as error:
            raise TableError("encrypted") from error
        except broken as error:
            raise TableError("damaged") from error


def _grids(book: Any, path: Path, calamine: Any) -> list[Grid]:
    holes = _holes(path)
    grids = []
    for about in book.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        rows: list[Row] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
        _fill_merged(rows, sheet.merged_cell_ranges or ())
        found = holes.get(about.name, {})
        for (at, column), text in found.items():
            _put(rows, at, column, text)
        warnings = []
        if "=" in found.values():
            warnings.append("Bladet har formler som aldrig räknats ut. Öppna filen i Excel och spara om den.")
        if len(rows) >= EXCEL_ROWS:
            warnings.append("Bladet är fullt (1 048 576 rader): resten kan vara avklippt.")
        hidden = about.visible != calamine.SheetVisibleEnum.Visible
        grids.append(Grid(about.name, rows, hidden, tuple(warnings)))
    return grids


_PLACE = re.compile(rb"<c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"")


def _refuse_scattered(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        for name, part in _sheet_parts(archive).items():
            places = _PLACE.findall(archive.read(part))
            rows = max((int(row) for _, row in places), default=0)
            widest = max({letters for letters, _ in places}, key=lambda one: (len(one), one), default=b"A").decode()
            if rows * (_column_number(widest) + 1) > MOST_CELLS:
                raise TableError("scattered", sheet=name, cell=f"{widest}{rows}")


def _fill_merged(rows: list[Row], ranges: object) -> None:
    for (top, left), (bottom, right) in ranges:  # type: ignore[attr-defined]
        # A merge over whole rows or columns is decoration, and would fill a million cells.
        if top >= len(rows) or left >= len(rows[top]) or (bottom - top) * (right - left) > 100_000:
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = value


def _put(rows: list[Row], at: int, column: int, text: str) -> None:
    while len(rows) <= at:
        rows.append([])
    row = rows[at]
    row.extend([""] * (column + 1 - len(row)))
    if clean_text(row[column]) == "":
        row[column] = text


_CELL = re.compile(rb"<c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*?(?:/>|>(.*?)</c>)", re.S)


def _holes(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Cells that the Excel reader hands over as empty though they are not: errors, and formulas without a value."""
    if not zipfile.is_zipfile(path):
        return {}
    found: dict[str, dict[tuple[int, int], str]] = {}
    with zipfile.ZipFile(path) as archive:
        for name, part in _sheet_parts(archive).items():
            try:
                data = archive.read(part)
            except KeyError:
                continue
            if b"<f" not in data and b't="e"' not in data:
                continue
            cells = {}
            for cell in _CELL.finditer(data):
                content = cell[3] or b""
                value = re.search(rb"<v>(.*?)</v>", content, re.S)
                is_error = b't="e"' in cell[0][: cell[0].find(b">")]
                if is_error and value:
                    text = value[1].decode("utf-8", "replace")
                elif b"<f" in content and (value is None or not value[1]) and b't="str"' not in cell[0]:
                    text = "="
                else:
                    continue
                cells[int(cell[2]) - 1, _column_number(cell[1].decode())] = text
            found[name] = cells
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> Mapping[str, str]:
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for tag in re.findall(r"<Relationship\b[^>]*>", links):
        attributes = dict(re.findall(r"(\w+)=\"([^\"]*)\"", tag))
        targets[attributes.get("Id", "")] = attributes.get("Target", "")
    parts = {}
    for tag in re.findall(r"<sheet\b[^>]*>", book):
        attributes = dict(re.findall(r"([\w:]+)=\"([^\"]*)\"", tag))
        target = targets.get(attributes.get("r:id", ""), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            parts[_unescaped(attributes.get("name", ""))] = part
    return parts


def _unescaped(text: str) -> str:
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
