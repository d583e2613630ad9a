"""Agreement and near-duplicates against published figures and other implementations; codes on real notices."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lofte_engine.text.agreement import cohens_kappa
from lofte_engine.text.codes import suggest_codes
from lofte_engine.text.near_duplicates import near_duplicates

# Fleiss, Statistical Methods for Rates and Proportions, 2nd ed. (1981), table 13.1: two raters, 100 patients.
DIAGNOSES = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
WORDS = st.lists(st.lists(st.sampled_from(["lampa", "tunnel", "mörkt", "fort", "bil", "ö"]), max_size=5), max_size=12)


def unrolled(table: list[list[int]]) -> tuple[list[int], list[int]]:
    cells = [(row, column) for row in range(3) for column in range(3) for _ in range(table[row][column])]
    return [row for row, _ in cells], [column for _, column in cells]


def test_kappa_and_its_error_are_those_of_fleiss() -> None:
    found = cohens_kappa(*unrolled(DIAGNOSES))

    assert (found.observed, found.by_chance) == pytest.approx((0.89, 0.66))
    assert found.kappa == pytest.approx(0.676, abs=5e-4)
    assert found.error == pytest.approx(0.087, abs=1e-3)


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=60))
def test_kappa_is_that_of_statsmodels_and_sklearn(codes: list[tuple[str, str]]) -> None:
    from sklearn.metrics import cohen_kappa_score
    from statsmodels.stats.inter_rater import cohens_kappa as of_statsmodels

    first, second = [a for a, _ in codes], [b for _, b in codes]
    found = cohens_kappa(first, second)
    if found.kappa is None or found.error is None or found.error < 1e-6:
        return
    table = [[sum(pair == (a, b) for pair in codes) for b in "abc"] for a in "abc"]

    assert found.kappa == pytest.approx(cohen_kappa_score(first, second), abs=1e-12)
    assert found.error == pytest.approx(of_statsmodels(table).std_kappa, abs=1e-9)


@settings(deadline=None)
@given(WORDS, st.sampled_from([0.3, 0.5, 0.6, 0.8, 1.0]))
def test_near_duplicates_are_those_of_comparing_all_with_all(drawn: list[list[str]], likeness: float) -> None:
    texts = [" ".join(words) for words in drawn]

    def pieces(text: str) -> set[str]:
        padded = f" {text} "
        return {padded[at : at + 4] for at in range(max(1, len(padded) - 3))} if text else set()

    expected = set()
    for second, b in enumerate(map(pieces, texts)):
        for first, a in enumerate(map(pieces, texts[:second])):
            if a and b and len(a & b) / len(a | b) >= likeness:
                expected.add((first, second))

    assert {(pair.first, pair.second) for pair in near_duplicates(texts, likeness=likeness)} == expected


@pytest.mark.slow
def test_ten_coded_notices_a_code_are_enough_to_suggest_and_to_abstain(shared: Path) -> None:
    """Six kinds of the Police's notices, ten coded of each, forty others of each to propose for."""
    import pyarrow.parquet as pq

    table = pq.read_table(shared / "data" / "sources" / "events_2022_2026.parquet", columns=["type", "summary"])
    by_kind = defaultdict(set)
    for kind, summary in zip(table["type"].to_pylist(), table["summary"].to_pylist(), strict=True):
        by_kind[kind].add(summary)
    kinds = ("Trafikolycka", "Brand", "Rattfylleri", "Misshandel", "Skadegörelse", "Stöld/inbrott")
    rng = random.Random(1)
    drawn = {kind: rng.sample(sorted(filter(None, by_kind[kind])), 50) for kind in kinds}
    coded = [(text, kind) for kind, texts in drawn.items() for text in texts[:10]]
    others = [(text, kind) for kind, texts in drawn.items() for text in texts[10:]]

    found = suggest_codes(coded, [text for text, _kind in others])

    right = [row.code == kind for row, (_text, kind) in zip(found.rows, others, strict=True) if row.code]
    assert len(right) / len(others) > 0.6
    assert sum(right) / len(right) > 0.8
