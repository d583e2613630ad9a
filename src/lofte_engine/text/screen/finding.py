"""What is found in a text, and the text with it taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

type Kind = Literal["personnummer", "samordningsnummer", "phone", "email", "plate", "address", "name"]
type Certainty = Literal["certain", "likely", "possible"]

MASK = "[…]"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a text that may point to a person.

    Parameters
    ----------
    kind : str
        ``personnummer``, ``samordningsnummer``, ``phone``, ``email``, ``plate``, ``address`` or ``name``.
    start, end : int
        Where, in code points; `end` is the first after it.
    certainty : str
        ``certain``, ``likely`` or ``possible``. An identity number is certain when its check digit is right.
    """

    kind: Kind
    start: int
    end: int
    certainty: Certainty


def mask(text: str, findings: Iterable[Finding], mark: str = MASK) -> str:
    """The text without what was found.

    Parameters
    ----------
    text : str
        The text that was screened.
    findings : iterable of Finding
        Those to take out, in any order; they may overlap.
    mark : str, optional
        What stands instead of each.

    Returns
    -------
    str
        A new text. Overlapping findings leave one mark.

    Examples
    --------
    >>> mask("Ring 070-174 06 05 nu", [Finding("phone", 5, 18, "certain")])
    'Ring […] nu'
    """
    pieces: list[str] = []
    at = 0
    for found in sorted(findings, key=lambda each: (each.start, each.end)):
        if found.start >= at:
            pieces += [text[at : found.start], mark]
        at = max(at, found.end)
    return "".join([*pieces, text[at:]])
