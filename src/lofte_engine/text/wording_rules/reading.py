"""A pledge taken apart once, for all rules."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from lofte_engine.text.readability import split_sentences
from lofte_engine.text.spans import CleanText, Span, clean
from lofte_engine.text.wording_rules.actors import Actor, find_actors
from lofte_engine.text.wording_rules.finding import NOTHING_KNOWN, Finding, PledgeFields, Severity
from lofte_engine.text.wording_rules.persons import person_names
from lofte_engine.text.wording_rules.places import narrow_places, wide_places
from lofte_engine.text.wording_rules.quantities import Quantity, find_quantities
from lofte_engine.text.wording_rules.times import BASELINE, TIME, inside, reporting_clauses, spans_of

LONGEST_PLEDGE = 5_000
_ENDLESS_WORD = re.compile(r"(?<=\w{60})\w+")
_PURPOSE = re.compile(r"\b(?:för\satt|så\satt|i\ssyfte\satt|med\ssyfte\satt|med\smålet\satt)\b", re.IGNORECASE)
_PURPOSE_END = re.compile(r"[.;:!?](?:\s|$)|,\s(?=(?:minst|varje|under|en\sgång|polisen|kommunen)\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """The text of a pledge and what stands where in it.

    Parameters
    ----------
    text : str
        The pledge with single spaces, composed characters and mended lines.
    fields : PledgeFields
        What is known beside the text.
    """

    text: str
    fields: PledgeFields = NOTHING_KNOWN

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Where the sentences stand."""
        return split_sentences(self.text)

    @cached_property
    def reporting(self) -> tuple[Span, ...]:
        """Clauses about follow-up."""
        return reporting_clauses(self.text)

    @cached_property
    def purposes(self) -> tuple[Span, ...]:
        """Clauses that say what for: "för att …" to the end of the sentence."""
        ends = ((p.start(), _PURPOSE_END.search(self.text, p.end())) for p in _PURPOSE.finditer(self.text))
        return tuple((start, end.start() if end else len(self.text)) for start, end in ends)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """What can be counted."""
        return find_quantities(self.text, self.reporting)

    @cached_property
    def times(self) -> tuple[Span, ...]:
        """Periods and dates of the pledge itself."""
        return spans_of(TIME, self.text, (*self.reporting, *spans_of(BASELINE, self.text)))

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """Who is named."""
        return find_actors(self.text)

    @cached_property
    def persons(self) -> tuple[Span, ...]:
        """Names of persons."""
        return person_names(self.text)

    @cached_property
    def places(self) -> tuple[Span, ...]:
        """Places narrower than the kommun."""
        named = [(actor.start, actor.end) for actor in self.actors if actor.acts]
        return narrow_places(self.text, (*named, *self.persons))

    @cached_property
    def wide_places(self) -> tuple[Span, ...]:
        """Words for the whole kommun."""
        return wide_places(self.text)

    @cached_property
    def counts_something(self) -> bool:
        """Whether text or fields say how much."""
        return bool(self.quantities) or self.fields.has_quantity

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds a place.

        Parameters
        ----------
        offset : int
            A place in the text.

        Returns
        -------
        tuple of (int, int)
            The whole text when no sentence does.
        """
        return next((span for span in self.sentences if inside(offset, (span,))), (0, len(self.text)))

    def counts_in_sentence(self, offset: int) -> bool:
        """Whether the sentence around a place says how much.

        Parameters
        ----------
        offset : int
            A place in the text.

        Returns
        -------
        bool
            Only amounts of the text; fields belong to no sentence.
        """
        start, end = self.sentence_at(offset)
        return any(start <= quantity.start < end for quantity in self.quantities)

    def finding(
        self, rule: str, message: str, suggestion: str, *, span: Span | None = None, severity: Severity = "warn"
    ) -> Finding:
        """A finding at a place of this text.

        Parameters
        ----------
        rule : str
            Its rule.
        message, suggestion : str
            Why, and a better wording.
        span : tuple of (int, int), optional
            The place; the whole pledge when something is missing.
        severity : {"warn", "block", "note"}
            How serious.

        Returns
        -------
        Finding
            With offsets in `text`.
        """
        start, end = span or (0, len(self.text))
        return Finding(start, end, rule, severity, message, suggestion)


def mend(text: str) -> CleanText:
    """A pledge on one line, in composed characters, each of which knows its place.

    Parameters
    ----------
    text : str
        The pledge as it was written.

    Returns
    -------
    CleanText
        "a" followed by a ring becomes "å"; some programs that write pdf part them.

    Examples
    --------
    >>> mend("a\\u030aret\\nut").text
    'året ut'
    """
    return compose(clean(text, [(0, len(text))]))


def compose(mended: CleanText) -> CleanText:
    """Composed characters, no blank edges and no endless words, for a text that already has mended lines.

    Parameters
    ----------
    mended : CleanText
        Any.

    Returns
    -------
    CleanText
        Each character still knows its place.

    Notes
    -----
    Patterns take a time that grows with the square of a word's length, so letters after the sixtieth of a word are
    left out, and so is what stands after 5 000 characters: that is no pledge.
    """
    start = len(mended.text) - len(mended.text.lstrip())
    end = start + len(mended.text.strip())
    end = min(end, start + LONGEST_PLEDGE)
    mended = _without_endless_words(CleanText(mended.text[start:end], mended.offsets[start:end], mended.seams))
    if unicodedata.is_normalized("NFC", mended.text):
        return mended
    letters: list[str] = []
    offsets: list[int] = []
    for letter, offset in zip(mended.text, mended.offsets, strict=True):
        pair = unicodedata.normalize("NFC", letters[-1] + letter) if letters else letter
        if letters and len(pair) == 1:
            letters[-1] = pair
        else:
            letters.append(letter)
            offsets.append(offset)
    return CleanText("".join(letters), tuple(offsets), mended.seams)


def _without_endless_words(mended: CleanText) -> CleanText:
    if not _ENDLESS_WORD.search(mended.text):
        return mended
    gone = {at for found in _ENDLESS_WORD.finditer(mended.text) for at in range(*found.span())}
    kept = [at for at in range(len(mended.text)) if at not in gone]
    letters, offsets = mended.text, mended.offsets
    return CleanText("".join(letters[at] for at in kept), tuple(offsets[at] for at in kept), mended.seams)
