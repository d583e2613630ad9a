"""Hints of personal data: every way people write them, and not what only looks alike."""

from __future__ import annotations

import pytest

from lofte.voices import screening
from lofte.voices.screening import Kind, hints, masked


@pytest.mark.parametrize(
    "text",
    [
        "640823-3234", "6408233234", "19640823-3234", "196408233234", "640823+3234", "640823 3234", "64-08-23-3234",
        "1964-08-23 3234", "640823–3234", "640883-3231", "19640883-3231", "64 08 23 32 34",
    ],
)  # fmt: skip
def test_personnummer_is_found_in_every_written_form(text: str) -> None:
    found = hints(f"Hon heter så och har {text}, tror jag.")

    assert [hint.kind for hint in found] == [Kind.IDENTITY]


@pytest.mark.parametrize(("text", "certainty"), [("640823-3234", 1.0), ("640823-3235", 0.7)])
def test_check_digit_decides_how_sure_one_is(text: str, certainty: float) -> None:
    assert hints(text)[0].certainty == certainty


@pytest.mark.parametrize(
    "text",
    [
        "070-123 45 67",
        "0739876543",
        "+46 70 123 45 67",
        "+46(0)701234567",
        "0046701234567",
        "08-123 456 78",
        "0152-291 00",
    ],
)
def test_phone_is_found(text: str) -> None:
    assert [hint.kind for hint in hints(f"Ring {text} i kväll")] == [Kind.PHONE]


def test_ten_digits_that_could_be_either_are_called_the_more_careful() -> None:
    assert [hint.kind for hint in hints("Det är 0701234567.")] == [Kind.IDENTITY]


@pytest.mark.parametrize("text", ["anna.b@example.se", "anna (at) example.se", "Anna_1+x@mail.example.com"])
def test_email_is_found(text: str) -> None:
    assert [hint.kind for hint in hints(f"Skriv till {text}.")] == [Kind.EMAIL]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Bilen ABC 123 kör fort", Kind.PLATE), ("moped abc12d", Kind.PLATE), ("bor på Storgatan 4 B", Kind.ADDRESS)],
)
def test_plate_and_address_are_found(text: str, kind: Kind) -> None:
    assert [hint.kind for hint in hints(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Det är mörkt i tunneln varje kväll efter 22.00.",
        "Buss 303 går klockan 07.15 och 16.45.",
        "Det kostade 25 000 kr år 2024.",
        "Vi var 15 personer den 3 maj 2026.",
        "Ring 112 eller 114 14.",
        "På Storgatan är det mörkt.",
    ],
)
def test_ordinary_words_and_numbers_are_left_alone(text: str) -> None:
    assert hints(text) == []


def test_proposal_masks_what_was_found_and_nothing_else() -> None:
    text = "Ring 070-123 45 67 eller anna@example.se om ABC 123."

    assert masked(text) == "Ring […] eller […] om […]."
    assert masked("Det är mörkt.") == "Det är mörkt."


def test_pieces_are_the_whole_text_in_order() -> None:
    text = "Ring 070-123 45 67, tack."

    assert "".join(piece for piece, _hint in screening.marked(text)) == text
