"""Swedish word stems, so that a search for *kontroll* finds *kontroller* and *kontrollerna*.

The rules are those of the Snowball project's Swedish stemmer (M. Porter, 2001,
https://snowballstem.org/algorithms/swedish/stemmer.html), the same that PostgreSQL's `swedish_stem` follows: the tests
compare the two word by word.
"""

from __future__ import annotations

import re
import unicodedata

VOWELS = "aeiouyäåö"
# Letters that an s may be taken away after: bil-s, but not bus-s.
BEFORE_S = "bcdfghjklmnoprtvy"
_ENDINGS = """
    a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or as arnas ernas ornas es
    ades andes ens arens hetens erns at andet het ast
"""
ENDINGS = tuple(sorted(_ENDINGS.split(), key=len, reverse=True))
DOUBLE = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")
DERIVED = {"lig": "", "ig": "", "els": "", "löst": "lös", "fullt": "full"}
# Words that stand in nearly every Swedish text and tell nothing of what it is about.
_COMMON = """
    att av de dem den det där då efter ej eller en ett för från ha hade har i in inte man med men mot ni nu när och
    också om på samt sig sin ska som så till under upp ut var vara vi vid vår våra än är åt över
"""
COMMON = frozenset(_COMMON.split())
WORD = re.compile(r"[^\W_]+")


def stem(word: str) -> str:
    """The stem of one Swedish word.

    Parameters
    ----------
    word : str
        One word, in any case.

    Returns
    -------
    str
        The word in lower case without its inflection. It is a key to compare by, not always a word.

    Examples
    --------
    >>> stem("Trafikkontrollerna")
    'trafikkontroll'
    >>> stem("tryggheten") == stem("trygghet")
    True
    """
    text = unicodedata.normalize("NFC", word).lower()
    start = _region(text)
    text = _without_inflection(text, start)
    if text[start:].endswith(DOUBLE):
        text = text[:-1]
    for ending in ("fullt", "löst", "lig", "els", "ig"):
        if text[start:].endswith(ending):
            return text[: -len(ending)] + DERIVED[ending]
    return text


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, without those that are too common to tell anything.

    Parameters
    ----------
    text : str
        Any text; marks between words are left out.

    Returns
    -------
    list of str
        One stem for each remaining word.

    Examples
    --------
    >>> stems("Minst 8 trafikkontroller i centrum")
    ['minst', '8', 'trafikkontroll', 'centrum']
    """
    return [stem(word) for word in words(text)]


def words(text: str) -> list[str]:
    """The words of a text in lower case, without the most common ones.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str

    Examples
    --------
    >>> words("Vi lovar: tryggare kvällar!")
    ['lovar', 'tryggare', 'kvällar']
    """
    found = WORD.findall(unicodedata.normalize("NFC", text).lower())
    return [word for word in found if word not in COMMON]


def _region(text: str) -> int:
    """Where endings may begin: after the first consonant that follows a vowel, and never before the fourth letter."""
    for place in range(1, len(text)):
        if text[place] not in VOWELS and text[place - 1] in VOWELS:
            return max(place + 1, 3)
    return len(text)


def _without_inflection(text: str, start: int) -> str:
    rest = text[start:]
    for ending in ENDINGS:
        if rest.endswith(ending):
            return text[: -len(ending)]
    if rest.endswith("s") and text[-2:-1] and text[-2] in BEFORE_S:
        return text[:-1]
    return text
