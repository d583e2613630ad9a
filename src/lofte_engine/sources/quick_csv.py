"""Large, regular CSV files a column at a time; whatever is not regular is left to `delimited.read_rows`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from lofte_engine.sources.delimited import TextTable
from lofte_engine.sources.layout import TOTAL_WORDS, Layout, aside
from lofte_engine.table_check import ROW, reject_table

SMALLEST = 4 * 1024**2
_BLOCK = 1 << 23
_LINES_IN_A_CELL = 20


class Irregular(Exception):
    """The file must be read row by row."""


def quick_batches(table: TextTable, layout: Layout, asides: list[pa.Table]) -> Iterator[pa.Table]:
    """The rows below the headings, as text.

    Parameters
    ----------
    table : TextTable
    layout : Layout
        With one record a line down to the headings.
    asides : list
        Rows that are no data are put here, as reject lists.

    Yields
    ------
    pyarrow.Table
        With ``__row__``, as `read_rows` numbers them.

    Raises
    ------
    Irregular
        When rows have different numbers of fields, a cell seems to have swallowed rows, or a byte cannot be read. What
        was yielded before must then be thrown away.
    """
    names = [f"c{at}" for at in range(len(layout.names))]
    number = layout.header + 1
    try:
        reader = arrow_csv.open_csv(
            table.path,
            arrow_csv.ReadOptions(
                column_names=names,
                skip_rows=layout.header,
                block_size=_BLOCK,
                encoding="utf8" if table.encoding == "utf-8-sig" else table.encoding,
            ),
            arrow_csv.ParseOptions(delimiter=table.delimiter, newlines_in_values=True, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
        for batch in reader:
            rows = pa.Table.from_batches([batch])
            for name in names:
                lines = pc.max(pc.count_substring(rows[name], "\n")).as_py() or 0
                if lines > _LINES_IN_A_CELL:
                    raise Irregular
            rows = rows.append_column(ROW, pa.array(np.arange(number, number + len(rows), dtype=np.int64)))
            number += batch.num_rows
            yield _data(rows, names, layout, asides).rename_columns([*layout.names, ROW])
    except (pa.ArrowInvalid, UnicodeError, OSError) as error:
        raise Irregular from error


def _data(rows: pa.Table, names: list[str], layout: Layout, asides: list[pa.Table]) -> pa.Table:
    blank = {name: pc.equal(pc.utf8_trim_whitespace(rows[name]), "") for name in names}
    first = names[0]
    rest = pc.fill_null(blank[names[1]], True) if len(names) > 1 else blank[first]
    for name in names[2:]:
        rest = pc.and_(rest, blank[name])
    # Only these can be blank, totals, notes or repeated headings; each is then asked as in the slow reading.
    maybe = pc.or_(rest, pc.or_(blank[first], pc.match_substring_regex(rows[first], f"(?i){TOTAL_WORDS}")))
    maybe = pc.or_(maybe, pc.match_substring(rows[first], layout.names[0].split(" ")[-1]))
    suspects = rows.filter(maybe)
    if not suspects.num_rows:
        return rows
    drop = []
    for row in suspects.to_pylist():
        at = row.pop(ROW)
        cells = list(row.values())
        if not any(cell.strip() for cell in cells):
            drop.append(at)
        elif (why := aside(cells, layout)) is not None:
            drop.append(at)
            asides.append(reject_table([at], "", ["; ".join(cells)[:200]], why[1], why[0]))
    return rows.filter(pc.invert(pc.is_in(rows[ROW], pa.array(drop, pa.int64())))) if drop else rows
