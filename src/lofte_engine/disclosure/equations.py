"""What adds up to what, as linear equations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lofte_engine.disclosure.tables import Bools, Dimension, Ints

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Equations:
    """Sums that tie cells together: `matrix` times cells is zero.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array
        One row per sum: +1 at the sum, −1 at each of its parts.
    """

    matrix: Any

    @classmethod
    def of(cls, dimensions: Sequence[Dimension]) -> Equations:
        """All sums of a table.

        Parameters
        ----------
        dimensions : sequence of Dimension
            The axes.

        Returns
        -------
        Equations
            For every sum along every axis, and every combination of codes along the others.
        """
        from scipy.sparse import csr_array

        shape = tuple(len(dimension.codes) for dimension in dimensions)
        size = int(np.prod(shape))
        cells = np.arange(size).reshape(shape)
        rows: list[Ints] = []
        columns: list[Ints] = []
        values: list[Ints] = []
        count = 0
        for axis, dimension in enumerate(dimensions):
            along = np.moveaxis(cells, axis, 0).reshape(shape[axis], -1)
            for node, parts in enumerate(dimension.covers):
                if parts:
                    picked = along[[node, *parts]]
                    rows.append(np.broadcast_to(np.arange(count, count + picked.shape[1]), picked.shape).ravel())
                    columns.append(picked.ravel())
                    values.append(np.repeat([1] + [-1] * len(parts), picked.shape[1]))
                    count += picked.shape[1]
        if not count:
            return cls(csr_array((0, size)))
        entries = (np.concatenate(values).astype(float), (np.concatenate(rows), np.concatenate(columns)))
        return cls(csr_array(entries, shape=(count, size)))

    def groups(self, is_unknown: Bools) -> list[tuple[Ints, Ints]]:
        """Unknown cells that hang together, each group with the rows that tie it.

        Parameters
        ----------
        is_unknown : ndarray of bool
            Flat, one place per cell.

        Returns
        -------
        list of (ndarray of int, ndarray of int)
            Cell numbers and row numbers. What is in different groups can be attacked on its own.
        """
        from scipy.sparse.csgraph import connected_components

        unknown = np.flatnonzero(is_unknown)
        part = abs(self.matrix[:, unknown])
        tied = np.flatnonzero(np.diff(part.indptr))
        part = part[tied]
        count, label = connected_components(part.T @ part, directed=False)
        row_label = label[part.indices[part.indptr[:-1]]]
        cell_order, row_order = np.argsort(label, kind="stable"), np.argsort(row_label, kind="stable")
        cell_ends = np.searchsorted(label[cell_order], np.arange(count + 1))
        row_ends = np.searchsorted(row_label[row_order], np.arange(count + 1))
        return [
            (
                unknown[cell_order[cell_ends[number] : cell_ends[number + 1]]],
                tied[row_order[row_ends[number] : row_ends[number + 1]]],
            )
            for number in range(count)
        ]
