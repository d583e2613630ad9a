"""The register in the browser: every kind of item, what is kept elsewhere, and two who write at the same time."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from factories import Kommun, cycle, kommun
from lofte.core.models import Event
from lofte.core.states import Visibility
from lofte.core.visibility import VISITOR
from lofte.evidence.models import EvidenceItem
from lofte.parties.models import Cycle
from lofte.voices.models import Dialogue, Theme
from people import cast, signed_in

Kind = EvidenceItem.Kind


@pytest.fixture
def where(db: None) -> Kommun:
    return kommun()


@pytest.fixture
def turn(where: Kommun) -> Cycle:
    return cycle(where)


@pytest.fixture
def officer(where: Kommun) -> Client:
    return signed_in(cast(where).police_editor)


def given(**values: Any) -> dict[str, Any]:
    return {"kind": Kind.SURVEY, "title": "Enkäten", "visibility": Visibility.INTERNAL, "stamp": "", **values}


NEW, LIST = "/arbete/tuna/underlag/2026/nytt/", "/arbete/tuna/underlag/2026/"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.CRIMINAL_INTELLIGENCE])
def test_create_takes_every_kind(turn: Cycle, officer: Client, kind: str) -> None:
    answer = officer.post(NEW, given(kind=kind, sentence="Tre av tio undviker parken."))

    assert answer.status_code == 302
    assert turn.evidence.get().sentence == "Tre av tio undviker parken."


@pytest.mark.parametrize("field", ["sentence", "internal_sentence", "limits", "n", "grade"])
def test_create_refuses_a_pointer_with_content(turn: Cycle, officer: Client, where: Kommun, field: str) -> None:
    content = {"n": "7", "grade": "probable"}.get(field, "Innehåll")
    pointer = given(
        kind=Kind.CRIMINAL_INTELLIGENCE, visibility=Visibility.HELD_BY_OWNER, owner=where.police.pk, **{field: content}
    )

    answer = officer.post(NEW, pointer)

    assert answer.status_code == 422
    assert not turn.evidence.exists()


@pytest.mark.parametrize("content", [{"sentence": "a"}, {"internal_sentence": "a"}, {"n": 7}, {"grade": "probable"}])
def test_database_refuses_a_pointer_with_content(turn: Cycle, where: Kommun, content: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        turn.evidence.create(
            key="x", kind=Kind.SURVEY, title="X", visibility=Visibility.HELD_BY_OWNER, owner=where.police, **content
        )


def test_create_takes_a_pointer_without_content(turn: Cycle, officer: Client, where: Kommun) -> None:
    pointer = given(kind=Kind.CRIMINAL_INTELLIGENCE, visibility=Visibility.HELD_BY_OWNER, owner=where.police.pk)

    assert officer.post(NEW, pointer).status_code == 302
    assert "finns hos ägaren" in officer.get(LIST).text


def test_create_refuses_intelligence_that_is_not_released(turn: Cycle, officer: Client, where: Kommun) -> None:
    inside = given(kind=Kind.CRIMINAL_INTELLIGENCE, owner=where.police.pk, internal_sentence="Källan säger.")

    assert officer.post(NEW, inside).status_code == 422


def test_database_refuses_intelligence_that_is_not_released(turn: Cycle, where: Kommun) -> None:
    with pytest.raises(IntegrityError):
        turn.evidence.create(
            key="x", kind=Kind.CRIMINAL_INTELLIGENCE, title="X", owner=where.police, internal_sentence="Källan säger."
        )


def test_create_takes_a_released_summary_with_its_grade(turn: Cycle, officer: Client, where: Kommun) -> None:
    summary = given(
        kind=Kind.CRIMINAL_INTELLIGENCE, owner=where.police.pk, sentence="Handeln har flyttat.", grade="probable"
    )

    assert officer.post(NEW, summary).status_code == 302
    assert turn.evidence.get().grade == "probable"


@pytest.mark.parametrize("field", ["title", "sentence", "internal_sentence", "limits"])
def test_create_refuses_text_with_a_personal_number(turn: Cycle, officer: Client, field: str) -> None:
    answer = officer.post(NEW, given(**{"sentence": "Något.", field: "Se 811228-9874 i registret"}))

    assert answer.status_code == 422
    assert "personnummer" in answer.text


def test_create_asks_about_an_address_and_takes_the_answer(turn: Cycle, officer: Client) -> None:
    item = given(sentence="Det är mörkt vid Storgatan 12.")

    assert officer.post(NEW, item).status_code == 422
    assert officer.post(NEW, item | {"no_person": "on"}).status_code == 302


def test_change_shows_both_texts_when_somebody_saved_meanwhile(turn: Cycle, officer: Client) -> None:
    item = turn.evidence.create(key="enkat", kind=Kind.SURVEY, title="Enkäten", sentence="Först")
    address = f"{LIST}enkat/"
    stamp = officer.get(address).context["form"]["stamp"].value()
    officer.post(address, given(sentence="Deras", stamp=stamp))

    answer = officer.post(address, given(sentence="Min", stamp=stamp))

    item.refresh_from_db()
    assert (answer.status_code, item.sentence) == (409, "Deras")
    assert "Deras" in answer.text
    assert "Min" in answer.text


def test_saving_again_after_the_conflict_is_a_choice(turn: Cycle, officer: Client) -> None:
    item = turn.evidence.create(key="enkat", kind=Kind.SURVEY, title="Enkäten", sentence="Deras")
    address = f"{LIST}enkat/"
    conflict = officer.post(address, given(sentence="Min", stamp="gammal"))

    officer.post(address, given(sentence="Min", stamp=conflict.context["form"]["stamp"].value()))

    item.refresh_from_db()
    assert item.sentence == "Min"


def test_list_says_how_old_an_item_is(turn: Cycle, officer: Client) -> None:
    turn.evidence.create(key="x", kind=Kind.SURVEY, title="Gammal", on="2019-01-01")

    assert "mer än två år" in officer.get(LIST).text


def test_log_holds_no_words_of_the_item(turn: Cycle, officer: Client) -> None:
    officer.post(NEW, given(title="Hemlig rubrik", sentence="Hemlig mening"))

    event = Event.objects.get(verb="evidence.added")
    assert "emlig" not in f"{vars(event)}"


def test_visitor_sees_no_internal_item(turn: Cycle) -> None:
    turn.evidence.create(key="x", kind=Kind.SURVEY, title="X", visibility=Visibility.INTERNAL)

    assert not EvidenceItem.objects.visible_to(VISITOR).exists()


def test_lists_to_choose_from_speak_swedish(turn: Cycle, officer: Client) -> None:
    page = officer.get(NEW).text

    assert "Select an option" not in page
    assert ">Välj<" in page


def test_a_theme_becomes_evidence_by_its_button(turn: Cycle, officer: Client) -> None:
    said = Dialogue.objects.create(cycle=turn, key="torget", kind="citizen", form="street", title="På torget")
    theme = Theme.objects.create(dialogue=said, key="ljus", label="Mörkt i parken", count=12)
    page = officer.get(f"{LIST}teman/").text

    answer = officer.post(f"{LIST}teman/", {"tema": theme.pk})

    item = turn.evidence.get()
    assert "Mörkt i parken" in page
    assert answer["Location"] == f"{LIST}{item.key}/"
    assert item.theme_links.get().theme == theme
    assert "Mörkt i parken" not in officer.get(f"{LIST}teman/").text
