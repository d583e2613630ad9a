"""Edges of rates that an analyst seldom meets."""

import math

import pytest

from lofte_engine.rates import (
    Count,
    Estimate,
    RateError,
    against_same_season,
    beside,
    compare,
    false_discoveries,
    mean_of_years,
    poisson_interval,
    ranks,
    rate,
)


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("negative", lambda: Count(-1)),
        ("negative", lambda: poisson_interval(-1)),
        ("population", lambda: Count(1, 0)),
        ("population", lambda: Count(1, math.nan)),
        ("population", lambda: Count(1, math.inf)),
        ("level", lambda: poisson_interval(1, level=0)),
        ("level", lambda: rate(Count(9, 9), level=1)),
        ("level", lambda: compare(Count(1), Count(1), level=95)),
        ("level", lambda: false_discoveries([1.2])),
        ("level", lambda: false_discoveries([0.2], share=0)),
        ("empty", lambda: mean_of_years([])),
        ("empty", lambda: against_same_season(Count(1), [Count(1)], season="T1", earlier_seasons=["T2"])),
        ("lengths", lambda: against_same_season(Count(1), [Count(1)], season="T1", earlier_seasons=[])),
        ("population", lambda: beside(Count(9, 100), holding={"län": Count(8, 200)}, others={})),
        ("population", lambda: beside(Count(9, 100), holding={"län": Count(9, 100)}, others={})),
    ],
)
def test_wrong_input_has_a_named_error(code, wrong):
    with pytest.raises(RateError) as caught:
        wrong()

    assert caught.value.code == code


def test_no_events_before_gives_no_ratio_but_a_lower_end():
    found = compare(Count(12), Count(0))

    assert found.ratio.estimate is None
    assert found.ratio.low > 1
    assert math.isinf(found.ratio.high)
    assert found.direction == "higher"
    assert "no_events_before" in found.ratio.warnings


def test_mid_p_with_nothing_on_one_side():
    assert compare(Count(0), Count(6), mid_p=True).ratio.low == 0
    assert math.isinf(compare(Count(6), Count(0), mid_p=True).ratio.high)


def test_different_denominators_are_not_compared():
    found = compare(Count(20, 100, "jobs"), Count(20, 100))

    assert (found.direction, found.p, found.ratio.estimate) == ("not_judged", None, None)


def test_years_with_and_without_denominator_are_pooled_as_counts():
    assert mean_of_years([Count(10, 100), Count(20)], per=1_000).estimate is None
    assert mean_of_years([Count(10, 100), Count(20)]).estimate == 15


def test_flags_survive_pooling():
    found = mean_of_years([Count(10, is_effort_driven=True), Count(20, is_preliminary=True)])

    assert set(found.warnings) == {"effort_driven", "preliminary", "no_denominator"}


def test_report_intensity_is_pooled_only_when_known_for_all():
    known = Count(10, units_reporting=4, units_expected=8)

    assert mean_of_years([known, known]).report_intensity == 0.5
    assert mean_of_years([known, Count(10)]).report_intensity is None


def test_season_uses_exposure_where_there_is_one():
    found = against_same_season(
        Count(20, 1_000), [Count(20, 1_000), Count(20, 1_000)], season="T1", earlier_seasons=["T1", "T1"]
    )

    assert found.ratio.estimate == 1
    assert "not_same_season" not in found.ratio.warnings


def test_a_wider_area_without_denominator_is_compared_by_count():
    found = beside(Count(10), holding={"län": Count(30)}, others={})

    assert found["län"].ratio.estimate == 0.5


def test_empty_lists():
    assert false_discoveries([]) == ()
    assert ranks([]) == ()
    assert ranks([Estimate(None, None, None, 0.95, "per 1 000", "", 0)]) == (None,)
