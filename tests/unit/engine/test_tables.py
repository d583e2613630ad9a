"""Contracts at the door: what is used, what is rejected, and that the two are all."""

import csv
import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from lofte_engine.table_errors import NoticesAreNotStatistics, TableError
from lofte_engine.tables import (
    CONTRACTS,
    COUNTS,
    INCIDENTS,
    INDICATORS,
    POPULATION,
    SURVEY_ANSWERS,
    DataSet,
    check,
    check_batches,
    require_countable,
    write_rejects,
)

TODAY = dt.date(2025, 6, 1)
EVENT = {"occurred_at": "2024-07-03 14:30", "category": "klotter", "lon": "17,03", "lat": "59,37"}


def reasons(rows: list[dict[str, object]]) -> list[str]:
    return check(rows, INCIDENTS, today=TODAY).rejects["reason"].to_pylist()


def test_good_row_is_used_with_its_types() -> None:
    checked = check([EVENT], INCIDENTS, today=TODAY)

    assert checked.table.to_pylist() == [
        {"occurred_at": dt.datetime(2024, 7, 3, 14, 30), "category": "klotter", "lon": 17.03, "lat": 59.37}  # noqa: DTZ001
    ]
    assert checked.rows_rejected == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"occurred_at": ""}, "Tidpunkt saknas"),
        ({"occurred_at": "2025-06-02 00:00"}, "ligger efter i dag (2025-06-01)"),
        ({"occurred_at": "1924-07-03"}, "ligger före år 1970"),
        ({"category": " "}, "Kategori saknas"),
        ({"lon": "59,37", "lat": "17,03"}, "och lat ser ut att ha bytt plats"),
        ({"lon": "", "lat": "59,37"}, "saknar den andra halvan av koordinaten"),
        ({"lon": "", "lat": ""}, "saknar plats: varken koordinat, områdeskod eller kommundel"),
        ({"lat": "6580000"}, "ser ut som meter i SWEREF 99 TM, inte grader; välj EPSG:3006 i mappningen"),
        ({"lat": "95"}, "är ingen latitud (-90 till 90 grader)"),
        ({"lon": "181"}, "är ingen longitud (-180 till 180 grader)"),
        ({"category": "klot\ufffdter"}, "har ett tecken som inte går att läsa; spara filen som UTF-8"),
        ({"reported_at": "2024-07-02"}, "är senare än reported_at"),
    ],
)
def test_bad_row_is_rejected_with_its_reason(change: dict[str, object], reason: str) -> None:
    assert reasons([EVENT | change]) == [reason]


def test_today_is_not_the_future() -> None:
    assert reasons([EVENT | {"occurred_at": "2025-06-01 23:59"}]) == []


def test_row_with_two_faults_is_one_line_that_names_both() -> None:
    assert reasons([EVENT | {"occurred_at": "snart", "lat": "norr"}]) == [
        "är inget datum som går att läsa; skriv 2024-07-03 (även: lat är inte ett tal)"
    ]


def test_rows_in_are_rows_used_and_rejected() -> None:
    rows = [EVENT | {"lat": lat} for lat in ("59,1", "x", "59,2", "", "91")]

    checked = check(rows, INCIDENTS, today=TODAY)

    assert (checked.rows_in, checked.rows_used, checked.rows_rejected) == (5, 2, 3)
    assert checked.rejects["row"].to_pylist() == [3, 5, 6]
    assert checked.rows.tolist() == [2, 4]


def test_pieces_are_judged_together() -> None:
    row = {"area_code": "0486", "year": "2023", "population": "38 230"}

    checked = check_batches([[row], [row, row | {"year": "2024"}]], POPULATION)

    assert checked.rows_used == 2
    assert checked.rejects.to_pylist() == [
        {
            "row": 3,
            "column": "area_code, year",
            "value": "0486, 2023",
            "reason": "samma rad står redan på rad 2",
            "why": "double",
        }
    ]


def test_incidents_without_number_are_no_doubles() -> None:
    assert check([EVENT, EVENT], INCIDENTS).rows_used == 2
    numbered = [EVENT | {"incident_id": number} for number in ("1", "1", "", "")]
    assert check(numbered, INCIDENTS).rows_used == 3


def test_absent_required_column_is_the_fault_of_the_file() -> None:
    with pytest.raises(TableError, match=r"Filen saknar Tidpunkt \(occurred_at\)") as refused:
        check([{"category": "klotter"}], INCIDENTS)

    assert refused.value.code == "missing_columns"


def test_hidden_count_is_kept_with_its_mark_and_an_empty_one_is_rejected() -> None:
    common = {"area_code": "0486", "period_start": "2024-01-01", "period_end": "2024-12-31"}
    rows = [common | {"category": str(at), "count": cell} for at, cell in enumerate(["7", "..", "-", "", "."])]

    checked = check(rows, COUNTS)

    assert checked.table["count"].to_pylist() == [7, None, 0, None]
    assert checked.table["mark"].to_pylist() == [None, "hidden", None, "not_applicable"]
    assert checked.rejects["reason"].to_pylist() == ["saknar antal"]


def test_interval_must_hold_its_value() -> None:
    row = {
        "survey": "T",
        "year": 2024,
        "area": "Norr",
        "question_id": "1",
        "answer": "Ja",
        "share": 40,
        "ci_low": 41,
        "ci_high": 44,
    }

    assert check([row], SURVEY_ANSWERS).rejects["reason"].to_pylist() == ["är större än share"]
    assert check([row | {"ci_low": 36}], SURVEY_ANSWERS).rows_used == 1
    assert check([row | {"ci_low": 36, "share": 140}], SURVEY_ANSWERS).rows_used == 0


def test_large_columns_are_read_like_small_ones() -> None:
    cells = ["1", "2.5", "3,5", "−4", "x", "", ".."] * 50
    rows = [{"indicator_id": str(at), "area_code": "0486", "period_start": "2024-01-01", "period_end": "2024-12-31",
             "value": cell} for at, cell in enumerate(cells)]  # fmt: skip

    together = check(rows, INDICATORS)
    one_by_one = [check([row], INDICATORS) for row in rows[:7]]

    assert together.table["value"].to_pylist()[:6] == [
        one.table["value"][0].as_py() for one in one_by_one if one.rows_used
    ]
    assert together.rejects["row"].to_pylist() == [2 + at for at, cell in enumerate(cells) if cell == "x"]


def test_typed_columns_pass_as_they_are() -> None:
    table = pa.table({
        "occurred_at": pa.array([dt.datetime(2024, 1, 2, 3)], pa.timestamp("ns")),  # noqa: DTZ001
        "category": pa.array(["klotter"]).dictionary_encode(),
        "area_code": ["0486R001"],
    })  # fmt: skip

    assert check(table, INCIDENTS, today=TODAY).rows_used == 1


def test_no_clock_times_are_warned_of() -> None:
    days = [EVENT | {"occurred_at": f"2024-07-0{day}"} for day in (1, 2)]

    assert "inga klockslag" in check(days, INCIDENTS).warnings[0]


def test_reject_file_holds_every_rejected_row(tmp_path: Path) -> None:
    checked = check([EVENT | {"lat": "=1+1"}, EVENT | {"lat": "91"}, EVENT], INCIDENTS)

    written = write_rejects(checked, tmp_path / "rejects.csv")

    with (tmp_path / "rejects.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert written == checked.rows_rejected == len(rows) == 2
    assert rows[0]["value"] == "'=1+1"
    assert rows[0]["reason"].startswith("är en formel utan sparat värde")


def test_masked_reject_file_tells_no_values(tmp_path: Path) -> None:
    write_rejects(check([EVENT | {"lat": "91"}], INCIDENTS), tmp_path / "rejects.csv", masked=True)

    assert "91" not in (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()[1]


def test_context_is_refused_in_a_count_however_it_is_cut() -> None:
    news = DataSet("polisen", "", "", "", "", check([EVENT, EVENT], INCIDENTS), is_context_only=True)
    some = news.table.select(["category"]).filter(pc.equal(news.table["category"], "klotter")).slice(0, 1)

    with pytest.raises(NoticesAreNotStatistics, match="inte statistik"):
        news.counted()
    with pytest.raises(NoticesAreNotStatistics):
        require_countable(some)


def test_every_contract_is_described(checkout: Path) -> None:
    text = (checkout / "docs/reference/table-contracts.md").read_text(encoding="utf-8")

    for contract in CONTRACTS.values():
        section = text.split(f"`{contract.name}`", 1)[1].split("\n## ", 1)[0]
        for column in contract.columns:
            assert f"`{column.name}`" in section, f"{contract.name}: {column.name}"
