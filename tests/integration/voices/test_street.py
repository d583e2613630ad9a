"""The page for street tables, as its script and as a plain form meet it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from factories import TODAY
from lofte.voices.models import Contribution, Dialogue
from people import Cast, signed_in

STREET = "/arbete/tuna/dialoger/2026/trygg/torget/"
ONE = {"channel": "street", "on": TODAY.isoformat(), "text": "Det är mörkt.", "nonce": "a" * 32}


@pytest.fixture
def desk(people: Cast, open_dialogue: Dialogue) -> Client:
    return signed_in(people.coordinator)


def by_script(desk: Client, **changed: Any) -> Any:
    return desk.post(STREET, ONE | changed, headers={"Accept": "application/json"})


def test_same_number_sent_twice_is_one_answer(desk: Client) -> None:
    answers = [by_script(desk).status_code for _each in range(2)]

    assert answers == [201, 201]
    assert [(voice.text, voice.channel) for voice in Contribution.objects.all()] == [("Det är mörkt.", "street")]


def test_answer_that_cannot_be_used_is_told_to_the_script(desk: Client) -> None:
    page = by_script(desk, on="2027-01-01")

    assert (page.status_code, page.json()) == (422, {"problem": "Det datumet har inte varit än."})
    assert not Contribution.objects.exists()


def test_without_the_script_it_is_a_form_like_any_other(desk: Client) -> None:
    page = desk.post(STREET, ONE, follow=True)

    assert page.redirect_chain == [(STREET, 302)]
    assert Contribution.objects.count() == 1


def test_script_is_sent_away_when_nobody_is_signed_in(desk: Client) -> None:
    desk.logout()

    assert by_script(desk).status_code == 302
    assert not Contribution.objects.exists()


def test_draft_takes_no_answers(desk: Client) -> None:
    Dialogue.objects.update(is_draft=True)

    assert desk.get(STREET).status_code == 404
    assert by_script(desk).status_code == 404


def test_worker_stands_where_it_may_open_only_this_page(desk: Client) -> None:
    script = desk.get(f"{STREET}sw.js")

    assert script["Content-Type"] == "text/javascript"
    assert "street-worker" in script.text
