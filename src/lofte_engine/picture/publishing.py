"""From true counts to a table that may be published: the small ones hidden, and what would give them away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lofte_engine.disclosure import CountTable, Dimension, DisclosureError, protect
from lofte_engine.picture.division import Division
from lofte_engine.picture.errors import PictureError
from lofte_engine.picture.steps import Told, silent
from lofte_engine.picture.thin import guard_totals, is_thin

Ints = npt.NDArray[np.signedinteger]
Bools = npt.NDArray[np.bool_]
# One table up to here, so that sums over kommuner are guarded too; above it one kommun at a time, unless it is thin.
ONE_TABLE = 400_000
LARGEST = 5_000_000


@dataclass(frozen=True)
class Cells:
    """Cells that have events; a combination that is not here has none.

    Parameters
    ----------
    area, category, period : numpy.ndarray
        n places in the codes of a `Division`; from the number of leaves on they are sums.
    count : numpy.ndarray
        n; 0 where hidden.
    is_hidden : numpy.ndarray
        n.
    """

    area: Ints = field(repr=False)
    category: Ints = field(repr=False)
    period: Ints = field(repr=False)
    count: Ints = field(repr=False)
    is_hidden: Bools = field(repr=False)

    def __len__(self) -> int:
        return len(self.count)

    def only(self, chosen: Bools | Ints) -> Cells:
        """Some of them, or all in another order."""
        area, category, period, count, is_hidden = self.columns
        return Cells(area[chosen], category[chosen], period[chosen], count[chosen], is_hidden[chosen])

    @property
    def columns(self) -> tuple[Ints, Ints, Ints, Ints, Bools]:
        return self.area, self.category, self.period, self.count, self.is_hidden

    def sorted(self) -> Cells:
        """By area, category and period."""
        order = np.lexsort((self.period, self.category, self.area))
        area, category, period, count, is_hidden = self.columns
        return Cells(area[order], category[order], period[order], count[order], is_hidden[order])

    @classmethod
    def joined(cls, parts: Sequence[Cells]) -> Cells:
        """All of them, in the order given."""
        return cls(*(np.concatenate(many) for many in zip(*(one.columns for one in parts), strict=True)))

    def is_leaf(self, division: Division) -> Bools:
        """Which of them are no sums."""
        found = (self.area < len(division.areas)) & (self.category < len(division.categories))
        return found & (self.period <= division.last - division.first)


@dataclass(frozen=True)
class Publication:
    """What may be published.

    Attributes
    ----------
    leaves : Cells
        Those that were counted, in the same order.
    sums : Cells
    is_one_table : bool
        Whether sums over all areas were guarded (and are there); otherwise each kommun stands alone.
    closed : tuple of str
        Kommuner of which nothing is published, since their small numbers could not be guarded.
    is_thin : bool
        Whether there are no sums but those of all kinds, see `lofte_engine.picture.thin`.
    """

    leaves: Cells
    sums: Cells
    is_one_table: bool
    closed: tuple[str, ...] = ()
    is_thin: bool = False

    @property
    def cells(self) -> Cells:
        """Leaves and sums."""
        return Cells.joined([self.leaves, self.sums])


def publish(cells: Cells, division: Division, *, threshold: int, told: Told = silent) -> Publication:
    """Hide what must not be published.

    Parameters
    ----------
    cells : Cells
        True counts of leaves.
    division : Division
    threshold : int
        Counts from 1 to one less are hidden; 1 hides nothing.
    told : callable
        Hears how many kommuner are done.

    Returns
    -------
    Publication

    Raises
    ------
    PictureError
        ``too_many_cells``.

    Notes
    -----
    See docs/methods/disclosure.md. Kommun = sum of its areas, Totalt = all kinds, year = sum of its periods.
    """
    if division.cells > ONE_TABLE:
        if len(division.categories) > 1 and is_thin(cells.count, threshold):
            return _totals(cells, division, threshold)
        if division.parents:
            return _by_kommun(cells, division, threshold, told)
        if division.cells > LARGEST:
            raise PictureError("too_many_cells", cells=division.cells)
    found, closed = _block(cells, division, tuple(range(len(division.areas))), division.area_sums, threshold)
    return _publication(cells, found, division, closed=("",) if closed else (), is_one_table=True)


def _publication(
    cells: Cells, found: Cells, division: Division, *, closed: tuple[str, ...], is_one_table: bool
) -> Publication:
    is_leaf = found.is_leaf(division)
    # Counted cells come sorted; a table of codes in another order is sorted here.
    leaves = found.only(is_leaf)
    is_same = np.array_equal(leaves.area, cells.area) and np.array_equal(leaves.period, cells.period)
    return Publication(leaves if is_same else leaves.sorted(), found.only(~is_leaf), is_one_table, closed)


def _by_kommun(cells: Cells, division: Division, threshold: int, told: Told) -> Publication:
    parts: list[Cells] = []
    shut: list[str] = []
    alone = sorted(set(range(len(division.areas))) - {at for held in division.parents.values() for at in held})
    blocks = [*division.parents.items(), *((division.areas.codes[at], (at,)) for at in alone)]
    starts = np.searchsorted(cells.area, np.arange(len(division.areas) + 1))
    for number, (code, held) in enumerate(blocks, 1):
        chosen = np.concatenate([np.arange(starts[at], starts[at + 1]) for at in held])
        own = cells.only(chosen)
        sums = {code: held} if len(held) > 1 else {}
        found, closed = _block(own, division, held, sums, threshold)
        parts.append(found)
        if closed:
            shut.append(code)
        told("Skyddar små tal", number, len(blocks))
    return _publication(cells, Cells.joined(parts), division, closed=tuple(shut), is_one_table=False)


def _totals(cells: Cells, division: Division, threshold: int) -> Publication:
    found = guard_totals(cells.area, cells.period, cells.count, division, threshold=threshold)
    leaves = Cells(*cells.columns[:3], np.where(found.is_shown, cells.count, 0), ~found.is_shown)
    area, period = np.nonzero(found.counts)
    is_shown = found.is_total_shown[area, period]
    kind = np.full(len(area), len(division.categories), dtype=np.int32)
    sums = Cells(
        area.astype(np.int32),
        kind,
        period.astype(np.int32),
        np.where(is_shown, found.counts[area, period], 0),
        ~is_shown,
    )
    return Publication(leaves, sums, is_one_table=True, is_thin=True)


def _block(
    cells: Cells, division: Division, held: Sequence[int], sums: dict[str, tuple[int, ...]], threshold: int
) -> tuple[Cells, bool]:
    """One table with all its sums; nothing of it when its small counts cannot be guarded."""
    local = np.full(len(division.areas), -1)
    local[list(held)] = np.arange(len(held))
    periods = division.last - division.first + 1
    leaves = np.zeros((len(held), len(division.categories), periods), dtype=np.int64)
    leaves[local[cells.area], cells.category, cells.period] = cells.count
    area = _dimension("area", [division.areas.codes[at] for at in held], sums, division.areas.codes)
    totals = dict.fromkeys(division.category_codes[len(division.categories) :], range(len(division.categories)))
    category = _dimension("category", division.categories, totals, division.categories)
    labels = division.period_codes[:periods]
    period = _dimension("period", labels, {str(year): many for year, many in division.years.items()}, labels)
    table = CountTable.from_leaves((area, category, period), leaves)
    shown, counts = _protected(table, threshold)
    closed = not shown.any()
    places = np.nonzero(table.counts)
    columns = []
    for found, dimension, codes in zip(
        places,
        table.dimensions,
        (division.area_codes, division.category_codes, division.period_codes),
        strict=True,
    ):
        number = {code: at for at, code in enumerate(codes)}
        columns.append(np.array([number[code] for code in dimension.codes], dtype=np.int64)[found])
    return Cells(columns[0], columns[1], columns[2], counts[places], ~shown[places]), closed


def _protected(table: CountTable, threshold: int) -> tuple[Bools, Ints]:
    """Which cells are shown, and their counts; none of them when the table cannot be guarded."""
    if threshold == 1:
        return np.ones(table.counts.shape, bool), table.counts
    try:
        safe = protect(table, threshold=threshold).published
    except DisclosureError as error:
        if error.code != "refused":
            raise
        return np.zeros(table.counts.shape, bool), np.zeros_like(table.counts)
    return safe.is_shown, safe.counts


def _dimension(
    name: str, leaves: Sequence[str], sums: dict[str, tuple[int, ...]] | dict[str, range], codes: Sequence[str]
) -> Dimension:
    return Dimension.build(name, leaves, [(codes[at], code) for code, held in sums.items() for at in held])
