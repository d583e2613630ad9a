"""Count tables with margins: what adds up to what.

A dimension (area, period, category) has *leaves* and *sums of leaves*. A sum is known by the leaves it holds, never by
its name, so a kommun with its kommundelar, a year with its tertials, a cumulated January to May and an older division
of the same area are all the same thing: sets of leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from lofte_engine.disclosure.errors import DisclosureError

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
TOTAL = "Totalt"


@dataclass(frozen=True)
class Dimension:
    """One way of dividing a table, with its sums.

    Parameters
    ----------
    name : str
        Column name, such as ``area``.
    codes : tuple of str
        Leaves first, then sums.
    members : tuple of tuple of int
        For each code the leaves that it holds, ascending. A leaf holds itself.
    parents : tuple of tuple of str
        For each code the sums that it was declared to belong to.

    Examples
    --------
    >>> area = Dimension.build("area", ["Norr", "Söder"], [("Norr", "Kommunen"), ("Söder", "Kommunen")])
    >>> area.codes
    ('Norr', 'Söder', 'Kommunen')
    >>> area.members[2]
    (0, 1)
    """

    name: str
    codes: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]
    parents: tuple[tuple[str, ...], ...]

    @classmethod
    def build(cls, name: str, seen: Iterable[str], within: Iterable[tuple[str, str]] = ()) -> Dimension:
        """Make a dimension from the codes of a table and a hierarchy.

        Parameters
        ----------
        name : str
            Column name.
        seen : iterable of str
            Codes that the table has; may hold sums as well as leaves.
        within : iterable of (str, str)
            Pairs of code and the sum it belongs to. A code may belong to several sums.

        Returns
        -------
        Dimension
            Leaves in the order met, then sums, smallest first.

        Raises
        ------
        DisclosureError
            ``cycle`` when a sum would hold itself.
        """
        parents: dict[str, list[str]] = {code: [] for code in seen}
        children: dict[str, list[str]] = {}
        for code, parent in within:
            if parent not in parents.setdefault(code, []):
                parents[code].append(parent)
                parents.setdefault(parent, [])
                children.setdefault(parent, []).append(code)
        leaves = [code for code in parents if code not in children]
        number = {code: index for index, code in enumerate(leaves)}
        held: dict[str, frozenset[int]] = {}

        def leaves_of(code: str, trail: tuple[str, ...]) -> frozenset[int]:
            if code in trail:
                raise DisclosureError("cycle", dimension=name, code=code)
            if code not in held:
                parts = [leaves_of(child, (*trail, code)) for child in children.get(code, ())]
                held[code] = frozenset().union(*parts) if parts else frozenset((number[code],))
            return held[code]

        for code in children:
            leaves_of(code, ())
        sums = sorted(children, key=lambda code: len(held[code]))
        codes = (*leaves, *sums)
        members = tuple([(index,) for index in range(len(leaves))] + [tuple(sorted(held[code])) for code in sums])
        return cls(name, codes, members, tuple(tuple(parents[code]) for code in codes))

    @property
    def leaves(self) -> tuple[str, ...]:
        """Codes that are not sums."""
        return self.codes[: self.leaf_count]

    @cached_property
    def leaf_count(self) -> int:
        """Number of leaves, which come first among `codes`."""
        return 1 + max((member for held in self.members for member in held), default=-1)

    @cached_property
    def holders(self) -> tuple[tuple[int, ...], ...]:
        """For each leaf the numbers of the codes that hold it, itself first."""
        found: list[list[int]] = [[] for _ in range(self.leaf_count)]
        for node, held in enumerate(self.members):
            for leaf in held:
                found[leaf].append(node)
        return tuple(map(tuple, found))

    @cached_property
    def covers(self) -> tuple[tuple[int, ...], ...]:
        """For each code the fewest smaller codes, found greedily, that together make it up; empty for a leaf."""
        made_up: list[tuple[int, ...]] = []
        sets = [frozenset(held) for held in self.members]
        for node, whole in enumerate(sets):
            left, parts = set(whole), []
            if node >= self.leaf_count:
                inside = {other for leaf in whole for other in self.holders[leaf]}
                # A sum with one part equals it; number order keeps the two from making up each other.
                smaller = [o for o in inside if o != node and (len(sets[o]), o) < (len(whole), node)]
                for other in sorted(smaller, key=lambda o: (-len(sets[o]), o)):
                    if sets[other] <= left:
                        parts.append(other)
                        left -= sets[other]
            made_up.append(tuple(parts))
        return tuple(made_up)

    def sum_up(self, values: Ints, axis: int) -> Ints:
        """Add the sums of this dimension to an array of leaves.

        Parameters
        ----------
        values : ndarray of int
            Counts with one place per leaf along `axis`.
        axis : int
            Which axis is this dimension.

        Returns
        -------
        ndarray of int
            The same with one place per code along `axis`.
        """
        return self._gather(values, axis, np.add)

    def greatest(self, values: Ints, axis: int) -> Ints:
        """As `sum_up`, but the greatest value among the leaves instead of the sum."""
        return self._gather(values, axis, np.maximum)

    def _gather(self, values: Ints, axis: int, how: np.ufunc) -> Ints:
        sums = self.members[self.leaf_count :]
        if not sums:
            return values
        moved = np.moveaxis(values, axis, 0)
        order = np.concatenate([np.asarray(held) for held in sums])
        starts = np.cumsum([0, *(len(held) for held in sums[:-1])])
        return np.moveaxis(np.concatenate([moved, how.reduceat(moved[order], starts, axis=0)]), 0, axis)


@dataclass(frozen=True)
class CountTable:
    """Counts for every combination of codes, sums included.

    Parameters
    ----------
    dimensions : tuple of Dimension
        The axes.
    counts : ndarray of int
        Number of events, one axis per dimension, one place per code.

    Examples
    --------
    >>> area = Dimension.build("area", ["Norr", "Söder"], [("Norr", "Kommunen"), ("Söder", "Kommunen")])
    >>> CountTable.from_leaves((area,), [3, 9]).counts.tolist()
    [3, 9, 12]
    """

    dimensions: tuple[Dimension, ...]
    counts: Ints

    @classmethod
    def from_leaves(cls, dimensions: Sequence[Dimension], leaves: npt.ArrayLike) -> CountTable:
        """Make a table from its leaf counts; the sums follow.

        Parameters
        ----------
        dimensions : sequence of Dimension
            The axes.
        leaves : array_like of int
            Counts, one place per leaf along each axis.

        Returns
        -------
        CountTable
            With sums.

        Raises
        ------
        DisclosureError
            ``shape`` when the array doesn't fit, ``negative`` when a count is below zero.
        """
        values = np.asarray(leaves, dtype=np.int64)
        if values.shape != tuple(dimension.leaf_count for dimension in dimensions):
            raise DisclosureError("shape", shape=values.shape)
        if (values < 0).any():
            raise DisclosureError("negative", row=0, value=str(values.min()))
        for axis, dimension in enumerate(dimensions):
            values = dimension.sum_up(values, axis)
        return cls(tuple(dimensions), values)

    @classmethod
    def from_rows(
        cls,
        names: Sequence[str],
        rows: Sequence[tuple[tuple[str, ...], int]],
        within: Mapping[str, Sequence[tuple[str, str]]],
        *,
        total: bool = True,
    ) -> CountTable:
        """Make a table from rows of codes and a count.

        Parameters
        ----------
        names : sequence of str
            Dimension names.
        rows : sequence of (tuple of str, int)
            One code per dimension, and the count. A combination of leaves without a row has the count 0. A row for a
            sum is checked against its leaves.
        within : mapping of str to sequence of (str, str)
            Hierarchy per dimension: code and the sum it belongs to.
        total : bool
            Give a dimension without hierarchy the sum ``Totalt``: readers can often find it elsewhere, and a table
            that is safe with it is safe without.

        Returns
        -------
        CountTable
            With sums.

        Raises
        ------
        DisclosureError
            ``duplicate`` for two rows with the same codes, ``not_a_sum`` when a given sum isn't that of its leaves,
            ``negative`` when a count is below zero, ``empty`` without rows, ``cycle`` in a hierarchy.
        """
        if not rows:
            raise DisclosureError("empty")
        dimensions = []
        for axis, name in enumerate(names):
            seen = list(dict.fromkeys(keys[axis] for keys, _ in rows))
            pairs = within.get(name) or ([(code, TOTAL) for code in seen if code != TOTAL] if total else [])
            dimensions.append(Dimension.build(name, seen, pairs))
        numbers = [{code: index for index, code in enumerate(dimension.codes)} for dimension in dimensions]
        places = np.array([[numbers[axis][code] for axis, code in enumerate(keys)] for keys, _ in rows])
        values = np.array([count for _, count in rows], dtype=np.int64)
        if (values < 0).any():
            raise DisclosureError("negative", row=int(np.argmin(values)) + 1, value=str(values.min()))
        flat = np.ravel_multi_index(tuple(places.T), tuple(len(dimension.codes) for dimension in dimensions))
        order = np.argsort(flat, kind="stable")
        twice = np.flatnonzero(np.diff(flat[order]) == 0)
        if twice.size:
            raise DisclosureError("duplicate", row=int(order[twice[0] + 1]) + 1)
        is_leaf = (places < [dimension.leaf_count for dimension in dimensions]).all(axis=1)
        leaves = np.zeros([dimension.leaf_count for dimension in dimensions], dtype=np.int64)
        leaves[tuple(places[is_leaf].T)] = values[is_leaf]
        table = cls.from_leaves(dimensions, leaves)
        wrong = np.flatnonzero(table.counts.ravel()[flat] != values)
        if wrong.size:
            row = int(wrong[0])
            found = int(table.counts.ravel()[flat[row]])
            raise DisclosureError("not_a_sum", row=row + 1, value=str(values[row]), found=found)
        return table

    def key(self, cell: int) -> tuple[str, ...]:
        """The codes of a cell, given its number in row-major order."""
        places = np.unravel_index(cell, self.counts.shape)
        return tuple(dimension.codes[place] for dimension, place in zip(self.dimensions, places, strict=True))

    def cell(self, key: Sequence[str]) -> int:
        """The number in row-major order of the cell with these codes."""
        places = [dimension.codes.index(code) for dimension, code in zip(self.dimensions, key, strict=True)]
        return int(np.ravel_multi_index(tuple(places), self.counts.shape))
