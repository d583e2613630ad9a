"""The lines of a document, and which of them are headings or page furniture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lofte_engine.text.headings import SectionKind, is_numbered_promise, is_title, is_weak, normalise, section_of
from lofte_engine.text.municipalities import municipalities
from lofte_engine.text.spans import Span

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_TERMINAL = re.compile(r"[.!?:…][\"”“»«')]*$|[\"”“»«]$")
_FURNITURE = re.compile(
    r"(?:polisen|polismyndigheten|kommun|kommunen|(?:sida|sid|page)\s?\d+.*|\d{1,3}\s?\(\s?\d{1,3}\s?\)|\d{1,3}"
    r"|logotyp.*|polisregion\s\w+)"
)
_LONGEST_JOINED_HEADING = 3


class BlockKind(StrEnum):
    """How a stretch of text stands on the page."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"
    FURNITURE = "furniture"
    SIGNATURE = "signature"


type Heading = tuple[int, int, BlockKind, SectionKind]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source without its blank edges.

    Parameters
    ----------
    start, end : int
        Offsets in the source.
    text : str
        The line with single spaces.
    after_blank, before_blank : bool
        Whether the line has air above and below; the edges of the text are air.
    """

    start: int
    end: int
    text: str
    after_blank: bool
    before_blank: bool


def split_lines(source: str) -> list[Line]:
    """The lines that hold something.

    Parameters
    ----------
    source : str
        The text as read.

    Returns
    -------
    list of Line
        In order; a label that stands before its text on the same line ("Uppföljning: …") is a line of its own.

    Examples
    --------
    >>> [(line.text, line.after_blank) for line in split_lines("ett\\n två\\n\\ntre")]
    [('ett', True), ('två', False), ('tre', True)]
    """
    cut = [span for span in _line_spans(source) for span in _without_label(source, span)]
    blank_before = [
        number == 0 or _blank_between(source, cut[number - 1][1], start) for number, (start, _) in enumerate(cut)
    ]
    return [
        Line(start, end, " ".join(source[start:end].split()), above, below)
        for (start, end), above, below in zip(cut, blank_before, [*blank_before[1:], True], strict=True)
    ]


def find_headings(lines: list[Line]) -> list[Heading]:
    """Titles and known headings.

    Parameters
    ----------
    lines : list of Line
        The lines of the document.

    Returns
    -------
    list of (first line, line after the last, kind, section)
        In order. A heading broken over up to three lines is one.
    """
    found: list[Heading] = []
    at = 0
    while at < len(lines):
        heading = _heading_at(lines, at, found)
        if heading:
            found.append(heading)
        at = heading[1] if heading else at + 1
    return found


def is_furniture(line: str) -> bool:
    """Whether a line is a logo, a page number or the like when it stands alone.

    Parameters
    ----------
    line : str
        A line with single spaces.

    Returns
    -------
    bool
        True for "STRÄNGNÄS KOMMUN", "Polisen" and "Sida 1 (2)".

    Examples
    --------
    >>> is_furniture("STRÄNGNÄS"), is_furniture("Polisen"), is_furniture("Polisen lovar")
    (True, True, False)
    """
    bare = line.strip(" .|").casefold()
    place = re.sub(r"s?\s(?:kommun|stad)$", "", bare)
    return bool(_FURNITURE.fullmatch(bare)) or place in municipalities() or place.removesuffix("s") in municipalities()


def continues(line: str) -> bool:
    """Whether a line goes on in the middle of a sentence.

    Parameters
    ----------
    line : str
        A line with single spaces.

    Returns
    -------
    bool
        True when it begins with a small letter.
    """
    return line[:1].islower()


def ends_sentence(line: str) -> bool:
    """Whether a line ends a sentence.

    Parameters
    ----------
    line : str
        A line with single spaces.

    Returns
    -------
    bool
        True after an end mark, a colon or a closing quotation mark.
    """
    return bool(_TERMINAL.search(line))


def _blank_between(source: str, end: int, start: int) -> bool:
    gap = source[end:start]
    return max(gap.count("\n"), gap.count("\r")) > 1 or "\f" in gap


def _line_spans(source: str) -> Iterator[Span]:
    for found in _LINE.finditer(source):
        stripped = found[0].strip()
        if stripped:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield start, start + len(stripped)


def _without_label(source: str, span: Span) -> Iterator[Span]:
    start, end = span
    colon = source.find(":", start, min(end, start + 60))
    label = source[start:colon]
    if colon > 0 and source[colon + 1 : end].strip() and label[:1].isupper() and section_of(label):
        rest = source[colon + 1 : end]
        yield start, colon + 1
        yield colon + 1 + len(rest) - len(rest.lstrip()), end
    else:
        yield span


def _heading_at(lines: list[Line], at: int, found: list[Heading]) -> Heading | None:
    matches: list[Heading] = []
    for after in range(at + 1, min(at + _LONGEST_JOINED_HEADING, len(lines)) + 1):
        if after > at + 1 and lines[after - 1].after_blank:
            break
        kind = _heading_kind(lines, at, after, found)
        if kind:
            matches.append((at, after, *kind))
    if not matches:
        return None
    # The longer reading is right only when it ends where the paragraph does.
    return matches[-1] if lines[matches[-1][1] - 1].before_blank else matches[0]


def _heading_kind(
    lines: list[Line], first: int, after: int, found: list[Heading]
) -> tuple[BlockKind, SectionKind] | None:
    joined = re.sub(r"(?<=\w)- (?=\w)", "", " ".join(line.text for line in lines[first:after]))
    begins = normalise(joined) and not continues(joined) and not joined.endswith((".", ","))
    alone = lines[after - 1].before_blank
    if not begins or (not alone and continues(lines[after].text)):
        return None
    # In capitals a broken line looks like a heading.
    if not alone and is_weak(joined) and joined.isupper() and lines[after].text.isupper():
        return None
    has_air = _has_air(lines, first, found)
    if is_numbered_promise(joined) and has_air:
        return BlockKind.HEADING, SectionKind.PLEDGES
    section = section_of(joined)
    names_promise = is_title(joined) and has_air
    if section and not (names_promise and not found and is_weak(joined)):
        return (BlockKind.HEADING, section) if has_air or not is_weak(joined) else None
    if names_promise and (alone or re.search(r"\d{4}|kommun|stad", joined, re.IGNORECASE)):
        return BlockKind.TITLE, SectionKind.INTRO
    return None


def _has_air(lines: list[Line], first: int, found: list[Heading]) -> bool:
    if lines[first].after_blank or (found and found[-1][1] == first):
        return True
    above = lines[first - 1].text
    return ends_sentence(above) or is_furniture(above)
