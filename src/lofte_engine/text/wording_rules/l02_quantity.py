"""L2: how much. Without an amount a pledge can be neither kept nor broken."""

from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading
from lofte_engine.text.wording_rules.words import ACTIVITY

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
    if reading.counts_something:
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
