"""L6: where. Without a place nobody knows whether it concerns them."""

from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
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
    """
    if reading.places or reading.fields.areas:
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
