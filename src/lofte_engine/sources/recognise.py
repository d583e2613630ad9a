"""Which reader fits a file."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from lofte_engine.cells import clean_text
from lofte_engine.sources import bra_indicators, bra_sol, kolada, polisen, scb
from lofte_engine.sources.delimited import look_at, read_rows
from lofte_engine.sources.faults import read_json
from lofte_engine.sources.generic import headings_of, numbered
from lofte_engine.sources.grid import file_kind, read_workbook
from lofte_engine.sources.layout import LOOKED_AT, Numbered, normal_heading
from lofte_engine.sources.mapping import known_headings
from lofte_engine.table_columns import Contract
from lofte_engine.table_errors import TableError
from lofte_engine.tables import INCIDENTS, POPULATION, SURVEY_ANSWERS, SURVEY_RESPONSES


def recognise(path: Path) -> str:
    """Name the reader that fits a file, told by its content and never by its name.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        "bra_indicators", "bra_sol", "kolada", "scb", "polisen", "areas", "incidents", "survey", "population", or
        "generic" when a person must say what the columns mean.

    Raises
    ------
    TableError
        When the file is no table at all: "empty", "encrypted", "document", "web_page", "damaged", "binary".
    """
    kind = file_kind(path)
    if kind == "json":
        return _of_json(path)
    if kind == "parquet":
        names = set(headings_of(path))
        if {"datetime", "type", "location_name", "gps"} <= names:
            return "polisen"
        if "geometry" in names:
            return "areas"
        return _of_headings({normal_heading(name) for name in names})
    if kind == "workbook":
        grids = read_workbook(path)
        if bra_indicators.looks_like(grids):
            return "bra_indicators"
        return _of_rows([row for grid in grids if not grid.is_hidden for row in islice(numbered(grid), LOOKED_AT)])
    return _of_rows(list(islice(read_rows(look_at(path)), LOOKED_AT)))


def _of_json(path: Path) -> str:
    told = read_json(path)
    if polisen.looks_like(told):
        return "polisen"
    if kolada.looks_like(told):
        return "kolada"
    if scb.looks_like_json(told):
        return "scb"
    if isinstance(told, dict) and told.get("type") in ("FeatureCollection", "Feature"):
        return "areas"
    raise TableError("not_recognised")


def _of_rows(rows: list[Numbered]) -> str:
    if bra_sol.looks_like(rows):
        return "bra_sol"
    if scb.looks_like_csv(rows):
        return "scb"
    best = "generic"
    for _, cells in rows:
        found = {normal_heading(cell) for cell in cells if clean_text(cell)}
        if {"kpi", "year", "municipality id", "value"} <= found:
            return "kolada"
        if best == "generic":
            best = _of_headings(found)
    return best


def _of_headings(found: set[str]) -> str:
    def has(contract: Contract, *columns: str) -> bool:
        return all(found & set(known_headings(contract, column)) for column in columns)

    if has(SURVEY_RESPONSES, "response_id", "question_id", "weight"):
        return "survey"
    if has(SURVEY_ANSWERS, "survey", "question_id", "answer", "share"):
        return "survey"
    placed = has(INCIDENTS, "lon", "lat") or has(INCIDENTS, "area_code") or has(INCIDENTS, "district")
    if has(INCIDENTS, "occurred_at", "category") and placed:
        return "incidents"
    if has(POPULATION, "year", "population") and (has(POPULATION, "area_code") or has(POPULATION, "area_name")):
        return "population"
    return "generic"
