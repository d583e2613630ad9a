"""Files of known sources with something wrong inside: read, or refused with our own words; never a stack trace."""

import copy
import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lofte_engine.errors import LofteEngineError
from lofte_engine.places import read_areas
from lofte_engine.sources.bra_indicators import read_bra_indicators
from lofte_engine.sources.generic import read_table
from lofte_engine.sources.kolada import read_kolada
from lofte_engine.sources.polisen import read_notices
from lofte_engine.sources.recognise import recognise
from lofte_engine.sources.scb import read_scb
from lofte_engine.tables import INCIDENTS

pytestmark = pytest.mark.slow
# The folder is one for all examples: each writes the same file anew.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Reader = Callable[[Path], object]

read_any: Reader = partial(read_table, contract=INCIDENTS, today=None)
notices: Reader = partial(read_notices, today=None)

KOLADA = {
    "values": [{"kpi": "N07609", "municipality": "0486", "period": 2024, "values": [{"gender": "T", "value": 3.5}]}],
    "count": 1,
}
NOTICES = [
    {"id": 1, "datetime": "2026-08-22 9:48:12 +02:00", "type": "Brand", "location": {"name": "X", "gps": "55,13"}}
]
SCB = {
    "class": "dataset",
    "id": ["Region", "Tid"],
    "size": [1, 2],
    "role": {"time": ["Tid"]},
    "dimension": {
        "Region": {"category": {"index": {"0180": 0}, "label": {"0180": "Stockholm"}}},
        "Tid": {"category": {"index": ["2023", "2024"], "label": {"2023": "2023", "2024": "2024"}}},
    },
    "value": [1, 2],
}
TRIANGLE = [[0, 0], [1, 0], [1, 1], [0, 0]]
AREAS = {
    "type": "FeatureCollection",
    "features": [{"properties": {"kod": "a"}, "geometry": {"type": "Polygon", "coordinates": [TRIANGLE]}}],
    "crs": {"type": "name", "properties": {"name": "EPSG:4326"}},
}
JUNK = st.sampled_from([None, 1, "", [], {}, "x", [None], {"a": 1}, -1, 1.5, True, "2024", [[]]])


def places_in(told: Any) -> list[tuple[Any, Any]]:
    inner = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    return [place for key, value in inner for place in [(told, key), *places_in(value)]]


@pytest.mark.parametrize(
    ("told", "reader"), [(KOLADA, read_kolada), (NOTICES, notices), (SCB, read_scb), (AREAS, read_areas)],
    ids=["kolada", "polisen", "scb", "areas"],
)  # fmt: skip
@patient
@given(choice=st.data())
def test_json_with_something_wrong_inside(tmp_path: Path, told: Any, reader: Reader, choice: st.DataObject) -> None:
    broken = copy.deepcopy(told)
    for _ in range(choice.draw(st.integers(1, 3))):
        where = places_in(broken)
        if where:
            holder, key = where[choice.draw(st.integers(0, len(where) - 1))]
            holder[key] = copy.deepcopy(choice.draw(JUNK))
    path = tmp_path / "fil"
    path.write_text(json.dumps(broken), encoding="utf-8")

    for read in (recognise, reader):
        with suppress(LofteEngineError):
            read(path)


def workbook() -> bytes:
    data = BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("2 Skada")
        sheet.merge_range(0, 0, 0, 3, "Titel")
        sheet.write_row(1, 0, ["Region", "2023", "", "2024"])
        sheet.write_row(2, 0, ["Region", "Antal", "Antal per 100 000", "Antal"])
        sheet.write_row(3, 0, ["X", 1, 2.5, "3"])
        sheet.write_formula(4, 1, "=1/0", None, "#DIV/0!")
    return data.getvalue()


def parquet() -> bytes:
    geo = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    table = pa.table({"kod": ["a"], "geometry": [shapely.to_wkb(shapely.box(0, 0, 1, 1))]})
    data = BytesIO()
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("whole", "reader"), [(workbook(), read_bra_indicators), (parquet(), read_areas)], ids=["workbook", "parquet"]
)
@patient
@given(choice=st.data())
def test_file_with_wrong_bytes(tmp_path: Path, whole: bytes, reader: Reader, choice: st.DataObject) -> None:
    data = bytearray(whole[: choice.draw(st.sampled_from([len(whole), len(whole), len(whole) // 2, 50]))])
    for _ in range(choice.draw(st.integers(1, 5))):
        data[choice.draw(st.integers(0, len(data) - 1))] = choice.draw(st.integers(0, 255))
    path = tmp_path / "fil"
    path.write_bytes(data)

    for read in (recognise, reader, read_any):
        with suppress(LofteEngineError):
            read(path)
