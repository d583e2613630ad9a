"""Read a promise in the national template, or a variant of it, from plain text."""

import re
from dataclasses import replace

from lofte_engine.errors import DocumentError
from lofte_engine.text.blocks import Block, build_blocks
from lofte_engine.text.dates import Period, find_years
from lofte_engine.text.headings import SectionKind
from lofte_engine.text.language import is_swedish
from lofte_engine.text.lines import BlockKind, ends_sentence, find_headings, split_lines
from lofte_engine.text.municipalities import Municipality, find_municipalities
from lofte_engine.text.promise_evidence import find_evidence
from lofte_engine.text.promise_facts import (
    Fact,
    find_joint_assessment,
    find_municipality,
    find_period,
    find_picture_year,
    find_scope,
)
from lofte_engine.text.promise_follow_up import FollowUpFound, read_follow_up
from lofte_engine.text.promise_ledger import Ledger
from lofte_engine.text.promise_model import (
    HeadingFound,
    PledgeDraft,
    PromiseDocument,
)
from lofte_engine.text.promise_pledges import PledgesFound, looks_like_pledges, read_pledges
from lofte_engine.text.promise_problems import Problem, find_problems
from lofte_engine.text.promise_sections import Sections, first_promise_ends, sort_sections
from lofte_engine.text.promise_signatures import SignatureFound, Signer, read_signatures, signature_lines
from lofte_engine.text.spans import CleanText, join, letters

__all__ = ["LONGEST_TEXT", "PromiseDocument", "read_promise"]

LONGEST_TEXT = 200_000
_LONG_PARAGRAPH = 8
_NAMES_PROMISE = re.compile(r"\w+löfte\w*", re.IGNORECASE)
_POLICE = re.compile(r"\bpolis", re.IGNORECASE)
_WE_PROMISE = re.compile(r"\b(?:vi\slovar|lovar\svi)\b", re.IGNORECASE)
_PROMISING = re.compile(r"\b(?:lovar|utlovar|åtar\ssig)\b", re.IGNORECASE)


def read_promise(text: str) -> PromiseDocument:
    """Turn the text of a promise into a structured draft.

    Parameters
    ----------
    text : str
        The text as read, for example by `lofte_engine.sources.documents.read_text`.

    Returns
    -------
    PromiseDocument
        Values with their places. Spans and `unplaced` together cover every character that is not blank.

    Raises
    ------
    DocumentError
        With code "empty", "too_large" (over 200 000 characters), "not_swedish" or "no_promise".

    Notes
    -----
    Sections are found by their headings, in any order; under an unknown heading by their words, which is marked
    as a guess. When a document holds several promises only the first is read and the others are left whole
    in `unplaced`: two promises are never mixed. Names of persons are found but never copied.

    Examples
    --------
    >>> draft = read_promise('''Medborgarlöfte 2018 i Strängnäs kommun
    ...
    ... Det här ska vi göra
    ...
    ... ”Polisen lovar tillsammans med Strängnäs kommun att minska narkotikan.”
    ...
    ... - Polisen ska kontrollera kända platser varje vecka.
    ... ''')
    >>> draft.municipality.code, draft.year, draft.pledges[0].parties[0].name
    ('0486', 2018, 'Polisen')
    """
    _refuse_bad(text)
    lines = split_lines(text)
    in_signature = signature_lines(lines, find_headings(lines))
    blocks = build_blocks(text, lines, in_signature.__contains__)
    end = first_promise_ends(text, blocks)
    ledger = Ledger(text)
    sections = sort_sections(text, blocks[:end])
    draft = _read_sections(text, sections, ledger)
    if not _is_promise(text, draft, sections):
        raise DocumentError("no_promise")
    if end < len(blocks):
        ledger.guess("document", "several_promises")
        _hide_names(text, blocks[end:], ledger)
    ledger.place("layout", (block.mark for block in blocks[:end] if block.mark))
    spans, unplaced = ledger.close()
    return replace(draft, guessed=ledger.guessed, spans=spans, unplaced=unplaced)


def _refuse_bad(text: str) -> None:
    if not text.strip():
        raise DocumentError("empty")
    if len(text) > LONGEST_TEXT:
        raise DocumentError("too_large")
    if not is_swedish(text):
        raise DocumentError("not_swedish")


def _read_sections(text: str, sections: Sections, ledger: Ledger) -> PromiseDocument:
    _move_pledges(text, sections, ledger)
    title = join([block.read(text) for block in sections.title[:1]])
    for block in sections.title:
        ledger.place("title", block.read(text).spans())
    letterhead = _without_letterhead(_texts(text, sections.of(SectionKind.PREAMBLE)))
    intro = [*letterhead, *_texts(text, sections.of(SectionKind.INTRO))]
    situation = _texts(text, sections.of(SectionKind.SITUATION))
    outcome = _texts(text, sections.of(SectionKind.OUTCOME))
    follow_up = _texts(text, sections.of(SectionKind.FOLLOW_UP))
    pledge_texts = [block.read(text) for block in sections.of(SectionKind.PLEDGES)]
    everything = [*intro, *situation, *pledge_texts, *outcome, *follow_up]
    signature = _read_signature(text, sections, ledger)
    place = find_municipality(title, everything) or _place_of_signature(signature)
    municipality = ledger.keep("municipality", place)
    pledges = read_pledges(text, sections.of(SectionKind.PLEDGES), municipality)
    period = _read_period(title, [*intro, *situation, *outcome, *follow_up], pledge_texts, signature, ledger)
    year = period.first.year if period else None
    reporting = _read_reporting(follow_up, [*intro, *pledge_texts, *outcome], year, ledger)
    problems = _read_problems(text, sections, ledger)
    return PromiseDocument(
        title=title.text or None,
        intro=_text_field("intro", intro, ledger),
        municipality=municipality,
        year=year,
        period=period,
        picture_year=ledger.keep("picture_year", find_picture_year([*situation, *intro])),
        evidence_basis=_read_evidence([*intro, *situation], ledger),
        scope=ledger.keep("scope", find_scope(title, [*intro, *situation, *pledge_texts], municipality)),
        situation_text=_text_field("situation_text", situation, ledger),
        joint_assessment=ledger.keep("joint_assessment", find_joint_assessment([*situation, *intro])),
        problems=problems,
        overall_pledge=_keep_overall(pledges, ledger),
        pledges=_keep_pledges(pledges, ledger),
        desired_outcome=_text_field("desired_outcome", outcome, ledger),
        follow_up_text=_text_field("follow_up_text", follow_up, ledger),
        channels=tuple(reporting.channels),
        rhythm=reporting.rhythm[0] if reporting.rhythm else None,
        report_dates=tuple(sorted(reporting.months)),
        signed=signature.signed,
        signers=_with_full_names(signature, municipality),
        headings=_keep_headings(text, sections, pledges, ledger),
        guessed={},
        spans={},
        unplaced=(),
        text_length=len(text),
    )


def _move_pledges(text: str, sections: Sections, ledger: Ledger) -> None:
    """Where no heading opens the pledges, take what promises something from the rest of the text."""
    if SectionKind.PLEDGES in sections.content:
        for kind in sections.guessed:
            ledger.guess(_FIELD_OF_SECTION[kind], "section_from_content")
        return
    for kind in (SectionKind.INTRO, SectionKind.PREAMBLE, SectionKind.OUTCOME, SectionKind.SITUATION):
        blocks = sections.content.get(kind, [])
        if looks_like_pledges(text, blocks):
            moved = [block for block in blocks if _promises(text, block)]
            sections.content[kind] = [block for block in blocks if block not in moved]
            sections.content[SectionKind.PLEDGES] = moved
            ledger.guess("pledges", "pledges_without_heading")
            return


_FIELD_OF_SECTION = {
    SectionKind.SITUATION: "situation_text",
    SectionKind.PLEDGES: "pledges",
    SectionKind.OUTCOME: "desired_outcome",
    SectionKind.FOLLOW_UP: "follow_up_text",
}


def _promises(text: str, block: Block) -> bool:
    listed = block.kind in (BlockKind.BULLET, BlockKind.ROW)
    return listed or (block.kind is BlockKind.PARAGRAPH and bool(_PROMISING.search(block.read(text).text)))


def _texts(text: str, blocks: list[Block]) -> list[CleanText]:
    running = (block for block in blocks if block.kind in (BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.ROW))
    return [part for part in (block.read(text) for block in running) if letters(part.text)]


def _without_letterhead(parts: list[CleanText]) -> list[CleanText]:
    return [part for part in parts if ends_sentence(part.text) or part.text.count(" ") >= _LONG_PARAGRAPH]


def _text_field(name: str, parts: list[CleanText], ledger: Ledger) -> str | None:
    trimmed = [part.take(0, len(part.text)) for part in parts]
    for _, spans in trimmed:
        ledger.place(name, spans)
    return "\n\n".join(value for value, _ in trimmed) or None


def _read_signature(text: str, sections: Sections, ledger: Ledger) -> SignatureFound:
    found = read_signatures(text, [(block.fragments[0], block.gap_before) for block in sections.signatures])
    for name, spans in found.spans.items():
        ledger.place(name, spans)
    for name, reason in found.guessed.items():
        ledger.guess(name, reason)
    return found


def _place_of_signature(signature: SignatureFound) -> Fact[Municipality] | None:
    place = signature.signed.place if signature.signed else None
    named = find_municipalities(place or "")
    if not named:
        return None
    return Fact(named[0].municipality, tuple(signature.spans["signed.place"]), "municipality_from_signature")


def _with_full_names(signature: SignatureFound, municipality: Municipality | None) -> tuple[Signer, ...]:
    """The signers, where the kommun that a title implies has its name."""
    name = f"{municipality.name} kommun" if municipality else "kommunen"
    return tuple(
        replace(signer, organisation=name) if signer.organisation == "kommunen" else signer
        for signer in signature.signers
    )


def _read_period(
    title: CleanText,
    body: list[CleanText],
    pledges: list[CleanText],
    signature: SignatureFound,
    ledger: Ledger,
) -> Period | None:
    fact = find_period(title, body, pledges)
    if fact is None and signature.signed and signature.signed.date:
        by_signature = find_years(str(signature.signed.date.year))
        spans = tuple(signature.spans.get("signed.date", ()))
        fact = Fact(by_signature.period, spans, "period_from_signature") if by_signature else None
    if fact:
        ledger.place("year", fact.spans)
        ledger.guess("year", fact.guess)
    return ledger.keep("period", fact)


def _read_evidence(texts: list[CleanText], ledger: Ledger) -> tuple[str, ...]:
    found = find_evidence(join(texts))
    for number, spans in enumerate(found.values()):
        ledger.place(f"evidence_basis[{number}]", spans)
    return tuple(found)


def _read_problems(text: str, sections: Sections, ledger: Ledger) -> tuple[str, ...]:
    blocks = sections.of(SectionKind.SITUATION)
    running = [block.read(text) for block in blocks if block.kind is BlockKind.PARAGRAPH]
    listed = [block.read(text) for block in blocks if block.kind is BlockKind.BULLET]
    found: list[Problem] = find_problems(running, listed)
    for number, problem in enumerate(found):
        ledger.place(f"problems[{number}]", problem.spans)
        ledger.guess(f"problems[{number}]", "problem_from_word" if problem.guessed else None)
    return tuple(problem.text for problem in found)


def _read_reporting(
    follow_up: list[CleanText], elsewhere: list[CleanText], year: int | None, ledger: Ledger
) -> FollowUpFound:
    found = read_follow_up(join(follow_up or elsewhere), year, only_reporting=not follow_up)
    reason = None if follow_up else "follow_up_elsewhere"
    for number, spans in enumerate(found.channels.values()):
        ledger.place(f"channels[{number}]", spans)
        ledger.guess("channels", reason)
    if found.rhythm:
        ledger.place("rhythm", found.rhythm[1])
        ledger.guess("rhythm", reason)
    for number, month in enumerate(sorted(found.months)):
        ledger.place(f"report_dates[{number}]", found.months[month])
        year_missing = "report_year_missing" if month in found.guessed_months else None
        ledger.guess(f"report_dates[{number}]", year_missing or reason)
    return found


def _keep_overall(found: PledgesFound, ledger: Ledger) -> str | None:
    if found.overall is None:
        return None
    ledger.place("overall_pledge", found.overall[1])
    ledger.guess("overall_pledge", found.overall_guessed)
    return found.overall[0]


def _keep_pledges(found: PledgesFound, ledger: Ledger) -> tuple[PledgeDraft, ...]:
    ledger.place("labels", found.labels)
    ledger.guess("pledges", "pledges_without_bullets" if found.pledges_guessed else None)
    for number, pledge in enumerate(found.pledges):
        ledger.place(f"pledges[{number}].text", pledge.spans)
        ledger.guess(f"pledges[{number}].parties", pledge.guessed)
        for place, party in enumerate(pledge.parties):
            ledger.place(f"pledges[{number}].parties[{place}]", party.spans)
    return tuple(PledgeDraft(pledge.text, pledge.parties, pledge.theme) for pledge in found.pledges)


def _keep_headings(text: str, sections: Sections, pledges: PledgesFound, ledger: Ledger) -> tuple[HeadingFound, ...]:
    read = [(kind, block.read(text)) for kind, block in sections.headings]
    found = [(kind, *part.take(0, len(part.text))) for kind, part in read] + pledges.headings
    found.sort(key=lambda heading: heading[2])
    for number, (_, _, spans) in enumerate(found):
        ledger.place(f"headings[{number}]", spans)
    return tuple(HeadingFound(kind, words) for kind, words, _ in found)


def _is_promise(text: str, draft: PromiseDocument, sections: Sections) -> bool:
    if not (draft.pledges or draft.overall_pledge):
        return False
    known = {kind for kind, _ in sections.headings}
    police_promises = _POLICE.search(text) and _PROMISING.search(text)
    return bool(_NAMES_PROMISE.search(text) or police_promises or _WE_PROMISE.search(text) or len(known) > 2)


def _hide_names(text: str, blocks: list[Block], ledger: Ledger) -> None:
    """Cover the signers' names of a promise that is not read, so that they are not copied with its text."""
    pieces = [(block.fragments[0], block.gap_before) for block in blocks if block.kind is BlockKind.SIGNATURE]
    for name, spans in read_signatures(text, pieces).spans.items():
        if name.endswith(".name"):
            ledger.place("persons", spans)
