"""From a file to what will be kept of it. For the worker: the engine's readers are heavy."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lofte.design.words import number_words
from lofte.evidence.models import Scope
from lofte.evidence.whereabouts import Where, Whereabouts
from lofte.imports.kinds import MOST_PROBLEMS, FileUnreadable, Problem, Report
from lofte_engine.sources import bra_indicators, bra_sol, generic, incidents, kolada, polisen, recognise, scb, survey
from lofte_engine.sources.mapping import ColumnMapping, suggest
from lofte_engine.table_errors import TableError
from lofte_engine.tables import CONTRACTS, POPULATION, DataSet

Step = Callable[[int, int | None], None]
MOST_CATEGORIES = 150
MOST_FACTS = 500_000
# What a person may say that the rows of a file of their own are.
OFFERED = ("incidents", "counts", "population", "survey_answers", "indicators")
# Of incidents nothing else is kept, so nothing else is asked for; the number only finds rows that stand twice, and of
# who reports only how many they are each month.
OF_INCIDENTS = ("occurred_at", "category", "district", "area_code", "lat", "lon", "incident_id", "reporter_unit")

# Kept in Swedish and said in the language of the page.
PER_CENT, PER_1_000, PER_100_000 = (
    gettext_noop("procent"), gettext_noop("per 1 000 invånare"), gettext_noop("per 100 000 invånare")
)  # fmt: skip
PEOPLE, RESIDENTS = gettext_noop("Folkmängd"), gettext_noop("invånare")


@dataclass(frozen=True)
class Kept:
    """A cell to be kept, as `evidence.models.Fact` has it."""

    where: Where
    category: str
    starts: dt.date
    ends: dt.date
    group: str = ""
    unit: str = ""
    count: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    is_preliminary: bool = False
    is_subset: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """What becomes of one table of the file."""

    data: DataSet
    kept: list[Kept] = field(repr=False)
    report: Report
    totals: dict[str, int] = field(default_factory=dict)
    elsewhere: int = 0
    unknown_parts: tuple[str, ...] = ()
    reporters: dict[str, int] = field(default_factory=dict)

    @property
    def contract(self) -> str:
        return self.data.checked.contract.name


@dataclass(frozen=True)
class Found:
    """A file that was read: who reads it, and its tables; or its headings, when a person must say what they mean."""

    source: str
    tables: tuple[Table, ...] = ()
    headings: tuple[str, ...] = ()

    @property
    def layout(self) -> str:
        return layout_of(self.headings)

    @property
    def report(self) -> Report:
        """Of the whole file: every row is either used or told."""
        rows_in = sum(table.report.rows_in for table in self.tables)
        used = sum(table.report.rows_used for table in self.tables)
        return Report(rows_in, used, tuple(problem for table in self.tables for problem in table.report.problems))


def layout_of(headings: tuple[str, ...]) -> str:
    """A hash of headings, so that the next file with the same ones is read as the last."""
    return hashlib.sha256("\n".join(headings).encode()).hexdigest() if headings else ""


def read(
    path: Path,
    places: Whereabouts,
    *,
    mapping: str = "",
    today: dt.date,
    cache: Path | None = None,
    step: Step | None = None,
) -> Found:
    """Read a file. `mapping` is a saved column mapping; without one a file of one's own only tells its headings.

    Raises FileUnreadable with a Swedish sentence when the file as a whole can't be used.
    """
    tell = step or _quiet
    try:
        tell(1, 4)
        source = recognise.recognise(path)
        chosen = ColumnMapping.from_json(mapping) if mapping else None
        if source == "generic" and chosen is None:
            return Found(source, headings=generic.headings_of(path))
        tell(2, 4)
        data = _data_sets(path, source, chosen, today)
        tell(3, 4)
        tables = tuple(_table(one, places, cache) for one in data)
        headings = generic.headings_of(path) if chosen is not None else ()
        tell(4, 4)
    except TableError as error:
        raise FileUnreadable(str(error)) from error
    _refuse_elsewhere(tables, places)
    return Found(source, tables, headings)


def _quiet(done: int, total: int | None) -> None:
    """Nobody watches."""


def suggestions(headings: tuple[str, ...]) -> dict[str, Any]:
    """For each kind of table: its columns, and which heading each is probably read from."""
    told = {}
    for name in OFFERED:
        contract = CONTRACTS[name]
        guessed = suggest(headings, contract).columns
        columns = [one for one in contract.columns if one.name != "mark"]
        if name == "incidents":
            columns = sorted(
                (one for one in columns if one.name in OF_INCIDENTS), key=lambda one: OF_INCIDENTS.index(one.name)
            )
        told[name] = {
            "columns": [[one.name, one.title, one.required] for one in columns],
            "guessed": {column: list(many) for column, many in guessed.items()},
        }
    return told


def _data_sets(path: Path, source: str, mapping: ColumnMapping | None, today: dt.date) -> list[DataSet]:
    if mapping is not None and mapping.contract == "incidents":
        return [incidents.read_incidents(path, mapping=mapping, today=today)]
    if mapping is not None and mapping.contract == "survey_answers":
        return [survey.read_survey_table(path, mapping=mapping)]
    if mapping is not None:
        return [generic.read_table(path, CONTRACTS[mapping.contract], mapping=mapping, today=today)]
    if source == "bra_indicators":
        both = bra_indicators.read_bra_indicators(path)
        return [one for one in (both.counts, both.shares) if one is not None]
    if source == "incidents":
        return [incidents.read_incidents(path, today=today)]
    if source == "kolada":
        return [kolada.read_kolada(path, catalogue=kolada.safety_catalogue())]
    if source == "survey":
        return [_survey(path)]
    if source == "population":
        return [generic.read_table(path, POPULATION, today=today)]
    if source == "polisen":
        return [polisen.read_notices(path, today=today)]
    readers: dict[str, Callable[[Path], DataSet]] = {"bra_sol": bra_sol.read_bra_sol, "scb": scb.read_scb}
    return [readers[source](path)]


def _survey(path: Path) -> DataSet:
    try:
        return survey.read_survey_table(path)
    except TableError as error:
        if error.code != "missing_columns":
            raise
    raise FileUnreadable(
        _("Filen har ett svar per person. Läs in den sammanställda tabellen: andelar per fråga och område.")
    )


# --- a table, row by row


def _table(data: DataSet, places: Whereabouts, cache: Path | None) -> Table:
    checked = data.checked
    titles = {column.name: column.title for column in checked.contract.columns}
    problems = [
        Problem(row["row"], titles.get(row["column"], row["column"]), row["value"] or "", row["reason"])
        for row in checked.rejects.slice(0, MOST_PROBLEMS).to_pylist()
    ]
    report = Report(checked.rows_in, checked.rows_used, tuple(problems))
    if data.is_context_only:
        return Table(data, [], report, {_("notiser"): checked.rows_used})
    if checked.contract.name == "incidents":
        return _incidents(data, places, cache, report)
    many = {"counts": _counts, "indicators": _indicators, "population": _population, "survey_answers": _answers}
    kept: list[Kept] = []
    totals: defaultdict[str, int] = defaultdict(int)
    elsewhere, unknown = 0, dict[str, None]()
    for one in many[checked.contract.name](data, places):
        _add_up(totals, one, checked.contract.name)
        if one.where.is_unknown_part:
            unknown[one.where.place] = None
        if one.where.scope is None:
            elsewhere += 1
        else:
            kept.append(one)
    if len(kept) > MOST_FACTS:
        raise FileUnreadable(_("Filen ger fler än {n} siffror. Dela den, till exempel per år.").format(n=MOST_FACTS))
    return Table(data, kept, report, dict(totals), elsewhere, tuple(unknown))


def _add_up(totals: dict[str, int], one: Kept, contract: str) -> None:
    """The file's own sums, of all rows also those about other places: what one checks against the source."""
    if one.count is None or one.is_subset:
        return
    if contract == "population" and one.group in ("", "totalt"):
        totals[str(one.starts.year)] += one.count
    elif contract == "counts" and one.category.casefold().startswith("total"):
        totals[one.where.place] = totals.get(one.where.place, 0) + one.count


def _rows(data: DataSet, places: Whereabouts, code: str, name: str) -> Iterator[tuple[dict[str, Any], Where]]:
    known: dict[tuple[str, str], Where] = {}
    for row in data.table.to_pylist():
        key = (row.get(code) or "", row.get(name) or "")
        if key not in known:
            known[key] = places.of(*key)
        yield row, known[key]


def _counts(data: DataSet, places: Whereabouts) -> Iterator[Kept]:
    for row, where in _rows(data, places, "area_code", "area_name"):
        yield Kept(
            where, row["category"][:200], row["period_start"], row["period_end"], count=row["count"],
            value=row.get("rate_per_100k"), is_preliminary=bool(row.get("is_preliminary")),
            is_subset=bool(row.get("is_subset")), mark=row.get("mark") or "",
        )  # fmt: skip


def _indicators(data: DataSet, places: Whereabouts) -> Iterator[Kept]:
    for row, where in _rows(data, places, "area_code", "area_name"):
        title, unit = _title_and_unit(row.get("title") or row["indicator_id"])
        group = row.get("group") or ""
        yield Kept(
            where, title[:200], row["period_start"], row["period_end"], "" if group == "Alla" else group,
            unit or (PER_CENT if row["indicator_id"].startswith("NTU ") else ""), value=row["value"],
            low=row.get("ci_low"), high=row.get("ci_high"), is_preliminary=bool(row.get("is_preliminary")),
            mark=row.get("mark") or "",
        )  # fmt: skip


def _title_and_unit(title: str) -> tuple[str, str]:
    """Kolada writes the unit last in its titles: "Anmälda våldsbrott, antal/100 000 inv"."""
    for ending, unit in (
        (", antal/100 000 inv", PER_100_000),
        (", antal/1000 inv", PER_1_000),
        (", andel (%)", PER_CENT),
        (", andel(%)", PER_CENT),
    ):
        if title.endswith(ending):
            return title.removesuffix(ending).strip(), unit
    return title, ""


def _population(data: DataSet, places: Whereabouts) -> Iterator[Kept]:
    for row, where in _rows(data, places, "area_code", "area_name"):
        year = row["year"]
        yield Kept(
            where, PEOPLE, dt.date(year, 1, 1), dt.date(year, 12, 31), row.get("group") or "", RESIDENTS,
            count=row["population"], mark=row.get("mark") or "",
        )  # fmt: skip


def _answers(data: DataSet, places: Whereabouts) -> Iterator[Kept]:
    for row, where in _rows(data, places, "area", "area"):
        question = row.get("question_text") or row["question_id"]
        yield Kept(
            where, question[:200], dt.date(row["year"], 1, 1), dt.date(row["year"], 12, 31), row["answer"][:120],
            PER_CENT, value=row["share"], low=row.get("ci_low"), high=row.get("ci_high"), n=row.get("n_answers"),
            mark=row.get("mark") or "",
        )  # fmt: skip


# --- incidents: area, month and category, nothing more


def _incidents(data: DataSet, places: Whereabouts, cache: Path | None, report: Report) -> Table:
    from lofte.evidence.placing import monthly, place, reporters

    categories = data.table["category"].unique()
    if len(categories) > MOST_CATEGORIES:
        raise FileUnreadable(
            _("Kolumnen för kategori har {n} olika värden. Är det rätt kolumn? Fritext läses aldrig in.").format(
                n=number_words(len(categories))
            )
        )
    placed = place(data, places, cache)
    kept = [
        Kept(Where(Scope.AREA, area.name, area), category[:200], month, _last_day(month), count=count)
        for area, month, category, count in monthly(data.table, placed)
    ]
    problems = sorted((*report.problems, *placed.problems), key=lambda problem: problem.row)
    used = report.rows_used - placed.lost
    whole = Report(report.rows_in, used, tuple(problems))
    return Table(data, kept, whole, {_("händelser"): used}, reporters=reporters(data.table))


def _last_day(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def _refuse_elsewhere(tables: tuple[Table, ...], places: Whereabouts) -> None:
    """A file about another kommun only was probably chosen by mistake."""
    told = [table for table in tables if not table.data.is_context_only]
    scopes = {one.where.scope for table in told for one in table.kept}
    if not told or scopes & {Scope.AREA, Scope.MUNICIPALITY}:
        return
    unknown = [name for table in told for name in table.unknown_parts]
    if unknown:
        raise FileUnreadable(
            _("Områdena i filen finns inte inlästa här: {names}. Läs in kommunens områden först.").format(
                names=", ".join(unknown[:3])
            )
        )
    others: Mapping[str, None] = dict.fromkeys(one.where.place for table in told for one in table.kept)
    if not others and not any(table.elsewhere for table in told):
        return  # no row could be used at all: the report says why, row by row
    named = ", ".join(list(others)[:3]) or _("andra kommuner")
    raise FileUnreadable(
        _("Ingen rad i filen gäller {kommun}. Den gäller {others}. Är det rätt fil?").format(
            kommun=places.municipality, others=named
        )
    )
