"""Forty files broken in the ways files are: read right or refused in plain Swedish, and no row is lost."""

from __future__ import annotations

import datetime as dt
import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from data_files import EAST, HEAD, WEST, bra_workbook, kolada_reply
from factories import kommun
from lofte.evidence import reading
from lofte.evidence.imports import Statistics
from lofte.evidence.whereabouts import Whereabouts
from lofte.imports import actions as uploads
from lofte.imports.kinds import FileUnreadable
from lofte.places.models import Area, Municipality

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 9, 10)
ONE, TWO = "2026-03-01;klotter;Norr", "2026-03-02;klotter;Söder"
GOOD = f"{HEAD}\n{ONE}\n{TWO}\n"
POINTS = "Datum;Typ;lat;lon\n2026-03-01;klotter;59,38;16,67\n"
Content = bytes | str


@pytest.fixture
def municipality(db: None) -> Municipality:
    made = kommun().municipality
    for key, name, ring in (("norr", "Norr", WEST), ("soder", "Söder", EAST)):
        Area.objects.create(
            municipality=made, key=key, name=name, kind="district", geometry={"type": "Polygon", "coordinates": ring}
        )
    return made


@pytest.fixture
def read(municipality: Municipality, tmp_path: Path) -> Callable[..., reading.Found]:
    def given(content: Content, mapping: str = "") -> reading.Found:
        path = tmp_path / "fil"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return reading.read(path, Whereabouts(municipality), mapping=mapping, today=TODAY)

    return given


def workbook(fill: Callable[[Any], None]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        fill(book)
    return kept.getvalue()


def rows(book: Any, *lines: str, name: str = "Händelser", start: int = 0) -> Any:
    sheet = book.add_worksheet(name)
    for at, line in enumerate(lines, start):
        sheet.write_row(at, 0, line.split(";"))
    return sheet


def merged(book: Any) -> None:
    rows(book, HEAD, ONE, TWO).merge_range(1, 1, 2, 1, "klotter")


def with_title(book: Any) -> None:
    rows(book, HEAD, ONE, TWO, start=3).merge_range(0, 0, 0, 2, "Skador i Tuna")


def two_headings(book: Any) -> None:
    rows(book, "När;Vad;Var", HEAD, ONE, TWO)


def beside_codes(book: Any) -> None:
    rows(book, "Läs mig", name="Läs mig")
    rows(book, "Kod;Betydelse", "1;klotter", name="Koder")
    rows(book, HEAD, ONE, TWO)


def formulas(book: Any) -> None:
    sheet = rows(book, HEAD, ONE, TWO)
    sheet.write_formula(3, 0, "=1/0", None, "#DIV/0!")
    sheet.write_row(3, 1, ["klotter", "Norr"])


# Read right, with (rows in the file, rows used).
ODD: dict[str, tuple[Content, int, int]] = {
    "plain": (GOOD, 2, 2),
    "byte order mark": (GOOD.encode("utf-8-sig"), 2, 2),
    "windows-1252": (GOOD.encode("cp1252"), 2, 2),
    "utf-16": (GOOD.encode("utf-16"), 2, 2),
    "utf-8 read as windows-1252": (GOOD.encode().decode("cp1252").encode(), 2, 2),
    "commas": (GOOD.replace(";", ","), 2, 2),
    "tabs": (GOOD.replace(";", "\t"), 2, 2),
    "old line ends": (GOOD.replace("\n", "\r"), 2, 2),
    "blank rows": (GOOD.replace("\n", "\n;;\n"), 2, 2),
    "titles above": (f"Skador;;\nUttag i går;;\n\n{GOOD}", 2, 2),
    "line for excel": (f"sep=;\n{GOOD}", 2, 2),
    "merged cells": (workbook(merged), 2, 2),
    "title and merged cells": (workbook(with_title), 2, 2),
    "two rows of headings": (workbook(two_headings), 2, 2),
    "other sheets": (workbook(beside_codes), 2, 2),
    "formula that fails": (workbook(formulas), 3, 2),
    "sum last": (f"{GOOD}Summa;2;\n", 3, 2),
    "another delimiter on a row": (f"{GOOD}2026-03-03,klotter,Norr\n", 3, 2),
    "ctrl-z last": (f"{GOOD}\x1a", 3, 2),
    "footnote": (f"{GOOD}Källa: felanmälan;;\n", 3, 2),
    "heading again": (f"{GOOD}{HEAD}\n", 3, 2),
    "future day": (f"{GOOD}2027-01-01;klotter;Norr\n", 3, 2),
    "day that never was": (f"{GOOD}2026-02-30;klotter;Norr\n", 3, 2),
    "day of two meanings": (f"{GOOD}03/07/2026;klotter;Norr\n", 3, 2),
    "no day": (f"{GOOD};klotter;Norr\n", 3, 2),
    "no place": (f"{GOOD}2026-03-03;klotter;\n", 3, 2),
    "place of another kommun": (f"{GOOD}2026-03-03;klotter;Kiruna\n", 3, 2),
    "one cell too many": (f"{GOOD}2026-03-03;klotter;Norr;mer\n", 3, 2),
    "byte that is no letter": (GOOD.encode() + b"2026-03-03;klotter;Nor\xce\n", 3, 2),
    "swapped coordinates": (f"{POINTS}2026-03-02;klotter;16,67;59,38\n", 2, 1),
    "metres as degrees": (f"{POINTS}2026-03-02;klotter;6585000;595000\n", 2, 1),
    "half a coordinate": (f"{POINTS}2026-03-02;klotter;59,38;\n", 2, 1),
    "point at sea": (f"{POINTS}2026-03-02;klotter;58,0;19,9\n", 2, 1),
    "only impossible rows": (f"{HEAD}\ni går;klotter;Norr\n", 1, 0),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_file_is_read_and_no_row_is_lost(read: Callable[..., reading.Found], name: str) -> None:
    content, rows_in, used = ODD[name]

    found = read(content)

    assert (found.report.rows_in, found.report.rows_used) == (rows_in, used)
    assert sum(one.count or 0 for table in found.tables for one in table.kept) == used
    assert len(found.report.problems) == rows_in - used


REFUSED: dict[str, tuple[Content, str]] = {
    "empty": (b"", "Filen är tom."),
    "only headings": (f"{HEAD}\n", "Filen har rubriker men inga rader."),
    "prose": ("bara lite text\noch mer text\n", "Ingen tabell hittades"),
    "pdf": (b"%PDF-1.7\n...", "Filen är ett dokument"),
    "web page": (b"<!DOCTYPE html><html><table>", "Filen är en webbsida"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "Filen är inte en tabell."),
    "cut off workbook": (bra_workbook()[:900], "Filen är skadad"),
    "packed": (gzip.compress(GOOD.encode()), "Filen är packad (gzip). Packa upp den"),
    "one cell in the last corner": (
        workbook(lambda book: rows(book, HEAD, ONE, TWO).write(1_048_575, 16_383, "x")),
        "celler ända bort i XFD1048576",
    ),
    "added up already": (f"{HEAD};Antal\n2026-03-01;klotter;Norr;7\n", "en rad kan stå för flera händelser"),
    "other json": (b'{"a": 1}', "Filen känns inte igen."),
    "broken json": (kolada_reply()[:80], "Filen är inte giltig JSON"),
    "endless quotation": (f'{HEAD}\n"2026-03-01;klotter;Norr\n' + "x" * 1_200_000, "stängs aldrig"),
    "two sheets alike": (
        workbook(lambda book: (rows(book, HEAD, ONE), rows(book, HEAD, TWO, name="Händelser 2"))),
        "Flera blad i filen ser ut som tabeller",
    ),
    "all points swapped": ("Datum;Typ;lat;lon\n" + "2026-03-01;klotter;16,67;59,38\n" * 9, "bytt plats"),
    "all points elsewhere": ("Datum;Typ;lat;lon\n" + "2026-03-01;klotter;55,6;13,0\n" * 9, "Är det rätt kommun"),
    "another kommun's workbook": (bra_workbook("Grannby kommun"), "Den gäller Grannby kommun"),
    "another kommun's answer": (kolada_reply("9002"), "Ingen rad i filen gäller Tuna kommun."),
    "free text for category": (
        f"{HEAD}\n" + "".join(f"2026-03-01;Ruta {n} hos grannen;Norr\n" for n in range(200)),
        "Fritext läses aldrig in.",
    ),
}


def why_not(read: Callable[..., reading.Found], content: Content) -> set[str]:
    """Why nothing of a file was used: one sentence for all of it, or one a row."""
    try:
        found = read(content)
    except FileUnreadable as refusal:
        return {str(refusal)}
    return {"used"} if found.report.rows_used else {problem.reason for problem in found.report.problems}


@pytest.mark.parametrize("name", REFUSED)
def test_impossible_file_is_refused_with_a_sentence(read: Callable[..., reading.Found], name: str) -> None:
    content, sentence = REFUSED[name]

    (told,) = why_not(read, content)

    assert sentence in told


def test_there_are_at_least_forty_of_them() -> None:
    assert len(ODD) + len(REFUSED) >= 40


def test_very_large_file_is_refused_before_it_is_read(
    municipality: Municipality, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(Statistics, "most_bytes", 1024 * 1024)
    content = io.BytesIO(b"x" * (1024 * 1024 + 1))

    with pytest.raises(FileUnreadable, match=r"större än 1 MB. Dela den, till exempel per år."):
        uploads.receive(
            municipality=municipality, kind="statistics", name="stor.csv", content=content, by=None,
            now=dt.datetime(2026, 9, 10, tzinfo=dt.UTC),
        )  # fmt: skip


def test_metres_are_read_when_a_person_says_so(read: Callable[..., reading.Found]) -> None:
    mapping = (
        '{"format": "lofte-mapping/1", "contract": "incidents", "crs": "EPSG:3006", "columns":'
        ' {"occurred_at": "Datum", "category": "Typ", "lat": "N", "lon": "E"}}'
    )

    found = read("Datum;Typ;N;E\n2026-03-01;klotter;6 585 000;595 000\n", mapping)

    assert [one.where.place for one in found.tables[0].kept] == ["Norr"]
