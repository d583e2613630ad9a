"""L8: comparable counts. 71 in three months and 301 in eight cannot be compared by eye."""

from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading


def comparability(reading: Reading) -> Iterator[Finding]:
    """A count without per week, month or year, where the period is not given either.

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
    "per day". With a known period a count can always be turned into a rate, so it passes.

    Examples
    --------
    >>> text = "Polisen ska göra minst 50 kontroller i byarna."
    >>> [text[found.start : found.end] for found in comparability(Reading(text))]
    ['50']
    >>> list(comparability(Reading("Polisen ska göra minst 50 kontroller om året i byarna.")))
    []
    """
    counts = [quantity for quantity in reading.quantities if quantity.kind == "count"]
    by_fields = reading.fields.quantity_kind == "count" and reading.fields.amount is not None
    has_rate = bool(reading.fields.per) or any(quantity.kind in ("rate", "response") for quantity in reading.quantities)
    if not (counts or by_fields) or has_rate or reading.times or reading.fields.has_period:
        return
    yield reading.finding(
        "L8",
        "Antalet saknar tid, så det går inte att jämföra med andra perioder eller platser.",
        "Skriv per vecka, månad eller år, eller under vilken period: ”minst två i veckan”, ”minst 50 under 2026”.",
        span=(counts[0].start, counts[0].end) if counts else None,
    )
