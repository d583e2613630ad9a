"""L3: when. A pledge without an end never has to be kept."""

from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading


def time(reading: Reading) -> Iterator[Finding]:
    """There is no period and no date. How often ("varje vecka") is not until when.

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
    >>> [found.rule for found in time(Reading("Polisen patrullerar varje vecka."))]
    ['L3']
    >>> list(time(Reading("Polisen patrullerar varje vecka under våren 2026.")))
    []
    """
    if not (reading.times or reading.fields.has_period):
        yield reading.finding(
            "L3",
            "Det står inte när det ska vara gjort eller hur länge löftet gäller.",
            "Skriv en period eller ett datum: ”under 2026”, ”från april till september”, ”senast den 31 maj”.",
        )
