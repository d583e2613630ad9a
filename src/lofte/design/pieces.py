"""What the shared page parts in templates/design/ take: plain values, ready to be read. Presenters fill them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Place:
    """The kommun a page is about. Set as `request.place`, it names header, error pages and footer."""

    name: str
    url: str
    promises_url: str = ""


@dataclass(frozen=True)
class Link:
    """`lang` when the text is in another language than the page."""

    text: str
    url: str
    lang: str = ""


@dataclass(frozen=True)
class Verdict:
    """`value` is a state of `lofte.core.states` (or "overdue"), `label` its word, `because` the sentence after it."""

    value: str
    label: str
    because: str = ""


@dataclass(frozen=True)
class Fact:
    """One of the four facts of the first screen: Lovar, Gäller, Så går det, Nästa besked."""

    term: str
    text: str
    is_main: bool = False
    link: Link | None = None


@dataclass(frozen=True)
class FirstScreen:
    eyebrow: str
    line: str
    note: str = ""
    note_link: Link | None = None
    facts: Sequence[Fact] = ()
    ways: Sequence[Link] = ()
    twins: Sequence[Link] = ()


@dataclass(frozen=True)
class Bead:
    """A bead on a pledge's own strand: a step back towards what was said, or forward to what came of it."""

    kind: str
    text: str
    url: str = ""
    is_gap: bool = False
    is_here: bool = False


@dataclass(frozen=True)
class Pledge:
    """One line of the promise. `parties` empty means that nobody is named; `done` empty that nothing is told."""

    key: str
    text: str
    verdict: Verdict
    parties: Sequence[str] = ()
    promised: Sequence[str] = ()
    done: Sequence[str] = ()
    reason: str = ""
    next_step: str = ""
    gaps: Sequence[str] = ()
    strand: Sequence[Bead] = ()
    summary: str = ""

    @property
    def has_more(self) -> bool:
        """Whether there is anything to unfold. What cannot be judged is always explained."""
        unknown = self.verdict.value == "not_assessable"
        return bool(unknown or self.reason or self.next_step or self.gaps or self.strand)


@dataclass(frozen=True)
class Answer:
    """One question answered apart: Har det blivit bättre? Vet vi varför?"""

    question: str
    verdict: Verdict
    sentences: Sequence[str] = ()
    next_time: str = ""
    gap: str = ""


@dataclass(frozen=True)
class Report:
    """A row of the report calendar."""

    period: str
    due: str
    verdict: Verdict
    note: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Strand:
    """Something that hangs on a knot of the chain."""

    text: str
    note: str = ""
    url: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Knot:
    """A step of the chain with what hangs on it, or the gap where it should have been."""

    kind: str
    items: Sequence[Strand] = ()
    gap: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Signature:
    """A whole sentence per signature; `note` says where the original is, `link` leads to the check of the text."""

    sentence: str
    note: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Update:
    """Nytt sedan sist."""

    on: date
    text: str
    about: str = ""


@dataclass(frozen=True)
class Occasion:
    """Så kan du vara med. `when` is in words; `promise` names what it belongs to, where that is not the page itself."""

    key: str
    title: str
    when: str
    starts_at: datetime
    place: str
    how: str
    is_cancelled: bool = False
    because: str = ""
    promise: Link | None = None
