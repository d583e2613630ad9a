"""Check the wording of a pledge, or of a whole promise, by the rules L1–L15."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lofte_engine.errors import DocumentError
from lofte_engine.text.promise_document import PromiseDocument, read_promise
from lofte_engine.text.spans import CleanText, Span, clean
from lofte_engine.text.wording_rules import RULES, TITLES
from lofte_engine.text.wording_rules.finding import NOTHING_KNOWN, Finding, PledgeFields, Severity
from lofte_engine.text.wording_rules.reading import Reading, compose, mend
from lofte_engine.text.wording_rules.words import PROBLEM

__all__ = [
    "TITLES",
    "CheckedText",
    "Finding",
    "PledgeFields",
    "Severity",
    "check_document",
    "check_pledge",
    "check_text",
]

_BULLET = re.compile(r"^[^\S\n]*(?:[-–•*·▪●◦\uf0b7]|\d{1,2}[.)])[^\S\n]+(?=\S)", re.MULTILINE)
_KNOWN_HEADINGS = frozenset({"situation", "pledges", "outcome", "follow_up", "title"})
# What is said around the pledges can also point someone out.
_AROUND = ("intro", "situation_text", "desired_outcome", "follow_up_text")


def check_pledge(text: str, *, fields: PledgeFields | None = None) -> tuple[Finding, ...]:
    """Look at one pledge.

    Parameters
    ----------
    text : str
        The pledge, as it is written so far.
    fields : PledgeFields, optional
        What a form knows beside the text; it answers what the text lacks.

    Returns
    -------
    tuple of Finding
        In the order of the text, with offsets in code points of `text`. A blank text has none.

    Notes
    -----
    Fifteen rules, each a file in `lofte_engine.text.wording_rules`; what each looks for and misses stands in
    ``docs/methods/wording-check.md``. Only L1, L6 and L13 block. Nothing is sent anywhere and no model is used:
    the same text always has the same findings.

    Examples
    --------
    >>> text = "Insatser ska genomföras i Centrum under 2026 mot klotter."
    >>> [(found.rule, text[found.start : found.end]) for found in check_pledge(text) if found.severity == "block"]
    [('L1', 'ska genomföras')]
    >>> known = PledgeFields(responsible=("Polisen",), areas=("Centrum",), amount=8, unit="besök")
    >>> {"L1", "L2", "L6"} & {found.rule for found in check_pledge("Besöka skolor.", fields=known)}
    set()
    """
    return _check(mend(text), fields or NOTHING_KNOWN)


def check_document(text: str) -> tuple[Finding, ...]:
    """Look at a whole promise: its overall pledge, each pledge, and the text around them.

    Parameters
    ----------
    text : str
        The document as read, for example by `lofte_engine.sources.documents.read_text`.

    Returns
    -------
    tuple of Finding
        In the order of the text, with offsets in code points of `text`.

    Raises
    ------
    DocumentError
        When no promise is found in the text, or it is not Swedish.

    Notes
    -----
    What the document says once holds for every pledge: its period, its area, who stands behind it, when it is
    reported. The overall pledge need not repeat the amounts and places of the pledges under it. Around the
    pledges only L13 looks, and L5 in the desired outcome; the names of signers are not looked at.

    Examples
    --------
    >>> text = '''Medborgarlöfte 2026 i Eda kommun
    ...
    ... Det här ska vi göra
    ...
    ... - Polisen ska värna tryggheten i Charlottenberg.
    ... '''
    >>> [(found.rule, text[found.start : found.end]) for found in check_document(text) if found.rule == "L5"]
    [('L5', 'värna')]
    """
    return _checked_document(text, read_promise(text)).findings


@dataclass(frozen=True, slots=True)
class CheckedText:
    """What a text turned out to be, and what was found in it.

    Parameters
    ----------
    kind : str
        "document", "list" or "pledge".
    overall_pledge : (int, int) or None
        Where the overall pledge stands; only a document has one.
    pledges : tuple of (int, int)
        Where the pledges stand.
    findings : tuple of Finding
        In the order of the text.
    """

    kind: str
    overall_pledge: Span | None
    pledges: tuple[Span, ...]
    findings: tuple[Finding, ...]


def check_text(text: str) -> CheckedText:
    """Look at a text that may be one pledge, a list of pledges or a whole promise.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    CheckedText
        What it is taken to be, with the findings.

    Notes
    -----
    It is a whole promise when it can be read as one and has one of its headings; else a list when two lines begin
    with a bullet or a number; else one pledge.

    Examples
    --------
    >>> checked = check_text("- Insatser ska göras.\\n- Polisen ska hålla åtta möten.")
    >>> checked.kind, checked.pledges
    ('list', ((2, 21), (24, 53)))
    """
    try:
        document = read_promise(text)
    except DocumentError:
        document = None
    if document and any(heading.kind in _KNOWN_HEADINGS for heading in document.headings):
        return _checked_document(text, document)
    bullets = list(_BULLET.finditer(text))
    if len(bullets) < 2:
        return CheckedText("pledge", None, ((0, len(text)),), check_pledge(text))
    ends = [*(bullet.start() for bullet in bullets[1:]), len(text)]
    parts = [
        (mark.end(), mark.end() + len(text[mark.end() : end].rstrip())) for mark, end in zip(bullets, ends, strict=True)
    ]
    found = (one for part in parts for one in _check(_mended(text, (part,)), NOTHING_KNOWN))
    return CheckedText("list", None, tuple(parts), _sorted(found))


def _check(mended: CleanText, fields: PledgeFields, rules: tuple[str, ...] = tuple(RULES)) -> tuple[Finding, ...]:
    if not any(map(str.isalnum, mended.text)):
        return ()
    reading = Reading(mended.text, fields)
    return _sorted(_in_source(mended, found) for rule in rules for found in RULES[rule](reading))


def _sorted(found: Iterator[Finding]) -> tuple[Finding, ...]:
    order = {rule: number for number, rule in enumerate(TITLES)}
    return tuple(sorted(set(found), key=lambda one: (one.start, order[one.rule], one.end)))


def _in_source(mended: CleanText, found: Finding) -> Finding:
    """The finding with offsets in the text as it was read; it covers a page break inside a pledge."""
    spans = mended.spans(found.start, found.end) or mended.spans()
    return replace(found, start=min(start for start, _ in spans), end=max(end for _, end in spans))


def _mended(text: str, spans: tuple[Span, ...]) -> CleanText:
    return compose(clean(text, spans))


def _checked_document(text: str, document: PromiseDocument) -> CheckedText:
    spans = {
        name: (min(s for s, _ in parts), max(e for _, e in parts)) for name, parts in document.spans.items() if parts
    }
    pledges = tuple(spans[f"pledges[{number}].text"] for number in range(len(document.pledges)))
    findings = _sorted(_document_findings(text, document))
    return CheckedText("document", spans.get("overall_pledge"), pledges, findings)


def _document_findings(text: str, document: PromiseDocument) -> Iterator[Finding]:
    common = _common(document)
    readings = [_mended(text, document.spans[f"pledges[{number}].text"]) for number in range(len(document.pledges))]
    for pledge, mended in zip(document.pledges, readings, strict=True):
        names = tuple(party.name for party in pledge.parties)
        own = replace(common, responsible=names, has_problem=common.has_problem or _names_problem(pledge.theme))
        yield from _check(mended, replace(own, areas=own.areas or _theme_places(pledge.theme)))
    if document.overall_pledge:
        mended = _mended(text, document.spans["overall_pledge"])
        yield from _check(mended, _of_overall(common, [Reading(one.text) for one in readings]))
    for name in _AROUND:
        if getattr(document, name):
            rules = ("L5", "L13") if name == "desired_outcome" else ("L13",)
            for span in document.spans[name]:
                yield from _check(_mended(text, (span,)), common, rules)


def _common(document: PromiseDocument) -> PledgeFields:
    """What the document says once for all its pledges."""
    overall = Reading(document.overall_pledge or "")
    scope = document.scope
    places = scope.places if scope and scope.kind == "places" else ()
    named = tuple(overall.text[start:end] for start, end in overall.places)
    is_reported = bool(document.rhythm or document.report_dates)
    return PledgeFields(
        starts=document.period.first if document.period else None,
        ends=document.period.last if document.period else None,
        areas=places or named,
        covers_municipality=bool(scope or document.municipality),
        has_problem=_names_problem(document.overall_pledge),
        reported=document.rhythm or "dates" if is_reported else "",
    )


def _of_overall(common: PledgeFields, pledges: list[Reading]) -> PledgeFields:
    """The overall pledge has the amounts and the places of those under it."""
    places = tuple(one.text[start:end] for one in pledges for start, end in one.places)
    counted = any(one.counts_something for one in pledges)
    return replace(common, areas=common.areas or places, quantity_kind="yes_no" if counted else "")


def _names_problem(text: str | None) -> bool:
    return bool(text and PROBLEM.search(text))


def _theme_places(theme: str | None) -> tuple[str, ...]:
    reading = Reading(f"i {theme}" if theme else "")
    return tuple(reading.text[start:end] for start, end in reading.places)
