"""Crime codes: valid when, and in which local group."""

import datetime as dt
from pathlib import Path

import pytest

from lofte_engine.crime_codes import (
    EFFORT_DRIVEN,
    NATIONAL_GROUPS,
    CrimeCode,
    CrimeCodes,
    read_crime_codes,
    suggest_group,
    write_crime_codes,
)
from lofte_engine.table_errors import TableError

NEW_YEAR = dt.date(2020, 1, 1)
OLD = CrimeCode("0607", "Gammal", dt.date(2000, 1, 1), dt.date(2019, 12, 31), "sexual")
NEW = CrimeCode("9357", "Ny", NEW_YEAR, None, "sexual")
MISSING_CHILD = CrimeCode("9013", "Försvunnet barn", dt.date(2000, 1, 1), None, "worry", is_crime=False)


def test_code_means_what_it_meant_on_the_day() -> None:
    codes = CrimeCodes((NEW, OLD, MISSING_CHILD))

    assert codes.at("607", dt.date(2019, 12, 31)) == OLD
    assert codes.at("0607", NEW_YEAR) is None
    assert codes.group_of("9357", NEW_YEAR) == "sexual"
    assert codes.group_of("9013", NEW_YEAR) == ""
    assert codes.breaks("sexual", dt.date(2019, 1, 1), dt.date(2021, 1, 1)) == (NEW_YEAR,)


@pytest.mark.parametrize(
    "codes",
    [(OLD, OLD), (CrimeCode("93", "kort", NEW_YEAR),), (CrimeCode("0607", "x", NEW_YEAR, dt.date(2019, 1, 1)),)],
)
def test_list_that_contradicts_itself_is_refused(codes: tuple[CrimeCode, ...]) -> None:
    with pytest.raises(TableError, match="en lista med brottskoder"):
        CrimeCodes(codes)


def test_list_is_written_and_read_again(tmp_path: Path) -> None:
    write_crime_codes((OLD, NEW, MISSING_CHILD), tmp_path / "codes.csv")

    assert read_crime_codes(tmp_path / "codes.csv").codes == (OLD, NEW, MISSING_CHILD)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("code;label\n1;a\n", "Filen saknar valid_from"),
        ("code;label;valid_from\n0301;a;snart\n", "rad 2 är inget datum"),
    ],
)
def test_broken_list_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "codes.csv").write_text(text, encoding="utf-8")

    with pytest.raises(TableError, match=reason):
        read_crime_codes(tmp_path / "codes.csv")


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("Klotter på skola", "graffiti"),
        ("Skadegörelse", "damage"),
        ("Brott mot person, 3 kap. Brott mot liv och hälsa, därav misshandel inkl. grov", "violence"),
        ("8 kap. Stöld, rån m.m.", "theft"),
        ("8 kap. Stöld, rån m.m., därav rån, inkl. grovt", "violence"),
        ("Brott mot specialstraffrättsliga författningar, Brott mot trafikbrottslagen", "traffic"),
        ("Ringde och undrade", ""),
    ],
)
def test_group_is_suggested_by_the_last_step(label: str, group: str) -> None:
    assert suggest_group(label) == group


def test_effort_driven_groups_are_groups() -> None:
    assert set(NATIONAL_GROUPS) >= EFFORT_DRIVEN
    assert CrimeCode("5005", "Innehav", NEW_YEAR, None, "drugs").is_effort_driven
