"""What goes into a check beside the text, and what comes out."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

type Severity = Literal["block", "warn", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to look at in the wording of a pledge.

    Parameters
    ----------
    start, end : int
        Half-open place in the text, in code points. What is missing has the whole pledge as its place.
    rule : str
        "L1" … "L15", or one of the milder "L1-enhet" and "L6-kommun".
    severity : str
        "block" (must be mended before signing), "warn" (may be answered with a reason) or "note".
    message : str
        Why, in one Swedish sentence.
    suggestion : str
        A better wording, or how to get there, in Swedish.
    """

    start: int
    end: int
    rule: str
    severity: Severity = field(compare=False)
    message: str = field(compare=False)
    suggestion: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class PledgeFields:
    """What is known of a pledge beside its text. A field answers what the text lacks, and never makes a text worse.

    Parameters
    ----------
    responsible : tuple of str
        Organisations that are responsible.
    owner : str
        The unit or function below them that does it.
    quantity_kind : str
        "count", "rate", "share", "yes_no", "none" or "" when nothing is said.
    amount : float or None
        How much.
    unit : str
        Of what ("trafikkontroller").
    per : str
        "day", "week", "month", "year" or "".
    comparison : str
        "at_least", "exactly" or "at_most".
    starts, ends : date or None
        The period.
    areas : tuple of str
        Places narrower than the kommun.
    covers_municipality : bool
        Whether the whole kommun is said to be the area.
    has_problem : bool
        Whether the pledge is tied to a described problem.
    indicator : str
        How the problem is measured.
    reported : str
        How and when it is reported.
    is_effort_driven : bool
        Whether that indicator follows how much the police work.
    goal_kind : str
        "outcome", "output", "process" or "".
    earlier_results : tuple of float
        What earlier years came to, newest last.

    Examples
    --------
    >>> PledgeFields(areas=("Centrum",)).has_period
    False
    """

    responsible: tuple[str, ...] = ()
    owner: str = ""
    quantity_kind: str = ""
    amount: float | None = None
    unit: str = ""
    per: str = ""
    comparison: str = "at_least"
    starts: date | None = None
    ends: date | None = None
    areas: tuple[str, ...] = ()
    covers_municipality: bool = False
    has_problem: bool = False
    indicator: str = ""
    reported: str = ""
    is_effort_driven: bool = False
    goal_kind: str = ""
    earlier_results: tuple[float, ...] = ()

    @property
    def has_quantity(self) -> bool:
        """Whether something can be counted, or held to be done or not."""
        return self.amount is not None or self.quantity_kind == "yes_no"

    @property
    def has_period(self) -> bool:
        """Whether a first or a last day is known."""
        return self.starts is not None or self.ends is not None


NOTHING_KNOWN = PledgeFields()
