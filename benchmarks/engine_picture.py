"""Counting and the whole picture on a country's events, as ratios of plain DuckDB SQL on Parquet with string columns.

    PYTHONPATH=src python benchmarks/engine_picture.py AREAS.parquet --rows 15000000 count memory picture

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
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lofte_engine.facts import Facts
from lofte_engine.picture.events import read_events
from lofte_engine.picture.making import Picture, Request, compute, write
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
# All that a picture by month adds up: by area, kommun and everywhere, by kind and all kinds, by month and year.
SUMS = [
    f"SELECT {area}, {kind}, {month}, count(*) FROM '{{file}}' GROUP BY ALL"  # noqa: S608 - our own words
    for kind in ("category", "'Totalt'")
    for area in ("area_code", "left(area_code, 4)", "'Totalt'")
    for month in (MONTH, "date_trunc('year', occurred_at)")
]
# Of a thin table a picture has no sums of single kinds: the cells, and the sums of all kinds.
THIN_SUMS = [SUMS[0], *SUMS[6:]]
PANDAS = """
import pandas
def work():
    table = pandas.read_parquet(r"{}")
    table.groupby(["area_code", "category", table["occurred_at"].dt.to_period("M")], observed=True).size()
"""
OURS = """
import tempfile
from pathlib import Path
from lofte_engine.store import counted, open_store
with open_store():
    pass
def work():
    with tempfile.TemporaryDirectory() as scratch, open_store(folder=Path(scratch), memory="200MB") as store:
        store.collect(counted(store.table(Path(r"{}"))))
"""
# Memory as the kernel saw it at most since the program began; libraries are loaded before the clock starts.
MEASURED = """
import json, re, time
began, worked = time.perf_counter(), time.process_time()
work()
took = time.perf_counter() - began, time.process_time() - worked
print(json.dumps([*took, int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024**2]))
"""


def told(**figures: object) -> None:
    print(json.dumps(figures), flush=True)


class Times(NamedTuple):
    """Medians of some runs: seconds on the clock, and of processor on all cores, which other work disturbs less."""

    wall: float
    cpu: float

    def over(self, base: Times) -> dict[str, float]:
        return {"ratio": round(self.wall / base.wall, 3), "cpu_ratio": round(self.cpu / base.cpu, 3)}


RUNS = 5


def seconds(work: Callable[[], object], times: int | None = None) -> Times:
    found = []
    for _ in range(times or RUNS):
        began, worked = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - began, time.process_time() - worked))
    return Times(*(statistics.median(one) for one in zip(*found, strict=True)))


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
        told(what="baseline", **{name: own._asdict() for name, own in base.items()})
        table = store.table(facts)
        kommuner = sorted(set(world.areas.parents))
        own = [kommuner.index(parent) for parent in world.areas.parents]
        division = pa.table({"area": pa.array(range(len(codes)), pa.int16()), "parent": pa.array(own, pa.int16())})
        pq.write_table(division, folder / "division.parquet")
        by = {"regso": counted(table), "kommun": counted(table, division=store.table(folder / "division.parquet"))}
        for name, goal in (("regso", 0.75), ("kommun", 0.60)):
            told(
                what=f"count by {name}", **seconds(lambda own=by[name]: store.collect(own)).over(base[name]), goal=goal
            )
        floor = seconds(lambda: decoded(facts, len(codes), len(world.kinds)))
        told(what="count by regso, times the floor", **seconds(lambda: store.collect(by["regso"])).over(floor), goal=3)
        months = Facts(folder / "months")

        def gather() -> None:
            months.put_all(facts)
            months.cells(store)

        first = seconds(gather, 1)
        told(what="facts by month, written and counted once", **first.over(base["regso"]))
        one = [at for at, parent in enumerate(world.areas.parents) if parent == "0486"]
        wanted = counted(table.filter(table.area.between(one[0], one[-1])))
        told(what="one kommun, all its areas", **seconds(lambda: store.collect(wanted)).over(base["regso"]), goal=0.03)
        last = pq.read_table(months.folder / f"facts-{months.months[-1]}.parquet")
        area, category = last["area"].to_numpy(), last["category"].to_numpy()

        def one_more() -> None:
            months.put(months.months[-1], area, category)
            months.cells(store, months=[months.months[-1]])

        told(what="one more month", **seconds(one_more).over(base["regso"]), goal=0.03)


def decoded(facts: Path, areas: int, kinds: int) -> int:
    """The floor: read the integers and count them in one pass."""
    table = pq.read_table(facts)
    area, category, month = (table[name].to_numpy().astype(np.int64) for name in ("area", "category", "month"))
    return int(np.bincount((area * kinds + category) * MONTHS + month - month.min()).max())


def memory(events: Path, facts: Path) -> None:
    """Seconds and memory of whole processes: read and count by RegSO and month."""
    found = {}
    for name, program, path in (("pandas", PANDAS, events), ("ours", OURS, facts)):
        text = program.format(path) + MEASURED
        ended = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)  # noqa: S603
        found[name] = json.loads(ended.stdout.splitlines()[-1])
    told(what="seconds, processor seconds and GiB", **found)
    wall, cpu, size = (theirs / ours for theirs, ours in zip(found["pandas"], found["ours"], strict=True))
    told(what="times as fast as pandas", ratio=wall, cpu_ratio=cpu, goal=10)
    told(what="memory of pandas'", ratio=1 / size, goal=0.25)


def picture(events: Path, areas: Path, world: World, folder: Path, period: str, threshold: int) -> None:
    """The whole command, beside plain SQL that makes the same sums and nothing else."""
    pq.write_table(world.population(), folder / "population.parquet")
    request = Request(events, areas, folder / "population.parquet", period=period, threshold=threshold)
    clock = Clock()
    (folder / "scratch").mkdir()
    (folder / "out").mkdir()
    made: list[Picture] = []

    def whole() -> None:
        made.append(compute(request, folder / "scratch", clock))
        write(made[0], request, folder / "out", clock, folder / "out")

    times = seconds(whole, 1)
    told(what=f"whole picture by {period}, threshold {threshold}", **times._asdict(), seconds=clock.seconds)
    told(what="GiB at most", peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2)
    found = made[0].publication
    told(what="cells", counted=len(made[0].cells), rates=made[0].rates.num_rows, is_thin=found.is_thin)
    told(what="shown", cells=1 - found.leaves.is_hidden.mean(), **sums_shown(made[0]))
    for name, asked in (("the sums that it tells", THIN_SUMS), ("all sums by kind too", SUMS)):
        told(what=f"… of plain SQL for {name}", **times.over(plain(events, asked)), goal=2)


def plain(events: Path, asked: list[str]) -> Times:
    with open_store() as store:
        own = store.connection.con
        return seconds(lambda: [own.sql(one.format(file=events)).to_arrow_table() for one in asked], 1)


def sums_shown(made: Picture) -> dict[str, float]:
    """Share shown of the sums of all kinds, by what they hold."""
    sums, division = made.publication.sums, made.division
    leaves, kommuner = len(division.areas), len(division.parents)
    places = np.digitize(sums.area, [leaves, leaves + kommuner])
    is_year = sums.period > division.last - division.first
    of_all = sums.category == len(division.categories)
    found = {}
    for at, area in enumerate(("area", "kommun", "everywhere")):
        for year, period in enumerate(("period", "year")):
            own = of_all & (places == at) & (is_year == bool(year))
            found[f"{area} and {period}"] = round(1 - float(sums.is_hidden[own].mean()), 3) if own.any() else 0.0
    return found


def main() -> None:
    global RUNS
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("areas", type=Path)
    parser.add_argument("what", nargs="+", choices=["count", "memory", "picture"])
    parser.add_argument("--rows", type=int, default=15_000_000)
    parser.add_argument("--period", choices=["month", "tertial", "year"], default="month")
    parser.add_argument("--threshold", type=int, default=5)
    parser.add_argument("--runs", type=int, default=RUNS, help="the median of so many is told (5)")
    parser.add_argument("--keep", type=Path, help="folder for the made-up events, to be used again")
    asked = parser.parse_args()
    RUNS = asked.runs
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
            base = seconds(lambda: store.connection.con.sql(sql).to_arrow_table())
        told(what="baseline", rows=pq.read_metadata(events).num_rows, **base._asdict())
        if "count" in asked.what:
            count(events, facts, world, folder)
        if "memory" in asked.what:
            memory(events, facts)
        if "picture" in asked.what:
            picture(events, asked.areas, world, folder, asked.period, asked.threshold)


if __name__ == "__main__":
    main()
