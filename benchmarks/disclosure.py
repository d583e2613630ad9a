"""Disclosure control: what the attack finds, what protection loses, how long it takes.

    PYTHONPATH=src python benchmarks/disclosure.py safety      # 300 tables and 50 pairs of releases, attacked
    PYTHONPATH=src python benchmarks/disclosure.py loss        # hidden cells against integer programming
    PYTHONPATH=src python benchmarks/disclosure.py speed       # a million cells, with the proof of every hidden one
    PYTHONPATH=src python benchmarks/disclosure.py again       # `protect` run on every table that may be the true one

The tables are random, with a fixed seed. Figures from one run stand in benchmarks/disclosure.md.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import sys
import time

import numpy as np

from lofte_engine.disclosure import CountTable, Dimension, Published, Register, attack, protect
from lofte_engine.disclosure.covering import Problem
from lofte_engine.disclosure.equations import Equations
from lofte_engine.disclosure.optimal import fewest_hidden
from lofte_engine.disclosure.suppression import hide

THRESHOLD = 5


def hierarchy(draw: np.random.Generator, name: str, leaves: int) -> Dimension:
    """No sums, a total, groups, groups and a total, or two overlapping divisions and a total."""
    codes = [f"{name}{number}" for number in range(leaves)]
    kind = draw.choice(["none", "total", "groups", "groups and total", "two divisions"], p=[0.1, 0.2, 0.1, 0.4, 0.2])
    within = [(code, f"{name} alla") for code in codes] if kind in ("total", "two divisions") else []
    for division in {"groups": "a", "groups and total": "a", "two divisions": "ab"}.get(kind, ""):
        cut = int(draw.integers(1, max(2, leaves)))
        within += [(code, f"{name} {division}{int(number >= cut)}") for number, code in enumerate(codes)]
    if kind == "groups and total":
        within += [(group, f"{name} alla") for group in sorted({parent for _, parent in within})]
    return Dimension.build(name, codes, within)


def counts(draw: np.random.Generator, sizes: list[int]) -> np.ndarray:
    mean = draw.choice([1, 3, 8, 20, 50])
    return draw.poisson(draw.gamma(0.7, mean / 0.7, size=sizes))


def random_table(draw: np.random.Generator, most: int = 6) -> CountTable:
    sizes = [int(size) for size in draw.integers(2, most, size=draw.integers(1, 4))]
    dimensions = [hierarchy(draw, name, size) for name, size in zip("xyz", sizes, strict=False)]
    return CountTable.from_leaves(dimensions, counts(draw, sizes))


def random_pair(draw: np.random.Generator, kind: int) -> tuple[CountTable, CountTable, bool]:
    """One more period, another division, only sums of two divisions, or another division and corrections."""
    sizes = [int(draw.integers(3, 7)), int(draw.integers(2, 5)), int(draw.integers(1, 4))]
    leaves = counts(draw, sizes)
    first, second = hierarchy(draw, "x", sizes[0]), hierarchy(draw, "x", sizes[0])
    months = [f"y{number}" for number in range(sizes[1])]
    year, shorter = (Dimension.build("y", own, [(month, "år") for month in own]) for own in (months, months[:-1]))
    crimes = hierarchy(draw, "z", sizes[2])
    if kind == 0:
        before = CountTable.from_leaves([first, shorter, crimes], leaves[:, :-1])
        return before, CountTable.from_leaves([first, year, crimes], leaves), False
    late = (draw.random(leaves.shape) < 0.1) * draw.integers(1, 9, leaves.shape) if kind == 3 else 0
    before = CountTable.from_leaves([first, year, crimes], leaves)
    return before, CountTable.from_leaves([second, year, crimes], leaves + late), kind == 2


def safety(tables: int, pairs: int, seed: int) -> dict[str, object]:
    draw = np.random.default_rng(seed)
    hidden, told, careless, narrowest = 0, 0, 0, np.inf
    for _ in range(tables):
        table = random_table(draw)
        found = attack(protect(table, threshold=THRESHOLD).published, threshold=THRESHOLD)
        only_small = Published.of(table, is_shown=(table.counts == 0) | (table.counts >= THRESHOLD))
        hidden, told = hidden + len(found.cells), told + len(found.told)
        careless += bool(attack(only_small, threshold=THRESHOLD).told)
        narrowest = min(narrowest, found.narrowest or np.inf)
    pair_hidden, pair_told, alone, known = 0, 0, 0, 0
    for number in range(pairs):
        before, after, only_sums = random_pair(draw, number % 4)
        asked = [
            np.indices(t.counts.shape)[0] >= t.dimensions[0].leaf_count if only_sums else None for t in (before, after)
        ]
        if only_sums and not all(own.any() for own in asked if own is not None):
            asked = [None, None]
        first, register = Register(threshold=THRESHOLD).protect(before, publish=asked[0])
        second, _ = register.protect(after, publish=asked[1])
        found = attack(second.published, earlier=[first.published], threshold=THRESHOLD)
        pair_hidden, pair_told = pair_hidden + len(found.cells), pair_told + len(found.told)
        known += len(second.already_known)
        by_itself = protect(after, threshold=THRESHOLD, publish=asked[1]).published
        alone += bool(attack(by_itself, earlier=[first.published], threshold=THRESHOLD).told)
        narrowest = min(narrowest, found.narrowest or np.inf)
    return {
        "tables": tables,
        "hidden": hidden,
        "told": told,
        "tables told when only small counts are hidden": careless,
        "pairs": pairs,
        "hidden in pairs": pair_hidden,
        "told in pairs": pair_told,
        "already known": known,
        "pairs told when the later is protected by itself": alone,
        "narrowest interval": narrowest,
    }


def problem_of(table: CountTable) -> Problem:
    flat = table.counts.ravel()
    small = (flat > 0) & (flat < THRESHOLD)
    return Problem(table.dimensions, flat, np.maximum(flat - 1, 0), flat > 0, small, small, THRESHOLD)


def loss(tables: int, seed: int) -> dict[str, object]:
    draw = np.random.default_rng(seed)
    ratios, unfinished = [], 0
    while len(ratios) < tables:
        table = random_table(draw)
        problem = problem_of(table)
        if not 9 <= table.counts.size <= 64 or not problem.must_cover.any():
            continue
        safe = protect(table, threshold=THRESHOLD)
        fewest, bound = fewest_hidden(problem, seconds=30)
        unfinished += bool(bound < fewest.sum())
        # Against the proven bound: where the integer program wasn't finished this is to our disadvantage.
        ratios.append((safe.small + safe.extra) / bound)
    return {
        "tables": tables,
        "cells": "9–64",
        "median": round(float(np.median(ratios)), 3),
        "mean": round(float(np.mean(ratios)), 3),
        "90 %": round(float(np.quantile(ratios, 0.9)), 3),
        "worst": round(max(ratios), 3),
        "as few as possible": sum(ratio <= 1 for ratio in ratios),
        "unfinished": unfinished,
    }


def with_totals(leaves: np.ndarray) -> CountTable:
    sizes = zip("xy", leaves.shape, strict=False)
    codes = {name: [f"{name}{number}" for number in range(size)] for name, size in sizes}
    return CountTable.from_leaves(
        [Dimension.build(name, own, [(code, f"{name} alla") for code in own]) for name, own in codes.items()], leaves
    )


def candidates(table: CountTable, is_shown: np.ndarray) -> list[np.ndarray]:
    """Leaves of every table that agrees with what is shown, when the grand total is."""
    inner = tuple(slice(0, dimension.leaf_count) for dimension in table.dimensions)
    leaves, hidden = table.counts[inner], ~is_shown[inner]
    rest, found = int(leaves[hidden].sum()), []
    for first in itertools.product(range(1, rest), repeat=int(hidden.sum()) - 1):
        if sum(first) < rest:
            other = leaves.copy()
            other[hidden] = [*first, rest - sum(first)]
            if (with_totals(other).counts[is_shown] == table.counts[is_shown]).all():
                found.append(other)
    return found


def again(tables: int, seed: int) -> dict[str, object]:
    """Rule out every table that `protect`, run again, would have hidden in another way."""
    draw = np.random.default_rng(seed)
    narrower, pinned, done = 0, 0, 0
    while done < tables:
        size = (int(draw.integers(3, 6)),) if done % 2 else (2, int(draw.integers(2, 4)))
        table = with_totals(draw.poisson(draw.gamma(1.5, 5, size=size)))
        is_shown = protect(table, threshold=THRESHOLD).published.is_shown
        inner = tuple(slice(0, own) for own in size)
        if not 2 <= (~is_shown[inner]).sum() <= 4 or not is_shown.ravel()[-1]:
            continue
        possible = candidates(table, is_shown)
        if not 2 <= len(possible) <= 150:
            continue
        same = [
            one
            for one in possible
            if (protect(with_totals(one), threshold=THRESHOLD).published.is_shown == is_shown).all()
        ]
        widths = np.ptp(np.array(same), axis=0)[~is_shown[inner]]
        done, narrower, pinned = done + 1, narrower + bool(widths.min() < THRESHOLD), pinned + bool(widths.min() == 0)
    return {"tables": tables, "with a cell narrower than the threshold": narrower, "of which pinned": pinned}


def large_table(draw: np.random.Generator, mean: float) -> CountTable:
    """800 kommundelar in 100 kommuner, 10 län and a total; 36 months in tertials and years; 20 crimes in groups."""
    areas, periods, crimes = [], [], []
    for kommun in range(100):
        areas += [(f"a{kommun}.{part}", f"K{kommun}") for part in range(8)] + [(f"K{kommun}", f"L{kommun // 10}")]
    areas += [(f"L{number}", "riket") for number in range(10)]
    for year in range(3):
        periods += [(f"{year}-{month}", f"{year}T{month // 4}") for month in range(12)]
        periods += [(f"{year}T{tertial}", f"{year}") for tertial in range(3)]
    crimes += [(f"c{number}", f"g{number // 4}") for number in range(20)] + [
        (f"g{number}", "alla") for number in range(5)
    ]
    dimensions = [
        Dimension.build(name, (), within)
        for name, within in (("area", areas), ("period", periods), ("category", crimes))
    ]
    busy = np.exp(draw.normal(0, 1, (800, 1, 1))) * np.exp(draw.normal(0, 1, (1, 1, 20))) * mean
    return CountTable.from_leaves(dimensions, draw.poisson(np.broadcast_to(busy, (800, 36, 20))))


def proven(table: CountTable, is_shown: np.ndarray) -> int:
    """Hidden cells without a movement of their own, checked against the equations apart from the search."""
    from scipy.sparse import csr_array

    problem, hidden = problem_of(table), ~is_shown.ravel()
    found = hide(problem, keep=True)
    if (found.is_hidden != hidden).any():
        raise AssertionError("not the table that was published")
    sizes = [movement.cells.size for movement in found.movements]
    cells = np.concatenate([movement.cells for movement in found.movements])
    signs = np.concatenate([movement.signs for movement in found.movements])
    columns = np.repeat(np.arange(len(sizes)), sizes)
    change = csr_array((signs.astype(float), (cells, columns)), shape=(hidden.size, len(sizes)))
    if abs(Equations.of(table.dimensions).matrix @ change).max() > 0:
        raise AssertionError("a movement changes a sum")
    if not hidden[cells].all():
        raise AssertionError("a movement changes a cell that is shown")
    starts = np.cumsum([0, *sizes[:-1]])
    up = np.minimum.reduceat(np.where(signs < 0, problem.room[cells], 2**40), starts)
    down = np.minimum.reduceat(np.where(signs > 0, problem.room[cells], 2**40), starts)
    moved = np.zeros(hidden.size, dtype=bool)
    moved[cells[np.repeat(up + down >= THRESHOLD, sizes)]] = True
    return int((hidden & ~moved).sum())


def speed(means: list[float], seed: int) -> list[dict[str, object]]:
    found = []
    for mean in means:
        table = large_table(np.random.default_rng(seed), mean)
        start = time.perf_counter()
        safe = protect(table, threshold=THRESHOLD)
        taken = time.perf_counter() - start
        found.append(
            {
                "mean per leaf": mean,
                "cells": table.counts.size,
                "zeros": int((table.counts == 0).sum()),
                "small": safe.small,
                "extra": safe.extra,
                "seconds": round(taken, 1),
                "hidden without proof": proven(table, safe.published.is_shown),
                "MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("part", choices=("safety", "loss", "speed", "again"))
    parser.add_argument("--tables", type=int)
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.part == "safety":
        answer: object = safety(asked.tables or 300, asked.pairs, asked.seed)
    elif asked.part == "loss":
        answer = loss(asked.tables or 100, asked.seed)
    elif asked.part == "again":
        answer = again(asked.tables or 80, asked.seed)
    else:
        answer = speed([0.3, 2.0, 8.0], asked.seed)
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
