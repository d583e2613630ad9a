"""A row of the rates in plain Swedish."""

from __future__ import annotations

from typing import Any

from lofte_engine import wording
from lofte_engine.rates import Comparison, Estimate
from lofte_engine.rates.counts import EFFORT_DRIVEN, NO_DENOMINATOR

_LEVEL = 0.95


def sentences_of(row: dict[str, Any], *, place: str, category: str = "") -> list[str]:
    """How many, how many per resident, and beside earlier years.

    Parameters
    ----------
    row : dict
        A row of ``rates.parquet``.
    place : str
        The area's name.
    category : str
        Empty for all kinds.

    Returns
    -------
    list of str
        One sentence or two for each question that has an answer.

    Examples
    --------
    >>> row = {"count": 3, "period": "2024", "per_1000": None, "low": None, "high": None, "earlier_years": 0,
    ...        "ratio": None, "ratio_low": None, "ratio_high": None, "p": None, "direction": "not_judged",
    ...        "warnings": "few_events"}
    >>> sentences_of(row, place="Norr")[0]
    'I Norr är 3 händelser registrerade under 2024.'
    """
    told = [wording.counted(row["count"], place=place, period=row["period"], category=category)]
    if row["count"] is None:
        return told
    words = tuple(row["warnings"].split())
    rate = Estimate(row["per_1000"], row["low"], row["high"], _LEVEL, "per 1 000", "", row["count"], words)
    if row["per_1000"] is not None or NO_DENOMINATOR in words:
        told.append(wording.rated(rate))
    if row["earlier_years"] and (row["p"] is not None or EFFORT_DRIVEN in words):
        ends = (row["ratio"], row["ratio_low"], row["ratio_high"])
        if row["ratio_high"] is None and row["ratio_low"] is not None:
            ends = (row["ratio"], row["ratio_low"], float("inf"))
        ratio = Estimate(*ends, _LEVEL, "ratio", "", row["count"], words)
        told.append(wording.compared(Comparison(ratio, row["p"], row["direction"]), years=row["earlier_years"]))
    return told
