"""The signed text for ever: the same sums in every release, on every Python that Löfte runs on.

A sum here is changed only together with the format's name: signed papers carry the first sixteen characters of it.
"""

import inspect
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from lofte.exchange.reading import load, parse
from lofte.promises import versions
from lofte.promises.versions import canonical_text, content, digest

RECORD = {
    "promise": {
        "title": "Löfte i A\u030akersberga",  # a letter in two parts
        "parties": ["polisen", "kommunen"],
        "pledges": [{"id": "a", "is_summary": True, "text": 'Säg "hej"\n\tsnart \\ <b>'}],
        "amounts": [1, 0, -3, 2.5, 0.1, 1234567.25, 10**12],
    },
    "areas": [],
    "åäö": "😀 \u2028 \u00ad",
}
RECORD_SUM = "bf35c1a5210b6bbcc89ed0c5264048a3cf1f7dda0b8f0b28650c75c82d72a28a"
EXAMPLES = {
    "strangnas-2018": "30c96467e7d18745e82e843406c76b60e6786b3d829b24eb744cc630a614e201",
    "jonkoping-2021-2022": "0ea8d52f98f6e7fa91c324523a843591c2898ce564ffb52f23c720b5ba7f6842",
    "boras-centrum-2022-2023": "0f145177867be6ffb85ef0d8133775a39510e56191e63cace058e72781970a79",
}


def test_a_record_with_every_kind_of_value_has_its_sum() -> None:
    assert digest(canonical_text(RECORD)) == RECORD_SUM


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_promise_has_the_sum_it_always_had(name: str, checkout: Path) -> None:
    promise = load(parse((checkout / "examples" / f"{name}.json").read_bytes())).promise

    assert digest(canonical_text(content(promise))) == EXAMPLES[name]


def other_pythons() -> list[str]:
    """Those of this machine that Löfte runs on: one for each version."""
    found = {}
    for version in ("3.12", "3.13", "3.14", "3.15"):
        managed = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
        path = str(managed[-1]) if managed else shutil.which(f"python{version}")
        if path:
            found[version] = path
    return list(found.values())


@pytest.mark.slow
@pytest.mark.parametrize("python", other_pythons(), ids=lambda path: Path(path).name)
def test_every_python_gives_the_same_sum(python: str) -> None:
    """The functions themselves, as they stand, in an interpreter that has nothing installed."""
    parts = (versions._normal, versions.canonical_text, versions.digest)
    program = "\n".join(
        [
            "from __future__ import annotations",
            "import hashlib, json, sys, unicodedata",
            *(inspect.getsource(part) for part in parts),
            "print(digest(canonical_text(json.load(sys.stdin))))",
        ]
    )

    ended = subprocess.run(
        [python, "-I", "-X", "utf8", "-c", program],
        input=json.dumps(RECORD), capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip

    assert ended.stdout.strip() == RECORD_SUM
