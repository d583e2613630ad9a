"""Who was heard: those who answered against those who live there, group by group."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from lofte_engine.errors import LofteEngineError
from lofte_engine.survey.raking import Raked

type Verdict = Literal["nobody", "fewer", "as_many", "more", "unknown"]

FEWEST_IN_ALL = 100
LARGEST_EFFECT = 2.0
LOW, HIGH = 0.8, 1.25


class HeardInputError(LofteEngineError):
    """Counts that cannot be compared."""


@dataclass(frozen=True, slots=True)
class GroupHeard:
    """One group among those who answered and among those who live there.

    Parameters
    ----------
    group : object
        Its label.
    heard : int
        How many answered.
    population : float
        How many there are.
    expected : float
        How many would have answered had all groups done so alike.
    index : float
        Share of the answers divided by share of the population: 1 is as many as one would expect.
    interval : tuple of float
        Where the index could lie by chance.
    verdict : str
        ``nobody``, ``fewer``, ``as_many``, ``more``, or ``unknown`` when it may be chance.
    """

    group: Hashable
    heard: int
    population: float
    expected: float
    index: float
    interval: tuple[float, float]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the reader of the answers must know.

    Parameters
    ----------
    code : str
        ``self_selected`` (always), ``few_in_all`` (number: answers), ``not_heard`` (number: groups), ``weights_spread``
        (number: design effect), ``margins_missed`` (number: error as a share) or ``weights_capped`` (number: answers).
    number : float
        What it is about; 0 when there is none.
    groups : tuple
        The groups it is about.
    """

    code: str
    number: float = 0.0
    groups: tuple[Hashable, ...] = ()


def who_was_heard(
    heard: Mapping[Hashable, int], population: Mapping[Hashable, float], *, level: float = 0.95
) -> list[GroupHeard]:
    """Compare those who answered with the population, for one margin.

    Parameters
    ----------
    heard : mapping
        How many answered in each group; a group that is not named had nobody.
    population : mapping
        How many people there are in each group.
    level : float, optional
        Level of the intervals.

    Returns
    -------
    list of GroupHeard
        In the order of the population.

    Raises
    ------
    HeardInputError
        For a group that the population lacks, a negative or broken number, or an empty population.

    Notes
    -----
    The interval is Wilson's for the share of the answers, divided by the share of the population. A group is *fewer*
    when its whole interval lies below 1 and the index below 0.8, *more* when it lies above 1 and the index above 1.25.
    *As many* is an index between; an index outside whose interval holds 1 may be chance (*unknown*).

    References
    ----------
    Wilson, *J. Am. Stat. Assoc.* 22 (1927) 209–212. Representation index: share answered / share of population.

    Examples
    --------
    >>> rows = who_was_heard({"16-24": 5, "25-64": 120, "65-": 75}, {"16-24": 3000, "25-64": 15000, "65-": 7000})
    >>> [(row.group, round(row.index, 2), row.verdict) for row in rows]
    [('16-24', 0.21, 'fewer'), ('25-64', 1.0, 'as_many'), ('65-', 1.34, 'more')]
    """
    _check(heard, population, level)
    answers, people = sum(heard.values()), math.fsum(population.values())
    z = NormalDist().inv_cdf((1 + level) / 2)
    return [_row(group, heard.get(group, 0), answers, number, people, z) for group, number in population.items()]


def not_heard(rows: Iterable[GroupHeard]) -> list[GroupHeard]:
    """Groups that nobody or too few answered from, the most missed first.

    Parameters
    ----------
    rows : iterable of GroupHeard
        Of one margin or several.

    Returns
    -------
    list of GroupHeard
        By how many answers are missing.

    Examples
    --------
    >>> [row.group for row in not_heard(who_was_heard({"a": 100}, {"a": 500, "b": 500}))]
    ['b']
    """
    missed = (row for row in rows if row.verdict in ("nobody", "fewer"))
    return sorted(missed, key=lambda row: row.heard - row.expected)


def cautions(margins: Sequence[Sequence[GroupHeard]], raked: Raked | None = None) -> list[Caution]:
    """What must be said beside the answers.

    Parameters
    ----------
    margins : sequence of sequence of GroupHeard
        From `who_was_heard`, one for each margin.
    raked : Raked, optional
        Weights that the answers were given.

    Returns
    -------
    list of Caution
        ``self_selected`` first: open dialogues are never a sample, whatever the weights.

    Examples
    --------
    >>> [each.code for each in cautions([who_was_heard({"a": 50, "b": 0}, {"a": 500, "b": 500})])]
    ['self_selected', 'few_in_all', 'not_heard']
    """
    found = [Caution("self_selected")]
    answers = max((sum(row.heard for row in margin) for margin in margins), default=0)
    if answers < FEWEST_IN_ALL:
        found.append(Caution("few_in_all", answers))
    missed = not_heard(row for margin in margins for row in margin)
    if missed:
        found.append(Caution("not_heard", len(missed), tuple(row.group for row in missed)))
    if raked is not None:
        found += _weights(raked)
    return found


def _weights(raked: Raked) -> list[Caution]:
    found = []
    if raked.design_effect > LARGEST_EFFECT:
        found.append(Caution("weights_spread", raked.design_effect))
    if raked.capped:
        found.append(Caution("weights_capped", raked.capped))
    if not raked.met:
        found.append(Caution("margins_missed", raked.error))
    return found


def _check(heard: Mapping[Hashable, int], population: Mapping[Hashable, float], level: float) -> None:
    if not 0 < level < 1:
        raise HeardInputError("level must lie between 0 and 1")
    if not population or not all(math.isfinite(number) and number > 0 for number in population.values()):
        raise HeardInputError("every group of the population must have a positive number of people")
    unknown = [group for group in heard if group not in population]
    if unknown:
        raise HeardInputError(f"the population lacks the group {unknown[0]}")
    if any(number < 0 for number in heard.values()):
        raise HeardInputError("nobody can be heard a negative number of times")


def _row(group: Hashable, count: int, answers: int, number: float, people: float, z: float) -> GroupHeard:
    share = number / people
    expected = answers * share
    if not answers:
        return GroupHeard(group, 0, number, 0.0, 0.0, (0.0, 1 / share), "nobody")
    low, high = (bound / share for bound in _wilson(count, answers, z))
    index = count / expected
    return GroupHeard(group, count, number, expected, index, (low, high), _verdict(count, index, low, high))


def _wilson(count: int, answers: int, z: float) -> tuple[float, float]:
    share, squared = count / answers, z * z / answers
    middle = share + squared / 2
    reach = z * math.sqrt(share * (1 - share) / answers + squared / (4 * answers))
    return max(0.0, (middle - reach) / (1 + squared)), min(1.0, (middle + reach) / (1 + squared))


def _verdict(count: int, index: float, low: float, high: float) -> Verdict:
    if not count:
        return "nobody"
    if high < 1 and index < LOW:
        return "fewer"
    if low > 1 and index > HIGH:
        return "more"
    return "as_many" if LOW <= index <= HIGH else "unknown"
