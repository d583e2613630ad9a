"""Whatever is done to a promise, nothing of it is lost and no name is copied."""

import contextlib
import json
import os
import random
import re
import textwrap
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lofte_engine.errors import DocumentError
from lofte_engine.text.promise_document import read_promise

pytestmark = pytest.mark.slow
SETTINGS = settings(
    max_examples=int(os.environ.get("LOFTE_GENERATIVE_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
NAMES = ("Förnamn", "Dopnamn", "Efternamn")
TITLES = (
    "Medborgarlöfte 2018 i Eda kommun",
    "Medborgarlöften för Upplands-Bro kommun 2022–2023",
    "Lokalt medborgarlöfte – Centrum, Borås Stad 2022-06-01–2023-12-31",
    "Polisens medborgarlöfte till Södermalm 2021",
)
HEADINGS = {
    "situation": ("Situationen idag", "Så här ser det ut", "Lägesbild", "Hur vi har det"),
    "pledges": ("Det här ska vi göra", "Det här lovar vi", "Våra löften", "Vad vi tar tag i"),
    "outcome": ("Det här ska vi åstadkomma tillsammans", "Mål", "Dit vi vill nå", "Vart vi är på väg"),
    "follow_up": ("Följ med i hur det går!", "Uppföljning", "Så följer vi upp löftet", "Hur du hänger med"),
}
INTRO = (
    "Löftet utgår från medborgardialoger, medarbetardialoger och polisens kriminalunderrättelsetjänst. Bilden "
    "gäller samtliga kommundelar och trafik- och narkotikabrott i synnerhet."
)
SITUATION = (
    "Lägesbilden för 2017 visar indikationer på oro bland unga. Det är vår samlade bedömning att stölderna har ökat. "
    "En del ägnar sig åt buskörning med A-traktor, skadegörelse och klotter."
)
OVERALL = "Polisen lovar med Eda kommun att under 2018 arbeta för att färre unga – tjejer och killar – begår brott"
PLEDGES = (
    "Polisen ska kontrollera farten vid skolorna minst en gång i veckan.",
    "Polisen och Eda kommun kommer, i samverkan med andra aktörer, att hålla fyra trygghetsvandringar.",
    "Kommunen ska laga trasiga lampor inom en vecka. Ansvarig: Eda kommun",
)
OUTCOME = "Vi vill tillsammans bidra till en tryggare kommun att leva och bo i."
FOLLOW_UP = (
    "Arbetet går att följa på polisens Facebook sida. Det följs upp tertialvis och redovisas på polisen.se i maj och "
    "september 2018 samt januari 2019."
)
SIGNATURES = (
    "Åmotfors 2018-02-05\n\nFörnamn Efternamn\nKommundirektör\nEda\n\nDopnamn Efternamn\nLokalpolisområdeschef",
    "Ort och datum: Åmotfors den 5 februari 2018\nFörnamn Efternamn\tDopnamn Efternamn\nKommunchef\tKommunpolis",
    "Åmotfors, 2018-02-05\n__________\nFörnamn Efternamn, kommunalråd, Eda kommun\nDopnamn Efternamn, vd, Bostads AB",
    "",
)
LOGOS = ("", "EDA\nKOMMUN\n\n\n\nPolisen", "Sida 1 (2)", "\f")
TEXT_FIELDS = ("title", "intro", "situation_text", "joint_assessment", "overall_pledge", "desired_outcome")


@st.composite
def promises(draw: st.DrawFn) -> str:
    """A promise in the national template, with what happens to documents on their way."""
    bullet = draw(st.sampled_from(["-", "–", "•", "*", "1.", "\uf0b7"]))
    quotes = draw(st.sampled_from(["””", "“”", "»«", '""', "  "]))
    logo = draw(st.sampled_from(LOGOS))
    pledges = f"\n\n{logo}\n\n".join(f"{bullet} {pledge}" for pledge in draw(st.permutations(PLEDGES)))
    body = {
        "situation": SITUATION,
        "pledges": f"{quotes[0]}{OVERALL}{quotes[1]}.\n\n{pledges}",
        "outcome": OUTCOME,
        "follow_up": FOLLOW_UP,
    }
    sections = [f"{draw(st.sampled_from(HEADINGS[kind]))}\n\n{text}" for kind, text in body.items()]
    sections = [f"{draw(st.sampled_from(TITLES))}\n\n{INTRO}", *sections, draw(st.sampled_from(SIGNATURES))]
    kept = [section for section in sections if draw(st.integers(0, 9)) or section.startswith(quotes)]
    text = "\n\n".join(draw(st.permutations(kept)) if draw(st.booleans()) else kept)
    return draw(st.sampled_from(MUTATIONS))(text, draw(st.integers(12, 90)), draw(st.randoms(use_true_random=False)))


def unchanged(text: str, width: int, chance: random.Random) -> str:
    return text


def wrapped(text: str, width: int, chance: random.Random) -> str:
    return "\n".join(
        "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
        for line in text.split("\n")
    )


def hyphenated(text: str, width: int, chance: random.Random) -> str:
    def broken(word: re.Match[str]) -> str:
        at = chance.randint(3, len(word[0]) - 3)
        return f"{word[0][:at]}-\n{word[0][at:]}" if chance.random() < 0.2 else word[0]

    return re.sub(r"[^\W\d_]{6,}", broken, text)


def upper_case(text: str, width: int, chance: random.Random) -> str:
    return wrapped(text, width, chance).upper()


def without_air(text: str, width: int, chance: random.Random) -> str:
    return re.sub(r"\n\n+", "\n", text)


def windows_lines(text: str, width: int, chance: random.Random) -> str:
    return text.replace("\n", "\r\n")


def twice(text: str, width: int, chance: random.Random) -> str:
    return f"{text}\n\n{text.replace('Eda', 'Arvika')}"


MUTATIONS = (unchanged, wrapped, hyphenated, upper_case, without_air, windows_lines, twice)


def draft_of(text: str) -> dict[str, Any] | None:
    """The draft, or nothing when the text is refused by name."""
    with contextlib.suppress(DocumentError):
        return read_promise(text).as_dict()
    return None


def everything_is_covered(text: str, draft: dict[str, Any]) -> None:
    placed = [tuple(span) for spans in draft["spans"].values() for span in spans]
    rest = [(part["start"], part["end"]) for part in draft["unplaced"]]
    covered = {offset for start, end in [*placed, *rest] for offset in range(start, end)}

    assert all(0 <= start < end <= draft["text_length"] for start, end in [*placed, *rest])
    assert all(text[part["start"] : part["end"]] == part["text"] for part in draft["unplaced"])
    assert not [text[at : at + 30] for at, sign in enumerate(text) if not sign.isspace() and at not in covered]


def nothing_is_claimed_twice(draft: dict[str, Any]) -> None:
    placed = {at for spans in draft["spans"].values() for start, end in spans for at in range(start, end)}

    assert not [part for part in draft["unplaced"] if placed & set(range(part["start"], part["end"]))]


def values_say_what_their_places_say(text: str, draft: dict[str, Any]) -> None:
    values = {name: draft[name] for name in TEXT_FIELDS if draft[name]}
    values |= {f"problems[{number}]": problem for number, problem in enumerate(draft["problems"])}
    values |= {f"pledges[{number}].text": pledge["text"] for number, pledge in enumerate(draft["pledges"])}
    values |= {f"headings[{number}]": heading["text"] for number, heading in enumerate(draft["headings"])}

    for name, value in values.items():
        spans = draft["spans"][name][:1] if name == "title" else draft["spans"][name]
        assert signs(value) == sorted_signs(text, spans), name
    assert not any(map(str.isalnum, "".join(re.sub(r"\d+[.)]", "", s) for s in slices(text, draft, "layout"))))


def signs(value: str) -> str:
    return "".join(filter(str.isalnum, value))


def sorted_signs(text: str, spans: list[list[int]]) -> str:
    return signs("".join(text[start:end] for start, end in spans))


def slices(text: str, draft: dict[str, Any], field: str) -> list[str]:
    return [text[start:end] for start, end in draft["spans"].get(field, [])]


@SETTINGS
@given(promises())
def test_every_sign_of_a_mutated_promise_is_placed_or_unplaced(text: str) -> None:
    draft = draft_of(text)

    if draft:
        everything_is_covered(text, draft)
        nothing_is_claimed_twice(draft)
        values_say_what_their_places_say(text, draft)


@SETTINGS
@given(promises())
def test_names_of_signers_are_never_copied(text: str) -> None:
    draft = draft_of(text)

    copied = json.dumps(draft, ensure_ascii=False).casefold()
    assert not [name for name in NAMES if name.casefold() in copied]


@SETTINGS
@given(promises())
def test_template_is_read_in_any_order_and_case(text: str) -> None:
    draft = draft_of(text)

    if draft and PLEDGES[0] in " ".join(text.split()):
        assert any(pledge["parties"][:1] == ["Polisen"] for pledge in draft["pledges"])


@SETTINGS
@given(st.lists(st.text(max_size=60) | st.sampled_from([*PLEDGES, OVERALL, SITUATION, *TITLES, *LOGOS]), max_size=30))
@example(["Våra löften", "- Polisen lovar", "•", "1.", "\u00ad", "Ansvarig:"])
def test_any_text_is_covered_or_refused_by_name(lines: list[str]) -> None:
    text = "\n".join([TITLES[0], "Våra löften", f"- {PLEDGES[0]}", *lines])

    draft = draft_of(text)

    if draft:
        everything_is_covered(text, draft)
        nothing_is_claimed_twice(draft)
        values_say_what_their_places_say(text, draft)
