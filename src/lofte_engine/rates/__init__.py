"""Counts, rates and comparisons that say how sure they are.

Reported crimes are counted, not sampled, but few of them a year say little about the next: each count is treated as one
draw from a Poisson distribution. Nothing here says why a number changed.
"""

from lofte_engine.rates.comparisons import Comparison, against_same_season, beside, compare
from lofte_engine.rates.counts import Count, Estimate, RateError, mean_of_years, poisson_interval, rate
from lofte_engine.rates.many import false_discoveries, ranks

__all__ = [
    "Comparison",
    "Count",
    "Estimate",
    "RateError",
    "against_same_season",
    "beside",
    "compare",
    "false_discoveries",
    "mean_of_years",
    "poisson_interval",
    "ranks",
    "rate",
]
