"""L7: what for. A pledge answers a problem that the picture shows."""

import re
from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading
from lofte_engine.text.wording_rules.words import PROBLEM

_REASON = re.compile(
    r"\b(?:eftersom|på\sgrund\sav|p\.\s?g\.\s?a\.|med\sanledning\sav|utifrån\s\w*(?:lägesbild|problembild|"
    r"dialog)\w*|därför\satt|svarar\smot)\b"
    r"|\bför\satt\s(?:\w+\s)?(?:minska|motverka|förebygga|förhindra|stoppa|hindra|komma\såt|bryta|stävja|"
    r"få\sbort|få\sner|dämpa|bekämpa|"
    r"begränsa|sänka|öka\s(?:den\s)?(?:\w+\s)?trygg\w+|göra\s(?:det\s)?(?:[\w-]+\s){0,3}tryggare|"
    r"skapa\s(?:\w+\s)?trygg\w+)\b",
    re.IGNORECASE,
)


def problem(reading: Reading) -> Iterator[Finding]:
    """The pledge is tied to no problem, by a link or in words.

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One, for the whole pledge.

    Examples
    --------
    >>> [found.rule for found in problem(Reading("Polisen gör 50 trafikkontroller i byarna."))]
    ['L7']
    >>> list(problem(Reading("Polisen gör 50 trafikkontroller i byarna mot buskörning.")))
    []
    """
    if reading.fields.has_problem or PROBLEM.search(reading.text) or _REASON.search(reading.text):
        return
    yield reading.finding(
        "L7",
        "Det framgår inte vilket problem i lägesbilden löftet svarar mot.",
        "Koppla löftet till problemet eller skriv det: ”… för att minska buskörningen vid skolan”.",
    )
