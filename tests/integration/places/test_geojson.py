"""Boundaries from GeoJSON: SCB's files, a kommun's own, and what is wrong in those that can't be used."""

import json
from pathlib import Path
from typing import Any

import pytest

import factories
from lofte.places.geojson import Loaded, NotGeoJson, load_areas, read
from lofte.places.models import Area, Municipality

pytestmark = pytest.mark.django_db
SQUARE = [[[620000, 6580000], [621000, 6580000], [621000, 6581000], [620000, 6580000]]]


def feature(name: str | None = "Norr", code: str = "N1", geometry: Any = None, **properties: Any) -> dict[str, Any]:
    shape = {"type": "Polygon", "coordinates": SQUARE} if geometry is None else geometry
    return {"type": "Feature", "properties": {"namn": name, "kod": code, **properties}, "geometry": shape}


def file(*features: Any, **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


@pytest.fixture
def tuna() -> Municipality:
    return factories.kommun().municipality


def test_example_with_scbs_areas_is_loaded_once(checkout: Path) -> None:
    strangnas = Municipality.objects.create(name="Strängnäs", code="0486", slug="strangnas")
    collection = read((checkout / "examples/strangnas-regso-2025.geojson").read_bytes())

    first = load_areas(collection, municipality=strangnas, kind="regso")
    second = load_areas(collection, municipality=strangnas, kind="regso")

    assert collection.problems == ()
    assert first.new == len(collection.outlines) > 10
    assert second == Loaded(0, 0, first.new)
    area = Area.objects.get(code="0486R001")
    assert (area.name, area.edition) == ("Mariefred", "regso-2025")
    assert area.source.startswith("SCB")
    assert area.geometry is not None


def test_columns_are_found_by_their_usual_names_or_by_the_answer(tuna: Municipality) -> None:
    scb = {
        "type": "Feature",
        "properties": {"REGSOKOD": "9001R1", "regsonamn": "Norr"},
        "geometry": feature()["geometry"],
    }
    own = feature(name=None, Stadsdel="Söder")

    assert read(file(scb)).outlines[0].name == "Norr"
    assert read(file(own), {"name": "stadsdel"}).outlines[0].name == "Söder"


def test_degrees_become_metres(tuna: Municipality) -> None:
    ring = [[17.0, 59.3], [17.1, 59.3], [17.1, 59.4], [17.0, 59.3]]

    geometry = read(file(feature(geometry={"type": "Polygon", "coordinates": [ring]}))).outlines[0].geometry

    x, y = geometry["coordinates"][0][0]
    assert 500000 < x < 700000
    assert 6500000 < y < 6700000


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (feature(name=None), "saknar namn"),
        (feature(name="x" * 121), "längre än 120"),
        (feature(name="Torget med kriminella invandrare"), "invandrare"),
        (feature(geometry={"type": "Point", "coordinates": [1, 2]}), "ingen yta"),
        (feature(geometry={"type": "Polygon", "coordinates": []}), "tom"),
        (feature(geometry={"type": "Polygon", "coordinates": 7}), "tom"),
        (feature(geometry={"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [3, 3]]]}), "inte sluten"),
        (feature(geometry={"type": "Polygon", "coordinates": [[["a", 0]] * 4]}), "inte är en punkt"),
        ({"type": "Feature", "properties": None}, "saknar egenskaper"),
        ("text", "saknar egenskaper"),
    ],
)
def test_area_that_cannot_be_used_is_named_by_its_number(wrong: Any, reason: str) -> None:
    collection = read(file(feature(), wrong))

    assert len(collection.outlines) == 1
    assert [problem.row for problem in collection.problems] == [2]
    assert reason in collection.problems[0].reason


@pytest.mark.parametrize("text", ["", "[]", "{", '{"type": "FeatureCollection"}', file(), "[" * 100000])
def test_file_that_is_no_geojson_is_refused(text: str) -> None:
    with pytest.raises(NotGeoJson):
        read(text)


def test_areas_of_other_kommuner_are_left_out(tuna: Municipality) -> None:
    collection = read(file(feature(kommunkod="9001"), feature("Annan", "A1", kommunkod="0180")))

    assert load_areas(collection, municipality=tuna, kind="regso").new == 1


def test_new_name_changes_the_area_and_new_edition_stands_beside_it(tuna: Municipality) -> None:
    load_areas(read(file(feature())), municipality=tuna, kind="district", edition="2024")

    renamed = load_areas(read(file(feature("Norra sidan"))), municipality=tuna, kind="district", edition="2024")
    redrawn = load_areas(read(file(feature())), municipality=tuna, kind="district", edition="2026")

    assert (renamed.changed, redrawn.new) == (1, 1)
    assert sorted(tuna.areas.values_list("edition", "name")) == [("2024", "Norra sidan"), ("2026", "Norr")]
    assert load_areas(read(file(feature())), municipality=tuna, kind="district", edition="2026").unchanged == 1
