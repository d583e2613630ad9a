"""Make a picture again and tell what differs."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lofte_engine.picture import record
from lofte_engine.picture.errors import PictureError
from lofte_engine.picture.making import Request, make_picture
from lofte_engine.picture.steps import Told, silent
from lofte_engine.sources.faults import STRUCTURE_FAULTS
from lofte_engine.sources.grid import file_sha256
from lofte_engine.store import Backend

MOST_TOLD = 10
# Fractions may differ in the last places between versions of the libraries and between processors.
RELATIVE = 1e-9
_KEYS = ("area_code", "category", "period")
_NAMES = {"events": "händelser", "areas": "områden", "population": "befolkning"}


@dataclass(frozen=True)
class Verdict:
    """What a recomputation found.

    Attributes
    ----------
    differences : tuple of str
        In Swedish, one for each thing that differs; empty when all is the same.
    files : int
        How many files were compared.
    notes : tuple of str
        What is no difference but may explain one, such as another version of a library.
    """

    differences: tuple[str, ...]
    files: int
    notes: tuple[str, ...] = ()


def verify_picture(
    folder: Path, *, inputs: Mapping[str, Path] | None = None, backend: Backend | None = None, told: Told = silent
) -> Verdict:
    """Make a picture again from its inputs and compare every file.

    Parameters
    ----------
    folder : Path
        As `make_picture` wrote it.
    inputs : mapping of str to Path, optional
        Where ``events``, ``areas`` and ``population`` are now, for those that have moved.
    backend : {"duckdb", "spark"}, optional
        Another query engine than the picture was made with.
    told : callable
        Hears how far the work has come.

    Returns
    -------
    Verdict

    Raises
    ------
    PictureError
        ``no_picture``; or as `make_picture` when an input can no longer be read.
    """
    kept = record.read(folder)
    paths = {name: folder / one["file"] for name, one in kept["inputs"].items()} | dict(inputs or {})
    differences = _changed_files(folder, kept) + _changed_inputs(paths, kept)
    settings = kept["settings"]
    request = Request(
        **paths,
        period=settings["period"],
        threshold=settings["threshold"],
        backend=backend or settings["backend"],
        mapping=record.mapping_of(kept),
        today=dt.date.fromisoformat(settings["today"]) if settings["today"] else None,
    )
    with tempfile.TemporaryDirectory(prefix="lofte-verify-") as scratch:
        again = Path(scratch) / "again"
        make_picture(request, again, told=told)
        made = record.read(again)
        names = sorted({*kept["outputs"], *made["outputs"]})
        for name in names:
            is_same = (folder / name).is_file() and file_sha256(folder / name) == made["outputs"].get(name)
            if not is_same:
                differences += _compared(name, folder / name, again / name)
        if not differences and kept["rows"] != made["rows"]:
            differences.append("run.json säger ett annat antal rader än det blir nu.")
    versions = {name: (old, made["versions"].get(name)) for name, old in kept["versions"].items()}
    notes = [f"{name} {old} då, {new} nu." for name, (old, new) in versions.items() if old != new]
    return Verdict(tuple(differences), len(names), tuple(notes))


def _changed_files(folder: Path, kept: Mapping[str, Any]) -> list[str]:
    """Files that are no longer as they were written."""
    told = []
    for name, digest in kept["outputs"].items():
        path = folder / name
        if not path.is_file():
            told.append(f"{name} finns inte längre.")
        elif file_sha256(path) != digest:
            told.append(f"{name} är ändrad sedan bilden gjordes.")
    known = set(kept["outputs"])
    return told + [f"{name} hör inte till bilden." for name in record.files(folder) if name not in known]


def _changed_inputs(paths: Mapping[str, Path], kept: Mapping[str, Any]) -> list[str]:
    told = []
    for name, path in paths.items():
        if not path.is_file():
            raise PictureError("input_gone", name=_NAMES[name], path=path, option=name)
        if file_sha256(path) != kept["inputs"][name]["sha256"]:
            told.append(f"Filen med {_NAMES[name]} ({path.name}) är inte den som bilden gjordes av.")
    return told


def _compared(name: str, old: Path, new: Path) -> list[str]:
    if not (old.is_file() and new.is_file()):
        return [] if new.is_file() else [f"{name} blir inte till nu."]
    if name.endswith(".parquet"):
        return _compared_tables(name, old, new)
    if old.read_bytes() == new.read_bytes():
        return []
    if name.endswith((".csv", ".svg")):
        before, after = (path.read_text(encoding="utf-8-sig", errors="replace").splitlines() for path in (old, new))
        missing, extra = len(set(before) - set(after)), len(set(after) - set(before))
        return [f"{name}: {missing} rader finns inte nu, {extra} är nya."]
    return [f"{name} blir annorlunda nu."]


def _compared_tables(name: str, old: Path, new: Path) -> list[str]:
    try:
        before, after = (_by_key(pq.read_table(path)) for path in (old, new))
    except STRUCTURE_FAULTS:
        return [f"{name} går inte att läsa."]
    told = []
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        if was is None or now is None or not _is_same(was, now):
            told.append(f"{name}: {' · '.join(map(str, key))}: {_said(was, now)} i filen, {_said(now, was)} nu.")
    rest = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], *([f"{name}: och {rest} rader till."] if rest > 0 else [])]


def _by_key(table: pa.Table) -> dict[tuple[str, ...], dict[str, Any]]:
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in table.to_pylist():
        key = tuple(str(row.pop(column)) for column in _KEYS)
        if key in found:
            key = (*key, f"en gång till ({len(found)})")
        found[key] = row
    return found


def _is_same(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    return was.keys() == now.keys() and all(_equal(was[name], now[name]) for name in was)


def _equal(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= RELATIVE * max(abs(one), abs(other))
    return one == other


def _said(row: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> str:
    """The values that differ."""
    if row is None:
        return "finns inte"
    told = {name: value for name, value in row.items() if not other or not _equal(value, other.get(name))}
    return ", ".join(f"{name} {'dolt' if value is None else value}" for name, value in told.items()) or "samma"
