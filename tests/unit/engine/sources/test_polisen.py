"""The police's notices: read, shown, never counted."""

import datetime as dt
import json
from pathlib import Path

import pytest

from lofte_engine.sources.polisen import is_summary, read_notices
from lofte_engine.table_errors import NoticesAreNotStatistics, TableError

NOTICE = {
    "id": 1,
    "datetime": "2026-08-22 9:48:12 +02:00",
    "type": "Brand",
    "location": {"name": "Skåne län", "gps": "55.9,13.5"},
}
TODAY = dt.date(2026, 8, 23)


def test_notice_keeps_time_type_and_place_but_no_false_point(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_text(json.dumps([NOTICE, NOTICE | {"id": 2, "location": None}]), encoding="utf-8")

    data = read_notices(path, today=TODAY)

    row = data.table.to_pylist()[0]
    assert (row["occurred_at"].hour, row["category"], row["district"]) == (9, "Brand", "Skåne län")
    assert "lon" not in row
    assert data.checked.rows_rejected == 1
    with pytest.raises(NoticesAreNotStatistics):
        data.counted()


def test_other_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_text("[1, 2]", encoding="utf-8")

    with pytest.raises(TableError, match="notiserna saknas"):
        read_notices(path, today=TODAY)


def test_night_summary_is_told_apart() -> None:
    assert is_summary("Sammanfattning kväll och natt")
    assert not is_summary("Brand")
