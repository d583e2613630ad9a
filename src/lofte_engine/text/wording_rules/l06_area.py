"""L6: where. Without a place nobody knows whether it concerns them."""

from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.places import each_parts
from lofte_engine.text.wording_rules.reading import Reading


def area(reading: Reading) -> Iterator[Finding]:
    """No area is named at all, or only the whole kommun.

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        "L6" (block) without any area; "L6-kommun" (note) when it is only the kommun.

    Examples
    --------
    >>> [found.rule for found in area(Reading("Polisen ska göra 50 kontroller."))]
    ['L6']
    >>> [found.rule for found in area(Reading("Polisen ska göra 50 kontroller i kommunen."))]
    ['L6-kommun']
    >>> list(area(Reading("Polisen ska göra 50 kontroller i Gottsunda.")))
    []
    >>> list(area(Reading("Polisen ska göra 50 kontroller i var och en av kommundelarna.")))
    []
    """
    if reading.places or reading.fields.areas or _each_its_own(reading):
        return
    if reading.wide_places or reading.fields.covers_municipality:
        yield reading.finding(
            "L6-kommun",
            "Löftet gäller bara kommunen som helhet; ingen plats inom den nämns.",
            "Skriv var det behövs mest, till exempel en kommundel, en station eller ett torg. Gäller det "
            "hela kommunen: låt det stå.",
            span=reading.wide_places[0] if reading.wide_places else None,
            severity="note",
        )
    else:
        yield reading.finding(
            "L6",
            "Det står inte var löftet gäller.",
            "Skriv platsen: ”i Centrum”, ”vid resecentrum”, ”i alla kommundelar” eller ”i hela kommunen”.",
            severity="block",
        )


def _each_its_own(reading: Reading) -> bool:
    """Each part of the kommun has its own amount, so it is as if each were named."""
    return any(reading.counts_in_sentence(start) for start, _ in each_parts(reading.text))
