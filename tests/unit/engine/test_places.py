"""Places: which area, what happens on a boundary and outside, editions, and counts that are not lost."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from pyproj import CRS

from lofte_engine.places import (
    SWEREF,
    WGS84,
    Areas,
    Change,
    Changes,
    Crosswalk,
    Locator,
    additivity,
    by_overlap,
    by_people,
    place_incidents,
    read_areas,
    read_changes,
    read_crosswalk,
)
from lofte_engine.places.crosswalk import codes_within
from lofte_engine.table_errors import EditionBreak, PlaceError, TableError

# Strängnäs lies about here, in metres.
X, Y = 615_000.0, 6_583_000.0


def squares(crs: str = SWEREF, *, x: float = X, y: float = Y, side: float = 1000.0, **more: Any) -> Areas:
    """Four squares, A and B below C and D."""
    shapes = [
        shapely.box(x + i * side, y + j * side, x + (i + 1) * side, y + (j + 1) * side) for j in (0, 1) for i in (0, 1)
    ]
    return Areas.build(["A", "B", "C", "D"], shapes, crs=crs, **more)


def codes(areas: Areas, x: list[float], y: list[float], crs: str = SWEREF) -> list[str | None]:
    found: list[str | None] = Locator.of(areas).locate(x, y, crs=crs).codes.to_pylist()
    return found


def test_point_lies_in_its_area() -> None:
    assert codes(squares(), [X + 1, X + 1999, X + 1, X + 1999], [Y + 1, Y + 1, Y + 1999, Y + 1999]) == [
        "A",
        "B",
        "C",
        "D",
    ]


def test_point_on_a_boundary_goes_to_the_lowest_code() -> None:
    located = Locator.of(squares()).locate(
        [X + 1000, X + 1000, X + 2000, X], [Y + 500, Y + 1000, Y + 1500, Y], crs=SWEREF
    )

    assert located.codes.to_pylist() == ["A", "A", "D", "A"]
    assert located.on_boundary == 4


def test_inside_goes_before_boundary_and_low_before_high_where_areas_overlap() -> None:
    areas = Areas.build(
        ["A", "B", "C"], [shapely.box(0, 0, 1, 1), shapely.box(0.5, 0, 3, 3), shapely.box(2, 2, 4, 4)], crs=SWEREF
    )

    assert codes(areas, [1.0, 0.75, 2.5, 3.5], [0.5, 0.5, 2.5, 3.5]) == ["B", "A", "B", "C"]


def test_hole_and_island_are_seen() -> None:
    lake = shapely.box(X + 300, Y + 300, X + 700, Y + 700)
    land = shapely.difference(shapely.box(X, Y, X + 1000, Y + 1000), lake)
    island = shapely.box(X + 450, Y + 450, X + 550, Y + 550)
    areas = Areas.build(["land", "ö"], [land, island], crs=SWEREF)

    assert codes(areas, [X + 100, X + 350, X + 500], [Y + 500] * 3) == ["land", None, "ö"]


def test_degrees_are_moved_to_the_areas_system() -> None:
    assert codes(squares(), [17.05026, 17.03221], [59.37915, 59.37046], WGS84) == ["D", "A"]
    areas = squares(WGS84, x=17.0, y=59.3, side=0.1)
    assert codes(areas, [17.05, 17.15, 18.0], [59.35, 59.45, 59.35], WGS84) == ["A", "D", None]


def test_point_outside_is_told_with_distance() -> None:
    located = Locator.of(squares()).locate([X - 30, X + 500, np.nan, np.inf], [Y + 500, Y + 2250, 0, 0], crs=SWEREF)

    assert located.unmatched.tolist() == [0, 1, 2, 3]
    assert located.nearest.tolist() == [0, 2, -1, -1]
    np.testing.assert_allclose(located.distance_m, [30, 250, np.nan, np.nan])


@pytest.mark.parametrize(
    ("x", "y"), [(17.0, 59.3), (-87.7, 41.8), (18.0, -33.9)], ids=["Sverige", "Chicago", "Kapstaden"]
)
def test_distance_is_in_metres_also_for_areas_in_degrees(x: float, y: float) -> None:
    located = Locator.of(squares(WGS84, x=x, y=y, side=0.01)).locate([x + 0.01], [y - 0.001])

    assert located.distance_m[0] == pytest.approx(111.2, abs=0.6)


@pytest.mark.parametrize(
    ("x", "y", "told"),
    [
        ([59.35] * 3, [17.05] * 3, "bytt plats"),
        ([615_000.0] * 3, [6_583_000.0] * 3, "SWEREF 99 TM"),
        ([12.0] * 3, [57.0] * 3, "rätt kommun"),
        ([17.05] * 3, [59.35] * 3, ""),
    ],
)
def test_reason_is_guessed_when_most_points_lie_outside(x: list[float], y: list[float], told: str) -> None:
    suspicion = Locator.of(squares(WGS84, x=17.0, y=59.3, side=0.1)).locate(x, y).suspicion

    assert told in suspicion
    assert bool(told) == bool(suspicion)


def test_every_incident_is_placed_or_told() -> None:
    table = pa.table({
        "category": ["a"] * 5,
        "lon": [17.05, 18.5, None, None, None],
        "lat": [59.35, 59.35, None, None, None],
        "area_code": [None, "A", "D", "X", None],
    })  # fmt: skip

    placed = place_incidents(table, Locator.of(squares(WGS84, x=17.0, y=59.3, side=0.1)))

    assert placed.table["area_code"].to_pylist() == ["A", "D"]
    assert placed.unmatched["position"].to_pylist() == [1, 3, 4]
    assert placed.unmatched["nearest_code"].to_pylist() == ["B", None, None]
    assert [reason.split()[0] for reason in placed.unmatched["reason"].to_pylist()] == ["ligger", "har", "saknar"]
    assert placed.rows_in == 5


def test_grid_is_kept_by_boundary_edition(tmp_path: Path) -> None:
    first = Locator.of(squares(), tmp_path)
    again = Locator.of(squares(), tmp_path)
    moved = Locator.of(squares(x=X + 1), tmp_path)

    assert len(list(tmp_path.iterdir())) == 2
    assert again.raster.edges.tolist() == first.raster.edges.tolist()
    assert again.locate([X + 1], [Y + 1], crs=SWEREF).codes.to_pylist() == ["A"]
    assert moved.areas.sha256 != first.areas.sha256


def test_damaged_grid_is_made_anew(tmp_path: Path) -> None:
    Locator.of(squares(), tmp_path)
    kept = next(tmp_path.iterdir())
    kept.write_bytes(kept.read_bytes()[:100])

    assert Locator.of(squares(), tmp_path).locate([X + 1], [Y + 1], crs=SWEREF).codes.to_pylist() == ["A"]


def geojson(path: Path, crs: str | None = None, **properties: object) -> Path:
    told: dict[str, Any] = {"type": "FeatureCollection", "features": []}
    for name, shape in zip("AB", squares(side=1000).geometries[:2], strict=True):
        about = {"regsokod": name, "regsonamn": f"Namn {name}", "kommunkod": "0486"} | properties
        geometry = json.loads(shapely.to_geojson(shape))
        told["features"].append({"type": "Feature", "properties": about, "geometry": geometry})
    if crs:
        told["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_geojson_in_metres_is_seen_by_its_numbers(tmp_path: Path) -> None:
    areas = read_areas(geojson(tmp_path / "a.json", version="2025_v2"))

    assert (areas.crs, areas.codes, areas.names[0], areas.parents[0], areas.edition) == (
        SWEREF, ("A", "B"), "Namn A", "0486", "2025_v2",
    )  # fmt: skip
    assert read_areas(geojson(tmp_path / "b.json", "urn:ogc:def:crs:EPSG::3006")).crs == SWEREF


def test_area_columns_may_be_named(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.json", lpo="L")

    assert read_areas(path, columns={"area_name": "lpo"}).names == ("L", "L")
    with pytest.raises(TableError, match="Filen saknar saknas"):
        read_areas(path, columns={"area_code": "saknas"})


def write_parquet(path: Path, **column: object) -> Path:
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"} | column}}
    table = pa.table({"kod": list("ABCD"), "geometry": pa.array(shapely.to_wkb(squares().geometries).tolist())})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)
    return path


def test_geoparquet_says_its_system(tmp_path: Path) -> None:
    assert read_areas(write_parquet(tmp_path / "said.parquet", crs=CRS.from_epsg(3006).to_json_dict())).crs == SWEREF
    assert read_areas(write_parquet(tmp_path / "null.parquet", crs=None), crs="EPSG:3006").crs == SWEREF
    for unknown in (None, {"name": "x"}):
        with pytest.raises(PlaceError, match="koordinatsystem"):
            read_areas(write_parquet(tmp_path / "unknown.parquet", crs=unknown))


@pytest.mark.parametrize(
    ("shapes", "names", "reason"),
    [
        ([], [], "tom eller saknar ytor"),
        ([shapely.Point(0, 0)], ["A"], "Området A är inte en yta"),
        ([None], ["A"], "Området A är inte en yta"),
        ([shapely.box(0, 0, 1, 1)] * 2, ["A", "A"], "står på flera områden"),
        ([shapely.box(0, 0, np.inf, 1)], ["A"], "koordinat är inte ett tal"),
    ],
)
def test_what_is_no_division_is_refused(shapes: list[Any], names: list[str], reason: str) -> None:
    with pytest.raises(PlaceError, match=reason):
        Areas.build(names, shapes, crs=SWEREF)


def test_boundary_that_crosses_itself_is_mended_and_told() -> None:
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])

    areas = Areas.build(["A"], [bow], crs=SWEREF)

    assert areas.repaired == ("A",)
    assert codes(areas, [1.8, 1.0], [1.0, 1.8]) == ["A", None]


HALVES = Crosswalk({("R1", "Norr"): 0.5, ("R1", "Söder"): 0.5, ("R2", "Söder"): 1.0})


def test_counts_are_carried_and_none_is_lost() -> None:
    assert HALVES.carry({"R1": 3, "R2": 4}) == {"Norr": 1.5, "Söder": 5.5}
    assert HALVES.carry_whole({"R1": 3, "R2": 4}) == {"Norr": 2, "Söder": 5}
    assert HALVES.reversed_by({"R1": 10, "R2": 5}).carry({"Norr": 4, "Söder": 4}) == {"R1": 6, "R2": 2}
    assert codes_within(HALVES, ["Söder"]) == {"R2"}


def test_area_without_weights_is_not_dropped() -> None:
    with pytest.raises(PlaceError, match="R3 har ett antal men inga vikter"):
        HALVES.carry({"R3": 1})
    with pytest.raises(PlaceError, match="Inget har flyttats"):
        HALVES.carry_whole({"R3": 1})
    assert HALVES.carry({"R3": 0}) == HALVES.carry_whole({"R3": 0}) == {}


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ({("R", "N"): 0.7}, "blir 0,700, men ska bli 1"),
        ({("R", "N"): -1.0}, "är inte ett tal mellan 0 och 1"),
        ({("R", "N"): float("nan")}, "Vikten nan"),
    ],
)
def test_weights_must_sum_to_one(weights: dict[tuple[str, str], float], reason: str) -> None:
    with pytest.raises(PlaceError, match=reason):
        Crosswalk(weights)


@pytest.mark.parametrize(
    "text",
    [
        "from_code;to_code;weight\nR1;Norr;0,5\nR1;Söder;0,5\nR2;Söder;1\n",
        "från,till,vikt\nR1,Norr,50\nR1,Söder,50\nR2,Söder,100\n",
    ],
)
def test_crosswalk_is_read_as_people_write_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "nyckel.csv").write_text(text, encoding="utf-8")

    assert read_crosswalk(tmp_path / "nyckel.csv") == HALVES
    HALVES.write(tmp_path / "again.csv")
    assert read_crosswalk(tmp_path / "again.csv") == HALVES


@pytest.mark.parametrize("row", ["R1;Norr;x", "R1;;1", "R1;Norr;..", "R1;Norr;1\nR1;Norr;1"])
def test_broken_crosswalk_names_its_row(tmp_path: Path, row: str) -> None:
    (tmp_path / "nyckel.csv").write_text(f"from_code;to_code;weight\n{row}\n", encoding="utf-8")

    with pytest.raises(TableError, match=r"rad [23]"):
        read_crosswalk(tmp_path / "nyckel.csv")


def test_crosswalk_from_surface_and_from_people() -> None:
    halves = Areas.build(
        ["V", "Ö"], [shapely.box(X, Y, X + 500, Y + 2000), shapely.box(X + 500, Y, X + 2000, Y + 2000)], crs=SWEREF
    )

    surface = by_overlap(squares(), halves)
    people = by_people(squares(), halves, [X + 100, X + 900], [Y + 100] * 2, [30, 10], crs=SWEREF)

    assert surface.weights["A", "V"] == pytest.approx(0.5)
    assert surface.weights["B", "Ö"] == pytest.approx(1)
    assert people.weights == {("A", "V"): 0.75, ("A", "Ö"): 0.25}


def test_what_lies_outside_is_asked_for() -> None:
    half = Areas.build(["V"], [shapely.box(X, Y, X + 500, Y + 1000)], crs=SWEREF)
    one = Areas.build(["A"], squares().geometries[:1], crs=SWEREF)

    with pytest.raises(PlaceError, match="Vikterna för A blir 0,500"):
        by_overlap(one, half)
    assert by_overlap(one, half, outside="utanför").carry_whole({"A": 9}) == {"V": 5, "utanför": 4}


NEW_YEAR = dt.date(2025, 1, 1)
LOG = Changes(
    tuple(
        Change(old, new, kind, NEW_YEAR)
        for old, new, kind in [
            ("1", "1a", "Upphör; till nybildad"),
            ("1", "1b", "Upphör; till nybildad"),
            ("2", "2a", "Upphör; till nybildad"),
            ("2", "23", "Upphör; till nybildad"),
            ("3", "23", "Upphör; till nybildad"),
            ("4", "5", "Ger del/delar till befintlig"),
            ("6", "6", "Utvidgas till territorialvattengräns"),
        ]
    )
)


@pytest.mark.parametrize(("old", "parts"), [("1", ("1a", "1b")), ("6", ("6",)), ("7", ("7",))])
def test_pure_split_and_unchanged_area_can_be_followed(old: str, parts: tuple[str, ...]) -> None:
    assert LOG.parts_of(old) == parts


@pytest.mark.parametrize(
    ("old", "reason"),
    [
        ("2", "delen 23 kommer också från 3"),
        ("3", "delen 23 kommer också från 2"),
        ("4", "är ingen ren delning"),
        ("5", "det fick en del av 4"),
    ],
)
def test_other_changes_break_the_line(old: str, reason: str) -> None:
    with pytest.raises(EditionBreak, match=rf"{old} kan inte följas över gränsändringen 2025-01-01: .*{reason}"):
        LOG.parts_of(old)


def test_counts_are_chained_where_that_is_right() -> None:
    chained, broken = LOG.chain({"1a": 3, "1b": 4, "23": 9, "7": 1}, ["1", "2", "6", "7"])

    assert chained == {"1": 7, "7": 1}
    assert set(broken) == {"2", "6"}
    assert broken["6"] == "6 kan inte summeras: 6 saknar antal."


def test_broken_log_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("fran,till,typ,datum\na,b,c,i fjol\n", encoding="utf-8")
    with pytest.raises(TableError, match="rad 2"):
        read_changes(tmp_path / "log.csv")
    (tmp_path / "log.csv").write_text("fran,till\n", encoding="utf-8")
    with pytest.raises(TableError, match="Filen saknar datum, typ"):
        read_changes(tmp_path / "log.csv")


def test_moved_figures_need_not_add_up() -> None:
    parts = [700] * 100

    assert additivity(parts, 70_000, year=2024).holds
    assert not additivity(parts, 70_001, year=2024).holds
    assert additivity(parts, 70_100, year=2025).holds
    assert not additivity(parts, 70_400, year=2025).holds
    assert additivity([0, 0], 0, year=2025).tolerance == 0
