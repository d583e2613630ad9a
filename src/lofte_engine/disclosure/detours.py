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
        settled[target] = True
        # Where the whole width is out of reach, the widest there is still tells less than nothing hidden.
        for width in range(problem.width, 0, -1):
            support = _change(tied, problem.room[free], price, int(np.searchsorted(free, target)), width)
            if support is not None:
                covered[target] = width == problem.width
                cells = free[support]
                must[cells[~hidden[cells]]] = True
                hidden[cells] = True
                break
    return hidden, covered


def _change(tied: Any, room: Ints, price: Any, target: int, width: int) -> Ints | None:
    """Cells that a change of the target by so much needs, up, down or part of the way each; None when there is none."""
    for up in (width, 0, *range(width - 1, 0, -1)):
        way_up = _cheapest(tied, room, price, target, up)
        way_down = None if way_up is None else _cheapest(tied, room, price, target, up - width)
        if way_up is not None and way_down is not None:
            return np.union1d(way_up, way_down)
    return None


def _cheapest(tied: Any, room: Ints, price: Any, target: int, step: int) -> Ints | None:
    from scipy.optimize import linprog
    from scipy.sparse import hstack

    if step == 0:
        return np.zeros(0, dtype=np.int64)
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
