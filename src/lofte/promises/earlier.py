"""What came of the kommun's earlier promises, for those who write the next one.

Reports belong to a room to the right of this one, which registers how they are read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lofte.promises.models import CitizenPromise

# Two numbers are compared when the times they were counted over differ by no more than this share.
SAME_LENGTH = 0.1


@dataclass(frozen=True)
class Earlier:
    """One amount of an earlier promise: what was promised, what was done, and what the verdict was."""

    slug: str
    starts: dt.date
    ends: dt.date
    pledge: str
    activity: str
    promised: str
    kind: str
    unit: str
    per: str
    done: Decimal | None
    verdict: str


type Reader = Callable[[CitizenPromise], list[Earlier]]
_readers: list[Reader] = []


def reads_earlier(reader: Reader) -> Reader:
    """Register what reads the results of a kommun's promises that ended before this one begins, oldest first."""
    _readers.append(reader)
    return reader


def earlier_results(promise: CitizenPromise) -> list[Earlier]:
    return [row for reader in _readers for row in reader(promise)]


def numbers_like(rows: Sequence[Earlier], *, about: str, kind: str, unit: str, days: int) -> tuple[float, ...]:
    """What was done of the same thing over as long a time, oldest first: a count of two years says nothing of one."""
    same = [
        row
        for row in rows
        if row.done is not None
        and (row.kind, row.unit.casefold()) == (kind, unit.casefold())
        and kind == "count"
        and abs((row.ends - row.starts).days + 1 - days) <= SAME_LENGTH * days
    ]
    chosen = [
        _nearest([row for row in same if row.slug == slug], about) for slug in dict.fromkeys(r.slug for r in same)
    ]
    return tuple(float(row.done) for row in chosen if row is not None and row.done is not None)


def _nearest(rows: Sequence[Earlier], about: str) -> Earlier | None:
    """Of several amounts in one unit ("nya områden") the one whose words are nearest; none when two are as near."""
    mine = _stems(about)
    ranked = sorted(rows, key=lambda row: len(mine & _stems(row.pledge)), reverse=True)
    if len(ranked) > 1 and len(mine & _stems(ranked[0].pledge)) == len(mine & _stems(ranked[1].pledge)):
        return None
    return ranked[0]


def _stems(text: str) -> set[str]:
    """The beginnings of the long words, so that *grannsamverkan* meets *grannsamverkansområden*."""
    return {word[:8] for word in re.findall(r"\w{8,}", text.casefold())}
