"""Hints of personal data in a text: what a reviewer should look at. It marks and proposes; a person decides.

The one door for every page here. Patterns only, so that the web process stays small; the tagger of names in
`lofte_engine.text` can be asked from here when it can be loaded as cheaply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

MASK = "[…]"


class Kind(StrEnum):
    IDENTITY = "identity"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    ADDRESS = "address"


WORDS = {
    Kind.IDENTITY: _("personnummer"),
    Kind.PHONE: _("telefonnummer"),
    Kind.EMAIL: _("e-postadress"),
    Kind.PLATE: _("registreringsnummer"),
    Kind.ADDRESS: _("gatuadress"),
}


@dataclass(frozen=True)
class Hint:
    kind: Kind
    start: int
    end: int
    certainty: float

    @property
    def word(self) -> str:
        return str(WORDS[self.kind])


# Year, month, day (or day + 60 in a co-ordination number), then four digits, with any mark or none between them.
IDENTITY = re.compile(
    r"(?<!\d)(?:(?:18|19|20)[ ]?)?\d{2}[-./ ]?(?:0\d|1[0-2])[-./ ]?(?:[0-2]\d|3[01]|[6-8]\d|9[01])"
    r"\s?[-+–.]?\s?\d{2}[ ]?\d{2}(?!\d)"
)
EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\bsnabel-a\b)\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
PHONE = re.compile(r"(?<![\d-])(?:(?:\+|00)46[\s-]?(?:\(0\))?|0)[\s-]?[1-9](?:[\s/.-]{0,3}\d){6,9}(?!\d)")
PLATE = re.compile(r"\b[A-HJ-PR-UW-ZÅÄÖ]{3}\s?\d{2}[A-HJ-PR-UW-Z0-9]\b", re.IGNORECASE)
ADDRESS = re.compile(
    r"\b[A-ZÅÄÖa-zåäö]{2,}(?:gatan|vägen|gränd|stigen|allén|torget|plan|backen)\s+\d{1,3}\s?[A-Za-z]?\b"
)
# Who stands first wins where two patterns meet.
PATTERNS = (
    (Kind.IDENTITY, IDENTITY), (Kind.EMAIL, EMAIL), (Kind.PHONE, PHONE), (Kind.PLATE, PLATE), (Kind.ADDRESS, ADDRESS),
)  # fmt: skip


def hints(text: str) -> list[Hint]:
    """What in a text may point to a person, in reading order and without overlap."""
    found: list[Hint] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= each.start or match.start() >= each.end for each in found):
                found.append(Hint(kind, match.start(), match.end(), _certainty(kind, match.group())))
    return sorted(found, key=lambda hint: hint.start)


def _certainty(kind: Kind, text: str) -> float:
    if kind == Kind.IDENTITY:
        return 1.0 if has_right_check_digit(text) else 0.7
    return {Kind.EMAIL: 0.95, Kind.PHONE: 0.9, Kind.PLATE: 0.6, Kind.ADDRESS: 0.5}[kind]


def has_right_check_digit(text: str) -> bool:
    """Luhn over the last ten digits, as in every personnummer."""
    digits = [int(letter) for letter in text if letter.isdigit()][-10:]
    doubled = (digit * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def masked(text: str) -> str:
    """A proposal for what may be shown."""
    return "".join(piece if hint is None else MASK for piece, hint in marked(text))


def marked(text: str) -> Iterator[tuple[str, Hint | None]]:
    """The text in pieces, those to look at with their hint."""
    at = 0
    for hint in hints(text):
        if hint.start > at:
            yield text[at : hint.start], None
        yield text[hint.start : hint.end], hint
        at = hint.end
    if at < len(text):
        yield text[at:], None
