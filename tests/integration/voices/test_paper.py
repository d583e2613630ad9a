"""Voices from paper, the street and files: one register, and each knows how it came."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import TODAY
from lofte.core.models import Event
from lofte.imports.models import ColumnMapping, Upload
from lofte.voices import codes, imports
from lofte.voices.models import Claim, Contribution, Dialogue, ParticipantCount
from people import Cast, signed_in

WHERE = {"kommun": "tuna", "cycle": "2026", "key": "trygg"}
ENTRY = "/arbete/tuna/dialoger/2026/trygg/skriv-in/"
FILE = "/arbete/tuna/dialoger/2026/trygg/fil/"
HEADINGS = ["Var", "När", "Svar", "Känsla", "Ålder", "Kön", "Datum"]
ROW = ["Centrum", "På kvällen", "Det är mörkt.", "Ganska otrygg", "19", "Kvinna", "2026-09-01"]


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(people: Cast, open_dialogue: Dialogue) -> Any:
    return signed_in(people.coordinator)


def typed(number: int, **given: Any) -> dict[str, Any]:
    return {
        "nonce": f"hog-{number}",
        "channel": "street",
        "on": "2026-08-20",
        "area": "centrum",
        "text": "Ja.",
        **given,
    }


# --- typing in


def test_after_each_voice_the_first_field_has_focus_and_the_pile_is_kept(desk: Any) -> None:
    page = desk.post(ENTRY, typed(1, time_band="night", category="light"), follow=True).text

    assert "1 svar är inskrivet. Skriv nästa." in page
    first = page[page.index('<select name="area"') :]
    assert "autofocus" in first[: first.index(">")]
    assert '<option value="centrum" selected>' in page
    assert '<option value="night" selected>' in page
    assert '<option value="street" selected>' in page
    assert 'value="2026-08-20"' in page
    assert '<option value="light" selected>' not in page


def test_entered_voice_keeps_how_it_came_and_only_its_month(desk: Any, people: Cast) -> None:
    desk.post(ENTRY, typed(1, age="80+", sex="man"))

    voice = Contribution.objects.get()
    assert (voice.channel, voice.month) == ("street", dt.date(2026, 8, 1))
    assert ParticipantCount.objects.get(count=1).age == "80+"
    assert Event.objects.get().verb == "voice.entered"
    assert Event.objects.get().actor == people.coordinator.key


def test_save_pressed_twice_is_one_voice(desk: Any) -> None:
    desk.post(ENTRY, typed(1))
    desk.post(ENTRY, typed(1))
    desk.post(ENTRY, typed(2))

    assert Contribution.objects.count() == 2
    assert sum(ParticipantCount.objects.values_list("count", flat=True)) == 2


def test_code_from_a_printed_form_opens_the_voice_that_was_typed_in(desk: Any, open_dialogue: Dialogue) -> None:
    code = codes.new_code()

    desk.post(ENTRY, typed(1, code=code.lower()))

    claim = Claim.objects.get()
    assert (claim.digest, claim.voice) == (codes.digest_of(code), Contribution.objects.get().key)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"code": "ABC"}, "Koden har tolv tecken"),
        ({"on": "2026-09-11"}, "Det datumet har inte varit än."),
        ({"text": ""}, "Skriv något, eller välj"),
        ({"channel": "brevduva"}, "Välj något i listan."),
    ],
)
def test_mistakes_in_typing_have_their_sentences(desk: Any, given: dict[str, str], sentence: str) -> None:
    page = desk.post(ENTRY, typed(1, **given))

    assert page.status_code == 422
    assert sentence in page.text


def test_code_that_is_used_already_is_met_with_a_sentence(desk: Any) -> None:
    code = codes.new_code()
    desk.post(ENTRY, typed(1, code=code))

    page = desk.post(ENTRY, typed(2, code=code))

    assert page.status_code == 422
    assert "Koden hör redan till ett annat svar." in page.text
    assert Contribution.objects.count() == 1


def test_paper_can_be_typed_in_after_the_dialogue_closed(desk: Any) -> None:
    Dialogue.objects.update(closes=TODAY - dt.timedelta(days=1))

    assert desk.post(ENTRY, typed(1)).status_code == 302


# --- on paper


def test_poster_and_forms_are_pdf_that_a_screen_reader_can_read(desk: Any) -> None:
    poster = desk.get(reverse("voices_staff:poster", kwargs=WHERE))
    paper = desk.get(reverse("voices_staff:paper", kwargs=WHERE), {"antal": "3"})

    first = pypdf.PdfReader(io.BytesIO(poster.content))
    assert "Vad gör dig trygg i Tuna?" in first.pages[0].extract_text()
    assert len(first.pages) == 1
    forms = pypdf.PdfReader(io.BytesIO(paper.content))
    assert len(forms.pages) == 3
    given = {line for page in forms.pages for line in page.extract_text().split() if codes.is_code(line)}
    assert len(given) == 3
    assert "Ring 112" in forms.pages[0].extract_text()


@pytest.mark.parametrize("wanted", ["0", "-1", "x", "100000"])
def test_number_of_forms_stays_within_bounds(desk: Any, wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lofte.voices.staff_views.MOST_FORMS", 2)

    paper = desk.get(reverse("voices_staff:paper", kwargs=WHERE), {"antal": wanted})

    assert len(pypdf.PdfReader(io.BytesIO(paper.content)).pages) in (1, 2)


# --- from a file


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


def give(desk: Any, content: bytes, name: str = "svar.xlsx") -> Any:
    return desk.post(FILE, {"file": SimpleUploadedFile(name, content), "channel": "meeting"})


def chosen(**changed: str) -> dict[str, str]:
    columns = dict(zip(("area", "time_band", "text", "feeling", "age", "sex", "on"), HEADINGS, strict=True))
    return columns | {"category": ""} | changed


@pytest.mark.parametrize(
    "content", [workbook(ROW), csv(ROW), csv(ROW, encoding="cp1252"), csv(ROW, encoding="utf-8-sig")]
)
def test_file_is_tried_first_and_saved_when_asked(desk: Any, content: bytes) -> None:
    where = give(desk, content).headers["Location"]

    tried = desk.post(where, chosen())
    assert "1 av 1 rader går att använda." in tried.text
    assert not Contribution.objects.exists()

    desk.post(where, chosen() | {"spara": "1"})
    voice = Contribution.objects.get()
    assert (voice.text, voice.time_band, voice.feeling) == ("Det är mörkt.", "evening", "unsafe")
    assert (voice.channel, voice.month) == ("meeting", dt.date(2026, 9, 1))
    assert voice.area is not None
    assert voice.area.key == "centrum"
    cell = ParticipantCount.objects.get(count=1)
    assert (cell.age, cell.sex) == ("18-24", "woman")


def test_columns_are_guessed_by_what_they_are_often_called(desk: Any) -> None:
    page = desk.get(give(desk, workbook(ROW)).headers["Location"]).text

    for heading in HEADINGS:
        assert f'<option value="{heading}" selected>' in page


def test_each_bad_row_has_its_sentence_and_never_its_words(desk: Any) -> None:
    bad = ["Atlantis", "Snart", "Anna Svensson bor där", "Sådär", "ung", "vet ej", "2030-01-01"]
    where = give(desk, workbook(ROW, bad, ["", "", "", "", "", "", ""])).headers["Location"]

    page = desk.post(where, chosen()).text

    assert "1 av 2 rader går att använda." in page
    assert page.count("Ordet känns inte igen.") == 4
    assert "Skriv åldern med siffror" in page
    assert "Skriv ett datum som har varit" in page
    assert "Anna Svensson" not in page


def test_same_file_twice_is_read_once(desk: Any) -> None:
    content = workbook(ROW)  # made once: a workbook holds the second it was made
    for _each in range(2):
        where = give(desk, content).headers["Location"]
        desk.post(where, chosen() | {"spara": "1"})

    assert Contribution.objects.count() == 1
    assert Upload.objects.count() == 1
    assert "Filen är redan inläst" in desk.get(where).text


def test_half_saved_file_is_completed_without_doubles(open_dialogue: Dialogue) -> None:
    mapping = chosen() | {imports.DIALOGUE: "2026/trygg", imports.CHANNEL: "paper"}
    mapping = {key: value for key, value in mapping.items() if value}
    content = io.BytesIO(workbook(ROW, ROW))
    kind = imports.Voices()
    kind.commit(content, mapping, open_dialogue.cycle.municipality)
    first = Contribution.objects.first()
    assert first is not None
    first.delete()

    _report, result = kind.commit(content, mapping, open_dialogue.cycle.municipality)

    assert result == {"new": 1, "unchanged": 1, "dialogue": "trygg"}
    assert Contribution.objects.count() == 2


def test_choice_of_columns_is_remembered(desk: Any) -> None:
    where = give(desk, workbook(ROW)).headers["Location"]
    desk.post(where, chosen(text="Var", area="") | {"spara": "1"})

    assert ColumnMapping.objects.get(kind="voices").columns["text"] == "Var"


def test_formula_cell_is_read_as_harmless_text(desk: Any) -> None:
    where = give(desk, csv(["Centrum", "", '=HYPERLINK("x")', "", "", "", ""]), "svar.csv").headers["Location"]
    desk.post(where, chosen() | {"spara": "1"})

    assert Contribution.objects.get().text.startswith("=HYPERLINK")


@pytest.mark.parametrize("mostly", ["utf-8", "cp1252"])
def test_lines_in_two_encodings_are_each_read_as_what_they_are(desk: Any, mostly: str) -> None:
    other = "cp1252" if mostly == "utf-8" else "utf-8"
    rows = [["Centrum", "", f"Här är mörkt, å så kallt {number}.", "", "", "", ""] for number in range(10)]
    lines = [";".join(row).encode(mostly if number else other) for number, row in enumerate(rows)]
    where = give(desk, b"\n".join([";".join(HEADINGS).encode(mostly), *lines]), "svar.csv").headers["Location"]

    desk.post(where, chosen(time_band="", feeling="", age="", sex="", on="") | {"spara": "1"})

    assert sorted(Contribution.objects.values_list("text", flat=True)) == sorted(row[2] for row in rows)


def test_script_in_a_file_is_only_text(desk: Any) -> None:
    row = ["Centrum", "", "<script>alert(1)</script>", "", "", "", ""]
    where = give(desk, csv(row), "svar.csv").headers["Location"]
    desk.post(where, chosen() | {"spara": "1"})

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
        (b"", "Filen är tom."),
        (b"%PDF-1.7", "dokument"),
        (bytes(range(1, 9)) * 200, "inte en tabell"),
        (b"Svar\n", "ingen tabell"),
        (b"PK\x03\x04skadad", "skadad"),
    ],
)
def test_file_that_cannot_be_used_is_one_sentence(desk: Any, content: bytes, sentence: str) -> None:
    page = give(desk, content)

    assert page.status_code == 422
    assert sentence in page.text
    assert not Upload.objects.exists()


def test_file_that_unpacks_to_something_huge_is_refused(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lofte.voices.spreadsheet.MOST_UNPACKED", 10_000_000)

    page = give(desk, bomb())

    assert page.status_code == 422
    assert "för stor när den packas upp" in page.text


def test_too_large_file_is_refused_before_it_is_read(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lofte.imports.kinds.ImportKind.most_bytes", 10)

    assert "större än 20 MB" in give(desk, workbook(ROW)).text


def test_file_without_the_chosen_column_is_met_with_a_sentence(desk: Any) -> None:
    where = give(desk, workbook(ROW)).headers["Location"]

    page = desk.post(where, chosen(text=""))

    assert page.status_code == 422
    assert "Välj svaret med egna ord." in page.text


@pytest.mark.slow
def test_hundred_thousand_rows_are_all_read(desk: Any, open_dialogue: Dialogue) -> None:
    rows = [[*ROW[:2], f"Svar nummer {number}.", *ROW[3:]] for number in range(100_000)]
    mapping = chosen() | {imports.DIALOGUE: "2026/trygg", imports.CHANNEL: "paper"}
    mapping = {key: value for key, value in mapping.items() if value}

    report, _result = imports.Voices().commit(io.BytesIO(csv(*rows)), mapping, open_dialogue.cycle.municipality)

    assert report.rows_used == Contribution.objects.count() == 100_000
    assert ParticipantCount.objects.get(count__gt=0).count == 100_000
