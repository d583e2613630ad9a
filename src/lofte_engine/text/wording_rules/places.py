"""Where: places narrower than the kommun, and words for the whole of it."""

import re
from collections.abc import Sequence

from lofte_engine.text.municipalities import find_municipalities, municipalities
from lofte_engine.text.spans import Span
from lofte_engine.text.wording_rules.lists import word_set
from lofte_engine.text.wording_rules.times import inside, spans_of
from lofte_engine.text.wording_rules.words import infinitive

_PREPOSITION = r"(?:i|på|vid|kring|runt|längs|utmed|utanför|omkring|inom|genom|intill|bakom|över|invid|nära|hos)"
_KIND = (
    r"torg(?:et|en|ets)?|\w+torget|centrum(?:et|s)?|city|resecentrum(?:et)?|\w*station(?:en|er|erna|sområdet)?|"
    r"\w*tunn(?:el|eln|lar|larna)|\w*skol(?:a|an|or|orna|gård|gården|gårdar|gårdarna|område|området|"
    r"områden)|\w*gymnasi(?:et|um|er|erna)|"
    r"gymnasieskol\w+|\w*gat(?:a|an|or|orna)|\w+väg(?:en|ar|arna)|vägarna|vägar|stadsdel(?:en|ar)?|"
    r"kommundel(?:en)?|"
    r"bostadsområd(?:et|en|ena|e)|\w*park(?:en|er|erna)?|\w*parkering(?:en|ar|arna)?|parkeringsplats\w*|"
    r"badplats\w*|badhus\w*|"
    r"simhall\w*|bibliotek\w*|\w*hamn(?:en|ar|arna)?|köpcentr\w+|galleria\w*|camping\w*|\w+leder(?:na)?|"
    r"\w+leden|lekplats\w*|"
    r"fritidsgård\w*|ungdomsgård\w*|krog(?:en|ar|arna)|\w*restaurang(?:en|er|erna)|nöjes\w+|"
    r"industriområd\w*|idrotts(?:plats|hall)\w*|"
    r"byn|byar|byarna|tätort(?:en|er|erna)|landsbygd(?:en)?|skärgård(?:en)?|\w*strand(?:en|promenaden)?|"
    r"\w*stränder(?:na)?|innerstad(?:en)?|"
    r"stadskärna(?:n)?|gågat\w+|\w*hållplats\w*|\w*terminal(?:en|er|erna)?|uteservering\w*|utelivs\w+|"
    r"förskol\w+|\w*boende(?:t|n|na)|"
    r"trapphus\w*|\w*garage\w*|källar\w*|rastplats\w*|kyrkogård\w*|\w*butik(?:en|er|erna)|affärer(?:na)?|"
    r"handelsområd\w*|handelsplats\w*|"
    r"grönområd\w*|skogsområd\w*|skateparken?|fotbollsplan\w*|evenemang\w*|arena(?:n|or)?|campus\w*|"
    r"perrong\w*|spårområd\w*|"
    r"gång-?\soch\scykel\w+|gångväg\w*|cykelväg\w*|cykelbana\w*|övergångsställe\w*|korsning\w*|rondell\w*|"
    r"bro(?:n|arna)|"
    r"bensinmack\w*|\bmackar\w*|småbåtshamn\w*|fritidshusområd\w*|villaområd\w*|flerbostads\w+|"
    r"mötesplats(?:en|er|erna)|utomhusbad\w*|\w*lokal(?:en|er|erna)"
)
_NO_CROSSING = (
    r"(?!med\b|och\b|för\b|av\b|att\b|som\b|eller\b|mot\b|till\b|ska\b|om\b|hos\b|från\b|samverkan\b|"
    r"samarbete\b|kommun\b|kommunen\b)"
)
_KNOWN_KIND = re.compile(
    rf"\b{_PREPOSITION}\s(?:{_NO_CROSSING}[\w-]+\s){{0,3}}?(?P<kind>{_KIND})(?![\w-])"
    rf"|\b[A-ZÅÄÖ][\w-]*\s(?P<named>centrum|resecentrum|station|torg|skola|gymnasium|hamn|park|kommundel|tätort|innerstad|city)\b"
    rf"|\b(?:i|på|vid)\s(?:centrala|norra|södra|östra|västra)\s\w+",
    re.IGNORECASE,
)
# These are places wherever they stand in a sentence.
_THING = re.compile(
    r"\b(?:torget|\w+torget|resecentrum|stationen|stationsområdet|\w*parken|\w*tunneln|\w*tunnlarna|"
    r"badplats(?:en|erna)|hamnen|"
    r"skolgård(?:en|arna)|lekplats(?:en|erna)|gågatan|busstationen|bussterminalen|stadskärnan|simhallen|"
    r"skateparken|"
    r"parkering(?:en|arna)|gångväg(?:en|arna)|gångstråk(?:et|en)|småbåtshamnen|galleria(?:n)|perrongen|"
    r"innerstaden|genomfarten|"
    r"infart(?:en|erna)|(?:centrala|norra|södra|östra|västra|inre)\s(?-i:[A-ZÅÄÖ])\w+)\b",
    re.IGNORECASE,
)
_FIGURATIVE = re.compile(
    r"\bi\scentrum\sför\b|\bsätt\w*\s(?:\w+\s){1,3}i\scentrum\b|\bpå\sväg\b|\bi\sskolfrågor\b", re.IGNORECASE
)
_WIDE = re.compile(
    r"\b(?:i|inom|över|runt\som\si|kring\si|på\solika\shåll\si|på\sflera\splatser\si|runt\si)\s(?:hela\s|"
    r"stora\sdelar\sav\s|vår\s|den\s)?"
    r"(?:kommunen|kommun|staden|stan|lokalpolisområdet|länet)\b"
    r"|\bhela\s(?:kommunen|staden|stan|lokalpolisområdet)\b|\bkommunens\s(?:hela\s)?(?:yta|område|"
    r"gränser)\b|\bkommunövergripande\b"
    r"|\b(?:samtliga|alla|varje|respektive|kommunens|var\soch\sen\sav)\s(?:\w+\s)?"
    r"(?:kommundel(?:ar|arna)?|stadsdel(?:ar|arna)?|tätort(?:er|erna)?|orter|bostadsområden|delar\sav\skommunen)\b"
    r"|\bhela\s[A-ZÅÄÖ]\w+s\skommun\b|\bkommuninvånar\w+\b"
    r"|\bkommunens\s(?:[\w-]+\s){0,2}?(?:miljöer|platser|rum|ytor|delar|orter)\b",
    re.IGNORECASE,
)
_EACH_PART = re.compile(
    r"\b(?:(?:var|vart|varje)\soch\s(?:en|ett)\sav|varje|vardera|respektive|per)\s(?:kommunens\s|de\s)?(?:\w+\s)?"
    r"(?:kommundel(?:en|ar|arna)?|stadsdel(?:en|ar|arna)?|tätort(?:en|er|erna)?|bostadsområde(?:t|n|na)?)\b",
    re.IGNORECASE,
)
# Infinitives that are adjectives too: "på öppna parkeringar".
_ADJECTIVES = word_set("trygga öppna säkra")
_NAME = r"[A-ZÅÄÖÉ][\wåäöé]*[a-zåäöé][\w-]*"
_BETWEEN = (
    r"(?:(?:hela|området|områdena|stadsdelen|stadsdelarna|kommundelen|kommundelarna|bostadsområdet|"
    r"bostadsområdena|torget|"
    r"centrala|norra|södra|östra|västra|inre|yttre|nya|gamla|stora|lilla|bland\sannat|bl\.\s?a\.|främst|"
    r"särskilt|framför\sallt|byn|"
    r"byarna|orten|orterna|tätorten|tätorterna|parken|skolan|fritidsgården|skolorna|kring|och|det|den|t\.\s?ex\.|"
    r"till\sexempel|både|dels)\s)*"
)
_NAMED = re.compile(
    r"\b(?:[Ii]|[Pp]å|[Vv]id|[Kk]ring|[Rr]unt|[Ll]ängs|[Uu]tmed|[Uu]tanför|[Oo]mkring|[Mm]ellan|[Ii]nom|"
    r"[Gg]enom|[Ii]ntill|[Tt]ill|[Ff]rån|"
    rf"[Ff]ör|[Öö]ver|[Nn]ära)\s{_BETWEEN}(?P<name>{_NAME})"
)
_ROAD = re.compile(r"\b(?:riksväg|länsväg|väg|rv|lv)\.?\s?\d+\b|\bE\s?\d{1,3}\b|\b[Ll]inje\s\d+|\b[Ee]uropaväg\w*")
_CAPITAL = re.compile(rf"(?<=[^\s.!?:•–-]\s)(?P<name>{_NAME})")
# Capitals that name no place.
_NO_PLACES = word_set(
    """
    facebook instagram snapchat tiktok youtube teams internet polisen polismyndigheten kommunen kommun brå ntu est
    scb can lupp sspf kolada trafikverket länsstyrelsen region regionen västtrafik nobina tullverket kustbevakningen
    räddningstjänsten socialtjänsten sverige ansvarig ansvariga arbetet resultatet uppföljning mål mått exempel
    polis löftet agenda skolverket försäkringskassan hyresgästföreningen kriminalvården vi det detta syftet målet
    samverkan nattvandrarna medborgarundersökningen trygghetsmätningen rikspolisen noa bid grannsamverkan
    båtsamverkan polisregion ab bostads bostadsbolaget svenska kyrkan sos alarm europa norden facebooksida
    medborgarlöftet medborgarlöfte under vid inom för varje minst kontakt omfattning indikator ansvar när hur vad
    var vem redovisas redovisning
    """
)


def wide_places(text: str) -> tuple[Span, ...]:
    """Words that mean the whole kommun.

    Parameters
    ----------
    text : str
        The pledge.

    Returns
    -------
    tuple of (int, int)
        "i kommunen", "samtliga kommundelar", "i Strängnäs kommun", "i Strängnäs".

    Examples
    --------
    >>> text = "Polisen och Eda kommun patrullerar i Eda kommun."
    >>> [text[start:end] for start, end in wide_places(text)]
    ['Eda kommun']
    """
    found = list(spans_of(_WIDE, text))
    for mention in find_municipalities(text):
        before = text[max(0, mention.start - 20) : mention.start]
        where = not mention.organisation or bool(
            re.search(rf"\b{_PREPOSITION}\s(?:hela\s|centrala\s)?$", before, re.IGNORECASE)
        )
        if where and not inside(mention.start, narrow_kinds(text)):
            found.append((mention.start, mention.end))
    # Names that are also words ("Eda", "Mark") are taken for the kommun only after a preposition.
    found += [name.span("name") for name in _NAMED.finditer(text) if _is_only_name(name, found)]
    return tuple(sorted(set(found)))


def narrow_kinds(text: str) -> tuple[Span, ...]:
    """Places of a known kind, named or not: a square, a station, the schools.

    Parameters
    ----------
    text : str
        The pledge.

    Returns
    -------
    tuple of (int, int)
        In reading order.

    Examples
    --------
    >>> narrow_kinds("fotpatrullera på skolgårdar")
    ((14, 27),)
    """
    barred = (*spans_of(_FIGURATIVE, text), *spans_of(_WIDE, text))
    known = (
        found
        for found in _KNOWN_KIND.finditer(text)
        if not inside(found.end() - 1, barred) and not _holds_infinitive(found[0])
    )
    kinds = tuple(found.span() for found in known if (found["kind"] or "").casefold() not in municipalities())
    return spans_of(_ROAD, text) + kinds + spans_of(_THING, text, barred)


def each_parts(text: str) -> tuple[Span, ...]:
    """Words for every part of the kommun taken by itself.

    Parameters
    ----------
    text : str
        The pledge.

    Returns
    -------
    tuple of (int, int)
        "var och en av kommunens kommundelar", "varje stadsdel", but not "samtliga kommundelar".
    """
    return spans_of(_EACH_PART, text)


def narrow_places(text: str, not_places: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Places narrower than the kommun.

    Parameters
    ----------
    text : str
        The pledge.
    not_places : sequence of (int, int)
        Where organisations and persons are named.

    Returns
    -------
    tuple of (int, int)
        Known kinds of places, proper names after a preposition, and other proper names inside a sentence.

    Notes
    -----
    A name of a kommun alone ("i Luleå") is not narrower. Months are written small in Swedish, so a capital inside a
    sentence is a name; those of organisations, surveys and websites are taken away.

    Examples
    --------
    >>> text = "hålla vandringar i Gottsunda och vid skolorna"
    >>> [text[start:end] for start, end in narrow_places(text)]
    ['vid skolorna', 'Gottsunda']
    """
    kommuns = [(mention.start, mention.end) for mention in find_municipalities(text)]
    barred = (*not_places, *kommuns)
    names = [found.span("name") for pattern in (_NAMED, _CAPITAL) for found in pattern.finditer(text)]
    kept = (span for span in names if not inside(span[0], barred) and _may_be_place(text[span[0] : span[1]]))
    return narrow_kinds(text) + tuple(dict.fromkeys(kept))


def _holds_infinitive(said: str) -> bool:
    """Whether the preposition belongs to something else: "i möjligaste mån besöka restauranger"."""
    words = said.casefold().split()
    return any(infinitive(word) == word and word not in _ADJECTIVES for word in words[1:-1])


def _is_only_name(name: re.Match[str], known: Sequence[Span]) -> bool:
    return name["name"].casefold() in municipalities() and not inside(name.start("name"), known)


def _may_be_place(name: str) -> bool:
    bare = name.casefold().rstrip(".,:;")
    bare = bare.split("-")[0] if bare.split("-")[0] in _NO_PLACES else bare
    return (
        not {bare, bare.removesuffix("s")} & municipalities().keys()
        and bare not in _NO_PLACES
        and bare.removesuffix("s") not in _NO_PLACES
        and not re.fullmatch(r"A-trak\w+|EPA\w*|.*löfte\w*", name, re.I)
    )
