"""Hints of personal data in a text: what a reviewer should look at. It marks and proposes; a person decides.

The one door for every page here to the screen in `lofte_engine.text.screen`, which loads no number library.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lofte_engine.text.screen import MASK, Certainty, Finding, Kind, mask, screen

WORDS: dict[Kind, object] = {
    "personnummer": _("personnummer"),
    "samordningsnummer": _("samordningsnummer"),
    "phone": _("telefonnummer"),
    "email": _("e-postadress"),
    "plate": _("registreringsnummer"),
    "address": _("gatuadress"),
    "name": _("namn"),
}
SURENESS: dict[Certainty, object] = {"certain": _("säkert"), "likely": _("troligt"), "possible": _("kanske")}
# What is never part of a text that others read, whoever wrote it.
NEVER_KEPT = frozenset({"personnummer", "samordningsnummer", "email", "phone"})

# Authorities, registers and surveys that texts rest on: no names of people, however the sentence reads.
SOURCES = frozenset({
    "boverket", "brå", "bris", "folkhälsomyndigheten", "kolada", "länsstyrelsen", "msb", "ntu", "polisen", "scb",
    "skolverket", "socialstyrelsen", "strada", "trafikverket",
})  # fmt: skip


@dataclass(frozen=True)
class Hint:
    """A finding with the words that it stands at, as pages tell it."""

    kind: Kind
    start: int
    end: int
    certainty: Certainty
    said: str

    @property
    def word(self) -> str:
        return str(WORDS[self.kind])

    @property
    def sureness(self) -> str:
        return str(SURENESS[self.certainty])

    @property
    def must_go(self) -> bool:
        """No answer makes it right to keep it."""
        return self.kind in NEVER_KEPT and self.certainty != "possible"

    @property
    def is_proposed(self) -> bool:
        """Sure enough to be taken out of the proposal before anybody has looked."""
        return self.certainty != "possible"


def hints(text: str) -> list[Hint]:
    """What in a text may point to a person, in reading order and without overlap."""
    return [
        Hint(found.kind, found.start, found.end, found.certainty, text[found.start : found.end])
        for found in screen(text)
    ]


def to_ask_about(text: str, places: Collection[str] = ()) -> list[Hint]:
    """What one who writes for others is asked about: not what may be a name, nor known places and organisations."""
    known = SOURCES | {word for place in places for word in place.casefold().split()}

    def is_known(hint: Hint) -> bool:
        words = hint.said.casefold().split()
        return hint.kind == "name" and all(word in known or word.removesuffix("s") in known for word in words)

    return [hint for hint in hints(text) if hint.is_proposed and not is_known(hint)]


def masked(text: str) -> str:
    """A proposal for what may be shown."""
    proposed = (hint for hint in hints(text) if hint.is_proposed)
    return mask(text, (Finding(hint.kind, hint.start, hint.end, hint.certainty) for hint in proposed))


def without(text: str, said: str) -> str:
    """The text with some words taken out wherever they stand whole."""
    return re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", MASK, text)


def marked(text: str) -> Iterator[tuple[str, Hint | None]]:
    """The text in pieces, those to look at with their hint."""
    at = 0
    for hint in hints(text):
        if hint.start > at:
            yield text[at : hint.start], None
        yield hint.said, hint
        at = hint.end
    if at < len(text):
        yield text[at:], None
