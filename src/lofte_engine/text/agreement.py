"""How far two people who coded the same texts agree, beyond what chance would give."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from lofte_engine.errors import LofteEngineError

# Krippendorff (2004), Content Analysis, p. 241: under this, not even cautious conclusions.
ENOUGH = 0.667


class AgreementInputError(LofteEngineError):
    """Codes that cannot be compared."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa with its interval.

    Parameters
    ----------
    texts : int
        How many both coded.
    observed : float
        Share of texts with the same code.
    by_chance : float
        Share that would have it, had each coded at random with the same habits.
    kappa : float or None
        ``(observed − by_chance) / (1 − by_chance)``; None when both used one and the same code for everything.
    error : float or None
        Standard error of kappa.
    interval : tuple of float or None
        Kappa's interval, within −1 and 1.
    disagreements : tuple of (code, code, int)
        Which codes were mixed up, the commonest first.
    """

    texts: int
    observed: float
    by_chance: float
    kappa: float | None
    error: float | None
    interval: tuple[float, float] | None
    disagreements: tuple[tuple[Hashable, Hashable, int], ...]

    @property
    def is_enough(self) -> bool | None:
        """Whether one of the two may code the rest: the whole interval lies on one side of `ENOUGH`, else None.

        Examples
        --------
        >>> cohens_kappa("ab" * 50, "ab" * 50).is_enough, cohens_kappa("aabb" * 25, "abab" * 25).is_enough
        (True, False)
        >>> cohens_kappa("aabb", "aabb"[::-1]).is_enough, cohens_kappa("aaaabbbbb", "aaaabbbba").is_enough
        (False, None)
        """
        if self.interval is None:
            return None
        low, high = self.interval
        if low < ENOUGH <= high:
            return None
        return low >= ENOUGH


def cohens_kappa(first: Sequence[Hashable], second: Sequence[Hashable], *, level: float = 0.95) -> Agreement:
    """Agreement of two coders.

    Parameters
    ----------
    first, second : sequence
        The code that each gave, text by text; one code a text.
    level : float, optional
        Level of the interval.

    Returns
    -------
    Agreement

    Raises
    ------
    AgreementInputError
        Without texts, or when the coders did not code the same number.

    Notes
    -----
    The interval is κ ± z·s with the large-sample standard error for κ ≠ 0 (Fleiss, Cohen & Everitt):
    ``n (1 − pe)⁴ s² = Σ pᵢᵢ ((1 − pe) − (pᵢ. + p.ᵢ)(1 − po))² + (1 − po)² Σ_{i≠j} pᵢⱼ (p.ᵢ + pⱼ.)²
    − (po pe − 2 pe + po)²``.
    For fewer than some thirty texts it is too narrow.

    References
    ----------
    Cohen, *Educ. Psychol. Meas.* 20 (1960) 37–46. Fleiss, Cohen & Everitt, *Psychol. Bull.* 72 (1969) 323–327.

    Examples
    --------
    >>> found = cohens_kappa(["a"] * 25 + ["b"] * 25, ["a"] * 20 + ["b"] * 5 + ["a"] * 10 + ["b"] * 15)
    >>> round(found.kappa, 3), [round(bound, 2) for bound in found.interval]
    (0.4, [0.15, 0.65])
    """
    if len(first) != len(second):
        raise AgreementInputError("both must have coded the same texts")
    if not first:
        raise AgreementInputError("there are no texts that both have coded")
    n = len(first)
    cells = Counter(zip(first, second, strict=True))
    rows, columns = Counter(first), Counter(second)
    observed = sum(count for (a, b), count in cells.items() if a == b) / n
    chance = sum(rows[code] * columns[code] for code in rows) / n**2
    mixed = tuple((a, b, count) for (a, b), count in cells.most_common() if a != b)
    if chance == 1:
        return Agreement(n, observed, chance, None, None, None, mixed)
    kappa = (observed - chance) / (1 - chance)
    error = _error(cells, rows, columns, observed, chance)
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    return Agreement(n, observed, chance, kappa, error, (max(-1.0, kappa - reach), min(1.0, kappa + reach)), mixed)


def _error(
    cells: Counter[tuple[Hashable, Hashable]],
    rows: Counter[Hashable],
    columns: Counter[Hashable],
    observed: float,
    chance: float,
) -> float:
    n = sum(rows.values())
    same = sum(
        count * ((1 - chance) - (rows[a] + columns[a]) / n * (1 - observed)) ** 2
        for (a, b), count in cells.items()
        if a == b
    )
    apart = sum(count * ((columns[a] + rows[b]) / n) ** 2 for (a, b), count in cells.items() if a != b)
    spread = (same + (1 - observed) ** 2 * apart) / n - (observed * chance - 2 * chance + observed) ** 2
    return math.sqrt(max(spread, 0.0) / n) / (1 - chance) ** 2
