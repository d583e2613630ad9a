"""Rounding so that sums still add up: as near as can be, and never further than it says."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest

from lofte_engine.disclosure import CountTable, Dimension, DisclosureError, round_counts
from lofte_engine.disclosure import rounding as rounding_module


def one_way(*counts, total=True):
    codes = [f"a{number}" for number in range(len(counts))]
    return CountTable.from_leaves([Dimension.build("area", codes, [(code, "K") for code in codes if total])], counts)


def distance(counts, others):
    return int(np.abs(counts - np.array(others)).sum())


def test_the_whole_answer():
    found = round_counts(one_way(3, 11))

    assert (found.counts.tolist(), found.base, found.furthest) == ([5, 10, 15], 5, 2)
    assert found.method == "controlled rounding, base 5"


@pytest.mark.parametrize(
    ("counts", "base", "expected"),
    [
        ((5, 10, 0), 5, [5, 10, 0, 15]),
        ((1, 1, 1), 5, [0, 0, 0, 0]),
        ((4, 4, 4), 5, [5, 5, 5, 15]),
        ((2, 9), 3, [3, 9, 12]),
        ((7, 7), 10, [10, 10, 20]),
    ],
)
def test_the_nearest_that_adds_up(counts, base, expected):
    assert round_counts(one_way(*counts), base=base).counts.tolist() == expected


@pytest.mark.parametrize("counts", [(3, 11, 7), (1, 2, 3), (8, 9, 14), (12, 1, 1)])
def test_no_other_rounding_is_nearer(counts):
    table = one_way(*counts)
    ways = itertools.product(*({5 * (one // 5), 5 * -(-one // 5)} for one in counts))
    fits = [(*way, sum(way)) for way in ways if abs(sum(way) - sum(counts)) < 5]

    found = round_counts(table)

    assert tuple(found.counts.tolist()) in fits
    assert distance(table.counts, found.counts) == min(distance(table.counts, way) for way in fits)


def test_a_table_without_sums_is_rounded_cell_by_cell():
    assert round_counts(one_way(3, 11, 14, total=False)).counts.tolist() == [5, 10, 15]


def test_multiples_move_when_nothing_else_adds_up():
    """One in each of three, and pairs of two: no rounding to twos keeps all pairs at two."""
    pairs = [(code, pair) for pair in ("AB", "BC", "AC") for code in pair]
    table = CountTable.from_leaves([Dimension.build("area", "ABC", pairs)], [1, 1, 1])

    found = round_counts(table, base=2)

    values = dict(zip(table.dimensions[0].codes, found.counts.tolist(), strict=True))
    assert all(values[pair] == values[pair[0]] + values[pair[1]] for pair in ("AB", "BC", "AC"))
    assert all(value % 2 == 0 and value >= 0 for value in values.values())
    assert distance(table.counts, found.counts) == 5
    assert found.furthest == 2


def test_a_table_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(rounding_module, "_LARGEST", 3)

    assert round_counts(one_way(3, 11)).base == 5
    with pytest.raises(DisclosureError) as refused:
        round_counts(one_way(3, 11, 4))

    assert (refused.value.code, refused.value.details) == ("too_large", {"cells": 4})


def test_base_two_is_the_least():
    assert round_counts(one_way(2, 4), base=2).furthest == 0


def test_no_rounding_found_is_told(monkeypatch):
    monkeypatch.setattr("scipy.optimize.milp", lambda **_: SimpleNamespace(x=None))

    with pytest.raises(DisclosureError, match="no_rounding"):
        round_counts(one_way(3, 11))
