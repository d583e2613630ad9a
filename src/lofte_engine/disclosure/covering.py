"""Hide enough that nothing can be told back: the search for movements.

A *movement* adds to some hidden cells and takes as much from others so that every sum that is shown stays as it is.
Along one dimension the simplest moves one event from leaf b to leaf a: it adds one to every code that holds a but not
b, and takes one from every code that holds b but not a. Movements of the dimensions multiply, as a hypercube does.
Whoever knows only what is shown can't tell the true table from the moved one, so every hidden cell in a movement that
can go `up` steps one way and `down` the other lies, for all they know, anywhere in an interval of width up + down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lofte_engine.disclosure.tables import Bools, Dimension, Ints

Ints32 = npt.NDArray[np.int32]
Floats32 = npt.NDArray[np.float32]
BLOCKED = np.float32(1e6)
_NO_END = np.int32(2**30)
_AWAY = -(2**30)


@dataclass(frozen=True)
class Problem:
    """What is to be covered; all arrays are flat and in row-major order over codes.

    Parameters
    ----------
    dimensions : tuple of Dimension
        The axes.
    counts : ndarray of int
        The true counts.
    room : ndarray of int
        How far each cell can be lowered before it is plain that it was.
    is_free : ndarray of bool
        Cells that may be hidden or are unpublished.
    is_hidden : ndarray of bool
        Cells that are hidden or unpublished from the beginning.
    must_cover : ndarray of bool
        Cells that nobody may be able to tell within `width`.
    width : int
        The narrowest interval allowed, in events.
    """

    dimensions: tuple[Dimension, ...]
    counts: Ints
    room: Ints
    is_free: Bools
    is_hidden: Bools
    must_cover: Bools
    width: int

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(dimension.codes) for dimension in self.dimensions)


@dataclass(frozen=True)
class Movement:
    """Cells that move together: `cells` by `signs`, at most `up` steps forward and `down` steps back."""

    cells: Ints
    signs: Ints
    up: int
    down: int


@dataclass(frozen=True)
class Covering:
    """The cells to hide, those that are covered, and the movements that prove it."""

    is_hidden: Bools
    is_covered: Bools
    movements: tuple[Movement, ...]


class Moves:
    """Movements along one dimension, from each leaf seen from each code that holds it.

    Parameters
    ----------
    dimension : Dimension
        The axis.
    stride : int
        How far apart two neighbouring codes are in the flat table.
    weight : ndarray of int
        Events per leaf: those with many come first as partners.
    most : int
        Partners to look at for each level of sums.
    """

    def __init__(self, dimension: Dimension, stride: int, weight: Ints, most: int) -> None:
        holders = [frozenset(found) for found in dimension.holders]
        inside = [frozenset(held) for held in dimension.members]
        ranked = [sorted(held, key=lambda leaf: -int(weight[leaf])) for held in dimension.members]
        numbers: dict[tuple[int, int], int] = {}
        keys: list[int] = []
        options: list[list[int]] = []
        for leaf in range(dimension.leaf_count):
            for node in dimension.holders[leaf]:
                partners: dict[int, None] = {}
                for wider in sorted(holders[leaf], key=lambda other: len(inside[other])):
                    if len(inside[wider]) > len(inside[node]):
                        outside = (other for other in ranked[wider] if other not in inside[node])
                        for _, partner in zip(range(most), outside, strict=False):
                            partners[partner] = None
                keys.append(leaf * len(dimension.codes) + node)
                options.append([numbers.setdefault((leaf, partner), len(numbers)) for partner in (-1, *partners)])
        rows: list[tuple[list[int], list[int]]] = []
        for leaf, partner in numbers:
            against = holders[partner] if partner >= 0 else frozenset()
            up, down = sorted(holders[leaf] - against), sorted(against - holders[leaf])
            rows.append((up + down, [1] * len(up) + [-1] * len(down)))
        self.codes = len(dimension.codes)
        self.keys = np.array(keys)
        self.options = _padded(options)
        nodes = _padded([nodes for nodes, _ in rows])
        self.steps = np.where(nodes < 0, _AWAY, nodes * stride).astype(np.int32)
        self.signs = _padded([signs for _, signs in rows]).astype(np.int32)

    def seen_from(self, leaf: Ints, node: Ints) -> Ints:
        """Numbers of the movements that change `node` through `leaf`; −1 fills out."""
        found: Ints = self.options[np.searchsorted(self.keys, leaf * self.codes + node)]
        return found


def _padded(rows: Sequence[Sequence[int]]) -> Ints:
    table = np.full((len(rows), max(map(len, rows))), -1, dtype=np.int64)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def largest_atoms(problem: Problem) -> Ints:
    """For each cell the combination of leaves below it with most events, as a row-major number over leaves."""
    leaf_shape = tuple(dimension.leaf_count for dimension in problem.dimensions)
    inner = tuple(slice(0, count) for count in leaf_shape)
    free = problem.is_free.reshape(problem.shape)[inner].ravel()
    # A leaf cell that is shown can't move, however large it is.
    counts = np.where(free, problem.counts.reshape(problem.shape)[inner].ravel() + 1, 0)
    values = ((counts << 36) + np.arange(counts.size)).reshape(leaf_shape)
    for axis, dimension in enumerate(problem.dimensions):
        values = dimension.greatest(values, axis)
    return values.ravel() & ((1 << 36) - 1)


def cover(problem: Problem, *, effort: int, prefer: npt.NDArray[np.float32], keep: bool = False) -> Covering:
    """Hide cells until every one that must be covered lies in a movement that is wide enough.

    Parameters
    ----------
    problem : Problem
        What is to be covered.
    effort : int
        About how many cells to look at for each target.
    prefer : ndarray of float32
        Small additions to the price 1 of hiding a cell, to choose between equals.
    keep : bool
        Keep the movements (memory).

    Returns
    -------
    Covering
        Where no movement was found, the cell is left uncovered.

    Notes
    -----
    Greedy: sums before leaves, since what hides a sum also hides leaves below it; the smallest counts first. In each
    round every block of sibling cells takes one target, so that rounds can be computed for all blocks at once and
    still see what earlier rounds have hidden. Whatever is chosen is safe: a movement stays possible
    when more is hidden.
    """
    search = _Search(problem, effort, prefer, keep)
    movements: list[Movement] = []
    for targets, blocks in search.target_groups():
        waiting = np.arange(targets.size)
        while (waiting := waiting[~search.is_covered[targets[waiting]]]).size:
            _, first = np.unique(blocks[waiting], return_index=True)
            chosen = targets[waiting[first]]
            for batch in np.array_split(chosen, -(-chosen.size // search.batch)):
                movements += search.best(batch)
            waiting = np.delete(waiting, first)
    return Covering(search.is_hidden, search.is_covered, tuple(movements))


class _Search:
    """The state of `cover`: what is hidden and covered so far, and the price of hiding more."""

    def __init__(self, problem: Problem, effort: int, prefer: npt.NDArray[np.float32], keep: bool) -> None:
        self.problem = problem
        self.keep = keep
        shape = problem.shape
        self.strides = [int(np.prod(shape[axis + 1 :], dtype=np.int64)) for axis in range(len(shape))]
        self.atoms = largest_atoms(problem)
        self.leaf_shape = tuple(dimension.leaf_count for dimension in problem.dimensions)
        full = problem.counts.reshape(shape)[tuple(slice(0, count) for count in self.leaf_shape)]
        small = max(self.leaf_shape) <= 48
        self.moves = [
            Moves(dimension, self.strides[axis], _along(full, axis), 48 if small else 10)
            for axis, dimension in enumerate(problem.dimensions)
        ]
        self.effort = effort
        self.batch = max(1, 400_000 // effort)
        self.is_hidden = problem.is_hidden.copy()
        self.is_covered = np.zeros(problem.counts.size, dtype=bool)
        # One more place at the end stands for "no cell".
        self.price = np.append(np.where(problem.is_free, 1 + prefer, BLOCKED), 0).astype(np.float32)
        self.price[:-1][self.is_hidden] = 0
        self.room = np.append(np.minimum(problem.room, _NO_END), _NO_END).astype(np.int32)

    def target_groups(self) -> Iterator[tuple[Ints, Ints]]:
        """Targets that are sums along the same dimensions, with the number of the block each stands in."""
        problem = self.problem
        targets = np.flatnonzero(problem.must_cover)
        places = np.unravel_index(targets, problem.shape)
        level = np.zeros(targets.size, dtype=np.int64)
        block = np.zeros(targets.size, dtype=np.int64)
        for place, dimension in zip(places, problem.dimensions, strict=True):
            size = np.array([len(held) for held in dimension.members])
            depth = np.unique(size, return_inverse=True)[1] if dimension.leaf_count <= 48 else np.sign(size - 1)
            nearest = np.array([_nearest(dimension, node) for node in range(size.size)])
            level = level * (depth.max() + 1) + depth[place]
            block = block * (size.size + 1) + nearest[place]
        rank = np.lexsort((self.price[targets], problem.counts[targets], -level))
        for group in np.split(rank, np.flatnonzero(np.diff(level[rank])) + 1):
            if group.size:
                yield targets[group], block[group]

    def best(self, targets: Ints) -> list[Movement]:
        """Choose a movement for each target and hide it."""
        nodes = np.unravel_index(targets, self.problem.shape)
        leaves = np.unravel_index(self.atoms[targets], self.leaf_shape)
        at = sum(leaf * stride for leaf, stride in zip(leaves, self.strides, strict=True))
        widest = max(2, int((self.effort / 2 ** len(nodes)) ** (1 / len(nodes))))
        offsets, signs = [], []
        for axis, moves in enumerate(self.moves):
            options = moves.seen_from(leaves[axis], nodes[axis])
            step = moves.steps[options]
            line = (at - leaves[axis] * self.strides[axis])[:, None, None] + step
            score = self.price[np.maximum(line, -1)].sum(axis=2)
            score[options < 0] = 4 * BLOCKED
            # The movement that needs no partner (always first) is the way out when nothing else is free.
            score[:, 0] -= np.where(score[:, 0] < BLOCKED, BLOCKED, 0)
            chosen = np.argsort(score, axis=1, kind="stable")[:, :widest]
            picked = np.take_along_axis(options, chosen, axis=1)
            offsets.append(np.where(picked[..., None] < 0, _AWAY, np.take_along_axis(step, chosen[..., None], axis=1)))
            signs.append(np.where(picked[..., None] < 0, 0, moves.signs[picked]))
            length = max(1, int((offsets[-1] != _AWAY).sum(axis=2).max()))
            offsets[-1], signs[-1] = offsets[-1][:, :, :length], signs[-1][:, :, :length]
        return self._hide(targets, *_product(offsets, signs))

    def _hide(self, targets: Ints, cells: Ints32, signs: Ints32) -> list[Movement]:
        """Take the cheapest option that is wide enough for each target: (targets, options, cells)."""
        total = self.price[cells].sum(axis=2)
        total[cells[:, :, 0] < 0] = BLOCKED
        few = min(6, total.shape[1])
        cheapest = np.argpartition(total, few - 1, axis=1)[:, :few]
        chosen = self._widest_cheap(total, cells, signs, cheapest)
        if few < total.shape[1] and (failed := np.flatnonzero(chosen < 0)).size:
            everything = np.broadcast_to(np.arange(total.shape[1]), (failed.size, total.shape[1]))
            chosen[failed] = self._widest_cheap(total[failed], cells[failed], signs[failed], everything)
        row = np.flatnonzero(chosen >= 0)
        support = cells[row, chosen[row]]
        movements = []
        if self.keep:
            for mine, sign in zip(support, signs[row, chosen[row]], strict=True):
                used = mine >= 0
                movements.append(Movement(mine[used], sign[used], *_steps(self.room[mine[used]], sign[used])))
        support = support[support >= 0]
        self.is_hidden[support] = True
        self.is_covered[support] = True
        self.price[support] = 0
        return movements

    def _widest_cheap(self, total: Floats32, cells: Ints32, signs: Ints32, options: Ints) -> Ints:
        """The cheapest of some options that is wide enough, or −1."""
        row = np.arange(len(total))[:, None]
        up, down = _steps(self.room[cells[row, options]], signs[row, options])
        price = np.where(up + down < self.problem.width, BLOCKED, total[row, options])
        best = price.argmin(axis=1)
        found: Ints = np.where(price[row[:, 0], best] < BLOCKED, options[row[:, 0], best], -1)
        return found


def _steps(room: Ints32, signs: Ints32) -> tuple[Any, Any]:
    """How far cells can move together forwards and backwards."""
    return np.where(signs < 0, room, _NO_END).min(axis=-1), np.where(signs > 0, room, _NO_END).min(axis=-1)


def _along(values: Ints, axis: int) -> Ints:
    total: Ints = values.sum(axis=tuple(other for other in range(values.ndim) if other != axis))
    return total


def _nearest(dimension: Dimension, node: int) -> int:
    """The smallest sum that holds this code and more, or the number of codes when there is none."""
    size = len(dimension.members[node])
    wider = [other for other in dimension.holders[dimension.members[node][0]] if len(dimension.members[other]) > size]
    return min(wider, key=lambda other: len(dimension.members[other]), default=len(dimension.codes))


def _product(offsets: Sequence[Ints32], signs: Sequence[Ints32]) -> tuple[Ints32, Ints32]:
    """Multiply movements along each dimension: (targets, options, cells) of cell numbers and signs."""
    cells, sign = offsets[0], signs[0]
    for offset, other in zip(offsets[1:], signs[1:], strict=True):
        cells = cells[:, :, None, :, None] + offset[:, None, :, None, :]
        sign = sign[:, :, None, :, None] * other[:, None, :, None, :]
        cells = cells.reshape(len(cells), cells.shape[1] * cells.shape[2], -1)
        sign = sign.reshape(cells.shape)
        # Two places that are no cell must not add up to one that is.
        cells[cells < 0] = _AWAY
    return np.maximum(cells, -1), sign
