"""Measures whose effect has been studied, with what was found and where: a small list that every site may change.

It ships with Löfte. A file `known-measures.json` in the var folder takes its place, whole.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

SHIPPED = Path(__file__).parent / "data" / "known_measures.json"
FOUND = ("less", "none", "mixed", "more")


class BadList(ValueError):
    """The site's own list can't be used."""


@dataclass(frozen=True)
class KnownMeasure:
    """One measure against one kind of problem. `found`: less crime, no change seen, mixed, or more crime."""

    id: str
    measure: str
    against: str
    found: str
    says: str
    but: str
    source: str
    url: str
    words: tuple[str, ...]

    def is_about(self, text: str) -> bool:
        told = text.casefold()
        return any(word in told for word in self.words)


def known_measures() -> tuple[KnownMeasure, ...]:
    own = Path(settings.VAR) / "known-measures.json"
    return _read(own, own.stat().st_mtime_ns) if own.is_file() else _read(SHIPPED, 0)


@cache
def _read(path: Path, _changed: int) -> tuple[KnownMeasure, ...]:
    try:
        rows = json.loads(path.read_text("utf-8"))
        found = tuple(KnownMeasure(**row | {"words": tuple(row["words"])}) for row in rows)
    except (ValueError, TypeError, KeyError) as error:
        raise BadList(f"{path} is no list of known measures: {error}") from error
    for each in found:
        if each.found not in FOUND or not each.source or not each.url.startswith("https://"):
            raise BadList(f"{path}: {each.id} needs a source, an https address and one of {', '.join(FOUND)}")
    return found
