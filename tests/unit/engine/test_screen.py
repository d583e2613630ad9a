"""The personal-data screen: every way people write, and not what only looks alike."""

from __future__ import annotations

import pytest

from lofte_engine.text.screen import Finding, mask, screen
from lofte_engine.text.screen.identity import has_right_check_digit
from lofte_engine.text.screen.names import marginals


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in screen(text)]


@pytest.mark.parametrize(
    "number",
    [
        "640823-3234", "6408233234", "640823+3234", "640823 3234", "640823–3234", "640823 - 3234", "640823/3234",
        "19640823-3234", "196408233234", "19 640823-3234", "1964-08-23-3234", "1964-08-23 3234", "1964.08.23-3234",
        "64-08-23-3234", "64 08 23 32 34", "1964 0823 3234", "6 4 0 8 2 3 3 2 3 4", "6 4 0 8 2 3 - 3 2 3 4",
        "640823\u00a03234", "640823\u22123234", "640823-T234", "640823-t234",
    ],
)  # fmt: skip
def test_personnummer_is_found_whole_in_every_written_form(number: str) -> None:
    assert found(f"Det står {number}, tror jag.") == [("personnummer", number)]


@pytest.mark.parametrize("number", ["640883-3231", "196408833231", "64 08 83 32 31", "640060-3231"])
def test_samordningsnummer_has_its_day_moved_by_sixty(number: str) -> None:
    assert found(f"nr {number}") == [("samordningsnummer", number)]


@pytest.mark.parametrize(("number", "certainty"), [("640823-3234", "certain"), ("640823-3235", "likely")])
def test_check_digit_decides_how_sure_one_is_and_never_lets_a_number_through(number: str, certainty: str) -> None:
    assert [each.certainty for each in screen(number)] == [certainty]


def test_check_digit_is_luhns_over_the_last_ten() -> None:
    assert has_right_check_digit("811218-9876")
    assert not has_right_check_digit("811218-9875")
    assert not has_right_check_digit("9876")


@pytest.mark.parametrize(
    "number",
    [
        "070-174 06 05", "0701740605", "070 174 06 05", "070-1740605", "070/174 06 05", "070-174-06-05",
        "(070) 174 06 05",
        "+46 70 174 06 05", "+46701740605", "+46 (0)70-174 06 05", "0046701740605", "+46(0)701740605", "08-123 456 78",
        "08-12 34 56", "0152-291 00", "031-12 34 56", "+47 22 12 34 56",
    ],
)  # fmt: skip
def test_phone_is_found_whole(number: str) -> None:
    assert found(f"Nås på {number} i kväll") == [("phone", number)]


def test_ten_digits_that_could_be_either_follow_the_check_digit() -> None:
    assert found("Det är 0701234567.") == [("phone", "0701234567")]
    assert found("Det är 0701234569.") == [("personnummer", "0701234569")]


@pytest.mark.parametrize(
    "address",
    [
        "namn@example.se",
        "a.b_c+d@mail.example.com",
        "namn (at) example.se",
        "namn snabel-a example punkt se",
        "x @ example.se",
    ],
)
def test_email_is_found_whole(address: str) -> None:
    assert found(f"Skriv till {address}.") == [("email", address)]


@pytest.mark.parametrize("plate", ["ABC 123", "ABC123", "ABC 12D", "abc12d", "ABC-123", "xyz 789"])
def test_plate_is_found(plate: str) -> None:
    assert found(f"Jag såg {plate} igår") == [("plate", plate)]


@pytest.mark.parametrize("text", ["Det kan 100 bilar göra.", "tog 200 kr", "den 12e maj", "hos 112", "SEK 500"])
def test_words_before_numbers_are_no_plates(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Hon bor på Storgatan 4 B.", "Storgatan 4 B"),
        ("på norra kyrkogatan 12, lgh 1203", "norra kyrkogatan 12, lgh 1203"),
        ("vid Karl Johans väg 3", "Karl Johans väg 3"), ("i Tegelgränd 7-9", "Tegelgränd 7-9"),
    ],
)  # fmt: skip
def test_street_with_number_is_found(text: str, address: str) -> None:
    assert ("address", address) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Det är mörkt i tunneln varje kväll efter 22.00.",
        "Buss 303 går klockan 07.15 och 16.45.",
        "Öppet 08.00-16.30 och 08.30-17.00.",
        "Det kostade 25 000 kr år 2024.",
        "Vi var 15 personer den 3 maj 2026, 2024-05-01 till 2024-05-31.",
        "Ring 112, ring 114 14 eller tel 116 111.",
        "Vid trafikplats 91 och omkring 15 meter bort.",
        "På Storgatan 22.00 är det mörkt, på Storgatan 3 gånger i veckan.",
        "Väg 55 och riksväg 55 bullrar.",
        "Organisationsnummer 556677-8899.",
    ],
)
def test_ordinary_words_and_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ring Fatima Lindgren på kvällen.", "Fatima Lindgren"),
        ("Det var Mohammed Al-Hassan som ringde.", "Mohammed Al-Hassan"),
        ("jag heter anna karlsson och bor vid torget", "anna karlsson"),
        ("prata med fru björk i trapp 3", "björk"),
    ],
)
def test_name_is_found_also_in_small_letters(text: str, name: str) -> None:
    assert found(text) == [("name", name)]


def test_kinds_stand_in_reading_order_without_overlap() -> None:
    text = "Anna Lindgren, anna@example.se, 070-174 06 05, Storgatan 4"

    assert [kind for kind, _said in found(text)] == ["name", "email", "phone", "address"]


def test_places_hold_in_text_with_lines_and_signs_outside_the_basic_plane() -> None:
    text = "😀 hej\n\nRing Anna Lindgren\r\n070-174 06 05"

    assert found(text) == [("name", "Anna Lindgren"), ("phone", "070-174 06 05")]


def test_mask_takes_out_what_it_is_given_and_nothing_else() -> None:
    text = "Ring 070-174 06 05 om ABC 123."
    phone, plate = screen(text)

    assert mask(text, [plate, phone]) == "Ring […] om […]."
    assert mask(text, [phone]) == "Ring […] om ABC 123."
    assert mask("abcdef", [Finding("name", 0, 3, "likely"), Finding("name", 2, 4, "likely")]) == "[…]ef"


def test_marginals_are_those_of_all_labellings_weighed_together() -> None:
    moves = ((0.5, -1.0), (0.25, 2.0))

    chances = marginals([0.3, -0.7], moves)

    # exp of the score of 00, 01, 10, 11
    weights = [1.6487213, 0.1826835, 1.7332530, 4.9530324]
    assert chances[0] == pytest.approx((weights[2] + weights[3]) / sum(weights), abs=1e-6)
    assert chances[1] == pytest.approx((weights[1] + weights[3]) / sum(weights), abs=1e-6)
