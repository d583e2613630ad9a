"""Read votes and comments from the open formats of Polis: long and wide CSV, and the JSON of its interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lofte_engine.opinions.rows import VOTE_WORDS, Rows, cell_text, known, place, table
from lofte_engine.opinions.vote_log import VoteLog
from lofte_engine.opinions.votes import AGREE, DISAGREE, UNSEEN, Comments, VoteMatrix, VotesError, id_key

_PERSON = ("voter-id", "participant-id", "participant", "pid")
_STATEMENT = ("comment-id", "statement-id", "tid")
_TIME = ("timestamp", "modified", "created")
_ABOUT_PERSON = {*_PERSON, "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}
_CELLS = {**VOTE_WORDS, "": UNSEEN}
_TRUTHS = {
    "true": True,
    "t": True,
    "1": True,
    "yes": True,
    "false": False,
    "f": False,
    "0": False,
    "no": False,
    "": False,
}


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
    timed : bool
        Whether the file says when votes were cast; if not, participants stand in order of id.

    Examples
    --------
    >>> VoteFile(VoteMatrix(("a",), ("1",), np.array([[1]], dtype=np.int8))).flipped
    False
    """

    votes: VoteMatrix
    replaced: int = 0
    flipped: bool = False
    timed: bool = False


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
    header, rows = table(Path(path))
    totals = comments.totals if comments else {}
    person, statement = place(header, _PERSON), place(header, _STATEMENT)
    if person is None:
        raise VotesError("unknown_columns")
    if statement is not None and "vote" in header:
        time = place(header, _TIME)
        log = VoteLog(person, statement, header.index("vote"), time)
        log.read(rows)
        votes = log.matrix()
        replaced = log.rows - int(np.count_nonzero(votes.seen))
        return _oriented(VoteFile(votes, replaced, timed=time is not None), totals)
    if statement is not None or "vote" in header or all(name in _ABOUT_PERSON for name in header):
        raise VotesError("unknown_columns")
    votes, claimed = _wide(header, rows, person)
    return _oriented(VoteFile(votes), totals or claimed)


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
    header, rows = table(Path(path))
    statement = place(header, _STATEMENT)
    moderated, meta = place(header, ("moderated", "mod")), place(header, ("is-meta", "meta"))
    agrees, disagrees = (place(header, (f"{word}s", f"{word}-count")) for word in ("agree", "disagree"))
    if statement is None or (moderated is None and meta is None):
        raise VotesError("unknown_comment_columns")
    marks: dict[str, int] = {}
    about_voter: set[str] = set()
    totals: dict[str, tuple[int, int]] = {}
    for number, row in rows:
        name = cell_text(row, statement, number)
        if not name:
            raise VotesError("missing_id", row=number)
        if moderated is not None:
            marks[name] = known(VOTE_WORDS, cell_text(row, moderated, number) or "0", "bad_moderation", number)
        if meta is not None and known(_TRUTHS, cell_text(row, meta, number).lower(), "bad_moderation", number):
            about_voter.add(name)
        if agrees is not None and disagrees is not None:
            counts = (cell_text(row, agrees, number), cell_text(row, disagrees, number))
            if all(count.isdigit() for count in counts):
                totals[name] = (int(counts[0]), int(counts[1]))
    return Comments(marks, frozenset(about_voter), totals)


def _wide(header: Sequence[str], rows: Rows, person: int) -> tuple[VoteMatrix, dict[str, tuple[int, int]]]:
    columns = [i for i, name in enumerate(header) if name and name not in _ABOUT_PERSON]
    names = [header[i] for i in columns]
    claimed = [place(header, (name,)) for name in ("n-agree", "n-disagree")]
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
        people.append(cell_text(row, person, number))
        if not people[-1]:
            raise VotesError("missing_id", row=number)
        lines.append(line)
        for i, column in enumerate(claimed):
            text = "" if column is None else cell_text(row, column, number)
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
    return known(_CELLS, text, "bad_vote", number)


def _count(votes: VoteMatrix, value: int) -> dict[str, int]:
    """How many voted so on each statement, and under "" on all of them."""
    counts = np.count_nonzero(votes.votes == value, axis=0).tolist()
    return {**dict(zip(votes.statements, counts, strict=True)), "": sum(counts)}


def _oriented(file: VoteFile, totals: Mapping[str, tuple[int, int]]) -> VoteFile:
    """The votes with agree as 1, whichever sign the file's own counts show that it used."""
    votes = file.votes
    up, down = _count(votes, AGREE), _count(votes, DISAGREE)
    known = [(up[name], down[name], *pair) for name, pair in totals.items() if name in up]
    as_read = sum(abs(a - agrees) + abs(d - disagrees) for a, d, agrees, disagrees in known)
    turned = sum(abs(d - agrees) + abs(a - disagrees) for a, d, agrees, disagrees in known)
    if turned >= as_read:
        return file
    negative = np.where(votes.seen, -votes.votes, UNSEEN).astype(np.int8)
    return replace(file, votes=VoteMatrix(votes.participants, votes.statements, negative), flipped=True)
