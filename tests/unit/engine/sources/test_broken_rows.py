"""Rows as people have them: each is used or told with a reason, and none is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lofte_engine.sources.generic import read_table
from lofte_engine.sources.mapping import ColumnMapping
from lofte_engine.tables import COUNTS, DataSet, Why
from odd_files import GOOD, HEAD, workbook


@pytest.mark.parametrize(
    ("extra", "reason", "why"),
    [
        ("Summa;2;", "är en summarad; den räknas inte som en egen rad", Why.TOTAL),
        ("Totalt antal:;2;", "är en summarad; den räknas inte som en egen rad", Why.TOTAL),
        ("Källa: kommunens felanmälan;;", "är en fotnot eller mellanrubrik, inte en rad i tabellen", Why.NOTE),
        (HEAD, "rubrikraden upprepas", Why.NOTE),
        ("2024-07-05;klotter;Åby;och mer", "har 4 fält, men rubrikraden har 3", Why.FAULT),
        ("2024-07-05;klotter", "saknar plats: varken koordinat, områdeskod eller kommundel", Why.FAULT),
        ("2024-02-30;klotter;Åby", "är en dag som inte finns", Why.FAULT),
        ("03/07/2024;klotter;Åby", "kan vara både 3 juli och 7 mars; säg i mappningen vilket som gäller", Why.FAULT),
        ("2025-06-02;klotter;Åby", "ligger efter i dag (2025-06-01)", Why.FAULT),
        ("2024-07-05;#SAKNAS!;Åby\0", "har ett tecken som inte går att läsa; spara filen som UTF-8", Why.FAULT),
        (";klotter;Åby", "Tidpunkt saknas", Why.FAULT),
        ("2024-07-05,klotter,Åby", "har ett annat skiljetecken än rubrikraden", Why.FAULT),
        ("2024-07-05\tklotter\tÅby", "har ett annat skiljetecken än rubrikraden", Why.FAULT),
    ],
)
def test_odd_row_is_told_and_the_others_are_used(
    read: Callable[..., DataSet], extra: str, reason: str, why: Why
) -> None:
    checked = read(GOOD + extra + "\n").checked

    assert (checked.rows_in, checked.rows_used) == (3, 2)
    reject = checked.rejects.to_pylist()[0]
    assert (reject["row"], reject["reason"], reject["why"]) == (4, reason, why.value)
    assert checked.totals.num_rows == (why is Why.TOTAL)


def test_one_damaged_letter_costs_one_row(read: Callable[..., DataSet]) -> None:
    content = GOOD.encode() + "2024-07-05;klotter;Gr\udce5dal\n".encode("utf-8", "surrogateescape")

    checked = read(content).checked

    assert checked.table["district"].to_pylist() == ["Åby", "Östermalm"]
    assert "inte går att läsa" in checked.rejects["reason"][0].as_py()


def test_open_quotation_does_not_swallow_rows(read: Callable[..., DataSet]) -> None:
    many = [f"2024-07-{day:02};klotter;Åby" for day in range(1, 31)]
    many[3] = '2024-07-04;"klotter;Åby'

    checked = read("\n".join([HEAD, *many, ""])).checked

    assert checked.rows_in == 30
    assert checked.rows_used >= 29


COORDINATES = "Datum;Typ;lat;lon\n2024-07-03;klotter;{};{}\n2024-07-04;klotter;59,37;17,03\n"


@pytest.mark.parametrize(
    ("lat", "lon", "reason"),
    [
        ("17,03", "59,37", "bytt plats"),
        ("6580000", "615000", "SWEREF 99 TM"),
        ("59,37", "", "andra halvan"),
        ("", "", "saknar plats"),
        ("N59", "17", "är inte ett tal"),
    ],
)
def test_odd_coordinate_is_told(read: Callable[..., DataSet], lat: str, lon: str, reason: str) -> None:
    checked = read(COORDINATES.format(lat, lon)).checked

    assert (checked.rows_in, checked.rows_used) == (2, 1)
    assert reason in checked.rejects["reason"][0].as_py()


def test_metres_are_read_when_the_mapping_says_so(read: Callable[..., DataSet]) -> None:
    mapping = ColumnMapping(
        "incidents",
        {"occurred_at": ("Datum",), "category": ("Typ",), "lon": ("lon",), "lat": ("lat",)},
        crs="EPSG:3006",
    )

    checked = read(
        COORDINATES.format("6 583 000", "615 500").replace("59,37;17,03", "okänd;okänd"), mapping=mapping
    ).checked

    row = checked.table.to_pylist()[0]
    assert (round(row["lon"], 2), round(row["lat"], 2)) == (17.03, 59.37)
    assert (checked.rows_in, checked.rows_rejected) == (2, 1)


def test_formula_is_told_by_its_fault(read: Callable[..., DataSet], tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Antal")
        sheet.write_row(0, 0, ["Område", "Brott", "period_start", "period_end", "Antal"])
        for at, (formula, value) in enumerate([("=1+1", 2), ("=1/0", "#DIV/0!"), ("=1+2", "")], 1):
            sheet.write_row(at, 0, ["Norr", f"typ {at}", "2024-01-01", "2024-12-31"])
            sheet.write_formula(at, 4, formula, None, value)

    path = tmp_path / "formler.xlsx"
    path.write_bytes(workbook(fill))

    data = read_table(path, COUNTS, today=None)

    assert data.table["count"].to_pylist() == [2]
    told = data.checked.rejects["reason"].to_pylist()
    assert "felvärde från Excel" in told[0]
    assert data.checked.rows_in == 3


def test_one_column_of_periods_becomes_first_and_last_day(tmp_path: Path) -> None:
    path = tmp_path / "antal.csv"
    path.write_text("Kommun;Brott;Period;Antal\nA;x;2024T1;1\nA;x;2024 prel.;..\nA;x;snart;3\n", encoding="utf-8")

    checked = read_table(path, COUNTS, today=None).checked

    rows = checked.table.to_pylist()
    assert [(str(row["period_start"]), str(row["period_end"]), row["is_preliminary"]) for row in rows] == [
        ("2024-01-01", "2024-04-30", False),
        ("2024-01-01", "2024-12-31", True),
    ]
    assert checked.rejects.to_pylist()[0]["column"] == "period_start"


def test_same_event_twice_is_told(read: Callable[..., DataSet]) -> None:
    checked = read("Id;Datum;Typ;Kommundel\n7;2024-07-03;klotter;Åby\n7;2024-07-03;klotter;Åby\n").checked

    assert checked.rejects["reason"].to_pylist() == ["samma rad står redan på rad 2"]


def test_categories_are_translated_and_unknown_ones_told(read: Callable[..., DataSet]) -> None:
    mapping = ColumnMapping(
        "incidents",
        {"occurred_at": ("Datum",), "category": ("Händelsetyp",), "district": ("Kommundel",)},
        categories={"KLOTTER": "graffiti"},
        other_categories="reject",
    )

    checked = read(GOOD, mapping=mapping).checked

    assert checked.table["category"].to_pylist() == ["graffiti"]
    assert checked.rejects["reason"].to_pylist() == ["är en kategori som inte finns i mappningen"]
