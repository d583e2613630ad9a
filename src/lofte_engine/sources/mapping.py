"""Saved column mappings: what the columns of someone's own file mean, in JSON that can be used again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from lofte_engine.cell_dates import DateOrder
from lofte_engine.sources.layout import normal_heading
from lofte_engine.table_columns import Contract, Kind, Reading
from lofte_engine.table_errors import MappingError
from lofte_engine.tables import CONTRACTS

FORMAT = "lofte-mapping/1"
UNITS = ("epoch_seconds", "epoch_milliseconds", "excel")

# What files call the columns of a contract, as `normal_heading` writes it; the contract's own names and titles are
# known without standing here.
HEADINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "incidents": {
        "occurred_at": ("datum", "datumtid", "händelsedatum", "händelsetid", "inträffade", "inträffat", "brottsdatum",
                        "date", "datetime", "timestamp", "date single", "datum och tid", "skadedatum"),
        "reported_at": ("anmälningsdatum", "registrerad", "rapporterad", "rapporterat", "inkom"),
        "category": ("typ", "händelsetyp", "brottstyp", "brott", "händelse", "offense type", "type", "ärendetyp",
                     "skadetyp"),
        "subcategory": ("undertyp", "delkategori"),
        "lon": ("lng", "long", "longitude", "x wgs84"),
        "lat": ("latitude", "y wgs84"),
        "area_code": ("regsokod", "desokod", "regso", "deso", "områdets kod"),
        "district": ("stadsdel", "område", "distrikt"),
        "place_name": ("adress", "gata", "platsnamn", "objekt"),
        "indoor_outdoor": ("inne/ute", "inomhus/utomhus"),
        "reporter_unit": ("enhet", "rapportör", "förvaltning"),
        "severity": ("allvarlighetsgrad", "allvarsgrad"),
        "cost_sek": ("kostnad", "kostnad (kr)", "kostnad kr", "belopp"),
        "police_reported": ("polisanmält", "polisanmälan"),
        "action_taken": ("vidtagen åtgärd",),
        "incident_id": ("id", "uid", "ärendenr", "löpnummer", "ärende"),
    },
    "counts": {
        "area_code": ("kommunkod", "regsokod", "desokod", "kod"),
        "area_name": ("region", "kommun", "namn", "regsonamn", "kommundel"),
        "category": ("brott", "kategori", "brottsgrupp", "typ"),
        "period_start": ("period", "år", "månad", "tertial", "kvartal", "vecka"),
        "count": ("anmälda brott",),
        "rate_per_100k": ("antal per 100 000", "per 100 000", "per 100 000 inv"),
    },
    "indicators": {
        "indicator_id": ("mått", "nyckeltal", "kpi"),
        "area_code": ("kommunkod", "regsokod", "desokod", "kod"),
        "area_name": ("region", "kommun", "namn", "kommundel"),
        "period_start": ("period", "år", "månad", "tertial", "kvartal", "vecka"),
        "value": ("andel", "tal"),
    },
    "population": {
        "area_code": ("kommunkod", "regsokod", "desokod", "kod"),
        "area_name": ("region", "kommun", "namn", "regsonamn", "kommundel"),
        "population": ("befolkning", "antal", "invånare", "antal invånare"),
        "group": ("kön", "ålder"),
    },
    "survey_answers": {
        "survey": ("mätning", "enkät"),
        "year": ("mätår",),
        "area": ("kommun", "lokalpolisområde", "lpo", "kommundel"),
        "question_id": ("frågenr", "frågenummer", "fråga nr", "nr", "fråge-id"),
        "question_text": ("frågetext", "frågeställning"),
        "answer": ("svar", "alternativ"),
        "share": ("andel", "procent", "andel (%)", "andel %"),
        "n_answers": ("n", "antal svarande", "bas"),
        "response_rate": ("svarsfrekvens", "svarsandel"),
        "ci_low": ("nedre gräns", "ki nedre", "konfidensintervall nedre"),
        "ci_high": ("övre gräns", "ki övre", "konfidensintervall övre"),
        "weighting": ("vägning",),
    },
    "survey_responses": {
        "response_id": ("löpnr", "respid", "respondent"),
        "question_id": ("fråga",),
        "weight": ("kalibreringsvikt", "w"),
        "stratum_size": ("populationsstorlek",),
    },
    "areas": {
        "area_code": ("regsokod", "desokod", "kommun kod", "kommunkod", "kod", "code", "id", "lpo kod"),
        "area_name": ("regsonamn", "name", "kommun", "kommundel", "område", "kommunnamn", "lpo namn"),
        "edition": ("version", "utgåva"),
    },
}  # fmt: skip


@dataclass(frozen=True)
class ColumnMapping:
    """What the columns of a file mean.

    Parameters
    ----------
    contract : str
        A key of `lofte_engine.tables.CONTRACTS`.
    columns : mapping of str to tuple of str
        For each column of the contract the headings it is read from; several are joined by a space ("Datum", "Tid").
    name : str
        What a person calls it.
    units : mapping of str to str
        "epoch_seconds", "epoch_milliseconds" or "excel", for columns of bare numbers.
    constants : mapping of str to str
        Columns that have the same value in every row.
    categories : mapping of str to str
        From the file's categories to one's own.
    other_categories : "keep" or "reject"
        What happens to a category that does not stand in `categories`.
    zone : str
        Local time zone, by its IANA name.
    order : "dmy", "mdy" or None
        How ``03/07/2024`` is meant.
    crs : str
        Of `lon` and `lat`: "EPSG:4326" for degrees, "EPSG:3006" for metres in SWEREF 99 TM, or another EPSG number.
    sheet : str or None
    header_row : int or None
        Row number of the headings; None means that it is searched for.

    Examples
    --------
    >>> mapping = ColumnMapping("incidents", {"occurred_at": ("Datum", "Tid"), "category": ("Typ",)})
    >>> ColumnMapping.from_json(mapping.to_json()) == mapping
    True
    """

    contract: str
    columns: Mapping[str, tuple[str, ...]]
    name: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    other_categories: Literal["keep", "reject"] = "keep"
    zone: str = "Europe/Stockholm"
    order: DateOrder | None = None
    crs: str = "EPSG:4326"
    sheet: str | None = None
    header_row: int | None = None

    def __post_init__(self) -> None:
        contract = CONTRACTS.get(self.contract)
        if contract is None:
            raise MappingError("mapping_format", what=f'slaget "{self.contract}" finns inte')
        unknown = sorted({*self.columns, *self.units, *self.constants} - set(contract.names))
        if unknown:
            raise MappingError("mapping_format", what=f"kolumnen {unknown[0]} finns inte i {contract.title.lower()}")
        for unit in self.units.values():
            if unit not in UNITS:
                raise MappingError("mapping_format", what=f'enheten "{unit}" finns inte')
        if not all(self.columns.values()):
            raise MappingError("mapping_format", what="en kolumn saknar rubrik att läsas från")

    @property
    def reading(self) -> Reading:
        return Reading(self.zone, self.order, dict(self.units))

    def to_json(self) -> str:
        """The mapping as JSON, with what is not said left out."""
        told: dict[str, Any] = {"format": FORMAT, "name": self.name, "contract": self.contract}
        told["columns"] = {name: list(many) if len(many) > 1 else many[0] for name, many in self.columns.items()}
        for key in ("units", "constants", "categories"):
            if getattr(self, key):
                told[key] = dict(getattr(self, key))
        plain = ColumnMapping(self.contract, self.columns)
        for key in ("other_categories", "zone", "order", "crs", "sheet", "header_row"):
            if getattr(self, key) != getattr(plain, key):
                told[key] = getattr(self, key)
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> ColumnMapping:
        """Read a saved mapping.

        Raises
        ------
        MappingError
            With code "mapping_format", saying what is wrong.
        """
        try:
            told = json.loads(text)
        except ValueError as error:
            raise MappingError("mapping_format", what="det är inte JSON") from error
        if not isinstance(told, dict) or told.get("format") != FORMAT:
            raise MappingError("mapping_format", what='"format" saknas eller är ett annat')
        allowed = {"format", *cls.__dataclass_fields__}
        if unknown := sorted(set(told) - allowed):
            raise MappingError("mapping_format", what=f'"{unknown[0]}" är inget som en mappning säger')
        columns = told.get("columns")
        if not isinstance(columns, dict) or not isinstance(told.get("contract"), str):
            raise MappingError("mapping_format", what='"columns" eller "contract" saknas')
        for key in ("units", "constants", "categories"):
            if not _is_text_to_text(told.get(key, {})):
                raise MappingError("mapping_format", what=f'"{key}" ska vara text till text')
        if told.get("other_categories", "keep") not in ("keep", "reject") or told.get("order") not in (
            None,
            "dmy",
            "mdy",
        ):
            raise MappingError("mapping_format", what='"other_categories" eller "order" har ett okänt värde')
        if not all(isinstance(told.get(key, ""), str) for key in ("name", "zone", "crs")):
            raise MappingError("mapping_format", what='"name", "zone" och "crs" ska vara text')
        said = {key: value for key, value in told.items() if key not in ("format", "columns")}
        return cls(columns={name: _headings(many) for name, many in columns.items()}, **said)


def suggest(headings: Sequence[str], contract: Contract) -> ColumnMapping:
    """Guess what the columns mean from their headings; a person looks at it before it is saved.

    Parameters
    ----------
    headings : sequence of str
        As they stand in the file.
    contract : Contract

    Returns
    -------
    ColumnMapping
        With the columns that were recognised; a time of day beside a date is joined to it.

    Examples
    --------
    >>> from lofte_engine.tables import INCIDENTS
    >>> dict(suggest(["Datum", "Kl", "Händelsetyp", "Stadsdel"], INCIDENTS).columns)
    {'occurred_at': ('Datum', 'Kl'), 'category': ('Händelsetyp',), 'district': ('Stadsdel',)}
    """
    normal = {normal_heading(heading): heading for heading in reversed(headings)}
    columns: dict[str, tuple[str, ...]] = {}
    for column in contract.columns:
        for name in known_headings(contract, column.name):
            if name in normal and (normal[name],) not in columns.values():
                columns[column.name] = (normal[name],)
                break
    date = contract.name == "incidents" and columns.get("occurred_at")
    clock = next(
        (normal[name] for name in ("kl", "klockslag", "tid", "time", "klockan", "time band") if name in normal), None
    )
    if date and clock and clock not in date:
        columns["occurred_at"] = (*date, clock)
    return ColumnMapping(contract.name, columns)


def known_headings(contract: Contract, column: str | None = None) -> tuple[str, ...]:
    """Every heading known for a contract, or for one of its columns, as `normal_heading` writes it."""
    told: list[str] = []
    for one in contract.columns:
        if column in (None, one.name) and one.kind is not Kind.GEOMETRY:
            told += [normal_heading(one.name), normal_heading(one.title)]
            told += HEADINGS.get(contract.name, {}).get(one.name, ())
    return tuple(dict.fromkeys(told))


def _headings(many: object) -> tuple[str, ...]:
    if isinstance(many, str):
        return (many,)
    if isinstance(many, list) and many and all(isinstance(one, str) for one in many):
        return tuple(cast("list[str]", many))
    raise MappingError("mapping_format", what="en kolumn pekar inte på en rubrik")


def _is_text_to_text(told: object) -> bool:
    return isinstance(told, dict) and all(isinstance(value, str) for value in told.values())
