"""Contracts of every table that goes in, and data sets with where they come from.

A file becomes a data set through a reader in `lofte_engine.sources`; a reader ends in `check`. What the contracts say
is told for people in ``docs/reference/table-contracts.md``.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lofte_engine.table_check import Checked, Why, check, check_batches
from lofte_engine.table_columns import Check, Column, Contract, Kind, Reading, RowCheck
from lofte_engine.table_errors import NoticesAreNotStatistics

__all__ = [
    "AREAS",
    "CONTRACTS",
    "COUNTS",
    "INCIDENTS",
    "INDICATORS",
    "POPULATION",
    "SURVEY_ANSWERS",
    "SURVEY_RESPONSES",
    "Check",
    "Checked",
    "Column",
    "Contract",
    "DataSet",
    "Kind",
    "Reading",
    "RowCheck",
    "Why",
    "check",
    "check_batches",
    "require_countable",
    "write_rejects",
]

_CONTEXT_ONLY = b"lofte.context_only"


def _between(low: float, high: float) -> Callable[[Any], Any]:
    return lambda values: pc.and_(pc.greater_equal(values, low), pc.less_equal(values, high))


def _not_before(year: int) -> Check:
    return Check(f"ligger före år {year}", lambda values: pc.greater_equal(pc.year(values), year))


def _not_later(first: str, last: str, word: str = "senare") -> RowCheck:
    return RowCheck((first, last), f"är {word} än {last}", lambda table: pc.less_equal(table[first], table[last]))


def _not_swapped(table: pa.Table) -> Any:
    # Nowhere in Sweden; and everything in Sweden looks like this when the columns have changed places.
    return pc.invert(pc.and_(_between(54, 70)(table["lon"]), _between(9, 26)(table["lat"])))


def _both_or_none(table: pa.Table) -> Any:
    return pc.equal(pc.is_valid(table["lon"]), pc.is_valid(table["lat"]))


def _has_place(table: pa.Table) -> Any:
    return _any_of(table, "lon", "area_code", "district")


_METRES = Check(
    "ser ut som meter i SWEREF 99 TM, inte grader; välj EPSG:3006 i mappningen",
    lambda values: pc.less(pc.abs(values), 10_000),
)


def _degrees(name: str, most: float) -> Check:
    # Metres have a reason of their own.
    return Check(
        f"är ingen {name} (-{most:.0f} till {most:.0f} grader)",
        lambda values: pc.or_(pc.greater_equal(pc.abs(values), 10_000), _between(-most, most)(values)),
    )


def _named(table: pa.Table) -> Any:
    return _any_of(table, "area_code", "area_name")


def _any_of(table: pa.Table, *names: str) -> Any:
    found = pa.array(np.zeros(table.num_rows, dtype=bool))
    for name in names:
        if name in table.column_names:
            found = pc.or_(found, pc.is_valid(table[name]).combine_chunks())
    return found


_SHARE = (Check("är ingen andel mellan 0 och 100", _between(0, 100)),)
_YEAR = (Check("är inget år mellan 1749 och 2100", _between(1749, 2100)),)
_POSITIVE = (Check("är inte över noll", lambda values: pc.greater(values, 0)),)
_NOT_NEGATIVE = (Check("är under noll", lambda values: pc.greater_equal(values, 0)),)

_AREA = (Column("area_code", Kind.TEXT, "Områdeskod"), Column("area_name", Kind.TEXT, "Område"))
_MARK = Column("mark", Kind.TEXT, "Märke")
_PERIOD = (
    Column("period_start", Kind.DATE, "Periodens första dag", True),
    Column("period_end", Kind.DATE, "Periodens sista dag", True),
    Column("is_preliminary", Kind.BOOLEAN, "Preliminär"),
)

INCIDENTS = Contract(
    "incidents",
    "Händelser",
    (
        Column("occurred_at", Kind.MOMENT, "Tidpunkt", True, (_not_before(1970),), not_after_today=True),
        Column("reported_at", Kind.MOMENT, "Anmäld", False, (_not_before(1970),), not_after_today=True),
        Column("category", Kind.TEXT, "Kategori", True),
        Column("subcategory", Kind.TEXT, "Underkategori"),
        Column("lon", Kind.NUMBER, "Longitud", False, (_METRES, _degrees("longitud", 180))),
        Column("lat", Kind.NUMBER, "Latitud", False, (_METRES, _degrees("latitud", 90))),
        Column("area_code", Kind.TEXT, "Områdeskod"),
        Column("district", Kind.TEXT, "Kommundel"),
        Column("place_name", Kind.TEXT, "Plats"),
        Column("indoor_outdoor", Kind.TEXT, "Inne eller ute"),
        Column("reporter_unit", Kind.TEXT, "Rapporterande enhet"),
        Column("severity", Kind.NUMBER, "Allvar"),
        Column("cost_sek", Kind.NUMBER, "Kostnad i kronor"),
        Column("police_reported", Kind.BOOLEAN, "Polisanmäld"),
        Column("action_taken", Kind.TEXT, "Åtgärd"),
        Column("incident_id", Kind.TEXT, "Ärendenummer"),
    ),
    (
        RowCheck(("lon", "lat"), "och lat ser ut att ha bytt plats", _not_swapped),
        RowCheck(("lon", "lat"), "saknar den andra halvan av koordinaten", _both_or_none),
        RowCheck(("occurred_at",), "saknar plats: varken koordinat, områdeskod eller kommundel", _has_place),
        _not_later("occurred_at", "reported_at"),
    ),
    ("incident_id",),
)

COUNTS = Contract(
    "counts",
    "Antal",
    (
        *_AREA,
        *_PERIOD,
        Column("category", Kind.TEXT, "Brottstyp", True),
        Column("category_id", Kind.TEXT, "Källans nummer"),
        Column("parent_id", Kind.TEXT, "Del av"),
        Column("level", Kind.COUNT, "Nivå"),
        Column("is_subset", Kind.BOOLEAN, "Därav (räknas inte till summan)"),
        Column("count", Kind.COUNT, "Antal", marked_in="mark"),
        Column("rate_per_100k", Kind.NUMBER, "Antal per 100 000 invånare", False, _NOT_NEGATIVE),
        _MARK,
    ),
    (
        RowCheck(("category",), "saknar område", _named),
        RowCheck(("count",), "saknar antal", lambda table: _any_of(table, "count", "mark")),
        _not_later("period_start", "period_end"),
    ),
    ("area_code", "area_name", "category_id", "category", "period_start", "period_end"),
)

POPULATION = Contract(
    "population",
    "Befolkning",
    (
        *_AREA,
        Column("year", Kind.COUNT, "År", True, _YEAR),
        Column("population", Kind.COUNT, "Folkmängd", True, marked_in="mark"),
        Column("group", Kind.TEXT, "Grupp"),
        Column("edition", Kind.TEXT, "Områdesindelning"),
        Column("is_perturbed", Kind.BOOLEAN, "Störd av SCB"),
        _MARK,
    ),
    (RowCheck(("year",), "saknar område", _named),),
    ("area_code", "area_name", "year", "group", "edition"),
)

INDICATORS = Contract(
    "indicators",
    "Indikatorer",
    (
        Column("indicator_id", Kind.TEXT, "Indikator", True),
        Column("title", Kind.TEXT, "Indikatorns namn"),
        *_AREA,
        *_PERIOD,
        Column("group", Kind.TEXT, "Grupp"),
        Column("value", Kind.NUMBER, "Värde", marked_in="mark"),
        Column("margin", Kind.NUMBER, "Osäkerhetstal", False, _NOT_NEGATIVE),
        Column("ci_low", Kind.NUMBER, "Osäkerhet från"),
        Column("ci_high", Kind.NUMBER, "Osäkerhet till"),
        _MARK,
    ),
    (
        RowCheck(("indicator_id",), "saknar område", _named),
        _not_later("period_start", "period_end"),
        _not_later("ci_low", "value", "större"),
        _not_later("value", "ci_high", "större"),
    ),
    ("indicator_id", "area_code", "area_name", "period_start", "period_end", "group"),
)

SURVEY_ANSWERS = Contract(
    "survey_answers",
    "Enkätsvar, sammanställda",
    (
        Column("survey", Kind.TEXT, "Undersökning", True),
        Column("year", Kind.COUNT, "År", True, _YEAR),
        Column("area", Kind.TEXT, "Område", True),
        Column("question_id", Kind.TEXT, "Frågans nummer", True),
        Column("question_text", Kind.TEXT, "Fråga"),
        Column("answer", Kind.TEXT, "Svarsalternativ", True),
        Column("share", Kind.NUMBER, "Andel, procent", True, _SHARE, "mark"),
        Column("n_answers", Kind.COUNT, "Antal svar"),
        Column("response_rate", Kind.NUMBER, "Svarsandel, procent", False, _SHARE),
        Column("ci_low", Kind.NUMBER, "Osäkerhet från", False, _SHARE),
        Column("ci_high", Kind.NUMBER, "Osäkerhet till", False, _SHARE),
        Column("weighting", Kind.TEXT, "Viktning"),
        _MARK,
    ),
    (_not_later("ci_low", "share", "större"), _not_later("share", "ci_high", "större")),
    ("survey", "year", "area", "question_id", "answer"),
)

SURVEY_RESPONSES = Contract(
    "survey_responses",
    "Enkätsvar, ett per person",
    (
        Column("response_id", Kind.TEXT, "Svarets nummer", True),
        Column("question_id", Kind.TEXT, "Frågans nummer", True),
        Column("answer", Kind.TEXT, "Svar"),
        Column("weight", Kind.NUMBER, "Vikt", True, _POSITIVE),
        Column("stratum", Kind.TEXT, "Stratum"),
        Column("stratum_size", Kind.COUNT, "Personer i stratum", False, _POSITIVE),
        Column("area", Kind.TEXT, "Område"),
    ),
    (),
    ("response_id", "question_id"),
)

AREAS = Contract(
    "areas",
    "Områden",
    (
        Column("area_code", Kind.TEXT, "Områdeskod", True),
        Column("area_name", Kind.TEXT, "Namn"),
        Column("edition", Kind.TEXT, "Områdesindelning"),
        Column("parent_code", Kind.TEXT, "Ligger i"),
        Column("geometry", Kind.GEOMETRY, "Yta", True),
    ),
    (),
    ("area_code",),
)

CONTRACTS = {
    contract.name: contract
    for contract in (INCIDENTS, COUNTS, POPULATION, INDICATORS, SURVEY_ANSWERS, SURVEY_RESPONSES, AREAS)
}


@dataclass(frozen=True)
class DataSet:
    """A checked table with where it comes from, and from when.

    Parameters
    ----------
    source : str
        Name of the reader, such as "bra_sol".
    title, publisher, licence, attribution : str
        Attribution is the sentence to print beside a figure.
    checked : Checked
        Valid time stands in the rows (`period_start`, `period_end`, `occurred_at`, `year`).
    known_from : date or None
        The day the figures became known (release date); None when the file does not say.
    is_preliminary : bool
        Whether any row is preliminary.
    input_sha256 : str
        Hash of the file, to meet the same file again.
    notes : tuple of str
        What must be said beside a figure, in Swedish.
    is_context_only : bool
        News and the like: may stand beside a figure and never in it.
    """

    source: str
    title: str
    publisher: str
    licence: str
    attribution: str
    checked: Checked
    known_from: dt.date | None = None
    is_preliminary: bool = False
    input_sha256: str = ""
    notes: tuple[str, ...] = ()
    is_context_only: bool = False

    @property
    def table(self) -> pa.Table:
        """The rows used. A table of a context-only source carries that mark with it."""
        table = self.checked.table
        return table.replace_schema_metadata({_CONTEXT_ONLY: b"1"}) if self.is_context_only else table

    def counted(self) -> pa.Table:
        """The rows, for counting.

        Raises
        ------
        NoticesAreNotStatistics
            When the source is news.
        """
        return require_countable(self.table)


def require_countable(table: pa.Table) -> pa.Table:
    """Let a table through that may be counted; everything that makes counts or rates asks here.

    Parameters
    ----------
    table : pyarrow.Table

    Returns
    -------
    pyarrow.Table
        The same table.

    Raises
    ------
    NoticesAreNotStatistics
        When it comes from the police's notices, also after rows and columns have been chosen.

    Examples
    --------
    >>> require_countable(pa.table({"category": ["stöld"]})).num_rows
    1
    """
    if (table.schema.metadata or {}).get(_CONTEXT_ONLY) == b"1":
        raise NoticesAreNotStatistics
    return table


def write_rejects(checked: Checked, path: Path, *, masked: bool = False) -> int:
    """Write the reject list as CSV.

    Parameters
    ----------
    checked : Checked
    path : Path
    masked : bool
        Leave out the values: offence, coordinate and date together can point out a victim.

    Returns
    -------
    int
        Rows written, which is the rows rejected.

    Notes
    -----
    Columns ``row;column;value;reason;why``. A value that a spreadsheet would take for a formula gets an apostrophe.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(checked.rejects.column_names)
        for line in checked.rejects.to_pylist():
            value = "" if masked else line["value"] or ""
            line["value"] = f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
            writer.writerow(line.values())
    return checked.rows_rejected
