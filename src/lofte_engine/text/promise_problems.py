"""The problems that the situation part of a promise names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lofte_engine.text.spans import CleanText, Span

_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*")
_CUE = re.compile(
    r"\b(?:indikation(?:er)?\spå|visar\s(?:även\s|också\s)?på|problem(?:en|et)?\s(?:med|är|kring|som\srör)|"
    r"ägnar\ssig\såt|utsatta?\sför|upplever|störs\sav|handlar\s(?:främst\s|mest\s)?om|bland\sannat|såsom|"
    r"till\sexempel|exempelvis|framför\sallt|det\sgäller|lyfts\s(?:fram\s)?(?:är)?|oroas\sav)\s",
    re.IGNORECASE,
)
_TREND = re.compile(
    r"\b(?:har\s(?:också\s|även\s)?(?:ökat|vuxit|blivit|förvärrats|krupit)|ökar|ökade|är\s(?:ett|vanligt|ett\såterkommande)"
    r"\s?problem|är\svanlig\w*|förekommer)\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\s*(?:;|:|\s[–—]\s|,?\s(?:men|vilket|samtidigt|därför)\b|,\s(?:som|där|när|och\s(?:det|vi|många))\b)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"\s*(?:;|,\s(?:men|vilket|och)\b)", re.IGNORECASE)
_AND = re.compile(r",?\s(?:och|samt|eller)\s", re.IGNORECASE)
_COMMA = re.compile(r",\s?(?:(?:och|samt|eller)\s)?|\s(?:och|samt|eller)\s", re.IGNORECASE)
# What is placed by a preposition shares it: "buskörning med A-traktorer och mopeder" is one problem.
_PLACED = re.compile(r"\s(?:i|vid|på|bland|kring|runt|hos|inom|mot|med)\s", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:annan|andra)\s(?:kriminalitet|brott|brottslighet|problem)|att|det|detta|annat|mer|(?:särskilt|främst|både|även|inte\sminst)\s.*",
    re.IGNORECASE,
)
_THEMES = (
    r"narkotik\w*|drog\w*|langning|alkohol\w*|skadegörelse\w*|klotter|stöld\w*|\w*inbrott\w*|rån|person\w*rån\w*|"
    r"våld\w*|misshandel\w*|bedrägeri\w*|häleri\w*|hatbrott\w*|ordningsstörning\w*|buskörning\w*|fortkörning\w*|"
    r"hastighet\w*|trafik(?:en|brott|problem|situation\w*|miljö\w*)|trafik|moped\w*|a-traktor\w*|epa-traktor\w*|"
    r"otrygghet\w*|oro|nedskräpning\w*|gäng\w*|kriminell\w*|skjutning\w*|sprängning\w*|mörka?\s\w+|bristande\s\w+|"
    r"brottslighet\w*|rattfyll\w*|skoterkörning\w*|skotertrafik\w*|mobbning|kränkning\w*"
)
_THEME = re.compile(rf"(?<!\w)(?:{_THEMES})(?!\w)", re.IGNORECASE)
_PHRASE = re.compile(
    rf"(?<!\w)(?:(?:öppen|ökad|hög|höga|olaglig|grov|stor)\s)?(?:{_THEMES})(?!\w)"
    r"(?:\s(?:i|vid|på|bland|kring|runt|hos|inom)\s(?:[\w-]+(?:\s[A-ZÅÄÖ][\w-]+)*))?",
    re.IGNORECASE,
)
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as the document words it.

    Parameters
    ----------
    text : str
        The words, lines mended.
    spans : tuple of (int, int)
        Where they stand.
    guessed : bool
        True when only a crime word pointed it out.
    """

    text: str
    spans: tuple[Span, ...]
    guessed: bool


def find_problems(paragraphs: list[CleanText], bullets: list[CleanText]) -> list[Problem]:
    """Problems named in the situation part.

    Parameters
    ----------
    paragraphs : list of CleanText
        Running text.
    bullets : list of CleanText
        Items of lists: each is a problem as it stands.

    Returns
    -------
    list of Problem
        Each once, in the order of the document.

    Notes
    -----
    Running text is read a sentence at a time, by four rules:

    1. What follows "indikationer på", "ägnar sig åt", "bland annat", "upplever", "problem med" and the like is
       a problem, or several when it is a list. A list is only split at *och* when it also has a comma or when
       both sides name a theme ("oro bland unga och äldre" is one problem).
    2. What "har ökat", "ökar" or "är ett problem" is a problem: the clause from *att*, or from the start of the
       sentence.
    3. In a sentence where neither rule finds anything, a known crime or nuisance word with its place is a
       problem; that is marked as guessed.
    4. "annan kriminalitet" and other words without content are left out.

    Examples
    --------
    >>> from lofte_engine.text.spans import clean
    >>> text = "Många ägnar sig åt skadegörelse, stölder, och våldsbrott."
    >>> [p.text for p in find_problems([clean(text, [(0, len(text))])], [])]
    ['skadegörelse', 'stölder', 'våldsbrott']
    """
    found = [Problem(text, spans, False) for text, spans in (_whole(bullet) for bullet in bullets) if text]
    for paragraph in paragraphs:
        for sentence in _SENTENCE.finditer(paragraph.text):
            found.extend(_in_sentence(paragraph, sentence.start(), sentence.end()))
    found.sort(key=lambda problem: problem.spans[0])
    unique = {problem.text.casefold(): problem for problem in reversed(found)}
    return sorted(unique.values(), key=lambda problem: problem.spans[0])


def _whole(text: CleanText) -> tuple[str, tuple[Span, ...]]:
    return text.take(0, len(text.text.rstrip(" .,;")))


def _in_sentence(text: CleanText, start: int, end: int) -> Iterator[Problem]:
    told = [*_after_cues(text, start, end), *_trends(text, start, end)]
    for first, last in told:
        yield Problem(*text.take(first, last), False)
    if not told:
        for phrase in _PHRASE.finditer(text.text, start, end):
            yield Problem(*text.take(*phrase.span()), True)


def _after_cues(text: CleanText, start: int, end: int) -> Iterator[tuple[int, int]]:
    cues = list(_CUE.finditer(text.text, start, end))
    followed_by = [*(cue.start() for cue in cues), end][1:]
    for cue, following in zip(cues, followed_by, strict=True):
        stop = _STOP.search(text.text, cue.end(), following)
        yield from _items(text.text, cue.end(), stop.start() if stop else following)


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if _TREND.search(text, start, end):
        return
    at = start
    for separator in [*_separators(text, start, end), None]:
        last = separator.start() if separator else end
        item = text[at:last].strip(" ,;:")
        if item and item.count(" ") < _LONGEST and not _GENERIC.fullmatch(item):
            first = text.index(item, at)
            yield first, first + len(item)
        at = separator.end() if separator else end


def _separators(text: str, start: int, end: int) -> list[re.Match[str]]:
    if "," in text[start:end].strip(" ,"):
        return list(_COMMA.finditer(text, start, end))
    sides = [(joint, text[start : joint.start()], text[joint.end() : end]) for joint in _AND.finditer(text, start, end)]
    return [
        joint
        for joint, left, right in sides
        if _THEME.search(left) and _THEME.search(right) and (_PLACED.search(right) or not _PLACED.search(left))
    ]


def _trends(text: CleanText, start: int, end: int) -> Iterator[tuple[int, int]]:
    trend = _TREND.search(text.text, start, end)
    if not trend:
        return
    that = text.text.casefold().rfind(" att ", start, trend.start())
    first = that + len(" att ") if that >= 0 else start
    stop = _CLAUSE_END.search(text.text, trend.end(), end)
    last = stop.start() if stop else end
    clause = text.text[first:last].strip()
    if clause and clause.count(" ") < 2 * _LONGEST:
        yield first, last
