"""From lines to headings, paragraphs, bullets, rows, signature lines and page furniture."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lofte_engine.text.headings import SectionKind
from lofte_engine.text.lines import BlockKind, Line, continues, ends_sentence, find_headings, is_furniture
from lofte_engine.text.spans import CleanText, Span, clean

_BULLET = re.compile(r"(?P<mark>[-–—•·*▪►●‣∙◦○■□✓✔➢\uf0b7\uf0a7]|\d{1,2}[.)]|[a-zåäö]\))(?:[^\S\n]+|$)(?=\D|$)")
_ORNAMENT = re.compile(r"[#*_=>\s]+")
_LEAD_IN = re.compile(r"[^\W\d_](?:[^.!?]{1,70}):$")
_NOT_AFTER_HEADING = (".", ",", ":", ";", "”", '"', "»", "“")
_TAIL = 20
_DASHES = "-–—"


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of text of the same kind.

    Parameters
    ----------
    kind : BlockKind
        How it stands on the page.
    fragments : tuple of (int, int)
        Its parts in the source, without bullets.
    section : SectionKind or None
        For a heading: the section it opens.
    gap_before : bool
        Whether a blank line stands before it.
    mark : (int, int) or None
        The bullet or number before it, or the ornament before a heading.
    """

    kind: BlockKind
    fragments: tuple[Span, ...]
    section: SectionKind | None = None
    gap_before: bool = False
    mark: Span | None = None

    def read(self, source: str) -> CleanText:
        """The block on one line.

        Parameters
        ----------
        source : str
            The text that the block was cut from.

        Returns
        -------
        CleanText
            With mended lines.
        """
        return clean(source, self.fragments)


def build_blocks(source: str, lines: list[Line], is_signature: Callable[[int], bool]) -> list[Block]:
    """Put the lines together.

    Parameters
    ----------
    source : str
        The text as read.
    lines : list of Line
        Its lines.
    is_signature : callable
        Tells for a line number whether the line belongs to the signatures.

    Returns
    -------
    list of Block
        In reading order. A sentence that a logo or a page break cuts in two is one paragraph.
    """
    headings = {first: (after, kind, section) for first, after, kind, section in find_headings(lines)}
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if at in headings:
            after, kind, section = headings[at]
            start, end = lines[at].start, lines[after - 1].end
            ornament = _ORNAMENT.match(source, start, end)
            begin = ornament.end() if ornament else start
            blocks.append(Block(kind, ((begin, end),), section, lines[at].after_blank, (start, begin)))
        else:
            after = at + 1
            _place(source, lines, at, blocks, in_signature=is_signature(at))
        at = after
    return list(_with_subheadings(source, blocks))


def _place(source: str, lines: list[Line], at: int, blocks: list[Block], *, in_signature: bool) -> None:
    line = lines[at]
    last = blocks[-1] if blocks else None
    if in_signature:
        blocks.append(Block(BlockKind.SIGNATURE, ((line.start, line.end),), gap_before=line.after_blank))
    elif _stands_apart(lines, at) and is_furniture(line.text):
        blocks.append(Block(BlockKind.FURNITURE, ((line.start, line.end),), gap_before=line.after_blank))
    elif "\t" in source[line.start : line.end]:
        blocks.append(Block(BlockKind.ROW, ((line.start, line.end),), gap_before=line.after_blank))
    elif (mark := _bullet_mark(source, lines, at, last)) is not None:
        start = line.start + mark
        marked = (line.start, start)
        blocks.append(Block(BlockKind.BULLET, ((start, line.end),), gap_before=line.after_blank, mark=marked))
    else:
        _add_text(source, line, blocks)


def _stands_apart(lines: list[Line], at: int) -> bool:
    above = at == 0 or lines[at].after_blank or ends_sentence(lines[at - 1].text) or is_furniture(lines[at - 1].text)
    below = lines[at].before_blank or not continues(lines[at + 1].text)
    return above and below


def _bullet_mark(source: str, lines: list[Line], at: int, last: Block | None) -> int | None:
    found = _BULLET.match(source, lines[at].start, lines[at].end)
    if not found:
        return None
    rest = source[found.end() : lines[at].end]
    in_sentence = (
        found["mark"] in _DASHES
        and continues(rest)
        and not lines[at].after_blank
        and last is not None
        and not ends_sentence(lines[at - 1].text)
        and not _same_mark(source, last, found["mark"])
        and last.kind in (BlockKind.PARAGRAPH, BlockKind.BULLET)
    )
    return None if in_sentence else found.end() - found.start()


def _same_mark(source: str, last: Block, mark: str) -> bool:
    return last.mark is not None and source[slice(*last.mark)].rstrip() == mark


def _add_text(source: str, line: Line, blocks: list[Block]) -> None:
    span = (line.start, line.end)
    number = _open_block(source, line, blocks)
    if number is None:
        blocks.append(Block(BlockKind.PARAGRAPH, (span,), gap_before=line.after_blank))
        return
    block = blocks[number]
    start = block.fragments[-1][0]
    apart = number < len(blocks) - 1 or line.after_blank
    grown = (*block.fragments, span) if apart else (*block.fragments[:-1], (start, line.end))
    blocks[number] = replace(block, fragments=tuple(part for part in grown if part[0] < part[1]))


def _open_block(source: str, line: Line, blocks: list[Block]) -> int | None:
    """The block that a line goes on in: the one right above, or one cut off by a logo or a page break."""
    number = len(blocks) - 1
    while number >= 0 and blocks[number].kind is BlockKind.FURNITURE:
        number -= 1
    if number < 0 or blocks[number].kind not in (BlockKind.PARAGRAPH, BlockKind.BULLET):
        return None
    start, end = blocks[number].fragments[-1]
    opens_list = line.text[:1].isupper() and bool(_LEAD_IN.fullmatch(line.text))
    adjacent = number == len(blocks) - 1 and not line.after_blank and not opens_list
    cut_off = continues(line.text) and not ends_sentence(source[max(start, end - _TAIL) : end])
    return number if adjacent or cut_off or start == end else None


def _with_subheadings(source: str, blocks: list[Block]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if following and _is_subheading(source, block, following):
            yield replace(block, kind=BlockKind.SUBHEADING)
        else:
            yield block


def _is_subheading(source: str, block: Block, following: Block) -> bool:
    if block.kind is not BlockKind.PARAGRAPH or not block.gap_before or len(block.fragments) > 1:
        return False
    text = source[slice(*block.fragments[0])]
    followed = following.kind in (BlockKind.BULLET, BlockKind.ROW) or (
        following.kind is BlockKind.PARAGRAPH and following.gap_before
    )
    short = "\n" not in text and len(text.split()) <= 8
    return followed and short and text[:1].isupper() and not text.rstrip().endswith(_NOT_AFTER_HEADING)
