"""Raking: weights that make answers add up to the population on several margins at once."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lofte_engine.errors import LofteEngineError

type Margin = Mapping[Hashable, float]

_SAME_TOTAL = 1e-6
RAKING_SENTENCES: dict[str, str] = {
    "no_answers": "There are no answers to weigh.",
    "no_margins": "There is no margin to rake to.",
    "margins_differ": "The answers and the population do not name the same margins.",
    "lengths_differ": "Margin {margin} does not have one value for each answer.",
    "unknown_group": "Margin {margin} has answers in group {group}, which the population lacks.",
    "empty_group": "Margin {margin} has nobody in group {group}, so no weight can stand for it; merge it with another.",
    "bad_target": "Margin {margin} has a target for group {group} that is not a positive number.",
    "totals_differ": "Margin {margin} adds up to another population than the margins before it.",
    "bad_base": "There must be one positive base weight for each answer.",
    "bad_cap": "The cap must be larger than 1.",
    "not_converged": "The margins cannot be met at the same time; merge groups that few have answered from.",
}


class RakingError(LofteEngineError):
    """Input that raking cannot use, or margins that cannot be met.

    Parameters
    ----------
    code : str
        One of the keys of `RAKING_SENTENCES`.
    margin, group : object, optional
        Where it is.

    Attributes
    ----------
    code : str
        What is wrong, as a stable word.
    margin, group : object
        Where it is.

    Examples
    --------
    >>> str(RakingError("empty_group", margin="age", group="-15"))
    'Margin age has nobody in group -15, so no weight can stand for it; merge it with another.'
    """

    def __init__(self, code: str, *, margin: object = None, group: object = None) -> None:
        super().__init__(RAKING_SENTENCES[code].format(margin=margin, group=group))
        self.code, self.margin, self.group = code, margin, group


@dataclass(frozen=True)
class Raked:
    """Weights and how far to trust them.

    Parameters
    ----------
    weights : ndarray of float, shape (n,)
        One for each answer; they add up to the population.
    steps : int
        Rounds through all margins.
    error : float
        Largest distance between a weighted group and its target, as a share of the population.
    met : bool
        Whether the error is within the tolerance. With a cap it may not be: then the answers cannot stand for everyone.
    capped : int
        Answers whose weight stands at the cap.
    design_effect : float
        Kish's ``n Σw² / (Σw)²``: how much wider the weights make every variance.
    effective_n : float
        Answers divided by the design effect.
    """

    weights: NDArray[np.float64]
    steps: int
    error: float
    met: bool
    capped: int
    design_effect: float
    effective_n: float


def rake(
    answers: Mapping[str, Sequence[Hashable]],
    population: Mapping[str, Margin],
    *,
    base: Sequence[float] | None = None,
    cap: float | None = None,
    tolerance: float = 1e-10,
    steps: int = 2000,
) -> Raked:
    """Weights for which the answers match the population on every margin.

    Parameters
    ----------
    answers : mapping of str to sequence
        For each margin ("age", "sex", "area") the group of each answer; all of the same length n.
    population : mapping of str to mapping
        For each margin how many people there are in each group. The margins add up to the same total.
    base : sequence of float, optional
        Weights to start from (inverse chance of being drawn); equal by default.
    cap : float, optional
        Largest weight, in mean weights; none by default.
    tolerance : float, optional
        Largest error that counts as met, as a share of the population.
    steps : int, optional
        Most rounds.

    Returns
    -------
    Raked
        The weights with their error and design effect.

    Raises
    ------
    RakingError
        For input that does not fit together, a group in which nobody answered, or (without a cap) margins that cannot
        be met at the same time.

    Notes
    -----
    Iterative proportional fitting: in turn, the weights of each group of a margin are multiplied by
    ``target / weighted sum``. The answer is the one closest to the base weights (least Kullback–Leibler divergence)
    that meets the margins. With a cap each round ends with weights cut at it, and the others take up what was cut; the
    cap always holds, the margins as far as they can. Weights mend who answered, not why they did: people who chose
    themselves to answer may differ from others of the same age, sex and area.

    References
    ----------
    Deming & Stephan, *Ann. Math. Statist.* 11 (1940) 427–444. Kish, *Survey Sampling* (1965) §11.7. Battaglia et al.,
    *Practical Considerations in Raking Survey Data*, Survey Practice 2 (2009).

    Examples
    --------
    >>> raked = rake(
    ...     {"sex": ["w", "w", "m"], "age": ["young", "old", "old"]},
    ...     {"sex": {"w": 50, "m": 50}, "age": {"young": 20, "old": 80}},
    ... )
    >>> raked.weights.round(6).tolist(), raked.met
    ([20.0, 30.0, 50.0], True)
    """
    targets, groups = _checked(answers, population)
    n = len(next(iter(groups)))
    weights = _start(base, n, float(targets[0].sum()))
    if cap is not None and not cap > 1:
        raise RakingError("bad_cap")
    limit = math.inf if cap is None else cap * float(targets[0].sum()) / n
    before, error, rounds = weights, math.inf, 0
    while rounds < steps:
        rounds += 1
        for target, group in zip(targets, groups, strict=True):
            sums = np.bincount(group, weights, len(target))
            weights = weights * (target / np.maximum(sums, np.finfo(float).tiny))[group]
        weights = np.minimum(weights, limit)
        error = _error(weights, targets, groups)
        if error <= tolerance or np.abs(weights - before).max() <= 1e-15 * weights.max():
            break
        before = weights
    if cap is None and error > tolerance:
        raise RakingError("not_converged")
    effect = design_effect(weights)
    capped = int((weights >= limit * (1 - 1e-12)).sum())
    return Raked(weights, rounds, error, error <= tolerance, capped, effect, n / effect)


def design_effect(weights: Sequence[float] | NDArray[np.float64]) -> float:
    """How much wider unequal weights make a variance.

    Parameters
    ----------
    weights : sequence of float
        Positive weights.

    Returns
    -------
    float
        Kish's ``n Σw² / (Σw)²``, which is one plus the squared coefficient of variation; 1 for equal weights.

    References
    ----------
    Kish, *Survey Sampling* (1965) §11.7; Kish, *J. Official Statistics* 8 (1992) 183–200.

    Examples
    --------
    >>> design_effect([1.0, 1.0, 4.0])
    1.5
    """
    held = np.asarray(weights, dtype=np.float64)
    return float(len(held) * (held**2).sum() / held.sum() ** 2)


def _checked(
    answers: Mapping[str, Sequence[Hashable]], population: Mapping[str, Margin]
) -> tuple[list[NDArray[np.float64]], list[NDArray[np.intp]]]:
    if not population:
        raise RakingError("no_margins")
    if set(answers) != set(population):
        raise RakingError("margins_differ")
    n = len(next(iter(answers.values())))
    if not n:
        raise RakingError("no_answers")
    targets: list[NDArray[np.float64]] = []
    groups: list[NDArray[np.intp]] = []
    for margin, wanted in population.items():
        target, group = _margin(margin, answers[margin], wanted)
        if len(group) != n:
            raise RakingError("lengths_differ", margin=margin)
        if targets and not math.isclose(target.sum(), targets[0].sum(), rel_tol=_SAME_TOTAL):
            raise RakingError("totals_differ", margin=margin)
        # Rounding in the sources must not keep two margins from agreeing.
        targets.append(target * (targets[0].sum() / target.sum()) if targets else target)
        groups.append(group)
    return targets, groups


def _margin(margin: str, given: Sequence[Hashable], wanted: Margin) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    for group, number in wanted.items():
        if not (math.isfinite(number) and number > 0):
            raise RakingError("bad_target", margin=margin, group=group)
    places = {group: place for place, group in enumerate(wanted)}
    for group in given:
        if group not in places:
            raise RakingError("unknown_group", margin=margin, group=group)
    held = np.array([places[group] for group in given], dtype=np.intp)
    counts = np.bincount(held, minlength=len(places))
    if not counts.all():
        raise RakingError("empty_group", margin=margin, group=list(places)[int(counts.argmin())])
    return np.array(list(wanted.values()), dtype=np.float64), held


def _start(base: Sequence[float] | None, n: int, total: float) -> NDArray[np.float64]:
    start = np.ones(n) if base is None else np.asarray(base, dtype=np.float64)
    if start.shape != (n,) or not (np.isfinite(start).all() and (start > 0).all()):
        raise RakingError("bad_base")
    scaled: NDArray[np.float64] = start * (total / start.sum())
    return scaled


def _error(
    weights: NDArray[np.float64], targets: Sequence[NDArray[np.float64]], groups: Sequence[NDArray[np.intp]]
) -> float:
    distances = (
        np.abs(np.bincount(group, weights, len(target)) - target).max()
        for target, group in zip(targets, groups, strict=True)
    )
    return float(max(distances) / targets[0].sum())
