"""Rows of a CSV or JSON file, with the header spelt one way and every row's line number."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from lofte_engine.opinions.votes import VotesError

VOTE_WORDS = {"-1": -1, "0": 0, "1": 1, "+1": 1, "-1.0": -1, "0.0": 0, "-0.0": 0, "1.0": 1}

type Row = Sequence[Any]
type Rows = Iterator[tuple[int, Row]]


def table(path: Path) -> tuple[list[str], Rows]:
    """Header names in one spelling, and the rows with their line numbers.

    Parameters
    ----------
    path : path
        CSV (comma, semicolon or tab) or JSON; utf-8, utf-16 or windows-1252.

    Returns
    -------
    header : list of str
        In lower case, with hyphens for underscores.
    rows : iterator of (int, sequence)

    Raises
    ------
    VotesError
        With code "not_found", "unreadable", "spreadsheet", "binary", "bad_json", "empty" or "unknown_columns"; while
        iterating, "unreadable".

    Examples
    --------
    >>> table(Path("no such file"))
    Traceback (most recent call last):
    ...
    lofte_engine.opinions.votes.VotesError: There is no such file.
    """
    if not path.exists():
        raise VotesError("not_found")
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise VotesError("unreadable") from error
    if start.startswith(b"PK\x03\x04"):
        raise VotesError("spreadsheet")
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if encoding != "utf-16" and b"\0" in start:
        raise VotesError("binary")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{"):
        return _json_table(path)
    rows = _csv_rows(path, encoding)
    number, first = next(rows, (0, []))
    if not number:
        raise VotesError("empty")
    return [_spelling(name) for name in first], rows


def _csv_rows(path: Path, encoding: str) -> Rows:
    if encoding == "utf-8-sig":
        with path.open(encoding=encoding, newline="") as file:
            try:
                for _ in iter(lambda: file.read(1 << 20), ""):
                    pass
            except UnicodeDecodeError:
                encoding = "cp1252"
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        head = file.readline()
        file.seek(0)
        separator = max(",;\t", key=head.count)
        reader = csv.reader(file, delimiter=separator)
        try:
            for row in reader:
                if len(row) > 1 or (row and row[0].strip()):
                    yield reader.line_num, row
        except csv.Error as error:
            raise VotesError("unreadable", row=reader.line_num) from error


def _json_table(path: Path) -> tuple[list[str], Rows]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise VotesError("bad_json") from error
    if isinstance(found, dict):
        found = found.get("votes") or found.get("comments")
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise VotesError("unknown_columns")
    keys = list(dict.fromkeys(chain.from_iterable(found)))
    return [_spelling(key) for key in keys], ((i, [row.get(key) for key in keys]) for i, row in enumerate(found, 1))


def _spelling(name: object) -> str:
    return str(name).strip().strip("\ufeff").lower().replace("_", "-")


def place(header: Sequence[str], names: Iterable[str]) -> int | None:
    """Column of the first of `names` that the header has.

    Parameters
    ----------
    header : sequence of str
    names : iterable of str

    Returns
    -------
    int or None

    Examples
    --------
    >>> place(["vote", "pid"], ("voter-id", "pid"))
    1
    """
    return next((header.index(name) for name in names if name in header), None)


def cell_text(row: Row, column: int, number: int) -> str:
    """A cell as text without outer spaces.

    Parameters
    ----------
    row : sequence
    column : int
    number : int
        Line of the row, for the error.

    Raises
    ------
    VotesError
        With code "short_row".

    Examples
    --------
    >>> cell_text([" a "], 0, 2), cell_text([None], 0, 2)
    ('a', '')
    """
    try:
        value = row[column]
    except IndexError:
        raise VotesError("short_row", row=number) from None
    return "" if value is None else str(value).strip()


def known[T](words: Mapping[str, T], text: str, code: str, number: int) -> T:
    """What a word stands for.

    Parameters
    ----------
    words : mapping
    text : str
    code : str
        Of the error, if the word is not in the table.
    number : int
        Line of the row, for the error.

    Raises
    ------
    VotesError
        With that code.

    Examples
    --------
    >>> known(VOTE_WORDS, "+1", "bad_vote", 2)
    1
    """
    try:
        return words[text]
    except KeyError:
        raise VotesError(code, row=number, value=text[:40]) from None
