"""Kolada: answers in JSON (v2 and v3), extracts in CSV, and NTU shares joined with their margins of error."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from lofte_engine.cells import clean_text
from lofte_engine.sources.faults import layout_of, read_json
from lofte_engine.sources.grid import file_kind
from lofte_engine.table_check import ROW, check, reject_table
from lofte_engine.table_errors import TableError
from lofte_engine.tables import INDICATORS, DataSet

COUNTRY = "0000"
_MARGIN_TITLE = re.compile(r"^Osäkerhetstal\s*[-–]\s*", re.I)
_GROUPS = {"T": "Alla", "K": "Kvinnor", "M": "Män"}
NOTES = (
    "Källan nämns bara för oförändrade värden; egna beräkningar är inte Koladas.",
    "Kolada rättar och tar bort värden utan att säga till.",
)


@dataclass(frozen=True)
class Kpi:
    """A definition of an indicator.

    Parameters
    ----------
    id, title, description : str
    municipality_type : str
        "K" kommun, "L" region, "A" both.
    publication_date : date or None
        When the next values come, for the source calendar.
    """

    id: str
    title: str
    description: str = ""
    municipality_type: str = "A"
    publication_date: dt.date | None = None

    @property
    def is_margin(self) -> bool:
        return bool(_MARGIN_TITLE.match(self.title))


def read_catalogue(path: Path) -> dict[str, Kpi]:
    """Read the catalogue of indicators, from CSV or from an answer of ``/kpi``.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict
        By id.
    """
    if file_kind(path) == "json":
        told = read_json(path)
        rows: Iterable[Mapping[str, Any]] = told.get("values", []) if isinstance(told, dict) else []
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    with layout_of("en katalog från Kolada"):
        return {row["id"]: _kpi(row) for row in rows if row.get("id")}


def safety_catalogue() -> dict[str, Kpi]:
    """Titles of the indicators about crime and safety, which an answer of ``/data`` does not carry.

    Returns
    -------
    dict
        By id: NTU, Medborgarundersökningen, their margins of error, and reported crime, from RKA's catalogue of 2026.

    Examples
    --------
    >>> safety_catalogue()["N07403"].title
    'Anmälda våldsbrott, antal/100 000 inv'
    """
    return read_catalogue(Path(__file__).with_name("data") / "kolada_safety.csv")


def margin_of(kpi: str, catalogue: Mapping[str, Kpi] | None = None) -> str | None:
    """The indicator that holds the margin of error ("Osäkerhetstal") of another one.

    Parameters
    ----------
    kpi : str
        Such as N07609 (NTU) or N00610 (Medborgarundersökningen).
    catalogue : mapping or None
        Found by title in the catalogue when there is one, otherwise by number.

    Returns
    -------
    str or None
        None when it has none.

    Notes
    -----
    By number: N07600–N07647 have their margin 48 higher, N00605–N00670 at U01605–U01670. Verified against the
    catalogue of 2026 by ``tests/reference/test_real_sources.py``.

    Examples
    --------
    >>> margin_of("N07609"), margin_of("N00614"), margin_of("N07540")
    ('N07657', 'U01614', None)
    """
    found = re.fullmatch(r"([NU])(\d{5})", kpi)
    if found is None:
        return None
    number = int(found[2])
    guess = None
    if found[1] == "N" and 7600 <= number <= 7647:
        guess = f"N{number + 48:05}"
    elif found[1] == "N" and 605 <= number <= 670:
        guess = f"U{number + 1000:05}"
    if catalogue is None or guess is None or guess not in catalogue:
        return guess if catalogue is None else None
    return guess if catalogue[guess].is_margin else None


def looks_like(told: object) -> bool:
    """Whether JSON is an answer of ``/data``."""
    values = told.get("values") if isinstance(told, dict) else None
    return (
        isinstance(values, list)
        and bool(values)
        and isinstance(values[0], dict)
        and {"kpi", "period"} <= set(values[0])
    )


def read_kolada(
    path: Path, *, catalogue: Mapping[str, Kpi] | None = None, known_from: dt.date | None = None
) -> DataSet:
    """Read a saved answer of Kolada, or an extract in CSV.

    Parameters
    ----------
    path : Path
        JSON of ``/data`` (v2 or v3), or CSV with ``kpi, year, municipality_id, gender, value, status``.
    catalogue : mapping or None
        Titles, and which indicator is the margin of which.
    known_from : date or None
        The day it was fetched.

    Returns
    -------
    DataSet

    See Also
    --------
    from_answer : What becomes of the values.
    """
    if file_kind(path) == "json":
        told = read_json(path)
        if not looks_like(told):
            raise TableError("wrong_layout", source="ett svar från Kolada", what="värdena saknas")
    else:
        told = _from_csv(path)
    with layout_of("ett svar från Kolada"):
        return from_answer(
            told, catalogue=catalogue, known_from=known_from, sha256=hashlib.sha256(path.read_bytes()).hexdigest()
        )


def from_answer(
    told: Mapping[str, Any],
    *,
    catalogue: Mapping[str, Kpi] | None = None,
    known_from: dt.date | None = None,
    sha256: str = "",
) -> DataSet:
    """Turn an answer into a data set.

    Parameters
    ----------
    told : mapping
        ``{"values": [{"kpi", "period", "municipality", "values": [{"gender", "value", "status", "isdeleted"}]}]}``.
    catalogue, known_from
        As in `read_kolada`.
    sha256 : str
        Hash of the file.

    Returns
    -------
    DataSet
        Of the contract `INDICATORS`. A margin of error stands in `margin` beside its share, with `ci_low` and
        `ci_high` as share ± margin, kept within 0–100. A margin whose share is absent is in the reject list, and so is
        a withdrawn value (``isdeleted``). A value that is null is marked: "hidden".

    Notes
    -----
    Regions and kommuner both have four digits; `area_code` is Kolada's id, and 0000 is the country: leave it out of
    rankings. NTU's kommun values are two years together, which Kolada shows under the last one; that they may not be
    read as one year is said in the notes.
    """
    cells = list(_cells(told))
    wanted = {cell["kpi"] for cell in cells}
    margins: dict[str, str] = {}
    for kpi in wanted:
        pair = margin_of(kpi, catalogue)
        if pair is not None and pair in wanted:
            margins[pair] = kpi
    asides: list[pa.Table] = []
    by_place = {
        (cell["kpi"], cell["area"], cell["year"], cell["gender"]): cell for cell in cells if not cell["deleted"]
    }
    records = []
    for cell in cells:
        where = (cell["area"], cell["year"], cell["gender"])
        if cell["deleted"]:
            asides.append(
                reject_table([cell["row"]], "isdeleted", [cell["kpi"]], "är ett värde som Kolada har tagit bort")
            )
        elif cell["kpi"] in margins:
            # A margin beside its share is a cell of that row; alone it is a row that cannot be used.
            if (margins[cell["kpi"]], *where) not in by_place:
                asides.append(reject_table([cell["row"]], "kpi", [cell["kpi"]], "är ett osäkerhetstal utan värde"))
        else:
            margin = by_place.get((margin_of(cell["kpi"], catalogue) or "", *where))
            records.append(_record(cell, margin, catalogue))
    if not cells:
        raise TableError("empty")
    names = tuple(records[0]) if records else (ROW, "indicator_id", "period_start", "period_end", "value")
    table = pa.table({name: _column(name, [record[name] for record in records]) for name in names})
    checked = check(table, INDICATORS, aside=asides)
    has_survey = any(record["margin"] is not None for record in records)
    more = ("NTU:s värden för en kommun är två år sammanslagna: visa dem aldrig som ett år.",) if has_survey else ()
    return DataSet(
        source="kolada",
        title="Kolada",
        publisher="Rådet för främjande av kommunala analyser (RKA)",
        licence="Fri att använda med källa",
        attribution="Källa: Kolada",
        checked=checked,
        known_from=known_from,
        input_sha256=sha256,
        notes=NOTES + more,
    )


def _cells(told: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    row = 0
    for value in told.get("values", []):
        for cell in value.get("values", []) if isinstance(value, dict) else []:
            row += 1
            yield {
                "row": row,
                "kpi": clean_text(value.get("kpi")),
                "area": clean_text(value.get("municipality", value.get("ou"))),
                "name": clean_text(value.get("municipality_name")),
                "year": clean_text(value.get("period")),
                "gender": clean_text(cell.get("gender")) or "T",
                "value": cell.get("value"),
                "status": clean_text(cell.get("status")),
                "deleted": bool(cell.get("isdeleted")),
            }


def _record(
    cell: Mapping[str, Any], margin: Mapping[str, Any] | None, catalogue: Mapping[str, Kpi] | None
) -> dict[str, Any]:
    value, wide = _number(cell["value"]), _number(margin["value"]) if margin else None
    about = (catalogue or {}).get(cell["kpi"])
    bounded = value is not None and wide is not None
    year = cell["year"] if re.fullmatch(r"\d{4}", cell["year"]) else None
    return {
        ROW: cell["row"],
        "indicator_id": cell["kpi"],
        "title": about.title if about else None,
        "area_code": cell["area"] or None,
        "area_name": cell["name"] or None,
        "period_start": dt.date(int(year), 1, 1) if year else None,
        "period_end": dt.date(int(year), 12, 31) if year else None,
        "group": _GROUPS.get(cell["gender"], cell["gender"]),
        "value": ".." if value is None else repr(value) if isinstance(value, float) else str(value),
        "margin": wide,
        "ci_low": max(0.0, value - wide) if bounded and value is not None and wide is not None else None,
        "ci_high": min(100.0, value + wide) if bounded and value is not None and wide is not None else None,
    }


def _number(value: object) -> float | None:
    if isinstance(value, bool) or value is None or value == "":
        return None
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(str(value))
    except ValueError:
        return None


def _column(name: str, cells: Sequence[object]) -> Any:
    kinds = {ROW: pa.int64(), "period_start": pa.date32(), "period_end": pa.date32()}
    kinds |= {"margin": pa.float64(), "ci_low": pa.float64(), "ci_high": pa.float64()}
    return pa.array(cells, kinds.get(name, pa.string()))


def _kpi(row: Mapping[str, Any]) -> Kpi:
    date = str(row.get("publication_date") or "")
    return Kpi(
        row["id"],
        clean_text(row.get("title")),
        clean_text(row.get("description")),
        str(row.get("municipality_type") or "A"),
        dt.date.fromisoformat(date) if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else None,
    )


def _from_csv(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"kpi", "year", "municipality_id", "value"} <= set(reader.fieldnames or ()):
            raise TableError(
                "wrong_layout", source="ett utdrag ur Kolada", what="kpi, year, municipality_id eller value saknas"
            )
        return {
            "values": [
                {
                    "kpi": row["kpi"],
                    "period": row["year"],
                    "municipality": row["municipality_id"],
                    "municipality_name": row.get("municipality"),
                    "values": [{key: row.get(key) for key in ("gender", "value", "status")}],
                }
                for row in reader
            ]
        }
