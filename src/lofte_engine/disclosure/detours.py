"""Movements that are no hypercube: the linear program finds one wherever there is one."""

from __future__ import annotations

from typing import Any

import numpy as np

from lofte_engine.disclosure.covering import Problem
from lofte_engine.disclosure.equations import Equations
from lofte_engine.disclosure.tables import Bools, Ints


def take_detours(problem: Problem, is_hidden: Bools, is_covered: Bools) -> tuple[Bools, Bools]:
    """Cover what plain movements could not.

    Parameters
    ----------
    problem : Problem
        What is to be covered.
    is_hidden, is_covered : ndarray of bool
        What the search reached.

    Returns
    -------
    is_hidden, is_covered : ndarray of bool
        With more hidden. A cell that must be covered and still isn't can be told whatever is hidden.

    Notes
    -----
    For each cell the cheapest change that moves it by the whole width, up or down, or else the widest change each way:
    linear programs over all cells that may be hidden. What they hide has to be covered in its turn.
    """
    hidden, covered, must = is_hidden.copy(), is_covered.copy(), problem.must_cover.copy()
    settled = np.zeros(hidden.size, dtype=bool)
    matrix = Equations.of(problem.dimensions).matrix
    free = np.flatnonzero(problem.is_free)
    tied = matrix[:, free]
    tied = tied[np.flatnonzero(np.diff(tied.indptr))]
    while (waiting := np.flatnonzero(must & ~covered & ~settled)).size:
        target = int(waiting[0])
        price = np.where(hidden[free], 1e-3, 1.0)
        support = _change(tied, problem.room[free], price, int(np.searchsorted(free, target)), problem.width)
        settled[target] = True
        if support is not None:
            covered[target] = True
            cells = free[support]
            must[cells[~hidden[cells]]] = True
            hidden[cells] = True
    return hidden, covered


def _change(tied: Any, room: Ints, price: Any, target: int, width: int) -> Ints | None:
    """Cells that a change of the target needs, or None when no change is wide enough."""
    for step in (width, -width):
        found = _cheapest(tied, room, price, target, step)
        if found is not None:
            return found
    # Part of the way up and part of the way down.
    for up in range(width - 1, 0, -1):
        way_up = _cheapest(tied, room, price, target, up)
        if way_up is not None:
            way_down = _cheapest(tied, room, price, target, up - width)
            return None if way_down is None else np.union1d(way_up, way_down)
    return None


def _cheapest(tied: Any, room: Ints, price: Any, target: int, step: int) -> Ints | None:
    from scipy.optimize import linprog
    from scipy.sparse import hstack

    if -step > room[target]:
        return None
    size = room.size
    limits = np.column_stack([np.zeros(2 * size), np.concatenate([np.full(size, np.inf), room])])
    limits[target] = limits[size + target] = 0.0
    limits[target if step > 0 else size + target] = abs(step)
    solved = linprog(
        np.concatenate([price, price]),
        A_eq=hstack([tied, -tied], format="csr"),
        b_eq=np.zeros(tied.shape[0]),
        bounds=limits,
        method="highs",
    )
    if not solved.success:
        return None
    changed: Ints = np.flatnonzero(solved.x[:size] + solved.x[size:] > 1e-7)
    return changed
