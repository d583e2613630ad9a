"""Brå SOL: what adds up, what does not, and a file with a row missing."""

import datetime as dt
from pathlib import Path

import pytest

from lofte_engine.sources.bra_sol import read_bra_sol
from lofte_engine.sources.editions import known_at, revisions
from lofte_engine.table_errors import TableError

HEAD = "Periodetikett,Periodnyckel,Preliminär,Brott_ID,Brottsnivå,Förälder_ID,Brott,Byn_1_Antal,Byn_1_Per100000\n"
ROWS = [
    '"2026 prel., Aug",202608,True,1,1,,Totalt antal brott,12,40',
    '"2026 prel., Aug",202608,True,2,1,,Brott mot brottsbalken,9,30',
    '"2026 prel., Aug",202608,True,3,1,,Brott mot andra lagar,3,10',
    '"2026 prel., Aug",202608,True,4,2,2,8 kap. Stöld,9,30',
    '"2026 prel., Aug",202608,True,5,4,4,"8 kap. Stöld, därav biltillgrepp",2,.',
]


def write(path: Path, rows: list[str]) -> Path:
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_levels_add_up_and_subsets_stand_apart(tmp_path: Path) -> None:
    data = read_bra_sol(write(tmp_path / "sol.csv", ROWS))

    rows = data.table.to_pylist()
    assert [row["count"] for row in rows] == [12, 9, 3, 9, 2]
    assert [row["is_subset"] for row in rows] == [False, False, False, False, True]
    assert {row["area_code"] for row in rows} == {"bra:1"}
    assert rows[4]["rate_per_100k"] is None
    assert data.is_preliminary


@pytest.mark.parametrize(("missing", "label"), [(2, "Totalt antal brott"), (3, "")])
def test_missing_row_is_found_by_its_sum(tmp_path: Path, missing: int, label: str) -> None:
    rows = [row for at, row in enumerate(ROWS) if at != missing]
    path = write(tmp_path / "sol.csv", rows)

    if not label:
        assert read_bra_sol(path).checked.rows_used == 4  # a whole level may be absent
        return
    with pytest.raises(TableError, match=f'Delarna under "{label}" ger tillsammans 9, men filen säger 12'):
        read_bra_sol(path)


def test_period_and_its_key_must_agree(tmp_path: Path) -> None:
    data = read_bra_sol(write(tmp_path / "sol.csv", [*ROWS, ROWS[4].replace("202608", "202607")]))

    assert data.checked.rejects.to_pylist()[0]["reason"] == "är en annan period än periodnyckeln"
    assert (data.checked.rows_in, data.checked.rows_used) == (6, 5)


def test_other_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")

    with pytest.raises(TableError, match="rubrikerna saknas"):
        read_bra_sol(path)


def test_final_edition_stands_beside_the_preliminary_one(tmp_path: Path) -> None:
    final_rows = [row.replace("2026 prel., Aug", "2026, Aug").replace("True", "False") for row in ROWS]
    final_rows[3] = final_rows[3].replace(",9,30", ",9.0,30")
    final_rows[4] = final_rows[4].replace(",2,.", ",3,.")
    early = read_bra_sol(write(tmp_path / "early.csv", ROWS), known_from=dt.date(2026, 9, 15))
    final = read_bra_sol(write(tmp_path / "final.csv", final_rows), known_from=dt.date(2027, 3, 31))

    revised = revisions(early, final)

    assert [(one.column, one.before, one.after) for one in revised] == [("count", 2, 3)]
    assert not final.is_preliminary
    assert known_at([final, early], dt.date(2026, 10, 1)) is early
    assert known_at([final, early], dt.date(2027, 4, 1)) is final
    assert known_at([final, early], dt.date(2026, 9, 1)) is None
