"""A demo that runs by itself, for tests in a browser."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Demo:
    address: str
    password: str
    var: Path


@contextmanager
def served(examples: Path) -> Iterator[Demo]:
    """A running demo with its own var folder; it is ended by its process."""
    var = Path(tempfile.mkdtemp(prefix="lofte-site-"))
    environment = os.environ | {"LOFTE_VAR": str(var)}
    lofte = [sys.executable, "-m", "lofte"]
    subprocess.run([*lofte, "demo", "--examples", str(examples)], env=environment, check=True)
    server = subprocess.Popen(
        [*lofte, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield Demo(_address(server), json.loads((var / "demo.json").read_text())["password"], var)
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
        shutil.rmtree(var, ignore_errors=True)


def _address(server: "subprocess.Popen[str]") -> str:
    assert server.stdout is not None
    for line in server.stdout:
        found = re.search(r"http://[^/\s]+", line)
        if found:
            return found.group()
    raise RuntimeError("the server ended before it said where it is")
