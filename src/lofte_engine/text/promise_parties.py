"""Who is responsible for a pledge."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lofte_engine.text.municipalities import Municipality, find_municipalities
from lofte_engine.text.spans import CleanText, Span

POLICE = "Polisen"
_KNOWN = re.compile(
    r"(?<![\w-])(?P<police>(?:lokal)?polis(?:en|myndigheten)?(?:\si\s[A-ZÅÄÖ]\w+)?)(?![\w-])"
    r"|(?<![\w-])(?P<municipality>kommunen|staden)(?![\w-])"
    r"|(?<![\w-])(?P<unnamed>(?:(?:andra|övriga|fler|flera|lokala|berörda|olika)\s)+"
    r"(?:aktörer|parter|myndigheter|organisationer|samverkansparter|samhällsaktörer))(?![\w-])"
    r"|(?<![\w-])(?P<other>räddningstjänsten|socialtjänsten|socialförvaltningen|västtrafik|nobina|"
    r"(?:centrum)?fastighetsägar(?:e|na|föreningen)|bostadsbolage[nt]|kommunala\sbostadsbolage[nt]|hyresgästföreningen|"
    r"skolan|skolorna|fältgruppen|fritidsgårdarna|näringslivet|civilsamhället|föreningslivet|ordningsvakterna|"
    r"länsstyrelsen|trafikverket|kustbevakningen|tullverket|ab\s[A-ZÅÄÖ]\w+|region\s[A-ZÅÄÖ]\w+)(?![\w-])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\(?\b(?:ansvarig(?:a|t)?(?:\s(?:aktör(?:er)?|part(?:er)?|organisation(?:er)?|för\slöftet))?|ägare|löftesägare"
    r"|aktör(?:er)?|utförare|utförs\sav|genomförs\sav|medverkande)\s*(?::|[-–]\s)\s*(?P<names>[^.)]+?)\s*[.)]?$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:,|;|/|&|\boch\b|\bsamt\b|\+)\s*")
# After these a party is where something is done, not who does it.
_ELSEWHERE = re.compile(
    r"\b(?:hos|till|från|på|för|mot|inom|vid|via|om|kring|i|mellan)\s(?:hela\s|den\s|vår\s)?$", re.I
)
_TOGETHER = re.compile(
    r"\b(?:tillsammans|samverkan|samarbete|samråd|gemensamt|ihop|dialog)(?:\s[\w-]+){0,3}?\smed\s(?:\w+\s)?$"
    r"|\b(?:med\s(?:stöd|hjälp)\s)?av\s$|\bmed\shjälp\sfrån\s$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|/|&|,?\s*\b(?:och|samt|eller|med)\b)*\s*(?:den\s|det\s)?", re.IGNORECASE)
_WE = re.compile(r"\bvi\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")


@dataclass(frozen=True, slots=True)
class Party:
    """A party to a pledge and where it is named.

    Parameters
    ----------
    name : str
        "Polisen", "Strängnäs kommun", "andra aktörer" …
    spans : tuple of (int, int)
        Where it is named; empty when it was concluded from elsewhere.
    """

    name: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    start: int
    end: int


def labelled_parties(text: CleanText, municipality: Municipality | None) -> tuple[list[Party], int] | None:
    """Parties after a label such as "Ansvarig:" at the end of a pledge.

    Parameters
    ----------
    text : CleanText
        The pledge.
    municipality : Municipality or None
        Whom "kommunen" means.

    Returns
    -------
    tuple of (list of Party, int) or None
        The parties and where the label begins; None without a label.
    """
    label = _LABEL.search(text.text)
    if not label:
        return None
    parties = list(listed_parties(text, label.start("names"), label.end("names"), municipality))
    return (parties, label.start()) if parties else None


def listed_parties(text: CleanText, start: int, end: int, municipality: Municipality | None) -> Iterator[Party]:
    """The items of a list of parties, known or not.

    Parameters
    ----------
    text : CleanText
        The text that holds the list.
    start, end : int
        The slice with the list.
    municipality : Municipality or None
        Whom "kommunen" means.

    Yields
    ------
    Party
        Each item.
    """
    at = start
    for separator in [*_SEPARATOR.finditer(text.text, start, end), None]:
        name, spans = text.take(at, separator.start() if separator else end)
        if name:
            known = list(_mentions(name, municipality))
            covers = known and known[0].end - known[0].start == len(name)
            yield Party(known[0].name if covers else name, spans)
        at = separator.end() if separator else end


def find_parties(text: CleanText, municipality: Municipality | None) -> list[Party]:
    """Those who will do what a pledge says.

    Parameters
    ----------
    text : CleanText
        The pledge.
    municipality : Municipality or None
        Whom "kommunen" means.

    Returns
    -------
    list of Party
        Each once, in reading order.

    Notes
    -----
    In every sentence the first party named acts, with those joined to it by *och*, *samt* or a comma; further
    ones act when they follow *tillsammans med*, *i samverkan med* or *av*. Genitives ("polisens") never act,
    nor do places ("i Strängnäs kommun", "hos polisen").

    Examples
    --------
    >>> from lofte_engine.text.spans import clean
    >>> text = "Polisen och kommunen ska, i samverkan med andra aktörer, patrullera."
    >>> [party.name for party in find_parties(clean(text, [(0, len(text))]), None)]
    ['Polisen', 'kommunen', 'andra aktörer']
    """
    found: dict[str, Party] = {}
    at = 0
    for sentence in _sentences(text.text):
        for mention in _acting(sentence, municipality):
            spans = text.spans(at + mention.start, at + mention.end)
            found.setdefault(mention.name, Party(mention.name, spans))
        at += len(sentence)
    return list(found.values())


def party_names(text: str, municipality: Municipality | None) -> list[str]:
    """Names of those who will do what a text says.

    Parameters
    ----------
    text : str
        Text with single spaces.
    municipality : Municipality or None
        Whom "kommunen" means.

    Returns
    -------
    list of str
        As `find_parties` finds them.
    """
    return list(dict.fromkeys(m.name for s in _sentences(text) for m in _acting(s, municipality)))


def says_we(text: str) -> bool:
    """Whether a pledge says only *vi* about who acts.

    Parameters
    ----------
    text : str
        The pledge.

    Returns
    -------
    bool
        True when the word is there.
    """
    return bool(_WE.search(text))


def _sentences(text: str) -> Iterable[str]:
    at = 0
    for end in _SENTENCE_END.finditer(text):
        yield text[at : end.end()]
        at = end.end()
    yield text[at:]


def _acting(sentence: str, municipality: Municipality | None) -> Iterator[_Mention]:
    before: _Mention | None = None
    before_acts = False
    any_acts = False
    for mention in _mentions(sentence, municipality):
        joined = before is not None and bool(_BETWEEN.fullmatch(sentence[before.end : mention.start]))
        together = bool(_TOGETHER.search(sentence[: mention.start]))
        elsewhere = bool(_ELSEWHERE.search(sentence[: mention.start]))
        acts = before_acts if joined and not together else together or not (any_acts or elsewhere)
        if acts:
            yield mention
        before, before_acts, any_acts = mention, acts, any_acts or acts


def _mentions(text: str, municipality: Municipality | None) -> list[_Mention]:
    places = ((place, text[place.start : place.end].casefold()) for place in find_municipalities(text))
    found = [
        _Mention(f"{place.municipality.name} {_authority(text[: place.end])}", place.start, place.end)
        for place, written in places
        if place.organisation and not written.endswith(("kommuns", "stads"))
    ]
    found += [
        _Mention(_name(match, municipality), *match.span())
        for match in _KNOWN.finditer(text)
        if not any(mention.start < match.end() and match.start() < mention.end for mention in found)
    ]
    return sorted(found, key=lambda mention: mention.start)


def _authority(written: str) -> str:
    return next((word for word in ("stad", "Stad") if written.endswith(word)), "kommun")


def _name(match: re.Match[str], municipality: Municipality | None) -> str:
    if match["police"]:
        return POLICE
    if match["municipality"]:
        return f"{municipality.name} kommun" if municipality else match[0].lower()
    if match["unnamed"]:
        return match[0].lower()
    return match[0][0].upper() + match[0][1:]
