"""L4: how one will know. A measure, and when it is told."""

import re
from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading
from lofte_engine.text.wording_rules.times import says_when_reported

_INSTRUMENT = (
    r"(?:\w*enkät\w*|trygghetsmätning\w*|trygghetsundersökning\w*|NTU|(?:medborgar|elev|brukar|"
    r"ungdoms)\w*undersökning\w*|CAN\b[\w-]*|Lupp\b\w*|"
    r"\w*statistik\w*|avlopps\w*mätning\w*|avloppsvatten\w*|mätning(?:en|ar)?\b|indikator\w*|nyckeltal\w*|"
    r"hastighetsmätning\w*|"
    r"polisens\sdiarium|loggbok\w*|ärendesystem\w*|felanmälningar|öppna\sjämförelser)"
)
_MEASURED = re.compile(
    r"\b(?:mäts|mätas|mäter\svi|vi\smäter|mäter|avläses|följs|jämförs|bedöms|utvärderas|ska\ssynas|"
    rf"syns)\s(?:\w+\s){{0,5}}?{_INSTRUMENT}"
    rf"|\b(?:enligt|i|genom|med|hjälp\sav)\s(?:\w+\s){{0,3}}?{_INSTRUMENT}|\b(?:indikator|mått|nyckeltal)\w*\s?:"
    r"|\b(?:mäts|mätas|mäter)\b|\bantalet\s[^.;]{0,40}(?:räknas|noteras|registreras|loggas)|\bandelen\b",
    re.IGNORECASE,
)
_INSTRUMENT_NAMED = re.compile(
    r"\b(?:mäts|mätas|mäter|avläses|följs|jämförs|bedöms|utvärderas|syns|"
    rf"synas)\b[^.;]{{0,60}}?{_INSTRUMENT}|{_INSTRUMENT}\s(?:\w+\s){{0,3}}?visar?\b"
    rf"|\benligt\s(?:[\w-]+\s){{0,3}}?{_INSTRUMENT}|\b(?:andelen|antalet)\b[^.;]*?\bi\s(?:[\w-]+\s){{0,2}}?{_INSTRUMENT}",
    re.IGNORECASE,
)


def follow_up(reading: Reading) -> Iterator[Finding]:
    """It is not said how the pledge is measured, or not how and when that is told.

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One; its message says which half is missing.

    Notes
    -----
    A number in the pledge is a measure of what is done, so it answers the first half. A named survey answers
    both: it comes out on its own.

    Examples
    --------
    >>> list(follow_up(Reading("Polisen gör 50 kontroller. Antalet redovisas i januari 2026.")))
    []
    >>> [found.rule for found in follow_up(Reading("Polisen gör 50 kontroller. Arbetet följs upp."))]
    ['L4']
    """
    told = bool(reading.fields.reported) or any(says_when_reported(reading.text[a:b]) for a, b in reading.reporting)
    measured = bool(reading.fields.indicator) or reading.counts_something or bool(_MEASURED.search(reading.text))
    if (told and measured) or _INSTRUMENT_NAMED.search(reading.text):
        return
    span = reading.reporting[0] if reading.reporting else None
    if told:
        message = "Det står när löftet redovisas, men inte med vilket mått."
        suggestion = (
            "Skriv vad som räknas eller mäts: ”antal kontroller”, ”andelen som svarar att de undviker platsen”."
        )
    elif measured:
        message = "Det står inte hur eller när resultatet redovisas."
        suggestion = "Skriv var och när: ”Antalet redovisas på polisen.se i maj, september och januari”."
    else:
        message = "Löftet har inget mått, och det står inte hur eller när det följs upp."
        suggestion = (
            "Skriv måttet och dagen: ”Vi räknar besöken och redovisar dem på polisen.se i maj, september och januari”."
        )
    yield reading.finding("L4", message, suggestion, span=span)
