"""Cells as Swedish tables write them: what is read, and what is refused with which words."""

import datetime as dt
import math

import pytest

from lofte_engine.cell_dates import has_clock, read_date, read_moment, read_period
from lofte_engine.cells import CellError, Mark, clean_text, read_boolean, read_count, read_number
from lofte_engine.table_errors import TableError


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234", 1234),
        ("1 234", 1234),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("1\u202f234,5", 1234.5),
        ("1\u2009234", 1234),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1,234,567", 1_234_567),
        ("1'234", 1234),
        ("−7", -7),
        ("–7,5", -7.5),
        ("+3", 3),
        ("12,5 %", 12.5),
        ("1e3", 1000),
        ("1420264200.0", 1_420_264_200),
        ("-", 0),
        ("–", 0),
        (" 0 ", 0),
        (7, 7),
        (7.25, 7.25),
    ],
)
def test_number_is_read(cell: object, value: float) -> None:
    assert read_number(cell).value == value


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("", Mark.EMPTY),
        (None, Mark.EMPTY),
        (math.nan, Mark.EMPTY),
        ("..", Mark.HIDDEN),
        ("…", Mark.HIDDEN),
        ("<5", Mark.HIDDEN),
        ("färre än 5", Mark.HIDDEN),
        (".", Mark.NOT_APPLICABLE),
    ],
)
def test_mark_is_no_number(cell: object, mark: Mark) -> None:
    number = read_number(cell)

    assert (number.value, number.mark) == (None, mark)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("12 34", "är inte ett tal"),
        ("1,234,56", "är inte ett tal"),
        ("1 234 5", "är inte ett tal"),
        ("ca 40", "är inte ett tal"),
        ("1-2", "är inte ett tal"),
        ("#DIV/0!", "felvärde från Excel"),
        ("#SAKNAS!", "felvärde från Excel"),
        ("=A1+1", "formel utan sparat värde"),
        ("inf", "är inte ett tal"),
        ("1e999", "inte ett ändligt tal"),
        (math.inf, "inte ett ändligt tal"),
        (True, "ja eller nej"),
    ],
)
def test_what_is_no_number_is_refused(cell: object, reason: str) -> None:
    with pytest.raises(CellError, match=reason):
        read_number(cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1.234", "både 1 234 och 1,234"),
        ("1,234", "både 1 234 och 1,234"),
        ("2.000", "både 2 000 och 2,000"),
        ("12,5", "inte ett helt antal"),
        ("-3", "under noll"),
        ("1e300", "för stort"),
    ],
)
def test_count_is_whole_and_not_guessed(cell: object, reason: str) -> None:
    with pytest.raises(CellError, match=reason):
        read_count(cell)


@pytest.mark.parametrize(("cell", "value"), [("12 345", 12345), (12345.0, 12345), ("12,0", 12), ("1.234.567", 1234567)])
def test_count_is_read(cell: object, value: int) -> None:
    assert read_count(cell).value == value


@pytest.mark.parametrize(
    ("cell", "start", "end", "kind"),
    [
        ("2024", "2024-01-01", "2024-12-31", "year"),
        (2024.0, "2024-01-01", "2024-12-31", "year"),
        ("2017/2018", "2017-01-01", "2018-12-31", "years"),
        ("2022–2024", "2022-01-01", "2024-12-31", "years"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2024M07", "2024-07-01", "2024-07-31", "month"),
        ("202408", "2024-08-01", "2024-08-31", "month"),
        ("jul 2024", "2024-07-01", "2024-07-31", "month"),
        ("oktober 2024", "2024-10-01", "2024-10-31", "month"),
        ("2024v07", "2024-02-12", "2024-02-18", "week"),
        ("2024-W07", "2024-02-12", "2024-02-18", "week"),
        ("v. 1 2021", "2021-01-04", "2021-01-10", "week"),
        ("2020v53", "2020-12-28", "2021-01-03", "week"),
        ("2024K4", "2024-10-01", "2024-12-31", "quarter"),
        ("kvartal 1 2024", "2024-01-01", "2024-03-31", "quarter"),
        ("2024T2", "2024-05-01", "2024-08-31", "tertial"),
        ("tertial 3 2024", "2024-09-01", "2024-12-31", "tertial"),
        ("2024-07-03", "2024-07-03", "2024-07-03", "day"),
        (dt.datetime(2024, 7, 3, 12), "2024-07-03", "2024-07-03", "day"),  # noqa: DTZ001
    ],
)
def test_period_is_read(cell: object, start: str, end: str, kind: str) -> None:
    period = read_period(cell)

    assert (period.start.isoformat(), period.end.isoformat(), period.kind) == (start, end, kind)
    assert not period.is_preliminary


@pytest.mark.parametrize("cell", ["2026 prel., Aug", "2025 prel.", "2024 (prel.)", "2024*", "2024 preliminär"])
def test_preliminary_period_says_so(cell: str) -> None:
    assert read_period(cell).is_preliminary


@pytest.mark.parametrize("cell", ["2024v54", "2024-13", "2024K5", "2024T4", "2024/2023", "0", "igår", ""])
def test_period_that_does_not_exist_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        read_period(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-07-13",
        "20240713",
        "13/7 2024",
        "13 juli 2024",
        "den 13:e juli 2024",
        "13.07.2024",
        "07/13/2024",
        "2024/7/13",
    ],
)
def test_day_is_read(cell: str) -> None:
    assert read_date(cell) == dt.date(2024, 7, 13)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2024-02-30", "dag som inte finns"),
        ("03/07/2024", "både 3 juli och 7 mars"),
        ("240713", "sex siffror"),
        ("x", "inget datum"),
    ],
)
def test_day_is_refused(cell: str, reason: str) -> None:
    with pytest.raises(CellError, match=reason):
        read_date(cell)


def test_order_of_day_and_month_decides() -> None:
    assert read_date("03/07/2024", order="dmy") == dt.date(2024, 7, 3)
    assert read_date("03/07/2024", order="mdy") == dt.date(2024, 3, 7)


@pytest.mark.parametrize(
    ("cell", "local"),
    [
        ("2024-07-03 14:30", "2024-07-03 14:30:00"),
        ("2024-07-03T14:30:11Z", "2024-07-03 16:30:11"),
        ("2024-01-03 14:30 +01:00", "2024-01-03 14:30:00"),
        ("2026-08-22 9:48:12 +02:00", "2026-08-22 09:48:12"),
        ("3/7 2024 kl. 14.30", "2024-07-03 14:30:00"),
        ("2024-07-03 24:00", "2024-07-04 00:00:00"),
        ("2024-07-03", "2024-07-03 00:00:00"),
    ],
)
def test_moment_is_local_clock_time(cell: str, local: str) -> None:
    assert str(read_moment(cell)) == local


def test_moment_from_bare_numbers() -> None:
    assert str(read_moment("1420264200", zone="America/Chicago", unit="epoch_seconds")) == "2015-01-02 23:50:00"
    assert str(read_moment(1420264200000, unit="epoch_milliseconds")) == "2015-01-03 06:50:00"
    assert str(read_moment(45292.5, unit="excel")) == "2024-01-01 12:00:00"


@pytest.mark.parametrize("unit", ["epoch_seconds", "epoch_milliseconds", "excel"])
@pytest.mark.parametrize("cell", ["i går", "1e30", "nan", "inf", "-1e30"])
def test_bare_number_that_is_no_moment_is_refused(cell: str, unit: str) -> None:
    with pytest.raises(CellError):
        read_moment(cell, unit=unit)


def test_unknown_time_zone_is_told() -> None:
    with pytest.raises(TableError, match="Europe/Stockholm"):
        read_moment("2024-07-03T14:30:11Z", zone="Europa/Sverige")


def test_clock_is_told_apart_from_a_bare_day() -> None:
    assert has_clock("2024-07-03 14:30")
    assert not has_clock("2024-07-03")
    assert not has_clock(dt.date(2024, 7, 3))


def test_text_is_composed_and_trimmed() -> None:
    assert clean_text("\ufeff Malmo\u0308\u00a0\n stad\u200b ") == "Malmö stad"
    assert clean_text("KlÃ¤dstÃ¶ld") == "Klädstöld"
    assert clean_text("Ângström Ã") == "Ângström Ã"


def test_yes_and_no() -> None:
    assert [read_boolean(cell) for cell in ("J", "nej", "X", True, "", None)] == [True, False, True, True, None, None]
    with pytest.raises(CellError, match="varken ja eller nej"):
        read_boolean("kanske")
