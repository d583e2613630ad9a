"""Which statements say what a group thinks, and what most people agree on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lofte_engine.opinions.projection import Floats
from lofte_engine.opinions.tallies import Counts, Tally

Z_90 = 1.2816
MOST_SHOWN = 5

type Direction = Literal["agree", "disagree"]


@dataclass(frozen=True)
class Leaning:
    """How strongly each group leans one way on each statement; every array has shape (n_groups, n_statements).

    Parameters
    ----------
    successes, trials : ndarray of int
        Votes in this direction, and all votes.
    share : ndarray of float
        ``(successes + 1) / (trials + 2)``.
    share_test : ndarray of float
        z against one half.
    ratio : ndarray of float
        `share` divided by that of all other groups: how typical of this group.
    ratio_test : ndarray of float
        z of the difference from the other groups.

    Examples
    --------
    >>> one = np.array([[3], [0]])
    >>> leaning(one, np.array([[3], [3]])).ratio.round(2).ravel()
    array([4.  , 0.25])
    """

    successes: Counts
    trials: Counts
    share: Floats
    share_test: Floats
    ratio: Floats
    ratio_test: Floats

    def weight(self) -> Floats:
        """What representative statements are ranked by, with the ratio test in single precision as Polis keeps it."""
        ranked: Floats = self.ratio * self.ratio_test.astype(np.float32) * self.share * self.share_test
        return ranked


def leaning(successes: Counts, trials: Counts) -> Leaning:
    """Shares and tests of one direction, for each group and statement.

    Parameters
    ----------
    successes, trials : ndarray of int, shape (n_groups, n_statements)

    Returns
    -------
    Leaning

    Notes
    -----
    With n successes of N, and n', N' for all other groups together:
    ``share_test = 2·√(N+1)·((n+1)/(N+1) − ½)``;
    ``ratio = share / ((n'+1)/(N'+2))``;
    ``ratio_test = (p₁−p₂)/√(p(1−p)(1/(N+1)+1/(N'+1)))`` with ``p₁=(n+1)/(N+1)``, ``p₂=(n'+1)/(N'+1)`` and
    ``p=(n+n'+2)/(N+N'+2)``; 0 if p = 1.

    References
    ----------
    compdemocracy/polis, math/src/polismath/math/repness.clj and stats.clj.

    Examples
    --------
    >>> leaning(np.array([[8], [1]]), np.array([[8], [8]])).ratio_test.round(3).ravel()
    array([ 3.384, -3.384])
    """
    other_successes, other_trials = (counts.sum(axis=0) - counts for counts in (successes, trials))
    share = (successes + 1) / (trials + 2)
    own, other = (successes + 1) / (trials + 1), (other_successes + 1) / (other_trials + 1)
    pooled = (successes + other_successes + 2) / (trials + other_trials + 2)
    spread = pooled * (1 - pooled) * (1 / (trials + 1) + 1 / (other_trials + 1))
    return Leaning(
        successes=successes,
        trials=trials,
        share=share,
        share_test=2 * np.sqrt(trials + 1) * (own - 0.5),
        ratio=share / ((other_successes + 1) / (other_trials + 2)),
        ratio_test=np.where(pooled == 1, 0.0, (own - other) / np.sqrt(np.where(pooled == 1, 1.0, spread))),
    )


@dataclass(frozen=True)
class Representative:
    """A statement that tells what a group thinks, or what most people think.

    Parameters
    ----------
    statement : int
        Column of the vote matrix.
    direction : "agree" or "disagree"
        What the group does with it.
    successes, trials : int
        Votes in that direction, of all votes by the group on the statement.
    share, share_test : float
        See `Leaning`.
    ratio, ratio_test : float or None
        See `Leaning`; None where nothing is compared with.
    best_agree : bool
        Whether it leads as the statement that the group most typically agrees with.

    Examples
    --------
    >>> Representative(3, "agree", 8, 9, 0.818, 2.53).ratio is None
    True
    """

    statement: int
    direction: Direction
    successes: int
    trials: int
    share: float
    share_test: float
    ratio: float | None = None
    ratio_test: float | None = None
    best_agree: bool = False


def representative(counted: Tally, hidden: frozenset[int] = frozenset()) -> tuple[tuple[Representative, ...], ...]:
    """Up to five statements for each group that tell it from the others.

    Parameters
    ----------
    counted : Tally
    hidden : frozenset of int
        Columns that must not be shown.

    Returns
    -------
    tuple of tuple of Representative
        One tuple a group, agreed statements first.

    Notes
    -----
    A statement qualifies if both its tests, in one direction, exceed 1.2816 (90 %, one-sided). The qualified are
    ranked by ratio · ratio test · share · share test, the statement that the group most typically agrees with leads,
    and five are kept. If none qualifies the leading one is shown alone, or the one with the largest ratio test, which
    may be weak: read its numbers.

    References
    ----------
    compdemocracy/polis, math/src/polismath/math/repness.clj, ``select-rep-comments``.

    Examples
    --------
    >>> votes = Tally(np.array([[9], [0]]), np.array([[0], [9]]), np.array([[9], [9]]))
    >>> [[found.direction for found in group] for group in representative(votes)]
    [['agree'], ['disagree']]
    """
    agree, disagree = leaning(counted.agrees, counted.seen), leaning(counted.disagrees, counted.seen)
    columns = [column for column in range(counted.seen.shape[1]) if column not in hidden]
    return tuple(_of_group(agree, disagree, group, columns) for group in range(len(counted.seen)))


def _of_group(agree: Leaning, disagree: Leaning, group: int, columns: list[int]) -> tuple[Representative, ...]:
    passes = _passes(agree, group) | _passes(disagree, group)
    enough = [column for column in columns if passes[column]]
    best = _most_typical(agree, disagree, group, columns)
    if best is None and not enough:
        strongest = _strongest(agree, disagree, group, columns)
        return () if strongest is None else (_described(agree, disagree, group, strongest),)
    weights = {c: float(_direction(agree, disagree, group, c)[1].weight()[group, c]) for c in enough}
    ranked = sorted((column for column in enough if column != best), key=lambda column: -weights[column])
    first = [] if best is None else [_described(agree, disagree, group, best, best_agree=True)]
    kept = [*first, *(_described(agree, disagree, group, column) for column in ranked)][:MOST_SHOWN]
    return tuple(sorted(kept, key=lambda found: found.direction))


def _passes(side: Leaning, group: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    passed: np.ndarray[tuple[int], np.dtype[np.bool_]] = (side.ratio_test[group] > Z_90) & (
        side.share_test[group] > Z_90
    )
    return passed


def _most_typical(agree: Leaning, disagree: Leaning, group: int, columns: list[int]) -> int | None:
    """The statement a group agrees with that best tells it from others, found in one pass as Polis does."""
    best: int | None = None
    share, test, ratio = agree.share[group], agree.share_test[group], agree.ratio[group]
    full = ratio * agree.ratio_test[group] * share * test
    plain = share * test
    for column in columns:
        if agree.successes[group, column] == 0 and disagree.successes[group, column] == 0:
            continue
        if best is None:
            better = test[column] > Z_90 or (ratio[column] > 1 and share[column] > 0.5)
        elif ratio[best] > 1:
            better = full[column] > full[best]
        else:
            better = plain[column] > plain[best]
        if better:
            best = column
    return best


def _strongest(agree: Leaning, disagree: Leaning, group: int, columns: list[int]) -> int | None:
    best, best_test = None, -math.inf
    for column in columns:
        test = max(agree.ratio_test[group, column], disagree.ratio_test[group, column])
        if test > best_test:
            # Polis keeps the best test in single precision and the contender in double.
            chosen = _direction(agree, disagree, group, column)[1]
            best, best_test = column, float(np.float32(chosen.ratio_test[group, column]))
    return best


def _direction(agree: Leaning, disagree: Leaning, group: int, column: int) -> tuple[Direction, Leaning]:
    if agree.ratio_test[group, column] > disagree.ratio_test[group, column]:
        return "agree", agree
    return "disagree", disagree


def _described(
    agree: Leaning, disagree: Leaning, group: int, column: int, *, best_agree: bool = False
) -> Representative:
    direction, side = _direction(agree, disagree, group, column)
    at = group, column
    return Representative(
        statement=column,
        direction=direction,
        successes=int(side.successes[at]),
        trials=int(side.trials[at]),
        share=float(side.share[at]),
        share_test=float(side.share_test[at]),
        ratio=float(side.ratio[at]),
        ratio_test=float(side.ratio_test[at]),
        best_agree=best_agree,
    )


def majority(everyone: Tally, hidden: frozenset[int] = frozenset()) -> dict[Direction, tuple[Representative, ...]]:
    """What most people agree or disagree with, whatever their group.

    Parameters
    ----------
    everyone : Tally
        One row: all participants.
    hidden : frozenset of int
        Columns that must not be shown.

    Returns
    -------
    dict
        "agree" and "disagree", each at most five statements with share > ½ and share test > 1.2816, ranked by
        share · share test.

    References
    ----------
    compdemocracy/polis, math/src/polismath/math/repness.clj, ``select-consensus-comments``.

    Examples
    --------
    >>> all_agree = Tally(np.array([[9]]), np.array([[0]]), np.array([[9]]))
    >>> len(majority(all_agree)["agree"]), len(majority(all_agree)["disagree"])
    (1, 0)
    """
    found: dict[Direction, tuple[Representative, ...]] = {}
    sides: tuple[tuple[Direction, Counts], ...] = (("agree", everyone.agrees), ("disagree", everyone.disagrees))
    for direction, successes in sides:
        side = leaning(successes, everyone.seen)
        weight = side.share[0] * side.share_test[0]
        passed = (side.share[0] > 0.5) & (side.share_test[0] > Z_90)
        columns = [c for c in np.argsort(-weight, kind="stable") if passed[c] and c not in hidden][:MOST_SHOWN]
        found[direction] = tuple(
            Representative(
                statement=int(c),
                direction=direction,
                successes=int(successes[0, c]),
                trials=int(everyone.seen[0, c]),
                share=float(side.share[0, c]),
                share_test=float(side.share_test[0, c]),
            )
            for c in columns
        )
    return found
