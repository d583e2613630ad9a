"""L1: who does it. A pledge that nobody owns is kept by nobody."""

import re
from collections.abc import Iterator

from lofte_engine.text.spans import Span
from lofte_engine.text.wording_rules.actors import find_passive
from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading
from lofte_engine.text.wording_rules.times import inside

_NOBODY = re.compile(
    r"\b(?:andra|övriga|berörda|olika|flera|fler|relevanta)\s(?:\w+\s)?(?:aktörer|parter|myndigheter)\b|"
    r"\b(?:man|vi)\b",
    re.I,
)
_UNNAMED = re.compile(
    r"(?:andra|övriga|fler|flera|lokala|berörda|olika|relevanta)\s.*(?:aktörer|parter|myndigheter|"
    r"organisationer)",
    re.I,
)


def owner(reading: Reading) -> Iterator[Finding]:
    """No responsible party is named ("insatser ska genomföras").

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        "L1" (block) without any party, at the passive verb or the word *vi* if there is one; "L1-enhet" (note)
        when only whole organisations are named.

    Examples
    --------
    >>> [found.rule for found in owner(Reading("Insatser ska genomföras i Centrum."))]
    ['L1']
    >>> [found.rule for found in owner(Reading("Polisen ska patrullera i Centrum."))]
    ['L1-enhet']
    """
    named = any(not _UNNAMED.fullmatch(name) for name in reading.fields.responsible)
    acting = [actor for actor in reading.actors if actor.acts]
    if not (named or acting):
        yield reading.finding(
            "L1",
            "Det står inte vem som ansvarar, så ingen kan svara för om löftet hålls.",
            "Skriv vem som gör det: ”Polisen kontrollerar …”, ”Kommunen lagar …”, ”Polisen och kommunen håller …”.",
            span=_doing(reading),
            severity="block",
        )
    elif not reading.fields.owner and not any(actor.is_unit for actor in acting):
        first = acting[0] if acting else None
        yield reading.finding(
            "L1-enhet",
            "Organisationen är namngiven, men inte vilken enhet eller funktion i den som gör jobbet.",
            "Lägg till enheten: ”områdespolisen”, ”fältgruppen”, ”gatuenheten”. En namngiven person behövs inte.",
            span=(first.start, first.end) if first else None,
            severity="note",
        )


def _doing(reading: Reading) -> Span | None:
    passive = find_passive(reading.text)
    if passive and not inside(passive[0], reading.reporting):
        return passive
    vague = _NOBODY.search(reading.text)
    return vague.span() if vague else None
