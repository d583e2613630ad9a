"""Editions of the same figures: preliminary and final side by side, what was known when, and what was revised."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from lofte_engine.table_errors import TableError
from lofte_engine.tables import DataSet


@dataclass(frozen=True)
class Revision:
    """A figure that differs between two editions.

    Parameters
    ----------
    key : tuple
        The cells of the contract's key.
    column : str
    before, after : float or None
        None where the edition does not have the figure.
    """

    key: tuple[object, ...]
    column: str
    before: float | None
    after: float | None


def known_at(editions: Sequence[DataSet], day: dt.date) -> DataSet | None:
    """The edition that was the newest on a day.

    Parameters
    ----------
    editions : sequence of DataSet
        Of the same figures, in any order; one without `known_from` was never known.
    day : date

    Returns
    -------
    DataSet or None
        None when nothing was known yet.
    """
    known = [one for one in editions if one.known_from is not None and one.known_from <= day]
    return max(known, key=lambda one: one.known_from or dt.date.min, default=None)


def revisions(before: DataSet, after: DataSet) -> tuple[Revision, ...]:
    """What was revised between two editions.

    Parameters
    ----------
    before, after : DataSet
        Of the same contract.

    Returns
    -------
    tuple of Revision
        Numbers are compared as numbers: 2239.0 and 2239 are the same figure (a public archive's log of revisions held
        nothing else).

    Raises
    ------
    TableError
        With code "wrong_layout" when they are different kinds of tables.
    """
    contract = before.checked.contract
    if contract.name != after.checked.contract.name:
        raise TableError("wrong_layout", source=contract.title, what="utgåvorna är olika slags tabeller")
    columns = [
        column.name
        for column in contract.columns
        if column.kind.value in ("count", "number") and column.name not in (*contract.key, "level")
    ]
    old, new = (_by_key(one.table, contract.key) for one in (before, after))
    found = []
    for key in dict.fromkeys([*old, *new]):
        for column in columns:
            was, became = old.get(key, {}).get(column), new.get(key, {}).get(column)
            if was is None and became is None:
                continue
            if was is None or became is None or not math.isclose(was, became, rel_tol=1e-12, abs_tol=1e-12):
                found.append(Revision(key, column, was, became))
    return tuple(found)


def _by_key(table: pa.Table, key: Sequence[str]) -> dict[tuple[object, ...], dict[str, float | None]]:
    return {tuple(row.get(name) for name in key): row for row in table.to_pylist()}
