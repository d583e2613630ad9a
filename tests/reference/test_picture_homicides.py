"""Killings in nine American cities in 2015, counted in polygons: equal to an independent count, to the row."""

import csv
import datetime as dt
import json
from collections import Counter
from zoneinfo import ZoneInfo

import numpy as np
import shapely

from lofte_engine.cli import main
from made_up import cells

MAPPING = {
    "format": "lofte-mapping/1",
    "contract": "incidents",
    "columns": {
        "occurred_at": "date_single",
        "category": "offense_type",
        "lon": "longitude",
        "lat": "latitude",
    },
    "units": {"occurred_at": "epoch_seconds"},
    "zone": "America/Chicago",
}


def slanted_areas() -> list[shapely.Polygon]:
    """A skewed grid of parallelograms over the cities, with gaps: some points fall in no area."""
    corners = [(west, south) for west in np.arange(-125, -66, 0.13) for south in np.arange(25, 45, 0.21)]
    near = [(-87.7, 41.8), (-118.3, 34.0), (-73.9, 40.7), (-83.1, 42.4), (-94.6, 39.0), (-85.7, 38.2)]
    return [
        shapely.Polygon([(x, y), (x + 0.12, y + 0.05), (x + 0.12, y + 0.25), (x, y + 0.2)])
        for x, y in corners
        if any(abs(x - lon) < 0.6 and abs(y - lat) < 0.6 for lon, lat in near)
    ]


def test_counts_equal_an_independent_count(shared, tmp_path, capsys):
    events = shared / "data" / "places" / "us_homicides15.csv"
    shapes = slanted_areas()
    codes = [f"P{number:04}" for number in range(len(shapes))]
    features = [
        {"type": "Feature", "properties": {"area_code": code, "area_name": code}, "geometry": json.loads(told)}
        for code, told in zip(codes, shapely.to_geojson(shapes), strict=True)
    ]
    (tmp_path / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (tmp_path / "mapping.json").write_text(json.dumps(MAPPING))
    people = [f"{code},2015,100000" for code in codes]
    (tmp_path / "people.csv").write_text("\n".join(["area_code,year,population", *people]))

    # No grid, no tree, no engine: each point is asked of each polygon.
    expected, outside = Counter(), 0
    with events.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            when = dt.datetime.fromtimestamp(float(row["date_single"]), ZoneInfo("America/Chicago"))
            point = float(row["longitude"]), float(row["latitude"])
            own = [code for code, shape in zip(codes, shapes, strict=True) if shapely.intersects_xy(shape, *point)]
            if own:
                expected[min(own), row["offense_type"], f"{when:%Y-%m}"] += 1
            else:
                outside += 1
    paths = {"events": events, "areas": tmp_path / "areas.geojson", "population": tmp_path / "people.csv"}
    named = [text for name, path in paths.items() for text in (f"--{name}", str(path))]
    out = tmp_path / "out"

    code = main(
        ["picture", *named, "--mapping", str(tmp_path / "mapping.json"), "--period", "month", "--out", str(out)]
    )

    assert code == 0
    assert capsys.readouterr().out == f"rows in 1922 = used {1922 - outside} + rejected {outside}\n"
    assert 0 < outside < 1922
    assert cells(out / "counts.parquet") == [(*key, count) for key, count in sorted(expected.items())]
    assert len((out / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()) == outside + 1
