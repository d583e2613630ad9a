"""`lofte-engine picture`: count events by area and period, with rates, protection and charts."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from lofte_engine.errors import LofteEngineError

if TYPE_CHECKING:
    from lofte_engine.sources.mapping import ColumnMapping

MOST_NOTES = 20


def main(argv: Sequence[str]) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str
        Arguments after the command's name.

    Returns
    -------
    int
        0 when done; 2 on bad input (one Swedish sentence on standard error, nothing written).
    """
    asked = _parser().parse_args(argv)
    progress = Progress(sys.stderr)
    try:
        from lofte_engine.picture.making import Request, make_picture
        from lofte_engine.picture.record import notes

        request = Request(
            asked.events,
            asked.areas,
            asked.population,
            period=asked.period,
            threshold=asked.threshold,
            backend=asked.backend,
            today=asked.today or dt.datetime.now(ZoneInfo("Europe/Stockholm")).date(),
        ).checked()
        request = replace(request, mapping=_mapping(asked))
        picture = make_picture(request, asked.out, told=progress)
    except LofteEngineError as problem:
        progress.end()
        print(sentence(problem), file=sys.stderr)
        return 2
    progress.end()
    for note in notes(picture)[:MOST_NOTES]:
        print(note, file=sys.stderr)
    events = picture.events
    rows = {"in": events.rows_in, "used": events.rows_used, "rejected": events.rejects.num_rows}
    if asked.json:
        print(json.dumps({"rows": rows, "out": str(asked.out)}, ensure_ascii=False))
        return 0
    print(f"rows in {rows['in']} = used {rows['used']} + rejected {rows['rejected']}")
    return 0


def sentence(problem: LofteEngineError) -> str:
    """The problem in one Swedish line."""
    from lofte_engine.picture.errors import PICTURE_SENTENCES
    from lofte_engine.store import StoreError

    return PICTURE_SENTENCES[problem.code] if isinstance(problem, StoreError) else str(problem)


def _mapping(asked: argparse.Namespace) -> ColumnMapping | None:
    """The saved mapping, or the guessed one with what was asked for."""
    from lofte_engine.picture.errors import PictureError, about
    from lofte_engine.sources.generic import headings_of
    from lofte_engine.sources.mapping import suggest
    from lofte_engine.tables import INCIDENTS

    mapping = None
    if asked.mapping is not None:
        with about(asked.mapping):
            mapping = _saved(asked.mapping)
    given = {name: getattr(asked, name) for name in ("crs", "zone") if getattr(asked, name)}
    if not (asked.column or asked.unit or given):
        return mapping
    if mapping is None:
        with about(asked.events):
            mapping = suggest(headings_of(asked.events), INCIDENTS)
    columns, units = dict(mapping.columns), dict(mapping.units)
    for pair in asked.column:
        name, found, heading = pair.partition("=")
        if not found or not heading:
            raise PictureError("column_pair", pair=pair)
        columns[name] = tuple(heading.split("+"))
    for pair in asked.unit:
        name, found, unit = pair.partition("=")
        if not found:
            raise PictureError("column_pair", pair=pair)
        units[name] = unit
    with about(asked.events):
        return replace(mapping, columns=columns, units=units, **given)


def _saved(path: Path) -> ColumnMapping:
    from lofte_engine.sources.grid import open_file
    from lofte_engine.sources.mapping import ColumnMapping
    from lofte_engine.table_errors import MappingError

    with open_file(path) as file:
        told = file.read().decode("utf-8-sig", "replace")
    mapping = ColumnMapping.from_json(told)
    if mapping.contract != "incidents":
        raise MappingError("mapping_format", what="den är inte för händelser (incidents)")
    return mapping


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lofte-engine picture",
        description="Count events by area and period, with rates, protection of small numbers, charts and a report.",
        epilog="Files and methods: docs/methods/picture-command.md",
    )
    parser.add_argument("--events", type=Path, required=True, help="CSV, Excel or Parquet, one row an event")
    parser.add_argument("--areas", type=Path, required=True, help="GeoJSON or GeoParquet with area_code, area_name")
    parser.add_argument("--population", type=Path, required=True, help="CSV or Parquet: area_code, year, population")
    parser.add_argument("--out", type=Path, required=True, help="folder to write; an earlier picture is replaced")
    parser.add_argument("--period", choices=("month", "tertial", "year"), default="tertial", help="(tertial)")
    parser.add_argument("--threshold", type=int, default=5, help="counts from 1 to one less are hidden (5)")
    parser.add_argument("--backend", choices=("duckdb", "spark"), default="duckdb", help="query engine (duckdb)")
    parser.add_argument("--mapping", type=Path, help="saved column mapping (lofte-mapping/1) for other headings")
    parser.add_argument("--column", action="append", default=[], metavar="NAME=HEADING", help="one column of a mapping")
    parser.add_argument("--unit", action="append", default=[], metavar="NAME=UNIT",
                        help="of bare numbers: occurred_at=epoch_seconds")  # fmt: skip
    parser.add_argument("--crs", help="coordinates of the events, such as EPSG:3006 (degrees)")
    parser.add_argument("--zone", help="time zone of the events (Europe/Stockholm)")
    parser.add_argument("--today", type=dt.date.fromisoformat, help="refuse later events (today's date)")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    return parser


class Progress:
    """Tells on a terminal how far the work has come; in a log, one line a step."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.step = ""
        self.began = self.told = 0.0

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """Hear how far it has come."""
        now = time.monotonic()
        if what != self.step:
            self.end()
            self.step, self.began, self.told = what, now, 0.0
            if not self.stream.isatty():
                print(f"{what} …", file=self.stream, flush=True)
        if self.stream.isatty() and now - self.told > 0.1:
            self.told = now
            bar = ""
            if total:
                filled = round(20 * min(done / total, 1))
                bar = f"{'█' * filled}{'░' * (20 - filled)} {100 * done // total} % "
            print(f"\r\033[K{what} {bar}{done or ''} ({now - self.began:.0f} s)", end="", file=self.stream, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self.step and self.stream.isatty():
            print("\r\033[K", end="", file=self.stream, flush=True)
        self.step = ""
