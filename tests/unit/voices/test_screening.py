"""Hints of personal data as pages use them. What is found: see tests/unit/engine/test_screen.py."""

from __future__ import annotations

import pytest

from lofte.voices import screening
from lofte.voices.screening import hints, masked, to_ask_about, without


@pytest.mark.parametrize(
    ("text", "word", "must_go"),
    [
        ("Se 640823-3234", "personnummer", True),
        ("Ring 070-123 45 67", "telefonnummer", True),
        ("namn@example.se", "e-postadress", True),
        ("Bilen ABC 123", "registreringsnummer", False),
        ("bor på Storgatan 4 B", "gatuadress", False),
        ("Ring Anna Lindgren i kväll", "namn", False),
    ],
)
def test_each_kind_has_its_word_and_some_must_always_go(text: str, word: str, must_go: bool) -> None:
    assert [(hint.word, hint.must_go) for hint in hints(text)] == [(word, must_go)]


def test_proposal_masks_what_was_found_and_nothing_else() -> None:
    text = "Ring 070-123 45 67 eller anna@example.se om ABC 123."

    assert masked(text) == "Ring […] eller […] om […]."
    assert masked("Det är mörkt.") == "Det är mörkt."


def test_what_may_be_a_name_is_marked_but_not_masked_nor_asked_about() -> None:
    text = "det var max tio personer där men det kändes hotfullt"
    marked = [hint.said for hint in hints(text)]

    assert marked == ["max"]
    assert masked(text) == text
    assert to_ask_about(text) == []


def test_places_of_the_kommun_are_not_asked_about() -> None:
    text = "Fler kvällar ihop med Maria Lindgren."

    assert [hint.said for hint in to_ask_about(text)] == ["Maria Lindgren"]
    assert to_ask_about(text, places=["Maria", "Lindgrens gård", "Lindgren"]) == []


@pytest.mark.parametrize("text", ["Ring Brå om siffrorna.", "Ring Bris om hjälp."])
def test_sources_are_not_people(text: str) -> None:
    assert any(hint.is_proposed for hint in hints(text))
    assert to_ask_about(text) == []


def test_person_beside_a_source_is_still_asked_about() -> None:
    assert [hint.said for hint in to_ask_about("Tack till Anna Karlsson på Kolada.")] == ["Anna Karlsson"]


def test_words_are_taken_out_wherever_they_stand_whole() -> None:
    assert without("Anna ringde. Annas bil, säger Anna.", "Anna") == "[…] ringde. Annas bil, säger […]."


def test_pieces_are_the_whole_text_in_order() -> None:
    text = "Ring 070-123 45 67, tack."

    assert "".join(piece for piece, _hint in screening.marked(text)) == text
