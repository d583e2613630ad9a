"""Point to area: our grid against GeoPandas' spatial join, answer by answer and second by second.

Run it with a Python that has GeoPandas beside this package's own parts (an oracle here, never a dependency):

    PYTHONPATH=src python benchmarks/places.py ../shared/data/places/regso_2025_simplified25m_epsg3006.parquet

Half of the points are spread evenly over the areas' boxes (most fall in small areas, as people do), half over the whole
country's box. Each time is the median of five; 1.00 is GeoPandas on the same points. Build and join are told apart.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from lofte_engine.places import Locator, read_areas


def seconds(work: Callable[[], Any], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def points(geometries: Any, many: int, seed: int) -> tuple[Any, Any]:
    draw = np.random.default_rng(seed)
    boxes = shapely.bounds(geometries)[draw.integers(0, len(geometries), many // 2)]
    whole = np.broadcast_to(shapely.total_bounds(geometries), (many - many // 2, 4))
    west, south, east, north = np.concatenate([boxes, whole]).T
    return west + draw.random(many) * (east - west), south + draw.random(many) * (north - south)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("areas", type=Path)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    import geopandas

    areas = read_areas(asked.areas)
    x, y = points(areas.geometries, asked.points, asked.seed)
    build = seconds(lambda: Locator.of(areas), asked.times)
    locator = Locator.of(areas)
    ours = seconds(lambda: locator.locate(x, y, crs=areas.crs, distances=False), asked.times)
    polygons = geopandas.GeoDataFrame({"at": np.arange(len(areas))}, geometry=areas.geometries, crs=areas.crs)
    frame = geopandas.GeoDataFrame(geometry=shapely.points(x, y), crs=areas.crs)
    theirs = seconds(lambda: geopandas.sjoin(frame, polygons, how="left", predicate="intersects"), asked.times)
    joined = geopandas.sjoin(frame, polygons, how="left", predicate="intersects")["at"]
    # A point on a boundary has two rows there; here the lowest code, which is the lowest index.
    lowest = joined.groupby(level=0).min().fillna(-1).to_numpy().astype(int)
    found = locator.locate(x, y, crs=areas.crs, distances=False).index
    answer = {
        "areas": len(areas),
        "edges": int(shapely.get_num_coordinates(areas.geometries).sum()),
        "points": len(x),
        "matched": int((found >= 0).sum()),
        "different_answers": int((found != lowest).sum()),
        "ratio_to_sjoin": round(ours / theirs, 3),
        "ratio_with_build": round((ours + build) / theirs, 3),
        "build_in_points_located": round(build / ours * len(x)),
    }
    print(json.dumps(answer, indent=2))
    return 0 if answer["different_answers"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
