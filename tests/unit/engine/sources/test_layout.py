"""Headings: below titles, in two rows, without known words; and files that are tables already."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lofte_engine.sources.generic import headings_of, read_table
from lofte_engine.sources.layout import aside, find_layout
from lofte_engine.sources.mapping import ColumnMapping
from lofte_engine.table_errors import TableError
from lofte_engine.tables import INCIDENTS


def test_two_rows_of_headings_are_joined() -> None:
    rows = [
        (1, ["Anmälda brott", "", "", "", ""]),
        (2, ["", "2023", "", "2024", ""]),
        (3, ["Region", "Antal", "Per 100 000", "Antal", "Per 100 000"]),
        (4, ["Åby", 3, 1.5, 4, 2]),
    ]

    layout = find_layout(rows)

    assert layout.names == ("Region", "2023 Antal", "2023 Per 100 000", "2024 Antal", "2024 Per 100 000")
    assert (layout.top, layout.header) == (2, 3)


def test_headings_without_known_words_are_found_by_their_shape() -> None:
    rows = [(1, ["Uttag ur systemet", ""]), (3, ["Färg", "2023"]), (4, ["röd", 5])]

    assert find_layout(rows).names == ("Färg", "2023")


def test_nameless_and_doubled_headings_get_names() -> None:
    assert find_layout([(1, ["a", "", "a", ""]), (2, [1, 2, 3, 4])]).names == ("a", "kolumn 2", "a (2)")


def test_row_of_headings_may_be_said() -> None:
    rows = [(1, ["Datum", "Typ"]), (2, ["Dag", "Slag"]), (3, ["2024-01-01", "x"])]

    assert find_layout(rows, header=2).names == ("Dag", "Slag")
    with pytest.raises(TableError):
        find_layout(rows, header=9)


def test_total_is_a_category_where_the_source_says_so() -> None:
    layout = find_layout([(1, ["Brott", "Antal"]), (2, ["Totalt", 5])])

    assert aside(["Totalt", 5], layout) is not None
    assert aside(["Totalt", 5], layout, with_totals=False) is None


def test_parquet_is_read_through_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    when = [dt.datetime(2024, 1, day, tzinfo=dt.UTC) for day in (1, 2)] + [None]
    pq.write_table(pa.table({"när": when, "vad": ["a", "b", "c"], "var": ["Åby"] * 3, "text": ["hemligt"] * 3}), path)
    mapping = ColumnMapping("incidents", {"occurred_at": ("när",), "category": ("vad",), "district": ("var",)})

    checked = read_table(path, INCIDENTS, mapping=mapping, today=dt.date(2025, 1, 1)).checked

    assert headings_of(path) == ("när", "vad", "var", "text")
    assert checked.table["occurred_at"][0].as_py().hour == 1
    assert (checked.rows_in, checked.rejects["row"].to_pylist()) == (3, [3])
    assert "text" not in checked.table.column_names
