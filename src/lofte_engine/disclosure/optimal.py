"""The fewest cells that have to be hidden: the yardstick for what `protect` loses. For small tables only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from lofte_engine.disclosure.covering import Problem
from lofte_engine.disclosure.equations import Equations, Floats
from lofte_engine.disclosure.tables import Bools, Ints


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
    from scipy.optimize import milp

    program = _Program.of(problem)
    count = program.size * (1 + 2 * program.size)
    is_whole = np.zeros(count)
    is_whole[: program.size] = 1
    solved = milp(
        c=is_whole,
        integrality=is_whole,
        bounds=program.limits(problem),
        constraints=program.constraints(),
        options={"time_limit": seconds},
    )
    if solved.x is None:
        raise ArithmeticError(solved.message)
    is_hidden = np.zeros(problem.counts.size, dtype=bool)
    is_hidden[program.possible] = solved.x[: program.size] > 0.5
    return is_hidden, float(np.ceil(solved.mip_dual_bound - 1e-6))


@dataclass(frozen=True)
class _Program:
    """The variables in blocks of one per possible cell: z, then u and d of the first cell, of the second, and so on."""

    possible: Ints
    tied: Any
    room: Ints
    most: int
    width: int

    @classmethod
    def of(cls, problem: Problem) -> _Program:
        possible = np.flatnonzero(problem.is_free)
        tied = Equations.of(problem.dimensions).matrix[:, possible]
        tied = tied[np.flatnonzero(np.diff(tied.indptr))]
        most = 3 * problem.width
        return cls(possible, tied, np.minimum(problem.room[possible], most), most, problem.width)

    @property
    def size(self) -> int:
        return self.possible.size

    def limits(self, problem: Problem) -> Any:
        """What each variable lies between: z is 1 where a cell has to be hidden, changes are at most `most`."""
        from scipy.optimize import Bounds

        count = self.size * (1 + 2 * self.size)
        least, greatest = np.full(count, -float(self.most)), np.full(count, float(self.most))
        least[: self.size] = problem.is_hidden[self.possible] | problem.must_cover[self.possible]
        greatest[: self.size] = 1
        return Bounds(least, greatest)

    def constraints(self) -> Any:
        """Changes keep every sum, stay within the room of hidden cells, and are wide enough for their own cell."""
        from scipy.optimize import LinearConstraint
        from scipy.sparse import block_array

        rows = [row for cell in range(self.size) for row in self._of_cell(cell)]
        grid, lower, upper = zip(*rows, strict=True)
        return LinearConstraint(block_array(grid, format="csr"), np.concatenate(lower), np.concatenate(upper))

    def _of_cell(self, cell: int) -> Iterator[tuple[list[Any], Floats, Floats]]:
        """Rows of blocks for one cell's two tables of changes, each with its lower and upper ends."""
        from scipy.sparse import csr_array, eye_array

        unit, ends = eye_array(self.size, format="csr"), np.full(self.size, np.inf)
        for block in (1 + 2 * cell, 2 + 2 * cell):
            nothing = csr_array((self.tied.shape[0], self.size))
            kept = np.zeros(self.tied.shape[0])
            yield self._row({0: nothing, block: self.tied}), kept, kept
            yield self._row({0: -self.most * unit, block: unit}), -ends, np.zeros(self.size)
            yield self._row({0: unit * self.room, block: unit}), np.zeros(self.size), ends
        pick = csr_array(([1.0], ([0], [cell])), shape=(1, self.size))
        wide = {0: -self.width * pick, 1 + 2 * cell: pick, 2 + 2 * cell: -pick}
        yield self._row(wide), np.zeros(1), np.array([np.inf])

    def _row(self, blocks: dict[int, Any]) -> list[Any]:
        row: list[Any] = [None] * (1 + 2 * self.size)
        for at, block in blocks.items():
            row[at] = block
        return row
