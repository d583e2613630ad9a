"""The JSON Schema of medborgarlofte/1, made from the records: the same table reads, writes and describes."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override
from jsonschema import Draft202012Validator, FormatChecker

from lofte.core.records import Children, Spec
from lofte.core.states import PromiseState
from lofte.exchange.sections import OF_CYCLE, OF_PROMISE
from lofte.parties.records import CYCLE, ORGANISATION
from lofte.places.models import Municipality
from lofte.places.records import AREA, MUNICIPALITY
from lofte.promises.records import PROMISE

Schema = dict[str, Any]
CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
KEY = {"type": "string", "pattern": "^[a-zA-Z0-9_-]+$", "maxLength": 80}


@cache
def schema() -> Schema:
    """The whole schema. Descriptions are the Swedish names of the fields."""
    with override("sv"):
        return _schema()


def _schema() -> Schema:
    definitions: Schema = {}
    roots = [
        MUNICIPALITY, ORGANISATION, AREA, CYCLE, PROMISE,
        *(child.spec for child in OF_CYCLE.values()),
        *(child.spec for child in OF_PROMISE.values()),
    ]  # fmt: skip
    for root in roots:
        for spec in root.walk():
            definitions[_name(spec)] = _record(spec)
    definitions["CitizenPromise"]["properties"]["state"] = {"enum": list(PromiseState.values)}
    properties: Schema = {
        "format": {"const": "medborgarlofte/1"},
        "constructed": {"type": "boolean", "description": "true: påhittat, inte en verklig kommun"},
        "municipality": _reference(MUNICIPALITY),
        "organisations": _list(ORGANISATION),
        "areas": _list(AREA),
        "cycle": _reference(CYCLE),
        **{name: _list(child.spec) for name, child in OF_CYCLE.items()},
        "promise": _reference(PROMISE),
        **{name: _list(child.spec) for name, child in OF_PROMISE.items()},
        "lessons_taken_up": {
            "type": "array",
            "items": _object(
                {"lesson": {"type": "string", "pattern": "^[a-z0-9_-]+/[a-zA-Z0-9_-]+$"}, "problem": KEY}, ["lesson"]
            ),
        },
    }
    required = ["format", "municipality", "organisations", "cycle", "promise"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "medborgarlofte/1",
        "description": "Ett medborgarlöfte med det som det bygger på och det som det ledde till.",
        **_object(properties, required),
        "$defs": definitions,
    }


def problems_in(record: object) -> list[str]:
    """What is wrong with a file, at most twenty Swedish sentences; an empty list when nothing is."""
    found = sorted(
        Draft202012Validator(schema(), format_checker=FormatChecker(["date"])).iter_errors(record),
        key=lambda error: list(map(str, error.path)),
    )
    return [_sentence(error) for error in found[:20]]


def _sentence(error: Any) -> str:
    where = ".".join(map(str, error.absolute_path)) or _("filen")
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        return _("{where}: {name} saknas.").format(where=where, name=missing)
    if error.validator == "additionalProperties":
        extra = sorted(set(error.instance) - set(error.schema["properties"]))
        return _("{where}: {name} hör inte till formatet.").format(where=where, name=", ".join(extra))
    if error.validator in ("enum", "const"):
        allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
        return _("{where}: {value} är inte något av {allowed}.").format(
            where=where, value=_short(error.instance), allowed=", ".join(map(str, allowed))
        )
    return _("{where}: {value} har fel form. {name} ska vara {rule}.").format(
        where=where,
        value=_short(error.instance),
        name=where,
        rule=f"{error.validator}: {_short(error.validator_value)}",
    )


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _name(spec: Spec) -> str:
    return spec.model.__name__


def _reference(spec: Spec) -> Schema:
    return {"$ref": f"#/$defs/{_name(spec)}"}


def _list(spec: Spec) -> Schema:
    return {"type": "array", "items": _reference(spec)}


def _object(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _record(spec: Spec) -> Schema:
    properties: Schema = {"id": KEY} if spec.is_keyed else {}
    required = ["id"] if spec.is_keyed else []
    for name in spec.fields + spec.internal:
        properties[name] = _column(spec.column(name))
        if _is_required(spec.column(name)):
            required.append(name)
    for name in spec.refs:
        properties[name] = KEY | {"description": str(spec.column(name).verbose_name)}
        if not spec.column(name).null:
            required.append(name)
    for name in (*spec.sets, *spec.links):
        properties[name] = {"type": "array", "items": KEY, "uniqueItems": True}
    child: Children
    for name, child in spec.children.items():
        properties[name] = _list(child.spec)
    return _object(properties, required)


def _is_required(column: models.Field[Any, Any]) -> bool:
    # A kommun's address is made from its name when the file gives none.
    has_fallback = column.model is Municipality and column.name == "slug"
    return not (column.blank or column.null or column.has_default() or has_fallback)


def _column(column: models.Field[Any, Any]) -> Schema:
    description = {"description": str(column.verbose_name)}
    if column.choices:
        return {"enum": [value for value, _label in column.flatchoices]} | description
    if isinstance(column, models.JSONField):
        of = {"type": "array", "items": {"type": "string"}} if column.default is list else {"type": "object"}
        return of | description
    if isinstance(column, models.BooleanField):
        return {"type": "boolean"} | description
    if isinstance(column, models.IntegerField):
        return {"type": "integer", "minimum": 0} | description
    if isinstance(column, models.DecimalField):
        return {"type": "number"} | description
    if isinstance(column, models.DateField):
        return {"type": "string", "format": "date"} | description
    if isinstance(column, models.TimeField):
        return {"type": "string", "pattern": CLOCK} | description
    limit = {"maxLength": column.max_length} if column.max_length else {}
    return {"type": "string"} | limit | description
