"""What was guessed and what could not be placed when a document was read: kept in the session until it is published.

The draft itself stands in the database; the file is never kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from lofte.promises.models import CitizenPromise
from lofte_engine.text.messages import FIELD_NAMES

LONGEST = 20_000
# The reader's name of a field, and the control that shows it.
CONTROLS = {
    "period": "starts",
    "year": "starts",
    "overall_pledge": "overall_pledge",
    "desired_outcome": "desired_outcome",
    "rhythm": "rhythm",
    "report_dates": "report_days",
    "title": "title",
}
_PLEDGE = re.compile(r"pledges\[\d+\]\.parties")
_NUMBERED = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Reading:
    source: str = ""
    guessed: Mapping[str, str] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()
    after: str = ""

    @property
    def beside_controls(self) -> dict[str, str]:
        """Guesses that have a control of their own to stand beside."""
        own = {CONTROLS[name]: why for name, why in self.guessed.items() if name in CONTROLS}
        return own | {name: why for name, why in self.guessed.items() if _PLEDGE.fullmatch(name)}

    @property
    def elsewhere(self) -> list[tuple[str, str]]:
        """Guesses about what the form doesn't show, with a name people understand."""
        return [
            (_field_name(name), why)
            for name, why in self.guessed.items()
            if name not in CONTROLS and not _PLEDGE.fullmatch(name)
        ]


def _field_name(name: str) -> str:
    words = []
    for part in name.split("."):
        number = _NUMBERED.search(part)
        plain = _NUMBERED.sub("", part)
        words.append(FIELD_NAMES.get(plain, plain) + (f" {int(number[1]) + 1}" if number else ""))
    return ", ".join(words)


def keep(session: SessionBase, promise: CitizenPromise, reading: Reading) -> None:
    session[_name(promise)] = {
        "source": reading.source,
        "guessed": dict(reading.guessed),
        "unplaced": _shortened(reading.unplaced),
        "after": reading.after,
    }


def _shortened(parts: tuple[str, ...]) -> list[str]:
    kept, room = [], LONGEST
    for part in parts:
        kept.append(part[:room])
        room -= len(part)
        if room <= 0:
            break
    return kept


def of(session: SessionBase, promise: CitizenPromise) -> Reading:
    kept: dict[str, Any] | None = session.get(_name(promise))
    if kept is None:
        return Reading()
    return Reading(kept["source"], kept["guessed"], tuple(kept["unplaced"]), kept["after"])


def forget(session: SessionBase, promise: CitizenPromise) -> None:
    session.pop(_name(promise), None)


def _name(promise: CitizenPromise) -> str:
    return f"reading-{promise.pk}"
