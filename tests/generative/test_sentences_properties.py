"""Whatever the figures, a sentence is Swedish, whole, and never says why."""

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lofte_engine import wording
from lofte_engine.rates import Count, against_same_season, compare, rate

MANY = settings(max_examples=int(os.environ.get("LOFTE_GENERATIVE_EXAMPLES", "60")), deadline=None)

exposures = st.none() | st.floats(1, 1e7)
counts = st.builds(
    Count,
    st.integers(0, 100_000) | st.integers(0, 12),
    exposures,
    is_centre=st.booleans(),
    is_effort_driven=st.booleans(),
    is_preliminary=st.booleans(),
)
periods = st.sampled_from(["2024", "2024-T1", "2024-T3", "2024-01", "2023-12"])


def is_plain(sentence: str) -> bool:
    """Begins with a capital, ends with a stop, holds no computer words or figures."""
    return (
        sentence[0].isupper()
        and sentence.endswith(".")
        and not re.search(r"None|\bnan\b|\binf\b|_|\d\.\d|-\d", sentence)
        and not wording.CAUSAL.search(sentence)
    )


@MANY
@given(count=st.none() | st.integers(0, 10**7), period=periods, category=st.sampled_from(["", "stöld", "våld"]))
def test_counts(count, period, category):
    assert is_plain(wording.counted(count, place="Norr", period=period, category=category))


@MANY
@given(count=counts, per=st.sampled_from([1_000, 100_000]))
def test_rates(count, per):
    assert is_plain(wording.rated(rate(count, per=per)))


@MANY
@given(first=counts, second=counts, years=st.integers(1, 20))
def test_comparisons(first, second, years):
    assert is_plain(wording.compared(compare(first, second), years=years))


@MANY
@given(now=counts, earlier=st.lists(counts, min_size=1, max_size=4))
def test_warnings(now, earlier):
    found = against_same_season(now, earlier, season="T1", earlier_seasons=["T1"] * len(earlier))

    sentences = wording.warned(" ".join((*now.warnings, *found.ratio.warnings)))

    assert all(map(is_plain, sentences))


@pytest.mark.parametrize(
    "said",
    ["Det ledde till färre stölder", "tack vare löftet", "på grund av lampan", "Orsaken är", "effekten syns"],
)
def test_causal_words_are_recognised(said):
    assert wording.CAUSAL.search(said)
