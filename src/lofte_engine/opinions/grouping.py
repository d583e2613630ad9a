"""Opinion groups from votes: the whole way, in either mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lofte_engine.opinions.clusters import (
    BASE_CLUSTERS,
    BASE_UPDATES,
    Labels,
    group_clusters,
    k_means,
    rand_index,
)
from lofte_engine.opinions.projection import (
    Floats,
    centre,
    components,
    extremity,
    in_conversation,
    project,
    ratings,
    statement_places,
)
from lofte_engine.opinions.representative import Direction, Representative, majority, representative
from lofte_engine.opinions.robust import REPLICATES, SMALLEST_GROUP, robust_groups
from lofte_engine.opinions.tallies import SharedGround, Tally, priorities, shared_ground, tally
from lofte_engine.opinions.votes import Comments, VoteMatrix

MODES: tuple[Mode, ...] = ("polis-compat", "robust")
FEW_PARTICIPANTS = 100
_SAMPLED_ABOVE = 10_000
_ORDERS = 5
_STEADY = 0.9

type Mode = Literal["polis-compat", "robust"]
type CautionCode = Literal[
    "one_group",
    "too_few_for_groups",
    "few_participants",
    "left_out",
    "small_group",
    "order_dependent",
    "sampled_by_polis",
    "all_hidden",
]


@dataclass(frozen=True)
class Caution:
    """Something the reader of the groups must know.

    Parameters
    ----------
    code : str
        What.
    number : float
        How many or how much, where that belongs to the sentence.

    Examples
    --------
    >>> Caution("left_out", 12).number
    12
    """

    code: CautionCode
    number: float = 0


@dataclass(frozen=True)
class Stability:
    """How far the groups can be trusted to be found again.

    Parameters
    ----------
    method : "bootstrap" or "row_order"
        Resampled participants, or the same participants in another order.
    replicates : int
    rand_index : float or None
        Mean adjusted Rand index between these groups and the others; None where there is one group to begin with.
    groups : tuple of float
        For each group, mean Jaccard index with its best match. Empty for "row_order" and for one group.

    Examples
    --------
    >>> Stability("row_order", 5, 1.0).groups
    ()
    """

    method: Literal["bootstrap", "row_order"]
    replicates: int
    rand_index: float | None
    groups: tuple[float, ...] = ()


@dataclass(frozen=True)
class OpinionGroups:
    """Who thinks alike, what they think, and what all of them share.

    Parameters
    ----------
    mode : "polis-compat" or "robust"
    participants, statements : tuple of str
        Ids, as in the votes.
    labels : ndarray of int, shape (n_participants,)
        Group of each participant, -1 for none. May reveal opinions: neither store nor publish it.
    votes : Tally
        Votes by group and statement, hidden statements included.
    ground : SharedGround or None
        What all groups agree on; None if not even one group is large enough to show.
    representative : tuple of tuple of Representative
        For each group the statements that tell it from the others; empty if there is one group in mode "robust".
    majority : dict
        Statements that most people agree, or disagree, with.
    priorities : ndarray of float, shape (n_statements,)
        What to ask next.
    stability : Stability
    cautions : tuple of Caution

    Examples
    --------
    >>> camps = np.repeat([[1], [-1]], 20, axis=0).astype(np.int8) * np.ones((1, 12), dtype=np.int8)
    >>> votes = VoteMatrix(tuple(f"p{i}" for i in range(40)), tuple("abcdefghijkl"), camps)
    >>> opinion_groups(votes, Comments(), mode="robust", rng=np.random.default_rng(1)).sizes
    (20, 20)
    """

    mode: Mode
    participants: tuple[str, ...]
    statements: tuple[str, ...]
    labels: Labels
    votes: Tally
    ground: SharedGround | None
    representative: tuple[tuple[Representative, ...], ...]
    majority: dict[Direction, tuple[Representative, ...]]
    priorities: Floats
    stability: Stability
    cautions: tuple[Caution, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Members of each group."""
        return tuple(np.bincount(self.labels[self.labels >= 0]).tolist())


def opinion_groups(
    votes: VoteMatrix, comments: Comments, *, mode: Mode, rng: np.random.Generator, strict: bool = False
) -> OpinionGroups:
    """Group participants by how they voted.

    Parameters
    ----------
    votes : VoteMatrix
    comments : Comments
        Statements that were turned down or are about the voter are counted but do not shape the groups.
    mode : "polis-compat" or "robust"
        As Polis computes it from a cold start, or with tests that may end in one group.
    rng : numpy.random.Generator
        Used for stability and, in mode "robust", for starts and shuffles.
    strict : bool
        Whether statements that nobody has looked at are hidden too.

    Returns
    -------
    OpinionGroups

    Notes
    -----
    Formulas: `lofte_engine.opinions.projection`, `.clusters`, `.tallies`, `.representative` and `.robust`; the method
    in words: docs/methods/opinion-groups.md. Groups describe how people answered these statements, among those who
    chose to take part. They are not groups of persons, and their sizes say nothing of the population.

    Examples
    --------
    >>> votes = VoteMatrix(("a", "b"), ("1",), np.array([[1], [-1]], dtype=np.int8))
    >>> opinion_groups(votes, Comments(), mode="polis-compat", rng=np.random.default_rng(1)).sizes
    (1, 1)
    """
    turned_down = comments.hidden(strict=strict)
    hidden = np.array([name in turned_down for name in votes.statements])
    meta = np.array([name in comments.meta for name in votes.statements])
    rating = ratings(votes.votes, hidden)
    mean = centre(rating)
    directions = components(rating, mean)
    if mode == "polis-compat":
        labels, stability = _as_polis(votes, project(rating, mean, directions), rng)
    else:
        labels, stability = _robustly(votes, hidden, rng)
    grouped = np.where(labels >= 0, 0, -1)
    if mode == "robust" and np.count_nonzero(labels >= 0) < SMALLEST_GROUP:
        labels = np.full_like(labels, -1)
    counted = tally(votes.votes, labels)
    columns = frozenset(np.flatnonzero(hidden).tolist())
    alone = mode == "robust" and len(counted.seen) == 1
    return OpinionGroups(
        mode=mode,
        participants=votes.participants,
        statements=votes.statements,
        labels=labels,
        votes=counted,
        ground=shared_ground(counted) if len(counted.seen) else None,
        representative=((),) if alone else representative(counted, columns),
        majority=majority(tally(votes.votes, np.zeros(len(labels), dtype=np.intp)), columns),
        priorities=priorities(tally(votes.votes, grouped), extremity(statement_places(mean, directions)), meta),
        stability=stability,
        cautions=tuple(_cautions(mode, labels, grouped, stability, hidden)),
    )


def _as_polis(votes: VoteMatrix, places: Floats, rng: np.random.Generator) -> tuple[Labels, Stability]:
    inside = in_conversation(votes.counts, len(votes.statements))
    points = places[inside]
    found = polis_groups(points)
    likeness = []
    for _ in range(_ORDERS):
        order = rng.permutation(len(points))
        likeness.append(rand_index(found[order], polis_groups(points[order])))
    labels = np.full(len(inside), -1, dtype=np.intp)
    labels[inside] = found
    return labels, Stability("row_order", _ORDERS, float(np.mean(likeness)))


def polis_groups(places: Floats) -> Labels:
    """Groups as Polis makes them from a cold start: base clusters, then clusters of those.

    Parameters
    ----------
    places : ndarray of float, shape (n, 2)
        Of the participants in the conversation, in the order in which they cast their first vote.

    Returns
    -------
    ndarray of int, shape (n,)

    Notes
    -----
    A running Polis starts each update from the clusters of the last one, so its groups also depend on when it was
    asked; that history is not in the votes.

    Examples
    --------
    >>> polis_groups(np.array([[0.0, 0.0], [9.0, 0.0], [0.0, 1.0], [9.0, 1.0]]))
    array([0, 1, 0, 1])
    """
    base = k_means(places, BASE_CLUSTERS, updates=BASE_UPDATES)
    groups = group_clusters(base.centres, np.bincount(base.labels).astype(float))
    return groups.labels[base.labels]


def _robustly(votes: VoteMatrix, hidden: NDArray[np.bool_], rng: np.random.Generator) -> tuple[Labels, Stability]:
    shaping = np.ascontiguousarray(votes.votes[:, ~hidden])
    counts = np.count_nonzero(votes.seen[:, ~hidden], axis=1)
    inside = in_conversation(counts, shaping.shape[1])
    if not inside.any():
        inside = in_conversation(votes.counts, len(votes.statements))
    found = robust_groups(shaping[inside], rng)
    labels = np.full(len(inside), -1, dtype=np.intp)
    labels[inside] = found.labels
    return labels, Stability("bootstrap", REPLICATES if found.kept else 0, found.rand_index, found.kept)


def _cautions(
    mode: Mode, labels: Labels, grouped: Labels, stability: Stability, hidden: NDArray[np.bool_]
) -> list[Caution]:
    sizes, index = np.bincount(labels[labels >= 0]), stability.rand_index
    placed, left_out = int(np.count_nonzero(grouped >= 0)), int(np.count_nonzero(grouped < 0))
    small = int(np.count_nonzero(sizes < SMALLEST_GROUP))
    robust, enough = mode == "robust", placed >= 2 * SMALLEST_GROUP
    found: list[tuple[bool, Caution]] = [
        (bool(hidden.all()), Caution("all_hidden")),
        (robust and enough and len(sizes) == 1, Caution("one_group")),
        (robust and not enough, Caution("too_few_for_groups", placed)),
        (placed < FEW_PARTICIPANTS, Caution("few_participants", placed)),
        (left_out > 0, Caution("left_out", left_out)),
        (not robust and small > 0, Caution("small_group", small)),
        (not robust and index is not None and index < _STEADY, Caution("order_dependent", index or 0.0)),
        (not robust and len(labels) > _SAMPLED_ABOVE, Caution("sampled_by_polis", _SAMPLED_ABOVE)),
    ]
    return [caution for applies, caution in found if applies]
