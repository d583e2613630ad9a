"""Votes on statements as one small matrix, and what moderation says of the statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lofte_engine.errors import LofteEngineError

AGREE, PASS, DISAGREE = 1, 0, -1
UNSEEN = -128
MOST_PARTICIPANTS = 100_000
MOST_STATEMENTS = 10_000

VOTES_SENTENCES: dict[str, str] = {
    "not_found": "There is no such file.",
    "unreadable": "The file cannot be opened.",
    "empty": "The file holds no votes.",
    "binary": "The file is neither CSV nor JSON text.",
    "spreadsheet": "The file is a spreadsheet; save it as CSV.",
    "bad_json": "The file starts as JSON but cannot be read as such.",
    "unknown_columns": "The columns are of no known vote format.",
    "unknown_comment_columns": "The columns are of no known comment format.",
    "short_row": "A row has fewer cells than the header.",
    "missing_id": "A row names no participant or no statement.",
    "bad_vote": "A vote is not 1, 0 or -1.",
    "bad_time": "A time is neither a number nor an ISO date.",
    "bad_moderation": "A moderation mark is not 1, 0 or -1, or a meta mark neither true nor false.",
    "repeated": "A participant or a statement stands twice.",
    "too_many": f"There are more than {MOST_PARTICIPANTS} participants or {MOST_STATEMENTS} statements.",
    "bad_shape": "The matrix does not have one row for each participant and one column for each statement.",
}


class VotesError(LofteEngineError):
    """Votes or comments that cannot be used.

    Parameters
    ----------
    code : str
        One of the keys of `VOTES_SENTENCES`.
    row : int, optional
        Line of the file, counted from 1, where the fault stands.
    value : str, optional
        What stood there.

    Examples
    --------
    >>> VotesError("bad_vote", row=3, value="ja").code
    'bad_vote'
    """

    def __init__(self, code: str, *, row: int | None = None, value: str | None = None) -> None:
        super().__init__(VOTES_SENTENCES[code])
        self.code = code
        self.row = row
        self.value = value


@dataclass(frozen=True)
class VoteMatrix:
    """Who voted what on which statement.

    Parameters
    ----------
    participants : tuple of str
        Pseudonymous ids, in the order in which they cast their first vote; where that is unknown, in order of id.
    statements : tuple of str
        Ids of the statements that got at least one vote, in order of id.
    votes : ndarray of int8, shape (n_participants, n_statements)
        1 agree, 0 pass, -1 disagree, `UNSEEN` (-128) where no vote was cast.

    Raises
    ------
    VotesError
        With code "bad_shape", "bad_vote", "repeated" or "too_many".

    Notes
    -----
    The database of Polis codes agree as -1. Its exports, and everything here, code agree as 1.

    Examples
    --------
    >>> votes = VoteMatrix(("a", "b"), ("1",), np.array([[1], [UNSEEN]], dtype=np.int8))
    >>> votes.seen.sum()
    np.int64(1)
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    votes: NDArray[np.int8]

    def __post_init__(self) -> None:
        if self.votes.shape != (len(self.participants), len(self.statements)):
            raise VotesError("bad_shape")
        if len(self.participants) > MOST_PARTICIPANTS or len(self.statements) > MOST_STATEMENTS:
            raise VotesError("too_many")
        if len(set(self.participants)) < len(self.participants) or len(set(self.statements)) < len(self.statements):
            raise VotesError("repeated")
        if ((self.votes != UNSEEN) & (np.abs(self.votes) > 1)).any():
            raise VotesError("bad_vote")

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Which votes were cast, passes included; shape (n_participants, n_statements)."""
        cast: NDArray[np.bool_] = self.votes != UNSEEN
        return cast

    @property
    def counts(self) -> NDArray[np.int64]:
        """Votes cast by each participant, passes included; shape (n_participants,)."""
        cast: NDArray[np.int64] = np.count_nonzero(self.seen, axis=1)
        return cast


class Cast(NamedTuple):
    """One row of a vote log: `vote` is 1, 0 or -1; `time` (any unit) is None where it was not noted."""

    participant: str
    statement: str
    vote: int
    time: float | None = None


def votes_from(log: Iterable[Cast]) -> VoteMatrix:
    """A vote matrix from a log of votes, in which people may have changed their minds.

    Parameters
    ----------
    log : iterable of Cast
        In any order if times are given. Without times the later row counts.

    Returns
    -------
    VoteMatrix
        The latest vote of each participant on each statement.

    Raises
    ------
    VotesError
        With code "empty", "bad_vote" or "too_many".

    Examples
    --------
    >>> votes_from([Cast("a", "7", 1, 10.0), Cast("a", "7", -1, 20.0)]).votes
    array([[-1]], dtype=int8)
    """
    rows = sorted(log, key=lambda cast: cast.time or 0.0)
    people = {name: i for i, name in enumerate(dict.fromkeys(cast.participant for cast in rows))}
    asked = {name: i for i, name in enumerate(dict.fromkeys(cast.statement for cast in rows))}
    return assembled(
        list(people),
        list(asked),
        np.array([people[cast.participant] for cast in rows], dtype=np.intp),
        np.array([asked[cast.statement] for cast in rows], dtype=np.intp),
        np.array([cast.vote for cast in rows], dtype=np.int8),
        in_order=all(cast.time is not None for cast in rows),
    )


def assembled(
    people: list[str],
    asked: list[str],
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    values: NDArray[np.int8],
    *,
    in_order: bool,
) -> VoteMatrix:
    """A vote matrix from votes as index triples, the latest last.

    Parameters
    ----------
    people, asked : list of str
        Ids of participants and statements, in the order of the first vote.
    rows, columns : ndarray of int, shape (n_votes,)
        Places in `people` and `asked`.
    values : ndarray of int8, shape (n_votes,)
        1, 0 or -1.
    in_order : bool
        Whether that order is the real one in time; otherwise participants are put in order of id.

    Raises
    ------
    VotesError
        With code "empty", "bad_vote" or "too_many".

    Examples
    --------
    >>> one = np.array([0])
    >>> assembled(["a"], ["7"], one, one, np.array([1], dtype=np.int8), in_order=True).participants
    ('a',)
    """
    if not len(values):
        raise VotesError("empty")
    if len(people) > MOST_PARTICIPANTS or len(asked) > MOST_STATEMENTS:
        raise VotesError("too_many")
    matrix = np.full((len(people), len(asked)), UNSEEN, dtype=np.int8)
    matrix[rows, columns] = values
    person_order = range(len(people)) if in_order else sorted(range(len(people)), key=lambda i: id_key(people[i]))
    statement_order = sorted(range(len(asked)), key=lambda j: id_key(asked[j]))
    return VoteMatrix(
        tuple(people[i] for i in person_order),
        tuple(asked[j] for j in statement_order),
        np.ascontiguousarray(matrix[np.ix_(list(person_order), statement_order)]),
    )


def id_key(name: str) -> tuple[int, int, str]:
    """A key that puts ids in the order people expect: numbers by size, then words.

    Parameters
    ----------
    name : str
        An id.

    Examples
    --------
    >>> sorted(["10", "9", "b"], key=id_key)
    ['9', '10', 'b']
    """
    return (0, int(name), name) if name.isascii() and name.isdigit() else (1, 0, name)


@dataclass(frozen=True)
class Comments:
    """What is known of the statements besides the votes.

    Parameters
    ----------
    moderated : mapping of str to int
        Statement to -1 (turned down), 0 (not looked at) or 1 (accepted).
    meta : frozenset of str
        Statements about the voter ("I work at the school"), which must not shape the groups.
    totals : mapping of str to pair of int
        Agrees and disagrees as the export counts them. Not trusted as figures: used only to notice an export that
        writes agree as -1.

    Examples
    --------
    >>> Comments({"1": -1, "2": 0}, frozenset({"3"})).hidden() == {"1", "3"}
    True
    """

    moderated: Mapping[str, int] = field(default_factory=dict)
    meta: frozenset[str] = frozenset()
    totals: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def hidden(self, *, strict: bool = False) -> frozenset[str]:
        """Statements that must not shape the groups: meta, turned down and, if `strict`, not yet looked at."""
        least = 1 if strict else 0
        return self.meta | {name for name, mark in self.moderated.items() if mark < least}
