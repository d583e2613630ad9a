"""Any cell and any text file: a value, a mark or a reason, and every row accounted for."""

import csv
import datetime as dt
import io
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lofte_engine.cell_dates import read_date, read_moment, read_period
from lofte_engine.cells import CellError, clean_text, read_boolean, read_count, read_number
from lofte_engine.sources import generic
from lofte_engine.sources.delimited import look_at, read_rows
from lofte_engine.sources.recognise import recognise
from lofte_engine.table_check import Checked
from lofte_engine.table_errors import TableError
from lofte_engine.tables import INCIDENTS, POPULATION, check

pytestmark = pytest.mark.slow
# The first example pays for imports.
patient = settings(deadline=None)

anything = st.one_of(
    st.text(),
    st.text(alphabet="0123456789 .,-−–%\u00a0\u202f'<+eE/:vVtTkK#=prel", max_size=14),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.dates(),
)
spaces = st.sampled_from(["\u00a0", "\u202f", "\u2009", " ", ""])


@patient
@given(anything)
def test_any_cell_is_read_or_refused_in_words(cell: object) -> None:
    for reader in (read_number, read_count, read_boolean, read_date, read_moment, read_period):
        with suppress(CellError):
            reader(cell)
    assert clean_text(clean_text(cell)) == clean_text(cell)


@patient
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False), spaces, st.sampled_from("-−–"))
def test_number_written_in_swedish_is_read_back(number: object, space: str, minus: str) -> None:
    written = f"{number:,.3f}".replace(",", space).replace(".", ",").replace("-", minus)

    assert read_number(written).value == float(str(number))


@patient
@given(st.integers(0, 10**15), spaces)
def test_count_written_in_swedish_is_read_back(count: int, space: str) -> None:
    assert read_count(f"{count:,}".replace(",", space)).value == count


@patient
@given(st.dates(dt.date(1501, 1, 1), dt.date(2199, 12, 31)))
def test_day_and_its_periods_hold_each_other(day: dt.date) -> None:
    year, week, _ = day.isocalendar()

    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day}/{day.month} {day.year}") == day
    for text in (f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y}T{(day.month + 3) // 4}", f"{day:%Y}K{(day.month + 2) // 3}"):
        assert read_period(text).start <= day <= read_period(text).end
    week_period = read_period(f"{year}v{week:02}")
    assert week_period.start <= day <= week_period.end


@patient
@given(st.lists(st.fixed_dictionaries({"area_code": st.text(max_size=3), "year": anything, "population": anything})))
def test_every_row_is_used_or_rejected(rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    checked = check(rows, POPULATION)

    assert checked.rows_in == len(rows)
    assert sorted([*checked.rows.tolist(), *checked.rejects["row"].to_pylist()]) == list(range(2, len(rows) + 2))


def written(content: bytes) -> Path:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(content)
    return Path(file.name)


@patient
@given(st.one_of(st.binary(max_size=400), st.text(alphabet='aÅ1;,\t\n\r"0-.= \0', max_size=120).map(str.encode)))
@example(b'Datum;Typ;Omr\xe5de\n"2024-01-01;x;y\n2024-01-02;x;y\n')
def test_any_file_is_read_or_refused_in_words(content: bytes) -> None:
    path = written(content)
    with suppress(TableError):
        recognise(path)
    with suppress(TableError):
        rows = sorted([*(checked := read(path)).rows.tolist(), *checked.rejects["row"].to_pylist()])
        assert len(rows) == len(set(rows)) == checked.rows_in
    path.unlink()


cells = st.text(alphabet='abcÅäö12.,;" \n-', max_size=6)


encodings = st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
first_cells = st.sampled_from(["2024-01-02", "2024-13-01", "", "Summa", "Datum", "x"])


@patient
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(";,\t"), encodings)
def test_what_is_written_is_read(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([["Kolumn ett", "Kolumn två", "Kolumn tre"], *rows])
    path = written(text.getvalue().encode(encoding))
    try:
        found = look_at(path)
        if found.delimiter == delimiter:
            assert [row for _, row in read_rows(found, width=3)][1:] == [
                row for row in rows if any(cell.strip() for cell in row)
            ]
    finally:
        path.unlink()


@patient
@given(st.lists(st.tuples(first_cells, cells, cells), min_size=1, max_size=12))
def test_quick_reading_equals_slow_reading(rows: list[tuple[str, str, str]]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([["Datum", "Typ", "Kommundel"], ["2024-01-01", "a", "b"], *rows])
    path = written(text.getvalue().encode())
    smallest = generic.SMALLEST
    try:
        slow = read(path)
        generic.SMALLEST = 1
        quick = read(path)
        assert quick.table.equals(slow.table)
        assert quick.rejects.sort_by([("row", "ascending")]).to_pylist() == slow.rejects.to_pylist()
    finally:
        generic.SMALLEST = smallest
        path.unlink()


def read(path: Path) -> Checked:
    return generic.read_table(path, INCIDENTS, today=dt.date(2025, 1, 1)).checked
