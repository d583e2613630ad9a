"""Text tables: encoding, delimiter, and rows with the number that a person sees."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lofte_engine.sources.grid import open_file
from lofte_engine.table_errors import TableError

DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 1 << 18
# A field longer than this is a quotation mark that was never closed.
_LONGEST_FIELD = 1 << 20
_LINES_IN_A_CELL = 20
_FOREIGN = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class TextTable:
    """How a text file is written.

    Parameters
    ----------
    path : Path
    encoding : str
        "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be" or "cp1252".
    delimiter : str
    """

    path: Path
    encoding: str
    delimiter: str


def look_at(path: Path) -> TextTable:
    """Find encoding and delimiter.

    Parameters
    ----------
    path : Path

    Returns
    -------
    TextTable

    Notes
    -----
    The whole file is tried as UTF-8, not only its beginning: the first ö may stand far down. It is Windows-1252 when
    most of its letters beyond ASCII are not UTF-8. The delimiter is the one that parts the first rows into the same
    number of fields, at least two; a line ``sep=;`` that Excel understands decides by itself.
    """
    encoding = _encoding(path)
    with path.open("r", encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE)
    if len(sample) == _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1 or None]
    first = sample.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return TextTable(path, encoding, first[4])
    return TextTable(path, encoding, max(DELIMITERS, key=lambda one: _fit(sample, one)))


def _encoding(path: Path) -> str:
    with open_file(path) as file:
        start = file.read(4096)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        zeros = [start[at::2].count(0) * 4 > len(start) for at in (0, 1)]
        if zeros[0] != zeros[1]:
            return "utf-16-be" if zeros[0] else "utf-16-le"
        file.seek(0)
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
        wrong = letters = 0
        while part := text.read(1 << 20):
            if not part.isascii():
                wrong += part.count("\ufffd")
                letters += len(_FOREIGN.findall(part))
        text.detach()
    # One damaged letter does not make a UTF-8 file something else: the others would all become wrong.
    return "cp1252" if wrong and wrong >= letters - wrong else "utf-8-sig"


def _fit(sample: str, delimiter: str) -> tuple[float, int]:
    widths = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                widths.append(len(row))
            if len(widths) == 200:
                break
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return (0, 0) if usual < 2 else (widths.count(usual) / len(widths), usual)


def read_rows(table: TextTable, *, width: int = 0) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text file, one at a time.

    Parameters
    ----------
    table : TextTable
    width : int
        Fields that a row should have; 0 when not known yet.

    Yields
    ------
    number : int
        1 for the first row, counting rows as a spreadsheet shows them: blank ones too, and a cell with line breaks
        as one row.
    cells : list of str
        Without the rows that are wholly blank.

    Raises
    ------
    TableError
        With code "unclosed_quote" when a cell grows beyond all reason.

    Notes
    -----
    A byte that Windows-1252 does not know, and a zero byte, become the replacement sign, so the row is read and its
    cell can be judged. A quotation mark that is never closed swallows the rows after it into one cell: a cell of more
    than twenty lines, or of several in a row that is too short, is taken apart into rows again.
    """
    previous = csv.field_size_limit(_LONGEST_FIELD)
    number = 0
    try:
        with table.path.open("r", encoding=table.encoding, errors="replace", newline="") as file:
            lines = (line.replace("\0", "\ufffd") for line in file)
            for row in csv.reader(lines, delimiter=table.delimiter):
                number += 1
                if number == 1 and len(row) == 1 and row[0].lower().startswith("sep="):
                    continue
                swallowed = _swallowed(row, width)
                if swallowed is not None:
                    for cells in _taken_apart(row, swallowed, table.delimiter):
                        if any(cell.strip() for cell in cells):
                            yield number, cells
                        number += 1
                    number -= 1
                elif any(cell.strip() for cell in row):
                    yield number, row
    except csv.Error as error:
        raise TableError("unclosed_quote", row=number + 1) from error
    except UnicodeError as error:
        raise TableError("damaged") from error
    finally:
        csv.field_size_limit(previous)


def _swallowed(row: list[str], width: int) -> int | None:
    for at, cell in enumerate(row):
        lines = cell.count("\n")
        if lines > _LINES_IN_A_CELL or (lines and len(row) < width):
            return at
    return None


def _taken_apart(row: list[str], at: int, delimiter: str) -> Iterator[list[str]]:
    first, *rest = row[at].split("\n")
    yield [*row[:at], *first.rstrip("\r").split(delimiter)]
    for line in rest[:-1]:
        yield [cell.strip('"') for cell in line.rstrip("\r").split(delimiter)]
    yield [*(cell.strip('"') for cell in rest[-1].rstrip("\r").split(delimiter)), *row[at + 1 :]]
