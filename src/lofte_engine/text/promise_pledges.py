"""The promise itself: the overall pledge and the pledges under it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lofte_engine.text.blocks import Block
from lofte_engine.text.lines import BlockKind, is_furniture
from lofte_engine.text.municipalities import Municipality
from lofte_engine.text.promise_parties import (
    Party,
    find_parties,
    labelled_parties,
    listed_parties,
    party_names,
    says_we,
)
from lofte_engine.text.spans import CleanText, Span, letters

_QUOTE = re.compile(r"[”“„»«\"](?P<said>[^”“„»«\"]{15,})(?:[”“»«\"]|$)")
_PROMISES = re.compile(r"\b(?:lova\w*|utlova\w*|löfte\w*|åta(?:r|git)\ssig)\b", re.IGNORECASE)
_LEAD_IN = re.compile(r"(?:vi|därför)?\s?(?:ut)?lova\w*", re.IGNORECASE)
_LABEL_ONLY = re.compile(r"\(?(?:ansvarig|ägare|aktör|medverkande|utförare)\w*\b.{0,20}:", re.IGNORECASE)
_ACTS = re.compile(
    r"\b(?:ska|skall|kommer|lovar|genomför\w*|öka\w*|minska\w*|arbeta\w*|kontroller\w*)\b", re.IGNORECASE
)
_PARTY_COLUMN = re.compile(r"ansvarig\w*.*|ägare|vem.*|aktör\w*|part(?:er)?", re.IGNORECASE)
_PLEDGE_COLUMN = re.compile(r"(?:\w*löfte\w*|aktivitet\w*|åtgärd\w*|insats\w*|vad.*)", re.IGNORECASE)
_GENITIVE = re.compile(r"\b(polis|kommun)ens\b", re.IGNORECASE)
_CELL = re.compile(r"[^\t]*[^\t\s][^\t]*")


@dataclass(frozen=True, slots=True)
class PledgeFound:
    """One pledge.

    Parameters
    ----------
    text : str
        The words, lines mended, without the label that names who is responsible.
    spans : tuple of (int, int)
        Where they stand.
    parties : tuple of Party
        Who is responsible.
    theme : str or None
        The subheading it stands under.
    guessed : str or None
        Why the parties were concluded, as a key of the reasons; None when the pledge names them.
    """

    text: str
    spans: tuple[Span, ...]
    parties: tuple[Party, ...]
    theme: str | None
    guessed: str | None


@dataclass(slots=True)
class PledgesFound:
    """The promise part of a document.

    Parameters
    ----------
    overall : tuple of (str, spans) or None
        The overall pledge.
    overall_guessed : str or None
        Why it was taken to be that, when no quotation marks say so.
    pledges : list of PledgeFound
        In reading order.
    pledges_guessed : bool
        True when paragraphs without bullets were taken to be pledges.
    headings : list of (str, str, spans)
        Kind, text and place of lead-ins and subheadings.
    labels : list of (int, int)
        Words that only name a value.
    used : set of int
        Numbers of the blocks that were read.
    """

    overall: tuple[str, tuple[Span, ...]] | None = None
    overall_guessed: str | None = None
    pledges: list[PledgeFound] = field(default_factory=list)
    pledges_guessed: bool = False
    headings: list[tuple[str, str, tuple[Span, ...]]] = field(default_factory=list)
    labels: list[Span] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Context:
    theme: str | None
    parties: tuple[Party, ...]


def read_pledges(source: str, blocks: list[Block], municipality: Municipality | None) -> PledgesFound:
    """Read the overall pledge and the pledges.

    Parameters
    ----------
    source : str
        The text as read.
    blocks : list of Block
        The section's blocks.
    municipality : Municipality or None
        Whom "kommunen" means.

    Returns
    -------
    PledgesFound
        What was found; the rest of the blocks is not used.

    Notes
    -----
    The overall pledge is the first quotation; else the first paragraph that promises something; else the first
    paragraph before the list. Pledges are the bullets and the rows of tables; without any, the paragraphs that
    remain. A pledge that names no party has those of its list's heading ("Polisen lovar:"), else those of the
    overall pledge. A party's name alone on a line is a logo, unless none of the bullets under it names a party.
    """
    found = PledgesFound()
    texts = [block.read(source) for block in blocks]
    listed = any(block.kind in (BlockKind.BULLET, BlockKind.ROW) for block in blocks)
    _read_overall(blocks, texts, found, listed=listed)
    context = _Context(None, ())
    column = 1
    for number, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if number in found.used:
            continue
        if block.kind is BlockKind.ROW:
            column = _read_row(text_of_cells(source, block), column, municipality, found)
            found.used.add(number)
        elif block.kind is BlockKind.BULLET or (not listed and block.kind is BlockKind.PARAGRAPH):
            _add_pledge(text, context, municipality, found)
            found.used.add(number)
        elif _heads_a_list(blocks, texts, number, municipality):
            context = _read_list_heading(block, text, municipality, found)
            found.used.add(number)
        elif block.kind is BlockKind.PARAGRAPH:
            _read_loose_paragraph(text, municipality, found, number)
    found.pledges_guessed = not listed and bool(found.pledges)
    _inherit(found, municipality)
    return found


def text_of_cells(source: str, block: Block) -> list[CleanText]:
    """The cells of a table row.

    Parameters
    ----------
    source : str
        The text as read.
    block : Block
        A row, its cells parted by tabs.

    Returns
    -------
    list of CleanText
        Cells that hold something.
    """
    start, end = block.fragments[0]
    return [Block(block.kind, (cell.span(),)).read(source) for cell in _CELL.finditer(source, start, end)]


def looks_like_pledges(source: str, blocks: list[Block]) -> bool:
    """Whether blocks under an unknown heading are pledges.

    Parameters
    ----------
    source : str
        The text as read.
    blocks : list of Block
        The blocks.

    Returns
    -------
    bool
        True when most bullets say what shall be done, or a paragraph says *lovar*.
    """
    bullets = [block.read(source).text for block in blocks if block.kind in (BlockKind.BULLET, BlockKind.ROW)]
    acting = sum(bool(_ACTS.search(bullet)) for bullet in bullets)
    said = any(
        re.search(r"\blovar\b", block.read(source).text, re.I) for block in blocks if block.kind is BlockKind.PARAGRAPH
    )
    return said or (bool(bullets) and acting * 2 >= len(bullets))


def _read_overall(blocks: list[Block], texts: list[CleanText], found: PledgesFound, *, listed: bool) -> None:
    paragraphs = [number for number, block in enumerate(blocks) if block.kind is BlockKind.PARAGRAPH]
    for number in paragraphs:
        quote = _QUOTE.search(texts[number].text)
        if quote and quote["said"].count(" ") >= 3:
            found.overall = texts[number].take(*quote.span("said"))
            found.used.add(number)
            return
    promising = [number for number in paragraphs if _PROMISES.search(texts[number].text)]
    before_list = [number for number in paragraphs if not _introduces(texts[number].text)]
    long_enough = [number for number in promising if number in before_list or texts[number].text.count(" ") >= 11]
    if not listed and len(promising) > 1:
        return
    chosen = next(iter(long_enough), None)
    if chosen is None and listed and before_list and not _lists_before(blocks, before_list[0]):
        chosen = before_list[0]
    if chosen is not None:
        found.overall = texts[chosen].take(0, len(texts[chosen].text))
        found.overall_guessed = "overall_without_quotation_marks"
        found.used.add(chosen)


def _introduces(text: str) -> bool:
    return text.endswith(":")


def _lists_before(blocks: list[Block], number: int) -> bool:
    return any(block.kind in (BlockKind.BULLET, BlockKind.ROW) for block in blocks[:number])


def _heads_a_list(blocks: list[Block], texts: list[CleanText], number: int, municipality: Municipality | None) -> bool:
    block = blocks[number]
    if block.kind in (BlockKind.SUBHEADING, BlockKind.HEADING):
        return not is_furniture(texts[number].text) or _is_list_logo(blocks, texts, number, municipality)
    followed = number + 1 < len(blocks) and blocks[number + 1].kind is BlockKind.BULLET
    if block.kind is BlockKind.FURNITURE:
        return followed and _is_list_logo(blocks, texts, number, municipality)
    return block.kind is BlockKind.PARAGRAPH and followed and _introduces(texts[number].text)


def _is_list_logo(blocks: list[Block], texts: list[CleanText], number: int, municipality: Municipality | None) -> bool:
    if not find_parties(texts[number], municipality):
        return False
    for block, text in zip(blocks[number + 1 :], texts[number + 1 :], strict=True):
        if block.kind is not BlockKind.BULLET:
            break
        if find_parties(text, municipality):
            return False
    return True


def _read_list_heading(
    block: Block, text: CleanText, municipality: Municipality | None, found: PledgesFound
) -> _Context:
    parties = tuple(Party(name) for name in party_names(_GENITIVE.sub(r"\1en", text.text), municipality))
    is_theme = block.kind in (BlockKind.SUBHEADING, BlockKind.HEADING) and not parties and not _LEAD_IN.match(text.text)
    content, spans = text.take(0, len(text.text))
    found.headings.append(("theme" if is_theme else "pledge_list", content, spans))
    return _Context(content.rstrip(" :") if is_theme else None, parties)


def _read_loose_paragraph(text: CleanText, municipality: Municipality | None, found: PledgesFound, number: int) -> None:
    """A paragraph between bullets: who is responsible for the pledge above, or nothing that is known."""
    if not (found.pledges and _LABEL_ONLY.match(text.text)):
        return
    labelled = labelled_parties(text, municipality)
    if labelled:
        last = found.pledges.pop()
        found.pledges.append(PledgeFound(last.text, last.spans, tuple(labelled[0]), last.theme, None))
        found.labels.extend(_label_spans(text, labelled[1], labelled[0]))
        found.used.add(number)


def _add_pledge(text: CleanText, context: _Context, municipality: Municipality | None, found: PledgesFound) -> None:
    labelled = labelled_parties(text, municipality)
    end = labelled[1] if labelled else len(text.text)
    content, spans = text.take(0, end)
    if not letters(content):
        if labelled and found.pledges:
            last = found.pledges.pop()
            found.pledges.append(PledgeFound(last.text, last.spans, tuple(labelled[0]), last.theme, None))
            found.labels.extend(_label_spans(text, 0, labelled[0]))
        return
    if labelled:
        found.labels.extend(_label_spans(text, end, labelled[0]))
    parties = tuple(labelled[0]) if labelled else tuple(find_parties(text, municipality))
    reason = None if parties else ("parties_from_list" if context.parties else None)
    found.pledges.append(PledgeFound(content, spans, parties or context.parties, context.theme, reason))


def _label_spans(text: CleanText, start: int, parties: list[Party]) -> Iterator[Span]:
    """The words around the names: "Ansvariga:", commas and "och"."""
    taken = {offset for party in parties for first, last in party.spans for offset in range(first, last)}
    for first, last in text.spans(start):
        run = first
        for offset in range(first, last + 1):
            if offset == last or offset in taken:
                if run < offset:
                    yield run, offset
                run = offset + 1


def _read_row(cells: list[CleanText], column: int, municipality: Municipality | None, found: PledgesFound) -> int:
    names = [cell.text.strip(" :") for cell in cells]
    if cells and _PLEDGE_COLUMN.fullmatch(names[0]) and names[0].count(" ") < 4:
        found.headings.extend(("column", *cell.take(0, len(cell.text))) for cell in cells)
        return next((at for at, name in enumerate(names) if _PARTY_COLUMN.fullmatch(name)), column)
    if not cells:
        return column
    content, spans = cells[0].take(0, len(cells[0].text))
    parties: tuple[Party, ...] = ()
    if column < len(cells):
        parties = tuple(listed_parties(cells[column], 0, len(cells[column].text), municipality))
        found.labels.extend(_label_spans(cells[column], 0, list(parties)))
    found.pledges.append(PledgeFound(content, spans, parties, None, None))
    return column


def _inherit(found: PledgesFound, municipality: Municipality | None) -> None:
    """Give a pledge without parties those of the overall pledge."""
    if not found.overall or all(pledge.parties for pledge in found.pledges):
        return
    parties = tuple(Party(name) for name in party_names(found.overall[0], municipality))
    for number, pledge in enumerate(found.pledges):
        if parties and not pledge.parties:
            reason = "parties_from_we" if says_we(pledge.text) else "parties_from_overall"
            found.pledges[number] = PledgeFound(pledge.text, pledge.spans, parties, pledge.theme, reason)
