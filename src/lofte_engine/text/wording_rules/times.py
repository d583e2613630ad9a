"""When, how often, and what is told about reporting."""

import re
from collections.abc import Iterable

from lofte_engine.text.dates import MONTHS
from lofte_engine.text.spans import Span

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_SEASON = r"(?:våren|sommaren|hösten|vintern|vår|sommar|höst|vinter)"
_UNIT = r"(?:dag|dygn|natt|kväll|vecka|veckohelg|helg|månad|kvartal|tertial|halvår|termin|läsår|år|säsong)"
_WEEKDAY = r"(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|vardag)"
_NUMBER_WORD = r"(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|tolv|arton)"
_NUMBER = rf"(?:\d+|{_NUMBER_WORD})"

# "minst två gånger per månad", "varannan vecka", "dagligen".
RATE = re.compile(
    rf"\bper\s{_UNIT}\b|/\s?(?:{_UNIT}|v|mån)\b"
    r"|\bom\s(?:dagen|dygnet|året|natten|kvällen|månaden)\b|\bi\s(?:veckan|månaden|kvartalet|tertialet|"
    r"halvåret|terminen)\b"
    rf"|\bvar(?:je|annan|t|tannat)\s(?:\w+\s)?(?:{_UNIT}|{_WEEKDAY})\w*"
    rf"|\bvar(?:je|annan)?\s(?:\w+\s)?\w*(?:kväll|natt|helg|eftermiddag|morgon|sommar|vinter|vår|höst|lov)\b"
    rf"|\bvar(?:t)?\s(?:tredje|fjärde|femte|sjätte|tionde)\s(?:{_UNIT}|{_WEEKDAY})\b"
    rf"|\b(?:dagligen|veckovis|månadsvis|årligen|kvartalsvis|tertialvis|terminsvis|halvårsvis|nattligen)\b"
    rf"|\b(?:veckovisa?|dagliga|månatliga?|årliga)\b|\bsnitt(?:et)?\b(?=.{{0,30}}\b(?:{_UNIT})\w*)",
    re.IGNORECASE,
)
# An amount of time inside which something is answered or mended.
RESPONSE = re.compile(
    rf"\b(?:inom|(?:mer|längre|senare)\sän|högst)\s(?:{_NUMBER})\s(?:\w+\s)?(?:minut(?:er)?|timm(?:e|ar)|dygn|dag(?:ar)?|arbetsdag(?:ar)?|"
    r"vardagar|veck(?:a|or))\b",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
TIME = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b{_YEAR}(?:\s?[-–/]\s?(?:{_YEAR}|\d\d))?\b"
    rf"|\b(?:den\s)?\d{{1,2}}(?::e|:a)?\s{_MONTH}\b|\b\d{{1,2}}/\d{{1,2}}(?!\d)|\b{_MONTH}\b"
    r"|\b(?:i|under|till|före|efter|innan|inför|senast|från|med|på|hela|denna|nästa|kommande|varje|"
    rf"av)\s(?:hela\s|den\s)?{_SEASON}\b"
    r"|\b(?:vår|höst)terminen?\b|\b(?:termins?|skol)start(?:en)?\b|\bskolavslutning\w*|\bläsåret\b|"
    r"\bterminen\b|\bunder\sskoltiden\b"
    rf"|\b(?:sommar|jul|påsk|höst|sport|skol)lov(?:et|en)?\b|\b\w*säsong(?:en)?\b|\bsemestertider?\b"
    r"|\b(?:valborg|påsk(?:en)?|midsommar|jul(?:en|handeln)?|nyår|lucia|student(?:en|firandet)|halloween|"
    r"årsskifte(?:t|n)?)\b"
    r"|\b(?:under|i|hela|kommande|nästa|innevarande|detta|året)\s(?:kalender|verksamhets|budget)?år(?:et|"
    r"en)?(?:\sut|\srunt|\som)?\b"
    rf"|\båret\sut\b|\bi\sår\b|\bunder\såret\b"
    rf"|\b(?:inom|under|i)\s(?:de\s)?(?:närmaste\s|kommande\s)?(?:[1-9]|{_NUMBER_WORD})\s(?:närmaste\s|"
    r"kommande\s)?(?:månad(?:er)?|år(?:en)?|kvartal|terminer|veckor)\b"
    r"|\b(?:vecka|veckorna|v\.?)\s?\d{1,2}\b|\b(?:kvartal|tertial)\s\d\b|\b(?:första|andra|tredje|fjärde|"
    r"sista)\s(?:kvartalet|tertialet|halvåret)\b"
    r"|\b(?:de\s)?(?:närmaste|kommande)\s(?:\w+\s)?(?:månad(?:erna)?|år(?:en|et)?|halvåret|veckorna|"
    r"mandatperioden)\b"
    rf"|\bmandatperioden\b|\bQ[1-4]\b|\bT[1-3]\b|\b(?:halv)?årsskiftet\b|\bi\s(?:vår|sommar|höst|vinter)\b",
    re.IGNORECASE,
)
# A year in such a phrase tells what is compared with or read from, not when something is done.
BASELINE = re.compile(
    rf"\b(?:jämfört\smed|jämförelse\smed|i\sförhållande\still|än|sedan|utgångs\w+|baslinje\w*|nuläge\w*|nivån?|"
    rf"mätning(?:en)?|undersökning(?:en)?|enkät(?:en)?|lägesbild(?:en)?|fjolårets|statistik(?:en)?|utfall(?:et)?)"
    rf"(?:\s(?!ska|skall|till\b|under)\S+){{0,4}}?\s\(?(?:i\s|från\s|för\s|under\s|år\s)?"
    rf"(?:{_YEAR}|\bfjol|\bförra\såret|\bföregående\sår)"
    rf"|\bfrån\s(?!{_YEAR}\b)\d+(?:,\d+)?\s?(?:%|procent|\w+)?\s?\(?(?:år\s|i\s|under\s)?{_YEAR}\b"
    rf"|\b(?:som|år)\s{_YEAR}\b(?=\s?(?:blev|var|gjordes|hölls|genomfördes|hade))|\(\s?{_YEAR}:|:\s?{_YEAR}\s?\)"
    rf"|\bi\sfjol\b|\bförra\såret(?:s)?\b|\bföregående\sår(?:et)?s?\b|\bfjolårets?\b|\btidigare\sår\b"
    rf"|\b{_YEAR}\s(?:års?\s(?:nivå|resultat|mätning|utfall|siffr)|blev\b|var\b|gjordes\b|hölls\b|"
    r"genomfördes\b|hade\b)",
    re.IGNORECASE,
)
_REPORT_VERB = (
    r"följ(?:s|er|a|as)\s(?:\w+\s){0,3}?upp\b|(?:löpande\s|årlig\s)?uppföljning(?:en|ar)?\s(?:sker|görs|"
    r"av|redovisas|publiceras|i|varje|på)"
    r"|uppfölj(?:s|as)|redovis(?:a|ar|as|ning|ningen)\b|återrapport\w+|avrapport\w+|rapporter(?:as|ar\svi|"
    r"ar\sresultat\w*|ar\stertialvis)"
    r"|rapportera\s(?:resultat|antal|utfall|till|hur)\w*|återkoppl\w+|utvärder(?:as|ar|a|ing|ingen)\b|"
    r"publicer(?:as|ar|a)\b"
    r"|present(?:eras|erar|era)\s(?:resultat|utfall|på|i)\w*|stäms?\s(?:\w+\s){0,2}av\b|"
    r"resultatet\s(?:visas|läggs|delas|finns)"
    r"|berätta(?:r|s)?\s(?:\w+\s){0,2}(?:hur|resultat)\w*"
    r"|tas\supp\s(?:på|vid|i)\s\w*(?:möte|råd|nämnd|fullmäktige|styr)\w*"
)
_RESULT = r"(?:antal(?:et)?|andel(?:en)?|siffr(?:an|or|orna)|resultat(?:et|en)?|utfall(?:et)?|statistik(?:en)?)"
# "Siffran visas i maj", "det tas upp på mötet".
_RESULT_TOLD = (
    rf"(?:{_RESULT}|det(?:ta)?)\s(?:[\w-]+\s){{0,3}}?"
    r"(?:visas|presenteras|berättas|anslås|delas|skrivs|tas\supp|läggs\s(?:ut|upp)|finns\satt\släsa)\b"
)
# "Visar i mars vad det gav", "i höst står det i tidningen hur många det blev".
_TELLS_RESULT = (
    r"(?:visa[rs]?|presentera[rs]?|berätta[rs]?|skriv(?:er|s)|anslå[rs]?|står|tas\supp|tar\supp|lägg(?:er|s)\s(?:ut|upp))"
    rf"\s[^.;]{{0,50}}?\b(?:hur\s(?:många|mycket|ofta|stor\w*|det\s(?:gick|går|har|blev))|vad\s(?:det|de|vi|som)|{_RESULT})\b"
)
REPORT = re.compile(rf"\b(?:{_REPORT_VERB}|{_RESULT_TOLD}|{_TELLS_RESULT})", re.IGNORECASE)
_CLAUSE_START = re.compile(r"[.;:!?(–]\s?|,\s|\s(?:och|samt|som)\s", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[.;!?)](?:\s|$)|,?\s(?:och|samt)\s(?=(?:ska|skall|kommer|polisen|kommunen|vi)\b)", re.IGNORECASE
)
_CHANNEL = re.compile(
    r"polisen\.se|\w+\.se\b|webb\w*|hemsida\w*|facebook|instagram|sociala\smedier|lokalpress\w*|"
    r"nyhetsbrev|\w*-?tidning\w*|\w*bladet|fullmäktige|"
    r"kommunstyrelse\w*|nämnd\w*|lokala?\sbrå\w*|trygghetsråd\w*|styrgrupp\w*|årsredovisning\w*|\w*möte(?:t|n|na)?\b|"
    r"anslagstavl\w*|lokalradio\w*|\w*perioden",
    re.IGNORECASE,
)
_LEADS = r"(?:den\s|i\s|slutet\sav\s|utgången\sav\s|sista\s|första\s|\d{1,2}\s)*$"
_FROM_WHEN = re.compile(
    rf"\b(?:från|fr\.?\s?o\.?\s?m\.?|från\soch\smed|med\s(?:start|början)|efter)\s{_LEADS}", re.IGNORECASE
)
_UNTIL_WHEN = re.compile(
    rf"\b(?:till|t\.?\s?o\.?\s?m\.?|till\soch\smed|senast|före|innan|inför|tills)\s{_LEADS}", re.IGNORECASE
)
_PREPOSITION = re.compile(r"(?:till|senast|före|innan|inför|från|efter|med)\s", re.IGNORECASE)
_ONE_SEASON = re.compile(r"\b(?:läsår\w*|vinter\w*|säsong\w*)\s(?=$|\d)", re.IGNORECASE)
_SEVERAL_YEARS = re.compile(
    rf"{_YEAR}\s?[-–/]\s?\d|\b(?!en\b|ett\b|1\b){_NUMBER}\s(?:\w+\s)?år(?:en)?\b|\båren\b", re.IGNORECASE
)
_BARE_YEAR = re.compile(rf".*\b{_YEAR}")


def spans_of(pattern: re.Pattern[str], text: str, outside: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Where a pattern stands, but not inside given spans.

    Parameters
    ----------
    pattern : re.Pattern
        What to look for.
    text : str
        The pledge.
    outside : iterable of (int, int)
        Stretches that do not count.

    Returns
    -------
    tuple of (int, int)
        In reading order.
    """
    barred = tuple(outside)
    return tuple(found.span() for found in pattern.finditer(text) if not inside(found.start(), barred))


def inside(offset: int, spans: Iterable[Span]) -> bool:
    """Whether a place lies in one of some spans.

    Parameters
    ----------
    offset : int
        The place.
    spans : iterable of (int, int)
        Half-open spans.

    Returns
    -------
    bool
        False for no spans.
    """
    return any(start <= offset < end for start, end in spans)


def reporting_clauses(text: str) -> tuple[Span, ...]:
    """Clauses that tell how the pledge is followed up, so that their times are not taken for its period.

    Parameters
    ----------
    text : str
        The pledge.

    Returns
    -------
    tuple of (int, int)
        From the beginning of the clause to its end.

    Examples
    --------
    >>> text = "Polisen gör 50 kontroller under 2025, redovisas i januari 2026."
    >>> [text[start:end] for start, end in reporting_clauses(text)]
    ['redovisas i januari 2026']
    """
    found: list[Span] = []
    for verb in REPORT.finditer(text):
        starts = [0, *(edge.end() for edge in _CLAUSE_START.finditer(text, 0, verb.start()) if not _keeps(text, edge))]
        end = _CLAUSE_END.search(text, verb.end())
        found.append((starts[-1], end.start() if end else len(text.rstrip())))
    return tuple(found)


def says_when_reported(text: str) -> bool:
    """Whether a clause tells how or when it is reported, not only that it is.

    Parameters
    ----------
    text : str
        The clause.

    Returns
    -------
    bool
        True when there is a time, a rhythm or a channel.

    Examples
    --------
    >>> says_when_reported("redovisas tertialvis"), says_when_reported("arbetet följs upp")
    (True, False)
    """
    return any(pattern.search(text) for pattern in (TIME, RATE, _CHANNEL))


def has_one_period(text: str, times: Iterable[Span]) -> bool:
    """Whether it is plain how long a time the dates of a text cover.

    Parameters
    ----------
    text : str
        The pledge.
    times : iterable of (int, int)
        Where its times stand.

    Returns
    -------
    bool
        True for one year, term, season or month, and for a first with a last day. False for a last day alone, a
        first day alone, and several years, where the amount may be meant for each or for all.

    Examples
    --------
    >>> texts = ("från maj till augusti 2026", "till och med maj 2026", "under 2026 och 2027", "våren 2026")
    >>> [has_one_period(text, spans_of(TIME, text)) for text in texts]
    [True, False, False, True]
    """
    spans = _joined(text, times, r"\s*")
    kinds = {_kind(text, span) for span in _joined(text, spans, r",?\s(?:och|samt)\s", _BARE_YEAR)}
    return "whole" in kinds or {"from", "until"} <= kinds


def _joined(text: str, spans: Iterable[Span], gap: str, both: re.Pattern[str] | None = None) -> list[Span]:
    """Neighbours with only `gap` between them made one; with `both`, only where each of them has that form."""
    found: list[Span] = []
    for start, end in spans:
        before = found[-1] if found else None
        near = before and re.fullmatch(gap, text[before[1] : start])
        if before and near and (both is None or all(both.fullmatch(text[a:b]) for a, b in (before, (start, end)))):
            found[-1] = (before[0], end)
        else:
            found.append((start, end))
    return found


def _kind(text: str, span: Span) -> str:
    said, before = text[span[0] : span[1]], text[max(0, span[0] - 40) : span[0]]
    preposition = _PREPOSITION.match(said)
    leading = before + (preposition[0] if preposition else "")
    if _UNTIL_WHEN.search(leading):
        return "until"
    if _FROM_WHEN.search(leading):
        return "from"
    years = set(re.findall(rf"\b{_YEAR}\b", said))
    several = len(years) > 1 or _SEVERAL_YEARS.search(said)
    return "several" if several and not _ONE_SEASON.search(before + said) else "whole"


def _keeps(text: str, edge: re.Match[str]) -> bool:
    """A full stop inside an abbreviation or an address is no edge."""
    return edge[0] == "." and text[edge.end() : edge.end() + 1].isalnum()
