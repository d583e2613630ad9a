"""The walls between rooms stand in pyproject.toml; here they are checked with the other tests."""

import subprocess
import sys
from pathlib import Path


def test_walls_between_rooms_hold(checkout: Path) -> None:
    ended = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=checkout, capture_output=True, text=True
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
