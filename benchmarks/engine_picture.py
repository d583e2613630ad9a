"""Counting and the whole picture on a country's events, as ratios of plain DuckDB SQL on Parquet with string columns.

    PYTHONPATH=src python benchmarks/engine_picture.py AREAS.parquet --rows 15000000 count memory picture protect

AREAS is the file of RegSO. Events are made up with a fixed seed (`lofte_engine.synthetic`): 3 363 RegSO × 120 months ×
120 kinds. Prints one JSON line a figure. Figures from one run stand in benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lofte_engine.facts import Facts
from lofte_engine.picture.division import Division
from lofte_engine.picture.events import read_events
from lofte_engine.picture.making import Request, compute, write
from lofte_engine.picture.publishing import Cells, publish
from lofte_engine.picture.steps import Clock
from lofte_engine.places.areas import read_areas
from lofte_engine.store import counted, open_store
from lofte_engine.synthetic import World

MONTHS = 120
MONTH = "date_trunc('month', occurred_at)"
BASELINE = {
    "regso": "SELECT area_code, category, {month}, count(*) FROM '{file}' GROUP BY ALL",
    "kommun": "SELECT left(area_code, 4), category, {month}, count(*) FROM '{file}' GROUP BY ALL",
}
PANDAS = """
import pandas
table = pandas.read_parquet(r"{}")
print(len(table.groupby(["area_code", "category", table["occurred_at"].dt.to_period("M")], observed=True).size()))
"""
OURS = """
from pathlib import Path
from lofte_engine.store import counted, open_store
with open_store() as store:
    print(store.collect(counted(store.table(Path(r"{}")))).num_rows)
"""


def told(**figures: object) -> None:
    print(json.dumps(figures), flush=True)


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Median of some runs."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def made(folder: Path, world: World, rows: int) -> Path:
    path = folder / "events.parquet"
    with pq.ParquetWriter(path, next(world.events(1)).schema, compression="zstd") as writer:
        for batch in world.events(rows, seed=6):
            writer.write_table(batch)
    return path


def sorted_facts(folder: Path, path: Path) -> Path:
    """What an import leaves: integers, by area (and so by kommun) and month."""
    table = pq.read_table(path)
    order = np.lexsort((table["month"].to_numpy(), table["area"].to_numpy()))
    small = table.cast(pa.schema([(name, pa.int16()) for name in table.column_names])).take(pa.array(order))
    pq.write_table(small, folder / "sorted.parquet", compression="zstd", row_group_size=122_880)
    return folder / "sorted.parquet"


def count(events: Path, facts: Path, world: World, folder: Path) -> None:
    codes = world.areas.codes
    with open_store() as store:
        plain = store.connection.con
        base = {
            name: seconds(lambda sql=sql: plain.sql(sql.format(file=events, month=MONTH)).to_arrow_table())  # type: ignore[misc]
            for name, sql in BASELINE.items()
        }
        told(what="baseline seconds", **base)
        table = store.table(facts)
        kommuner = sorted(set(world.areas.parents))
        own = [kommuner.index(parent) for parent in world.areas.parents]
        division = pa.table({"area": pa.array(range(len(codes)), pa.int16()), "parent": pa.array(own, pa.int16())})
        pq.write_table(division, folder / "division.parquet")
        by = {"regso": counted(table), "kommun": counted(table, division=store.table(folder / "division.parquet"))}
        for name, goal in (("regso", 0.75), ("kommun", 0.60)):
            told(
                what=f"count by {name}", ratio=seconds(lambda own=by[name]: store.collect(own)) / base[name], goal=goal
            )
        floor = seconds(lambda: decoded(facts, len(codes), len(world.kinds)))
        told(what="count by regso, times the floor", ratio=seconds(lambda: store.collect(by["regso"])) / floor, goal=3)
        months = Facts(folder / "months")
        began = time.perf_counter()
        months.put_all(facts)
        months.cells(store)
        told(what="facts by month, written and counted once", ratio=(time.perf_counter() - began) / base["regso"])
        one = [at for at, parent in enumerate(world.areas.parents) if parent == "0486"]
        wanted = counted(table.filter(table.area.between(one[0], one[-1])))
        told(what="one kommun, all its areas", ratio=seconds(lambda: store.collect(wanted)) / base["regso"], goal=0.03)
        last = pq.read_table(months.folder / f"facts-{months.months[-1]}.parquet")
        area, category = last["area"].to_numpy(), last["category"].to_numpy()

        def one_more() -> None:
            months.put(months.months[-1], area, category)
            months.cells(store, months=[months.months[-1]])

        told(what="one more month", ratio=seconds(one_more) / base["regso"], goal=0.03)


def decoded(facts: Path, areas: int, kinds: int) -> int:
    """The floor: read the integers and count them in one pass."""
    table = pq.read_table(facts)
    area, category, month = (table[name].to_numpy().astype(np.int64) for name in ("area", "category", "month"))
    return int(np.bincount((area * kinds + category) * MONTHS + month - month.min()).max())


def memory(events: Path, facts: Path) -> None:
    """Seconds and memory of whole processes: read and count by RegSO."""
    found = {}
    for name, program, path in (("pandas", PANDAS, events), ("ours", OURS, facts)):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        began = time.perf_counter()
        measured = f"{program.format(path)}\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        ended = subprocess.run([sys.executable, "-c", measured], capture_output=True, text=True, check=True)  # noqa: S603
        found[name] = (time.perf_counter() - began, int(ended.stdout.split()[-1]) / 1024**2, before)
    told(what="seconds and GiB", pandas=found["pandas"][:2], ours=found["ours"][:2])
    told(what="times as fast as pandas", ratio=found["pandas"][0] / found["ours"][0], goal=10)
    told(what="memory of pandas'", ratio=found["ours"][1] / found["pandas"][1], goal=0.25)


def picture(events: Path, areas: Path, world: World, folder: Path, base: float, period: str) -> None:
    """The whole command but protection, which is measured on some kommuner in `protect`."""
    pq.write_table(world.population(), folder / "population.parquet")
    request = Request(events, areas, folder / "population.parquet", period=period, threshold=1)
    clock, began = Clock(), time.perf_counter()
    (folder / "scratch").mkdir()
    (folder / "out").mkdir()
    found = compute(request, folder / "scratch", clock)
    write(found, request, folder / "out", clock, folder / "out")
    whole = time.perf_counter() - began
    told(what=f"whole picture by {period}, nothing hidden", ratio=whole / base, goal=2, seconds=clock.seconds)
    told(what="cells", counted=len(found.cells), rates=found.rates.num_rows)
    told(what="GiB at most", peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2)


def protection(facts: Path, world: World, months: int, base: float, kommuner: int) -> None:
    """Protection of some kommuner drawn at random, and what all would cost."""
    parents = sorted(set(world.areas.parents))
    drawn = set(np.random.default_rng(0).choice(parents, kommuner, replace=False).tolist())
    chosen = [at for at, parent in enumerate(world.areas.parents) if parent in drawn]
    own = {at: number for number, at in enumerate(chosen)}
    with open_store() as store:
        found = store.collect(counted(store.table(facts), months=months))
    area, kind, period, counts = (found[name].to_numpy().astype(np.int64) for name in found.column_names)
    inside = np.isin(area, chosen)
    areas = world.areas
    part = type(areas).build(
        [areas.codes[at] for at in chosen],
        areas.geometries[chosen],
        crs=areas.crs,
        parents=[areas.parents[at] for at in chosen],
    )
    division = Division(part, world.kinds, months, int(period.min()), int(period.max()))
    local = np.array([own[at] for at in area[inside].tolist()], dtype=np.int64)
    cells = Cells(local, kind[inside], period[inside] - division.first, counts[inside], np.zeros(len(local), bool))
    began = time.perf_counter()
    publication = publish(cells, division, threshold=5)
    spent = time.perf_counter() - began
    share = len(chosen) / len(areas)
    told(
        what=f"protection, {months} months a period",
        kommuner=kommuner,
        cells=division.cells,
        seconds=spent,
        ratio_for_all=spent / share / base,
        hidden=float(publication.cells.is_hidden.mean()),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("areas", type=Path)
    parser.add_argument("what", nargs="+", choices=["count", "memory", "picture", "protect"])
    parser.add_argument("--rows", type=int, default=15_000_000)
    parser.add_argument("--period", choices=["month", "tertial", "year"], default="month")
    parser.add_argument("--kommuner", type=int, default=4)
    parser.add_argument("--keep", type=Path, help="folder for the made-up events, to be used again")
    asked = parser.parse_args()
    world = World.build(read_areas(asked.areas), kinds=120, first_year=2015, years=10)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        source = asked.keep or folder
        source.mkdir(exist_ok=True)
        events, facts = source / "events.parquet", source / "sorted.parquet"
        if not facts.is_file():
            made(source, world, asked.rows)
            with open_store(folder=folder) as store:
                began = time.perf_counter()
                read = read_events(events, world.areas, store=store, folder=folder)
                told(what="import", rows=read.rows_used, seconds=time.perf_counter() - began)
            sorted_facts(source, read.files)
        with open_store() as store:
            sql = BASELINE["regso"].format(file=events, month=MONTH)
            base = seconds(lambda: store.connection.con.sql(sql).to_arrow_table(), 3)
        told(what="baseline", rows=pq.read_metadata(events).num_rows, seconds=base)
        if "count" in asked.what:
            count(events, facts, world, folder)
        if "memory" in asked.what:
            memory(events, facts)
        if "picture" in asked.what:
            picture(events, asked.areas, world, folder, base, asked.period)
        if "protect" in asked.what:
            protection(facts, world, {"month": 1, "tertial": 4, "year": 12}[asked.period], base, asked.kommuner)


if __name__ == "__main__":
    main()
