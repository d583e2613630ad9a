"""Files that lack what their contract needs, or hold sums where it wants events."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lofte_engine.sources.layout import normal_heading
from lofte_engine.sources.mapping import ColumnMapping
from lofte_engine.table_check import ROW
from lofte_engine.table_columns import Contract
from lofte_engine.table_errors import TableError

_HOW_MANY = ("antal", "antal händelser", "antal brott", "count")
_TWO_OR_MORE = r"^0*([2-9]|[1-9]\d+)([.,]0+)?$"


def refuse_absent(mapping: ColumnMapping, contract: Contract, headings: tuple[str, ...]) -> None:
    """Refuse a file without a required column, and say which headings it has, as it writes them.

    Parameters
    ----------
    mapping : ColumnMapping
        As it fits the file.
    contract : Contract
    headings : tuple of str
        Of the file.

    Raises
    ------
    TableError
        With code "missing_columns".
    """
    given = {*mapping.columns, *mapping.constants}
    if "period_start" in given:
        given.add("period_end")
    absent = [f"{one.title} ({one.name})" for one in contract.columns if one.required and one.name not in given]
    if absent:
        raise TableError("missing_columns", columns=", ".join(absent), found=", ".join(headings) or "inga")


def refuse_several(batch: pa.Table, mapping: ColumnMapping) -> None:
    """Refuse a table that somebody has added up already: of seven events on a row, counting rows would lose six.

    Parameters
    ----------
    batch : pyarrow.Table
        Columns of a file of events, as it names them, and ``__row__``.
    mapping : ColumnMapping
        Columns that it names are used for something else.

    Raises
    ------
    TableError
        With code "several_events_a_row" when a column that says how many has 2 or more.
    """
    used = {one for many in mapping.columns.values() for one in many}
    for name in batch.column_names:
        if normal_heading(name) not in _HOW_MANY or name in used:
            continue
        texts = pc.utf8_trim_whitespace(batch[name].cast(pa.string()))
        many = np.flatnonzero(pc.fill_null(pc.match_substring_regex(texts, _TWO_OR_MORE), False))
        if many.size:
            row, value = (one[int(many[0])].as_py() for one in (batch[ROW], texts))
            raise TableError("several_events_a_row", column=name, row=row, value=value)
