"""Reading a file of events."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lofte_engine.sources.incidents import read_incidents
from lofte_engine.tables import DataSet
from odd_files import TODAY


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., DataSet]:
    def read(content: bytes | str, **options: Any) -> DataSet:
        path = tmp_path / "fil"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_incidents(path, today=TODAY, **options)

    return read
