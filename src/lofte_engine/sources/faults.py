"""One door for files that are broken on the inside: what a parser raises becomes our own error."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from lofte_engine.errors import LofteEngineError
from lofte_engine.table_errors import TableError

# What reading a file that is not as it should be is known to raise.
STRUCTURE_FAULTS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    NotImplementedError,
    OSError,
    RecursionError,
    pa.ArrowException,
    zipfile.BadZipFile,
    zlib.error,
)


@contextmanager
def layout_of(source: str) -> Iterator[None]:
    """Say that a file is not laid out as its source does, when reading it fails in any way.

    Parameters
    ----------
    source : str
        In Swedish, after "Filen ser inte ut som".

    Raises
    ------
    TableError
        With code "wrong_layout". Our own errors pass as they are.
    """
    try:
        yield
    except LofteEngineError:
        raise
    except STRUCTURE_FAULTS as error:
        what = "ett fält saknas eller har fel form"
        raise TableError("wrong_layout", source=source, what=what) from error


@contextmanager
def undamaged() -> Iterator[None]:
    """Say that a file is damaged, when opening it fails in any way."""
    try:
        yield
    except LofteEngineError:
        raise
    except STRUCTURE_FAULTS as error:
        raise TableError("damaged") from error


def read_json(path: Path, *, largest: int = 500 * 1024**2) -> Any:
    """The content of a JSON file.

    Raises
    ------
    TableError
        With code "bad_json" and the line, or "too_large".
    """
    if path.stat().st_size > largest:
        raise TableError("too_large", limit=f"{largest // 1024**2} MB")
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise TableError("bad_json", line=error.lineno) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise TableError("bad_json", line=1) from error
