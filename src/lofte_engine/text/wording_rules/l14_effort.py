"""L14: effort-driven counts. Of some crimes the police find as many as they look for."""

import re
from collections.abc import Iterator

from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.reading import Reading
from lofte_engine.text.wording_rules.times import inside

_EFFORT = (
    r"(?:\w*narkotikabrott\w*|\w*narkotikarelaterade\sbrott|narkotikaanmäl\w+|\w*rattfylleri\w*|"
    r"\w*rattonykter\w*|\w*rattfyllerist\w*|\w*trafikbrott\w*|trafikförseelse\w*|"
    r"hastighetsöverträdelse\w*|fortkörning(?:ar|arna|sböter)|fartsyndare|fortkörare|\w*vapenbrott\w*|"
    r"dopningsbrott\w*|ordningsböter\w*|"
    r"böter|bötes\w+|(?:\w+)?beslag(?:en|et)?|\w*sexköp\w*|olovlig(?:a)?\skörning\w*|drograttfyll\w+|"
    r"ringa\snarkotikabrott|knivlagsbrott\w*|rattfyllor(?:na)?|narkotikainnehav\w*|"
    r"brott\smot\s(?:narkotikastraff|kniv|vapen|trafikbrotts|dopnings)lag\w*|"
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
_STEP = r"(?:(?!för\satt|och\s(?:öka|göra|hålla)|genom|mot\s|\w*kontroller|\w*insatser|arbet)[\wåäö%,-]+\s){0,7}?"
_AIMED = re.compile(
    rf"\b{_LESS}\s{_STEP}(?P<effort>{_EFFORT})\b"
    rf"|\b(?P<subject>{_EFFORT})\b(?:\s(?!för\satt|som\b|upptäck|beivr|utred)[\w,-]+){{0,6}}?\s(?:ska|"
    r"skall|har|kommer\satt|bör)\s(?:ha\s)?(?:\w+\s){0,2}?"
    r"(?:minska\w*|öka\w*|sjunk\w*|stig\w*|halver\w*|bli\s(?:\w+\s)?(?:färre|fler|mindre)|gå\sner|"
    r"vara\s(?:färre|fler|lägre|mindre)|understig\w*|ner\b|upphöra|"
    r"(?:bli|vara)\s(?:[\w-]+\s){0,3}?(?:färre|fler)|(?:ligga|hållas|stanna|vara)\s(?:under|på\shögst)|inte\söverstig\w*)",
    re.IGNORECASE,
)
# "Högst 20 narkotikabrott", "ner till 25 narkotikabrott": a ceiling is never the work that is promised.
_CEILING = re.compile(
    rf"\b(?:högst|maximalt|max|färre\sän|mindre\sän|ner\still|ned\still)\s\d[\d ]*(?:\w+\s){{0,2}}?"
    rf"(?P<effort>{_EFFORT})\b"
    rf"|\bmål\w*\s(?:\w+\s)?att\s(?:[\w-]+\s){{0,3}}?(?P<caught>{_EFFORT})(?:\s[\w-]+){{0,7}}?\s"
    r"(?:minskar|sjunker|halveras|går\s(?:ner|ned)|blir\s(?:färre|fler)|ökar)\b",
    re.IGNORECASE,
)
_CAUGHT = (
    r"(?:åk(?:er|a)\sfast|bli(?:r)?\stagn\w*|tas?\s(?:för|med)|tagna\s(?:för|med)|grips?\b|gripas|ertappa\w*|"
    r"bötfäll\w*|lagför\w*|fastna\w*\si)"
)
_FEWER = r"(?:färre|minska\w*|lägre|halver\w*|sjunk\w*|gå\s(?:ner|ned)|bli\sfärre)"
# Those who are caught, and what is done to them: as many as one looks for.
_FEWER_CAUGHT = re.compile(
    rf"\b(?:färre|minska(?:r|s)?|halvera(?:r|s)?|högst\s\w+)\s(?:[\w-]+\s){{0,5}}?(?P<effort>{_CAUGHT})"
    rf"|\b(?:antalet|andelen)\s(?:[\w-]+\s){{0,3}}?(?P<caught>{_CAUGHT}|ingripande\w*|gripanden?|gripna|omhändertag\w*|"
    rf"visitation\w*|avvisning\w*)(?:\s[\w-]+){{0,7}}?\s(?:ska|skall|bör|kommer\satt)\s(?:\w+\s){{0,2}}?{_FEWER}",
    re.IGNORECASE,
)
# What the authority does or finds in larger numbers the more it works.
_WORK_COUNT = (
    rf"(?:{_EFFORT}|\w*kontroll(?:er|erna)?|\w*patrull\w*|\w*visitation\w*|\w*tillsyn\w*|ingripande\w*|gripna|"
    r"gripanden|omhändertag\w+|avvisning\w*|utskänkningstillsyn\w*|rattfulla|(?:rattfull|berusad|påverkad)\w*\sförare|"
    r"liter\b[^.;]{0,40}?\b(?:häll\w*|slå\w*|töm\w*)\s(?:ut|bort)|(?:häll\w*|slå\w*|töm\w*)\s(?:ut|bort)\b[^.;]{0,20}?\bliter|"
    r"bötfäll\w*|beslagtag\w+|rapporterade)"
)
_BETTER = (
    r"(?:bättre|säkrare|tryggare|lugnare|nyktrare|renare|mindre|färre|minska\w*|minskning\w*|sjunk\w*|sjönk|halver\w*|"
    r"förbättr\w*|avta\w*|gått\sner|går\sner)"
)
# "Det mäts i antalet kontroller", where something else is promised to get better.
_MEASURED_BY = re.compile(
    r"\b(?:mäts|mätas|mäter|mätt|räknat|räknas|måttet\sär|avläses|syns|synas|märks|bedöms|följs)\b(?:\s[\w-]+){0,4}?\s"
    rf"(?:antal(?:et)?|hur\smånga|hur\smycket|mängden|fler|i|genom|med)\s(?:[\w-]+\s){{0,3}}?(?P<effort>{_WORK_COUNT})",
    re.IGNORECASE,
)
_GETS_BETTER = re.compile(rf"\b{_BETTER}\b(?!\s(?:\w+\s)?\w*(?:kontroll|patrull|tillsyn))", re.IGNORECASE)
# "Det ska visa att trafiken har blivit säkrare", after such a count.
_SHOWS = re.compile(
    rf"\b(?:det(?:ta)?|vilket|siffran|{_WORK_COUNT})\s(?:(?:ska|skall|kommer\satt)\s)?(?:[\w-]+\s){{0,2}}?"
    rf"(?:visar?|bevisar?|betyder?|är\s(?:ett|vårt|ett\sav\svåra)\s(?:tecken|mått|bevis)\spå|"
    rf"för\satt\s(?:se|visa|veta|mäta|bedöma)\s(?:om|att|hur)?)\s?[^.;]{{0,60}}?\b{_BETTER}\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\b{_WORK_COUNT}\b", re.IGNORECASE)
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
    narkotikabrott" is an output goal and passes: it says what the police do. Checks, people caught and litres
    poured out are found when they are said to measure or show that something else gets better.

    Examples
    --------
    >>> text = "Polisen ska minska antalet narkotikabrott i Centrum."
    >>> [text[found.start : found.end] for found in effort(Reading(text))]
    ['narkotikabrott']
    >>> list(effort(Reading("Polisen ska upptäcka minst 52 narkotikabrott på Råslätt.")))
    []
    >>> list(effort(Reading("Polisen gör 50 kontroller. Det mäts i antalet kontroller.")))
    []
    """
    span = _aimed_at(reading) or _taken_for_effect(reading)
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
    limit = _CEILING.search(reading.text) or _FEWER_CAUGHT.search(reading.text)
    if limit is None:
        return None
    return limit.span("effort") if limit["effort"] else limit.span("caught")


def _taken_for_effect(reading: Reading) -> tuple[int, int] | None:
    """A count of work that is said to measure or to show a change for the better."""
    measured = _MEASURED_BY.search(reading.text)
    promised = (found.start() for found in _GETS_BETTER.finditer(reading.text))
    if measured and any(not inside(at, (*reading.purposes, measured.span())) for at in promised):
        return measured.span("effort")
    shown = _SHOWS.search(reading.text)
    counted = _COUNTED.search(reading.text, 0, shown.end()) if shown else None
    return counted.span() if counted else None
