"""Names of persons, homes and groups so small that they point someone out."""

import re

from lofte_engine.text.spans import Span
from lofte_engine.text.wording_rules.lists import word_set

# First names that are common in Sweden and are no common Swedish word or place.
_FIRST = word_set(
    """
    adam agneta ahmed ahmad albin alexander alexandra alfred ali alice alva amanda amina amir anders andreas anette
    anita anna annika anneli anton arvid astrid august axel barbro bengt berit birgitta björn bo britt camilla
    carina carl caroline catarina cecilia charlotte christer christian christina christoffer conny daniel david
    dennis elias elin elisabeth ella ellen elsa elvira emelie emil emilia emma erik erika eva fadi fatima felicia
    felix filip fredrik frida gabriel gun gunilla gunnar gustav göran hampus hanna hans hassan helena helene henrik
    hugo hussein håkan ibrahim ida inga ingemar inger ingrid isabella isak jakob jan jenny jens jesper jessica jimmy
    joakim johan johanna johannes john jonas jonathan josefin julia kajsa karin karl katarina kenneth kent kerstin
    kjell klara kristina kristoffer lars lena lennart leo lina linda linnea linus lisa louise lovisa lucas ludvig
    magnus maja malin marcus margareta maria marianne marie martin mathias mats mattias max maxim melker mikael
    mohamed mohammad mohammed monica moa mona mustafa nathalie niklas nils noah olle olof olivia omar oscar oskar
    ove patrik per pernilla peter petra pia pontus rasmus rebecka rickard robert robin roger roland rolf ronja
    samuel sandra sara sebastian simon sofia sofie stefan sten stig susanne sven svante tilda tobias tomas thomas
    tommy tove tuva ulf ulla ulrika urban vendela veronica viktor viktoria vilma wilhelm william wilma yasmin yusuf
    yvonne åke åsa örjan östen abdi abdullah aisha farah khalid leila mehmet nadia nour rami samir zahra zeinab
    """
)
_PLACE_WORD = (
    r"torg\w*|plats|park\w*|kyrk\w+|församling\w*|skol\w+|gat\w+|väg\w*|gymnasi\w+|centrum|sjukhus|kulle|"
    r"backe|gränd|hamn|"
    r"kommun|län|kapell|allé|gård|hage|stad|ö|dal|bro"
)
# Looked for at every word, so that a title before the name ("Kommunpolis …") does not hide it.
_PAIR = re.compile(
    r"(?<![\w-])(?=(?P<whole>(?P<first>[A-ZÅÄÖ][a-zåäöé]+)(?:[-\s][A-ZÅÄÖ](?:[a-zåäöé]+|\.))?\s"
    rf"(?!(?:{_PLACE_WORD})\b)(?P<last>(?:von\s|af\s|de\s|al-)?[A-ZÅÄÖ][a-zåäöéü]+)(?![\w-])))"
)
_SURNAME = re.compile(
    r"\w+(?:sson|sen|ström|qvist|kvist|löf|lööf|gren|lind|blom|stedt|crantz|hjelm|quist|nder|ovic|ić)"
)
_NOT_FIRST = word_set("sankt sankta stora lilla norra södra östra västra gamla nya kungs drottning karl gustav polisen")
_SPOKEN_OF = re.compile(
    r"\b(?:familjen|bröderna|syskonen|systrarna|makarna|herr|fru|kallad|(?:som|vid\snamn|som\sheter|heter|"
    r"namngivne|en\sviss)(?=\s[A-ZÅÄÖ]))"
    r"\s(?P<name>[A-ZÅÄÖ][a-zåäöé]+)(?![\w-])"
)
_FIRST_NAME_ONLY = re.compile(
    r"(?<![\w-])(?P<name>[A-ZÅÄÖ][a-zåäöé]+)(?=(?:\s(?:på|från|i)\s[A-ZÅÄÖ]|,\s\d{1,2}\s?år|\s\(\d{1,2}|"
    r"\soch\shans|\soch\shennes))"
)
_HOME = re.compile(
    r"(?<![\w-])(?!Riks|Läns|Europa)[A-ZÅÄÖ]\w+(?:gatan|vägen|gränd|stigen|backen|allén|gata|väg|torget|"
    r"ringen|slingan|kroken|plan|gången)\s"
    r"(?P<number>\d{1,3}\s?[A-Fa-f]?)(?![\w:,]|\s(?:gånger|ggr|kväll|dag|gång|timm|minut|tillfäll|st\b|"
    r"poliser|\w*kontroll|\w*patrull|\w*vandring))"
)
# A house that is open to the public points nobody out.
_PUBLIC_HOUSE = re.compile(
    r"(?:kontor|station|bibliotek|fritidsgård|ungdomsgård|medborgarhus|mötesplats|lokal|torg|skola|"
    r"gymnasi|kiosk|butik|restaurang|krog|"
    r"adress|hållplats|parkering|terminal|badhus|simhall|hus\b|träff|centrum|galleri)\w*[^.;]{0,40}$",
    re.IGNORECASE,
)
_SMALL = r"(?:\d|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|båda)"
_PEOPLE = (
    r"bröder|syskon|systrar|familjer?|ungdomar|killar|pojkar|tjejer|flickor|personer|individer|"
    r"hyresgäster|hushåll|män|kvinnor|elever|"
    r"barn|lägenheter|tonåringar|grabbar|vänner|kusiner|grannar|brottslingar|missbrukare"
)
_FEW = re.compile(
    rf"\b(?:de|dessa|samma|just\sde)\s(?:här\s|där\s)?{_SMALL}\s(?:[\w-]+\s){{0,2}}?(?:{_PEOPLE})(?:na|"
    r"arna|erna|en)?\b"
    rf"|\b{_SMALL}\s(?:namngivna|kända|utpekade|identifierade|särskilda)\s(?:{_PEOPLE})\b"
    r"|\b(?:den|en)\s(?:[\w-]+\s)?(?:familj(?:en)?|lägenhet(?:en)?|hyresgäst(?:en)?|"
    r"hushåll(?:et)?)\s(?:på|vid|i)\s[A-ZÅÄÖ]\w+"
    r"|\b(?:familjen|syskonen|bröderna|hyresgästen|lägenheten|killen|tjejen|mannen|kvinnan|pojken|"
    r"flickan)\s(?:på|vid|i|från)\s[A-ZÅÄÖ]\w+"
    r"|\b\d{1,2}-?åringen\b|\b\w+åringen\b",
    re.IGNORECASE,
)
_IDENTITY_NUMBER = re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+]\d{4}(?!\d)")


def person_names(text: str) -> tuple[Span, ...]:
    """Where persons are named.

    Parameters
    ----------
    text : str
        The pledge.

    Returns
    -------
    tuple of (int, int)
        A first name with a surname, a first name said of someone, a family's name, an identity number.

    Notes
    -----
    A pair of capitals is a name when the first is a common first name or the second ends as surnames do
    ("-sson"), and no place or church follows ("Maria torg"). Rare names in rare forms are missed.

    Examples
    --------
    >>> text = "Samordnas av Anna Andersson vid Maria torg."
    >>> [text[start:end] for start, end in person_names(text)]
    ['Anna Andersson']
    """
    found = [match.span("whole") for match in _PAIR.finditer(text) if _is_name(match["first"], match["last"])]
    found += [match.span("name") for match in _SPOKEN_OF.finditer(text)]
    found += [m.span("name") for m in _FIRST_NAME_ONLY.finditer(text) if m["name"].casefold() in _FIRST]
    found += [match.span() for match in _IDENTITY_NUMBER.finditer(text)]
    return tuple(sorted(found))


def homes(text: str) -> tuple[Span, ...]:
    """Street addresses with a number, unless the house is open to the public.

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
    >>> homes("Fritidsgården på Skolgatan 4 har öppet."), homes("Patrullera Skolgatan 3 gånger.")
    ((), ())
    >>> homes("Störningarna på Skolgatan 4 ska bort.")
    ((16, 27),)
    """
    return tuple(
        match.span()
        for match in _HOME.finditer(text)
        if not _PUBLIC_HOUSE.search(text[max(0, match.start() - 60) : match.start()])
    )


def small_groups(text: str) -> tuple[Span, ...]:
    """Definite groups of fewer than ten persons.

    Parameters
    ----------
    text : str
        The pledge.

    Returns
    -------
    tuple of (int, int)
        "de tre bröderna", "familjen på Ekvägen", "17-åringen".

    Examples
    --------
    >>> small_groups("Kommunen utbildar fem ungdomar."), small_groups("stoppa de fem ungdomarna")
    ((), ((7, 24),))
    """
    return tuple(match.span() for match in _FEW.finditer(text))


def _is_name(first: str, last: str) -> bool:
    if first.casefold() in _NOT_FIRST:
        return False
    return first.casefold() in _FIRST or bool(_SURNAME.fullmatch(last) and last.casefold() not in _NOT_FIRST)
