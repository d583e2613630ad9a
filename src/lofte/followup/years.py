"""One amount of a promise beside the same amount in the kommun's other promises, year by year.

A number stands beside another only when both count the same thing, at the same places, on days of their own. Otherwise
there is a reason in its place. Pure functions on plain values: no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from lofte.followup.models import Period
from lofte.followup.queries import PledgeStatus, Status
from lofte.followup.verdicts import DAYS_PER, Outcome, Total
from lofte.promises.earlier import SAME_LENGTH
from lofte.promises.text import ActivityText, Promised
from lofte_engine.text.stem import stems

# Two pledges are about the same thing when they share at least this part of the shorter one's words, and two words.
# From a little less on the other is named, without its number.
ALIKE, NEAR, FEWEST_SHARED = 0.5, 0.4, 2
# One of the words must be long, or they must be many: two short ones ("två insatser") are about anything.
LONG_WORD, MANY_SHARED = 7, 5
# Words that stand in every promise and tell nothing of what this one is about.
EVERYWHERE = frozenset(
    stems("polisen kommunen parterna andra aktörer tillsammans minst gör göra görs ska kommer arbetar året")
)

# A problem, by its picture and its key there.
type ProblemId = tuple[int | None, str]


class Apart(StrEnum):
    """Why a number is not set beside that of the promise one reads about."""

    NO_AMOUNT_HERE = "no_amount_here"
    NO_AMOUNT_THERE = "no_amount_there"
    OTHER_WORDS = "other_words"
    MEASURED_OTHERWISE = "measured_otherwise"
    OTHER_UNIT = "other_unit"
    OTHER_LENGTH = "other_length"
    OTHER_OPTIONS = "other_options"
    OTHER_PLACES = "other_places"
    SAME_DAYS = "same_days"
    NOT_YET = "not_yet"
    NONE_FOUND = "none_found"
    NO_REPORT = "no_report"
    NO_NUMBER = "no_number"


@dataclass(frozen=True)
class Line:
    """One amount of one promise; without `target` the pledge names none."""

    status: Status
    pledge: PledgeStatus
    activity: ActivityText | None = None
    target: Promised | None = None
    outcome: Outcome | None = None

    @property
    def total(self) -> Total | None:
        return self.outcome.total if self.outcome else None

    @property
    def has_amount(self) -> bool:
        return self.target is not None and self.target.kind != "none"


@dataclass(frozen=True)
class Year:
    """A row: the amount as one promise had it, and why it can't be compared when it can't."""

    line: Line
    apart: Apart | None = None
    is_here: bool = False


@dataclass(frozen=True)
class Series:
    """An amount of the promise one reads about, with its rows, oldest first.

    `per` is what every number is also given by ("day", "week", …) when the times they were counted over differ;
    `without` are the promises where nothing like it was found.
    """

    here: Line
    years: tuple[Year, ...]
    without: tuple[Status, ...]
    per: str = ""

    @property
    def is_alone(self) -> bool:
        return len(self.years) == 1


def year_by_year(here: Status, others: Sequence[Status], carried: Mapping[ProblemId, ProblemId]) -> list[Series]:
    """Every amount of `here`. `carried` says which problem of an earlier picture a problem was taken up from."""
    known = {status.promise.pk: lines(status) for status in others}
    return [_series(line, others, known, carried) for line in lines(here)]


def lines(status: Status) -> list[Line]:
    found = []
    for pledge in status.pledges:
        answers = [Line(status, pledge, *answer) for answer in pledge.answers]
        found += answers or [Line(status, pledge)]
    return found


def _series(
    here: Line,
    others: Sequence[Status],
    known: Mapping[int, list[Line]],
    carried: Mapping[ProblemId, ProblemId],
) -> Series:
    rows, without = [Year(here, missing(here), is_here=True)], []
    for status in sorted(others, key=lambda each: (each.text.starts, each.promise.pk), reverse=True):
        found = like(here, known[status.promise.pk], carried)
        if found is None:
            without.append(status)
        else:
            line, is_same = found
            rows.append(Year(line, unlike(here, line) if is_same else _only_the_unit(here, line)))
    rows = _on_days_of_their_own(rows)
    per = _per(rows)
    rows.sort(key=lambda year: (year.line.status.text.starts, year.line.status.promise.pk))
    return Series(here, tuple(rows), tuple(without[::-1]), per)


def like(here: Line, those: Iterable[Line], carried: Mapping[ProblemId, ProblemId]) -> tuple[Line, bool] | None:
    """The line of another promise that is most like this one, and whether it is about the same thing.

    It is when the words are alike, or when both count the same for a problem that was taken up again. One that is only
    near, or that counts in the same unit, is shown too, with the reason why its number isn't.
    """
    ranked = sorted(((_likeness(here, line, carried), line) for line in those), key=lambda row: row[0], reverse=True)
    if not ranked or not ranked[0][0].is_worth_naming:
        return None
    best, line = ranked[0]
    is_tied = len(ranked) > 1 and ranked[1][0] == best
    return line, best.is_same and not is_tied


class Likeness(NamedTuple):
    """How like two lines are; in the order in which one goes before another."""

    is_same: bool
    has_same_unit: bool
    share: float
    is_near: bool

    @property
    def is_worth_naming(self) -> bool:
        return self.is_same or self.has_same_unit or self.is_near


def _likeness(here: Line, line: Line, carried: Mapping[ProblemId, ProblemId]) -> Likeness:
    mine, other = _words(here), _words(line)
    shared = mine & other
    share = len(shared) / max(1, min(len(mine), len(other)))
    tells = len(shared) >= MANY_SHARED or (len(shared) >= FEWEST_SHARED and max(map(len, shared)) >= LONG_WORD)
    has_same_unit = _same_unit(here, line)
    is_chained = has_same_unit and bool(_origins(here, carried) & _origins(line, carried))
    return Likeness(is_chained or (tells and share >= ALIKE), has_same_unit, share, tells and share >= NEAR)


def _words(line: Line) -> frozenset[str]:
    text = f"{line.pledge.text.text} {line.activity.text if line.activity else ''}"
    parties = stems(" ".join(line.status.text.parties))
    return frozenset(word for word in stems(text) if not word.isdigit()) - EVERYWHERE - frozenset(parties)


def _origins(line: Line, carried: Mapping[ProblemId, ProblemId]) -> frozenset[ProblemId]:
    """The first problems that the pledge goes back to."""
    found = set()
    for key in line.pledge.text.problems:
        problem: ProblemId = (line.status.promise.picture_id, key)
        seen = set()
        while problem in carried and problem not in seen:
            seen.add(problem)
            problem = carried[problem]
        found.add(problem)
    return frozenset(found)


def _same_unit(here: Line, line: Line) -> bool:
    if here.target is None or line.target is None or not (here.has_amount and line.has_amount):
        return False
    return _unit(here.target) == _unit(line.target) != ""


def _unit(target: Promised) -> str:
    return " ".join(target.unit.casefold().split())


def _only_the_unit(here: Line, line: Line) -> Apart:
    return unlike(here, line, is_defined_alike=False) or Apart.OTHER_WORDS


def unlike(here: Line, line: Line, *, is_defined_alike: bool = True) -> Apart | None:
    """Why the number of a line can't stand beside that of `here`; None when it can."""
    if here.target is None or not here.has_amount:
        return Apart.NO_AMOUNT_HERE
    if line.target is None or not line.has_amount:
        return Apart.NO_AMOUNT_THERE
    mine, other = here.target, line.target
    if _way(mine) != _way(other):
        return Apart.MEASURED_OTHERWISE
    if _unit(mine) != _unit(other) or _whole(here) != _whole(line):
        return Apart.OTHER_UNIT
    if mine.min_minutes != other.min_minutes:
        return Apart.OTHER_LENGTH
    if {each.casefold() for each in mine.options} != {each.casefold() for each in other.options}:
        return Apart.OTHER_OPTIONS
    if _places(here) != _places(line):
        return Apart.OTHER_PLACES
    return missing(line) if is_defined_alike else None


def _way(target: Promised) -> str:
    """A number in all and a number each week are both counted: what was done can be set side by side."""
    return "number" if target.kind in ("count", "rate") else target.kind


def _whole(line: Line) -> str:
    """What a share is a share of."""
    every = {target.key: target for activity in line.pledge.text.activities for target in activity.targets}
    whole = every.get(line.target.share_of or "") if line.target else None
    return _unit(whole) if whole else ""


def _places(line: Line) -> Collection[str]:
    """Where it counts: the places the amount names, else those of the whole promise."""
    if line.target is not None and line.target.places:
        return {place.key for place in line.target.places}
    return set(line.status.text.areas)


def missing(line: Line) -> Apart | None:
    """Why there is no number to show, if there is none."""
    if not line.has_amount:
        return Apart.NO_AMOUNT_HERE
    outcome = line.outcome
    if outcome is not None and (outcome.total is not None or outcome.happened is not None):
        return None
    if line.pledge.reports:
        return Apart.NO_NUMBER
    stages = {period.stage for period in line.status.periods}
    if stages and stages <= {Period.Stage.NONE_FOUND}:
        return Apart.NONE_FOUND
    return Apart.NO_REPORT if line.status.is_over else Apart.NOT_YET


def _on_days_of_their_own(rows: list[Year]) -> list[Year]:
    """A number that counts a day that another number counts steps back: first this promise's own, then the newest."""
    taken: list[Total] = []
    kept = []
    for year in rows:
        total = year.line.total if year.apart is None else None
        if total is not None and any(_share_a_day(total, other) for other in taken):
            kept.append(replace(year, apart=Apart.SAME_DAYS))
            continue
        if total is not None:
            taken.append(total)
        kept.append(year)
    return kept


def _share_a_day(one: Total, other: Total) -> bool:
    return one.first <= other.last and other.first <= one.last


def _per(rows: Iterable[Year]) -> str:
    """What to give every number by, when it says nothing as it is: the times differ, or it was promised each week."""
    shown = [year.line for year in rows if year.apart is None and year.line.total is not None]
    targets = [line.target for line in shown if line.target is not None and _way(line.target) == "number"]
    days = [line.total.days for line in shown if line.total is not None]
    promised = next((target.per for target in targets if target.per in DAYS_PER), "")
    if not targets or not (promised or max(days) - min(days) > SAME_LENGTH * max(days)):
        return ""
    return promised or "week"


def whole_days(line: Line) -> int:
    """How many days the amount was promised for."""
    activity = line.activity
    starts: dt.date = (activity.starts if activity else None) or line.status.text.starts
    ends: dt.date = (activity.ends if activity else None) or line.status.text.ends
    return (ends - starts).days + 1
