"""A kommun's own kommundelar, from a GeoJSON file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, BinaryIO, ClassVar

from django.utils.translation import gettext_lazy as _

from lofte.imports.kinds import Column, FileUnreadable, ImportKind, Problem, Report, register
from lofte.places.geojson import CODE_NAMES, NAME_NAMES, Collection, NotGeoJson, load_areas, read
from lofte.places.models import Area, Municipality


@register
class Districts(ImportKind):
    name: ClassVar[str] = "districts"
    label: ClassVar[str] = _("Kommundelar (GeoJSON)")  # type: ignore[assignment]
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", _("namn"), NAME_NAMES),  # type: ignore[arg-type]
        Column("code", _("kod"), CODE_NAMES, is_required=False),  # type: ignore[arg-type]
    )

    def dry_run(self, file: BinaryIO, mapping: Mapping[str, str], municipality: Any) -> Report:
        return _report(_collection(file, mapping))

    def commit(self, file: BinaryIO, mapping: Mapping[str, str], municipality: Any) -> tuple[Report, dict[str, Any]]:
        assert isinstance(municipality, Municipality)
        collection = _collection(file, mapping)
        loaded = load_areas(collection, municipality=municipality, kind=Area.Kind.DISTRICT)
        return _report(collection), asdict(loaded)


def _collection(file: BinaryIO, mapping: Mapping[str, str]) -> Collection:
    try:
        return read(file.read(), dict(mapping))
    except NotGeoJson as refusal:
        raise FileUnreadable(str(refusal)) from None


def _report(collection: Collection) -> Report:
    problems = tuple(Problem(each.row, each.column, each.value, each.reason) for each in collection.problems)
    return Report(len(collection.outlines) + len(problems), len(collection.outlines), problems)
