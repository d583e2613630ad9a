"""The other way: every count is rounded, and sums still add up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lofte_engine.disclosure.equations import Equations
from lofte_engine.disclosure.errors import DisclosureError
from lofte_engine.disclosure.tables import CountTable, Dimension, Ints

_LARGEST = 20_000


@dataclass(frozen=True)
class Rounded:
    """A rounded table.

    Parameters
    ----------
    dimensions : tuple of Dimension
        The axes.
    counts : ndarray of int
        Multiples of `base`; sums are the sums of their parts.
    base : int
        What was rounded to.
    furthest : int
        The greatest distance between a count and its rounded value, in events.
    method : str
        How it was done.
    """

    dimensions: tuple[Dimension, ...]
    counts: Ints
    base: int
    furthest: int
    method: str


def round_counts(table: CountTable, *, base: int = 5) -> Rounded:
    """Round every count to a multiple of a base so that sums still add up (controlled rounding).

    Parameters
    ----------
    table : CountTable
        True counts; at most 20 000 cells.
    base : int
        At least 2. A multiple of the base stays as it is.

    Returns
    -------
    Rounded
        Of all roundings that add up, one nearest to the true counts.

    Raises
    ------
    DisclosureError
        ``base`` below 2, ``too_large`` above 20 000 cells, ``no_rounding`` when none was found.

    Notes
    -----
    Each count x becomes base · (⌊x / base⌋ + z) with a whole number z, 0 or 1 if possible, between −1 and 2 if not; z
    is 0 for multiples of the base if possible. The sum of distances is minimised (integer programming, HiGHS). A reader
    can tell a count shown as r to within r ± (base − 1), and one shown as 0 to 0 … base − 1. Rounded tables don't go
    with the release register: a series of roundings of the same figure narrows it down, so publish a figure once.

    Examples
    --------
    >>> from lofte_engine.disclosure import Dimension
    >>> area = Dimension.build("area", ["Norr", "Söder"], [("Norr", "Kommunen"), ("Söder", "Kommunen")])
    >>> round_counts(CountTable.from_leaves((area,), [3, 11])).counts.tolist()
    [5, 10, 15]
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack

    if base < 2:
        raise DisclosureError("base", value=str(base))
    if table.counts.size > _LARGEST:
        raise DisclosureError("too_large", cells=table.counts.size)
    counts = table.counts.ravel()
    whole, left = np.divmod(counts, base)
    matrix = Equations.of(table.dimensions).matrix
    size = counts.size
    unit = eye_array(size, format="csr")
    # Steps z and distances d, with d ≥ base·z − left and d ≥ left − base·z.
    sums = LinearConstraint(hstack([matrix, csr_array(matrix.shape)]), -(matrix @ whole), -(matrix @ whole))
    above = LinearConstraint(hstack([-base * unit, unit]), -left, np.inf)
    below = LinearConstraint(hstack([base * unit, unit]), left, np.inf)
    for least, most in ((np.zeros(size), (left > 0).astype(float)), (np.maximum(-1, -whole), np.full(size, 2.0))):
        solved = milp(
            c=np.concatenate([np.zeros(size), np.ones(size)]),
            integrality=np.concatenate([np.ones(size), np.zeros(size)]),
            bounds=Bounds(np.concatenate([least, np.zeros(size)]), np.concatenate([most, np.full(size, np.inf)])),
            constraints=[above, below, sums] if matrix.shape[0] else [above, below],
            options={"time_limit": 60.0},
        )
        if solved.x is not None:
            rounded = base * (whole + np.rint(solved.x[:size]).astype(np.int64))
            return Rounded(
                dimensions=table.dimensions,
                counts=rounded.reshape(table.counts.shape),
                base=base,
                furthest=int(np.abs(rounded - counts).max(initial=0)),
                method=f"controlled rounding, base {base}",
            )
    raise DisclosureError("no_rounding")
