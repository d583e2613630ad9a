"""You said, we do: the answer reaches the page, the receipt, the feed and the wall; what is late is seen by all."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
from django.urls import reverse

from dialogues import dialogue, theme, voice
from factories import TODAY, Tuna, cycle
from lofte.core.public_forms import PublicForm
from lofte.voices import codes
from lofte.voices.models import Claim, Dialogue, Theme
from people import Cast, as_nobody, signed_in

WHERE = {"kommun": "tuna", "cycle": "2026", "key": "trygg"}
FEEDS = ("/tuna/dialog/flode.atom", "/tuna/dialog/2026/trygg/flode.atom", "/tuna/flode.atom")
TODO = reverse("desk:todo")
CODE = "4F7K-2M9P-XR3T"
YESTERDAY = TODAY - dt.timedelta(days=1)


def titles(address: str) -> list[str]:
    tree = ElementTree.fromstring(as_nobody().get(address).content)  # noqa: S314 our own feed
    return [each.text or "" for each in tree.findall("{*}entry/{*}title")]


def answered(of: Dialogue, label: str = "Mörkt i tunneln", **given: Any) -> Theme:
    values = {"answer": "used", "answer_text": "Kommunen byter lamporna.", "answered_on": TODAY, **given}
    return theme(of, label, **values)


def test_day_of_the_answer_is_kept_and_follows_the_answer(open_dialogue: Dialogue, people: Cast) -> None:
    asked = theme(open_dialogue, answer="", answer_text="")
    desk = signed_in(people.coordinator)
    address = reverse("voices_staff:theme", kwargs=WHERE | {"theme": asked.key})
    given = {"label": "Mörkt", "answer": "no", "answer_text": "Tunneln ska rivas.", "is_open": "on"}

    days = []
    for sent in (given, given | {"label": "Mörker"}, {"label": "Mörker", "answer": "", "answer_text": ""}):
        desk.post(address, sent)
        asked.refresh_from_db()
        days.append(asked.answered_on)
        Theme.objects.filter(answered_on=TODAY).update(answered_on=YESTERDAY)

    # Answered today; a new name yesterday's answer keeps its day; taken back, there is none.
    assert days == [TODAY, YESTERDAY, None]


@pytest.mark.parametrize("address", FEEDS)
def test_answer_is_in_the_feed(open_dialogue: Dialogue, address: str) -> None:
    answered(open_dialogue)

    assert "Mörkt i tunneln" in titles(address)
    assert "Det togs med. Kommunen byter lamporna." in as_nobody().get(address).text
    assert "/tuna/dialog/2026/trygg/#tema-tema-1" in as_nobody().get(address).text


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize(
    "given", [{"visibility": "internal"}, {"answer": ""}, {"answered_on": None}], ids=["ours", "open", "undated"]
)
def test_what_is_no_news_is_not_in_the_feed(open_dialogue: Dialogue, address: str, given: dict[str, Any]) -> None:
    answered(open_dialogue, **given)

    assert "Mörkt i tunneln" not in titles(address)


def test_staff_dialogue_and_draft_are_in_no_feed(here: Tuna) -> None:
    answered(dialogue(here.kommun, key="personal", kind="staff"), "Personalens sak")
    answered(dialogue(here.kommun, key="utkast", is_draft=True), "Utkastets sak")

    assert titles("/tuna/dialog/flode.atom") == []
    assert "sak" not in "".join(titles("/tuna/flode.atom"))
    assert as_nobody().get("/tuna/dialog/2026/personal/flode.atom").status_code == 404


def test_receipt_tells_of_the_other_answers_also_where_there_is_no_page(here: Tuna, send: Any) -> None:
    asked = dialogue(here.kommun, kind="staff")
    answered(asked)
    said = voice(asked)
    Claim.objects.create(dialogue=asked, voice=said.key, digest=codes.digest_of(CODE))

    page = send("/tuna/dialog/kvittokod/", "kvittokod", token=PublicForm("kvittokod").token, code=CODE)

    assert "Det här ledde andras svar till" in page.text
    assert "Kommunen byter lamporna." in page.text


def test_answers_hang_on_the_wall_without_what_is_ours(open_dialogue: Dialogue, people: Cast) -> None:
    answered(open_dialogue, count=12)
    theme(open_dialogue, "Bussen")
    answered(open_dialogue, "Bara för oss", visibility="internal")

    made = signed_in(people.coordinator).get(reverse("voices_staff:answers_poster", kwargs=WHERE))

    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.content)).pages)
    assert made["Content-Type"] == "application/pdf"
    assert "Ni sa, vi gör" in text
    assert "Kommunen byter lamporna." in text
    assert "Det här har inte fått svar än." in text
    assert "Bara för oss" not in text


def test_many_answers_take_more_than_one_page(open_dialogue: Dialogue, people: Cast) -> None:
    for number in range(25):
        answered(open_dialogue, f"Tema {number}", answer_text="Kommunen lovar att göra något åt det. " * 8)

    made = signed_in(people.coordinator).get(reverse("voices_staff:answers_poster", kwargs=WHERE))

    assert len(pypdf.PdfReader(io.BytesIO(made.content)).pages) > 1


# --- late, and where one sees it


@pytest.fixture
def late(open_dialogue: Dialogue) -> Dialogue:
    theme(open_dialogue, "Bussen")
    Dialogue.objects.update(feedback_on=YESTERDAY, closes=YESTERDAY - dt.timedelta(days=9), opens=None)
    open_dialogue.refresh_from_db()
    return open_dialogue


@pytest.mark.parametrize("address", ["/tuna/", "/tuna/dialog/"])
def test_late_answer_is_seen_by_everyone(late: Dialogue, address: str) -> None:
    assert "Svar saknas." in as_nobody().get(address).text

    Theme.objects.update(answer="parked", answer_text="Vi vet i vår.")

    assert "Svar saknas." not in as_nobody().get(address).text


def test_kommuns_page_leads_to_its_dialogues(open_dialogue: Dialogue, here: Tuna) -> None:
    dialogue(here.kommun, cycle(here.kommun, 2024), key="gammal", title="Den gamla", opens=None, closes=None)
    dialogue(here.kommun, key="personal", kind="staff", title="Bara personalen")

    text = as_nobody().get("/tuna/").text

    assert "/tuna/dialog/2026/trygg/" in text
    assert text.index("Vad gör dig trygg i Tuna?") < text.index("Den gamla")
    assert "Bara personalen" not in text


def test_kommun_without_dialogues_says_nothing_of_them(here: Tuna) -> None:
    assert 'id="dialoger"' not in as_nobody().get("/tuna/").text


def test_who_may_read_voices_is_told_that_they_wait(open_dialogue: Dialogue, people: Cast) -> None:
    voice(open_dialogue)
    voice(open_dialogue, "")

    seen = {who: signed_in(user).get(TODO).text for who, user in people}

    asked = "Granska 1 svar i dialogen Vad gör dig trygg i Tuna?"
    assert {who for who, text in seen.items() if asked in text} == {"coordinator"}
    assert reverse("voices_staff:queue", kwargs=WHERE) in seen["coordinator"]


def test_who_may_answer_is_told_that_people_wait(late: Dialogue, people: Cast) -> None:
    seen = {who: signed_in(user).get(TODO).text for who, user in people}

    assert {who for who, text in seen.items() if "Svara dem som var med i dialogen" in text} == {
        "coordinator", "police_editor",
    }  # fmt: skip
    assert "Svaren skulle ha kommit" in seen["coordinator"]


def test_year_lists_its_dialogues_with_what_waits(late: Dialogue, people: Cast) -> None:
    voice(late)

    text = signed_in(people.coordinator).get("/arbete/tuna/2026/").text

    section = re.search(r'<section aria-labelledby="dialoger">.*?</section>', text, re.DOTALL)
    assert section is not None
    assert reverse("voices_staff:dialogue", kwargs=WHERE) in section[0]
    assert "1 svar väntar på granskning" in section[0]
    assert "Svaren är försenade" in section[0]
    # The gap leads to where it is mended.
    assert reverse("voices_staff:theme", kwargs=WHERE | {"theme": "tema-1"}) in text
