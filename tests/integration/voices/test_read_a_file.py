"""Voices from a file somebody else made: the worker looks at it, tries every row, and reads it in once."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lofte.core import jobs
from lofte.core.models import Job
from lofte.imports.models import ColumnMapping, Upload
from lofte.voices import imports
from lofte.voices.models import Contribution, Dialogue, ParticipantCount
from people import Cast, signed_in

WHERE = {"kommun": "tuna", "cycle": "2026", "key": "trygg"}
FILE = "/arbete/tuna/dialoger/2026/trygg/fil/"
HEADINGS = ["Var", "När", "Svar", "Känsla", "Ålder", "Kön", "Datum"]
ROW = ["Centrum", "På kvällen", "Det är mörkt.", "Ganska otrygg", "19", "Kvinna", "2026-09-01"]


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(people: Cast, open_dialogue: Dialogue) -> Any:
    return signed_in(people.coordinator)


def workbook(*rows: list[Any]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("Svar")
    for number, row in enumerate([HEADINGS, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def csv(*rows: list[str], encoding: str = "utf-8") -> bytes:
    return "\n".join(";".join(row) for row in [HEADINGS, *rows]).encode(encoding)


def give(desk: Any, content: bytes, name: str = "svar.xlsx") -> str:
    """Hand a file over and let the worker look at it: where its page is."""
    answer = desk.post(FILE, {"file": SimpleUploadedFile(name, content), "channel": "meeting"})
    work()
    return str(answer.headers["Location"])


def work() -> None:
    """Let the worker do what waits."""
    for job in Job.objects.filter(state=Job.State.WAITING).order_by("pk"):
        jobs.run.call(str(job.key))


def tried(desk: Any, where: str, **changed: str) -> str:
    """The page after every row has been tried."""
    desk.post(where, chosen(**changed))
    work()
    return str(desk.get(where).text)


def read_in(desk: Any, where: str, **changed: str) -> str:
    tried(desk, where, **changed)
    desk.post(where, chosen(**changed) | {"spara": "1"})
    work()
    return str(desk.get(where).text)


def chosen(**changed: str) -> dict[str, str]:
    columns = dict(zip(("area", "time_band", "text", "feeling", "age", "sex", "on"), HEADINGS, strict=True))
    return columns | {"category": ""} | changed


@pytest.mark.parametrize(
    "content", [workbook(ROW), csv(ROW), csv(ROW, encoding="cp1252"), csv(ROW, encoding="utf-8-sig")]
)
def test_file_is_tried_first_and_saved_when_asked(desk: Any, content: bytes) -> None:
    where = give(desk, content)

    assert "1 av 1 rader går att använda." in tried(desk, where)
    assert not Contribution.objects.exists()

    desk.post(where, chosen() | {"spara": "1"})
    work()
    voice = Contribution.objects.get()
    assert (voice.text, voice.time_band, voice.feeling) == ("Det är mörkt.", "evening", "unsafe")
    assert (voice.channel, voice.month) == ("meeting", dt.date(2026, 9, 1))
    assert voice.area is not None
    assert voice.area.key == "centrum"
    cell = ParticipantCount.objects.get(count=1)
    assert (cell.age, cell.sex) == ("18-24", "woman")


def test_columns_are_guessed_by_what_they_are_often_called(desk: Any) -> None:
    page = desk.get(give(desk, workbook(ROW))).text

    for heading in HEADINGS:
        assert f'<option value="{heading}" selected>' in page


def test_each_bad_row_has_its_sentence_and_never_its_words(desk: Any) -> None:
    bad = ["Atlantis", "Snart", "Anna Svensson bor där", "Sådär", "ung", "vet ej", "2030-01-01"]
    where = give(desk, workbook(ROW, bad, ["", "", "", "", "", "", ""]))

    page = tried(desk, where)

    assert "1 av 2 rader går att använda." in page
    assert page.count("Ordet känns inte igen.") == 4
    assert "Skriv åldern med siffror" in page
    assert "Skriv ett datum som har varit" in page
    assert "Anna Svensson" not in page


def test_same_file_twice_is_read_once(desk: Any) -> None:
    content = workbook(ROW)  # made once: a workbook holds the second it was made
    for _each in range(2):
        where = give(desk, content)
        read_in(desk, where)

    assert Contribution.objects.count() == 1
    assert Upload.objects.count() == 1
    assert "Filen är inläst. 1 av 1 rader blev svar." in desk.get(where).text


def test_half_saved_file_is_completed_without_doubles(desk: Any) -> None:
    where = give(desk, workbook(ROW, ROW))
    read_in(desk, where)
    Contribution.objects.all()[0].delete()
    Upload.objects.update(state=Upload.State.TRIED, committed_at=None)
    Job.objects.filter(kind=imports.READ).update(state=Job.State.WAITING)

    work()

    assert Upload.objects.get().result == {"new": 1, "unchanged": 1, "dialogue": "trygg"}
    assert Contribution.objects.count() == 2


def test_other_columns_than_those_tried_are_tried_first(desk: Any) -> None:
    where = give(desk, workbook(ROW))
    tried(desk, where)

    desk.post(where, chosen(sex="") | {"spara": "1"})
    work()

    assert not Contribution.objects.exists()
    assert "sex" not in Upload.objects.get().mapping


def test_page_shows_how_far_it_is_and_a_stop_saves_nothing(desk: Any) -> None:
    where = give(desk, workbook(ROW, ROW))
    tried(desk, where)
    desk.post(where, chosen() | {"spara": "1"})
    Job.objects.filter(state=Job.State.WAITING).update(steps_done=1, steps_total=2)
    waiting = desk.get(where)

    stopped = desk.post(f"{where}avbryt/", follow=True)
    work()

    assert '<progress max="2" value="1"' in waiting.text
    assert "Läsningen avbryts. Inget från filen sparas." in stopped.text
    assert "Läsningen är avbruten." in desk.get(where).text
    assert not Contribution.objects.exists()


def test_job_begun_again_after_it_was_done_changes_nothing(desk: Any) -> None:
    where = give(desk, workbook(ROW))
    read_in(desk, where)
    Job.objects.filter(kind=imports.READ).update(state=Job.State.WAITING)

    work()

    assert Contribution.objects.count() == ParticipantCount.objects.get(count__gt=0).count == 1


def test_choice_of_columns_is_remembered(desk: Any) -> None:
    where = give(desk, workbook(ROW))
    read_in(desk, where, text="Var", area="")

    assert ColumnMapping.objects.get(kind="voices").columns["text"] == "Var"


def test_formula_cell_is_read_as_harmless_text(desk: Any) -> None:
    where = give(desk, csv(["Centrum", "", '=HYPERLINK("x")', "", "", "", ""]), "svar.csv")
    read_in(desk, where)

    assert Contribution.objects.get().text.startswith("=HYPERLINK")


@pytest.mark.parametrize("mostly", ["utf-8", "cp1252"])
def test_lines_in_two_encodings_are_each_read_as_what_they_are(desk: Any, mostly: str) -> None:
    other = "cp1252" if mostly == "utf-8" else "utf-8"
    rows = [["Centrum", "", f"Här är mörkt, å så kallt {number}.", "", "", "", ""] for number in range(10)]
    lines = [";".join(row).encode(mostly if number else other) for number, row in enumerate(rows)]
    where = give(desk, b"\n".join([";".join(HEADINGS).encode(mostly), *lines]), "svar.csv")

    read_in(desk, where, time_band="", feeling="", age="", sex="", on="")

    assert sorted(Contribution.objects.values_list("text", flat=True)) == sorted(row[2] for row in rows)


def test_script_in_a_file_is_only_text(desk: Any) -> None:
    row = ["Centrum", "", "<script>alert(1)</script>", "", "", "", ""]
    where = give(desk, csv(row), "svar.csv")
    read_in(desk, where)

    page = desk.get(reverse("voices_staff:queue", kwargs=WHERE)).text

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "dokument"),
        (bytes(range(1, 9)) * 200, "inte en tabell"),
        (b"Svar\n", "ingen tabell"),
        (b"PK\x03\x04skadad", "skadad"),
    ],
)
def test_file_that_cannot_be_used_is_one_sentence(desk: Any, content: bytes, sentence: str) -> None:
    page = desk.get(give(desk, content)).text

    assert sentence in page
    assert "Vilken kolumn är vilken?" not in page


def test_empty_file_is_refused_at_once(desk: Any) -> None:
    page = desk.post(FILE, {"file": SimpleUploadedFile("svar.csv", b""), "channel": "meeting"})

    assert page.status_code == 422
    assert "Filen är tom." in page.text
    assert not Upload.objects.exists()


def test_file_that_unpacks_to_something_huge_is_refused(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lofte.voices.spreadsheet.MOST_UNPACKED", 10_000_000)

    assert "för stor när den packas upp" in desk.get(give(desk, bomb())).text


def test_too_large_file_is_refused_before_it_is_read(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lofte.imports.kinds.ImportKind.most_bytes", 10)

    page = desk.post(FILE, {"file": SimpleUploadedFile("svar.xlsx", workbook(ROW)), "channel": "meeting"})

    assert "större än 20 MB" in page.text


def test_file_without_the_chosen_column_is_met_with_a_sentence(desk: Any) -> None:
    where = give(desk, workbook(ROW))

    page = desk.post(where, chosen(text=""))

    assert page.status_code == 422
    assert "Välj svaret med egna ord." in page.text


@pytest.mark.slow
def test_hundred_thousand_rows_are_all_read(desk: Any) -> None:
    rows = [[*ROW[:2], f"Svar nummer {number}.", *ROW[3:]] for number in range(100_000)]

    page = read_in(desk, give(desk, csv(*rows), "svar.csv"))

    assert "100 000 av 100 000 rader blev svar." in " ".join(page.split())
    assert Contribution.objects.count() == ParticipantCount.objects.get(count__gt=0).count == 100_000
