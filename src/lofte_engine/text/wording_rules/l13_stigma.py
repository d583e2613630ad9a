"""L13: point nobody out, neither a person nor a group."""

import re
from collections.abc import Iterator

from lofte_engine.text.spans import Span
from lofte_engine.text.wording_rules.finding import Finding
from lofte_engine.text.wording_rules.persons import homes, person_names, small_groups
from lofte_engine.text.wording_rules.reading import Reading
from lofte_engine.text.wording_rules.times import spans_of
from lofte_engine.text.wording_rules.words import CRIME

_PEOPLES = (
    r"rom(?:er|erna|ska|sk)|resande(?:folk\w*)?|zigenar\w*|somali(?:er|erna|ska|sk)|afghan(?:er|erna|ska|"
    r"sk)|syri(?:er|erna|ska|sk)|"
    r"irak(?:ier|ierna|iska|isk)|iran(?:ier|ska|sk)|kurd(?:er|erna|iska|isk)|arab(?:er|erna|iska|isk)|"
    r"eritrean(?:er|ska)|etiopi(?:er|ska)|"
    r"gambi(?:er|ska)|marockan(?:er|ska)|tunisi(?:er|ska)|turk(?:ar|arna|iska)|pakistan(?:ier|ska)|"
    r"nordafrikan\w+|afrikan(?:er|erna|ska)|"
    r"östeurope(?:er|erna|iska)|rumän(?:er|erna|ska)|bulgar(?:er|erna|iska)|polska|polack\w*|polacker|"
    r"litau(?:er|erna|iska)|lettiska|lett(?:er|erna)|"
    r"georgi(?:er|erna|ska)|alban(?:er|erna|ska)|serb(?:er|iska)|kroat(?:er|iska)|bosni(?:er|ska)|"
    r"chilensk\w*|baltiska|balter(?:na)?|rysk\w*|ryssar\w*|"
    r"muslim(?:er|erna|ska|sk)?|jud(?:ar|arna)|judisk\w*|krist(?:en|na)|islamist\w*|invandrar\w*|"
    r"migrant(?:er|erna)|EU-migrant\w*|flykting(?:ar|arna)?|"
    r"sök(?:er|te|t|ande)\sasyl|asylsök\w*|"
    r"nyanländ(?:a|as)?|ensamkommande|asylboend\w*|utrikes\s?födda|utlandsfödda|papperslösa|(?:med|"
    r"av)\s(?:utländsk|utomeuropeisk|annan)\s(?:bakgrund|härkomst|etnicitet)|"
    r"utländska\s(?:ligor|medborgare|gärningsmän|män|ungdomar|gäng)"
)
_PEOPLE_NAMED = re.compile(rf"\b(?:{_PEOPLES})\b(?!\s(?:språk|mat|kyrk))", re.IGNORECASE)
_LANGUAGES = re.compile(r"\bpå\s\w+ska(?:(?:,|\soch|\seller|\ssamt)\s\w+)*\b", re.IGNORECASE)
_PROTECTS = re.compile(
    r"hatbrott|rasis|antisemit|islamofob|diskriminer|hat\soch\shot|hot\soch\shat|förföl|utsatta\sför|"
    r"skydda|brottsoffer|hedersrelat|"
    r"utnyttjas|exploater|offer\sför|människohandel",
    re.IGNORECASE,
)
# Illness ties a group to crime only where a place is named and no help is promised.
_ILL = re.compile(
    r"\b(?:psykiskt\s(?:sjuk|störd|funktionsned)\w*|psykisk\s(?:ohälsa|sjukdom)|schizofren\w*|autis\w+|adhd|samsjuk\w*|"
    r"utvecklingsstör\w*|funktionsnedsatt\w*|funktionsnedsättning\w*|hiv\w*|demen(?:s|ta)\w*|psyksjuk\w*)\b",
    re.IGNORECASE,
)
_HELPED = re.compile(r"stöd|hjälp|vård|behandl|erbjud|boendestöd|bemöt", re.IGNORECASE)
_GROUP = (
    r"(?:de\s(?:två|tre|fyra|fem|sex|sju|åtta|nio)|bröder(?:na)?|syskon(?:en)?|kusiner(?:na)?|kompis(?:ar|arna)|\w*ungdom(?:ar|arna|en)|unga(?:\s(?:män|killar|tjejer|vuxna))?|(?:unga\s)?(?:killar|pojkar|män|"
    r"tjejer|kvinnor)(?:na)?|killarna|pojkarna|männen|tjejerna|flickorna|"
    r"tonåring(?:ar|arna)|elever(?:na)?|grabbar(?:na)?|familjer(?:na)?|hyresgäster(?:na)?|invånare|"
    r"invånarna|boende|barnen|barn|personer|hushåll|människor(?:na)?|\w+borna)"
)
_DEED = (
    r"(?:säljer|langar|stjäl|snattar|begår|rånar|slår|slåss|hotar|stör|klottrar|vandaliserar|förstör|"
    r"terroriserar|bråkar|misshandlar|"
    r"knarkar|röker|dricker|super|skjuter|härjar|busk[öo]r|trakasserar|ofredar|lever\sav|håller\spå\smed|"
    r"skapar\s(?:oro|otrygghet|problem)|"
    r"ligger\sbakom|orsakar|sprider|använder|köper|handlar\smed|stökar|dealar|är\s(?:kriminella|kända\sför)|kör\sför\sfort)"
)
_GROUP_DOES = re.compile(
    rf"\b(?P<group>{_GROUP})\s(?:i\s[\w-]+åldern\s)?(?:(?:i|på|vid|från|runt|kring|utanför)\s(?:[\w-]+\s){{1,3}})?,?\s?(?:som|"
    rf"vilka)\s(?:[\w-]+\s){{0,6}}?{_DEED}\b"
    rf"|\b(?P<owned>{_GROUP})s?\s(?:i|på|vid|från|runt|"
    r"kring)\s(?P<place>[A-ZÅÄÖ][\w-]+)s?\s(?:\w+\s)?(?:narkotika(?:försäljning|handel|langning)|stölder|"
    r"skadegörelse|brottslighet|kriminalitet|våld|rån|langning|bråk)\b"
    r"|\b(?:kriminella|brottsliga|stökiga|bråkiga|våldsamma|knarkande|missbrukande|narkotikapåverkade|"
    rf"drogpåverkade|farliga|ökända)\s(?:[\w-]+\s)?{_GROUP}\b"
    r"|\b(?:ungdomsgäng(?:et|en|ens)?|gäng(?:et|en|ens|medlemmar\w*)|klan(?:en|er|erna)|släkten|släkterna|"
    r"ligan|langarna|missbrukarna|alkoholisterna|fyllona?|"
    r"narkomanerna|uteliggarna|de\shemlösa|tiggarna|a-?lag(?:et|arna)|bråkmakarna|ligisterna|busarna|knarkarna)\b",
    re.IGNORECASE,
)
_FROM_PLACE = re.compile(
    rf"\b{_GROUP}\s(?:som\s(?:kommer|bor)\s)?(?:från|i|på|vid|kring|runt)\s[\w-]+\b[^.;]{{0,50}}?"
    r"\b(?:begår|står\sför|ligger\sbakom|orsakar|stjäl|säljer|rånar|langar|är\skriminella|brottslig\w*"
    r"|(?:sluta|upphöra\smed|hindras\sfrån|avhålla\ssig\sfrån|stoppas\sfrån)\s(?:att\s)?"
    r"(?:begå|sälja|stjäla|langa|råna|klottra|störa|hota|vandalisera|förstöra|bråka|slåss)"
    r"|(?:ska|skall)\ssluta\smed\s\w*(?:narkotika|stöld|inbrott|klott|rån|våld|brott)\w*)"
    r"|\bde\skriminella\s(?:i|på|från|kring|vid)\s[\w-]+",
    re.IGNORECASE,
)
# "Killarna från Utsikten … ska stoppas": so few that the place tells who they are.
_POINTED_OUT = re.compile(
    r"\b(?:\w*ungdomarna|killarna|pojkarna|männen|tjejerna|flickorna|kvinnorna|tonåringarna|grabbarna|familjen|familjerna|"
    r"hyresgästerna|bröderna|syskonen|kompisarna|de)\s(?:som\s(?:bor|kommer)\s)?"
    r"(?:från|i|på|vid|kring|runt|utanför)\s(?-i:[A-ZÅÄÖ])[\w-]+(?:\s[\w-]+){0,12}?\s(?:ska|skall|måste|kommer\satt)\s"
    r"(?:stoppas|bort|gripas|vräkas|avvisas|flyttas?|portas|visiteras|kontrolleras|hållas\sefter|övervakas|köras\sbort)\b",
    re.IGNORECASE,
)
_FROM_ABROAD = re.compile(
    rf"\b(?:{_GROUP}|de|alla|\w*lig(?:or|orna|an)|\w*gäng\w*|(?:som\s)?(?:kommer|födda))\s(?:som\skommer\s)?(?:från|i)\s"
    r"(?-i:Somalia|Syrien|Afghanistan|Irak|Iran|Eritrea|Etiopien|Marocko|Algeriet|Tunisien|Rumänien|Bulgarien|Polen|"
    r"Georgien|Balkan|Nordafrika|Mellanöstern|Östeuropa|Albanien|Serbien|Turkiet|Chile|Litauen|Ryssland|Ukraina|Gambia)\b",
    re.IGNORECASE,
)
_LABELLED_PLACE = re.compile(
    r"\b(?:problemskola\w*|problemområde\w*|getto\w*|ghetto\w*|laglöst?\w*|värstingskola\w*|no-?go\w*|"
    r"slum\w*|knarkar(?:kvart|bo|lya)\w*|orosområde\w*|parallellsamhälle\w*)\b",
    re.IGNORECASE,
)
_SUGGESTION = (
    "Beskriv platsen, tiden och händelsen i stället för vilka det är: ”klottret vid stationen på helgkvällar”."
)


def stigma(reading: Reading) -> Iterator[Finding]:
    """A person can be told, or a group is tied to crime at a place.

    Parameters
    ----------
    reading : Reading
        The pledge.

    Yields
    ------
    Finding
        One for each kind, at its words; all of them block.

    Notes
    -----
    Origin, religion and asylum block when the text is about crime, illness also needs a place; but not when the
    group is whom the crime is aimed at ("hatbrott mot muslimer"), nor for languages ("på arabiska"). That the
    young shall be protected ("att unga inte dras in i kriminalitet") blocks nothing: it blames no group at a
    place.

    Examples
    --------
    >>> text = "Polisen ska stoppa ungdomarna i Norrby som säljer narkotika."
    >>> [text[found.start : found.end] for found in stigma(Reading(text))]
    ['ungdomarna i Norrby som säljer']
    >>> list(stigma(Reading("Polisen informerar om hatbrott mot muslimer, även på arabiska.")))
    []
    """
    text = reading.text
    yield from _blocks(
        reading,
        person_names(text),
        "Texten namnger en person; ett löfte som alla läser får inte göra det.",
        "Skriv funktionen i stället: ”kommunpolisen”, ”rektorn”, ”samordnaren”.",
    )
    yield from _blocks(
        reading,
        homes(text),
        "En adress pekar ut dem som bor där.",
        "Skriv området eller platsen i stället: ”bostadsområdet Norr”, ”kvarteren runt torget”.",
    )
    yield from _blocks(
        reading, small_groups(text), "Gruppen är så liten att det går att förstå vilka som menas.", _SUGGESTION
    )
    yield from _blocks(
        reading,
        _peoples(reading),
        "Texten knyter ursprung, religion eller sjukdom till brott.",
        "Ta bort det. Skriv vad som händer och var, inte vilka människor som bor eller vistas där.",
    )
    yield from _blocks(
        reading,
        _groups(reading),
        "Texten knyter en grupp på en plats till brott, så att alla i gruppen pekas ut.",
        _SUGGESTION,
    )
    yield from _blocks(
        reading, spans_of(_LABELLED_PLACE, text), "Ordet pekar ut alla som bor eller går i skola där.", _SUGGESTION
    )


def _blocks(reading: Reading, spans: tuple[Span, ...], message: str, suggestion: str) -> Iterator[Finding]:
    if spans:
        yield reading.finding("L13", message, suggestion, span=spans[0], severity="block")


def _peoples(reading: Reading) -> tuple[Span, ...]:
    text = reading.text
    if _PROTECTS.search(text) or not CRIME.search(text):
        return ()
    ill = spans_of(_ILL, text) if reading.places and not _HELPED.search(text) else ()
    return spans_of(_PEOPLE_NAMED, text, spans_of(_LANGUAGES, text)) + spans_of(_FROM_ABROAD, text) + ill


def _groups(reading: Reading) -> tuple[Span, ...]:
    """A group that does wrong, where a place narrower than the kommun is named."""
    if not reading.places:
        return ()
    return tuple(
        span for pattern in (_GROUP_DOES, _FROM_PLACE, _POINTED_OUT) for span in spans_of(pattern, reading.text)
    )
