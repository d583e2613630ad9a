"""L8: comparable counts. 71 in three months and 301 in eight cannot be compared by eye."""

import re
from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading
from lofte_engine.text.wording_rules.times import has_one_period

# Things are set up once and people are who does it: neither is a number of occasions.
_NO_OCCASIONS = re.compile(
    r"\w*(?:lamp|kamer|armatur|stolp|lås|skylt|ställ|bänk|hinder|gupp|tunnl|tunnel|visare|område|papperskorg|"
    r"polis|fältare|assistent|värd|vakt|volontär|tjänst|lokal|plats|bil|procent)(?:ar|er|or|en|na|n|e|s)?",
    re.IGNORECASE,
)


def comparability(reading: Reading) -> Iterator[Finding]:
    """A count without per week, month or year, where it is not plain either how long a time it is for.

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One, at the first such count.

    Notes
    -----
    Luleå's follow-ups (71 checks May–July, 301 May–December) could be compared only because the promise said
    "per day". With one year, one season, or a first and a last day, a count can be turned into a rate, so it
    passes. A last day alone does not say from when, and of several years not whether the count is for each.
    Things ("20 lampor") and people at work ("två poliser") are no counts of occasions.

    Examples
    --------
    >>> text = "Polisen ska göra minst 50 kontroller i byarna."
    >>> [text[found.start : found.end] for found in comparability(Reading(text))]
    ['50']
    >>> list(comparability(Reading("Polisen ska göra minst 50 kontroller om året i byarna.")))
    []
    >>> [found.rule for found in comparability(Reading("Polisen gör 50 kontroller till och med maj 2026."))]
    ['L8']
    """
    counts = [
        quantity
        for quantity in reading.quantities
        if quantity.kind == "count" and not _NO_OCCASIONS.fullmatch(quantity.unit)
    ]
    by_fields = reading.fields.quantity_kind == "count" and reading.fields.amount is not None
    has_rate = bool(reading.fields.per) or any(quantity.kind in ("rate", "response") for quantity in reading.quantities)
    fields_bounded = reading.fields.starts is not None and reading.fields.ends is not None
    if not (counts or by_fields) or has_rate or fields_bounded or has_one_period(reading.text, reading.times):
        return
    yield reading.finding(
        "L8",
        "Det är oklart vilken tid antalet gäller, så det går inte att jämföra med andra perioder eller platser.",
        "Skriv per vecka, månad eller år, eller under vilken period: ”minst två i veckan”, ”minst 50 under 2026”.",
        span=(counts[0].start, counts[0].end) if counts else None,
    )
