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
    is_settled = np.diff(equations.matrix[:, np.flatnonzero(is_unknown)].indptr) == 0
    if (equations.matrix @ known)[is_settled].any():
        raise ArithmeticError("what is shown does not add up")
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


CONTRADICTION = "releases contradict each other"


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
    The outsider knows all sums, and that a hidden cell holds at least 1 when the tables show zeros. Figures of earlier
    releases that have anything in common with a revised one are not used: they may be out of date. Where releases
    contradict each other all the same, `published` is attacked alone, with a warning.

    Examples
    --------
    >>> from lofte_engine.disclosure import Dimension
    >>> areas = [(name, "Kommunen") for name in ("Norr", "Söder", "Väster")]
    >>> rows = [(("Norr",), None), (("Söder",), 9), (("Väster",), 20), (("Kommunen",), 32)]
    >>> found = attack(Published.from_rows(["area"], rows, {"area": areas}))
    >>> [(cell.key, cell.low, cell.high) for cell in found.told]
    [(('Norr',), 3.0, 3.0)]
    """
    common = overlay([published.dimensions, *(table.dimensions for table in earlier)])
    facts = _facts(common, published, earlier)
    known, hidden, before = facts.is_known, facts.is_hidden, facts.was_hidden
    shows_zero = any((table.counts[table.is_shown] == 0).any() for table in (published, *earlier))
    floor = np.where((hidden | before) & shows_zero, 1.0, 0.0)
    targets = ~known if earlier else hidden & ~known
    changed = tuple((_codes(common.dimensions, cell), then, now) for cell, then, now in facts.changed)
    try:
        low, high = bounds(Equations.of(common.dimensions), facts.counts.astype(float), ~known, floor, targets)
    except ArithmeticError as error:
        if not earlier:
            raise DisclosureError("not_additive") from error
        return replace(attack(published, threshold=threshold), changed=changed, warnings=(CONTRADICTION,))
    low, high = np.where(known, facts.counts, low), np.where(known, facts.counts, high)
    kind = np.where(hidden, "hidden", np.where(before, "hidden_earlier", "unpublished"))
    is_told_unpublished = targets & (kind == "unpublished") & (high > 0) & (high < threshold)
    found = tuple(
        Pinned(_codes(common.dimensions, int(cell)), float(low[cell]), float(high[cell]), str(kind[cell]))
        for cell in np.flatnonzero(hidden | before | is_told_unpublished)
    )
    told = tuple(cell for cell in found if cell.width < threshold)
    return Attack(found, told, changed, threshold, "linear programming (HiGHS)", ())


@dataclass(frozen=True)
class _Facts:
    """What an outsider has read; arrays are flat, over the overlay."""

    counts: Ints
    is_known: Bools
    is_hidden: Bools
    was_hidden: Bools
    changed: tuple[tuple[int, int, int], ...]


def _facts(common: Overlay, published: Published, earlier: Sequence[Published]) -> _Facts:
    size = int(np.prod([len(dimension.codes) for dimension in common.dimensions]))
    counts = np.zeros(size, dtype=np.int64)
    known, hidden, before = (np.zeros(size, dtype=bool) for _ in range(3))
    cells, _, _ = common.cells(0, published.is_shown)
    counts[cells], known[cells] = published.counts[published.is_shown], True
    hidden[common.cells(0, published.is_published & ~published.is_shown)[0]] = True
    changed: list[tuple[int, int, int]] = []
    for number, table in enumerate(earlier, start=1):
        cells, _, _ = common.cells(number, table.is_shown)
        values = table.counts[table.is_shown]
        different = known[cells] & (counts[cells] != values)
        columns = (cells[different], values[different], counts[cells[different]])
        changed += zip(*(column.tolist() for column in columns), strict=True)
    revised = common.cells(0, published.is_revised)[0].tolist() + [cell for cell, _, _ in changed]
    is_outdated = _touched(common, sorted(set(revised)))
    for number, table in enumerate(earlier, start=1):
        cells, _, _ = common.cells(number, table.is_shown)
        usable = ~is_outdated[cells] & ~known[cells]
        counts[cells[usable]], known[cells[usable]] = table.counts[table.is_shown][usable], True
        before[common.cells(number, table.is_published & ~table.is_shown)[0]] = True
    return _Facts(counts, known, hidden, before & ~hidden, tuple(changed))


def _touched(common: Overlay, revised: Sequence[int]) -> Bools:
    """Cells that have leaves in common with a revised cell, counting only revised cells that hold no smaller one."""
    shape = tuple(len(dimension.codes) for dimension in common.dimensions)
    touched = np.zeros(shape, dtype=bool)
    places = np.array(np.unravel_index(np.array(revised, dtype=np.int64), shape)).T.tolist()
    # By what they hold: two codes for the same leaves must not count as the smaller of each other.
    boxes = {
        tuple(frozenset(dimension.members[at]) for dimension, at in zip(common.dimensions, place, strict=True))
        for place in places
    }
    for box in boxes:
        if not any(other != box and all(part <= own for part, own in zip(other, box, strict=True)) for other in boxes):
            meets = [
                np.array([not own.isdisjoint(other) for other in dimension.members])
                for own, dimension in zip(box, common.dimensions, strict=True)
            ]
            touched[np.ix_(*meets)] = True
    return touched.ravel()


def _codes(dimensions: Sequence[Dimension], cell: int) -> tuple[str, ...]:
    places = np.unravel_index(cell, tuple(len(dimension.codes) for dimension in dimensions))
    return tuple(dimension.codes[place] for dimension, place in zip(dimensions, places, strict=True))
