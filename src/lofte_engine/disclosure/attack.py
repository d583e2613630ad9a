"""The attack: how narrowly hidden cells can be told from what is shown, by linear programming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lofte_engine.disclosure.equations import Equations, Floats
from lofte_engine.disclosure.errors import DisclosureError
from lofte_engine.disclosure.releases import Overlay, Published, overlay
from lofte_engine.disclosure.tables import Bools, Dimension, Ints


def bounds(
    equations: Equations, counts: Floats, is_unknown: Bools, floor: Floats, targets: Bools
) -> tuple[Floats, Floats]:
    """The interval that each target can be pinned to.

    Parameters
    ----------
    equations : Equations
        What adds up.
    counts : ndarray of float
        Known counts; what stands at unknown cells isn't used.
    is_unknown, targets : ndarray of bool
        Cells that are not shown, and those of them to attack.
    floor : ndarray of float
        The least that an unknown cell can be.

    Returns
    -------
    low, high : ndarray of float
        NaN where not asked for. `high` is infinite where nothing shown sets an upper limit.

    Raises
    ------
    ArithmeticError
        When nothing fits what is shown: the table doesn't add up.

    Notes
    -----
    Minimises and maximises each target over all tables that agree with what is shown (HiGHS). Counts are whole
    numbers; the program lets them be fractions, so a real attacker can in rare tables of three or more dimensions do
    better than the interval says, never worse.
    """
    from scipy.optimize import linprog

    low, high = np.full(counts.size, np.nan), np.full(counts.size, np.nan)
    known = np.where(is_unknown, 0.0, counts)
    for cells, rows in equations.groups(is_unknown):
        wanted = np.flatnonzero(targets[cells])
        if not wanted.size:
            continue
        matrix = equations.matrix[rows]
        tied = matrix[:, cells]
        right = -(matrix @ known)
        limits = np.column_stack([floor[cells], np.full(cells.size, np.inf)])
        for number in wanted:
            goal = np.zeros(cells.size)
            goal[number] = 1
            ends = []
            for sign in (1, -1):
                solved = linprog(sign * goal, A_eq=tied, b_eq=right, bounds=limits, method="highs")
                if solved.status == 2 or (sign == 1 and not solved.success):
                    raise ArithmeticError("what is shown does not add up")
                ends.append(sign * solved.fun if solved.success else np.inf)
            low[cells[number]], high[cells[number]] = ends
    # The solver's own tolerance must not make an interval look narrower or wider than whole numbers allow.
    return np.ceil(low - 1e-6), np.floor(high + 1e-6)


@dataclass(frozen=True)
class Pinned:
    """What can be told about one cell.

    Parameters
    ----------
    key : tuple of str
        Codes.
    low, high : float
        The count lies between these, both included; `high` may be infinite.
    kind : {"hidden", "hidden_earlier", "unpublished"}
        Hidden in the table attacked, hidden in an earlier one, or in none of them but possible to work out.
    """

    key: tuple[str, ...]
    low: float
    high: float
    kind: str

    @property
    def width(self) -> float:
        """High minus low, in events."""
        return self.high - self.low


@dataclass(frozen=True)
class Attack:
    """What an attack found.

    Parameters
    ----------
    cells : tuple of Pinned
        Every hidden cell; of the unpublished ones only those that are told.
    told : tuple of Pinned
        Those that can be told within an interval narrower than `threshold`.
    changed : tuple of (tuple of str, int, int)
        Cells shown both earlier and now, but with different counts: codes, count then, count now.
    threshold : int
        As given.
    method : str
        How it was done.
    warnings : tuple of str
        What the attack could not use.
    """

    cells: tuple[Pinned, ...]
    told: tuple[Pinned, ...]
    changed: tuple[tuple[tuple[str, ...], int, int], ...]
    threshold: int
    method: str
    warnings: tuple[str, ...]

    @property
    def narrowest(self) -> float | None:
        """Width of the narrowest interval, or None when nothing is hidden."""
        return min((cell.width for cell in self.cells), default=None)


def attack(published: Published, *, earlier: Sequence[Published] = (), threshold: int = 5) -> Attack:
    """Work out hidden counts from what is shown, as an outsider could.

    Parameters
    ----------
    published : Published
        The table.
    earlier : sequence of Published
        Releases that the outsider also has.
    threshold : int
        An interval narrower than this tells too much.

    Returns
    -------
    Attack
        The interval of each hidden cell.

    Raises
    ------
    DisclosureError
        ``not_additive`` when what is shown doesn't add up; ``dimensions`` when an earlier release has other axes.

    Notes
    -----
    The outsider knows all sums, and that a hidden cell holds at least 1 when the tables show zeros. Where a release
    has revised figures, so that the releases contradict each other, the latest is attacked alone, with a warning.

    Examples
    --------
    >>> from lofte_engine.disclosure import Dimension
    >>> areas = [(name, "Kommunen") for name in ("Norr", "Söder", "Väster")]
    >>> rows = [(("Norr",), None), (("Söder",), 9), (("Väster",), 20), (("Kommunen",), 32)]
    >>> found = attack(Published.from_rows(["area"], rows, {"area": areas}))
    >>> [(cell.key, cell.low, cell.high) for cell in found.told]
    [(('Norr',), 3.0, 3.0)]
    """
    everyone = [published, *earlier]
    common = overlay([table.dimensions for table in everyone])
    shape = tuple(len(dimension.codes) for dimension in common.dimensions)
    counts, known, hidden, hidden_before = (np.zeros(int(np.prod(shape)), kind) for kind in (int, bool, bool, bool))
    changed: list[tuple[int, int, int]] = []
    outdated = np.zeros(hidden.size, dtype=bool)
    for number, table in enumerate(everyone):
        cells, _, _ = common.cells(number, table.is_shown)
        values = table.counts[table.is_shown]
        values, cells = values[~outdated[cells]], cells[~outdated[cells]]
        different = known[cells] & (counts[cells] != values)
        changed += zip(
            cells[different].tolist(), values[different].tolist(), counts[cells[different]].tolist(), strict=True
        )
        fresh = ~known[cells]
        counts[cells[fresh]], known[cells[fresh]] = values[fresh], True
        cells, _, _ = common.cells(number, table.is_published & ~table.is_shown)
        (hidden_before if number else hidden)[cells] = True
        if not number:
            outdated = _touched(common, cells[table.is_revised[table.is_published & ~table.is_shown]])
    hidden_before &= ~hidden
    shows_zero = any((table.counts[table.is_shown] == 0).any() for table in everyone)
    floor = np.where((hidden | hidden_before) & shows_zero, 1.0, 0.0)
    targets = ~known if earlier else hidden & ~known
    try:
        low, high = bounds(Equations.of(common.dimensions), counts.astype(float), ~known, floor, targets)
    except ArithmeticError as error:
        if not earlier:
            raise DisclosureError("not_additive") from error
        alone = attack(published, threshold=threshold)
        return replace(alone, changed=_named(common.dimensions, changed), warnings=("releases contradict each other",))
    low = np.where(known, counts, low)
    high = np.where(known, counts, high)
    kind = np.where(hidden, "hidden", np.where(hidden_before, "hidden_earlier", "unpublished"))
    told_unpublished = ~hidden & ~hidden_before & targets & (high > 0) & (high < threshold) & (high - low < threshold)
    chosen = np.flatnonzero(hidden | hidden_before | told_unpublished)
    found = tuple(
        Pinned(_codes(common.dimensions, int(cell)), float(low[cell]), float(high[cell]), str(kind[cell]))
        for cell in chosen
    )
    told = tuple(cell for cell in found if cell.width < threshold)
    return Attack(found, told, _named(common.dimensions, changed), threshold, "linear programming (HiGHS)", ())


def _touched(common: Overlay, revised: Ints) -> Bools:
    """Cells that have leaves in common with a revised cell, counting only revised cells that hold no smaller one."""
    shape = tuple(len(dimension.codes) for dimension in common.dimensions)
    touched = np.zeros(shape, dtype=bool)
    places = np.array(np.unravel_index(revised, shape)).T
    for place in places.tolist():
        held = [set(dimension.members[at]) for dimension, at in zip(common.dimensions, place, strict=True)]
        pairs = list(zip(held, common.dimensions, strict=True))
        inside = [[own.issuperset(other) for other in dimension.members] for own, dimension in pairs]
        if not any(
            all(own[at] for own, at in zip(inside, cell, strict=True)) for cell in places.tolist() if cell != place
        ):
            meets = [np.array([not own.isdisjoint(other) for other in dimension.members]) for own, dimension in pairs]
            touched[np.ix_(*meets)] = True
    found: Bools = touched.ravel()
    return found


def _codes(dimensions: Sequence[Dimension], cell: int) -> tuple[str, ...]:
    places = np.unravel_index(cell, tuple(len(dimension.codes) for dimension in dimensions))
    return tuple(dimension.codes[place] for dimension, place in zip(dimensions, places, strict=True))


def _named(
    dimensions: Sequence[Dimension], changed: Sequence[tuple[int, int, int]]
) -> tuple[tuple[tuple[str, ...], int, int], ...]:
    return tuple((_codes(dimensions, cell), then, now) for cell, then, now in changed)
