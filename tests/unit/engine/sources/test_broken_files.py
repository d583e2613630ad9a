"""Files as people have them: each is read right, or refused with words that say what to do; and no row is lost."""

import datetime as dt
import gzip
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from lofte_engine.sources.generic import read_table
from lofte_engine.sources.grid import file_sha256
from lofte_engine.sources.incidents import report_intensity
from lofte_engine.sources.mapping import ColumnMapping
from lofte_engine.sources.recognise import recognise
from lofte_engine.table_errors import MappingError, TableError
from lofte_engine.tables import INCIDENTS, DataSet
from odd_files import GOOD, HEAD, ONE, TODAY, TWO, sheet_of, workbook


def word_document() -> bytes:
    data = BytesIO()
    docx.Document().save(data)
    return data.getvalue()


def zipped(name: str) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, "x")
    return data.getvalue()


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">200I", *range(200))


def far_away(book: Any) -> None:
    book.add_worksheet("Händelser").write_row(0, 0, HEAD.split(";"))
    book.get_worksheet_by_name("Händelser").write(1_048_575, 16_383, "x")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n\r\n", "empty", id="only blanks"),
        pytest.param(HEAD, "only_header", id="only headings"),
        pytest.param("bara lite text\noch mer text\n", "no_table", id="prose"),
        pytest.param(b"%PDF-1.7\n...", "document", id="pdf"),
        pytest.param(word_document(), "document", id="word"),
        pytest.param(b"{\\rtf1 hej}", "document", id="rtf"),
        pytest.param(b"<!DOCTYPE html><html><table>", "web_page", id="web page"),
        pytest.param(LOCKED, "encrypted", id="password"),
        pytest.param(sheet_of([1])[:700], "damaged", id="cut off"),
        pytest.param(zipped("bild.jpg"), "binary", id="other archive"),
        pytest.param(zipped("händelser.csv"), "packed", id="packed with zip"),
        pytest.param(gzip.compress(GOOD.encode()), "packed", id="packed with gzip"),
        pytest.param(workbook(far_away), "scattered", id="one cell in the last corner"),
        pytest.param(
            GOOD.replace("Kommundel", "Kommundel;Antal").replace("Åby", "Åby;7"),
            "several_events_a_row",
            id="added up already",
        ),
        pytest.param(zipped("xl/workbook.xml"), "damaged", id="workbook without insides"),
        pytest.param(PNG, "binary", id="picture"),
        pytest.param(b'{"a": 1}', "not_recognised", id="json"),
        pytest.param(GOOD.replace("Datum", "Färg"), "missing_columns", id="column missing"),
        pytest.param(HEAD + '\n"2024-07-03;klotter;Åby\n' + "x" * 1_200_000, "unclosed_quote", id="endless quotation"),
        pytest.param(workbook(lambda book: book.add_worksheet("Tomt")), "empty", id="empty workbook"),
    ],
)
def test_file_that_is_no_table_is_refused(read: Callable[..., DataSet], content: bytes | str, code: str) -> None:
    with pytest.raises(TableError) as refused:
        read(content)

    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def titled(book: Any) -> None:
    sheet = book.add_worksheet("Händelser")
    sheet.merge_range(0, 0, 0, 2, "Skador i Exempelköping")
    sheet.write(1, 0, "Uttag 2025-01-10")
    sheet.write_row(3, 0, HEAD.split(";"))
    sheet.write_row(4, 0, ONE.split(";"))
    sheet.write_row(5, 0, TWO.split(";"))


def merged(book: Any) -> None:
    sheet = book.add_worksheet("Händelser")
    sheet.write_row(0, 0, HEAD.split(";"))
    sheet.write_row(1, 0, ONE.split(";"))
    sheet.write_row(2, 0, TWO.split(";"))
    sheet.merge_range(1, 1, 2, 1, "klotter")


def two_rows_of_headings(book: Any) -> None:
    sheet = book.add_worksheet("Händelser")
    sheet.write_row(0, 0, ["När", "", "Vad", "Var"])
    sheet.write_row(1, 0, ["Datum", "Kl", "Händelsetyp", "Kommundel"])
    sheet.write_row(2, 0, ["2024-07-03", "14:30", "klotter", "Åby"])
    sheet.write_row(3, 0, ["2024-07-04", "02:10", "skadegörelse", "Östermalm"])


def real_dates(book: Any) -> None:
    sheet = book.add_worksheet("Händelser")
    day, clock = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "hh:mm"})
    sheet.write_row(0, 0, ["Datum", "Kl", "Händelsetyp", "Kommundel"])
    for at, (number, hour, minute) in enumerate([(3, 14, 30), (4, 2, 10)], 1):
        sheet.write_datetime(at, 0, dt.date(2024, 7, number), day)
        sheet.write_datetime(at, 1, dt.time(hour, minute), clock)
        sheet.write_row(at, 2, ["klotter", "Åby"])


def beside_other_sheets(book: Any) -> None:
    book.add_worksheet("Läs mig").write(0, 0, "Så här gör du")
    book.add_worksheet("Koder").write_row(0, 0, ["Kod", "Betydelse"])
    titled(book)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOOD, id="plain"),
        pytest.param(GOOD.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(GOOD.encode("cp1252"), id="windows-1252"),
        pytest.param(GOOD.encode("utf-16"), id="utf-16"),
        pytest.param(GOOD.encode("utf-16-le"), id="utf-16 without mark"),
        pytest.param(GOOD.encode().decode("cp1252", "replace").encode(), id="read twice"),
        pytest.param(GOOD.replace(";", ","), id="commas"),
        pytest.param(GOOD.replace(";", "\t"), id="tabs"),
        pytest.param(GOOD.replace("\n", "\r\n"), id="windows line ends"),
        pytest.param(GOOD.replace("\n", "\r"), id="old mac line ends"),
        pytest.param("sep=;\n" + GOOD, id="line for excel"),
        pytest.param(GOOD.replace("Händelsetyp", "Brott"), id="crimes"),
        pytest.param(GOOD.replace("Kommundel", "Kommundel;Antal").replace("Åby", "Åby;1"), id="one event a row"),
        pytest.param("Skador 2024;;\nUttag i går;;\n\n" + GOOD, id="titles above"),
        pytest.param(GOOD.replace("\n", "\n\n"), id="blank rows"),
        pytest.param(GOOD.replace("\n", ";;\n"), id="empty fields at the end"),
        pytest.param(GOOD.replace("klotter", '"klotter\npå vägg"'), id="line break in a cell"),
        pytest.param(GOOD.replace("Datum", "DATUM:").replace("Händelsetyp", " händelseTYP*"), id="odd headings"),
        pytest.param(GOOD.replace("2024-07-03 14:30", "3/7 2024 kl. 14.30"), id="dates as people write"),
        pytest.param(workbook(titled), id="excel, titles"),
        pytest.param(workbook(merged), id="excel, merged cells"),
        pytest.param(workbook(two_rows_of_headings), id="excel, two rows of headings"),
        pytest.param(workbook(real_dates), id="excel, day and clock"),
        pytest.param(workbook(beside_other_sheets), id="excel, one table of three sheets"),
    ],
)  # fmt: skip
def test_odd_file_is_read_right(read: Callable[..., DataSet], content: bytes | str) -> None:
    data = read(content)

    rows = data.table.to_pylist()
    assert [(row["occurred_at"].day, row["occurred_at"].hour) for row in rows] == [(3, 14), (4, 2)]
    assert rows[0]["category"].startswith("klotter")
    assert rows[0]["district"] == "Åby"
    assert data.checked.rows_rejected == 0


def test_same_file_again_is_told(read: Callable[..., DataSet], tmp_path: Path) -> None:
    read(GOOD)

    with pytest.raises(TableError, match="Samma fil är redan inläst"):
        read(GOOD, known_hashes={file_sha256(tmp_path / "fil"): "2025-05-01"})


def two_alike(book: Any) -> None:
    titled(book)
    book.add_worksheet("Händelser 2").write_row(0, 0, HEAD.split(";"))


@pytest.mark.parametrize(
    ("sheet", "content", "code"),
    [
        ("Blad9", workbook(titled), "no_sheet"),
        (None, workbook(two_alike), "several_sheets"),
    ],
)  # fmt: skip
def test_wrong_sheet_is_told(read: Callable[..., DataSet], sheet: str | None, content: bytes, code: str) -> None:
    columns = {"occurred_at": ("Datum",), "category": ("Händelsetyp",), "district": ("Kommundel",)}

    with pytest.raises(TableError) as refused:
        read(content, mapping=ColumnMapping("incidents", columns, sheet=sheet) if sheet else None)

    assert refused.value.code == code


def test_hidden_sheet_is_not_read_unasked(read: Callable[..., DataSet]) -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Framsida").write(0, 0, "Rapport")
        titled(book)
        book.get_worksheet_by_name("Händelser").hide()

    with pytest.raises(TableError):
        read(workbook(fill))


def test_headings_are_told_as_the_file_writes_them(read: Callable[..., DataSet]) -> None:
    with pytest.raises(TableError, match=r"Filen saknar Tidpunkt .* Rubrikerna i filen är: Färg, Händelsetyp, Kommun"):
        read(GOOD.replace("Datum", "Färg"))


def test_ctrl_z_at_the_end_does_not_make_a_file_unreadable(read: Callable[..., DataSet]) -> None:
    assert read(GOOD + "\x1a").checked.rows_used == 2


def test_mapping_to_other_headings_is_told(read: Callable[..., DataSet]) -> None:
    mapping = ColumnMapping("incidents", {"occurred_at": ("Dag",), "category": ("Händelsetyp",)})

    with pytest.raises(MappingError, match=r"kolumner som inte finns i filen: Dag\. Rubrikerna i filen är: Datum"):
        read(GOOD, mapping=mapping)


def test_doubled_heading_is_told_when_it_is_used(read: Callable[..., DataSet]) -> None:
    mapping = ColumnMapping("incidents", {"occurred_at": ("Datum",), "category": ("Typ",), "district": ("Plats",)})

    with pytest.raises(MappingError, match='Rubriken "Typ" står flera gånger'):
        read("Datum;Typ;Typ;Plats\n2024-07-03;a;b;Åby\n", mapping=mapping)


def test_free_text_never_enters(read: Callable[..., DataSet]) -> None:
    content = GOOD.replace("Kommundel", "Kommundel;Fritext;Diarienummer").replace("Åby", "Åby;Sven såg;0123")

    assert set(read(content).table.column_names) == {"occurred_at", "category", "district"}


def test_recognised_by_content_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "population.csv"
    path.write_text(GOOD, encoding="utf-8")

    assert recognise(path) == "incidents"


@pytest.mark.slow
def test_large_file_is_read_like_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"2024-{at % 12 + 1:02}-{at % 28 + 1:02} 10:0{at % 10};typ {at % 7};Område {at % 50}" for at in range(3000)]
    rows[10:13] = ["Summa;3;", "", "2024-02-31;x;Åby"]
    path = tmp_path / "stor.csv"
    path.write_text("Titel;;\n" + "\n".join([HEAD, *rows, "Källa: vi;;", ""]), encoding="utf-8")

    slow = read_table(path, INCIDENTS, today=TODAY).checked
    monkeypatch.setattr("lofte_engine.sources.generic.SMALLEST", 1)
    quick = read_table(path, INCIDENTS, today=TODAY).checked

    assert quick.table.equals(slow.table)
    assert quick.rejects.to_pylist() == slow.rejects.to_pylist()
    assert quick.rows.tolist() == slow.rows.tolist()
    assert quick.rows_in == 3000


def test_silent_weeks_are_shown(read: Callable[..., DataSet]) -> None:
    data = read("Datum;Typ;Kommundel;Enhet\n2024-07-01;a;Åby;Skola\n2024-07-15;a;Åby;Skola\n2024-07-09;a;Åby;Park\n")

    intensity = report_intensity(data.table).to_pylist()

    assert [(row["reporter_unit"], row["count"]) for row in intensity] == [
        ("Skola", 1), ("Skola", 0), ("Skola", 1), ("Park", 0), ("Park", 1), ("Park", 0),
    ]  # fmt: skip
    assert str(intensity[0]["week_start"]) == "2024-07-01"
