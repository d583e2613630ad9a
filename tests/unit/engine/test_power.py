"""The smallest change that could be seen, against brute force, other programs and a published table."""

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import power_proportions_2indep
from statsmodels.stats.rates import power_poisson_ratio_2indep

from lofte_engine.power import PowerInputError, smallest_count_change, smallest_share_change


def rejects(before: int, after: int, ratio: float, *, fewer: bool) -> bool:
    """The conditional test by its definition: a binomial with both counts as trials."""
    share = ratio / (1 + ratio)
    side = "less" if fewer else "greater"
    total = before + after
    return total > 0 and stats.binomtest(after, total, share, alternative=side).pvalue <= 0.025


def brute_force_power(before: float, after: float, ratio: float, *, fewer: bool) -> float:
    """Every pair of counts that has any chance, one by one."""
    last = int(max(before, after) + 8 * math.sqrt(max(before, after)) + 10)
    first, second = (stats.poisson.pmf(np.arange(last + 1), mean) for mean in (before, after))
    return sum(
        first[x] * second[y] for x in range(last + 1) for y in range(last + 1) if rejects(x, y, ratio, fewer=fewer)
    )


@pytest.mark.slow
@pytest.mark.parametrize(("before", "ratio"), [(12.0, 1.0), (15.0, 0.5)])
def test_counts_have_the_asked_power_by_brute_force(before: float, ratio: float) -> None:
    found = smallest_count_change(before, exposure_after=ratio)

    assert found.rise_to is not None
    assert brute_force_power(before, found.rise_to, ratio, fewer=False) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.slow
def test_fall_has_the_asked_power_by_brute_force() -> None:
    found = smallest_count_change(20)

    assert found.fall_to is not None
    assert brute_force_power(20, found.fall_to, 1.0, fewer=True) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize(("before", "ratio"), [(0, 1.0), (3, 1.0), (28, 1.0), (71, 245 / 92), (150, 0.5)])
def test_unseen_counts_are_those_that_the_exact_test_accepts(before: int, ratio: float) -> None:
    low, high = smallest_count_change(before, exposure_after=ratio).unseen

    accepted = [
        after
        for after in range(int(high) + 30)
        if not rejects(before, after, ratio, fewer=True) and not rejects(before, after, ratio, fewer=False)
    ]
    assert (low, high) == (accepted[0], accepted[-1])


@pytest.mark.parametrize("dispersion", [1.0, 2.0])
def test_many_counts_have_the_power_that_statsmodels_computes(dispersion: float) -> None:
    before, exposure, after_exposure = 900.0, 12.0, 8.0
    found = smallest_count_change(
        before, exposure_before=exposure, exposure_after=after_exposure, dispersion=dispersion
    )

    assert found.fall_to is not None
    power = power_poisson_ratio_2indep(
        rate1=found.fall_to / after_exposure,
        rate2=before / exposure,
        nobs1=after_exposure,
        nobs_ratio=exposure / after_exposure,
        exposure=1,
        dispersion=dispersion,
        value=1,
        alternative="two-sided",
        method_var="alt",
        return_results=False,
    )
    # The far tail of the two-sided test is left out here; it weighs less than a millionth.
    assert power == pytest.approx(0.8, abs=1e-5)


def test_exact_and_approximate_counts_meet() -> None:
    exact, wald = smallest_count_change(400), smallest_count_change(400.001)

    assert (exact.method, wald.method) == ("exact-conditional", "wald-log-ratio")
    assert exact.fall_to == pytest.approx(wald.fall_to, abs=2)
    assert exact.rise_to == pytest.approx(wald.rise_to, abs=2)
    assert exact.unseen == pytest.approx(wald.unseen, abs=2)


@pytest.mark.parametrize("before", [0, 1, 4])
def test_of_few_events_no_fall_is_seen(before: int) -> None:
    found = smallest_count_change(before)

    assert (found.can_see_fall, found.fall, found.unseen[0]) == (False, None, 0)


def test_from_six_to_three_can_be_chance() -> None:
    low, high = smallest_count_change(6).unseen

    assert low <= 3 <= high


def test_rate_and_period_count_not_only_the_number() -> None:
    """71 checks in 92 days are as many as 189 in 245: 301 are more."""
    found = smallest_count_change(71, exposure_before=92, exposure_after=245)

    assert found.unchanged == pytest.approx(189.1, abs=0.1)
    assert found.unseen[1] < 301


def test_dispersion_makes_less_seen() -> None:
    plain, spread = smallest_count_change(500), smallest_count_change(500, dispersion=2)

    assert spread.fall is not None
    assert plain.fall is not None
    assert spread.fall < plain.fall


def test_a_fall_of_few_events_in_series_can_be_seen() -> None:
    """Thirty in pairs are fifteen series: to fall to none is surely seen, as fifteen events would be."""
    series, events = smallest_count_change(15), smallest_count_change(30, dispersion=2)

    assert events.fall_to == pytest.approx(2 * series.fall_to)
    assert events.unseen == (2 * series.unseen[0], 2 * series.unseen[1])
    assert events.before == 30


@pytest.mark.parametrize(("answers", "after", "power"), [(50, 0.75, 0.740), (76.7, 0.75, 0.9)])
def test_shares_agree_with_r(answers: float, after: float, power: float) -> None:
    """From the help of R's power.prop.test: n = 50, p1 = .50, p2 = .75 has power .740; power = .90 needs n = 76.7."""
    found = smallest_share_change(0.5, n_before=answers, n_after=answers, power=power)

    assert found.rise_to == pytest.approx(after, abs=3e-4)  # R prints three digits


@pytest.mark.parametrize("effect", [1.0, 1.6])
def test_shares_agree_with_statsmodels(effect: float) -> None:
    found = smallest_share_change(0.6, n_before=900, n_after=600, design_effect=effect)

    assert found.fall_to is not None
    power = power_proportions_2indep(
        diff=found.fall_to - 0.6,
        prop2=0.6,
        nobs1=600 / effect,
        ratio=900 / 600,
        alternative="two-sided",
        return_results=False,
    )
    assert power == pytest.approx(0.8, abs=1e-5)


def test_unseen_shares_end_where_the_pooled_test_turns() -> None:
    low, high = smallest_share_change(0.3, n_before=400, n_after=400).unseen

    for after in (low, high):
        pooled = (0.3 + after) / 2
        z = abs(after - 0.3) / math.sqrt(pooled * (1 - pooled) * 2 / 400)
        assert z == pytest.approx(stats.norm.ppf(0.975), abs=1e-6)


def test_design_effect_is_fewer_answers() -> None:
    weighted = smallest_share_change(0.4, n_before=900, n_after=900, design_effect=3)

    assert weighted.fall_to == smallest_share_change(0.4, n_before=300, n_after=300).fall_to


def test_share_near_its_end_cannot_fall() -> None:
    found = smallest_share_change(0.01, n_before=100, n_after=100)

    assert (found.fall_to, found.can_see_fall) == (None, False)


@pytest.mark.parametrize(
    "bad",
    [
        {"before": -1.0},
        {"before": math.nan},
        {"before": 5, "exposure_after": 0},
        {"before": 5, "dispersion": 0.5},
        {"before": 5, "level": 1.0},
        {"before": 5, "power": 0.0},
    ],
)
def test_impossible_counts_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(PowerInputError):
        smallest_count_change(**bad)


@pytest.mark.parametrize("bad", [{"before": 1.1}, {"before": 0.5, "n_after": 0}, {"before": 0.5, "design_effect": 0.9}])
def test_impossible_shares_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(PowerInputError):
        smallest_share_change(**{"n_before": 100, "n_after": 100, **bad})
