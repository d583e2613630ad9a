"""Voices in a table that somebody else made: headings and rows out of Excel or CSV, whatever encoding."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from lofte.imports.kinds import FileUnreadable
from lofte_engine.cells import clean_text
from lofte_engine.sources.delimited import look_at, read_rows
from lofte_engine.sources.grid import file_kind, read_workbook
from lofte_engine.table_errors import TableError

MOST_ROWS = 200_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MOST_UNPACKED = 300 * 1024 * 1024


@dataclass(frozen=True)
class Sheet:
    """Headings as they stand, and rows with the number that a person sees beside them."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read(file: BinaryIO) -> Sheet:
    """The first sheet that has a heading and something under it, or FileUnreadable with a Swedish sentence."""
    with _on_disk(file) as path:
        try:
            if file_kind(path) == "workbook":
                _refuse_bomb(path)
                return _of_workbook(path)
            _mend_encoding(path)
            return _sheet(list(_limited(read_rows(look_at(path)))))
        except TableError as error:
            raise FileUnreadable(str(error)) from None


@contextmanager
def _on_disk(file: BinaryIO) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(prefix="lofte-voices-") as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        yield Path(copy.name)


def _mend_encoding(path: Path) -> None:
    """Lines that were pasted together from two programs: each is read as what it is, so that no letter is lost.

    Only when some lines are UTF-8 and others are not; a file in one encoding is left to the reader.
    """
    raw = path.read_bytes()
    if raw.startswith(UTF_16) or b"\0" in raw or _is_utf8(raw):
        return
    lines = raw.split(b"\n")
    if any(not line.isascii() and _is_utf8(line) for line in lines):
        path.write_bytes(b"\n".join(line if _is_utf8(line) else _from_windows(line) for line in lines))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _from_windows(line: bytes) -> bytes:
    """Windows has no letter for five of its bytes; those are kept as Latin-1 has them."""
    try:
        return line.decode("cp1252").encode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1").encode("utf-8")


def _refuse_bomb(path: Path) -> None:
    """A small file that unpacks to something huge is not read. Old Excel files are not archives."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise FileUnreadable(_("Filen blir för stor när den packas upp. Dela den i mindre filer."))


def _of_workbook(path: Path) -> Sheet:
    for grid in read_workbook(path):
        rows = [(number, [_text(cell) for cell in row]) for number, row in enumerate(grid.rows, start=1)]
        filled = [(number, cells) for number, cells in rows if any(cells)]
        if not grid.is_hidden and len(filled) > 1:
            return _sheet(list(_limited(iter(filled))))
    raise FileUnreadable(_("Filen har ingen tabell: en rad med rubriker och svar under."))


def _text(cell: object) -> str:
    """A day as people write it; everything else as the reader says."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, str):
        # Line breaks inside an answer are the contributor's own.
        return cell.replace("\0", "").strip()
    return clean_text(cell)


def _limited(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for count, (number, cells) in enumerate(rows):
        if count > MOST_ROWS:
            raise FileUnreadable(_("Filen har fler än {n} rader. Dela den.").format(n=MOST_ROWS))
        yield number, [cell.strip() for cell in cells]


def _sheet(rows: list[tuple[int, list[str]]]) -> Sheet:
    if len(rows) < 2:
        raise FileUnreadable(_("Filen har ingen tabell: en rad med rubriker och svar under."))
    headings = _once_each([clean_text(cell) for cell in rows[0][1]])
    return Sheet(headings, rows[1:])


def _once_each(headings: list[str]) -> list[str]:
    """A heading that stands twice gets a number, so that each column can be chosen."""
    seen: dict[str, int] = {}
    named = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        named.append(heading if seen[heading] == 1 or not heading else f"{heading} ({seen[heading]})")
    return named
