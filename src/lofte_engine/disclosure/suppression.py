"""Hide small counts, and as few others as it takes so that nobody can work the small ones out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from lofte_engine.disclosure.attack import Equations
from lofte_engine.disclosure.covering import Problem, cover
from lofte_engine.disclosure.releases import Overlay, Published, overlay
from lofte_engine.disclosure.tables import Bools, CountTable, Ints

THRESHOLD = 5
Zeros = Literal["show", "hide"]
_SMALL_TABLE = 3_000
_STARTS = 8
# Hidden cells to look for another way with the linear program, when no plain movement was found.
_MOST_DETOURS = 200


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
        Cells that an earlier release showed with a count so near this one that the two together tell a small change.
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
    agree with all that was ever shown and whose counts in that cell differ by `threshold` or more. The search keeps such
    a pair for each cell (see `covering.Movement`), so the proof doesn't rest on the solver. Readers are assumed to know
    the rules: that a hidden cell isn't zero when zeros are shown, but nothing more. The fewest cells possible is a hard
    problem; the search is greedy, and for tables up to 3 000 cells the best of eight.

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
        raise _wrong_threshold(threshold)
    common = overlay([table.dimensions, *(release.dimensions for release in earlier)], only_first=True)
    problem, asked, revised = _problem(table, common, earlier, threshold, zeros, publish)
    is_hidden, is_covered = _cover(problem)
    for _ in range(_MOST_DETOURS):
        stuck = problem.must_cover & ~is_covered
        if not stuck.any():
            break
        target = int(np.flatnonzero(stuck)[0])
        support = detour(replace(problem, is_hidden=is_hidden), target)
        is_covered[target] = True
        if support is None:
            continue
        new = np.setdiff1d(support, np.flatnonzero(is_hidden))
        is_hidden[new] = True
        must = problem.must_cover.copy()
        must[new] = True
        problem = replace(problem, must_cover=must)
    hidden_now = is_hidden & asked
    inner = tuple(slice(0, len(dimension.codes)) for dimension in table.dimensions)
    return _result(table, problem, hidden_now, is_covered, asked, revised, threshold, inner)
