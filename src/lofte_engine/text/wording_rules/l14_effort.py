"""L14: effort-driven counts. Of some crimes the police find as many as they look for."""

import re
from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading

_EFFORT = (
    r"(?:\w*narkotikabrott\w*|\w*narkotikarelaterade\sbrott|narkotikaanmäl\w+|\w*rattfylleri\w*|"
    r"\w*rattonykter\w*|\w*rattfyllerist\w*|\w*trafikbrott\w*|trafikförseelse\w*|"
    r"hastighetsöverträdelse\w*|fortkörning(?:ar|arna|sböter)|fartsyndare|fortkörare|\w*vapenbrott\w*|"
    r"dopningsbrott\w*|ordningsböter\w*|"
    r"böter|bötes\w+|(?:\w+)?beslag(?:en|et)?|\w*sexköp\w*|olovlig(?:a)?\skörning\w*|drograttfyll\w+|"
    r"ringa\snarkotikabrott|knivlagsbrott\w*|"
    r"rapporterade\s(?:förare|A-traktor\w*|hastighets\w+|trafik\w+|trimmade\w*)|"
    r"omhändertagna\s\w*berusade|LOB\b|bältesförseelse\w*|anmälda\sknarkbrott|langningsbrott\w*|"
    r"smugglingsbrott\w*|narkotikaärenden\w*|lagföringar\sför\snarkotika\w*|spaningsbrott\w*|ingripandebrott\w*)"
)
_LESS = (
    r"(?:minska|minskar|minskat|minskas|minskning(?:en)?\sav|sänka|sänker|sänkas|halvera|halveras|"
    r"reducera|reduceras|färre|lägre|sjunka|sjunker|gå\sner|"
    r"öka|ökar|ökas|ökning\sav|fler|dubbla|fördubbla|få\sner|få\sned|pressa\sner|dra\sner|bli\sfärre|"
    r"nedgång\s(?:i|av))"
)
_STEP = r"(?:(?!för\satt|och\s(?:öka|göra|hålla)|genom|kontroller|insatser|arbet)[\wåäö%,-]+\s){0,7}?"
_AIMED = re.compile(
    rf"\b{_LESS}\s{_STEP}(?P<effort>{_EFFORT})\b"
    rf"|\b(?P<subject>{_EFFORT})\b(?:\s(?!för\satt|som\b|upptäck|beivr|utred)[\w,-]+){{0,6}}?\s(?:ska|"
    r"skall|har|kommer\satt|bör)\s(?:ha\s)?(?:\w+\s){0,2}?"
    r"(?:minska\w*|öka\w*|sjunk\w*|stig\w*|halver\w*|bli\s(?:\w+\s)?(?:färre|fler|mindre)|gå\sner|"
    r"vara\s(?:färre|fler|lägre|mindre)|understig\w*|ner\b|upphöra)",
    re.IGNORECASE,
)
# Then it is counted as work done, which is what such a count does show.
_AS_WORK = re.compile(
    r"\b(?:upptäck|beivr|utred|lagför|hitta|avslöj|ingrip|kontroll\w*\sav|anmäla|rapportera)\w*", re.IGNORECASE
)


def effort(reading: Reading) -> Iterator[Finding]:
    """A count that follows how much the police work is used as the outcome ("minska narkotikabrotten").

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One, at the offence, or for the whole pledge when the indicator field is such a count.

    Notes
    -----
    Narcotics, drunken driving, speeding, weapons and fines are found by looking. "Upptäcka minst 52
    narkotikabrott" is an output goal and passes: it says what the police do.

    Examples
    --------
    >>> text = "Polisen ska minska antalet narkotikabrott i Centrum."
    >>> [text[found.start : found.end] for found in effort(Reading(text))]
    ['narkotikabrott']
    >>> list(effort(Reading("Polisen ska upptäcka minst 52 narkotikabrott på Råslätt.")))
    []
    """
    span = _aimed_at(reading)
    by_field = reading.fields.is_effort_driven and reading.fields.goal_kind in ("", "outcome")
    if span or by_field:
        yield reading.finding(
            "L14",
            "Antalet beror mest på hur mycket polisen kontrollerar, så det visar inte om problemet har ändrats.",
            "Lova antalet kontroller, och mät problemet på annat sätt: en enkät, en hastighetsmätning, avloppsvattnet.",
            span=span,
        )


def _aimed_at(reading: Reading) -> tuple[int, int] | None:
    for found in _AIMED.finditer(reading.text):
        more = re.search(r"\b(?:öka|fler|ökning|dubbl|fördubbl)", found[0], re.IGNORECASE)
        start, end = reading.sentence_at(found.start())
        if not (more and _AS_WORK.search(reading.text, start, end)):
            return found.span("effort") if found["effort"] else found.span("subject")
    return None
