"""Who does it: organisations, and the units and functions below them."""

import re
from dataclasses import dataclass

from lofte_engine.text.municipalities import find_municipalities
from lofte_engine.text.wording_rules.lists import word_set
from lofte_engine.text.wording_rules.words import infinitive


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone named, and whether the text makes them do it.

    Parameters
    ----------
    start, end : int
        Where the name stands.
    is_unit : bool
        True for a unit or function below an organisation ("områdespolisen", "fältgruppen").
    acts : bool
        True when they do something, False when something is done at, to or about them.
    """

    start: int
    end: int
    is_unit: bool
    acts: bool


_ORGANISATION = (
    r"polis(?:en|myndigheten|erna|er|man|män)?|lokalpolisområde(?:t)?|kommunen|kommun(?=\soch\spolis)|"
    r"(?<=polis\soch\s)kommun|staden|räddningstjänst(?:en)?(?:\s(?-i:[A-ZÅÄÖ])\w+)?|västtrafik|nobina|sl|"
    r"skånetrafiken|östgötatrafiken|trafikverket|tullverket|kustbevakningen|länsstyrelsen|ägar(?:e|"
    r"na)\still\s(?:\w+\s)?\w*(?:fastighet|hus|butik|krog|lokal)\w*|skattemyndigheten|skatteverket|"
    r"regionen|"
    r"region\s(?-i:[A-ZÅÄÖ])\w+|kriminalvården|försäkringskassan|arbetsförmedlingen|(?:\w*fastighets|"
    r"villa|bostadsrätts)ägar(?:e|na|en|föreningen)|"
    r"\w*bostadsbolag(?:et|en)?|hyresvärdar(?:na)?|hyresvärden|\w*hyresgästförening(?:en|ar|arna)?|"
    r"\w*företagarförening(?:en|ar|arna)?|"
    r"\w*förening(?:en|ar|arna)?|föreningsliv(?:et)?|idrottsrörelsen|näringsliv(?:et)?|civilsamhället|"
    r"handlar(?:na|e)|\w*företag(?:et|en|arna|are)|"
    r"krögar(?:e|na|en)|bid\s(?-i:[A-ZÅÄÖ])\w+|svenska\skyrkan|församlingen|nattvandrar(?:e|na|föreningen|gruppen)|"
    r"vägförening\w*|samfällighet\w*|bostads\sab|polisregion\w*|kommunpolis(?:en)?\soch\skommunen"
)
_UNIT = (
    r"områdespolis(?:en|er|erna)?|kommunpolis(?:en|er|erna)?|ungdomspolis(?:en|er|erna)?|trafikpolis(?:en|"
    r"er|erna)?|"
    r"polisvolontär(?:er|erna)?|volontärer(?:na)?|trafikgruppen|\w*insatsgruppen|lpo-?chef\w*|"
    r"lokalpolisområdeschef\w*|"
    r"(?!läns|mål|ålders|risk|arbets|ref|yrkes|folk)\w{3,}(?:förvaltning|nämnd|kontoret|avdelning|enhet|"
    r"sektion|sektor|styrelsen|gruppen)(?:en|ens|s)?|"
    r"social(?:tjänst(?:en)?|sekreterar\w+)|skol(?:an|orna|ledning\w*|sköterska\w*|kurator\w*)|\w+skolan|"
    r"\w+skolorna|rektor(?:n|er|erna)?|"
    r"\w*fritidsgård(?:en|ar|arna)|ungdomsgård(?:en|ar|arna)|fritidsledar(?:e|na|en)|fritidsbanken|"
    r"fält(?:are|arna|gruppen|assistent(?:er|erna|en)|sekreterar(?:e|na|en)|teamet)|\w*ordningsvakt(?:er|"
    r"erna|en)|väktar(?:e|na|en)|"
    r"trygghetsvärd(?:ar|arna|en)|områdesvärd(?:ar|arna)|bovärd(?:ar|arna)|"
    r"(?:brottsförebyggande|trygghets|säkerhets|folkhälso|ungdoms)-?\s?(?:och\ssäkerhets)?samordnar(?:e|"
    r"en|na)|samordnar(?:en|e)|"
    r"säkerhetschef(?:en)?|trygghetschef(?:en)?|kommundirektör(?:en)?|kommunchef(?:en)?|kommunalråd\w*|"
    r"(?!\w*områd)\w{4,}rådet|lokala\sbrå|lokalt\sbrå|trygghetsråd(?:et)?|folkhälsoråd(?:et)?|"
    r"brottsförebyggande\sråd(?:et)?|"
    r"park\w*\soch\sgat\w+|gatu-?\s?och\spark\w+|tekniska\s(?:förvaltning|kontor|enhet|nämnd)\w*|"
    r"teknik\soch\sservice|kultur\soch\sfritid\w*|"
    r"(?:hund|narkotikasöks?)\w*grupp\w*|parkarbetar\w+|driftpersonal\w*|biblioteket|medborgarvärd\w+|"
    r"hamnkapten\w*|alkoholhandläggar\w+|"
    r"tillståndshandläggar\w+|miljöinspektör\w+|ungdomsmottagning\w*|lärar(?:e|na)|elevhälsan?|"
    r"kommunens\s\w+(?:grupp|team|enhet|strateg|samordnare|chef|planerare|utvecklare|sekreterare|ingenjör)(?:en|et|er)?|"
    r"(?:folkhälso|trygghets|säkerhets|samhälls)\w*(?:strateg|planerare|utvecklare)(?:en|er)?"
)
_NAMED_COMPANY = (
    r"[A-ZÅÄÖ][\w&]+(?:\s[A-ZÅÄÖ][\w&]+)?\sAB|AB\s[A-ZÅÄÖ]\w+|[A-ZÅÄÖ]\w+(?:bostäder|hem|byggen)(?=\s)|"
    r"[A-ZÅÄÖ]\w+s?\s[Bb]ostäder"
)
_ACTOR = re.compile(
    rf"(?<![\w-])(?:(?P<unit>{_UNIT})|(?P<organisation>{_ORGANISATION}))(?P<genitive>s)?(?![\w-])", re.IGNORECASE
)
_COMPANY = re.compile(rf"(?<![\w-])(?:{_NAMED_COMPANY})(?![\w-])")
_LABEL = re.compile(
    r"\b(?:ansvarig(?:a|t)?(?:\s(?:aktör\w*|part\w*|organisation\w*|för\slöftet))?|ägare|löftesägare|"
    r"utförare|utförs\sav|genomförs\sav|"
    r"ansvar)\s?(?::|är\b|[-–]\s)\s*(?=[A-ZÅÄÖa-zåäö])",
    re.IGNORECASE,
)
# After these someone is where, to whom or about whom something is done.
_ELSEWHERE = re.compile(
    r"\b(?:till|hos|från|mot|om|på|av|för|kring|inom|vid|åt|mellan|i|bakom|utanför|efter|än|via|kontaktar|"
    r"ringer|tipsar|"
    r"larmar|träffar|når|hjälper|(?:samtal|möten?|dialog\w*|prata\w*|samverka\w*|samarbet\w*|kontakt\w*|\w*ronde?r?|\w*vandring(?:ar)?|\w*träff(?:ar)?)\smed)"
    r"\s(?:(?:hela|den|de|vår|våra|alla|samtliga|lokala|stadens|kommunens|polisens|områdets|och|andra|"
    r"berörda)\s)*$",
    re.IGNORECASE,
)
_PARTNER = re.compile(
    r"\b(?:(?:tillsammans|ihop|gemensamt)(?:\s[\w-]+){0,3}?\smed|(?:i|"
    r"genom)\s(?:[\w-]+\s){0,2}?(?:samverkan|samarbete|samråd|dialog)"
    r"(?:\s[\w-]+){0,3}?\smed|(?:samverkan|samarbete\w*|dialog\w*)\smellan|(?:med\s(?:stöd|hjälp)\s)?(?<!begäran\s)av|"
    r"med\shjälp\sfrån|genom|"
    r"vi\s(?:på|i|inom)|ansvarar|ansvar\sligger\s(?:på|hos)|ansvaret\shar|ledning\sav)\s"
    r"(?:(?:den|de|lokala|stadens|kommunens|polisens|andra|både|berörda)\s)*$",
    re.IGNORECASE,
)
# "Besöka skolorna", "vi informerar föreningarna": whom it is done to.
_OBJECT = re.compile(
    r"(?:\b(?:vi|man)\s(?:\w+\s)?)?(?P<verb>[^\W\d_]+)\s(?:in\s|ut\s|upp\s)?(?:(?:alla|samtliga|de|den|"
    r"våra|kommunens|lokala)\s)*$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"[\s,/&]*(?:och|samt|eller|,|/|&)?\s*(?:(?:den|de|lokala|kommunens|polisens|stadens)\s)*", re.IGNORECASE
)
# "polisens närvaro" is the police's own doing, "kommunens tunnlar" are not.
_OWN_WORK = re.compile(
    r"\s(?:\w+\s){0,2}?\w*(?:närvaro\w*|patruller\w+|arbete\w*|kontroll\w*|insats\w*|personal\w*|"
    r"medarbetare|fält\w+|volontär\w*|"
    r"ungdoms\w*grupp\w*|bilar|grupp\w*|team\w*|trafik\w*|utryckning\w*|områdespoliser\w*|besök\w*|"
    r"tillsyn\w*|rondering\w*|"
    r"samordnare\w*|handläggare|förvaltning\w*|enhet\w*|uppdrag|åtagande|ansvar|bidrag)\b",
    re.IGNORECASE,
)
_SUFFERS = re.compile(
    r"\s(?:\w+\s){0,3}?(?:ska|skall|kommer\satt|bör|kan|får)\s(?:\w+\s){0,2}?(?P<verb>[^\W\d_]+)", re.IGNORECASE
)
_DEPONENTS = word_set("synas finnas träffas mötas samlas hjälpas lyckas vistas samsas enas umgås medverkas")
_RECEIVES = re.compile(
    r"få|erbjudas|ges|bjudas|besökas|informeras|kontrolleras|kontaktas|utbildas|erhålla", re.IGNORECASE
)
PASSIVE = re.compile(
    r"\b(?:ska|skall|kommer\satt|bör|måste|kan)\s(?:(?!av\b)[\w-]+\s){0,4}?(?P<verb>[^\W\d_]{2,}s)\b"
    r"|\b(?P<present>[^\W\d_]{3,}(?:as|rs|ls|ks|ts|js|ns|ps|ds|vs|gs|ms))\b",
    re.IGNORECASE,
)


def find_actors(text: str) -> tuple[Actor, ...]:
    """Organisations, units and functions in a text, and whether they act.

    Parameters
    ----------
    text : str
        The pledge, lines mended.

    Returns
    -------
    tuple of Actor
        In reading order. "Andra aktörer", "parterna", *vi* and *man* name no one and are left out.

    Notes
    -----
    Someone acts unless a preposition makes them a place or a receiver ("tips till polisen", "hos kommunen"), unless
    they stand in the genitive ("kommunens tunnlar"; but "polisens närvaro" is their own work), and unless they are the
    subject of a passive ("skolorna ska besökas"). After *av*, *genom* and *tillsammans med* they act.

    Examples
    --------
    >>> [(a.acts, a.is_unit) for a in find_actors("Skolorna ska besökas av ungdomspolisen.")]
    [(False, True), (True, True)]
    >>> find_actors("Insatser ska genomföras tillsammans med andra aktörer.")
    ()
    """
    label = _LABEL.search(text)
    if label:
        before = find_actors(text[: label.start()])
        return (*before, *_labelled(text, label.end()))
    found: list[Actor] = []
    for start, end, is_unit, is_genitive in _mentions(text):
        previous = found[-1] if found else None
        joined = previous is not None and bool(_JOINED.fullmatch(text[previous.end : start]))
        acts = _acts(text, start, end, is_genitive=is_genitive)
        if joined and previous and not is_genitive:
            acts = previous.acts and not _suffers(text, end)
        found.append(Actor(start, end, is_unit, acts))
    return _joined_subjects(text, found)


def find_passive(text: str) -> tuple[int, int] | None:
    """Where a verb without a doer stands ("ska genomföras", "hålls").

    Parameters
    ----------
    text : str
        The pledge.

    Returns
    -------
    tuple of (int, int) or None
        The verb with its auxiliary.

    Examples
    --------
    >>> find_passive("Insatser ska genomföras.")
    (9, 23)
    """
    for found in PASSIVE.finditer(text):
        verb = (found["verb"] or found["present"]).casefold()
        if verb not in _DEPONENTS and infinitive(verb):
            return found.span()
    return None


def _labelled(text: str, start: int) -> list[Actor]:
    names = [Actor(first, last, is_unit, True) for first, last, is_unit, _ in _mentions(text) if first >= start]
    rest = text[start:].strip(" .)")
    return names or ([Actor(start, start + len(rest), True, True)] if rest else [])


def _mentions(text: str) -> list[tuple[int, int, bool, bool]]:
    """Place, whether a unit, whether genitive; a name within another is left out."""
    kommuns = [(m.start, m.end, text[m.start : m.end]) for m in find_municipalities(text) if m.organisation]
    found = [(start, end, False, said.casefold().endswith(("kommuns", "stads"))) for start, end, said in kommuns]
    found += [(*match.span(), False, False) for match in _COMPANY.finditer(text)]
    found += [(*match.span(), bool(match["unit"]), _is_genitive(match)) for match in _ACTOR.finditer(text)]
    found.sort(key=lambda one: (one[0], -one[1]))
    return [one for number, one in enumerate(found) if not any(first[1] > one[0] for first in found[:number])]


def _is_genitive(match: re.Match[str]) -> bool:
    return bool(match["genitive"]) or match[0].casefold() in ("polisens", "kommunens")


def _acts(text: str, start: int, end: int, *, is_genitive: bool) -> bool:
    before = text[max(0, start - 60) : start]
    if is_genitive:
        return bool(_OWN_WORK.match(text, end))
    if _PARTNER.search(before):
        return True
    if _is_object(before):
        return False
    return not _ELSEWHERE.search(before) and not _suffers(text, end)


def _is_object(before: str) -> bool:
    found = _OBJECT.search(before)
    if not found:
        return False
    verb = found["verb"].casefold()
    said_by_us = found[0].casefold().startswith(("vi ", "man ")) and infinitive(verb) is not None
    return said_by_us or infinitive(verb) == verb


def _suffers(text: str, end: int) -> bool:
    found = _SUFFERS.match(text, end)
    if not found:
        return False
    verb = found["verb"].casefold()
    passive = verb.endswith("s") and verb not in _DEPONENTS and infinitive(verb) is not None
    return bool(passive or _RECEIVES.fullmatch(verb))


def _joined_subjects(text: str, found: list[Actor]) -> tuple[Actor, ...]:
    """Of joined subjects the last shows whether they suffer: "Skolor och fritidsgårdar ska besökas"."""
    settled = list(found)
    for number in range(len(settled) - 2, -1, -1):
        one, after = settled[number], settled[number + 1]
        if _JOINED.fullmatch(text[one.end : after.start]) and _suffers(text, after.end):
            settled[number] = Actor(one.start, one.end, one.is_unit, False)
    return tuple(settled)
