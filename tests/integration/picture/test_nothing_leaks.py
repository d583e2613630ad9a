"""Sentences that are only for members never reach a visitor: planted words, looked for in everything that is open."""

import io
import json
import logging
import os
import random
import re
import zipfile

import pytest
from django.core import mail
from django.test import Client
from pypdf import PdfReader

from factories import pledge, promise, publish
from lofte.core.models import Event
from lofte.core.states import Visibility
from lofte.core.visibility import VISITOR
from lofte.exchange.writing import export, inside
from lofte.notices.models import Notice
from lofte.parties.models import Cycle
from lofte.picture.models import PictureVersion, Statement
from lofte.promises.models import CitizenPromise
from pictures import DECISION, PictureSite, post

MARK = "HEMLIG"
PLAN = "/arbete/tuna/atgardsplan/2026/"
OPEN = (
    "/",
    "/tuna/lagesbild/",
    "/tuna/lagesbild/2026/lagesbild/",
    "/en/tuna/lagesbild/2026/lagesbild/",
    "/tuna/lagesbild/2026/lagesbild/omrade/norr/",
    "/tuna/atgardsplan/2026/plan/",
    "/tuna/",
    "/tuna/karta/",
    "/tuna/2026/",
    "/tuna/2026/darfor/",
    "/tuna/2026/kontrollera/",
    "/en/tuna/2026/darfor/",
)


@pytest.fixture
def public(here: PictureSite) -> CitizenPromise:
    """A public promise that rests on an adopted picture with internal sentences and items in every place."""
    here.survey.internal_sentence = "HEMLIG-MENING"
    here.survey.save()
    hidden = here.cycle.evidence.create(
        key="dold", kind="incidents", title="HEMLIG-TITEL", sentence="HEMLIG-DOLD", visibility=Visibility.INTERNAL
    )
    here.fill()
    problem = here.picture.problems.get()
    problem.evidence_links.create(evidence=hidden)
    here.picture.statements.first().evidence_links.create(evidence=hidden)  # type: ignore[union-attr]
    beside(here)
    here.hand_over()
    here.adopt()
    here.coordinator.post(f"{PLAN}", {})
    post(here.coordinator, f"{PLAN}plan/atgard/ny/", text="Byta lamporna", problems=[problem.pk])
    post(here.coordinator, f"{PLAN}plan/beslut/", **DECISION)
    Cycle.objects.filter(pk=here.cycle.pk).update(mode="whole")
    made = promise(here.kommun, here.cycle, picture=here.picture)
    line = pledge(made, "ljus", "Kommunen byter lamporna.", here.kommun.own)
    line.problem_links.create(problem=problem)
    return publish(made)


def beside(here: PictureSite) -> None:
    """What stands beside the picture: comments, unsaved text, a removed part, a gap left on purpose, a register."""
    here.officer.post(f"{here.url}kommentarer/problem/problem-1/", {"text": "HEMLIG-KOMMENTAR"})
    here.coordinator.post(f"/arbete/utkast/?sida={here.url}problem/nytt/", {"title": "HEMLIG-UTKAST"})
    here.write("utsaga/ny/", sentence="HEMLIG-BORTTAGEN", trend="more", strength="likely")
    here.coordinator.post(f"{here.url}ta-bort/utsaga/utsaga-3/")
    here.coordinator.post("/arbete/tuna/2026/glapp/district_without_evidence/centrum/", {"reason": "HEMLIG-SKÄL"})
    here.coordinator.post("/arbete/tuna/lagen/register/rad/", {"name": "HEMLIG-RÅDET"})


def addresses(client: Client) -> list[str]:
    """The open pages and every address of the promise that they link to, feeds and files among them."""
    found = set(OPEN)
    for page in OPEN:
        found |= set(re.findall(r'href="(/(?:en/)?tuna/[^"#?]*)"', client.get(page).text))
    return sorted(found)


def test_no_open_page_feed_or_file_holds_a_planted_word(public: CitizenPromise) -> None:
    visitor = Client()

    asked = addresses(visitor)
    told = {address: text_of(visitor, address) for address in asked}

    assert len(asked) > len(OPEN)
    kinds = {address.rpartition(".")[2] for address in asked if "." in address}
    assert {"pdf", "docx", "json", "atom", "ics"} <= kinds
    assert [address for address, text in told.items() if MARK in text] == []


def text_of(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    raw = answer.getvalue()
    if raw.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return "".join(packed.read(name).decode("utf-8", errors="ignore") for name in packed.namelist())
    return raw.decode("utf-8", errors="ignore")


def test_export_to_a_visitor_holds_none_and_the_members_file_all(public: CitizenPromise) -> None:
    open_file = json.dumps(export(public, viewer=VISITOR), ensure_ascii=False)
    own_file = json.dumps(export(public, viewer=inside(public)), ensure_ascii=False)

    assert MARK not in open_file
    assert "Fler undviker parken." in open_file
    assert {"HEMLIG-UTSAGA", "HEMLIG-ENSAM", "HEMLIG-MENING"} <= set(own_file.replace('"', os.linesep).split())


def test_frozen_text_holds_none(public: CitizenPromise) -> None:
    assert MARK not in PictureVersion.objects.get().content


def test_page_that_shows_the_picture_as_open_holds_none(public: CitizenPromise, here: PictureSite) -> None:
    assert MARK not in here.coordinator.get(f"{here.url}las/").text


def test_visitor_may_not_list_a_statement_without_an_open_sentence(public: CitizenPromise) -> None:
    assert [each.sentence for each in Statement.objects.visible_to(VISITOR)] == ["Fler undviker parken."]


def test_log_holds_no_words_of_the_picture(public: CitizenPromise) -> None:
    assert [str(vars(event)) for event in Event.objects.all() if MARK in str(vars(event))] == []


def test_nothing_of_it_was_written_to_the_servers_log_or_to_mail(
    here: PictureSite, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    with caplog.at_level(logging.DEBUG):
        request.getfixturevalue("public")
        for address in OPEN:
            Client().get(address)

    # The database's own debug log shows every query with its values; a site never runs with it.
    said = [each.getMessage() for each in caplog.records if not each.name.startswith("django.db")]
    assert [text for text in said if MARK in text] == []
    assert [str(vars(notice)) for notice in Notice.objects.all() if MARK in str(vars(notice))] == []
    assert [each for each in mail.outbox if MARK in each.subject + str(each.body)] == []


def test_a_refused_form_writes_none_of_it_to_the_log(here: PictureSite, caplog: pytest.LogCaptureFixture) -> None:
    here.begin()
    with caplog.at_level(logging.DEBUG):
        here.write("problem/nytt/", title="HEMLIG-TITEL 19900101-0017")

    said = [each.getMessage() for each in caplog.records if not each.name.startswith("django.db")]
    assert [text for text in said if MARK in text] == []


def test_a_thousand_marked_sentences_leave_none_outside(here: PictureSite) -> None:
    """Markers in internal sentences and internal items of many parts, seeded so that a failure can be repeated."""
    here.fill()
    chance = random.Random(7)
    for number in range(250):
        item = here.cycle.evidence.create(
            key=f"i{number}", kind=chance.choice(["survey", "incidents", "document"]), title=f"HEMLIG-{number}",
            sentence=f"HEMLIG-S{number}", internal_sentence=f"HEMLIG-I{number}", visibility=Visibility.INTERNAL,
        )  # fmt: skip
        said = here.picture.statements.create(
            key=f"s{number}", sentence=chance.choice(["", "Öppen mening."]), internal_sentence=f"HEMLIG-U{number}"
        )
        said.evidence_links.create(evidence=item)
        here.picture.problems.get().evidence_links.create(evidence=item)
    here.hand_over()
    here.adopt()

    visitor = Client()
    root = "/tuna/lagesbild/2026/lagesbild/"
    files = ("", "lagesbild.pdf", "lagesbild.docx", "lagesbild.json", "omrade/norr/")
    assert [name for name in files if MARK in text_of(visitor, f"{root}{name}")] == []
    assert visitor.get(root).text.count("Öppen mening.") > 50
