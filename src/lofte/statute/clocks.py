"""Two years from a day, and how close it is: warned of at 18 months, again at 22."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from lofte.evidence.queries import whole_months

YEARS, FIRST_WARNING, LAST_WARNING = 2, 18, 22


class State(StrEnum):
    MET = "met"
    ATTESTED = "attested"
    GAP = "gap"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Clock:
    last: dt.date

    @property
    def due(self) -> dt.date:
        """The same day two years later; from 29 February it is the 28th."""
        try:
            return self.last.replace(year=self.last.year + YEARS)
        except ValueError:
            return self.last.replace(year=self.last.year + YEARS, day=28)

    def state(self, today: dt.date) -> State:
        if today > self.due:
            return State.OVERDUE
        return State.DUE_SOON if whole_months(self.last, today) >= FIRST_WARNING else State.MET

    def is_urgent(self, today: dt.date) -> bool:
        return today <= self.due and whole_months(self.last, today) >= LAST_WARNING
