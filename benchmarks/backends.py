"""The same questions to DuckDB, Sail and Apache Spark: are the answers equal, and how long do they take?

    PYTHONPATH=src python benchmarks/backends.py --rows 5000000

Without Apache Spark only DuckDB and Sail are asked; how to start Spark stands in benchmarks/backends.md. The events are
random, with a fixed seed: 3 363 areas × 120 kinds × 120 months, a few areas with most of them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lofte_engine.store import Store, counted, doubled, open_store, rolled_up

AREAS, KINDS, MONTHS, FIRST_MONTH = 3_363, 120, 120, 24_180


def made(folder: Path, rows: int, seed: int) -> dict[str, Path]:
    """Facts, which kommun each area belongs to, and case numbers of which some stand twice."""
    draw = np.random.default_rng(seed)
    facts = {
        "area": (AREAS * draw.power(0.4, rows)).astype("i4"),
        "category": (KINDS * draw.power(0.5, rows)).astype("i4"),
        "month": FIRST_MONTH + draw.integers(0, MONTHS, rows, dtype="i4"),
    }
    tables = {
        "facts": facts,
        "division": {"area": np.arange(AREAS, dtype="i4"), "parent": np.arange(AREAS, dtype="i4") // 12},
        "numbers": {
            "row": np.arange(rows),
            "number": np.char.mod("5000-K%d-Å", draw.integers(0, 20 * rows, rows)),
        },
    }
    paths = {name: folder / f"{name}.parquet" for name in tables}
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), paths[name])
    return paths


def questions(store: Store, paths: dict[str, Path]) -> Iterator[tuple[str, Any]]:
    """Everything that the store can be asked."""
    tables = {name: store.table(path) for name, path in paths.items()}
    facts, division = tables["facts"], tables["division"]
    yield "area × kind × month", counted(facts)
    yield "area × kind × tertial", counted(facts, months=4)
    yield "kommun × kind × year", counted(facts, months=12, division=division)
    yield "kind × tertial", rolled_up(counted(facts, months=4), "category", "period")
    yield "case numbers that stand twice", doubled(tables["numbers"])


def answers(store: Store, paths: dict[str, Path]) -> Iterator[tuple[str, pa.Table, float]]:
    for name, asked in questions(store, paths):
        start = time.perf_counter()
        answer = store.collect(asked)
        yield name, answer, time.perf_counter() - start


def main() -> int:
    """Ask every engine that there is and compare with the first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    remote = os.environ.pop("SPARK_REMOTE", None)
    first: dict[str, pa.Table] = {}
    are_equal = True
    with tempfile.TemporaryDirectory(prefix="lofte-backends-") as scratch:
        folder = Path(scratch)
        # A server of its own may run as somebody else.
        folder.chmod(0o755)
        paths = made(folder, asked.rows, asked.seed)
        for engine in ("duckdb", "sail", *(["spark"] if remote else [])):
            if engine == "spark":
                os.environ["SPARK_REMOTE"] = str(remote)
            with open_store("duckdb" if engine == "duckdb" else "spark", folder=folder) as store:
                for name, answer, seconds in answers(store, paths):
                    is_equal = answer.schema == first.setdefault(name, answer).schema and answer.equals(first[name])
                    are_equal &= is_equal
                    told = {"engine": store.version, "question": name, "rows": answer.num_rows}
                    print(json.dumps({**told, "seconds": round(seconds, 2), "equal": is_equal}, ensure_ascii=False))
                    sys.stdout.flush()
    return 0 if are_equal else 1


if __name__ == "__main__":
    sys.exit(main())
