"""`lofte-engine protect`: hide what must not be published in a table."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from lofte_engine.disclosure.errors import DisclosureError
from lofte_engine.disclosure.files import read_hierarchy, read_published, read_table, write_published
from lofte_engine.disclosure.sentences import sentence
from lofte_engine.disclosure.suppression import Protected, protect


def main(argv: Sequence[str]) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str
        Arguments after the command's name.

    Returns
    -------
    int
        0 when done, 2 on bad input (one Swedish sentence on standard error, nothing on standard output).
    """
    asked = _parser().parse_args(argv)
    try:
        safe = _protected(asked)
    except _Unreadable as problem:
        print(problem, file=sys.stderr)
        return 2
    if asked.output and not _written(safe, asked.output):
        print(f"Det går inte att skriva till {asked.output}.", file=sys.stderr)
        return 2
    if asked.json:
        print(json.dumps(_answer(safe, with_rows=not asked.output), ensure_ascii=False))
    elif not asked.output:
        shown = StringIO()
        write_published(safe.published, shown)
        sys.stdout.write(shown.getvalue())
    print(f"{safe.small + safe.extra} av {len(safe.published.rows())} rutor är dolda.", file=sys.stderr)
    if safe.already_known:
        print(
            f"{len(safe.already_known)} dolda tal går redan att räkna ut ur tidigare utgåvor, vad som än döljs nu.",
            file=sys.stderr,
        )
    return 0


class _Unreadable(Exception):
    """A file that can't be used, with the sentence that says why."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lofte-engine protect",
        description="Hide small counts, and as few others as it takes so that nobody can work them out.",
        epilog="Layout of the files: docs/methods/disclosure.md",
    )
    parser.add_argument("table", type=Path, help="CSV with one column per dimension, and count")
    parser.add_argument("--dimensions", required=True, help="columns that divide the table: area,period,category")
    parser.add_argument("--hierarchy", type=Path, help="CSV: dimension, code, parent")
    parser.add_argument("--threshold", type=int, default=5, help="counts from 1 to one less are hidden (5)")
    parser.add_argument("--zeros", choices=("show", "hide"), default="show", help="what to do with zeros (show)")
    parser.add_argument("--earlier", type=Path, nargs="+", default=[], metavar="RELEASE", help="published tables")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument("-o", "--output", type=Path, help="write the published table here")
    return parser


def _protected(asked: argparse.Namespace) -> Protected:
    reading = asked.table
    try:
        names = [name.strip() for name in asked.dimensions.split(",") if name.strip()]
        if not names:
            raise DisclosureError("no_dimensions")
        within = {}
        if asked.hierarchy:
            reading = asked.hierarchy
            within = read_hierarchy(asked.hierarchy, names)
        earlier = []
        for reading in asked.earlier:
            earlier.append(read_published(reading))
        reading = asked.table
        table = read_table(asked.table, names, within)
        return protect(table, threshold=asked.threshold, zeros=asked.zeros, earlier=earlier)
    except DisclosureError as problem:
        raise _Unreadable(sentence(problem, reading)) from None


def _written(safe: Protected, output: Path) -> bool:
    try:
        with output.open("w", encoding="utf-8", newline="") as target:
            write_published(safe.published, target)
    except OSError:
        return False
    return True


def _answer(safe: Protected, *, with_rows: bool) -> dict[str, object]:
    rows = safe.published.rows()
    answer: dict[str, object] = {
        "threshold": safe.threshold,
        "method": safe.method,
        "cells": len(rows),
        "hidden": safe.small + safe.extra,
        "already_known": safe.already_known,
        "revised": safe.revised,
    }
    if with_rows:
        names = [dimension.name for dimension in safe.published.dimensions]
        answer["rows"] = [{**dict(zip(names, key, strict=True)), "count": count} for key, count in rows]
    return answer
