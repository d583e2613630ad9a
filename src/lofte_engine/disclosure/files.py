"""Tables for disclosure control as CSV files.

A *table* has one column per dimension and ``count``. A *hierarchy* has the columns ``dimension, code, parent``. A
*published table* has for each dimension also ``<dimension>_within`` (the sums that a code belongs to, with ``|``
between them), a ``count`` that is empty where hidden, and ``note``, which says ``reviderad`` where the count of an
earlier release no longer holds. It says all that `attack` needs to know, and nothing of what it hides.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import TextIO

from lofte_engine.disclosure.errors import DisclosureError
from lofte_engine.disclosure.releases import Published
from lofte_engine.disclosure.tables import TOTAL, CountTable

Within = dict[str, list[tuple[str, str]]]
_SUFFIX = "_within"
_REVISED = "reviderad"
_HIDDEN = ("", "..")


def read_table(path: Path, dimensions: Sequence[str], within: Mapping[str, Sequence[tuple[str, str]]]) -> CountTable:
    """Read a table of true counts.

    Parameters
    ----------
    path : Path
        CSV in UTF-8 (with or without BOM) or Windows-1252; comma, semicolon or tab.
    dimensions : sequence of str
        Columns to use; rows that agree in them are two rows too many, not added up.
    within : mapping
        Hierarchy per dimension, see `read_hierarchy`.

    Returns
    -------
    CountTable
        With sums.

    Raises
    ------
    DisclosureError
        ``not_found``, ``not_text``, ``column``, ``count``, ``code``, ``empty``, or what `CountTable.from_rows` raises;
        `details["row"]` is the line in the file.
    """
    rows, lines = [], []
    for line, row in _lines(path, [*dimensions, "count"]):
        rows.append((_key(row, dimensions, line), _count(row["count"], line)))
        lines.append(line)
    return _with_lines(lines, lambda: CountTable.from_rows(dimensions, rows, within))


def read_hierarchy(path: Path, dimensions: Sequence[str]) -> Within:
    """Read which code belongs to which sum.

    Parameters
    ----------
    path : Path
        CSV with the columns ``dimension, code, parent``; a code may have several rows.
    dimensions : sequence of str
        Names that ``dimension`` may have.

    Returns
    -------
    dict of str to list of (str, str)
        Pairs of code and parent per dimension.

    Raises
    ------
    DisclosureError
        As `read_table`; ``unknown_dimension`` for another name.
    """
    within: Within = {}
    for line, row in _lines(path, ["dimension", "code", "parent"]):
        name, code, parent = _key(row, ["dimension", "code", "parent"], line)
        if name not in dimensions:
            raise DisclosureError("unknown_dimension", row=line, value=name)
        within.setdefault(name, []).append((code, parent))
    return within


def read_published(path: Path, within: Mapping[str, Sequence[tuple[str, str]]] | None = None) -> Published:
    """Read a published table.

    Parameters
    ----------
    path : Path
        CSV as `write_published` makes it. Without ``…_within`` columns and hierarchy, ``Totalt`` is the only sum known.
    within : mapping, optional
        Hierarchy for a file that doesn't say itself what belongs to what.

    Returns
    -------
    Published
        The table.

    Raises
    ------
    DisclosureError
        As `read_table`.
    """
    rows: list[tuple[tuple[str, ...], int | None]] = []
    lines: list[int] = []
    revised: list[tuple[str, ...]] = []
    found: dict[str, dict[tuple[str, str], None]] = {}
    names: list[str] = []
    for line, row in _lines(path, ["count"]):
        names = names or _names(row)
        key = _key(row, names, line)
        text = (row["count"] or "").strip()
        rows.append((key, None if text in _HIDDEN else _count(text, line)))
        lines.append(line)
        if (row.get("note") or "").strip() == _REVISED:
            revised.append(key)
        for name, code in zip(names, key, strict=True):
            for parent in filter(None, (row.get(name + _SUFFIX) or "").split("|")):
                found.setdefault(name, {})[code, parent] = None
    for axis, name in enumerate(names):
        if name not in found:
            codes = dict.fromkeys(key[axis] for key, _ in rows)
            found[name] = _upwards(codes, within[name]) if within and name in within else {}
            if not found[name] and TOTAL in codes:
                found[name] = {(code, TOTAL): None for code in codes if code != TOTAL}
    pairs = {name: list(own) for name, own in found.items()}
    return _with_lines(lines, lambda: Published.from_rows(names, rows, pairs, revised))


def write_published(table: Published, target: TextIO) -> None:
    """Write a published table as CSV.

    Parameters
    ----------
    table : Published
        The table.
    target : text file
        Where to write; open it with ``newline=""``.
    """
    names = [dimension.name for dimension in table.dimensions]
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([*(part for name in names for part in (name, name + _SUFFIX)), "count", "note"])
    parents = [
        dict(zip(dimension.codes, map("|".join, dimension.parents), strict=True)) for dimension in table.dimensions
    ]
    revised = table.is_revised[table.is_published].tolist()
    for (key, count), is_revised in zip(table.rows(), revised, strict=True):
        codes = [part for code, own in zip(key, parents, strict=True) for part in (code, own[code])]
        writer.writerow([*codes, "" if count is None else count, _REVISED if is_revised else ""])


def _upwards(codes: Iterable[str], pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], None]:
    """What these codes belong to: a sum must not be taken to hold codes that the file doesn't have."""
    found: dict[tuple[str, str], None] = {}
    waiting, seen = list(codes), set(codes)
    while waiting:
        code = waiting.pop(0)
        for child, parent in pairs:
            if child == code:
                found[child, parent] = None
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
    return found


def _lines(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str | None]]]:
    text = _text(path)
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=separator)
    header = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    for name in needed:
        if name not in header:
            raise DisclosureError("column", column=name)
    if twice := [name for name in header if header.count(name) > 1]:
        raise DisclosureError("column_twice", column=twice[0])
    try:
        for row in reader:
            if None in row:
                raise DisclosureError("too_many", row=reader.line_num)
            yield reader.line_num, row
    except csv.Error as error:
        raise DisclosureError("not_text") from error


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DisclosureError("not_found") from error
    if b"\0" in data:
        raise DisclosureError("not_text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _key(row: Mapping[str, str | None], names: Iterable[str], line: int) -> tuple[str, ...]:
    key = tuple((row[name] or "").strip() for name in names)
    for name, code in zip(names, key, strict=True):
        if not code or "|" in code:
            raise DisclosureError("code", row=line, column=name)
    return key


def _count(text: str | None, line: int) -> int:
    plain = "".join((text or "").split())
    if plain == "-":
        return 0
    whole, _, decimals = plain.replace(",", ".").partition(".")
    if not whole.removeprefix("-").isascii() or not whole.removeprefix("-").isdigit() or decimals.strip("0"):
        raise DisclosureError("count", row=line, value=text or "")
    if len(whole) > 9:
        raise DisclosureError("count", row=line, value=text or "")
    if whole.startswith("-"):
        raise DisclosureError("negative", row=line, value=plain)
    return int(whole)


def _with_lines[Made](lines: Sequence[int], make: Callable[[], Made]) -> Made:
    """Say which line of the file is wrong, not which row of the list."""
    try:
        return make()
    except DisclosureError as error:
        row = error.details.get("row")
        if isinstance(row, int) and row:
            raise DisclosureError(error.code, **{**error.details, "row": lines[row - 1]}) from error
        raise


def dimensions_of(path: Path) -> list[str]:
    """The dimensions of a published table: its columns but ``count``, ``note`` and ``…_within``."""
    for _, row in _lines(path, ["count"]):
        return _names(row)
    raise DisclosureError("empty")


def _names(row: Iterable[str]) -> list[str]:
    return [name for name in row if name not in ("count", "note") and not name.endswith(_SUFFIX)]
