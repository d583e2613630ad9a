"""Votes counted by group and statement, and what they say: shared ground and what should be asked next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lofte_engine.opinions.clusters import Labels
from lofte_engine.opinions.projection import Floats, Votes
from lofte_engine.opinions.votes import AGREE, DISAGREE, UNSEEN

META_PRIORITY = 49.0
_Z_95_TWO_SIDED = 1.959964

type Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Tally:
    """Votes by group and statement.

    Parameters
    ----------
    agrees, disagrees, seen : ndarray of int, shape (n_groups, n_statements)
        `seen` counts every vote, passes included.

    Examples
    --------
    >>> tally(np.array([[1], [0]], dtype=np.int8), np.array([0, 0])).seen
    array([[2]])
    """

    agrees: Counts
    disagrees: Counts
    seen: Counts

    def others(self) -> Tally:
        """For each group, the votes of all other groups together."""
        return Tally(*(counts.sum(axis=0) - counts for counts in (self.agrees, self.disagrees, self.seen)))

    def together(self) -> Tally:
        """All groups as one."""
        return Tally(*(counts.sum(axis=0, keepdims=True) for counts in (self.agrees, self.disagrees, self.seen)))


def tally(votes: Votes, groups: Labels) -> Tally:
    """Count the votes of each group.

    Parameters
    ----------
    votes : ndarray of int8, shape (n, m)
        As cast: hidden statements are counted too.
    groups : ndarray of int, shape (n,)
        Group of each participant, -1 for none.

    Returns
    -------
    Tally

    Examples
    --------
    >>> tally(np.array([[1], [-1], [1]], dtype=np.int8), np.array([0, 1, -1])).agrees.tolist()
    [[1], [0]]
    """
    parts = [votes[groups == group] for group in range(int(groups.max(initial=-1)) + 1)]
    counts = np.array(
        [[np.count_nonzero(part == value, axis=0) for value in (AGREE, DISAGREE, UNSEEN)] for part in parts],
        dtype=np.int64,
    ).reshape(len(parts), 3, votes.shape[1])
    sizes = np.array([len(part) for part in parts], dtype=np.int64).reshape(-1, 1)
    return Tally(counts[:, 0], counts[:, 1], sizes - counts[:, 2])


def agree_share(counted: Tally) -> Floats:
    """Share that agrees, drawn a little towards one half: ``(agrees + 1) / (seen + 2)``.

    Parameters
    ----------
    counted : Tally

    Returns
    -------
    ndarray of float, shape (n_groups, n_statements)

    Examples
    --------
    >>> agree_share(tally(np.array([[1]], dtype=np.int8), np.array([0]))).round(3)
    array([[0.667]])
    """
    share: Floats = (counted.agrees + 1) / (counted.seen + 2)
    return share


@dataclass(frozen=True)
class SharedGround:
    """How far all groups agree with each statement.

    Parameters
    ----------
    product : ndarray of float, shape (n_statements,)
        Polis' group-informed consensus. It falls with the number of groups: compare statements, not conversations.
    mean : ndarray of float, shape (n_statements,)
        Its geometric mean over the groups, comparable between conversations.
    lowest, lowest_from, lowest_to : ndarray of float, shape (n_statements,)
        Share that agrees in the least agreeing group, with a 95 % interval.

    Examples
    --------
    >>> shared_ground(tally(np.array([[1], [1]], dtype=np.int8), np.array([0, 1]))).product.round(3)
    array([0.444])
    """

    product: Floats
    mean: Floats
    lowest: Floats
    lowest_from: Floats
    lowest_to: Floats


def shared_ground(counted: Tally) -> SharedGround:
    """Group-informed consensus, and two figures that carry further.

    Parameters
    ----------
    counted : Tally
        With at least one group.

    Returns
    -------
    SharedGround

    Notes
    -----
    ``Π_g (agrees_g + 1) / (seen_g + 2)``; its G-th root; and the group with the smallest such share with Wilson's
    interval for agrees of seen. Disagreement shows only as missing agreement.

    References
    ----------
    Small et al. (2021), Recerca 26(2); Wilson (1927), J. Am. Stat. Assoc. 22, 209–212.

    Examples
    --------
    >>> ground = shared_ground(tally(np.array([[1], [-1]], dtype=np.int8), np.array([0, 1])))
    >>> round(float(ground.mean[0]), 3), round(float(ground.lowest[0]), 3)
    (0.471, 0.333)
    """
    share = agree_share(counted)
    product = share.prod(axis=0)
    column = np.arange(share.shape[1])
    least = share.argmin(axis=0)
    low, high = wilson(counted.agrees[least, column], counted.seen[least, column])
    return SharedGround(product, product ** (1 / len(share)), share[least, column], low, high)


def wilson(successes: Counts, trials: Counts) -> tuple[Floats, Floats]:
    """Wilson's 95 % interval for a share; 0 to 1 where there are no trials.

    Parameters
    ----------
    successes, trials : ndarray of int

    Returns
    -------
    low, high : ndarray of float

    References
    ----------
    Wilson (1927), J. Am. Stat. Assoc. 22, 209–212.

    Examples
    --------
    >>> low, high = wilson(np.array([8]), np.array([10]))
    >>> low.round(3), high.round(3)
    (array([0.49]), array([0.943]))
    """
    z = _Z_95_TWO_SIDED
    n = np.maximum(trials, 1)
    p = successes / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    nobody = trials == 0
    return np.where(nobody, 0.0, np.maximum(middle - half, 0)), np.where(nobody, 1.0, np.minimum(middle + half, 1))


def priorities(counted: Tally, extremity: Floats, meta: NDArray[np.bool_]) -> Floats:
    """How much there is to learn from asking about each statement next.

    Parameters
    ----------
    counted : Tally
        By group; participants in no group don't count.
    extremity : ndarray of float, shape (m,)
        From `lofte_engine.opinions.projection.extremity`.
    meta : ndarray of bool, shape (m,)
        Statements about the voter.

    Returns
    -------
    ndarray of float, shape (m,)
        Weights, larger first; 49 for meta statements.

    Notes
    -----
    With totals A agrees, P passes, S seen and extremity E:
    ``importance = (1 − (P+1)/(S+2)) · (E+1) · (A+1)/(S+2)``, ``priority = (importance · (1 + 8·2^(−S/5)))²``.

    References
    ----------
    compdemocracy/polis, math/src/polismath/math/conversation.clj, ``comment-priorities``.

    Examples
    --------
    >>> new = Tally(*np.zeros((3, 1, 1), dtype=np.int64))
    >>> priorities(new, np.zeros(1), np.array([False]))
    array([5.0625])
    """
    total = counted.together()
    agrees, seen = total.agrees[0], total.seen[0]
    passes = seen - agrees - total.disagrees[0]
    importance = (1 - (passes + 1) / (seen + 2)) * (extremity + 1) * ((agrees + 1) / (seen + 2))
    return np.where(meta, META_PRIORITY, (importance * (1 + 8 * 2.0 ** (-seen / 5))) ** 2)


def draw_statement(weights: Mapping[str, float], rng: np.random.Generator) -> str | None:
    """The next statement to show: drawn with probability in proportion to its priority.

    Parameters
    ----------
    weights : mapping of str to float
        Priority of each statement that this person has not seen and that moderation has not turned down.
    rng : numpy.random.Generator

    Returns
    -------
    str or None
        None if nothing is left to ask.

    Examples
    --------
    >>> draw_statement({"7": 2.0}, np.random.default_rng(1))
    '7'
    """
    names, values = list(weights), np.array(list(weights.values()), dtype=float)
    if not names:
        return None
    total = values.sum()
    return names[int(rng.choice(len(names), p=values / total if total > 0 else None))]
