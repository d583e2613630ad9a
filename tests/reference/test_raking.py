"""Raking against figures published with R's survey package, and against another implementation."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from lofte_engine.survey import rake

# The fifteen school districts of survey's `apiclus1`; its 183 schools are all their schools in `apipop`.
DISTRICTS = {61, 135, 178, 197, 255, 406, 413, 437, 448, 510, 568, 637, 716, 778, 815}
TYPES = {"E": 4421, "H": 755, "M": 1018}
SCHOOL_WIDE = {"No": 1072, "Yes": 5122}


@pytest.fixture(scope="module")
def schools(shared: Path) -> list[dict[str, str]]:
    with (shared / "data" / "survey" / "apipop.csv").open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture(scope="module")
def sample(schools: list[dict[str, str]]) -> list[dict[str, str]]:
    return [school for school in schools if int(float(school["dnum"])) in DISTRICTS]


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in rows])


@pytest.mark.slow
def test_raked_total_and_mean_are_those_published_with_survey(sample: list[dict[str, str]]) -> None:
    """Lumley, R package survey, tests/rakecheck.Rout.save: calibrate(calfun = "raking") gives 3647280 and 641.23."""
    answers = {"type": [row["stype"] for row in sample], "wide": [row["sch.wide"] for row in sample]}

    raked = rake(answers, {"type": TYPES, "wide": SCHOOL_WIDE})

    assert len(sample) == 183
    assert raked.weights @ column(sample, "enroll") == pytest.approx(3647280, rel=1e-6)
    assert raked.weights @ column(sample, "api00") / raked.weights.sum() == pytest.approx(641.23, abs=0.005)
    assert raked.met


@pytest.mark.slow
def test_margin_of_two_crossed_variables_is_that_published_with_survey(
    schools: list[dict[str, str]], sample: list[dict[str, str]]
) -> None:
    """The same file, partial joint distributions: calibrate gives 642.61."""
    crossed = Counter((row["stype"], row["sch.wide"]) for row in schools)
    answers = {
        "crossed": [(row["stype"], row["sch.wide"]) for row in sample],
        "improved": [row["comp.imp"] for row in sample],
    }

    raked = rake(answers, {"crossed": crossed, "improved": {"No": 1712, "Yes": 4482}})

    assert raked.weights @ column(sample, "api00") / 6194 == pytest.approx(642.61, abs=0.005)


def test_cells_are_those_of_another_implementation() -> None:
    """The same counts through ipfn 1.4.4 with a rate of 1e-14."""
    counts = {("E", "No"): 12, ("E", "Yes"): 132, ("H", "No"): 3, ("H", "Yes"): 11, ("M", "No"): 8, ("M", "Yes"): 17}
    people = [cell for cell, count in counts.items() for _ in range(count)]
    answers = {"type": [cell[0] for cell in people], "wide": [cell[1] for cell in people]}

    raked = rake(answers, {"type": TYPES, "wide": SCHOOL_WIDE})

    sums = [sum(w for w, cell in zip(raked.weights, people, strict=True) if cell == wanted) for wanted in counts]
    expected = [478.0708349363, 3942.9291649407, 201.3765877261, 553.6234123042, 392.5525773376, 625.4474227551]
    assert sums == pytest.approx(expected, rel=1e-8)
