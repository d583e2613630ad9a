"""Brå's workbook for the lägesbild, drawn in its layout: sheets, titles, pairs, marks, merged years."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from lofte_engine.sources.bra_indicators import read_bra_indicators
from lofte_engine.sources.recognise import recognise
from lofte_engine.table_errors import TableError

REGIONS = ["Exempelköpings kommun", "Exempellän", "Hela riket"]
RELEASED = dt.date(2025, 4, 3)


def crime_sheet(book: Any, name: str, rows: list[list[object]], *, merged: bool = True) -> None:
    sheet = book.add_worksheet(name)
    sheet.merge_range(0, 0, 0, 4, f"{name.split(' ', 1)[1]}. Antal anmälda brott och antal per 100 000 invånare")
    sheet.write_row(2, 0, ["Region", "Antal", "Antal per 100 000", "Antal", "Antal per 100 000"])
    if merged:
        sheet.merge_range(1, 1, 1, 2, "2023")
        sheet.merge_range(1, 3, 1, 4, "2024 prel.")
    else:
        sheet.write_row(1, 1, ["2023", "", "2024 prel.", ""])
    for at, row in enumerate(rows, 3):
        sheet.write_row(at, 0, row)
    sheet.write(len(rows) + 4, 0, "Källa: Brå. .. betyder att uppgiften inte visas.")


@pytest.fixture(params=[True, False], ids=["merged", "blank"])
def workbook(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "Exempelköping.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("1 Innehåll").write_column(
            0, 0, ["Indikatorer för kommuners lägesbild", "Blad 2 Skadegörelse"]
        )
        crime_sheet(
            book,
            "2 Skadegörelsebrott",
            [
                [REGIONS[0], 512, "1 423,5", "1\u00a0498", 1466],
                [REGIONS[1], 4100, 1401.2, 4090, 1399],
                [REGIONS[2], "190 112", 1805, 188000, 1780],
            ],
            merged=request.param,
        )
        crime_sheet(
            book,
            "11 Personrån mot unga",
            [[REGIONS[0], "..", "..", "-", "-"], [REGIONS[1], 12, 4.1, 9, 3], [REGIONS[2], 1500, 14.2, "1 400", 13]],
            merged=request.param,
        )
        ntu = book.add_worksheet("Misshandel-NTU")
        ntu.write(0, 0, "Utsatthet för misshandel. Andel i procent")
        ntu.write_row(1, 0, ["Region", "2017/2018", "2019/2020", "2021/2022"])
        ntu.write_row(2, 0, [REGIONS[0], "3,4", "..", 2.9])
        ntu.write_row(3, 0, [REGIONS[1], 3.1, 2.8, 2.7])
        ntu.write_row(4, 0, [REGIONS[2], 3.5, 3.4, 3.0])
    return path


def test_workbook_is_recognised_by_its_layout(workbook: Path) -> None:
    assert recognise(workbook) == "bra_indicators"


def test_counts_stand_with_rate_year_and_region(workbook: Path) -> None:
    counts = read_bra_indicators(workbook, known_from=RELEASED).counts

    assert counts is not None
    assert (counts.checked.rows_used, counts.known_from, counts.is_preliminary) == (12, RELEASED, True)
    first, second = counts.table.slice(0, 2).to_pylist()
    assert first["area_name"] == REGIONS[0]
    assert first["category"] == "Skadegörelsebrott"
    assert (first["period_start"], first["period_end"]) == (dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    assert (first["count"], first["rate_per_100k"], first["is_preliminary"]) == (512, 1423.5, False)
    assert (second["count"], second["rate_per_100k"], second["is_preliminary"]) == (1498, 1466.0, True)


def test_hidden_is_no_number_and_dash_is_zero(workbook: Path) -> None:
    counts = read_bra_indicators(workbook).counts

    assert counts is not None
    robbery = [row for row in counts.table.to_pylist() if row["category"] == "Personrån mot unga"][:2]
    assert [(row["count"], row["mark"], row["rate_per_100k"]) for row in robbery] == [
        (None, "hidden", None),
        (0, None, 0.0),
    ]


def test_footnote_is_told_and_not_counted(workbook: Path) -> None:
    counts = read_bra_indicators(workbook).counts

    assert counts is not None
    assert counts.checked.rows_rejected == 2
    assert counts.checked.rejects["reason"].to_pylist() == ["är en fotnot, inte en rad i tabellen"] * 2
    assert counts.checked.rejects["value"][0].as_py().startswith("2 Skadegörelsebrott: Källa: Brå")


def test_shares_keep_their_two_years(workbook: Path) -> None:
    shares = read_bra_indicators(workbook).shares

    assert shares is not None
    assert shares.checked.rows_used == 9
    first, second = shares.table.slice(0, 2).to_pylist()
    assert (first["indicator_id"], first["value"]) == ("NTU Misshandel", 3.4)
    assert (first["period_start"].year, first["period_end"].year) == (2017, 2018)
    assert (second["value"], second["mark"]) == (None, "hidden")
    assert any("aldrig en period som ett år" in note for note in shares.notes)


def test_sheets_without_a_table_are_named(workbook: Path) -> None:
    assert read_bra_indicators(workbook).unread_sheets == ("1 Innehåll",)


def test_year_and_measure_may_stand_in_one_heading(tmp_path: Path) -> None:
    path = tmp_path / "one.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("3 Narkotikabrott")
        sheet.write(0, 0, "Narkotikabrott")
        sheet.write_row(
            1, 0, ["Region", "Antal 2023", "Antal per 100 000 2023", "Antal 2024", "Antal per 100 000 2024"]
        )
        sheet.write_row(2, 0, [REGIONS[0], 10, 28.1, 12, 33.4])

    counts = read_bra_indicators(path).counts

    assert counts is not None
    rows = counts.table.to_pylist()
    assert [(row["period_start"].year, row["count"], row["rate_per_100k"]) for row in rows] == [
        (2023, 10, 28.1),
        (2024, 12, 33.4),
    ]


def test_other_workbook_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Blad1").write_row(0, 0, ["Datum", "Typ"])

    with pytest.raises(TableError, match="Filen ser inte ut som Brås Indikatorer för kommuners lägesbild"):
        read_bra_indicators(path)
