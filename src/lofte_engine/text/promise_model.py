"""A promise as it was read from a document: values, where they stand, and what was guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lofte_engine.text.dates import Period
from lofte_engine.text.municipalities import Municipality
from lofte_engine.text.promise_parties import Party
from lofte_engine.text.promise_signatures import Signed, Signer
from lofte_engine.text.spans import Span


@dataclass(frozen=True, slots=True)
class Scope:
    """The area a promise covers.

    Parameters
    ----------
    kind : str
        "all_districts", "municipality" or "places".
    text : str or None
        The words that say so; None when nothing does.
    places : tuple of str
        Named places, for kind "places".
    """

    kind: str
    text: str | None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PledgeDraft:
    """One line of the promise.

    Parameters
    ----------
    text : str
        The words, lines mended.
    parties : tuple of Party
        Who is responsible.
    theme : str or None
        The subheading it stands under.
    """

    text: str
    parties: tuple[Party, ...]
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class HeadingFound:
    """A heading as the document words it.

    Parameters
    ----------
    kind : str
        The section it opens, or "title", "theme", "pledge_list", "column", "subheading".
    text : str
        Its words.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A stretch of the document that belongs to no field.

    Parameters
    ----------
    start, end : int
        Its place in the text.
    text : str
        The stretch itself.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PromiseDocument:
    """A promise read from a document.

    Parameters
    ----------
    title, intro, situation_text, joint_assessment, overall_pledge, desired_outcome, follow_up_text : str or None
        Texts with mended lines; paragraphs are parted by a blank line.
    municipality : Municipality or None
        Code and name.
    year : int or None
        First year of the period.
    period : Period or None
        First and last day.
    picture_year : int or None
        The year that the situation picture describes.
    evidence_basis : tuple of str
        Codes of `lofte_engine.text.promise_evidence.KINDS`.
    scope : Scope or None
        The area.
    problems : tuple of str
        Problems in the document's words.
    pledges : tuple of PledgeDraft
        The lines of the promise.
    channels : tuple of str
        Where it can be followed.
    rhythm : str or None
        "tertial", "quarterly", "yearly" …
    report_dates : tuple of str
        Months as "2018-05".
    signed : Signed or None
        Place and date.
    signers : tuple of Signer
        By office; the names of persons are not kept.
    headings : tuple of HeadingFound
        The document's own headings.
    guessed : mapping of str to str
        Fields that were concluded rather than read, with the reason in Swedish.
    spans : mapping of str to spans
        For each field where it stands: "pledges[0].text", "signers[1].role". "signers[0].name" and "persons"
        are places of names whose text is not kept; "labels" are words that only name a value, "layout" is
        bullets, quotation marks and rules.
    unplaced : tuple of Unplaced
        What belongs to no field. Together with the spans it covers every character that is not blank.
    text_length : int
        Length of the text in code points.
    """

    title: str | None
    intro: str | None
    municipality: Municipality | None
    year: int | None
    period: Period | None
    picture_year: int | None
    evidence_basis: tuple[str, ...]
    scope: Scope | None
    situation_text: str | None
    joint_assessment: str | None
    problems: tuple[str, ...]
    overall_pledge: str | None
    pledges: tuple[PledgeDraft, ...]
    desired_outcome: str | None
    follow_up_text: str | None
    channels: tuple[str, ...]
    rhythm: str | None
    report_dates: tuple[str, ...]
    signed: Signed | None
    signers: tuple[Signer, ...]
    headings: tuple[HeadingFound, ...]
    guessed: Mapping[str, str]
    spans: Mapping[str, tuple[Span, ...]]
    unplaced: tuple[Unplaced, ...]
    text_length: int

    def as_dict(self) -> dict[str, Any]:
        """The document as plain values for JSON.

        Returns
        -------
        dict
            Keys named as the fields; dates in ISO form, spans as ``[start, end]``.
        """
        return {
            "title": self.title,
            "intro": self.intro,
            "municipality": self.municipality and {"code": self.municipality.code, "name": self.municipality.name},
            "year": self.year,
            "period": self.period
            and {
                "from": self.period.first.isoformat(),
                "to": self.period.last.isoformat(),
                "label": self.period.label,
            },
            "picture_year": self.picture_year,
            "evidence_basis": list(self.evidence_basis),
            "scope": self.scope
            and {"kind": self.scope.kind, "text": self.scope.text, "places": list(self.scope.places)},
            "situation_text": self.situation_text,
            "joint_assessment": self.joint_assessment,
            "problems": list(self.problems),
            "overall_pledge": self.overall_pledge,
            "pledges": [_pledge(pledge) for pledge in self.pledges],
            "desired_outcome": self.desired_outcome,
            "follow_up_text": self.follow_up_text,
            "channels": list(self.channels),
            "rhythm": self.rhythm,
            "report_dates": list(self.report_dates),
            "signed": self.signed
            and {"place": self.signed.place, "date": self.signed.date and self.signed.date.isoformat()},
            "signers": [{"role": signer.role, "organisation": signer.organisation} for signer in self.signers],
            "headings": [{"kind": heading.kind, "text": heading.text} for heading in self.headings],
            "guessed": dict(self.guessed),
            "spans": {field: [list(span) for span in spans] for field, spans in self.spans.items()},
            "unplaced": [{"start": part.start, "end": part.end, "text": part.text} for part in self.unplaced],
            "text_length": self.text_length,
        }


def _pledge(pledge: PledgeDraft) -> dict[str, Any]:
    return {"text": pledge.text, "parties": [party.name for party in pledge.parties], "theme": pledge.theme}
