"""Rows as records: what a model looks like in a file, in a frozen version and in a hash. One table, read both ways."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

Record = dict[str, Any]
Pairs = list[tuple[Any, Any]]
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

    Rows are fetched together: a query for each kind of row and each way they point, however many they are. Nothing is
    kept on the rows themselves, since another writer may not show the same.

    Rows of the models in `shared` that the records name are remembered, so that a file can list them once.
    """

    def __init__(self, *, only: RowFilter, internal: bool, shared: tuple[type[models.Model], ...]) -> None:
        self.only = only
        self.internal = internal
        self.seen: dict[type[models.Model], dict[Any, models.Model]] = {model: {} for model in shared}
        self.asked: dict[type[models.Model], dict[Any, models.Model | None]] = defaultdict(dict)

    def sections(self, sections: dict[str, Children], owner: models.Model) -> Record:
        written = {name: self._inside(child, [owner])[owner.pk] for name, child in sections.items()}
        return {name: records for name, records in written.items() if records}

    def record(self, spec: Spec, row: models.Model) -> Record:
        return self.records(spec, [row])[0]

    def records(self, spec: Spec, rows: Sequence[models.Model]) -> list[Record]:
        """A record for each row; what is empty or at its default is left out, so that silence means 'not known'."""
        points = {name: self._pointed(spec, name, rows) for name in spec.refs}
        lists = {name: self._ends(model, _pairs_of_set(spec, name, rows)) for name, model in spec.sets.items()}
        links = {name: self._ends(link.model, _pairs_of_link(spec, link, rows)) for name, link in spec.links.items()}
        inside = {name: self._inside(child, rows) for name, child in spec.children.items()}
        written = []
        for row in rows:
            record: Record = {"id": _key(row)} if spec.is_keyed else {}
            record |= self._attributes(spec, row)
            record |= {name: self._name(far[row.pk]) for name, far in points.items() if row.pk in far}
            record |= {name: sorted(map(self._name, far[row.pk])) for name, far in lists.items()}
            record |= {name: [self._name(end) for end in far[row.pk]] for name, far in links.items()}
            record |= {name: records[row.pk] for name, records in inside.items()}
            written.append({name: value for name, value in record.items() if value not in ([], None)})
        return written

    def _attributes(self, spec: Spec, row: models.Model) -> Record:
        names = spec.fields + (spec.internal if self.internal else ())
        values = ((name, getattr(row, name)) for name in names)
        return {name: plain(value) for name, value in values if value != spec.column(name).get_default()}

    def _inside(self, child: Children, owners: Sequence[models.Model]) -> dict[Any, list[Record]]:
        """The records inside each owner's.

        A row that has to point to something that may not be seen says nothing without it, and is left out.
        """
        column = child.spec.column(child.parent).attname
        rows = list(self.only(child.spec.model._default_manager.filter(**{f"{child.parent}__in": owners})))
        for name in child.spec.refs:
            if not child.spec.column(name).null:
                seen = self._pointed(child.spec, name, rows)
                rows = [row for row in rows if row.pk in seen]
        inside: dict[Any, list[Record]] = defaultdict(list)
        for row, record in zip(rows, self.records(child.spec, rows), strict=True):
            inside[getattr(row, column)].append(record)
        return inside

    def _pointed(self, spec: Spec, name: str, rows: Sequence[models.Model]) -> dict[Any, models.Model]:
        """What each row points to by a foreign key, where that may be named."""
        column = spec.column(name).attname
        ends = self._ends(spec.refs[name], [(row.pk, getattr(row, column)) for row in rows])
        return {key: found[0] for key, found in ends.items()}

    def _ends(self, model: type[models.Model], pairs: Pairs) -> dict[Any, list[models.Model]]:
        """Far ends by near key, those that may be named: no record points to what may not be seen."""
        asked = self.asked[model]
        missing = {far for _, far in pairs} - asked.keys() - {None}
        if missing:
            found = {row.pk: row for row in self.only(model._default_manager.filter(pk__in=missing))}
            asked |= {key: found.get(key) for key in missing}
        ends: dict[Any, list[models.Model]] = defaultdict(list)
        for near, far in pairs:
            if (end := asked.get(far)) is not None:
                ends[near].append(end)
        return ends

    def _name(self, row: models.Model) -> str:
        """A row's key where a record points to it."""
        if type(row) in self.seen:
            self.seen[type(row)][row.pk] = row
        return _key(row)

    def mentioned(self, spec: Spec) -> list[Record]:
        """The shared rows of a model that the records named, with all above them, parents first."""
        seen = self.seen[spec.model]
        while above := {getattr(row, "parent_id", None) for row in seen.values()} - seen.keys() - {None}:
            seen |= spec.model._default_manager.in_bulk(above)
        in_order = sorted(seen.values(), key=lambda row: (getattr(row, "parent_id", None) is not None, _key(row)))
        return self.records(spec, in_order)


def _key(row: models.Model) -> str:
    return str(row.key)  # type: ignore[attr-defined]


def _pairs_of_set(spec: Spec, name: str, rows: Sequence[models.Model]) -> Pairs:
    """Near and far key of each pair in a plain many-to-many field."""
    column = spec.model._meta.get_field(name)
    if not isinstance(column, models.ManyToManyField):
        raise TypeError(f"{spec.model.__name__}.{name} is no many-to-many field")
    near, far = column.m2m_field_name(), column.m2m_reverse_field_name()
    through: type[models.Model] = column.remote_field.through  # type: ignore[assignment] # there once models are loaded
    pairs = through._default_manager.filter(**{f"{near}__in": rows})
    return list(pairs.values_list(f"{near}_id", f"{far}_id"))


def _pairs_of_link(spec: Spec, link: Links, rows: Sequence[models.Model]) -> Pairs:
    """Near and far key of each link, in the order they were given."""
    relation = spec.model._meta.get_field(link.related)
    if not isinstance(relation, models.ManyToOneRel):
        raise TypeError(f"{spec.model.__name__}.{link.related} is no list of links")
    near = relation.field.name
    links = relation.field.model._default_manager.filter(**{f"{near}__in": rows})
    return list(links.order_by("order" if link.is_ordered else "pk").values_list(f"{near}_id", f"{link.far}_id"))
