"""The shared cache counts right between processes, and keeps its counters."""

import multiprocessing
from pathlib import Path

import pytest

from lofte.core import cache as shared
from lofte.core.cache import SharedFileCache


def opened(folder: str) -> SharedFileCache:
    return SharedFileCache(folder, {"OPTIONS": {"MAX_ENTRIES": 100_000}})


def count_up(folder: str, times: int) -> None:
    for _ in range(times):
        opened(folder).incr("posts")


def added(folder: str) -> bool:
    return opened(folder).add("once", 1, 60)


@pytest.mark.slow
def test_no_count_is_lost_between_processes(tmp_path: Path) -> None:
    opened(str(tmp_path)).add("posts", 0, 3600)
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=count_up, args=(str(tmp_path), 100)) for _ in range(4)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert opened(str(tmp_path)).get("posts") == 400


@pytest.mark.slow
def test_of_many_at_once_one_adds(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(4) as pool:
        results = pool.map(added, [str(tmp_path)] * 40)

    assert results.count(True) == 1


def test_a_counter_expires_when_it_was_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = opened(str(tmp_path))
    kept.add("posts", 0, 3600)
    before = shared.time.time()
    monkeypatch.setattr("time.time", lambda: before + 3000)
    kept.incr("posts")

    monkeypatch.setattr("time.time", lambda: before + 3590)
    assert kept.get("posts") == 1
    monkeypatch.setattr("time.time", lambda: before + 3601)
    assert kept.get("posts") is None


def test_what_is_not_there_cannot_be_counted(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not found"):
        opened(str(tmp_path)).incr("posts")


@pytest.mark.slow
def test_a_thousand_others_do_not_push_a_counter_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "TIDY_ONE_IN", 50)
    kept = opened(str(tmp_path))
    kept.add("posts", 7, 3600)
    for number in range(1000):
        kept.set(f"other-{number}", number, 0.001)

    assert kept.get("posts") == 7
    assert len(kept._list_cache_files()) < 500
