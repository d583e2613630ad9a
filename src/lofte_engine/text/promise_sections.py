"""The sections of a promise, by its headings and, where they are unknown, by what stands under them."""

import re
from dataclasses import dataclass, field

from lofte_engine.text.blocks import Block
from lofte_engine.text.dates import find_years
from lofte_engine.text.headings import SectionKind, is_numbered_promise
from lofte_engine.text.lines import BlockKind
from lofte_engine.text.municipalities import find_municipalities
from lofte_engine.text.promise_pledges import looks_like_pledges

_CONTENT_SIGNS: dict[SectionKind, str] = {
    SectionKind.SITUATION: r"\blägesbild\w*|\bproblem\w*|\bhar\sökat|\botrygg\w*|\boro\b",
    SectionKind.FOLLOW_UP: r"\bfölj\w*\supp|\bföljs\b|\bredovisa\w*|\buppfölj\w*|\btertial\w*",
    SectionKind.OUTCOME: r"\bvill\b|\btryggare\b|\bmålet\b|\bska\sleda\still|\buppnå\w*|\båstadkomma\b",
}
_TELLING = (SectionKind.SITUATION, SectionKind.PLEDGES, SectionKind.OUTCOME, SectionKind.FOLLOW_UP)
_HEADINGS = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.SUBHEADING)


@dataclass(slots=True)
class Sections:
    """A document's blocks, sorted.

    Parameters
    ----------
    title : list of Block
        The title, and its repetitions as a running head.
    content : dict of SectionKind to list of Block
        Blocks of each section; sections of the same kind are put together.
    headings : list of (str, Block)
        Kind and block of each heading.
    signatures : list of Block
        Signature lines.
    guessed : set of SectionKind
        Sections recognised by their content.
    """

    title: list[Block] = field(default_factory=list)
    content: dict[SectionKind, list[Block]] = field(default_factory=dict)
    headings: list[tuple[str, Block]] = field(default_factory=list)
    signatures: list[Block] = field(default_factory=list)
    guessed: set[SectionKind] = field(default_factory=set)

    def of(self, *kinds: SectionKind) -> list[Block]:
        """The blocks of some sections.

        Parameters
        ----------
        *kinds : SectionKind
            Which sections.

        Returns
        -------
        list of Block
            Section by section.
        """
        return [block for kind in kinds for block in self.content.get(kind, [])]


def first_promise_ends(source: str, blocks: list[Block]) -> int:
    """Where a second promise begins.

    Parameters
    ----------
    source : str
        The text as read.
    blocks : list of Block
        All blocks.

    Returns
    -------
    int
        Number of the first block of the second promise, or the number of blocks.

    Notes
    -----
    A second promise begins at a title, or at the first text after signatures, when a section of the first one
    comes again after it, or when the title names another municipality or another year. A title that is merely
    repeated, as a running head or after a cover page, begins nothing.
    """
    titles = [number for number, block in enumerate(blocks) if block.kind is BlockKind.TITLE]
    for number in range(1, len(blocks)):
        if blocks[number].kind is BlockKind.TITLE and titles[0] < number:
            if _contradict(source, blocks[titles[0]], blocks[number]) or _repeats(blocks, number):
                return number
        elif _follows_signature(blocks, number) and _repeats(blocks, number):
            return number
    return len(blocks)


def sort_sections(source: str, blocks: list[Block]) -> Sections:
    """Sort the blocks of one promise.

    Parameters
    ----------
    source : str
        The text as read.
    blocks : list of Block
        The blocks of one promise.

    Returns
    -------
    Sections
        Every block stands in exactly one place.

    Notes
    -----
    What stands under an unknown heading is judged by its words, but only as a section that the document has no
    known heading for. What cannot be judged belongs to the section before; under the pledges it is a theme.
    """
    sections = Sections()
    known = {block.section for block in blocks if block.kind is BlockKind.HEADING and block.section}
    current = SectionKind.PREAMBLE
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.SIGNATURE:
            sections.signatures.append(block)
        elif block.kind is BlockKind.TITLE:
            current = _sort_title(source, block, current, sections)
        elif block.kind is BlockKind.HEADING and block.section:
            current = block.section
            _sort_heading(source, block, current, sections)
        elif block.kind is BlockKind.SUBHEADING:
            current = _sort_subheading(source, blocks, number, (current, known), sections)
        else:
            sections.content.setdefault(current, []).append(block)
    return sections


def _sort_title(source: str, block: Block, current: SectionKind, sections: Sections) -> SectionKind:
    if not sections.title:
        sections.title.append(block)
        return SectionKind.INTRO
    first = sections.title[0].read(source).text.casefold()
    if block.read(source).text.casefold() == first:
        sections.title.append(block)
    else:
        sections.headings.append(("title", block))
    return current


def _sort_heading(source: str, block: Block, current: SectionKind, sections: Sections) -> None:
    if is_numbered_promise(block.read(source).text):
        sections.content.setdefault(current, []).append(block)
    else:
        sections.headings.append((current.value, block))


def _sort_subheading(
    source: str,
    blocks: list[Block],
    number: int,
    context: tuple[SectionKind, set[SectionKind]],
    sections: Sections,
) -> SectionKind:
    current, known = context
    kind = _judge(source, _under(blocks, number), current, known | sections.guessed)
    if kind:
        sections.guessed.add(kind)
        sections.headings.append((kind.value, blocks[number]))
        return kind
    if current is SectionKind.PLEDGES:
        sections.content.setdefault(current, []).append(blocks[number])
    elif current is not SectionKind.PREAMBLE:
        sections.headings.append(("subheading", blocks[number]))
    else:
        sections.content.setdefault(current, []).append(blocks[number])
    return current


def _judge(source: str, under: list[Block], current: SectionKind, taken: set[SectionKind]) -> SectionKind | None:
    text = " ".join(block.read(source).text for block in under)
    if SectionKind.PLEDGES not in taken and looks_like_pledges(source, under):
        return SectionKind.PLEDGES
    listed = any(block.kind in (BlockKind.BULLET, BlockKind.ROW) for block in under)
    if current is SectionKind.PLEDGES and listed:
        return None
    signs = (
        kind for kind in _CONTENT_SIGNS if kind not in taken and re.search(_CONTENT_SIGNS[kind], text, re.IGNORECASE)
    )
    return next(signs, None)


def _under(blocks: list[Block], number: int) -> list[Block]:
    found = []
    for block in blocks[number + 1 :]:
        if block.kind in _HEADINGS or block.kind is BlockKind.SIGNATURE:
            break
        found.append(block)
    return found


def _follows_signature(blocks: list[Block], number: int) -> bool:
    return blocks[number - 1].kind is BlockKind.SIGNATURE and blocks[number].kind is not BlockKind.SIGNATURE


def _repeats(blocks: list[Block], number: int) -> bool:
    before, after = (
        {block.section for block in part if block.kind is BlockKind.HEADING and block.section in _TELLING}
        for part in (blocks[:number], blocks[number:])
    )
    return bool(before & after)


def _contradict(source: str, first: Block, second: Block) -> bool:
    one, other = first.read(source).text, second.read(source).text
    places = [{place.municipality.code for place in find_municipalities(text)} for text in (one, other)]
    years = [found.period if (found := find_years(text)) else None for text in (one, other)]
    other_place = bool(places[0] and places[1] and not places[0] & places[1])
    return other_place or bool(years[0] and years[1] and years[0] != years[1])
