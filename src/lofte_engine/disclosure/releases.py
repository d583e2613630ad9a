"""Published tables, and several of them laid over each other.

What one release hides another may tell: January to May minus January to April is May. Releases are therefore compared
by the leaves that their codes hold, in one common set of dimensions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lofte_engine.disclosure.errors import DisclosureError
from lofte_engine.disclosure.tables import Bools, CountTable, Dimension, Ints


@dataclass(frozen=True)
class Published:
    """A table as readers see it. It holds nothing of what it hides.

    Parameters
    ----------
    dimensions : tuple of Dimension
        The axes.
    counts : ndarray of int
        Number of events where shown, 0 elsewhere.
    is_published : ndarray of bool
        Cells that are in the table, shown or hidden.
    is_shown : ndarray of bool
        Cells whose count can be read.
    is_revised : ndarray of bool
        Hidden cells whose count in an earlier release no longer holds.

    Examples
    --------
    >>> area = Dimension.build("area", ["Norr", "Söder"], [("Norr", "Kommunen"), ("Söder", "Kommunen")])
    >>> table = Published.of(CountTable.from_leaves((area,), [3, 9]), is_shown=[False, True, False])
    >>> table.rows()
    [(('Norr',), None), (('Söder',), 9), (('Kommunen',), None)]
    """

    dimensions: tuple[Dimension, ...]
    counts: Ints
    is_published: Bools
    is_shown: Bools
    is_revised: Bools

    @classmethod
    def of(
        cls,
        table: CountTable,
        *,
        is_shown: npt.ArrayLike = True,
        is_published: npt.ArrayLike = True,
        is_revised: npt.ArrayLike = False,
    ) -> Published:
        """Show some cells of a table of true counts and forget the rest."""
        shape = table.counts.shape
        published = np.broadcast_to(np.asarray(is_published, dtype=bool), shape)
        shown = np.broadcast_to(np.asarray(is_shown, dtype=bool), shape) & published
        revised = np.broadcast_to(np.asarray(is_revised, dtype=bool), shape) & published & ~shown
        return cls(table.dimensions, np.where(shown, table.counts, 0), published.copy(), shown, revised)

    @classmethod
    def from_rows(
        cls,
        names: Sequence[str],
        rows: Sequence[tuple[tuple[str, ...], int | None]],
        within: Mapping[str, Sequence[tuple[str, str]]],
        revised: Collection[tuple[str, ...]] = (),
    ) -> Published:
        """Make a published table from rows of codes and a count, None where hidden; `revised` are codes of such rows.

        Raises
        ------
        DisclosureError
            ``empty``, ``duplicate``, ``negative`` or ``cycle``.
        """
        if not rows:
            raise DisclosureError("empty")
        dimensions = tuple(
            Dimension.build(name, dict.fromkeys(keys[axis] for keys, _ in rows), within.get(name, ()))
            for axis, name in enumerate(names)
        )
        numbers = [{code: index for index, code in enumerate(dimension.codes)} for dimension in dimensions]
        shape = tuple(len(dimension.codes) for dimension in dimensions)
        counts, published, shown = np.zeros(shape, np.int64), np.zeros(shape, bool), np.zeros(shape, bool)
        for number, (keys, count) in enumerate(rows, start=1):
            place = tuple(numbers[axis][code] for axis, code in enumerate(keys))
            if published[place]:
                raise DisclosureError("duplicate", row=number)
            if count is not None and count < 0:
                raise DisclosureError("negative", row=number, value=str(count))
            published[place], shown[place], counts[place] = True, count is not None, count or 0
        marks = np.zeros(shape, bool)
        for keys in revised:
            marks[tuple(numbers[axis][code] for axis, code in enumerate(keys))] = True
        return cls(dimensions, counts, published, shown, marks & published & ~shown)

    def rows(self) -> list[tuple[tuple[str, ...], int | None]]:
        """Every published cell: its codes, and its count or None."""
        codes = [dimension.codes for dimension in self.dimensions]
        cells = np.argwhere(self.is_published).tolist()
        shown, counts = self.is_shown[self.is_published].tolist(), self.counts[self.is_published].tolist()
        return [
            (tuple(own[place] for own, place in zip(codes, cell, strict=True)), count if is_shown else None)
            for cell, is_shown, count in zip(cells, shown, counts, strict=True)
        ]


@dataclass(frozen=True)
class Overlay:
    """Several tables in one set of dimensions.

    Parameters
    ----------
    dimensions : tuple of Dimension
        Codes of the first table in their order, leaves of later tables that it doesn't have, and sums of later tables
        that hold other leaves than any sum before them.
    places : tuple of tuple of ndarray of int
        For each table and axis, where each of its codes stands; −1 for codes that hold nothing in common with
        `dimensions`.
    is_whole : tuple of tuple of ndarray of bool
        Whether the code there holds all that it does in its own table.
    axes : tuple of tuple of int or None
        For each table, which of its axes each common axis is; None where it has no such axis.
    """

    dimensions: tuple[Dimension, ...]
    places: tuple[tuple[Ints, ...], ...]
    is_whole: tuple[tuple[Bools, ...], ...]
    axes: tuple[tuple[int | None, ...], ...]

    def cells(self, table: int, chosen: Bools) -> tuple[Ints, Bools, Bools]:
        """Where chosen cells of a table stand.

        Returns
        -------
        cells : ndarray of int
            Flat numbers in the overlay, for those that stand anywhere.
        inside : ndarray of bool
            Which of the chosen stand anywhere.
        whole : ndarray of bool
            For each of `cells`, whether it holds all that it does in its own table.
        """
        shape = tuple(len(dimension.codes) for dimension in self.dimensions)
        own = [
            np.zeros(chosen.sum(), dtype=np.int64) if axis is None else np.nonzero(chosen)[axis]
            for axis in self.axes[table]
        ]
        found = [place[index] for place, index in zip(self.places[table], own, strict=True)]
        inside = np.all([place >= 0 for place in found], axis=0)
        whole = np.all([whole[index] for whole, index in zip(self.is_whole[table], own, strict=True)], axis=0)
        return np.ravel_multi_index(tuple(place[inside] for place in found), shape), inside, whole[inside]


def overlay(tables: Sequence[tuple[Dimension, ...]], *, only_first: bool = False) -> Overlay:
    """Lay tables over each other.

    Parameters
    ----------
    tables : sequence of tuple of Dimension
        The axes of each table; the first decides names and order.
    only_first : bool
        Keep only leaves of the first table; sums of others are cut down to what they hold of these.

    Returns
    -------
    Overlay
        Common dimensions.

    Raises
    ------
    DisclosureError
        ``dimensions`` when a table has an axis that the first lacks, ``coarser`` when the first table (with
        `only_first`) has as a leaf what another divides.

    Notes
    -----
    A table that lacks an axis counts as having published the total over all its leaves.
    """
    names = [dimension.name for dimension in tables[0]]
    for table in tables[1:]:
        if unknown := [dimension.name for dimension in table if dimension.name not in names]:
            raise DisclosureError("dimensions", dimension=unknown[0])
    by_name = [{dimension.name: axis for axis, dimension in enumerate(table)} for table in tables]
    axes = tuple(tuple(found.get(name) for name in names) for found in by_name)
    laid = []
    for name in names:
        own = [next((own for own in table if own.name == name), None) for table in tables]
        laid.append(_overlay_axis(name, own, only_first))
    return Overlay(
        dimensions=tuple(dimension for dimension, _, _ in laid),
        places=tuple(tuple(places[table] for _, places, _ in laid) for table in range(len(tables))),
        is_whole=tuple(tuple(whole[table] for _, _, whole in laid) for table in range(len(tables))),
        axes=axes,
    )


def _overlay_axis(
    name: str, tables: Sequence[Dimension | None], only_first: bool
) -> tuple[Dimension, list[Ints], list[Bools]]:
    present = [table for table in tables if table is not None]
    expand = _expander(present)
    first = present[0]
    own_leaves = set(first.leaves)
    if only_first and (coarse := [leaf for leaf in first.leaves if expand(leaf) != {leaf}]):
        raise DisclosureError("coarser", dimension=name, code=coarse[0])
    every = dict.fromkeys(leaf for table in present for code in table.leaves for leaf in sorted(expand(code)))
    leaves = [leaf for leaf in every if not only_first or leaf in own_leaves]
    number = {leaf: index for index, leaf in enumerate(leaves)}
    codes = list(leaves)
    members: list[tuple[int, ...]] = [(index,) for index in range(len(leaves))]
    place_of = {held: index for index, held in enumerate(members)}
    places: list[Ints] = []
    wholes: list[Bools] = []
    for order, table in enumerate(tables):
        sets = [every.keys()] if table is None else _leaf_sets(table, expand)
        labels = (name,) if table is None else table.codes
        place, whole = np.full(len(sets), -1), np.zeros(len(sets), dtype=bool)
        for index, everything in enumerate(sets):
            held = tuple(sorted(number[leaf] for leaf in everything if leaf in number))
            whole[index] = len(held) == len(everything)
            # Two codes of the first table stay two places, even where one kommundel is the whole kommun.
            is_own_sum = order == 0 and index >= first.leaf_count
            if held and (is_own_sum or held not in place_of):
                place_of.setdefault(held, len(codes))
                place[index] = len(codes)
                codes.append(labels[index])
                members.append(held)
            elif held:
                place[index] = place_of[held]
        places.append(place)
        wholes.append(whole)
    return Dimension(name, tuple(codes), tuple(members), ((),) * len(codes)), places, wholes


def _expander(tables: Sequence[Dimension]) -> Callable[[str], set[str]]:
    """What a leaf of one table is made of in the tables that divide it further."""
    divided: dict[str, set[str]] = {}
    for table in tables:
        for code, held in zip(table.codes[table.leaf_count :], table.members[table.leaf_count :], strict=True):
            divided.setdefault(code, {table.codes[leaf] for leaf in held})

    def expand(code: str, trail: frozenset[str] = frozenset()) -> set[str]:
        if code not in divided or code in trail:
            return {code}
        parts: set[str] = set()
        return parts.union(*(expand(part, trail | {code}) for part in divided[code]))

    return expand


def _leaf_sets(table: Dimension, expand: Callable[[str], set[str]]) -> list[set[str]]:
    expanded = [expand(leaf) for leaf in table.leaves]
    return [set().union(*(expanded[leaf] for leaf in held)) for held in table.members]
