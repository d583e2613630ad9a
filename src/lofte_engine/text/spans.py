"""Where in a text something stands, and a readable view of it that remembers where.

A promise comes with broken lines, hyphenation and page breaks. Readers search in a `CleanText`, where
those are mended, and every answer is traced back to code-point offsets in the text as it was read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

type Span = tuple[int, int]

_JOINER = -1
_KEPT_BEFORE = re.compile(r"(?:och|eller|samt|respektive)\b", re.IGNORECASE)
_LAST_WORD = re.compile(r"\w+\Z")
_NEWLINE = r"[\n\r\f\v\x85\u2028\u2029]"
_REPAIRS = re.compile(
    rf"(?P<hyphen>(?<=\w)[-\u2010]\s*?{_NEWLINE}\s*(?=\w))"
    rf"|(?P<soft>\u00ad\s*{_NEWLINE}\s*)"
    r"|(?P<space>\s+)"
    r"|(?P<invisible>[\u00ad\u200b-\u200d\u2060\ufeff])"
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\r\n[^\S\n]*\r\n|\f")


@dataclass(frozen=True, slots=True)
class CleanText:
    """Text with mended lines, where each character knows its place in the source.

    Parameters
    ----------
    text : str
        Whitespace is single spaces, words broken over two lines are whole.
    offsets : tuple of int
        For each character its offset in the source, or -1 where two fragments were joined.
    seams : frozenset of int
        Offsets where a fragment begins: no span reaches over one.
    """

    text: str
    offsets: tuple[int, ...]
    seams: frozenset[int] = frozenset()

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Source spans of a slice, one for each fragment it touches.

        Parameters
        ----------
        start, end : int, optional
            The slice; all of it by default. Blank edges are left out.

        Returns
        -------
        tuple of (int, int)
            Half-open spans in the source, in reading order.
        """
        found: list[Span] = []
        for offset in self.offsets[start:end]:
            if offset == _JOINER:
                continue
            if found and offset not in self.seams:
                found[-1] = (found[-1][0], offset + 1)
            else:
                found.append((offset, offset + 1))
        return tuple(found)

    def take(self, start: int, end: int) -> tuple[str, tuple[Span, ...]]:
        """The trimmed text of a slice together with its source spans.

        Parameters
        ----------
        start, end : int
            The slice.

        Returns
        -------
        tuple of (str, spans)
            The text without blank edges, and where it stands.

        Examples
        --------
        >>> clean("Minska narko-\\ntikan nu.", [(0, 23)]).take(6, 17)
        ('narkotikan', ((7, 19),))
        """
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        return self.text[start:end], self.spans(start, end)


def clean(source: str, fragments: Iterable[Span]) -> CleanText:
    """Mend the lines of one paragraph that may stand in several places.

    Parameters
    ----------
    source : str
        The text as read.
    fragments : iterable of (int, int)
        The parts of the paragraph, in reading order; logos and page breaks between them are left out.

    Returns
    -------
    CleanText
        The paragraph on one line.

    Notes
    -----
    A hyphen at the end of a line is taken away when the word goes on in the same case. It stays after a
    single letter or an abbreviation ("A-traktor", "EPA-traktor"), before a capital ("Upplands-Bro") and,
    with its space, before *och*, *eller*, *samt* ("trafik- och narkotikabrott").

    Examples
    --------
    >>> clean("Polisen och\\nSträng-\\nnäs kommun", [(0, 30)]).text
    'Polisen och Strängnäs kommun'
    >>> clean("trafik-\\noch A-\\ntraktor", [(0, 22)]).text
    'trafik- och A-traktor'
    """
    fragments = tuple(fragments)
    raw, raw_offsets = _assemble(source, fragments)
    characters: list[str] = []
    offsets: list[int] = []
    at = 0
    for repair in _REPAIRS.finditer(raw):
        characters.append(raw[at : repair.start()])
        offsets.extend(raw_offsets[at : repair.start()])
        mended = _mended(raw, repair)
        characters.append(mended)
        offsets.extend(_mended_offsets(mended, raw_offsets[repair.start() : repair.end()]))
        at = repair.end()
    characters.append(raw[at:])
    offsets.extend(raw_offsets[at:])
    return CleanText("".join(characters), tuple(offsets), frozenset(start for start, _ in fragments))


def join(parts: Sequence[CleanText], separator: str = " ") -> CleanText:
    """Put several clean texts after each other.

    Parameters
    ----------
    parts : sequence of CleanText
        In reading order.
    separator : str, optional
        What stands between them.

    Returns
    -------
    CleanText
        One text; the separators have no place in the source.

    Examples
    --------
    >>> text = "Ett.\\n\\nTvå."
    >>> join([clean(text, [(0, 4)]), clean(text, [(6, 10)])]).spans()
    ((0, 4), (6, 10))
    """
    offsets: list[int] = []
    for number, part in enumerate(parts):
        offsets.extend([_JOINER] * len(separator) if number else [])
        offsets.extend(part.offsets)
    seams = frozenset[int]().union(*(part.seams for part in parts))
    return CleanText(separator.join(part.text for part in parts), tuple(offsets), seams)


def gaps(source: str, covered: Iterable[Span]) -> list[Span]:
    """The stretches of a text that no span covers, without blank edges.

    Parameters
    ----------
    source : str
        The text as read.
    covered : iterable of (int, int)
        Spans in any order; they may overlap.

    Returns
    -------
    list of (int, int)
        A stretch ends at a covered character or at a blank line.

    Examples
    --------
    >>> gaps("ett två tre", [(4, 7)])
    [(0, 3), (8, 11)]
    """
    found: list[Span] = []
    at = 0
    for start, end in [*sorted(covered), (len(source), len(source))]:
        if start > at:
            found.extend(_stretches(source, at, start))
        at = max(at, end)
    return found


def letters(text: str) -> bool:
    """Whether a text says anything: holds a letter or a digit.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    bool
        False for bullets, quotation marks and rules.
    """
    return any(character.isalnum() for character in text)


def _assemble(source: str, fragments: Iterable[Span]) -> tuple[str, list[int]]:
    pieces: list[str] = []
    offsets: list[int] = []
    for start, end in fragments:
        if pieces:
            pieces.append("\n")
            offsets.append(_JOINER)
        pieces.append(source[start:end])
        offsets.extend(range(start, end))
    return "".join(pieces), offsets


def _mended(raw: str, repair: re.Match[str]) -> str:
    if repair["space"]:
        return " "
    if not repair["hyphen"]:
        return ""
    word = _LAST_WORD.search(raw, max(0, repair.start() - 40), repair.start())
    return _hyphen_between(word[0] if word else "", raw[repair.end() : repair.end() + 12])


def _hyphen_between(word: str, after: str) -> str:
    if _KEPT_BEFORE.match(after):
        return "- "
    if len(word) == 1 or word.isnumeric():
        return "-"
    return "-" if word.isupper() != after[0].isupper() else ""


def _mended_offsets(mended: str, places: list[int]) -> list[int]:
    known = [place for place in places if place != _JOINER] or [_JOINER]
    return [known[0], known[-1]][: len(mended)]


def _stretches(source: str, start: int, end: int) -> Iterable[Span]:
    at = start
    for blank in _BLANK_LINE.finditer(source, start, end):
        yield from _trimmed(source, at, blank.start())
        at = blank.end()
    yield from _trimmed(source, at, end)


def _trimmed(source: str, start: int, end: int) -> Iterable[Span]:
    piece = source[start:end]
    stripped = piece.strip()
    if stripped:
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(stripped)
