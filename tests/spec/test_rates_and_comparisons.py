"""Rates and comparisons: what may be said of few and many reported crimes.

The rules are those of domain knowledge rather than of statistics alone: counts that follow police effort never mean
"worse", a tertial is compared with the same tertial, few events give no rate, and order needs distance.
"""

import pytest

from lofte_engine.rates import (
    Count,
    against_same_season,
    beside,
    compare,
    false_discoveries,
    mean_of_years,
    ranks,
    rate,
)


@pytest.mark.parametrize(
    ("events", "residents", "per_thousand"),
    [(4, 1_000, None), (5, 1_000, 5.0), (6, 1_000, 6.0), (0, 1_000, None)],
)
def test_fewer_than_five_events_give_no_rate(events, residents, per_thousand):
    """Few events per district: hide rates from under five cases."""
    assert rate(Count(events, residents)).estimate == per_thousand


def test_a_rate_says_unit_method_and_number_of_events():
    found = rate(Count(60, 120_000), per=100_000)

    assert (found.estimate, found.unit, found.method, found.n) == (50, "per 100 000", "Poisson, exact (Garwood)", 60)
    assert found.low < 50 < found.high


@pytest.mark.parametrize(
    ("count", "has_rate", "warning"),
    [
        (Count(80, 1_500), True, None),
        (Count(80, 1_500, is_centre=True), True, "residents_mislead"),
        (Count(80, 9_000, "visitors", is_centre=True), True, None),
        (Count(80, 4_000, "jobs", is_centre=True), True, None),
        (Count(80, None), False, "no_denominator"),
        (Count(80, 1_500, "none"), False, "no_denominator"),
    ],
)
def test_a_centre_is_not_measured_by_its_residents(count, has_rate, warning):
    """Resident population misleads for centres, stations and tourist places: visitors, jobs, or counts only."""
    found = rate(count)

    assert (found.estimate is not None) == has_rate
    assert found.warnings == ((warning,) if warning else ())


def test_no_rate_on_a_population_below_the_set_limit():
    assert rate(Count(8, 99), least_exposure=100).estimate is None
    assert rate(Count(8, 100), least_exposure=100).estimate == 80


def test_three_year_mean():
    found = mean_of_years([Count(9, 2_000), Count(15, 2_000), Count(12, 2_000)])

    assert (found.estimate, found.unit, found.n) == (12, "events a year", 36)
    as_rate = mean_of_years([Count(3, 2_000), Count(2, 2_000), Count(4, 2_000)], per=1_000)
    assert as_rate.estimate == 1.5


def test_a_tertial_is_compared_with_the_same_tertial_of_earlier_years():
    """Summer is not compared with spring: 30 in T2 is as many as T2 used to have."""
    earlier, seasons = [Count(10), Count(31), Count(9), Count(29)], ["T1", "T2", "T1", "T2"]

    found = against_same_season(Count(30), earlier, season="T2", earlier_seasons=seasons)

    assert found.ratio.estimate == 1.0
    assert found.direction == "not_clear"
    assert "not_same_season" in found.ratio.warnings


@pytest.mark.parametrize(
    ("now", "before", "direction"),
    [(30, 30, "not_clear"), (40, 30, "not_clear"), (60, 30, "higher"), (30, 60, "lower"), (0, 0, "not_judged")],
)
def test_a_change_is_only_called_higher_or_lower_when_the_interval_says_so(now, before, direction):
    assert compare(Count(now), Count(before)).direction == direction


@pytest.mark.parametrize(("now", "before"), [(400, 100), (100, 400), (5, 5)])
def test_counts_that_follow_police_effort_are_never_judged(now, before):
    """Narcotics, drunk driving, traffic: the count rises when police look more. The ratio is shown, not judged."""
    found = compare(Count(now, is_effort_driven=True), Count(before, is_effort_driven=True))

    assert found.direction == "not_judged"
    assert found.ratio.estimate == now / before
    assert "effort_driven" in found.ratio.warnings


def test_a_kommun_is_compared_with_the_rest_of_its_lan_and_of_riket():
    """A län that is the kommun and little else would otherwise be compared with itself."""
    own = Count(300, 20_000)

    found = beside(own, holding={"länet": Count(400, 40_000)}, others={"Like kommun": Count(310, 20_500)})

    assert found["länet"].ratio.estimate == pytest.approx((300 / 20_000) / (100 / 20_000))
    assert found["Like kommun"].direction == "not_clear"


def test_report_intensity_stands_beside_the_count():
    """Half of the guards reported: the map would show who reports, not where it happens."""
    found = rate(Count(40, 2_000, units_reporting=3, units_expected=6))

    assert found.report_intensity == 0.5
    assert "few_reporters" in found.warnings


def test_of_thirty_crimes_in_twelve_districts_chance_findings_are_left_out():
    """360 comparisons without any change would give about 18 with p below 0.05; none of them stands."""
    chance_only = [(number + 0.5) / 360 for number in range(360)]

    assert sum(p < 0.05 for p in chance_only) == 18
    assert not any(stands for _, stands in false_discoveries(chance_only))


def test_one_clear_change_among_many_stands():
    found = false_discoveries([0.00001, None, *[0.5] * 300])

    assert found[0][1]
    assert found[1] == (None, False)


@pytest.mark.parametrize(
    ("events", "order"),
    [
        ([100, 10, 50], (1, 3, 2)),
        ([100, 95, 20], (1, 1, 3)),
        ([30, 33, 28], (None, None, None)),
        ([100, 4, 20], (1, None, 2)),
    ],
)
def test_no_order_between_overlapping_intervals(events, order):
    assert ranks([rate(Count(number, 10_000)) for number in events]) == order
