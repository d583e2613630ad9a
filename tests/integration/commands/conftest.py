"""Running `lofte`: inside this process on the test database, or as a program of its own with its own var folder."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from lofte.cli import main

Program = Callable[..., subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def lofte(capsys: pytest.CaptureFixture[str], db: None) -> Callable[..., Answer]:
    def run(*words: object) -> Answer:
        with translation.override("sv"):
            code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture
def example(checkout: Path) -> Path:
    return checkout / "examples/strangnas-2019.json"


def environment(var: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOFTE_", "DJANGO_", "PORT"))}
    return kept | {"LOFTE_VAR": str(var), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """`python -m lofte` in a folder of its own, without any setting but where that folder is."""

    def run(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "lofte", *map(str, words)]
        return subprocess.run(
            command, env=environment(tmp_path) | more, capture_output=True, text=True, timeout=60, check=False
        )

    return run
