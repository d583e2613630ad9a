"""Editions of a division: which areas can be followed across a change, and where a line must end."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lofte_engine.table_errors import EditionBreak, TableError

FIRST_PERTURBED_YEAR = 2025
_SPLIT = "upphör; till nybildad"
_WATER = "utvidgas till territorialvattengräns"


@dataclass(frozen=True)
class Change:
    """A row of Statistics Sweden's log of changes.

    Parameters
    ----------
    old, new : str
        Codes before and after.
    kind : str
        In the words of the log.
    on : date
        First day of the new edition.
    """

    old: str
    new: str
    kind: str
    on: dt.date

    @property
    def only_water(self) -> bool:
        """Whether the area only grew out over the sea, where nobody lives."""
        return self.kind.casefold() == _WATER and self.old == self.new


@dataclass(frozen=True)
class Changes:
    """A log of changes from one edition to the next.

    Parameters
    ----------
    rows : tuple of Change

    Examples
    --------
    >>> day = dt.date(2025, 1, 1)
    >>> log = Changes((Change("0114C1060", "0114C1061", "Upphör; till nybildad", day),
    ...                Change("0114C1060", "0114C1062", "Upphör; till nybildad", day)))
    >>> log.parts_of("0114C1060"), log.parts_of("0114C1070")
    (('0114C1061', '0114C1062'), ('0114C1070',))
    """

    rows: tuple[Change, ...]

    @cached_property
    def _by_old(self) -> dict[str, list[Change]]:
        found: defaultdict[str, list[Change]] = defaultdict(list)
        for row in self.rows:
            if not row.only_water:
                found[row.old].append(row)
        return dict(found)

    @cached_property
    def _parents(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            if not row.only_water:
                found[row.new].add(row.old)
        return dict(found)

    def parts_of(self, old: str) -> tuple[str, ...]:
        """The new areas that together are exactly an old one.

        Parameters
        ----------
        old : str
            A code of the older edition.

        Returns
        -------
        tuple of str
            The same code alone when the area is unchanged.

        Raises
        ------
        EditionBreak
            Unless every row of the old area is a split and every part has it as its only origin.

        Notes
        -----
        The sum of counts over the parts is the count of the old area. Shares, medians and means are not: they cannot be
        chained.
        """
        rows = self._by_old.get(old, [])
        if not rows:
            others = self._parents.get(old, set()) - {old}
            if others:
                raise EditionBreak(
                    "edition_break", code=old, when=self._day(old), why=f"det fick en del av {min(others)}"
                )
            return (old,)
        day = rows[0].on.isoformat()
        for row in rows:
            if row.kind.casefold() != _SPLIT:
                raise EditionBreak("edition_break", code=old, when=day, why=f'"{row.kind}" är ingen ren delning')
            if others := self._parents[row.new] - {old}:
                why = f"delen {row.new} kommer också från {min(others)}"
                raise EditionBreak("edition_break", code=old, when=day, why=why)
        return tuple(sorted(row.new for row in rows))

    def is_summable(self, old: str) -> bool:
        """Whether `parts_of` has an answer."""
        try:
            self.parts_of(old)
        except EditionBreak:
            return False
        return True

    def chain(self, counts: Mapping[str, float], old: Iterable[str]) -> tuple[dict[str, float], dict[str, str]]:
        """Counts of the new edition, summed to the areas of the old one.

        Parameters
        ----------
        counts : mapping
            By code of the new edition.
        old : iterable of str
            The codes that are wanted.

        Returns
        -------
        chained : dict
            By old code.
        broken : dict
            Old codes that cannot be followed, with the reason in Swedish. A part without a count breaks its area.
        """
        chained: dict[str, float] = {}
        broken: dict[str, str] = {}
        for code in old:
            try:
                parts = self.parts_of(code)
            except EditionBreak as error:
                broken[code] = str(error)
                continue
            if absent := [part for part in parts if part not in counts]:
                broken[code] = f"{code} kan inte summeras: {absent[0]} saknar antal."
            else:
                chained[code] = sum(counts[part] for part in parts)
        return chained, broken

    def _day(self, new: str) -> str:
        return next(row.on.isoformat() for row in self.rows if row.new == new)


def read_changes(path: Path) -> Changes:
    """Read a log of changes.

    Parameters
    ----------
    path : Path
        CSV with ``fran, till, typ, datum``.

    Returns
    -------
    Changes

    Raises
    ------
    TableError
        With code "missing_columns" or "wrong_layout".
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        absent = {"fran", "till", "typ", "datum"} - set(reader.fieldnames or ())
        if absent:
            found = ", ".join(reader.fieldnames or ()) or "inga"
            raise TableError("missing_columns", columns=", ".join(sorted(absent)), found=found)
        try:
            rows = [
                Change(row["fran"], row["till"], row["typ"].strip(), dt.date.fromisoformat(row["datum"]))
                for row in reader
                if row["fran"]
            ]
        except (ValueError, AttributeError) as error:
            raise TableError("wrong_layout", source="SCB:s ändringslogg", what=f"rad {reader.line_num}") from error
    return Changes(tuple(rows))


@dataclass(frozen=True)
class Point:
    """A figure of a series.

    Parameters
    ----------
    period : date
        First day of its period.
    value : float
    edition : str
        Of the area the figure is for.
    """

    period: dt.date
    value: float
    edition: str


def unbroken(points: Sequence[Point], *, same: bool = False) -> tuple[tuple[Point, ...], ...]:
    """Cut a series where its area's edition changes: no line is drawn across.

    Parameters
    ----------
    points : sequence of Point
    same : bool
        Whether the area is the same in all editions, or the figures are chained counts (`Changes.chain`).

    Returns
    -------
    tuple of tuple of Point
        One run for each line to draw, in order of period.

    Examples
    --------
    >>> names = {2022: "DeSO2018", 2023: "DeSO2018", 2024: "DeSO2025"}
    >>> points = [Point(dt.date(year, 1, 1), 5.0, edition) for year, edition in names.items()]
    >>> [len(run) for run in unbroken(points)]
    [2, 1]
    """
    runs: list[list[Point]] = []
    for point in sorted(points, key=lambda one: one.period):
        if runs and (same or runs[-1][-1].edition == point.edition):
            runs[-1].append(point)
        else:
            runs.append([point])
    return tuple(tuple(run) for run in runs)


@dataclass(frozen=True)
class Additivity:
    """Whether parts sum to their total, as far as can be asked.

    Attributes
    ----------
    gap : int
        Sum of the parts minus the total.
    tolerance : int
        The largest gap that moved figures explain; 0 for figures that are not moved.
    """

    gap: int
    tolerance: int

    @property
    def holds(self) -> bool:
        return abs(self.gap) <= self.tolerance


def additivity(parts: Sequence[int], total: int, *, year: int, step: int = 3, risk: float = 1e-6) -> Additivity:
    """Whether the population of parts sums to that of the whole.

    Parameters
    ----------
    parts : sequence of int
    total : int
    year : int
        Reference year: Statistics Sweden moves every figure above zero from 2025, totals too.
    step : int
        The furthest a figure may have been moved. Not published; 3 is an assumption.
    risk : float
        The chance that a right table is called wrong.

    Returns
    -------
    Additivity

    Notes
    -----
    Independent moves of mean zero, at most `step` up or down: by Hoeffding's inequality the sum of n of them passes
    ``step * sqrt(2 n ln(2 / risk))`` with a chance below `risk`; never more than ``n * step``.

    References
    ----------
    Statistics Sweden, https://www.scb.se/FAQ-CKM. W. Hoeffding (1963), *Probability inequalities for sums of bounded
    random variables*, JASA 58.

    Examples
    --------
    >>> additivity([700, 801], 1500, year=2024).holds, additivity([700, 801], 1500, year=2025).holds
    (False, True)
    """
    gap = sum(parts) - total
    if year < FIRST_PERTURBED_YEAR:
        return Additivity(gap, 0)
    moved = sum(1 for part in parts if part > 0) + (1 if total > 0 else 0)
    bound = step * math.sqrt(2 * moved * math.log(2 / risk)) if moved else 0.0
    return Additivity(gap, math.floor(min(moved * step, bound)))
