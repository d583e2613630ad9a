"""L2: how much. Without an amount a pledge can be neither kept nor broken."""

import re
from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading
from lofte_engine.text.wording_rules.times import spans_of
from lofte_engine.text.wording_rules.words import ACTIVITY

# A named outcome measure, even without a level: "andelen som …", "det mäts i hur många …".
_OUTCOME_MEASURE = re.compile(
    r"\bandelen\b|\b(?:mäts|mätas|mäter)\s(?:[\w-]+\s){0,3}?(?:i|genom|med|på)\s(?:[\w-]+\s){0,3}?"
    r"(?:antal(?:et)?|andel(?:en)?|hur\s(?:många|mycket|stor\w*)|\w*mätning\w*|\w*enkät\w*|\w*undersökning\w*|statistik\w*|NTU)"
    r"|\bantalet\s(?:[\w-]+\s){0,2}?\w*(?:brott|inbrott|stölder|rån|olyckor|bränder|anmälningar|skjutningar|larm)\b",
    re.IGNORECASE,
)
_VAGUE = ("insats", "åtgärd", "aktivitet", "information", "patrullering", "övervakning")


def quantity(reading: Reading) -> Iterator[Finding]:
    """There is neither a number with its unit, nor how often, nor a measured outcome ("genomföra insatser").

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One, at the activity that lacks its number if there is one.

    Examples
    --------
    >>> text = "Polisen ska göra trafikkontroller."
    >>> [text[found.start : found.end] for found in quantity(Reading(text))]
    ['trafikkontroller']
    >>> list(quantity(Reading("Polisen ska göra trafikkontroller varje vecka.")))
    []
    """
    measures = spans_of(_OUTCOME_MEASURE, reading.text, reading.reporting)
    if reading.counts_something or measures:
        return
    activity = next((found for found in ACTIVITY.finditer(reading.text) if found[0][-1:] in "rsk"), None)
    countable = activity and activity[0].casefold().endswith(("er", "ar", "möten", "besök"))
    example = activity[0].casefold() if activity and countable else "trygghetsvandringar"
    if any(word in example for word in _VAGUE):
        example = "fotpatruller i veckan"
    yield reading.finding(
        "L2",
        "Löftet säger varken hur mycket eller hur ofta, så det går inte att bedöma om det hålls.",
        f"Skriv ett antal, till exempel ”minst fyra {example}”, eller vad som ska ändras: ”från 28 till "
        "högst 20 inbrott”.",
        span=activity.span() if activity else None,
    )
