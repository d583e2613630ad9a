"""Texts that say nearly the same, word by word: the same person twice, or the same text handed round."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lofte_engine.errors import LofteEngineError

_SHINGLE = 4
_NOT_WORD = re.compile(r"[\W_]+")


class DuplicatesInputError(LofteEngineError):
    """A likeness that cannot be looked for."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two texts that are alike.

    Parameters
    ----------
    first, second : int
        Their places in the list, first < second.
    likeness : float
        Shared share of all their pieces of four letters (Jaccard), from 0 to 1.
    """

    first: int
    second: int
    likeness: float


def near_duplicates(texts: Sequence[str], *, likeness: float = 0.6) -> list[Pair]:
    """Pairs of texts that are nearly the same.

    Parameters
    ----------
    texts : sequence of str
        Up to some tens of thousands of short texts.
    likeness : float, optional
        Smallest likeness, over 0 and up to 1.

    Returns
    -------
    list of Pair
        By place. Exactly the pairs that comparing all with all would give.

    Raises
    ------
    DuplicatesInputError
        For a likeness outside (0, 1].

    Notes
    -----
    A text is the set of its pieces of four characters, in small letters, with signs as spaces. Two sets of likeness t
    must share one of their ``n − ⌈t n⌉ + 1`` rarest pieces (prefix filter), so only texts that do are compared. A text
    without letters is like none.

    References
    ----------
    Broder, *On the resemblance and containment of documents* (1997). Bayardo, Ma & Srikant, *Scaling up all pairs
    similarity search*, WWW 2007.

    Examples
    --------
    >>> near_duplicates(["Det är mörkt i tunneln!", "Fler bänkar i parken", "det är mörkt i tunneln"])
    [Pair(first=0, second=2, likeness=1.0)]
    """
    if not 0 < likeness <= 1:
        raise DuplicatesInputError("likeness must lie over 0 and at most be 1")
    sets = [_pieces(text) for text in texts]
    frequency = Counter(piece for pieces in sets for piece in pieces)
    holders: dict[str, list[int]] = defaultdict(list)
    found: list[Pair] = []
    for second, pieces in enumerate(sets):
        rarest = sorted(pieces, key=lambda piece: (frequency[piece], piece))
        # Rounding must not drop a pair that is exactly as like as asked.
        prefix = rarest[: len(rarest) - math.ceil(likeness * len(rarest) - 1e-9) + 1]
        # A set much smaller cannot be like enough, whatever it shares.
        smallest = likeness * len(pieces) - 1e-9
        candidates = {other for piece in prefix for other in holders[piece] if len(sets[other]) >= smallest}
        for first in candidates:
            shared = len(sets[first] & pieces)
            value = shared / (len(sets[first]) + len(pieces) - shared)
            if value >= likeness:
                found.append(Pair(first, second, value))
        for piece in prefix:
            holders[piece].append(second)
    return sorted(found)


def groups_of(pairs: Sequence[Pair]) -> list[tuple[int, ...]]:
    """Pairs that hang together, as groups.

    Parameters
    ----------
    pairs : sequence of Pair
        From `near_duplicates`.

    Returns
    -------
    list of tuple of int
        Places in each group, in order; the earliest text first. Two in a group may be alike only by way of a third.

    Examples
    --------
    >>> groups_of([Pair(0, 2, 0.9), Pair(2, 5, 0.8), Pair(1, 4, 0.7)])
    [(0, 2, 5), (1, 4)]
    """
    leader: dict[int, int] = {}

    def lead(place: int) -> int:
        while leader.setdefault(place, place) != place:
            place = leader[place]
        return place

    for pair in pairs:
        a, b = sorted((lead(pair.first), lead(pair.second)))
        leader[b] = a
    members: dict[int, list[int]] = defaultdict(list)
    for place in sorted(leader):
        members[lead(place)].append(place)
    return [tuple(group) for _leader, group in sorted(members.items())]


def _pieces(text: str) -> frozenset[str]:
    said = _NOT_WORD.sub(" ", text.lower()).strip()
    if not said:
        return frozenset()
    padded = f" {said} "
    return frozenset(padded[at : at + _SHINGLE] for at in range(max(1, len(padded) - _SHINGLE + 1)))
