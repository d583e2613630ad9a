"""What somebody who has only the files that may be published can find out."""

import datetime as dt
import hashlib
import itertools
import re

import pyarrow.parquet as pq
import pytest

from lofte_engine.cli import main
from lofte_engine.disclosure import Published, attack
from made_up import cells, made_up, write_lines

COUNTS = "rader är med"


def published(folder, events, *more):
    """The report of events given as (area, day, how many)."""
    files = made_up(folder, kinds=1)
    lines = [f"{day},stöld,{area}" for area, day, many in events for _ in range(many)]
    path = write_lines(folder / "own.csv", "occurred_at,category,area_code", *lines)
    assert main(files.asked("--today", "2024-12-31", *more, events=path)) == 0
    return (folder / "out" / "report.html").read_text()


def test_the_number_of_rows_is_not_told_when_it_would_tell_a_hidden_year(tmp_path):
    """Forty in 2023 are shown; three in 2022 are hidden, but 43 rows would tell them."""
    told = published(
        tmp_path, [("R0C0", dt.date(2023, 3, 4), 40), ("R0C0", dt.date(2022, 5, 6), 3)], "--period", "year"
    )

    assert ("R0C0", "stöld", "2022", None) in cells(tmp_path / "out" / "published.parquet")
    assert "Hur många rader som är med sägs inte" in told
    assert not re.search(r"\b43\b", re.sub(r"<svg.*?</svg>|[0-9a-f]{64}", "", told, flags=re.S))


@pytest.mark.parametrize("period", ["month", "tertial", "year"])
def test_the_number_of_rows_is_told_when_the_sums_tell_it_anyway(tmp_path, period):
    days = [dt.date(2023, month, 9) for month in range(1, 13)] + [dt.date(2024, month, 9) for month in (1, 2)]

    told = published(tmp_path, [("R0C0", day, 10) for day in days], "--period", period)

    assert f"Filen hade 140 rader. 140 {COUNTS} här" in told


def test_no_day_of_an_event_is_told(tmp_path):
    told = published(tmp_path, [("R0C0", dt.date(2023, 3, 4), 1), ("R0C0", dt.date(2023, 9, 21), 1)])

    assert "<h1>Bild av 6 områden, mars 2023–september 2023</h1>" in told


def test_no_sum_of_the_events_is_told_that_one_could_try_guesses_against(tmp_path):
    told = published(tmp_path, [("R0C0", dt.date(2023, 3, 4), 2)])

    assert hashlib.sha256((tmp_path / "own.csv").read_bytes()).hexdigest() not in told
    assert hashlib.sha256((tmp_path / "areas.geojson").read_bytes()).hexdigest() in told


def read_as_an_outsider(folder, periods, within):
    """What `rates.parquet` shows, with 0 for what isn't in it, and what adds up to what."""
    rows = pq.read_table(folder / "rates.parquet", columns=["area_code", "category", "period", "count"]).to_pylist()
    shown = {(row["area_code"], row["category"], row["period"]): row["count"] for row in rows}
    areas, kinds = (dict.fromkeys(itertools.chain(*within[name])) for name in ("area", "category"))
    keys = list(itertools.product(areas, kinds, periods))
    assert set(shown) <= set(keys)
    return Published.from_rows(["area", "category", "period"], [(key, shown.get(key, 0)) for key in keys], within)


@pytest.mark.slow
@pytest.mark.parametrize("period", ["month", "tertial", "year"])
@pytest.mark.parametrize("rows", [60, 300, 1_200])
def test_the_attack_finds_nothing_in_the_files_that_may_be_published(tmp_path, rows, period):
    files = made_up(tmp_path, rows=rows, parents=2, years=2)
    main(files.asked("--today", "2024-12-31", "--period", period))
    areas = files.world.areas
    parts = {"month": [f"{at:02}" for at in range(1, 13)], "tertial": ["T1", "T2", "T3"], "year": []}[period]
    leaves = [(f"{year}-{part}", f"{year}") for year in (2021, 2022) for part in parts]
    within = {
        "area": [*zip(areas.codes, areas.parents, strict=True), *((code, "Totalt") for code in areas.codes)],
        "category": [(kind, "Totalt") for kind in files.world.kinds],
        "period": leaves,
    }
    periods = dict.fromkeys([*(leaf for leaf, _ in leaves), "2021", "2022"])

    found = attack(read_as_an_outsider(tmp_path / "out", periods, within))

    assert found.cells
    assert found.told == ()
