"""Rows as records: what a model looks like in a file, in a frozen version and in a hash. One table, read both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

Record = dict[str, Any]
RowFilter = Callable[[models.QuerySet[Any]], models.QuerySet[Any]]


@dataclass(frozen=True)
class Links:
    """A list of keys in the record, a link model in the database: its reverse name and its far end."""

    related: str
    far: str
    model: type[models.Model]
    is_ordered: bool = False


@dataclass(frozen=True)
class Children:
    """A list of records in the record, rows with a foreign key to their parent in the database."""

    related: str
    parent: str
    spec: Spec


@dataclass(frozen=True)
class Spec:
    """One model. Attributes keep their names in the file; `key` is written as `id`.

    `internal` attributes are left out of what a visitor may read; `refs` are foreign keys written as the key of what
    they point to; `sets` are plain many-to-many fields, written as sorted keys.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    internal: tuple[str, ...] = ()
    refs: dict[str, type[models.Model]] = field(default_factory=dict)
    sets: dict[str, type[models.Model]] = field(default_factory=dict)
    links: dict[str, Links] = field(default_factory=dict)
    children: dict[str, Children] = field(default_factory=dict)

    @property
    def is_keyed(self) -> bool:
        return self._has("key")

    @property
    def is_ordered(self) -> bool:
        return self._has("order")

    def _has(self, name: str) -> bool:
        return name in {each.name for each in self.model._meta.get_fields()}

    def column(self, name: str) -> models.Field[Any, Any]:
        column = self.model._meta.get_field(name)
        if not isinstance(column, models.Field):
            raise TypeError(f"{self.model.__name__}.{name} is no plain field")
        return column

    def walk(self) -> Iterator[Spec]:
        """This record and all records inside it."""
        yield self
        for child in self.children.values():
            yield from child.spec.walk()


def plain(value: Any) -> Any:
    """A column's value as JSON: dates as ISO, clocks as 18:30, whole decimals as whole numbers."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


class Writer:
    """Writes rows as records. `only` says which rows may be named; `internal` whether internal attributes follow.

    Rows of the models in `shared` that the records name are remembered, so that a file can list them once.
    """

    def __init__(self, *, only: RowFilter, internal: bool, shared: tuple[type[models.Model], ...]) -> None:
        self.only = only
        self.internal = internal
        self.seen: dict[type[models.Model], dict[Any, models.Model]] = {model: {} for model in shared}
        self.asked: dict[tuple[type[models.Model], Any], bool] = {}

    def sections(self, sections: dict[str, Children], owner: models.Model) -> Record:
        written = {name: self.children(child, owner) for name, child in sections.items()}
        return {name: rows for name, rows in written.items() if rows}

    def children(self, child: Children, owner: models.Model) -> list[Record]:
        rows = self.only(getattr(owner, child.related).all())
        return [self.record(child.spec, row) for row in rows if self._can_stand(child.spec, row)]

    def _can_stand(self, spec: Spec, row: models.Model) -> bool:
        """A row that has to point to something that may not be seen says nothing without it, and is left out."""
        required = (getattr(row, name) for name in spec.refs if not spec.column(name).null)
        return all(self._may_name(target) for target in required)

    def record(self, spec: Spec, row: models.Model) -> Record:
        """One row; what is empty or at its default is left out, so that silence means 'not known'."""
        written: Record = {"id": self._key(row)} if spec.is_keyed else {}
        for name in spec.fields + (spec.internal if self.internal else ()):
            value = getattr(row, name)
            if value != spec.column(name).get_default():
                written[name] = plain(value)
        for name in spec.refs:
            if (target := getattr(row, name)) is not None and self._may_name(target):
                written[name] = self._name(target)
        for name in spec.sets:
            written[name] = sorted(self._name(each) for each in self.only(getattr(row, name).all()))
        for name, link in spec.links.items():
            written[name] = [self._name(end) for end in self._ends(row, link)]
        for name, child in spec.children.items():
            written[name] = self.children(child, row)
        return {name: value for name, value in written.items() if value not in ([], None)}

    def _ends(self, row: models.Model, link: Links) -> list[models.Model]:
        """The far ends of a link that may be named, in the order they were given."""
        links = getattr(row, link.related).select_related(link.far).order_by("order" if link.is_ordered else "pk")
        ends = [getattr(each, link.far) for each in links]
        rows = link.model._default_manager.filter(pk__in=[end.pk for end in ends])
        allowed = set(self.only(rows).values_list("pk", flat=True)) if ends else set()
        return [end for end in ends if end.pk in allowed]

    def _may_name(self, row: models.Model) -> bool:
        """Asked once for each row: what may not be seen is not named either, and no record points to nothing."""
        known = (type(row), row.pk)
        if known not in self.asked:
            self.asked[known] = self.only(type(row)._default_manager.filter(pk=row.pk)).exists()
        return self.asked[known]

    def _name(self, row: models.Model) -> str:
        """A row's key where a record points to it."""
        if type(row) in self.seen:
            self._see(row)
        return self._key(row)

    @staticmethod
    def _key(row: models.Model) -> str:
        return str(row.key)  # type: ignore[attr-defined]

    def _see(self, row: models.Model) -> None:
        self.seen[type(row)][row.pk] = row
        parent = getattr(row, "parent", None)
        if parent is not None:
            self._see(parent)

    def mentioned(self, spec: Spec) -> list[Record]:
        """The shared rows of a model that the records named, parents first."""
        rows = self.seen[spec.model].values()
        in_order = sorted(rows, key=lambda row: (getattr(row, "parent_id", None) is not None, self._key(row)))
        return [self.record(spec, row) for row in in_order]
