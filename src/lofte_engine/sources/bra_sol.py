"""Brå: tables of reported crime from the query tool SOL, saved as CSV.

The layout, one row a category: ``Periodetikett, Periodnyckel, Preliminär, Brott_ID, Brottsnivå, Förälder_ID, Brott``
and for each area ``<namn>_<Brå-id>_Antal`` and ``<namn>_<Brå-id>_Per100000``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from lofte_engine.cell_dates import read_period
from lofte_engine.cells import CellError, clean_text, read_boolean
from lofte_engine.sources.delimited import look_at, read_rows
from lofte_engine.sources.generic import has_preliminary
from lofte_engine.sources.grid import file_kind, file_sha256, read_workbook
from lofte_engine.sources.layout import Numbered
from lofte_engine.table_check import ROW, Checked, check, reject_table
from lofte_engine.table_errors import TableError
from lofte_engine.tables import COUNTS, DataSet

HEADINGS = ("Periodetikett", "Periodnyckel", "Preliminär", "Brott_ID", "Brottsnivå", "Förälder_ID", "Brott")
_AREA = re.compile(r"(?P<name>.+)_(?P<code>\d+)_(?P<what>Antal|Per100000)", re.I)
NOTES = (
    "Månaden är den då brottet anmäldes, inte då det begicks.",
    "Kommunen är den där brottet begicks.",
    "Antalet per 100 000 är avrundat till heltal av Brå.",
    'Nivå 1–3 summerar; "därav" är delar av raden ovanför och räknas inte till summan.',
)


def looks_like(head: list[Numbered]) -> bool:
    """Whether the first rows are a table from SOL."""
    return any(set(HEADINGS) <= {clean_text(cell) for cell in cells} for _, cells in head)


def read_bra_sol(path: Path, *, known_from: dt.date | None = None) -> DataSet:
    """Read a table of reported crime from SOL.

    Parameters
    ----------
    path : Path
        CSV or Excel.
    known_from : date or None
        The day Brå released it.

    Returns
    -------
    DataSet
        Counts, one row an area and a category. `area_code` is Brå's own number with the prefix ``bra:``, since it is
        no SCB code (Luleå is 8439 here and 2580 at SCB). A "därav" row has `is_subset`.

    Raises
    ------
    TableError
        With code "wrong_layout", or "not_additive" when levels 1–3 do not add up: then a row is missing, and every
        sum made from the file would be wrong.

    Notes
    -----
    The category numbers differ between the yearly and the monthly tables (the total is 5036 and 13192).
    """
    rows = _rows(path)
    top = next((at for at, (_, cells) in enumerate(rows) if set(HEADINGS) <= set(map(clean_text, cells))), None)
    if top is None:
        raise TableError("wrong_layout", source="en tabell från Brå SOL", what="rubrikerna saknas")
    names = [clean_text(cell) for cell in rows[top][1]]
    areas = _areas(names)
    if not areas:
        raise TableError("wrong_layout", source="en tabell från Brå SOL", what="ingen kolumn med antal finns")
    records: list[dict[str, object]] = []
    asides = []
    for number, cells in rows[top + 1 :]:
        row = dict(zip(names, cells, strict=False))
        try:
            records += _records(number, row, areas)
        except (CellError, KeyError) as error:
            asides.append(reject_table([number], HEADINGS[0], [clean_text(row.get(HEADINGS[0]))], _reason(error)))
    checked = check(_table(records), COUNTS, aside=asides)
    _require_sums(checked)
    return DataSet(
        source="bra_sol",
        title="Anmälda brott",
        publisher="Brottsförebyggande rådet",
        licence="Officiell statistik, fri att använda med källa",
        attribution="Källa: Brå, anmälda brott",
        checked=checked,
        known_from=known_from,
        is_preliminary=has_preliminary(checked.table),
        input_sha256=file_sha256(path),
        notes=NOTES,
    )


def _reason(error: CellError | KeyError) -> str:
    return str(error) if isinstance(error, CellError) else "är en rad som slutar för tidigt"


def _rows(path: Path) -> list[Numbered]:
    if file_kind(path) == "workbook":
        grid = next((one for one in read_workbook(path) if not one.is_blank), None)
        return [(at, row) for at, row in enumerate(grid.rows, 1) if any(map(clean_text, row))] if grid else []
    return list(islice(read_rows(look_at(path)), 1_000_000))


def _areas(names: list[str]) -> dict[str, tuple[str, dict[str, str]]]:
    areas: dict[str, tuple[str, dict[str, str]]] = {}
    for name in names:
        if found := _AREA.fullmatch(name):
            areas.setdefault(found["code"], (found["name"], {}))[1][found["what"].lower()] = name
    return {code: told for code, told in areas.items() if "antal" in told[1]}


def _records(number: int, row: dict[str, Any], areas: dict[str, tuple[str, dict[str, str]]]) -> list[dict[str, object]]:
    period = read_period(row["Periodetikett"])
    key = read_period(row["Periodnyckel"])
    if (key.start, key.end) != (period.start, period.end):
        raise CellError("är en annan period än periodnyckeln")
    label = clean_text(row["Brott"])
    common = {
        ROW: number,
        "period_start": period.start,
        "period_end": period.end,
        "is_preliminary": bool(read_boolean(row["Preliminär"])) or period.is_preliminary,
        "category": label,
        "category_id": clean_text(row["Brott_ID"]),
        "parent_id": clean_text(row["Förälder_ID"]),
        "level": clean_text(row["Brottsnivå"]),
        "is_subset": is_subset(label, clean_text(row["Brottsnivå"])),
    }
    return [
        {
            **common,
            "area_code": f"bra:{code}",
            "area_name": name,
            "count": row.get(columns["antal"]),
            "rate_per_100k": row.get(columns.get("per100000", "")),
        }
        for code, (name, columns) in areas.items()
    ]


def is_subset(label: str, level: str) -> bool:
    """Whether a category is a "därav": counted inside another one, and beside its siblings' sum.

    Examples
    --------
    >>> is_subset("8 kap. Stöld, rån m.m., därav biltillgrepp", "4")
    True
    """
    return "därav" in label.casefold() or (level.isdigit() and int(level) >= 4)


def _table(records: list[dict[str, object]]) -> pa.Table:
    if not records:
        raise TableError("only_header")
    columns: dict[str, Any] = {}
    for name in records[0]:
        cells = [record[name] for record in records]
        plain = name in (ROW, "period_start", "period_end", "is_preliminary", "is_subset")
        columns[name] = pa.array(cells if plain else [clean_text(cell) for cell in cells])
    return pa.table(columns)


def _require_sums(checked: Checked) -> None:
    """Refuse a file where a category of level 1 or 2 is not the sum of its parts."""
    wanted: dict[tuple[object, ...], tuple[str, int]] = {}
    parts: defaultdict[tuple[object, ...], list[int | None]] = defaultdict(list)
    total: dict[tuple[object, ...], tuple[str, int]] = {}
    tops: defaultdict[tuple[object, ...], list[int | None]] = defaultdict(list)
    for row in checked.table.to_pylist():
        where = (row["area_code"], row["period_start"], row["period_end"])
        if row["count"] is not None:
            wanted[*where, row["category_id"]] = (row["category"], row["count"])
        if row["is_subset"]:
            continue
        if row["parent_id"]:
            parts[*where, row["parent_id"]].append(row["count"])
        elif row["category"].casefold().startswith("total"):
            if row["count"] is not None:
                total[where] = (row["category"], row["count"])
        else:
            tops[where].append(row["count"])
    for sums, pieces in ((wanted, parts), (total, tops)):
        for key, (label, count) in sums.items():
            many = pieces.get(key, [])
            # A file may hold only some levels, and a hidden part proves nothing.
            numbers = [one for one in many if one is not None]
            if numbers and len(numbers) == len(many) and sum(numbers) != count:
                raise TableError("not_additive", label=label, parts=sum(numbers), total=count)
