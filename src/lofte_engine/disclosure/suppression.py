"""Hide small counts, and as few others as it takes so that nobody can work the small ones out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lofte_engine.disclosure.covering import Covering, Problem, cover
from lofte_engine.disclosure.detours import take_detours
from lofte_engine.disclosure.equations import Floats
from lofte_engine.disclosure.errors import DisclosureError
from lofte_engine.disclosure.releases import Overlay, Published, overlay
from lofte_engine.disclosure.tables import Bools, CountTable, Ints

THRESHOLD = 5
Zeros = Literal["show", "hide"]
_SMALL_TABLE = 3_000
_STARTS = 8
# Hiding a headline figure costs as much as hiding four other cells: everyone asks for it, and many know it anyway.
_TOTAL_PRICE = 3.0
_LARGEST_DETOUR = 60_000


@dataclass(frozen=True)
class Protected:
    """A table that may be published, and what it cost.

    Parameters
    ----------
    published : Published
        What readers may see.
    threshold : int
        Counts below it are hidden, and no hidden count can be told within a narrower interval.
    small : int
        Published cells hidden since they are small, or since they changed by a small number.
    extra : int
        Published cells hidden only to protect others. Keep `small` and `extra` apart from what is published: which is
        which tells that the first are below the threshold.
    already_known : tuple of tuple of str
        Cells that earlier releases give away, whatever this one hides.
    revised : tuple of tuple of str
        Cells that an earlier release showed with a count so near this one that the two together tell a small change;
        they are hidden and marked as revised.
    method : str
        How it was done.
    """

    published: Published
    threshold: int
    small: int
    extra: int
    already_known: tuple[tuple[str, ...], ...]
    revised: tuple[tuple[str, ...], ...]
    method: str


def protect(
    table: CountTable,
    *,
    threshold: int = THRESHOLD,
    earlier: Sequence[Published] = (),
    zeros: Zeros = "show",
    publish: Bools | None = None,
) -> Protected:
    """Hide small counts so that they can't be worked out from sums or from earlier releases.

    Parameters
    ----------
    table : CountTable
        True counts with all sums that readers can find, here or elsewhere.
    threshold : int
        Counts from 1 to ``threshold − 1`` are hidden; 1 hides nothing.
    earlier : sequence of Published
        Releases that are already out. Cells they hid stay hidden. A cell they showed is known, unless it has changed.
    zeros : {"show", "hide"}
        A zero says that nothing was reported and points at nobody, so it is shown. Hide zeros too in tables of persons
        by something sensitive, where "none of the others" says something about everyone in the group.
    publish : ndarray of bool, optional
        Cells that go out; all when absent. The rest of the table is used to see what can be worked out.

    Returns
    -------
    Protected
        What may be published.

    Raises
    ------
    DisclosureError
        ``threshold`` below 1; ``dimensions`` or ``coarser`` when the table can't be compared with an earlier release.

    Notes
    -----
    Safe means: for every hidden cell, and every unpublished combination with a small count, there are two tables that
    agree with all that was ever shown and whose counts in that cell differ by `threshold` or more. The search finds
    such a pair for each cell (see `covering.Movement`), so the proof doesn't rest on the solver. Readers are assumed
    to know the rules: that a hidden cell isn't zero when zeros are shown, but nothing more. The fewest cells
    possible is a hard problem; the search is greedy, and for tables up to 3 000 cells the best of eight.

    References
    ----------
    Hundepool et al. (2012), Statistical Disclosure Control, ch. 4; the hypercube method of Repsilber and Giessing.

    Examples
    --------
    >>> from lofte_engine.disclosure import CountTable, Dimension
    >>> areas = [(name, "Kommunen") for name in ("Norr", "Söder", "Väster")]
    >>> area = Dimension.build("area", ["Norr", "Söder", "Väster"], areas)
    >>> safe = protect(CountTable.from_leaves((area,), [3, 9, 20]))
    >>> [count for _, count in safe.published.rows()]
    [None, None, 20, 32]
    """
    if threshold < 1:
        raise DisclosureError("threshold", value=str(threshold))
    view = _view(table, earlier, threshold, zeros, publish)
    found = hide(view.problem)
    is_asked = view.is_asked
    is_open = is_asked & ~(found.is_hidden | view.is_known_small)
    inner = tuple(slice(0, len(dimension.codes)) for dimension in table.dimensions)
    published = Published.of(
        table,
        is_shown=is_open.reshape(view.problem.shape)[inner],
        is_published=is_asked.reshape(view.problem.shape)[inner],
        is_revised=view.is_outdated.reshape(view.problem.shape)[inner],
    )
    is_small = (view.problem.counts < threshold) | view.is_revised
    hidden = is_asked & ~is_open
    everything = CountTable(view.problem.dimensions, view.problem.counts)
    given_away = view.is_known_small | ((view.problem.must_cover | hidden) & ~found.is_covered)
    return Protected(
        published=published,
        threshold=threshold,
        small=int((hidden & is_small).sum()),
        extra=int((hidden & ~is_small).sum()),
        already_known=_keys(everything, view.problem.shape, given_away),
        revised=_keys(everything, view.problem.shape, view.is_revised & is_asked),
        method=f"suppression, threshold {threshold}, zeros {'shown' if zeros == 'show' else 'hidden'}",
    )


@dataclass(frozen=True)
class _View:
    """The table laid over earlier releases; arrays are flat."""

    problem: Problem
    is_asked: Bools
    is_known_small: Bools
    is_revised: Bools
    is_outdated: Bools


def _view(
    table: CountTable, earlier: Sequence[Published], threshold: int, zeros: Zeros, publish: Bools | None
) -> _View:
    dimensions, counts = table.dimensions, table.counts
    known, hidden_before, revised, outdated = (np.zeros(counts.size, bool) for _ in range(4))
    if earlier:
        common = overlay([table.dimensions, *(release.dimensions for release in earlier)], only_first=True)
        dimensions = common.dimensions
        leaves = counts[tuple(slice(0, dimension.leaf_count) for dimension in table.dimensions)]
        counts = CountTable.from_leaves(dimensions, leaves).counts
        known, hidden_before, revised, outdated = _told_before(common, earlier, counts.ravel(), threshold)
    shape, flat = counts.shape, counts.ravel()
    asked = np.zeros(shape, dtype=bool)
    asked[tuple(slice(0, count) for count in table.counts.shape)] = True if publish is None else publish
    asked = asked.ravel()
    small = (flat < threshold) & ((flat > 0) | (zeros == "hide"))
    # Once hidden, always hidden: showing it now would open what it protects in the earlier release.
    kept = hidden_before & ~known & ((flat > 0) | (zeros == "hide"))
    revised &= ~known
    hidden = ~known & np.where(asked, small | kept | revised, True)
    ever = asked | hidden_before
    problem = Problem(
        dimensions=dimensions,
        counts=flat,
        room=np.maximum(flat - (ever & (zeros == "show")), 0),
        is_free=~known & (~asked | (flat > 0) | (zeros == "hide")),
        is_hidden=hidden,
        must_cover=~known & (small | kept | (revised & asked)),
        width=threshold,
    )
    return _View(problem, asked, known & small & asked, revised, outdated & ~known)


def _told_before(
    common: Overlay, earlier: Sequence[Published], counts: Ints, threshold: int
) -> tuple[Bools, Bools, Bools, Bools]:
    """Cells that earlier releases showed as they are, hid, showed with a slightly or with any different count."""
    known, hidden, revised, outdated = (np.zeros(counts.size, bool) for _ in range(4))
    for number, release in enumerate(earlier, start=1):
        cells, inside, whole = common.cells(number, release.is_shown)
        change = np.abs(release.counts[release.is_shown][inside] - counts[cells])
        # A total that also holds what this table lacks is taken as known for the part that it has: the careful side.
        known[cells[~whole | (change == 0)]] = True
        revised[cells[whole & (change > 0) & (change < threshold)]] = True
        outdated[cells[whole & (change > 0)]] = True
        cells, _, whole = common.cells(number, release.is_published & ~release.is_shown)
        hidden[cells[whole]] = True
    return known, hidden, revised, outdated


def hide(problem: Problem, *, keep: bool = False) -> Covering:
    """Choose what to hide: plain movements first, then the linear program for what is left.

    Parameters
    ----------
    problem : Problem
        What is to be covered.
    keep : bool
        Keep the movements, which prove it, in the answer (memory).

    Returns
    -------
    Covering
        What must be covered and isn't can be told whatever is hidden.

    Raises
    ------
    DisclosureError
        ``refused`` when something is left that a table so large can't be searched for.
    """
    is_small = problem.counts.size <= _SMALL_TABLE
    taste = np.log1p(problem.counts) / 1000 + _TOTAL_PRICE * _is_total(problem)
    chance = np.random.default_rng(0)
    found = cover(problem, effort=20_000 if is_small else 500, prefer=taste.astype(np.float32), keep=keep)
    for _ in range(_STARTS - 1 if is_small else 0):
        other = taste + chance.uniform(0, 0.3, taste.size)
        again = cover(problem, effort=20_000, prefer=other.astype(np.float32), keep=keep)
        if _loss(problem, again, taste) < _loss(problem, found, taste):
            found = again
    stuck = problem.must_cover & ~found.is_covered
    if not stuck.any():
        return found
    if problem.counts.size > _LARGEST_DETOUR:
        raise DisclosureError("refused", cells=int(stuck.sum()))
    return Covering(*take_detours(problem, found.is_hidden, found.is_covered), found.movements)


def _loss(problem: Problem, found: Covering, taste: Floats) -> tuple[int, float]:
    """Cells left open, and what the hidden ones cost."""
    new = found.is_hidden & ~problem.is_hidden
    return int((problem.must_cover & ~found.is_covered).sum()), float(new.sum() + taste[new].sum())


def _is_total(problem: Problem) -> Bools:
    """Cells that are part of no wider sum: the headline figures."""
    found = np.ones(problem.shape, dtype=bool)
    for axis, dimension in enumerate(problem.dimensions):
        size = np.array([len(held) for held in dimension.members])
        is_widest = np.array([size[list(dimension.holders[held[0]])].max() == len(held) for held in dimension.members])
        found &= np.expand_dims(is_widest, tuple(other for other in range(found.ndim) if other != axis))
    return found.ravel()


def _keys(table: CountTable, shape: tuple[int, ...], chosen: Bools) -> tuple[tuple[str, ...], ...]:
    whole = CountTable(table.dimensions, table.counts.reshape(shape))
    return tuple(whole.key(int(cell)) for cell in np.flatnonzero(chosen))
