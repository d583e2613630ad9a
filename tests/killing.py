"""Programs that are killed at a named point of the code, for tests of what is left behind."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent


def environment(var: Path, crash_at: str = "") -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOFTE_", "DJANGO_"))}
    path = os.pathsep.join(filter(None, [str(TESTS), os.environ.get("PYTHONPATH", "")]))
    return kept | {"LOFTE_VAR": str(var), "LOFTE_CRASH_AT": crash_at, "PYTHONPATH": path}


def ended(var: Path, code: str, crash_at: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment(var, crash_at), capture_output=True, text=True, check=False)


def is_whole(var: Path) -> None:
    """Every chain, text and report agrees with its checksum."""
    command = [sys.executable, "-m", "lofte", "verify"]
    found = subprocess.run(command, env=environment(var), capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
