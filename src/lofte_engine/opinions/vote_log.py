"""A log of votes, one a row, made into a matrix: fast for clean rows, careful with the rest."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime
from itertools import batched

import numpy as np
from numpy.typing import NDArray

from lofte_engine.opinions.rows import VOTE_WORDS, Row, Rows, known
from lofte_engine.opinions.votes import VoteMatrix, VotesError, assembled

_BATCH = 1_000


class _Numbers(dict[str, int]):
    """Numbers names in the order in which they are first asked for; spaces around a name are no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __missing__(self, text: str) -> int:
        name = text.strip()
        if not name:
            raise ValueError
        if name != text:
            number = self[name]
        else:
            number = len(self.names)
            self.names.append(name)
        self[text] = number
        return number


class VoteLog:
    """Votes gathered row by row.

    Parameters
    ----------
    person, statement, vote : int
        Columns.
    time : int or None
        Column of the time, if there is one.

    Examples
    --------
    >>> log = VoteLog(0, 1, 2, None)
    >>> log.read(iter([(2, ["a", "7", "1"]), (3, ["a", "7", "-1"])]))
    >>> log.matrix().votes, log.rows
    (array([[-1]], dtype=int8), 2)
    """

    def __init__(self, person: int, statement: int, vote: int, time: int | None) -> None:
        self._columns = person, statement, vote
        self._time = time
        self._people, self._asked = _Numbers(), _Numbers()
        self._who, self._what, self._values, self._times = array("q"), array("q"), array("b"), array("d")

    @property
    def rows(self) -> int:
        """Votes read so far."""
        return len(self._values)

    def read(self, rows: Rows) -> None:
        """Take in rows.

        Parameters
        ----------
        rows : iterator of (int, sequence)
            Line number and cells. A row with an empty vote is passed over.

        Raises
        ------
        VotesError
            With code "short_row", "missing_id", "bad_vote" or "bad_time", and the line.
        """
        for batch in batched(rows, _BATCH):
            if not self._read_clean([row for _, row in batch]):
                for number, row in batch:
                    self._read_one(number, row)

    def matrix(self) -> VoteMatrix:
        """The latest vote of each participant on each statement.

        Raises
        ------
        VotesError
            With code "empty" or "too_many".
        """
        values = np.frombuffer(self._values, dtype=np.int8)
        who, what = (np.array(numbers, dtype=np.intp) for numbers in (self._who, self._what))
        people = self._people.names
        if self._time is not None and len(values):
            order = np.argsort(np.array(self._times), kind="stable")
            values, what = values[order], what[order]
            who, people = _renumbered(who[order], people)
        return assembled(people, self._asked.names, who, what, values, in_order=self._time is not None)

    def _read_clean(self, rows: Sequence[Row]) -> bool:
        """Take in a batch in one go; False, and nothing taken in, if any row needs a closer look."""
        person, statement, vote = self._columns
        try:
            values = [VOTE_WORDS[row[vote]] for row in rows]
            times = [] if self._time is None else [float(row[self._time]) for row in rows]
            # From here on nothing fails that the closer look would let pass, so a name is never counted in vain.
            who = [self._people[row[person]] for row in rows]
            what = [self._asked[row[statement]] for row in rows]
        except (LookupError, ValueError, TypeError, AttributeError):
            return False
        self._values.extend(values)
        self._times.extend(times)
        self._who.extend(who)
        self._what.extend(what)
        return True

    def _read_one(self, number: int, row: Row) -> None:
        try:
            name, about, cell = ("" if row[i] is None else str(row[i]).strip() for i in self._columns)
        except IndexError:
            raise VotesError("short_row", row=number) from None
        if not cell:
            return
        if not name or not about:
            raise VotesError("missing_id", row=number)
        value = known(VOTE_WORDS, cell, "bad_vote", number)
        if self._time is not None:
            self._times.append(_moment(row[self._time] if self._time < len(row) else "", number))
        self._values.append(value)
        self._who.append(self._people[name])
        self._what.append(self._asked[about])


def _renumbered(places: NDArray[np.intp], names: list[str]) -> tuple[NDArray[np.intp], list[str]]:
    """Numbers by first appearance in `places`, and the names in that order."""
    found, first = np.unique(places, return_index=True)
    by_time = found[np.argsort(first)]
    new = np.empty(len(names), dtype=np.intp)
    new[by_time] = np.arange(len(by_time))
    return new[places], [names[i] for i in by_time]


def _moment(value: object, number: int) -> float:
    text = str(value).strip()
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        raise VotesError("bad_time", row=number, value=text[:40]) from None
