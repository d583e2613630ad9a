"""The fewest cells that have to be hidden: the yardstick for what `protect` loses. For small tables only."""

from __future__ import annotations

from typing import Any

import numpy as np

from lofte_engine.disclosure.covering import Problem
from lofte_engine.disclosure.equations import Equations
from lofte_engine.disclosure.tables import Bools


def fewest_hidden(problem: Problem, *, seconds: float = 60.0) -> tuple[Bools, float]:
    """Solve the covering of a small table to the optimum, by integer programming.

    Parameters
    ----------
    problem : Problem
        What is to be covered; about 60 cells at the most.
    seconds : float
        When to stop and answer with the best found.

    Returns
    -------
    is_hidden : ndarray of bool
        The cells to hide.
    bound : float
        A number of cells that no safe solution goes below; equal to the number hidden when the search was finished.

    Raises
    ------
    ArithmeticError
        When no solution exists, or none was found in time.

    Notes
    -----
    One 0/1 variable z per cell says whether it is hidden. Each cell c has two tables of changes, one upwards (u) and
    one downwards (d), that keep every sum: A u = A d = 0, −room·z ≤ u, d ≤ M·z and u_c − d_c ≥ width·z_c. The sum of
    z is minimised (HiGHS). Changes are limited to M = 3 × width events in each cell; where a
    smaller solution needs more than that, it isn't found.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_array, csr_array, eye_array

    matrix = Equations.of(problem.dimensions).matrix
    possible = np.flatnonzero(problem.is_free)
    size, most = possible.size, 3 * problem.width
    tied = matrix[:, possible]
    tied = tied[np.flatnonzero(np.diff(tied.indptr))]
    fewest = np.minimum(problem.room[possible], most)
    unit = eye_array(size, format="csr")
    constraints: list[Any] = []
    grid: list[list[Any]] = []
    lower: list[Any] = []
    upper: list[Any] = []
    for cell in range(size):
        for sign in (1, -1):
            column = 1 + 2 * cell + (sign < 0)
            row: list[Any] = [None] * (1 + 2 * size)
            row[column] = tied
            grid.append([csr_array((tied.shape[0], size)), *row[1:]])
            lower.append(np.zeros(tied.shape[0]))
            upper.append(np.zeros(tied.shape[0]))
            for limit, low, high in ((-most, -np.inf, 0.0), (fewest, 0.0, np.inf)):
                row = [None] * (1 + 2 * size)
                row[0], row[column] = unit * limit, unit
                grid.append(row)
                lower.append(np.full(size, low))
                upper.append(np.full(size, high))
        pick = csr_array(([1.0], ([0], [cell])), shape=(1, size))
        row = [None] * (1 + 2 * size)
        row[0], row[1 + 2 * cell], row[2 + 2 * cell] = -problem.width * pick, pick, -pick
        grid.append(row)
        lower.append(np.zeros(1))
        upper.append(np.array([np.inf]))
    constraints.append(LinearConstraint(block_array(grid, format="csr"), np.concatenate(lower), np.concatenate(upper)))
    count = size * (1 + 2 * size)
    least = np.zeros(count)
    least[size:] = -most
    most_by_variable = np.full(count, float(most))
    least[:size] = problem.is_hidden[possible] | problem.must_cover[possible]
    most_by_variable[:size] = 1
    solved = milp(
        c=np.concatenate([np.ones(size), np.zeros(count - size)]),
        integrality=np.concatenate([np.ones(size), np.zeros(count - size)]),
        bounds=Bounds(least, most_by_variable),
        constraints=constraints,
        options={"time_limit": seconds},
    )
    if solved.x is None:
        raise ArithmeticError(solved.message)
    is_hidden = np.zeros(problem.counts.size, dtype=bool)
    is_hidden[possible] = solved.x[:size] > 0.5
    return is_hidden, float(np.ceil(solved.mip_dual_bound - 1e-6))
