"""`lofte-engine attack`: how narrowly hidden cells of a published table can be pinned."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from lofte_engine.disclosure.attack import Attack, attack
from lofte_engine.disclosure.errors import DisclosureError
from lofte_engine.disclosure.files import dimensions_of, read_hierarchy, read_published
from lofte_engine.disclosure.sentences import sentence


def main(argv: Sequence[str]) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str
        Arguments after the command's name.

    Returns
    -------
    int
        0 when done, whatever the attack found; 2 on bad input (one Swedish sentence on standard error).
    """
    asked = _parser().parse_args(argv)
    reading = asked.published
    try:
        within = {}
        if asked.hierarchy:
            names = dimensions_of(asked.published)
            reading = asked.hierarchy
            within = read_hierarchy(asked.hierarchy, names)
        tables = []
        for reading in (asked.published, *asked.against):
            tables.append(read_published(reading, within))
        reading = asked.published
        found = attack(tables[0], earlier=tables[1:], threshold=asked.threshold)
    except DisclosureError as problem:
        print(sentence(problem, reading), file=sys.stderr)
        return 2
    dimensions = tables[0].dimensions
    if not any(len(dimension.codes) > dimension.leaf_count for dimension in dimensions):
        print("Filen säger inte vad som är summor av vad. Ange --hierarchy, annars prövas inget.", file=sys.stderr)
    names = [dimension.name for dimension in dimensions]
    cells = _cells(found, names)
    if asked.json:
        print(json.dumps(_answer(found, cells), ensure_ascii=False))
    else:
        for cell in cells:
            print(_line(cell, names))
    print(f"{len(found.told)} av {len(cells)} dolda tal kan ringas in snävare än {asked.threshold}.", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lofte-engine attack",
        description="Work out hidden counts from what is shown, by linear programming.",
        epilog="Layout of the files: docs/methods/disclosure.md",
    )
    parser.add_argument("published", type=Path, help="published table, count empty where hidden")
    parser.add_argument("--against", type=Path, nargs="+", default=[], metavar="EARLIER", help="earlier releases")
    parser.add_argument("--hierarchy", type=Path, help="CSV: dimension, code, parent, for files that don't say")
    parser.add_argument("--threshold", type=int, default=5, help="a narrower interval tells too much (5)")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    return parser


def _cells(found: Attack, names: Sequence[str]) -> list[dict[str, object]]:
    told = frozenset(found.told)
    return [
        {
            **dict(zip(names, cell.key, strict=True)),
            "low": int(cell.low),
            "high": None if math.isinf(cell.high) else int(cell.high),
            "kind": cell.kind,
            "told": cell in told,
        }
        for cell in found.cells
    ]


def _answer(found: Attack, cells: list[dict[str, object]]) -> dict[str, object]:
    narrowest = found.narrowest
    return {
        "threshold": found.threshold,
        "method": found.method,
        "hidden": len(cells),
        "told": len(found.told),
        "narrowest": None if narrowest is None or math.isinf(narrowest) else int(narrowest),
        "warnings": found.warnings,
        "cells": cells,
    }


def _line(cell: dict[str, object], names: Sequence[str]) -> str:
    codes = " · ".join(str(cell[name]) for name in names)
    high = "" if cell["high"] is None else cell["high"]
    return f"{codes}: {cell['low']}–{high}{' ← röjd' if cell['told'] else ''}"
