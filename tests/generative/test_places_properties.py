"""The grid against an exact test of every polygon, and crosswalks that lose nothing."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from lofte_engine.places import SWEREF, WGS84, Areas, Crosswalk, Locator
from lofte_engine.places import raster as grid

pytestmark = pytest.mark.slow
# The first example pays for imports.
patient = settings(deadline=None)
small = st.integers(-8, 8).map(float)
fine = st.floats(-8, 8, allow_nan=False).map(lambda number: round(number, 3))


@st.composite
def areas(draw: st.DrawFn) -> Areas:
    """Polygons that touch, overlap, have holes and islands, on whole numbers where boundaries meet exactly."""
    shapes = []
    for _ in range(draw(st.integers(1, 5))):
        ring = draw(st.lists(st.tuples(small, small), min_size=3, max_size=7))
        shape = shapely.make_valid(shapely.Polygon(ring))
        if draw(st.booleans()):
            west, south = draw(st.tuples(small, small))
            shape = shapely.difference(shape, shapely.box(west, south, west + 2, south + 2))
        parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if shapely.get_type_id(part) == 3]
        if parts:
            shapes.append(shapely.MultiPolygon(parts) if shapely.is_valid(shapely.MultiPolygon(parts)) else parts[0])
    shapes = shapes or [shapely.box(0, 0, 1, 1)]
    moved = draw(st.sampled_from([(0.0, 0.0, 1.0, SWEREF), (6.1e5, 6.58e6, 250.0, SWEREF), (17.0, 59.0, 0.01, WGS84)]))
    scaled = [shapely.transform(shape, lambda at: at * moved[2] + moved[:2]) for shape in shapes]
    valid = [shape for shape in scaled if shapely.is_valid(shape)] or [
        shapely.box(*moved[:2], moved[0] + 1, moved[1] + 1)
    ]
    return Areas.build([f"{at:02}" for at in range(len(valid))], valid, crs=moved[3])


def obvious(division: Areas, x: float, y: float) -> int:
    """The slow, obvious version: ask every polygon."""
    point = shapely.Point(x, y)
    inside = [at for at, shape in enumerate(division.geometries) if shapely.contains(shape, point)]
    touching = [at for at, shape in enumerate(division.geometries) if shapely.intersects(shape, point)]
    return min(inside or touching or [-1])


@patient
@given(
    areas(), st.lists(st.tuples(st.one_of(small, fine), st.one_of(small, fine)), min_size=1, max_size=30), st.booleans()
)
def test_grid_answers_as_every_polygon_does(
    division: Areas, where: list[tuple[float, float]], at_corners: bool
) -> None:
    west, south, east, north = shapely.total_bounds(division.geometries)
    x = np.array([west + (one + 8) / 16 * (east - west) for one, _ in where])
    y = np.array([south + (one + 8) / 16 * (north - south) for _, one in where])
    if at_corners:
        corners = shapely.get_coordinates(division.geometries)
        x, y = np.concatenate([x, corners[:, 0]]), np.concatenate([y, corners[:, 1]])

    found = Locator.of(division).locate(x, y, crs=division.crs, distances=False).index

    assert found.tolist() == [obvious(division, *point) for point in zip(x, y, strict=True)]


@patient
@given(areas(), st.integers(0, 2**32 - 1), st.sampled_from([64, 1024, 1 << 16]))
def test_size_of_the_cells_changes_no_answer(division: Areas, seed: int, most_cells: int) -> None:
    raster = grid.build(division.geometries, most_cells=most_cells)
    draw = np.random.default_rng(seed)
    # On grid lines and corners, where rounding could decide.
    column, row = draw.integers(0, raster.columns, 40), draw.integers(0, raster.rows, 40)
    x = raster.west + (column + draw.choice([0, 0, 0.3], 40)) * raster.step
    y = raster.south + (row + draw.choice([0, 0, 0.7], 40)) * raster.step

    found = Locator(division, raster).locate(x, y, crs=division.crs, distances=False).index

    assert found.tolist() == [obvious(division, *point) for point in zip(x, y, strict=True)]


codes = st.sampled_from(["A", "B", "C", "D"])


@st.composite
def crosswalks(draw: st.DrawFn) -> Crosswalk:
    weights = {}
    for source in "ABCD":
        targets = draw(st.lists(st.sampled_from("NSÖV"), min_size=1, max_size=4, unique=True))
        sizes = [draw(st.integers(1, 1000)) for _ in targets]
        weights |= {(source, target): size / sum(sizes) for target, size in zip(targets, sizes, strict=True)}
    return Crosswalk(weights)


@patient
@given(crosswalks(), st.dictionaries(codes, st.integers(0, 10**9)))
def test_whole_counts_are_conserved_exactly(walk: Crosswalk, counts: dict[str, int]) -> None:
    carried = walk.carry_whole(counts)

    assert sum(carried.values()) == sum(counts.values())
    assert all(count >= 0 for count in carried.values())
    exact = walk.carry(counts)
    assert all(abs(carried[code] - exact[code]) < len(counts) + 1e-6 for code in carried)


@patient
@given(crosswalks(), st.dictionaries(codes, st.floats(0, 1e9)))
def test_counts_are_conserved(walk: Crosswalk, counts: dict[str, float]) -> None:
    total = math.fsum(counts.values())

    assert math.isclose(math.fsum(walk.carry(counts).values()), total, rel_tol=1e-12, abs_tol=1e-9)


@patient
@given(crosswalks(), st.fixed_dictionaries({code: st.integers(1, 5000) for code in "ABCD"}))
def test_there_and_back_again_keeps_the_sum_and_the_people(walk: Crosswalk, people: dict[str, int]) -> None:
    back = walk.reversed_by({code: float(many) for code, many in people.items()})

    again = back.carry(walk.carry(people))

    assert math.isclose(math.fsum(again.values()), sum(people.values()), rel_tol=1e-9)
