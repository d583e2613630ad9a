"""What a theme led to and how it stands now. Promises and reports stand in rooms to the right, which say it here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lofte.design.pieces import Verdict
from lofte.voices.models import Theme


@dataclass(frozen=True)
class LedTo:
    """A pledge, a measure or a problem that rests on what people said. `done` and `on` say how far it has come."""

    kind: str
    text: str
    url: str = ""
    verdict: Verdict | None = None
    done: str = ""
    on: str = ""


type Teller = Callable[[Sequence[Theme]], Mapping[int, Sequence[LedTo]]]
_told_by: list[Teller] = []


def tells_what_came(teller: Teller) -> Teller:
    """Register what knows, for themes by their number, what everyone may read of what they led to."""
    _told_by.append(teller)
    return teller


def what_came_of(themes: Sequence[Theme]) -> dict[int, list[LedTo]]:
    found: dict[int, list[LedTo]] = {theme.pk: [] for theme in themes}
    for teller in _told_by if themes else ():
        for theme, told in teller(themes).items():
            found[theme].extend(told)
    return found
