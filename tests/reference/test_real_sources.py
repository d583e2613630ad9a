"""The recorded files of Brå, Kolada, SCB and the police, and real boundaries, each with its right totals.

Where the figures come from is told in the SOURCE.md beside the files.
"""

import csv
import datetime as dt
import re
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest
import shapely

from lofte_engine.crime_codes import EFFORT_DRIVEN, suggest_group
from lofte_engine.places import SWEREF, Areas, Locator, labels, normal_label, place_incidents, read_areas, read_changes
from lofte_engine.sources.bra_sol import read_bra_sol
from lofte_engine.sources.generic import read_table
from lofte_engine.sources.kolada import margin_of, read_catalogue, read_kolada
from lofte_engine.sources.mapping import ColumnMapping
from lofte_engine.sources.polisen import is_summary, read_notices
from lofte_engine.sources.recognise import recognise
from lofte_engine.sources.scb import read_scb, total_population
from lofte_engine.table_errors import EditionBreak, NoticesAreNotStatistics
from lofte_engine.tables import INCIDENTS

TODAY = dt.date(2026, 8, 23)
SOL = "sources/bra_sol_2026-08_lulea_boden.csv"


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    return shared / "data"


@pytest.fixture(scope="module")
def regso(data: Path) -> Areas:
    return read_areas(data / "places/regso_2025_simplified25m_epsg3006.parquet", edition="RegSO 2025")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        (SOL, "bra_sol"),
        ("sources/values_grp_data.csv", "kolada"),
        ("sources/values_n00945.csv", "kolada"),
        ("sources/pxwebapi2_tab638_data.json", "scb"),
        ("places/regso_foreign_born.csv", "scb"),
        ("places/regso_housing_tenure.csv", "scb"),
        ("places/regso_income.csv", "scb"),
        ("sources/api_response_recorded_2026-08-22.json", "polisen"),
        ("sources/events_2022_2026.parquet", "polisen"),
        ("places/us_homicides15.csv", "incidents"),
        ("places/kommun.parquet", "areas"),
        ("places/regso_2025_simplified25m_epsg3006.parquet", "areas"),
        ("sources/municipalities.csv", "generic"),
    ],
)
def test_recorded_file_is_recognised(data: Path, name: str, source: str) -> None:
    assert recognise(data / name) == source


def test_reported_crime_of_two_kommuner(data: Path) -> None:
    """Totals 652 and 225; levels 1–3 add up, level 4 ("därav") does not."""
    sol = read_bra_sol(data / SOL)

    rows = [row for row in sol.table.to_pylist() if row["area_name"] == "Luleå"]
    totals = {row["area_name"]: row["count"] for row in sol.table.to_pylist() if row["category_id"] == "13192"}
    by_level = {level: sum(row["count"] for row in rows if row["level"] == level) for level in (1, 2, 3, 4)}
    assert totals == {"Luleå": 652, "Boden": 225}
    assert (by_level[1], by_level[2]) == (2 * 652, 652)
    assert by_level[3] == 557
    assert by_level[4] == 125
    assert {row["is_subset"] for row in rows if row["level"] == 4} == {True}
    assert (sol.checked.rows_in, sol.checked.rows_rejected, sol.is_preliminary) == (78, 0, True)


def test_effort_driven_categories_of_real_labels_are_found(data: Path) -> None:
    labelled = {row["category"] for row in read_bra_sol(data / SOL).table.to_pylist()}

    driven = {label.rsplit(", ", 1)[-1] for label in labelled if suggest_group(label) in EFFORT_DRIVEN}
    assert driven == {"Brott mot narkotikastrafflagen", "Brott mot trafikbrottslagen", "Vapenlagen"}


@pytest.mark.slow
def test_population_of_sweden_2023(data: Path) -> None:
    """10 551 707 people, from all 3 363 RegSO."""
    table = total_population(read_scb(data / "places/regso_foreign_born.csv").table)

    year = table.filter(pc.equal(table["year"], 2023))
    assert (pc.sum(year["population"]).as_py(), year.num_rows) == (10_551_707, 3_363)


@pytest.mark.parametrize(
    ("name", "contract", "rows"),
    [("regso_housing_tenure", "population", 53_808), ("regso_income", "indicators", 13_452)],
)
def test_other_tables_of_regso_lose_no_row(data: Path, name: str, contract: str, rows: int) -> None:
    checked = read_scb(data / f"places/{name}.csv").checked

    assert (checked.contract.name, checked.rows_in, checked.rows_rejected) == (contract, rows, 0)


def test_people_of_a_recorded_pxweb_answer(data: Path) -> None:
    scb = read_scb(data / "sources/pxwebapi2_tab638_data.json")

    assert [(row["area_code"], row["year"], row["population"]) for row in scb.table.to_pylist()] == [
        ("0180", 2023, 984_748),
        ("0180", 2024, 988_943),
        ("1480", 2023, 600_151),
        ("1480", 2024, 604_616),
    ]
    assert scb.known_from == dt.date(2025, 2, 21)


def test_kolada_extracts_keep_every_value(data: Path) -> None:
    catalogue = read_catalogue(data / "sources/kpi_catalogue_2026.csv")

    for name in ("values_grp_data.csv", "values_n00945.csv"):
        with (data / "sources" / name).open(encoding="utf-8") as file:
            expected = {
                (row["kpi"], row["year"], row["municipality_id"]): float(row["value"]) for row in csv.DictReader(file)
            }
        kolada = read_kolada(data / "sources" / name, catalogue=catalogue)
        found = {
            (row["indicator_id"], str(row["period_start"].year), row["area_code"]): row["value"]
            for row in kolada.table.to_pylist()
        }
        assert found == expected
    assert len(catalogue) == 6_099


# Two titles of margins are spelled otherwise than those of their shares.
MISSPELT = {"N00615", "N00660"}


def test_every_margin_by_number_is_the_margin_by_title(data: Path) -> None:
    catalogue = read_catalogue(data / "sources/kpi_catalogue_2026.csv")

    def bare(title: str) -> str:
        title = re.sub(r"^(NTU|Medborgarundersökningen|Osäkerhetstal)\s*[-–]\s*", "", title)
        return re.sub(r"\W+", " ", title).casefold().strip()

    pairs = {kpi: margin for kpi in catalogue if (margin := margin_of(kpi, catalogue)) is not None}
    assert len(pairs) > 100
    assert {
        kpi for kpi, margin in pairs.items() if bare(catalogue[kpi].title) != bare(catalogue[margin].title)
    } == MISSPELT


@pytest.mark.slow
def test_notices_are_read_and_refused_in_a_rate(data: Path) -> None:
    notices = read_notices(data / "sources/api_response_recorded_2026-08-22.json", today=TODAY)
    archive = read_notices(data / "sources/events_2022_2026.parquet", today=TODAY)

    assert (notices.checked.rows_in, archive.checked.rows_in, archive.checked.rows_used) == (500, 85_011, 85_011)
    for one in (notices, archive):
        with pytest.raises(NoticesAreNotStatistics):
            one.counted()
    summaries = sum(map(is_summary, archive.table["category"].to_pylist()))
    assert 0.10 < summaries / 85_011 < 0.20


def test_log_of_area_changes(data: Path) -> None:
    """Of the areas in the excerpt only 0114C1060 is a pure split."""
    log = read_changes(data / "sources/deso_change_log_excerpt.csv")

    assert log.parts_of("0114C1060") == ("0114C1061", "0114C1062")
    followed = {old for old in {row.old for row in log.rows} if log.is_summable(old)}
    assert followed == {"0114C1060"}
    with pytest.raises(EditionBreak, match="0120C1040"):
        log.parts_of("0120A0010")


def test_population_joins_its_areas_by_label(data: Path, regso: Areas) -> None:
    with (data / "sources/swedish_admin_areas.csv").open(encoding="utf-8") as file:
        kommuner = {row["municipality_code"]: row["municipality_name"] for row in csv.DictReader(file)}
    found = labels(regso, kommuner)

    names = set(total_population(read_scb(data / "places/regso_foreign_born.csv").table)["area_name"].to_pylist())
    assert (len(regso), regso.crs, regso.repaired) == (3_363, SWEREF, ())
    renamed = {name for name in names if normal_label(name) not in found}
    assert len(renamed) <= 10, renamed


def independent(areas: Areas, x: np.ndarray, y: np.ndarray) -> list[int]:
    """Every polygon asked about every point, without an index."""
    found = np.full(len(x), -1)
    for at in range(len(areas) - 1, -1, -1):
        found[shapely.intersects_xy(areas.geometries[at], x, y)] = at
    for at in range(len(areas) - 1, -1, -1):
        found[shapely.contains_xy(areas.geometries[at], x, y)] = at
    return found.tolist()


HOMICIDES = ColumnMapping(
    "incidents",
    {
        "occurred_at": ("date_single",),
        "category": ("offense_type",),
        "lon": ("longitude",),
        "lat": ("latitude",),
        "incident_id": ("uid",),
    },
    name="Homicides",
    units={"occurred_at": "epoch_seconds"},
    zone="America/Chicago",
)


def test_real_points_through_a_mapping_and_polygons(data: Path) -> None:
    """Rows in are rows used and rejected, and counts equal a count that asks every polygon."""
    points = read_table(data / "places/us_homicides15.csv", INCIDENTS, mapping=HOMICIDES, today=TODAY)
    assert (points.checked.rows_in, points.checked.rows_rejected) == (1_922, 0)
    x, y = (points.table[name].to_numpy() for name in ("lon", "lat"))
    # Polygons of no particular shape: the cells around every fortieth point, some of them left out.
    seeds = shapely.MultiPoint(np.column_stack([x, y])[::40])
    cells = shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=shapely.box(-125, 25, -66, 49)))
    areas = Areas.build([f"{at:03}" for at in range(0, len(cells), 2)], cells[::2], crs="EPSG:4326")

    placed = place_incidents(points.table, Locator.of(areas))

    expected = independent(areas, x, y)
    assert placed.rows_in == 1_922
    assert placed.table["area_code"].to_pylist() == [areas.codes[at] for at in expected if at >= 0]
    assert placed.unmatched.num_rows == expected.count(-1) > 0
    assert pc.min(placed.unmatched["distance_m"]).as_py() > 0


@pytest.mark.slow
def test_grid_of_real_boundaries_is_exact(regso: Areas) -> None:
    """Points in small areas, on boundary points and just beside them."""
    draw = np.random.default_rng(7)
    boxes = shapely.bounds(regso.geometries)[draw.integers(0, len(regso), 5_000)]
    x = boxes[:, 0] + draw.random(5_000) * (boxes[:, 2] - boxes[:, 0])
    y = boxes[:, 1] + draw.random(5_000) * (boxes[:, 3] - boxes[:, 1])
    corners = shapely.get_coordinates(regso.geometries)[::500]
    beside = corners + draw.choice([-1e-6, 0, 1e-6], corners.shape)
    x, y = np.concatenate([x, corners[:, 0], beside[:, 0]]), np.concatenate([y, corners[:, 1], beside[:, 1]])

    found = Locator.of(regso).locate(x, y, crs=SWEREF, distances=False)

    tree = shapely.STRtree(regso.geometries)
    point, area = tree.query(shapely.points(x, y), predicate="intersects")
    inside = shapely.contains_xy(regso.geometries[area], x[point], y[point])
    expected = np.full(len(x), len(regso))
    np.minimum.at(expected, point, area)
    within = np.full(len(x), len(regso))
    np.minimum.at(within, point[inside], area[inside])
    expected = np.where(within < len(regso), within, expected)
    assert np.array_equal(np.where(found.index < 0, len(regso), found.index), expected)
    assert found.on_boundary >= len(corners)
