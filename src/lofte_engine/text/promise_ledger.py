"""Where the fields of a promise stand, gathered while they are read, and what is left over."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lofte_engine.text.messages import GUESS_REASONS
from lofte_engine.text.promise_facts import Fact
from lofte_engine.text.promise_model import Unplaced
from lofte_engine.text.spans import Span, gaps, letters

_WORD = r"[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖÉ][a-zåäöéü]+)?"
_PERSON = re.compile(
    rf"(?i:kontakt(?:person(?:er)?)?|handläggare|namn|upprättad\sav|frågor\sbesvaras\sav)\s*:?\s+"
    rf"(?P<name>{_WORD}(?:\s{_WORD}){{1,2}})"
    r"|(?P<address>(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<phone>(?<![\w-])(?:\+46|0)\d{1,3}[\s-]?\d{2,3}(?:[\s-]?\d{2,3}){1,3}(?![\w-]))"
)
# The label of a name can stand in a field of its own, right before what is left over.
_LABEL_REACH = 24


@dataclass(slots=True)
class Ledger:
    """Spans and guesses of a promise that is being read.

    Parameters
    ----------
    source : str
        The text as read.
    spans : dict of str to list of (int, int)
        Places by field.
    guessed : dict of str to str
        Reasons by field, in Swedish.
    """

    source: str
    spans: dict[str, list[Span]] = field(default_factory=dict)
    guessed: dict[str, str] = field(default_factory=dict)

    def place(self, name: str, spans: Iterable[Span]) -> None:
        """Note where a field stands.

        Parameters
        ----------
        name : str
            The field.
        spans : iterable of (int, int)
            Its places; empty ones are dropped.
        """
        self.spans.setdefault(name, []).extend(span for span in spans if span[0] < span[1])

    def guess(self, name: str, reason: str | None) -> None:
        """Note that a field was concluded.

        Parameters
        ----------
        name : str
            The field.
        reason : str or None
            Key of the reason; None for a field that was read.
        """
        if reason:
            self.guessed[name] = GUESS_REASONS[reason]

    def keep[Value](self, name: str, fact: Fact[Value] | None) -> Value | None:
        """Note all about a fact.

        Parameters
        ----------
        name : str
            The field.
        fact : Fact or None
            What was found.

        Returns
        -------
        Value or None
            The value alone.
        """
        if fact is None:
            return None
        self.place(name, fact.spans)
        self.guess(name, fact.guess)
        return fact.value

    def close(self) -> tuple[Mapping[str, tuple[Span, ...]], tuple[Unplaced, ...]]:
        """Sort what no field covers into persons, layout and unplaced text.

        Returns
        -------
        tuple of (mapping of str to spans, tuple of Unplaced)
            Together they cover every character that is not blank.
        """
        for start, end in self._gaps():
            for person in _PERSON.finditer(self.source, max(0, start - _LABEL_REACH), end):
                self.place("persons", [person.span(person.lastgroup or 0)])
        rest = self._gaps()
        self.place("layout", [span for span in rest if not letters(self.source[slice(*span)])])
        said = [span for span in rest if letters(self.source[slice(*span)])]
        spans = {name: tuple(sorted(set(found))) for name, found in self.spans.items() if found}
        return MappingProxyType(spans), tuple(Unplaced(*span, self.source[slice(*span)]) for span in said)

    def _gaps(self) -> list[Span]:
        return gaps(self.source, [span for spans in self.spans.values() for span in spans])
