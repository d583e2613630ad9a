"""Trygghetsmätning and other local surveys: tables of shares, and answers one by one with their weights."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from lofte_engine.sources.generic import read_table
from lofte_engine.sources.mapping import ColumnMapping
from lofte_engine.tables import SURVEY_ANSWERS, SURVEY_RESPONSES, DataSet

_FEWEST_ANSWERS = 10
_LOW_RESPONSE = 40


def read_survey_table(
    path: Path, *, mapping: ColumnMapping | None = None, publisher: str = "", known_from: dt.date | None = None
) -> DataSet:
    """Read a table of shares from a survey.

    Parameters
    ----------
    path : Path
        CSV or Excel: survey, year, area, question_id, question_text, answer, share, n_answers, response_rate, ci_low,
        ci_high, weighting; headings in Swedish or English.
    mapping : ColumnMapping or None
    publisher : str
    known_from : date or None
        The day the results were released.

    Returns
    -------
    DataSet
        Of the contract `SURVEY_ANSWERS`; shares in percent. What is doubtful in the table is told in its warnings.

    Notes
    -----
    Looked at: shares that stand as parts of one (0.38 instead of 38), answers to a question that together give more
    than 100, missing intervals or numbers of answers, fewer than ten answers behind a share, and a response rate
    under 40 per cent.
    """
    data = read_table(path, SURVEY_ANSWERS, mapping=mapping, today=None)
    warnings = (*data.checked.warnings, *doubts(data.checked.table))
    return replace(
        data,
        source="survey",
        publisher=publisher,
        attribution=f"Källa: {publisher}" if publisher else "",
        known_from=known_from,
        checked=replace(data.checked, warnings=warnings),
        notes=("Svaren kommer från ett urval: visa dem med osäkerhet och antal svar.",),
    )


def read_survey_responses(path: Path, *, mapping: ColumnMapping | None = None, publisher: str = "") -> DataSet:
    """Read answers one by one, with weight and stratum.

    Parameters
    ----------
    path : Path
    mapping : ColumnMapping or None
    publisher : str

    Returns
    -------
    DataSet
        Of the contract `SURVEY_RESPONSES`. Told in the warnings: no strata, weights that differ within one person, and
        a stratum whose weights do not sum to its size (a sampling error made Skåne's January 2007 round unusable).
    """
    data = read_table(path, SURVEY_RESPONSES, mapping=mapping, today=None)
    warnings = (*data.checked.warnings, *_design_doubts(data.checked.table))
    return replace(data, source="survey", publisher=publisher, checked=replace(data.checked, warnings=warnings))


def doubts(table: pa.Table) -> list[str]:
    """What is doubtful in a table of shares, in Swedish."""
    told = []
    rows = table.to_pylist()
    shares = [row["share"] for row in rows if row["share"] is not None]
    if len(shares) > 1 and max(shares) <= 1 and any(0 < share < 1 for share in shares):
        told.append("Alla andelar är högst 1. Är de delar av ett i stället för procent?")
    sums: defaultdict[tuple[object, ...], list[float]] = defaultdict(list)
    for row in rows:
        if row["share"] is not None:
            sums[row["survey"], row["year"], row["area"], row["question_id"]].append(row["share"])
    # Each share may be rounded to a whole per cent; answers of a question with several choices may pass 100.
    over = [key for key, many in sums.items() if sum(many) > 100 + len(many) * 0.5]
    if over:
        told.append(
            f"Svaren blir mer än 100 procent i {len(over)} frågor, till exempel fråga {over[0][3]} för {over[0][2]}."
        )
    if not {"ci_low", "ci_high"} <= set(table.column_names) or table["ci_low"].null_count == len(rows):
        told.append("Tabellen saknar osäkerhetsintervall: en skillnad mellan två andelar kan inte bedömas.")
    if "n_answers" not in table.column_names:
        told.append("Tabellen saknar antal svar.")
    elif few := sum(1 for row in rows if row["n_answers"] is not None and row["n_answers"] < _FEWEST_ANSWERS):
        told.append(f"{few} andelar vilar på färre än {_FEWEST_ANSWERS} svar och ska inte visas.")
    rates = [row["response_rate"] for row in rows if row.get("response_rate") is not None]
    if rates and min(rates) < _LOW_RESPONSE:
        told.append(f"Svarsandelen är som lägst {min(rates):.0f} procent: de som inte svarade kan tycka annorlunda.")
    return told


def _design_doubts(table: pa.Table) -> list[str]:
    told = []
    if "stratum" not in table.column_names:
        told.append("Filen säger inte vilket stratum ett svar hör till: osäkerheten räknas som för ett enkelt urval.")
    weights: dict[str, tuple[float, object, object]] = {}
    differing = 0
    for row in table.to_pylist():
        known = weights.setdefault(row["response_id"], (row["weight"], row.get("stratum"), row.get("stratum_size")))
        differing += known[0] != row["weight"]
    if differing:
        told.append(f"{differing} rader har en annan vikt än samma persons första rad.")
    sums: defaultdict[tuple[object, object], float] = defaultdict(float)
    for weight, stratum, size in weights.values():
        if size is not None:
            sums[stratum, size] += weight
    for (stratum, size), total in sums.items():
        if isinstance(size, int) and abs(total - size) > 0.05 * size:
            told.append(f"Vikterna i stratum {stratum} blir {total:.0f}, men där bor {size} personer.")
    return told
