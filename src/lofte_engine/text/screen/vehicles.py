"""Registration plates of vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lofte_engine.text.screen.finding import Certainty, Finding
from lofte_engine.text.screen.words import lists

# Plates never have I, Q, V, Å, Ä or Ö; the last letter is never O.
_PLATE = re.compile(
    r"(?<![\w-])(?P<letters>[A-HJ-PR-UW-Z]{3})(?P<gap>[ \t\u00a0]?[-\u2011\u2013]?[ \t\u00a0]?)"
    r"(?P<digits>\d{2}(?:\d|(?P<letter>[A-HJ-NPR-UW-Z])))(?![\w-]|[.,:]\d)",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:bil\w*|reg\w*|skylt\w*|plåt\w*|moped\w*|epa\w*|volvo\w*|audi|bmw|saab|skåpbil\w*|lastbil\w*|nummerplåt\w*|"
    r"traktor\w*|fordon\w*|mc|motorcykel\w*|mercedes|toyota|kia|ford|skoda|passat|golf|tesla|släp\w*|"
    r"(?:bil|reg|registrerings)n(?:umme)?r)\b[^.!?\n]{0,18}$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:kr|kronor|sek|m|meter|km|mil|cm|kg|st|stycken|personer|pers|procent|%|år|åring\w*|min|minuter|timmar|"
    r"dagar|gånger|kvm|kubik|hk|ungdomar|barn|elever|boende|lägenheter|röster|svar|km/h)(?!\w)",
    re.IGNORECASE,
)
_ABBREVIATIONS = frozenset(
    {
        "sek",
        "eur",
        "usd",
        "gbp",
        "nok",
        "dkk",
        "sfs",
        "dnr",
        "tel",
        "fax",
        "brf",
        "lgh",
        "kap",
        "mom",
        "max",
        "rum",
        "bus",
    }
)


def find_plates(text: str) -> Iterator[Finding]:
    """Registration plates such as ABC 123 and ABC 12D.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    Finding
        ``certain`` near a word such as *bilen* or *reg*, ``likely`` in capitals, ``possible`` in small letters.

    Notes
    -----
    Three letters and a number are also what "kan 100" is. Small letters that are a word are taken for a plate only
    near a word for a vehicle; so are letters before a unit ("100 kr").

    Examples
    --------
    >>> text = "Bilen abc 12d kör fort. Det kan 100 bilar göra. Jag såg XYZ 789."
    >>> [(text[each.start : each.end], each.certainty) for each in find_plates(text)]
    [('abc 12d', 'certain'), ('XYZ 789', 'likely')]
    """
    for match in _PLATE.finditer(text):
        certainty = _certainty(text, match)
        if certainty:
            yield Finding("plate", match.start(), match.end(), certainty)


def _certainty(text: str, match: re.Match[str]) -> Certainty | None:
    low = match["letters"].lower()
    if low in _ABBREVIATIONS:
        return None
    is_word = low in lists().known_words
    if _CUE.search(text, max(0, match.start() - 40), match.start()) and not (
        is_word and _UNIT.match(text, match.end())
    ):
        return "certain"
    if match["letters"].isupper() and not (is_word and text.upper() == text):
        return "likely"
    return None if is_word or _UNIT.match(text, match.end()) else "possible"
