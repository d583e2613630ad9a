"""Street addresses: a street with a number. A street alone is a place to talk about, not a person's home."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lofte_engine.text.screen.finding import Finding

_GAP = r"[ \t\u00a0]"
_ENDINGS = (
    r"gat(?:an|a)|väg(?:en)?|vg|gränd(?:en)?|stig(?:en)?|all[ée]n?|torg(?:et)?|plan(?:en)?|back(?:en|e)|led(?:en)?|"
    r"plats(?:en)?|esplanad(?:en)?|kaj(?:en)?|strand(?:en)?|sling(?:an|a)|ring(?:en)?|park(?:en)?|höjd(?:en)?|"
    r"lid(?:en)?|brink(?:en)?|trapp(?:an|a)|terrass(?:en)?|hamn(?:en)?|gård(?:en)?|tomt(?:en)?|krok(?:en)?|grän"
)
_NUMBER = (
    rf"\d{{1,3}}(?:{_GAP}?[A-Ha-h](?!\w))?(?:{_GAP}?[-\u2013/]{_GAP}?\d{{1,3}}(?:{_GAP}?[A-Ha-h](?!\w))?)?"
    rf"(?:,?{_GAP}?(?:lgh|lägenhet|läg)\.?{_GAP}?\d{{1,4}}|,?{_GAP}?\d{{1,2}}{_GAP}?tr(?:appor)?\b)?"
    rf"(?:,?{_GAP}\d{{3}}{_GAP}?\d{{2}}{_GAP}[A-ZÅÄÖ]\w+)?"
)
_NO_STREET = r"(?!(?:på|i|vid|till|från|hos|utanför|längs|bor|se|är|vi|jag|nr|mellan|skriv|kontakt|adress)\b)"
_FIRST_WORDS = r"(?-i:[A-ZÅÄÖ][\w.]*)|norra|södra|östra|västra|stora|lilla|gamla|nya|övre|nedre|sankt|st|kung"
_WORDS_BEFORE = rf"(?:{_NO_STREET}(?:{_FIRST_WORDS}){_GAP}){{0,2}}"
_SPELLED = r"gata|gatan|väg|vägen|gränd|allé|torg|plan|backe|stig|plats|park"
_COMPOUND = re.compile(
    rf"(?<!\w){_WORDS_BEFORE}{_NO_STREET}[^\W\d_]{{2,}}(?:{_ENDINGS}){_GAP}?(?:nr\.?{_GAP}?|nummer{_GAP})?{_NUMBER}(?![\w])",
    re.IGNORECASE,
)
_APART = re.compile(
    rf"(?<!\w){_WORDS_BEFORE}{_NO_STREET}[^\W\d_]{{3,}}(?:s|a){_GAP}(?:{_SPELLED})"
    rf"{_GAP}(?:nr\.?{_GAP}?|nummer{_GAP})?{_NUMBER}(?![\w])",
    re.IGNORECASE,
)
_ROADS = re.compile(
    r"\b(?:(?:riks|läns|längs|motor|europa|stam|lands|lokal|gång|cykel|huvud|skol|spel|fotbolls|cykelbane)(?:väg|plan|led)"
    r"(?:en)?|(?:trafik|mötes|lek|parkerings|rast)plats(?:en)?|(?:runt)?omkring|kring)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s?(?:[.:]\d|gånger|personer|ungdomar|ungar|år\b|dagar|st\b|stycken|meter|m\b|bilar|mopeder|procent|%|kvällar|"
    r"kvällen|minuter|min\b|timmar|kr\b|kronor|barn|killar|tjejer|poliser|lampor|januari|februari|mars|april|maj|juni|"
    r"juli|augusti|september|oktober|november|december|hundar|cyklar|veckor|nätter|km\b|tim\b|grader|till \d)",
    re.IGNORECASE,
)
_FLAT = re.compile(rf"\b(?:lgh|lägenhet|lägenhetsnummer)\.?{_GAP}?(?:nr\.?{_GAP}?)?\d{{3,4}}\b", re.IGNORECASE)


def find_addresses(text: str) -> Iterator[Finding]:
    """Streets with a number, with what follows of flat, stairs and postal town.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    Finding
        ``likely``; a flat number alone is ``possible``.

    Notes
    -----
    Roads with a number ("riksväg 55"), hours ("Storgatan 22.00") and counts ("på Storgatan 3 gånger") are left alone.

    Examples
    --------
    >>> text = "Hon bor på Stora Björkgatan 12 B. På Storgatan är det mörkt. Riksväg 55 bullrar."
    >>> [text[each.start : each.end] for each in find_addresses(text)]
    ['Stora Björkgatan 12 B']
    """
    for pattern in (_COMPOUND, _APART):
        for match in pattern.finditer(text):
            if not _ROADS.search(match[0]) and not _COUNTED.match(text, match.end()):
                yield Finding("address", match.start(), match.end(), "likely")
    for match in _FLAT.finditer(text):
        yield Finding("address", match.start(), match.end(), "possible")
