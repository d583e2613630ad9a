"""The example files as records, for the tests that read them."""

import json
from pathlib import Path
from typing import Any

Record = dict[str, Any]

CHECKOUT = Path(__file__).resolve().parents[1]
EXAMPLES = CHECKOUT / "examples"


def record(name: str) -> Record:
    return dict(json.loads(text(name)))


def text(name: str) -> str:
    return (EXAMPLES / f"{name}.json").read_text(encoding="utf-8")


def all_records() -> list[tuple[str, Record]]:
    """Oldest cycle first: a later one may take up the lessons of an earlier one."""
    found = [(path.stem, record(path.stem)) for path in EXAMPLES.glob("*.json")]
    return sorted(found, key=lambda each: (each[1]["cycle"]["starts"], each[0]))


NAMES = [name for name, _record in all_records()]
REAL = [name for name, given in all_records() if not given.get("constructed")]
MADE_UP = sorted(set(NAMES) - set(REAL))
