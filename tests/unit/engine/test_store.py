"""The same expressions on DuckDB and on Sail give the same tables, to the row and the type."""

import os

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lofte_engine.cli import main
from lofte_engine.store import StoreError, counted, doubled, open_store, rolled_up
from made_up import cells, made_up

# All hundred that the goal names: LOFTE_GENERATIVE_EXAMPLES=100.
SETS = min(int(os.environ.get("LOFTE_GENERATIVE_EXAMPLES", "8")), 100)


@pytest.fixture(scope="module")
def duckdb():
    with open_store() as store:
        yield store


@pytest.fixture(scope="module")
def sail():
    with open_store("spark") as store:
        yield store


def small_tables(folder, seed):
    """Facts, their division and case numbers: skewed, with empty areas."""
    chance = np.random.default_rng(seed)
    rows, areas, kinds = chance.integers((1, 1, 1), (3_000, 40, 12))
    facts = {
        "area": np.minimum(chance.geometric(0.2, rows), areas) - 1,
        "category": chance.integers(0, kinds, rows),
        "month": chance.integers(24_276, 24_276 + chance.integers(1, 72), rows),
    }
    tables = {
        "facts": pa.table({name: pa.array(one, pa.int32()) for name, one in facts.items()}),
        "division": pa.table({"area": np.arange(areas, dtype="i4"), "parent": np.arange(areas, dtype="i4") // 4}),
        "numbers": pa.table({"row": np.arange(rows), "number": [f"Ä {one}" for one in chance.integers(0, rows, rows)]}),
    }  # fmt: skip
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    return {name: folder / f"{name}.parquet" for name in tables}


def answers(store, paths):
    tables = {name: store.table(path) for name, path in paths.items()}
    own = counted(tables["facts"], months=4)
    asked = [
        counted(tables["facts"]),
        own,
        counted(tables["facts"], months=12, division=tables["division"]),
        rolled_up(own, "period"),
        rolled_up(own, "category", "area"),
        doubled(tables["numbers"]),
    ]
    return [store.collect(one) for one in asked]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SETS))
def test_duckdb_and_sail_agree(duckdb, sail, tmp_path, seed):
    paths = small_tables(tmp_path, seed)

    for ours, theirs in zip(answers(duckdb, paths), answers(sail, paths), strict=True):
        assert ours.schema == theirs.schema
        assert ours.equals(theirs)


@pytest.mark.slow
def test_a_whole_picture_is_the_same_on_both(tmp_path, capsys):
    made = {}
    files = made_up(tmp_path, parents=2, rows=3_000)
    for backend in ("duckdb", "spark"):
        assert main(files.asked("--backend", backend, "--today", "2024-12-31")) == 0
        out = tmp_path / "out"
        made[backend] = {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".parquet", ".html")}
        assert sum(count for *_, count in cells(out / "counts.parquet")) == 3_000

    assert made["duckdb"] == made["spark"]


def test_a_period_must_divide_a_year():
    with pytest.raises(ValueError, match="5 months"):
        counted(ibis.memtable({"area": [0], "category": [0], "month": [0]}), months=5)


def test_spark_that_does_not_answer_is_one_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SPARK_REMOTE", "sc://127.0.0.1:1/;grpc_max_retries=0")
    monkeypatch.setattr("lofte_engine.store._spark", lambda remote: (_ for _ in ()).throw(StoreError("no_answer")))
    files = made_up(tmp_path, rows=20)

    assert main(files.asked("--backend", "spark")) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "Spark svarar inte på adressen i SPARK_REMOTE."
    assert not (tmp_path / "out").exists()
