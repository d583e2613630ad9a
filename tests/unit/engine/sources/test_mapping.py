"""Saved column mappings."""

import json

import pytest

from lofte_engine.sources.mapping import ColumnMapping, suggest
from lofte_engine.table_errors import MappingError
from lofte_engine.tables import INCIDENTS, POPULATION

SAVED = {
    "format": "lofte-mapping/1",
    "name": "Skador",
    "contract": "incidents",
    "columns": {"occurred_at": ["Datum", "Tid"], "category": "Typ", "lon": "E", "lat": "N"},
    "crs": "EPSG:3006",
    "units": {"occurred_at": "excel"},
    "categories": {"KL": "klotter"},
    "other_categories": "reject",
}


def test_mapping_is_saved_and_read_again() -> None:
    mapping = ColumnMapping.from_json(json.dumps(SAVED))

    assert json.loads(mapping.to_json()) == SAVED
    assert mapping.columns["occurred_at"] == ("Datum", "Tid")


@pytest.mark.parametrize(
    "change",
    [
        {"format": "lofte-mapping/9"},
        {"contract": "brott"},
        {"columns": {"tidpunkt": "Datum"}},
        {"columns": {"occurred_at": 3}},
        {"columns": {"occurred_at": []}},
        {"columns": []},
        {"units": {"occurred_at": "dagar"}},
        {"units": {"occurred_at": 1}},
        {"other_categories": "drop"},
        {"order": "ymd"},
        {"zone": 1},
        {"kolumner": {}},
    ],
    ids=str,
)
def test_wrong_mapping_is_refused_in_words(change: dict[str, object]) -> None:
    with pytest.raises(MappingError, match="Mappningen är inte i formatet"):
        ColumnMapping.from_json(json.dumps(SAVED | change))


@pytest.mark.parametrize("text", ["", "[]", "{", "null"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(MappingError):
        ColumnMapping.from_json(text)


def test_headings_are_guessed_in_swedish_and_english() -> None:
    incidents = suggest(
        ["ID", "Händelsedatum", "Klockslag", "HÄNDELSETYP", "Longitud", "latitude", "Fritext"], INCIDENTS
    )
    people = suggest(["Kommunkod", "År", "Invånare"], POPULATION)

    assert incidents.columns == {
        "occurred_at": ("Händelsedatum", "Klockslag"),
        "category": ("HÄNDELSETYP",),
        "lon": ("Longitud",),
        "lat": ("latitude",),
        "incident_id": ("ID",),
    }
    assert people.columns == {"area_code": ("Kommunkod",), "year": ("År",), "population": ("Invånare",)}
