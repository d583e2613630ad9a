"""How heavy a Swedish text is to read: sentences, words and LIX."""

import re
from dataclasses import dataclass

from lofte_engine.text.spans import Span

LONG_WORD = 7
LONGEST_GOOD_SENTENCE = 25
HEAVY_LIX = 45.0

_WORD = re.compile(r"\w+(?:[-–:.,/]\w+)*")
_ABBREVIATIONS = (
    r"t\.\s?ex|bl\.\s?a|m\.\s?m|m\.\s?fl|d\.\s?v\.\s?s|dvs|o\.\s?s\.\s?v|osv|o\.\s?d|s\.\s?k|"
    r"p\.\s?g\.\s?a|pga|fr\.\s?o\.\s?m"
    r"|t\.\s?o\.\s?m|e\.\s?d|f\.\s?d|f\.\s?ö|i\.\s?st|d\.\s?y|n\.\s?b|a\.\s?a|kl|ca|nr|st|tel|tfn|jfr|resp|max|inkl"
    r"|exkl|ev|etc|forts|kap|enl|prel|v|prop|bet|dnr|s:t|s:ta"
)
_ABBREVIATION_END = re.compile(rf"(?<![^\W\d_])(?:{_ABBREVIATIONS})\.$", re.IGNORECASE)
# "etc. Polisen": these do end a sentence when a capital follows.
_OFTEN_LAST = re.compile(r"(?:m\.\s?m|m\.\s?fl|o\.\s?s\.\s?v|osv|etc|o\.\s?d|e\.\s?d)\.$", re.IGNORECASE)
_STOP = re.compile(r"[.!?…]+[\"”»«')\]]*(?=\s)|\n[^\S\n]*(?:\n|(?=[-–•*·▪●◦\uf0b7]\s|\d{1,2}[.)]\s))")
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*\d{1,2}\.$")


@dataclass(frozen=True, slots=True)
class Readability:
    """Figures of how heavy a text is.

    Parameters
    ----------
    words, long_words : int
        All words, and those of more than six letters.
    sentences : int
        How many sentences the words stand in.
    lix : float
        Words per sentence plus the percentage of long words; 0 for a text without words.
    longest_sentence : int
        Words in the longest sentence.
    longest_span : (int, int) or None
        Where that sentence stands.
    """

    words: int
    long_words: int
    sentences: int
    lix: float
    longest_sentence: int
    longest_span: Span | None

    @property
    def lix_error(self) -> float:
        """How far chance alone moves LIX in a text this short.

        Returns
        -------
        float
            The standard error of the percentage of long words; 0 for a text without words.

        Notes
        -----
        One pledge has some fifteen words, so one long word more or less moves LIX by seven. The words are taken
        as independent draws: ``100 √(p (1 − p) / words)``.

        Examples
        --------
        >>> round(readability("Polisen kontrollerar farten vid alla skolor varje vecka.").lix_error)
        15
        """
        if not self.words:
            return 0.0
        share = self.long_words / self.words
        return float(100 * (share * (1 - share) / self.words) ** 0.5)


def split_sentences(text: str) -> tuple[Span, ...]:
    """Where the sentences of a Swedish text stand.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of (int, int)
        Half-open spans without blank edges, in order. What holds neither letter nor digit is no sentence.

    Notes
    -----
    A full stop, question mark or exclamation mark ends a sentence when a blank follows; so do a blank line and a
    new bullet. It does not end one after an abbreviation ("t.ex.", "kl.", "bl.a."), after the number of a list
    item, or when the next word begins with a small letter ("den 3. maj").

    Examples
    --------
    >>> text = "Vi syns bl.a. i Centrum kl. 20. Det gäller t.ex. helger."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Vi syns bl.a. i Centrum kl. 20.', 'Det gäller t.ex. helger.']
    """
    found: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop[0].startswith("\n") or _ends_sentence(text, start, stop.end()):
            found.extend(_trimmed(text, start, stop.end()))
            start = stop.end()
    found.extend(_trimmed(text, start, len(text)))
    return tuple(found)


def count_words(text: str) -> int:
    """How many words a text has.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    int
        Numbers count as words; "A-traktor" and "2022–2023" are one each.

    Examples
    --------
    >>> count_words("Polisen – och kommunen – stoppar 20 A-traktorer.")
    6
    """
    return sum(1 for _ in _WORD.finditer(text))


def readability(text: str) -> Readability:
    """Count words and sentences, and LIX.

    Parameters
    ----------
    text : str
        Swedish text.

    Returns
    -------
    Readability
        LIX with one decimal.

    Notes
    -----
    LIX = words / sentences + 100 × words of more than six letters / words. Below 30 is easy, 40–50 is like a
    newspaper, above 60 is like a statute. The letters of a compound with a hyphen are counted together.

    References
    ----------
    C. H. Björnsson, *Läsbarhet*, Liber, Stockholm 1968.

    Examples
    --------
    >>> found = readability("Polisen går till fots i Centrum. Det sker varje fredag.")
    >>> (found.words, found.long_words, found.sentences, found.lix, found.longest_sentence)
    (10, 2, 2, 25.0, 6)
    """
    counted = [(count_words(text[start:end]), (start, end)) for start, end in split_sentences(text)]
    counted = [(words, span) for words, span in counted if words]
    words = sum(number for number, _ in counted)
    if not words:
        return Readability(0, 0, 0, 0.0, 0, None)
    long_words = sum(_letters(word[0]) >= LONG_WORD for word in _WORD.finditer(text))
    lix = words / len(counted) + 100 * long_words / words
    longest, span = max(counted, key=lambda one: one[0])
    return Readability(words, long_words, len(counted), round(lix, 1), longest, span)


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))


def _ends_sentence(text: str, start: int, end: int) -> bool:
    said = text[start:end]
    following = text[end : end + 20].lstrip(" \t\n\r\f\v\u00a0\"”“»«'(–-")[:1]
    if not said.endswith("."):
        return not following.islower() or said[-1] in "!?"
    if following.islower() or _LIST_NUMBER.search(said):
        return False
    # The longest abbreviation ("t. o. m.") is seven characters.
    tail = said[-12:]
    if _OFTEN_LAST.search(tail):
        return True
    return not _ABBREVIATION_END.search(tail)


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    said = text[start:end]
    if not any(map(str.isalnum, said)):
        return []
    first = start + len(said) - len(said.lstrip())
    return [(first, first + len(said.strip()))]
