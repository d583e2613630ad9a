"""L9: words that everyone reads in a way of their own."""

import re
from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading

_WORDS = {
    "trygghet": (
        r"\b(?:o)?trygg(?:a|t|are|het|heten|hets(?:skapande|främjande|höjande|arbete\w*|frågor\w*|nivå\w*|"
        r"åtgärd\w*|insats\w*))?\b|\bupplevda?\strygghet\w*|\b\w+trygghet(?:en)?\b"
    ),
    "förebyggande": r"\b\w*förebyggande\b(?!\s(?:samordnare|råd|rådet|enhet|avdelning))",
    "tidiga insatser": r"\btidiga?\s(?:insats|åtgärd|ingripande|upptäckt|stöd)\w*|\btidigt\s(?:ingripande|stöd)\b",
    "närvaro": r"\b\w*närvaron?\b|\b(?:synligt\s)?närvarande\b",
    # A compound that tells which vehicles are stopped ("mopedinsats") says what is done.
    "insats": r"\b(?!moped|skoter|båt|fordons)\w*insats(?:er|en|erna)?\b(?!styrka)",
}
_BETTER = {
    "trygghet": "Skriv vad ni menar: ”andelen som känner sig trygga vid stationen på kvällen, i trygghetsmätningen”.",
    "förebyggande": "Skriv vad som görs: ”besöka alla klasser i årskurs 8”, ”hålla fritidsgården öppen på fredagar”.",
    "tidiga insatser": "Skriv vilka insatser, för vem och hur snabbt: ”samtal med vårdnadshavare inom tre dagar”.",
    "närvaro": "Skriv vad som räknas: ”två poliser till fots i minst 30 minuter”.",
    "insats": "Skriv vilken insats: ”trafikkontroll”, ”fotpatrull”, ”tillsyn av krogar”, ”hembesök”.",
}
_DEFINED = re.compile(
    r"\b(?:dvs|d\.\s?v\.\s?s|det\svill\ssäga|i\sform\sav|med\s\w+\smenas|menar\svi|avses|innebär|"
    r"till\sexempel|t\.\s?ex|såsom|definieras|"
    r"bestående\sav|genom\satt)\b|\(",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:andel(?:en)?|\w+\sav\s(?:fem|tio|hundra|\d+))\b[^.;]*\btrygg\w*|\btrygg\w*[^.;]*\b(?:procent|%|trygghetsmätning\w*|"
    r"trygghetsundersökning\w*|NTU|medborgarundersökning\w*)",
    re.IGNORECASE,
)
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _WORDS.items()}
_REACH = 60


def definitions(reading: Reading) -> Iterator[Finding]:
    """A word that needs a local definition: trygghet, förebyggande, tidiga insatser, närvaro, insats.

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One for each such word, where it first stands.

    Notes
    -----
    A word passes when the text says what it means ("närvaro, det vill säga …", a parenthesis, "i form av") or,
    for *trygg*, how it is measured. Names of things are no vague words: *trygghetsvandring*, *trygghetsmätning*,
    *brottsförebyggande rådet*; nor is *mopedinsats*.
    Other compounds say no more than their head (*spaningsinsats*, *polisnärvaro*).

    References
    ----------
    Brå, "Välj åtgärder som påverkar orsakerna": write down what contested words mean locally.

    Examples
    --------
    >>> text = "Polisen ökar sin närvaro och håller trygghetsvandringar."
    >>> [text[found.start : found.end] for found in definitions(Reading(text))]
    ['närvaro']
    """
    taken = -1
    for name in ("tidiga insatser", "trygghet", "förebyggande", "närvaro", "insats"):
        found = _PATTERNS[name].search(reading.text, taken + 1 if name == "insats" else 0)
        if not found or _is_told(reading.text, name, found.end()):
            continue
        if name == "tidiga insatser":
            taken = found.end()
        yield reading.finding(
            "L9",
            f"”{found[0]}” kan betyda olika saker; läsaren vet inte vad som räknas.",
            _BETTER[name],
            span=found.span(),
        )


def _is_told(text: str, name: str, end: int) -> bool:
    if name == "trygghet" and _MEASURED.search(text):
        return True
    return bool(_DEFINED.search(text, end, end + _REACH))
