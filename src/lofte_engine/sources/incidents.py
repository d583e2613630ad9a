"""The kommun's own incidents: CSV or Excel with one row an event."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lofte_engine.sources.generic import read_table
from lofte_engine.sources.mapping import ColumnMapping
from lofte_engine.tables import INCIDENTS, DataSet

NOTES = (
    "Antalet visar också vem som rapporterar: jämför med rapporteringen per enhet och vecka.",
    "Fritext och diarienummer läses aldrig in.",
)


def read_incidents(
    path: Path,
    *,
    mapping: ColumnMapping | None = None,
    today: dt.date,
    publisher: str = "Kommunen",
    known_hashes: dict[str, str] | None = None,
) -> DataSet:
    """Read the kommun's own events.

    Parameters
    ----------
    path : Path
        CSV (comma, semicolon or tab) or Excel; the headings in Swedish or as in ``table-contracts.md``.
    mapping : ColumnMapping or None
        For a file with other headings.
    today : date
        Events after it are refused.
    publisher : str
        Whose file it is.
    known_hashes : dict or None
        As in `lofte_engine.sources.generic.read_table`.

    Returns
    -------
    DataSet
        Of the contract `INCIDENTS`.

    Raises
    ------
    TableError
        As in `lofte_engine.sources.generic.read_table`.
    """
    data = read_table(path, INCIDENTS, mapping=mapping, today=today, known_hashes=known_hashes)
    title = mapping.name if mapping and mapping.name else path.stem
    return replace(data, source="incidents", title=title, publisher=publisher, licence="Kommunens egna uppgifter",
                   attribution=f"Källa: {publisher}, egna uppgifter", notes=NOTES)  # fmt: skip


def report_intensity(table: pa.Table) -> pa.Table:
    """How many events each unit reported each week, weeks without any included.

    Parameters
    ----------
    table : pyarrow.Table
        Incidents with ``occurred_at``; ``reporter_unit`` if the file has it.

    Returns
    -------
    pyarrow.Table
        ``reporter_unit, week_start, count``, from the first week of the table to the last. A unit that is silent for
        weeks has probably not reported, and a map of its events would show who reports.

    Examples
    --------
    >>> import datetime as dt
    >>> table = pa.table({"occurred_at": [dt.datetime(2024, 1, 2), dt.datetime(2024, 1, 17)]})
    >>> report_intensity(table)["count"].to_pylist()
    [1, 0, 1]
    """
    schema = pa.schema([("reporter_unit", pa.string()), ("week_start", pa.date32()), ("count", pa.int64())])
    if not table.num_rows:
        return schema.empty_table()
    days = table["occurred_at"].cast(pa.timestamp("us")).to_numpy().astype("datetime64[D]").astype(np.int64)
    weeks = (days + 3) // 7  # 1970-01-01 was a Thursday
    weeks_from, many = int(weeks.min()), int(weeks.max() - weeks.min() + 1)
    if "reporter_unit" in table.column_names:
        encoded = pc.fill_null(table["reporter_unit"], "").combine_chunks().dictionary_encode()
        units, codes = encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
    else:
        units, codes = [""], np.zeros(table.num_rows, dtype=np.int64)
    counts = np.bincount(codes.astype(np.int64) * many + weeks - weeks_from, minlength=len(units) * many)
    starts = ((np.arange(many) + weeks_from) * 7 - 3).astype("datetime64[D]")
    columns = [np.repeat(np.asarray(units, dtype=object), many), np.tile(starts, len(units)), counts]
    return pa.table([pa.array(one, type=part.type) for one, part in zip(columns, schema, strict=True)], schema=schema)
