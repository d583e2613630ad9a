"""A PostgreSQL server of one's own for a test run: in a temporary folder, reached by a socket in it, gone afterwards.

Usage: postgres.py COMMAND …   runs the command with LOFTE_DATABASE set.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SETTINGS = {
    "listen_addresses": "",
    # The data lives as long as the test run; nothing is worth waiting for a disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
}


def programs() -> Path | None:
    """The folder of the newest server on this machine (Debian keeps it off PATH)."""
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("postgres")
    return kept[-1] if kept else Path(on_path).parent if on_path else None


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server and give its address."""
    found = programs()
    if found is None:
        raise FileNotFoundError("no PostgreSQL server on this machine")
    # Under /tmp and not TMPDIR: a socket's path may be no longer than 107 characters, and an address is lower case.
    folder = Path(tempfile.mkdtemp(prefix="lofte-pg-", dir="/tmp"))
    try:
        with server(found, folder):
            yield f"postgresql://lofte@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server(found: Path, folder: Path) -> Iterator[None]:
    other: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        other = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        shutil.chown(folder, "nobody", "nogroup")
    data = folder / "data"
    initdb = [
        str(found / "initdb"),
        "-D",
        str(data),
        "-U",
        "lofte",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd="/", **other)
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [str(found / "postgres"), "-D", str(data), "-k", str(folder), *options]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **other)
    try:
        wait_until_ready(found, folder, running)
        yield
    finally:
        running.terminate()
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def wait_until_ready(found: Path, folder: Path, running: subprocess.Popen[bytes]) -> None:
    asked = [str(found / "pg_isready"), "-q", "-h", str(folder), "-U", "lofte"]
    for _ in range(100):
        if running.poll() is not None:
            raise RuntimeError((folder / "log").read_text(encoding="utf-8", errors="replace"))
        if subprocess.run(asked, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise TimeoutError("PostgreSQL did not answer within ten seconds")


if __name__ == "__main__":
    with cluster() as address:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "LOFTE_DATABASE": address}, check=False).returncode)
