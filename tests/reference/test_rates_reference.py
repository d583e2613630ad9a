"""Intervals, ratios and false discoveries against R, statsmodels and scipy.

Values from R are printed with the command that gives them, to as many digits as R shows; the tolerance is half of the
last digit. statsmodels 0.15 and scipy compute theirs here.
"""

import pytest
from scipy.stats import binom, binomtest, poisson
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.rates import confint_poisson

from lofte_engine.rates import Count, compare, false_discoveries, poisson_interval


def test_garwood_as_r():
    """R: poisson.test(10)$conf.int gives 4.795389 18.390356."""
    assert poisson_interval(10) == pytest.approx((4.795389, 18.390356), abs=5e-7)


@pytest.mark.parametrize("events", [0, 1, 4, 5, 37, 652, 100_000])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_garwood_as_statsmodels(events, level):
    theirs = confint_poisson(events, 1, method="exact-c", alpha=1 - level)

    low, high = poisson_interval(events, level=level)

    assert high == pytest.approx(theirs[1], rel=1e-10)
    # statsmodels gives NaN or 0 below zero events; the definition is 0.
    assert low == (0 if events == 0 else pytest.approx(theirs[0], rel=1e-10))


@pytest.mark.parametrize("events", [1, 7, 60])
def test_garwood_ends_are_where_the_tails_are_small_enough(events):
    low, high = poisson_interval(events, level=0.9)

    assert poisson.sf(events - 1, low) == pytest.approx(0.05, rel=1e-9)
    assert poisson.cdf(events, high) == pytest.approx(0.05, rel=1e-9)


def test_ratio_as_r():
    """R: poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)), the example of its help page.

    Interval 0.8584264 4.2772659, ratio 1.971488.
    """
    found = compare(Count(11, 800), Count(6 + 8 + 7, 1083 + 1050 + 878)).ratio

    assert found.estimate == pytest.approx(1.971488, abs=5e-7)
    assert (found.low, found.high) == pytest.approx((0.8584264, 4.2772659), abs=5e-8)


@pytest.mark.parametrize(("x", "y", "e1", "e2"), [(3, 9, 1, 1), (0, 6, 2, 5), (40, 22, 1000, 900), (5, 0, 1, 1)])
def test_ratio_as_clopper_pearson(x, y, e1, e2):
    share = binomtest(x, x + y).proportion_ci(0.95, method="exact")

    found = compare(Count(x, e1), Count(y, e2)).ratio

    assert found.low == pytest.approx(share.low / (1 - share.low) * e2 / e1)
    assert found.high == pytest.approx(share.high / (1 - share.high) * e2 / e1 if share.high < 1 else float("inf"))


@pytest.mark.parametrize(("x", "y"), [(3, 9), (0, 6), (40, 22), (5, 5)])
def test_p_of_a_ratio_is_twice_the_smaller_tail(x, y):
    n = x + y
    tail = min(binom.cdf(x, n, 0.5), binom.sf(x - 1, n, 0.5))

    assert compare(Count(x), Count(y)).p == pytest.approx(min(1, 2 * tail))


@pytest.mark.parametrize(("x", "y"), [(3, 9), (40, 22), (12, 1)])
def test_mid_p_interval_ends_are_where_the_mid_tails_are_small_enough(x, y):
    found = compare(Count(x), Count(y), mid_p=True).ratio
    n, low, high = x + y, found.low / (1 + found.low), found.high / (1 + found.high)

    assert binom.sf(x, n, low) + binom.pmf(x, n, low) / 2 == pytest.approx(0.025, rel=1e-6)
    assert binom.cdf(x - 1, n, high) + binom.pmf(x, n, high) / 2 == pytest.approx(0.025, rel=1e-6)


@pytest.mark.parametrize(
    "p_values",
    [[0.01, 0.04, 0.03, 0.5], [0.2], [0.05] * 6, [1, 0, 0.3, 0.3, 0.02], [i / 360 for i in range(360)]],
)
def test_false_discoveries_as_statsmodels(p_values):
    believed, adjusted, *_ = multipletests(p_values, alpha=0.1, method="fdr_bh")

    found = false_discoveries(p_values)

    assert [p for p, _ in found] == pytest.approx(list(adjusted))
    assert [stands for _, stands in found] == believed.tolist()
