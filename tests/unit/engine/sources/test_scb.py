"""Statistics Sweden: both forms, marks, editions in codes, and figures that were moved."""

import json
from pathlib import Path
from typing import Any

import pytest

from lofte_engine.sources.scb import read_scb, total_population
from lofte_engine.table_errors import TableError


def dataset(**change: object) -> dict[str, Any]:
    def dimension(**labels: str) -> dict[str, Any]:
        return {"category": {"index": {code: at for at, code in enumerate(labels)}, "label": labels}}

    return {
        "class": "dataset",
        "label": "Folkmängd",
        "updated": "2026-02-20T07:00:00Z",
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": ["Region", "Kon", "ContentsCode", "Tid"],
        "size": [2, 2, 1, 2],
        "dimension": {
            "Region": {
                "category": {
                    "index": ["0114A0010_DeSO2025", "0114"],
                    "label": {"0114A0010_DeSO2025": "0114A0010", "0114": "Upplands Väsby"},
                }
            },
            "Kon": dimension(**{"1": "män", "1+2": "totalt"}),
            "ContentsCode": dimension(N="Folkmängd"),
            "Tid": dimension(**{"2024": "2024", "2025": "2025"}),
        },
        "value": [1, 2, 3, None, 5, 6, 7, 8],
        "status": {"3": ".."},
    } | change


def write(path: Path, told: object) -> Path:
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_json_stat_becomes_people_by_area_year_and_group(tmp_path: Path) -> None:
    data = read_scb(write(tmp_path / "scb.json", dataset()))

    first = data.table.to_pylist()[0]
    assert (first["area_code"], first["edition"], first["year"], first["group"], first["population"]) == (
        "0114A0010",
        "DeSO2025",
        2024,
        "män",
        1,
    )
    assert (data.checked.rows_used, str(data.known_from)) == (8, "2026-02-20")
    assert data.table["mark"].to_pylist()[3] == "hidden"


def test_only_totals_are_everybody(tmp_path: Path) -> None:
    table = total_population(read_scb(write(tmp_path / "scb.json", dataset())).table)

    assert table["population"].to_pylist() == [3, None, 7, 8]


def test_moved_figures_are_marked_from_2025(tmp_path: Path) -> None:
    data = read_scb(write(tmp_path / "scb.json", dataset()))

    assert data.table["is_perturbed"].to_pylist()[:2] == [False, True]
    assert data.notes


def test_sparse_values_are_read(tmp_path: Path) -> None:
    data = read_scb(write(tmp_path / "scb.json", dataset(value={"0": 4}, status={})))

    assert data.table["population"].to_pylist()[:2] == [4, None]


@pytest.mark.parametrize("change", [{"value": [1]}, {"size": [1, 1, 1, 1]}, {"class": "collection"}])
def test_table_that_contradicts_itself_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    with pytest.raises(TableError, match="Filen ser inte ut som en tabell från SCB"):
        read_scb(write(tmp_path / "scb.json", dataset(**change)))


def test_wide_csv_has_a_row_for_each_year(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes(
        '\ufeff"region","kön","Antal 2022","Antal 2023"\r\n'
        '"0114 Upplands Väsby","totalt",10,".."\r\n'
        '"Ale (Norr)","totalt",1,2\r\n'.encode()
    )

    rows = read_scb(path).table.to_pylist()

    assert [(row["area_code"], row["area_name"], row["year"], row["population"]) for row in rows] == [
        ("0114", "Upplands Väsby", 2022, 10),
        ("0114", "Upplands Väsby", 2023, None),
        (None, "Ale (Norr)", 2022, 1),
        (None, "Ale (Norr)", 2023, 2),
    ]


def test_short_row_of_a_wide_table_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("region,Antal 2022,Antal 2023\nAle,1,2\nBjuv,1\n", encoding="utf-8")

    checked = read_scb(path).checked

    assert checked.rejects["reason"].to_pylist() == ["har 2 fält, men rubrikraden har 3"]
    assert checked.rows_used == 2
