"""Read votes and comments from the open formats of Polis: long and wide CSV, and the JSON of its interface."""

from __future__ import annotations

import csv
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lofte_engine.opinions.votes import AGREE, DISAGREE, UNSEEN, Comments, VoteMatrix, VotesError, assembled, id_key

_PERSON = ("voter-id", "participant-id", "participant", "pid")
_STATEMENT = ("comment-id", "statement-id", "tid")
_TIME = ("timestamp", "modified", "created")
_ABOUT_PERSON = {*_PERSON, "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}
_VOTES = {"-1": -1, "0": 0, "1": 1, "+1": 1, "-1.0": -1, "0.0": 0, "-0.0": 0, "1.0": 1}
_CELLS = {**_VOTES, "": UNSEEN}
_TRUTHS = {"true": True, "t": True, "1": True, "yes": True, "false": False, "f": False, "0": False, "no": False, "": False}

type Row = Sequence[Any]


@dataclass(frozen=True)
class VoteFile:
    """Votes read from a file, and what had to be done to read them.

    Parameters
    ----------
    votes : VoteMatrix
        The latest vote of each participant on each statement.
    replaced : int
        Votes that a later vote by the same participant on the same statement replaced.
    flipped : bool
        Whether the file coded agree as -1, which its own counts tell; `votes` has agree as 1.

    Examples
    --------
    >>> VoteFile(VoteMatrix(("a",), ("1",), np.array([[1]], dtype=np.int8)), replaced=0, flipped=False).flipped
    False
    """

    votes: VoteMatrix
    replaced: int
    flipped: bool


def read_votes(path: str | PathLike[str], comments: Comments | None = None) -> VoteFile:
    """Votes from a file; which of the three formats it is, its content tells.

    Parameters
    ----------
    path : str or path
        CSV with one vote a row (``comment-id``, ``voter-id``, ``vote`` and perhaps ``timestamp``), CSV with one
        participant a row and one column a statement, or JSON, a list of objects with ``participant_id``,
        ``statement_id``, ``vote`` and perhaps ``modified``. Comma, semicolon or tab; utf-8, utf-16 or windows-1252.
    comments : Comments, optional
        Its totals help to notice an export that writes agree as -1.

    Returns
    -------
    VoteFile

    Raises
    ------
    VotesError
        With any code of `VOTES_SENTENCES`, and the row where there is one.

    Examples
    --------
    >>> read_votes("no such file")
    Traceback (most recent call last):
    ...
    lofte_engine.opinions.votes.VotesError: There is no such file.
    """
    header, rows = _table(Path(path))
    totals = comments.totals if comments else {}
    person, statement = _place(header, _PERSON), _place(header, _STATEMENT)
    if person is None:
        raise VotesError("unknown_columns")
    if statement is not None and "vote" in header:
        votes, replaced = _long(header, rows, person, statement)
        return _oriented(votes, replaced, totals)
    if statement is not None or "vote" in header or all(name in _ABOUT_PERSON for name in header):
        raise VotesError("unknown_columns")
    votes, claimed = _wide(header, rows, person)
    return _oriented(votes, 0, totals or claimed)


def read_comments(path: str | PathLike[str]) -> Comments:
    """Moderation and kind of each statement.

    Parameters
    ----------
    path : str or path
        CSV or JSON with ``comment-id`` (or ``statement_id``), ``moderated`` (1, 0, -1) and, where known, ``is-meta``,
        ``agrees`` and ``disagrees``.

    Returns
    -------
    Comments

    Raises
    ------
    VotesError
        With code "unknown_comment_columns", "bad_moderation", "short_row" or those of the file.

    Examples
    --------
    >>> read_comments("no such file")
    Traceback (most recent call last):
    ...
    lofte_engine.opinions.votes.VotesError: There is no such file.
    """
    header, rows = _table(Path(path))
    statement = _place(header, _STATEMENT)
    moderated, meta = _place(header, ("moderated", "mod")), _place(header, ("is-meta", "meta"))
    agrees, disagrees = (_place(header, (f"{word}s", f"{word}-count")) for word in ("agree", "disagree"))
    if statement is None or (moderated is None and meta is None):
        raise VotesError("unknown_comment_columns")
    marks: dict[str, int] = {}
    about_voter: set[str] = set()
    totals: dict[str, tuple[int, int]] = {}
    for number, row in rows:
        name = _text(row, statement, number)
        if not name:
            raise VotesError("missing_id", row=number)
        if moderated is not None:
            marks[name] = _known(_VOTES, _text(row, moderated, number) or "0", "bad_moderation", number)
        if meta is not None and _known(_TRUTHS, _text(row, meta, number).lower(), "bad_moderation", number):
            about_voter.add(name)
        if agrees is not None and disagrees is not None:
            counts = (_text(row, agrees, number), _text(row, disagrees, number))
            if all(count.isdigit() for count in counts):
                totals[name] = (int(counts[0]), int(counts[1]))
    return Comments(marks, frozenset(about_voter), totals)


def _table(path: Path) -> tuple[list[str], Iterator[tuple[int, Row]]]:
    """Header names in one spelling, and the rows with their line numbers."""
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


def _csv_rows(path: Path, encoding: str) -> Iterator[tuple[int, Row]]:
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
                if row and (len(row) > 1 or row[0].strip()):
                    yield reader.line_num, row
        except csv.Error as error:
            raise VotesError("unreadable", row=reader.line_num) from error


def _json_table(path: Path) -> tuple[list[str], Iterator[tuple[int, Row]]]:
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


def _place(header: Sequence[str], names: Iterable[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _text(row: Row, column: int, number: int) -> str:
    try:
        value = row[column]
    except IndexError:
        raise VotesError("short_row", row=number) from None
    return "" if value is None else str(value).strip()


def _known[T](table: Mapping[str, T], text: str, code: str, number: int) -> T:
    try:
        return table[text]
    except KeyError:
        raise VotesError(code, row=number, value=text[:40]) from None


def _long(
    header: Sequence[str], rows: Iterator[tuple[int, Row]], person: int, statement: int
) -> tuple[VoteMatrix, int]:
    vote, time = header.index("vote"), _place(header, _TIME)
    people: dict[str, int] = {}
    asked: dict[str, int] = {}
    who, what, values, times = array("q"), array("q"), array("b"), array("d")
    for number, row in rows:
        try:
            name, about, cell = row[person], row[statement], row[vote]
        except IndexError:
            raise VotesError("short_row", row=number) from None
        cell = "" if cell is None else str(cell).strip()
        if not cell:
            continue
        name, about = ("" if x is None else str(x).strip() for x in (name, about))
        if not name or not about:
            raise VotesError("missing_id", row=number)
        values.append(_known(_VOTES, cell, "bad_vote", number))
        who.append(people.setdefault(name, len(people)))
        what.append(asked.setdefault(about, len(asked)))
        if time is not None:
            times.append(_moment(row[time] if time < len(row) else "", number))
    if not values:
        raise VotesError("empty")
    order = np.argsort(np.frombuffer(times), kind="stable") if time is not None else np.arange(len(values))
    who_sorted, people_sorted = _renumbered(np.frombuffer(who, dtype=np.int64)[order], list(people))
    what_sorted = np.frombuffer(what, dtype=np.int64)[order]
    votes = assembled(
        people_sorted,
        list(asked),
        who_sorted,
        what_sorted.astype(np.intp),
        np.frombuffer(values, dtype=np.int8)[order],
        in_order=time is not None,
    )
    return votes, len(values) - int(np.count_nonzero(votes.seen))


def _renumbered(places: NDArray[np.int64], names: list[str]) -> tuple[NDArray[np.intp], list[str]]:
    """Numbers by first appearance in `places`, and the names in that order."""
    found, first = np.unique(places, return_index=True)
    by_time = found[np.argsort(first)]
    new = np.empty(len(names), dtype=np.intp)
    new[by_time] = np.arange(len(by_time))
    return new[places], [names[i] for i in by_time]


def _moment(value: object, number: int) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        pass
    try:
        return datetime.fromisoformat(str(value).strip()).timestamp()
    except ValueError:
        raise VotesError("bad_time", row=number, value=str(value)[:40]) from None


def _wide(
    header: Sequence[str], rows: Iterator[tuple[int, Row]], person: int
) -> tuple[VoteMatrix, dict[str, tuple[int, int]]]:
    columns = [i for i, name in enumerate(header) if name and name not in _ABOUT_PERSON]
    names = [header[i] for i in columns]
    claimed = [_place(header, (name,)) for name in ("n-agree", "n-disagree")]
    people: list[str] = []
    lines: list[NDArray[np.int8]] = []
    sums = [0, 0]
    width, last = len(columns), columns[-1]
    span = slice(columns[0], last + 1) if last - columns[0] + 1 == width else None
    for number, row in rows:
        if len(row) <= last:
            raise VotesError("short_row", row=number)
        cells = row[span] if span else [row[i] for i in columns]
        try:
            line = np.fromiter(map(_CELLS.__getitem__, cells), dtype=np.int8, count=width)
        except KeyError:
            line = np.array([_cell(cell, number) for cell in cells], dtype=np.int8)
        people.append(_text(row, person, number))
        if not people[-1]:
            raise VotesError("missing_id", row=number)
        lines.append(line)
        for i, column in enumerate(claimed):
            text = "" if column is None else _text(row, column, number)
            sums[i] += int(text) if text.isdigit() else 0
    if len(set(people)) < len(people) or len(set(names)) < len(names):
        raise VotesError("repeated")
    votes = np.array(lines, dtype=np.int8).reshape(len(lines), width)
    asked = np.flatnonzero((votes != UNSEEN).any(axis=0))
    if not len(asked):
        raise VotesError("empty")
    order = sorted(range(len(people)), key=lambda i: id_key(people[i]))
    statement_order = sorted(asked, key=lambda j: id_key(names[j]))
    matrix = VoteMatrix(
        tuple(people[i] for i in order),
        tuple(names[j] for j in statement_order),
        np.ascontiguousarray(votes[np.ix_(order, statement_order)]),
    )
    return matrix, ({"": (sums[0], sums[1])} if any(sums) else {})


def _cell(cell: object, number: int) -> int:
    text = "" if cell is None else str(cell).strip()
    return _known(_CELLS, text, "bad_vote", number)


def _count(votes: VoteMatrix, value: int) -> dict[str, int]:
    """How many voted so on each statement, and under "" on all of them."""
    counts = np.count_nonzero(votes.votes == value, axis=0).tolist()
    return {**dict(zip(votes.statements, counts, strict=True)), "": sum(counts)}


def _oriented(votes: VoteMatrix, replaced: int, totals: Mapping[str, tuple[int, int]]) -> VoteFile:
    """The votes with agree as 1, whichever sign the file's own counts show that it used."""
    up, down = _count(votes, AGREE), _count(votes, DISAGREE)
    known = [(up[name], down[name], *pair) for name, pair in totals.items() if name in up]
    as_read = sum(abs(a - agrees) + abs(d - disagrees) for a, d, agrees, disagrees in known)
    turned = sum(abs(d - agrees) + abs(a - disagrees) for a, d, agrees, disagrees in known)
    if turned >= as_read:
        return VoteFile(votes, replaced, flipped=False)
    negative = np.where(votes.seen, -votes.votes, UNSEEN).astype(np.int8)
    return VoteFile(VoteMatrix(votes.participants, votes.statements, negative), replaced, flipped=True)
