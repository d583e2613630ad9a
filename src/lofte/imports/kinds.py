"""What each kind of file must be able to do, and which kinds there are. A room adds its own in `imports.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

MASK = "•••"
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class Problem:
    """Why a row can't be used: its number in the file, the column, what stood there and a Swedish sentence."""

    row: int
    column: str
    value: str
    reason: str

    def as_dict(self, *, is_masked: bool) -> dict[str, Any]:
        value = MASK if is_masked and self.value else self.value[:80]
        return {"row": self.row, "column": self.column, "value": value, "reason": self.reason}


@dataclass(frozen=True)
class Report:
    """What came of reading a file: nothing is dropped without being counted."""

    rows_in: int
    rows_used: int
    problems: tuple[Problem, ...] = ()

    @property
    def rows_rejected(self) -> int:
        return self.rows_in - self.rows_used


@dataclass(frozen=True)
class Column:
    """A column that a kind needs: its key, its Swedish name, and what it is often called in files."""

    key: str
    label: str
    often_called: tuple[str, ...] = ()
    is_required: bool = True


class FileUnreadable(ValueError):
    """The file as a whole can't be used; the message is a Swedish sentence."""


class ImportKind:
    """One kind of file: what it is called, what it may hold. Its room reads it (`lofte.imports.actions`)."""

    name: ClassVar[str]
    label: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]] = ()
    most_bytes: ClassVar[int] = 20 * 1024 * 1024
    days_kept: ClassVar[int] = 30
    # True where a cell can hold something about a person: the report then shows where, never what.
    has_masked_values: ClassVar[bool] = False


_kinds: dict[str, ImportKind] = {}


def register(kind: type[ImportKind]) -> type[ImportKind]:
    """Class decorator: make a kind known by its name."""
    _kinds[kind.name] = kind()
    return kind


def kind_named(name: str) -> ImportKind:
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"no kind of import is called {name}") from None
