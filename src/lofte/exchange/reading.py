"""File to rows: checked against the schema first, then all or nothing, and nothing twice."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lofte.core.records import Children, Links, Record, Spec
from lofte.core.states import PUBLIC_PROMISE_STATES, PromiseState
from lofte.exchange.schema import problems_in
from lofte.exchange.sections import OF_CYCLE, OF_PROMISE
from lofte.exchange.writing import export, inside
from lofte.followup.models import Lesson, LessonCarried
from lofte.parties.models import Cycle, Organisation
from lofte.parties.records import CYCLE, ORGANISATION
from lofte.picture.models import Problem
from lofte.places.models import Area, Municipality
from lofte.places.records import AREA
from lofte.promises.models import CitizenPromise, PromiseVersion
from lofte.promises.records import PROMISE
from lofte.promises.versions import digest, freeze

# From the day it waits to be signed a promise has a kept text; signatures in a file are bound to it.
FROZEN_STATES = (PromiseState.READY, PromiseState.PARTLY_SIGNED, PromiseState.SIGNED, *PUBLIC_PROMISE_STATES)
MAX_BYTES = 20 * 1024 * 1024


class FileRefused(ValueError):
    """The file was not read in. Each problem is a Swedish sentence that says where and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Loaded:
    promise: CitizenPromise
    is_new: bool


def parse(raw: bytes) -> Record:
    """The file as a record, or FileRefused."""
    if len(raw) > MAX_BYTES:
        raise FileRefused([_("Filen är större än 20 MB. Ett löfte brukar vara mindre än 1 MB.")])
    try:
        record = json.loads(raw.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise FileRefused([_("Filen är inte text i UTF-8. Spara om den som UTF-8 och försök igen.")]) from None
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise FileRefused([_("Filen är inte JSON: rad {line} går inte att läsa.").format(line=line)]) from None
    problems = problems_in(record)
    if problems:
        raise FileRefused(problems)
    return dict(record)


def load_file(path: Path) -> Loaded:
    return load(parse(path.read_bytes()))


@transaction.atomic
def load(record: Record) -> Loaded:
    """Read a checked record in. A promise that says the same is left as it is; one that differs is refused."""
    municipality = _municipality(record)
    existing = CitizenPromise.objects.filter(municipality=municipality, slug=record["promise"]["slug"]).first()
    if existing is None:
        return Loaded(_load_new(record, municipality), is_new=True)
    if _as_it_would_be(record, municipality) == export(existing, viewer=inside(existing)):
        return Loaded(existing, is_new=False)
    text = _("Löftet {promise} finns redan och skiljer sig från filen. Ge löftet i filen en annan adress (slug).")
    raise FileRefused([text.format(promise=existing)])


def _load_new(record: Record, municipality: Municipality) -> CitizenPromise:
    reader = _Reader(municipality)
    reader.shared(Organisation, ORGANISATION, record.get("organisations", []))
    reader.shared(Area, AREA, record.get("areas", []))
    cycle = reader.cycle(record)
    promise = reader.promise(record, cycle)
    reader.carry_lessons(record, cycle)
    return promise


def _as_it_would_be(record: Record, municipality: Municipality) -> Record:
    """The record as it would be exported after being read: read in under another name, written, and taken back."""
    trial = f"prov-{uuid.uuid4().hex}"
    copy = record | {
        "cycle": record["cycle"] | {"slug": trial},
        "promise": record["promise"] | {"slug": trial},
    }
    with transaction.atomic():
        promise = _load_new(copy, municipality)
        written = export(promise, viewer=inside(promise))
        transaction.set_rollback(True)
    written["cycle"]["slug"], written["promise"]["slug"] = record["cycle"]["slug"], record["promise"]["slug"]
    return written


def _municipality(record: Record) -> Municipality:
    given = record["municipality"]
    constructed = bool(record.get("constructed", False))
    found = Municipality.objects.filter(code=given["code"]).first()
    if found is None:
        fields = {"slug": slugify(given["name"]), **given}
        row = Municipality(is_constructed=constructed, **fields)
        _save(row, "municipality")
        return row
    if found.is_constructed != constructed:
        raise FileRefused([_("{name} kan inte vara både påhittad och verklig.").format(name=found)])
    if found.name != given["name"]:
        raise FileRefused(
            [
                _("Kommunkoden {code} hör till {name}, inte {given}.").format(
                    code=found.code, name=found.name, given=given["name"]
                )
            ]
        )
    return found


class _Reader:
    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        self.known: dict[tuple[type[models.Model], str], models.Model] = {}

    def shared(self, model: type[models.Model], spec: Spec, rows: list[Record]) -> None:
        """Organisations and areas belong to the kommun: the same key must mean the same thing in every file."""
        for given in rows:
            where = f"{model._meta.model_name} {given['id']}"
            row = model._default_manager.filter(municipality=self.municipality, key=given["id"]).first()
            if row is None:
                self.record(spec, given, where, municipality=self.municipality)
                continue
            for name in ("kind", "name"):
                if getattr(row, name) != given[name]:
                    raise FileRefused(
                        [
                            _("{where}: i filen är {field} {given}, men här finns redan {found}.").format(
                                where=where, field=name, given=given[name], found=getattr(row, name)
                            )
                        ]
                    )
            self.known[model, given["id"]] = row

    def cycle(self, record: Record) -> Cycle:
        """A cycle is read once; a second promise of the same cycle uses the rows that are there."""
        found: Cycle | None = self.municipality.cycles.filter(slug=record["cycle"]["slug"]).first()
        if found is not None:
            for child in OF_CYCLE.values():
                self._remember(child, found)
            return found
        row = self.record(CYCLE, record["cycle"], "cycle", municipality=self.municipality)
        assert isinstance(row, Cycle)
        self.sections(OF_CYCLE, record, row)
        return row

    def _remember(self, child: Children, owner: models.Model) -> None:
        for row in getattr(owner, child.related).all():
            if child.spec.is_keyed:
                self.known[type(row), row.key] = row
            for inner in child.spec.children.values():
                self._remember(inner, row)

    def promise(self, record: Record, cycle: Cycle) -> CitizenPromise:
        given = dict(record["promise"])
        state = given.pop("state", PromiseState.DRAFT)
        row = self.record(
            PROMISE, given, "promise", cycle=cycle, municipality=self.municipality, state=PromiseState(state)
        )
        assert isinstance(row, CitizenPromise)
        if row.state in FROZEN_STATES and not record.get("versions"):
            freeze(row)
        self.sections(OF_PROMISE, record, row)
        return row

    def sections(self, sections: dict[str, Children], record: Record, owner: models.Model) -> None:
        for name, child in sections.items():
            self.children(child, record.get(name, []), name, owner)

    def children(self, child: Children, rows: list[Record], where: str, owner: models.Model) -> None:
        for number, given in enumerate(rows):
            extra: dict[str, Any] = {child.parent: owner}
            if child.spec.model._meta.model_name == "activity":
                extra["cycle"] = owner.promise.cycle  # type: ignore[attr-defined]
            if child.spec.is_ordered:
                extra["order"] = number
            if child.spec.model is PromiseVersion:
                _check_kept(given, f"{where}[{number}]")
            elif "sha256" in given:
                extra["version"] = _signed_version(owner, given["sha256"], f"{where}[{number}]")
            self.record(child.spec, given, f"{where}[{number}]", **extra)

    def record(self, spec: Spec, given: Record, where: str, **extra: Any) -> models.Model:
        values = dict(extra)
        if spec.is_keyed:
            values["key"] = given["id"]
        for name in spec.fields + spec.internal:
            if name in given:
                values[name] = _value(spec, name, given[name])
        for name, model in spec.refs.items():
            if name in given:
                values[name] = self.find(model, given[name], f"{where}.{name}")
        if spec.is_keyed and (spec.model, given["id"]) in self.known:
            raise FileRefused([_("{where}: namnet {key} används två gånger.").format(where=where, key=given["id"])])
        row = spec.model(**values)
        _save(row, where)
        if spec.is_keyed:
            self.known[spec.model, given["id"]] = row
        for name, model in spec.sets.items():
            getattr(row, name).set([self.find(model, key, f"{where}.{name}") for key in given.get(name, [])])
        for name, link in spec.links.items():
            ends = [self.find(link.model, key, f"{where}.{name}") for key in given.get(name, [])]
            self._link(row, link, ends)
        for name, child in spec.children.items():
            self.children(child, given.get(name, []), f"{where}.{name}", row)
        return row

    def _link(self, row: models.Model, link: Links, ends: list[models.Model]) -> None:
        relation: Any = row._meta.get_field(link.related)
        for number, end in enumerate(ends):
            values = {relation.field.name: row, link.far: end}
            relation.related_model.objects.create(**values | ({"order": number} if link.is_ordered else {}))

    def find(self, model: type[models.Model], key: str, where: str) -> models.Model:
        try:
            return self.known[model, key]
        except KeyError:
            raise FileRefused(
                [
                    _("{where}: {key} finns inte i filen. Kontrollera stavningen eller lägg till det.").format(
                        where=where, key=key
                    )
                ]
            ) from None

    def carry_lessons(self, record: Record, cycle: Cycle) -> None:
        for number, given in enumerate(record.get("lessons_taken_up", [])):
            slug, _slash, key = given["lesson"].partition("/")
            lesson = Lesson.objects.filter(promise__municipality=self.municipality, promise__slug=slug, key=key).first()
            where = f"lessons_taken_up[{number}]"
            if lesson is None:
                raise FileRefused(
                    [
                        _("{where}: lärdomen {key} finns inte här. Läs in löftet {slug} först.").format(
                            where=where, key=key, slug=slug
                        )
                    ]
                )
            problem = self.find(Problem, given["problem"], where) if "problem" in given else None
            assert problem is None or isinstance(problem, Problem)
            LessonCarried.objects.create(lesson=lesson, cycle=cycle, problem=problem)


def _check_kept(given: Record, where: str) -> None:
    """A text in the file must be the one its checksum was made of: what was changed on the way is refused."""
    if digest(given["content"]) != (given.get("masked_sha256") or given["sha256"]):
        raise FileRefused([_("{where}: texten stämmer inte med sin kontrollsumma.").format(where=where)])


def _signed_version(promise: Any, sha256: str, where: str) -> PromiseVersion:
    """The kept text that a signature in the file is bound to; another hash means that the text is another one."""
    version: PromiseVersion | None = PromiseVersion.objects.filter(promise=promise, sha256=sha256).first()
    if version is None:
        raise FileRefused([_("{where}: kontrollsumman stämmer inte med löftets text i filen.").format(where=where)])
    return version


def _value(spec: Spec, name: str, given: Any) -> Any:
    convert: Callable[[Any], Any] = spec.column(name).to_python
    return given if isinstance(given, list | dict) else convert(str(given) if isinstance(given, Decimal) else given)


def _save(row: models.Model, where: str) -> None:
    """Save a row that passes its own rules; otherwise refuse the file with a sentence that names the place."""
    try:
        row.full_clean(validate_unique=True)
    except ValidationError as error:
        raise FileRefused(
            [f"{where}.{name}: {text}" for name, texts in error.message_dict.items() for text in texts]
        ) from None
    row.save()
