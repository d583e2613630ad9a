"""Small groups in a published count: fewer than five is hidden, and so is what would tell it.

For one row of counts beside its total. Tables with more than one direction belong to `lofte_engine.disclosure`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set

SMALLEST_SHOWN = 5


def shown[Label: Hashable](
    counts: Mapping[Label, int], smallest: int = SMALLEST_SHOWN, untold: int = 0
) -> dict[Label, int | None]:
    """The counts that may stand beside their total; None where one may not know.

    When what is hidden adds up to less than the smallest that is shown, or is one number alone, the next smallest is
    hidden too: otherwise a subtraction would tell it. Zero is hidden like one to four, so that a gap tells nothing.
    `untold` is how many of the total stand in no row, which nobody outside is told: a subtraction meets them too.
    """
    hidden = {label for label, count in counts.items() if count < smallest}
    rest = sorted((label for label in counts if label not in hidden), key=lambda label: counts[label])
    while hidden and rest and _can_be_told(hidden, counts, untold, smallest):
        hidden.add(rest.pop(0))
    return {label: None if label in hidden else count for label, count in counts.items()}


def _can_be_told[Label: Hashable](hidden: Set[Label], counts: Mapping[Label, int], untold: int, smallest: int) -> bool:
    is_alone = len(hidden) == 1 and not untold
    return is_alone or sum(counts[label] for label in hidden) + untold < smallest


def at_least(count: int, smallest: int = SMALLEST_SHOWN) -> int | None:
    """One number alone, or None."""
    return count if count >= smallest else None
