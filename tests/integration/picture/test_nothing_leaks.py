"""Sentences that are only for members never reach a visitor: planted words, looked for in everything that is open."""

import io
import json
import os
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from factories import pledge, promise, publish
from lofte.core.models import Event
from lofte.core.states import Visibility
from lofte.core.visibility import VISITOR
from lofte.exchange.writing import export, inside
from lofte.parties.models import Cycle
from lofte.picture.models import PictureVersion, Statement
from lofte.promises.models import CitizenPromise
from pictures import PictureSite

MARK = "HEMLIG"
OPEN = (
    "/",
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
    here.hand_over()
    here.adopt()
    Cycle.objects.filter(pk=here.cycle.pk).update(mode="whole")
    made = promise(here.kommun, here.cycle, picture=here.picture)
    line = pledge(made, "ljus", "Kommunen byter lamporna.", here.kommun.own)
    line.problem_links.create(problem=problem)
    return publish(made)


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
    assert any(address.endswith(".pdf") for address in asked)
    assert [address for address, text in told.items() if MARK in text] == []


def text_of(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    raw = answer.getvalue()
    if raw.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
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
