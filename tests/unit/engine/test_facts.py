"""Facts by month: a new month costs only itself, and one kommun is read alone."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lofte_engine.facts import Facts
from lofte_engine.store import counted, open_store

MONTHS = 24_276 + np.arange(6)


@pytest.fixture(scope="module")
def store():
    with open_store() as store:
        yield store


@pytest.fixture
def written(tmp_path):
    chance = np.random.default_rng(2)
    drawn = [chance.integers(0, 20, 3_000), chance.integers(0, 4, 3_000), chance.choice(MONTHS, 3_000)]
    table = pa.table([pa.array(one, pa.int32()) for one in drawn], names=["area", "category", "month"])
    pq.write_table(table, tmp_path / "events.parquet")
    facts = Facts(tmp_path / "facts")
    facts.put_all(tmp_path / "events.parquet")
    return facts, tmp_path / "events.parquet"


def sorted_cells(store, cells):
    return store.collect(cells.order_by("area", "category", "period"))


def test_counts_by_month_are_those_of_all_facts(store, written):
    facts, events = written

    assert facts.months == tuple(MONTHS.tolist())
    assert sorted_cells(store, facts.cells(store)).equals(store.collect(counted(store.table(events))))


def test_areas_of_one_kommun(store, written):
    facts, events = written
    whole = store.table(events)

    found = sorted_cells(store, facts.cells(store, areas=(4, 7)))

    assert found.equals(store.collect(counted(whole.filter(whole.area.between(4, 7)))))


def test_a_month_that_comes_again_takes_the_place_of_itself_and_counts_nothing_else(store, written):
    facts, _ = written
    facts.cells(store)
    before = {path.name: path.stat().st_mtime_ns for path in facts.folder.glob("counts-*")}

    facts.put(int(MONTHS[2]), [3, 3], [1, 1])
    month = store.collect(facts.cells(store, months=[int(MONTHS[2])]))
    facts.cells(store)

    assert month.to_pylist() == [{"area": 3, "category": 1, "period": int(MONTHS[2]), "count": 2}]
    after = {path.name: path.stat().st_mtime_ns for path in facts.folder.glob("counts-*")}
    assert {name for name in after if after[name] != before[name]} == {f"counts-{MONTHS[2]}.parquet"}
