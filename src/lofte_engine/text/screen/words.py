"""Words as the tagger of names sees them: their form, the lists they stand in, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]|_")
_LISTS = ("first_names", "last_names", "places", "known_words")
_SIGNS = "FLP"
_OPENERS = frozenset('.!?:–—•-"”“»*…')
_EDGE = "|"


@dataclass(frozen=True, slots=True)
class Lists:
    """Words in lower case that tell something of what they stand for.

    Parameters
    ----------
    first_names, last_names, places : frozenset of str
        Common in Sweden.
    known_words : frozenset of str
        Words that have been seen in lower case, so that they are no names as a rule.
    """

    first_names: frozenset[str]
    last_names: frozenset[str]
    places: frozenset[str]
    known_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word without its place.

    Parameters
    ----------
    low : str
        In lower case.
    stem : str
        Without the *s* of a genitive.
    shape : str
        ``x`` small letters, ``Xx`` a capital first, ``I`` one capital, ``XX`` capitals, ``xX`` or ``XxX`` mixed, ``d``
        digits; a mark is its own shape.
    listed : str
        F among first names, L among last names, P among places; ``-`` in no list.
    known : bool
        It has been seen in lower case.
    """

    low: str
    stem: str
    shape: str
    listed: str
    known: bool

    @property
    def sign(self) -> str:
        """Shape, lists and whether it is known."""
        return f"{self.shape}{self.listed}{'k' if self.known else 'u'}"


OUTSIDE = Word(_EDGE, _EDGE, _EDGE, _EDGE, False)


@cache
def lists() -> Lists:
    """The lists that come with the package.

    Returns
    -------
    Lists
        Read once.

    Examples
    --------
    >>> "anna" in lists().first_names
    True
    """
    folder = files("lofte_engine.text").joinpath("data/screen")
    read = (folder.joinpath(f"{name}.txt").read_text(encoding="utf-8") for name in _LISTS)
    return Lists(*(frozenset(_entries(text)) for text in read))


def describe(word: str, known: Lists) -> Word:
    """What can be told of a word by itself.

    Parameters
    ----------
    word : str
        As written.
    known : Lists
        Lists to look it up in.

    Returns
    -------
    Word
        Its description.

    Examples
    --------
    >>> describe("Annas", lists())
    Word(low='annas', stem='anna', shape='Xx', listed='F', known=False)
    """
    low = word.lower()
    stem = low[:-1] if len(low) > 3 and low.endswith("s") else low
    return Word(low, stem, _shape(word), _listed(low, stem, known), low in known.known_words)


def case_of(words: Sequence[Word]) -> str:
    """How a line uses capitals.

    Parameters
    ----------
    words : sequence of Word
        One line.

    Returns
    -------
    str
        ``c`` when a word inside a sentence has one, ``i`` when only the beginnings do, ``l`` when none does.
    """
    large = [opens(words, at) for at, word in enumerate(words) if word.shape[0] in "XI"]
    return "l" if not large else "i" if all(large) else "c"


def opens(words: Sequence[Word], at: int) -> bool:
    """Whether a word opens a sentence, a quotation or a line of speech.

    Parameters
    ----------
    words : sequence of Word
        One line.
    at : int
        Which word.
    """
    return at == 0 or words[at - 1].low in _OPENERS


def own(word: Word) -> tuple[str, ...]:
    """Features of a word wherever it stands.

    Parameters
    ----------
    word : Word

    Returns
    -------
    tuple of str
    """
    low, stem, shape, sign = word.low, word.stem, word.shape, word.sign
    return (
        f"w{low}", f"v{stem}", f"s{shape}", f"g{word.listed}", f"S{sign}",
        f"b4{low[-4:]}", f"b3{low[-3:]}", f"b2{low[-2:]}", f"a3{low[:3]}{shape}", f"a4{low[:4]}",
        f"e{stem[-4:]}{shape}", f"n{min(len(low), 12)}{shape}", f"K{low[-3:]}{shape}{word.known}",
    )  # fmt: skip


def beside(word: Word, distance: int) -> tuple[str, ...]:
    """Features that a word lends one that stands beside it.

    Parameters
    ----------
    word : Word
        The neighbour.
    distance : int
        Where it stands seen from the other: -2, -1, 1 or 2.

    Returns
    -------
    tuple of str
    """
    shared = (f"{distance}w{word.low}", f"{distance}S{word.sign}")
    return (*shared, f"{distance}b{word.low[-3:]}") if abs(distance) == 1 else shared


def around(words: Sequence[Word], at: int, case: str) -> tuple[str, ...]:
    """Features of a word together with its neighbours.

    Parameters
    ----------
    words : sequence of Word
        One line.
    at : int
        Which word.
    case : str
        From `case_of`.

    Returns
    -------
    tuple of str
    """
    word, before, after = words[at], _word(words, at - 1), _word(words, at + 1)
    sign, shape, start = word.sign, word.shape, opens(words, at)
    return (
        f"A{start}{sign}", f"B{case}{sign}", f"C{case}{word.low}", f"D{before.low}|{shape}", f"E{after.low}|{shape}",
        f"F{before.shape}|{shape}|{after.shape}", f"G{before.listed}{word.listed}{after.listed}{shape}",
        f"H{before.sign}|{sign}", f"I{after.sign}|{sign}", f"J{_word(words, at - 2).low} {before.low}|{shape}",
        f"K{before.low[-4:]}|{shape}{word.listed}", f"L{before.known}{word.known}{after.known}{shape}",
        f"M{case}{word.known}|{before.low}", f"N{case}{start}{sign}|{after.shape}", f"O{case}{word.known}|{after.low}",
    )  # fmt: skip


def features(words: Sequence[Word]) -> Iterator[list[str]]:
    """All features of each word in a line.

    Parameters
    ----------
    words : sequence of Word
        One line.

    Yields
    ------
    list of str
        For each word in turn.
    """
    case = case_of(words)
    for at, word in enumerate(words):
        row = [*own(word), *around(words, at, case)]
        for distance in (-2, -1, 1, 2):
            row.extend(beside(_word(words, at + distance), distance))
        yield row


def _word(words: Sequence[Word], at: int) -> Word:
    return words[at] if 0 <= at < len(words) else OUTSIDE


def _entries(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line and not line.startswith("#"))


def _shape(word: str) -> str:
    if not word[0].isalnum():
        return word[0]
    if word[0].isdigit():
        return "d"
    if word.islower():
        return "x"
    if word.isupper():
        return "I" if len(word) == 1 else "XX"
    if word[0].islower():
        return "xX"
    return "Xx" if word[1:].islower() else "XxX"


def _listed(low: str, stem: str, known: Lists) -> str:
    for form in (low, stem):
        signs = _signs(form, known)
        if signs:
            return signs
    parts = low.split("-")
    if len(parts) > 1:
        shared = set.intersection(*(set(_signs(part, known)) for part in parts))
        return "".join(sign for sign in _SIGNS if sign in shared) or "-"
    return "-"


def _signs(form: str, known: Lists) -> str:
    held = (known.first_names, known.last_names, known.places)
    return "".join(sign for sign, names in zip(_SIGNS, held, strict=True) if form in names)
