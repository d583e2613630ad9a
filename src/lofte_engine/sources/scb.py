"""Statistics Sweden: population from PxWeb, as json-stat2 or as the exported CSV with a column a year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from pathlib import Path
from typing import Any

import pyarrow as pa

from lofte_engine.cells import clean_text
from lofte_engine.sources.delimited import look_at, read_rows
from lofte_engine.sources.faults import layout_of, read_json
from lofte_engine.sources.grid import file_kind, file_sha256
from lofte_engine.sources.layout import Numbered, normal_heading
from lofte_engine.table_check import ROW, check, reject_table
from lofte_engine.table_columns import Contract
from lofte_engine.table_errors import TableError
from lofte_engine.tables import INDICATORS, POPULATION, DataSet

FIRST_PERTURBED_YEAR = 2025
_WIDE = re.compile(r"(?P<what>.+?) (?P<year>(?:19|20)\d\d)")
_VERSIONED = re.compile(r"(?P<code>\d{4}[ABCR]\d{3,4})_(?P<kind>DeSO|RegSO)(?P<year>\d{4})")
_TOTAL = {"totalt", "total", "samtliga"}
PERTURBED = "Från 2025 flyttar SCB varje antal med ett litet heltal: delar behöver inte bli summan."


def area_code(text: str) -> tuple[str, str | None]:
    """A region code without its edition, and the edition.

    Parameters
    ----------
    text : str
        Such as ``0114A0010_DeSO2025``; to 2023 the codes are plain.

    Returns
    -------
    code : str
    edition : str or None
        Such as "DeSO2025"; a plain DeSO code is of "DeSO2018" and a plain RegSO code of "RegSO2020".

    Examples
    --------
    >>> area_code("0114A0010_DeSO2025"), area_code("0114A0010"), area_code("0180")
    (('0114A0010', 'DeSO2025'), ('0114A0010', 'DeSO2018'), ('0180', None))
    """
    if found := _VERSIONED.fullmatch(text):
        return found["code"], found["kind"] + found["year"]
    if re.fullmatch(r"\d{4}[ABC]\d{4}", text):
        return text, "DeSO2018"
    return text, "RegSO2020" if re.fullmatch(r"\d{4}R\d{3}", text) else None


def looks_like_json(told: object) -> bool:
    """Whether JSON is a json-stat2 table."""
    return (
        isinstance(told, dict) and told.get("class") == "dataset" and {"id", "size", "dimension", "value"} <= set(told)
    )


def looks_like_csv(head: Sequence[Numbered]) -> bool:
    """Whether the first row is "region" and columns that end with years."""
    if not head:
        return False
    names = [clean_text(cell) for cell in head[0][1]]
    return normal_heading(names[0]) == "region" and any(_WIDE.fullmatch(name) for name in names)


def read_scb(path: Path, *, known_from: dt.date | None = None) -> DataSet:
    """Read a table of Statistics Sweden.

    Parameters
    ----------
    path : Path
        json-stat2 (the answer of PxWebApi 2) or CSV as exported.
    known_from : date or None
        The day it was released; json-stat2 says so itself.

    Returns
    -------
    DataSet
        Of the contract `POPULATION` when the table counts people, otherwise of `INDICATORS`.

    Raises
    ------
    TableError
        With code "wrong_layout" or "bad_json".

    Notes
    -----
    A population has one row a region, year and group; the group is the other columns' words joined by `` · ``, and
    "totalt" where all of them are totals: use `total_population`, never the sum over groups. Regions of different
    kinds stand in one table (kommun, DeSO, RegSO): never sum over regions without choosing an edition.
    """
    if file_kind(path) == "json":
        told = read_json(path)
        if not looks_like_json(told):
            raise TableError("wrong_layout", source="en tabell från SCB", what="det är inte json-stat2")
        with layout_of("en tabell från SCB"):
            return _from_json_stat(told, known_from, file_sha256(path))
    return _from_wide_csv(path, known_from)


def total_population(table: pa.Table) -> pa.Table:
    """The rows that count everybody.

    Parameters
    ----------
    table : pyarrow.Table
        Of the contract `POPULATION`.

    Returns
    -------
    pyarrow.Table
        Rows whose group is null or "totalt".
    """
    if "group" not in table.column_names:
        return table
    return table.filter(pa.array([group is None or group == "totalt" for group in table["group"].to_pylist()]))


def _from_json_stat(told: Mapping[str, Any], known_from: dt.date | None, sha256: str) -> DataSet:
    names, sizes = list(told["id"]), list(told["size"])
    codes = [_codes(told["dimension"][name]) for name in names]
    if [len(one) for one in codes] != sizes:
        raise TableError("wrong_layout", source="en tabell från SCB", what="dimensionerna stämmer inte med storleken")
    roles = told.get("role", {})
    time = (roles.get("time") or [name for name in names if name.casefold() in ("tid", "år")])[0]
    region = next((name for name in names if name.casefold() == "region"), (roles.get("geo") or [None])[0])
    contents = (roles.get("metric") or [None])[0]
    if region is None:
        raise TableError("wrong_layout", source="en tabell från SCB", what="regionen saknas")
    values = _values(told, sizes)
    status = told.get("status") or {}
    labels = {name: told["dimension"][name]["category"].get("label", {}) for name in names}
    records = []
    for at, key in enumerate(product(*codes)):
        cell = dict(zip(names, key, strict=True))
        value = values[at]
        mark = status.get(str(at)) if isinstance(status, dict) else status[at]
        code, edition = area_code(cell[region])
        groups = [labels[name].get(cell[name], cell[name]) for name in names if name not in (region, time, contents)]
        records.append({
            ROW: at + 1,
            "area_code": code,
            "area_name": labels[region].get(cell[region]),
            "edition": edition,
            "year": cell[time],
            "group": _group(groups),
            "what": labels[contents].get(cell[contents], cell[contents]) if contents else told.get("label", ""),
            "cell": (str(mark or "..") if value is None else repr(value)),
        })  # fmt: skip
    updated = str(told.get("updated", ""))[:10]
    when = known_from or (dt.date.fromisoformat(updated) if re.fullmatch(r"\d{4}-\d\d-\d\d", updated) else None)
    return _data_set(records, str(told.get("label", "")), when, sha256, [])


def _values(told: Mapping[str, Any], sizes: list[int]) -> list[Any]:
    many = 1
    for size in sizes:
        many *= size
    values = told["value"]
    if isinstance(values, dict):
        return [values.get(str(at)) for at in range(many)]
    if len(values) != many:
        raise TableError(
            "wrong_layout", source="en tabell från SCB", what=f"{len(values)} värden finns, men {many} väntades"
        )
    return list(values)


def _codes(dimension: Mapping[str, Any]) -> list[str]:
    index = dimension["category"].get("index")
    if isinstance(index, dict):
        return sorted(index, key=lambda code: int(index[code]))
    return list(index) if index else list(dimension["category"]["label"])


def _from_wide_csv(path: Path, known_from: dt.date | None) -> DataSet:
    rows = read_rows(look_at(path))
    head = list(islice(rows, 1))
    if not looks_like_csv(head):
        raise TableError("wrong_layout", source="en tabell från SCB", what='kolumnen "region" eller åren saknas')
    names = [clean_text(cell) for cell in head[0][1]]
    wide = {at: found for at, name in enumerate(names) if (found := _WIDE.fullmatch(name))}
    other = [at for at in range(len(names)) if at not in wide and at != 0]
    records: list[dict[str, Any]] = []
    asides = []
    for number, cells in rows:
        if len(cells) != len(names):
            text = clean_text(cells[0])
            asides.append(
                reject_table([number], "region", [text], f"har {len(cells)} fält, men rubrikraden har {len(names)}")
            )
            continue
        records += _wide_records(number, cells, wide, other)
    return _data_set(records, path.stem, known_from, file_sha256(path), asides)


def _wide_records(
    number: int, cells: Sequence[object], wide: Mapping[int, re.Match[str]], other: Sequence[int]
) -> Iterator[dict[str, Any]]:
    text = clean_text(cells[0])
    # PxWeb writes a code before the name where it has one: "0180 Stockholm".
    found = re.fullmatch(r"(\d{2}|\d{4}|\d{4}[ABCR]\d{3,4}(?:_\w+)?) (.+)", text)
    code, edition = area_code(found[1]) if found else area_code(text)
    is_code = found is not None or edition is not None
    group = _group([clean_text(cells[at]) for at in other])
    for at, heading in wide.items():
        yield {
            ROW: number,
            "area_code": code if is_code else None,
            "area_name": found[2] if found else None if is_code else text,
            "edition": edition,
            "year": heading["year"],
            "group": group,
            "what": heading["what"],
            "cell": cells[at],
        }


def _group(words: list[str]) -> str | None:
    if not words:
        return None
    return "totalt" if all(word.casefold() in _TOTAL for word in words) else " · ".join(word or "-" for word in words)


def _data_set(
    records: list[dict[str, Any]], title: str, known_from: dt.date | None, sha256: str, asides: list[pa.Table]
) -> DataSet:
    if not records:
        raise TableError("only_header")
    people = all(record["what"].casefold().startswith(("antal", "folkmängd", "befolkning")) for record in records)
    contract: Contract = POPULATION if people else INDICATORS
    columns: dict[str, list[Any]] = {
        name: [record[name] for record in records] for name in (ROW, "area_code", "area_name", "group")
    }
    cells = [record["cell"] for record in records]
    years = [record["year"] for record in records]
    perturbed = [str(year)[:4].isdigit() and int(str(year)[:4]) >= FIRST_PERTURBED_YEAR for year in years]
    if people:
        columns |= {"year": years, "population": cells, "edition": [record["edition"] for record in records]}
        columns["is_perturbed"] = perturbed
    else:
        whole = [int(year) if re.fullmatch(r"\d{4}", str(year)) else None for year in years]
        columns |= {
            "indicator_id": [record["what"] for record in records],
            "value": cells,
            "period_start": [dt.date(year, 1, 1) if year else None for year in whole],
            "period_end": [dt.date(year, 12, 31) if year else None for year in whole],
        }
    typed = {ROW: pa.int64(), "is_perturbed": pa.bool_(), "period_start": pa.date32(), "period_end": pa.date32()}
    table = pa.table({name: pa.array(many, typed.get(name, pa.string())) for name, many in columns.items()})
    return DataSet(
        source="scb",
        title=title,
        publisher="Statistiska centralbyrån",
        licence="CC0",
        attribution="Källa: SCB",
        checked=check(table, contract, aside=asides),
        known_from=known_from,
        input_sha256=sha256,
        notes=(PERTURBED,) if people and any(perturbed) else (),
    )
