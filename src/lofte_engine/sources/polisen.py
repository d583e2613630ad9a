"""The police's notices of events: news, shown as context and never counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lofte_engine.sources.faults import layout_of, read_json
from lofte_engine.sources.grid import file_kind, file_sha256
from lofte_engine.table_check import ROW, check
from lofte_engine.table_columns import cells_as_array
from lofte_engine.table_errors import TableError
from lofte_engine.tables import INCIDENTS, DataSet

NOTES = (
    "Notiserna är ett urval som polisen själv gör, inte statistik.",
    "Punkten är mitten av kommunen eller länet, inte platsen.",
    'Ungefär var sjunde notis är en sammanfattning ("Sammanfattning natt") av flera händelser.',
    "En notis kan ändras i efterhand.",
)


def looks_like(told: object) -> bool:
    """Whether JSON is an answer of the events API."""
    return (
        isinstance(told, list)
        and bool(told)
        and isinstance(told[0], dict)
        and {"datetime", "type", "location"} <= set(told[0])
    )


def read_notices(path: Path, *, today: dt.date | None) -> DataSet:
    """Read notices from an answer of the events API, or from the public archive.

    Parameters
    ----------
    path : Path
        JSON from ``/api/events``, or the archive's Parquet.
    today : date or None
        Later days are refused.

    Returns
    -------
    DataSet
        ``is_context_only``: `DataSet.counted` and `lofte_engine.tables.require_countable` refuse it with
        `NoticesAreNotStatistics`. `area_code` is the name of a kommun or a county, as the police write it.

    Raises
    ------
    TableError
        With code "wrong_layout" or "bad_json".
    """
    with layout_of("Polisens händelser"):
        records = _archived(path) if file_kind(path) == "parquet" else _answered(path)
        rows = [
            {
                ROW: number,
                "incident_id": str(record["id"]),
                "occurred_at": record["datetime"],
                "category": record["type"],
                "place_name": record["place"],
                "district": record["place"],
            }
            for number, record in enumerate(records, 1)
        ]
        if not rows:
            raise TableError("empty")
        table = pa.table({name: cells_as_array([row[name] for row in rows]) for name in rows[0]})
        checked = check(table, INCIDENTS, today=today)
    return DataSet(
        source="polisen",
        title="Polisens händelsenotiser",
        publisher="Polismyndigheten",
        licence="Öppna data enligt polisens regler",
        attribution="Källa: polisen.se, händelsenotiser",
        checked=checked,
        input_sha256=file_sha256(path),
        notes=NOTES,
        is_context_only=True,
    )


def is_summary(category: str) -> bool:
    """Whether a notice sums up several events.

    Examples
    --------
    >>> is_summary("Sammanfattning natt"), is_summary("Brand")
    (True, False)
    """
    return category.casefold().startswith("sammanfattning")


def _answered(path: Path) -> Iterable[dict[str, Any]]:
    told = read_json(path)
    if not looks_like(told):
        raise TableError("wrong_layout", source="Polisens händelser", what="notiserna saknas")
    for record in told:
        place = record.get("location") if isinstance(record, dict) else None
        known = record if isinstance(record, dict) else {}
        yield {
            "id": known.get("id", ""),
            "datetime": str(known.get("datetime") or ""),
            "type": known.get("type"),
            "place": place.get("name") if isinstance(place, dict) else None,
        }


def _archived(path: Path) -> Iterable[dict[str, Any]]:
    names = ["id", "datetime", "type", "location_name"]
    table = pq.read_table(path, columns=names)
    if table.column_names != names:
        raise TableError("wrong_layout", source="Polisens händelser", what="notiserna saknas")
    for row in table.to_pylist():
        yield {"id": row["id"], "datetime": row["datetime"], "type": row["type"], "place": row["location_name"]}
