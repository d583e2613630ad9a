"""Voices from paper and the street: one register, and each knows how it came."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.urls import reverse

from factories import TODAY
from lofte.core.models import Event
from lofte.voices import codes
from lofte.voices.models import Claim, Contribution, Dialogue, ParticipantCount
from people import Cast, signed_in

WHERE = {"kommun": "tuna", "cycle": "2026", "key": "trygg"}
ENTRY = "/arbete/tuna/dialoger/2026/trygg/skriv-in/"


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
