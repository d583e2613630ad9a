"""The work of the jobs: look at a file and tell what was found, then read it in as data sets with facts and figures.

A file is read without a transaction, since the database has one writer; what came of it is written in a short one.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lofte.core.events import record
from lofte.core.jobs import Progress, Refused
from lofte.evidence import figuring, reading
from lofte.evidence.imports import KIND
from lofte.evidence.maps import outlines_of
from lofte.evidence.models import OWN_SOURCES, DataSet, Fact, Scope
from lofte.evidence.whereabouts import Whereabouts
from lofte.imports import actions as uploads
from lofte.imports.kinds import FileUnreadable, Problem, Report
from lofte.imports.models import Upload
from lofte.parties.models import Cycle
from lofte.places.geojson import Collection, NotGeoJson, load_areas
from lofte.places.reading import areas_in, kind_of
from lofte.voices.queries import chain_of_kommun
from lofte_engine.sources.recognise import recognise
from lofte_engine.table_errors import TableError

AREAS, GENERIC = "areas", "generic"
AT_A_TIME = 2_000
# What the figures of a known source are; a file of one's own must be defined by whoever gives it.
DEFINITIONS = {
    ("bra_indicators", "counts"): gettext_noop("Brott som anmälts under året. Kommunen är den där brottet begicks."),
    ("bra_indicators", "indicators"): gettext_noop("Andel av dem som svarade i Nationella trygghetsundersökningen."),
    ("bra_sol", "counts"): gettext_noop("Brott som anmälts under perioden. Kommunen är den där brottet begicks."),
    ("kolada", "indicators"): gettext_noop("Så som källan beskriver måttet."),
    ("scb", "population"): gettext_noop("Antal folkbokförda den 31 december."),
    ("scb", "indicators"): gettext_noop("Så som källan beskriver måttet."),
    ("polisen", "incidents"): gettext_noop(
        "Polisens notiser om händelser. De är ett urval av nyheter och räknas aldrig."
    ),
}


def look(progress: Progress) -> dict[str, Any]:
    """Recognise a file and try it. What was found is kept with the upload; nothing else is written."""
    upload = _upload(progress)
    given = progress.arguments.get("mapping", "")
    if _source(_path(upload)) == AREAS:
        collection = _areas(upload)
        found = {"source": AREAS, "tables": [], "areas": [one.name for one in collection.outlines]}
        uploads.keep_trial(upload, _areas_report(collection), {}, found)
        return {"source": AREAS}
    read = _read(upload, given, progress)
    if read.headings and not read.tables:
        if remembered := uploads.suggested_mapping(upload.municipality, KIND, read.layout).get("mapping", ""):
            given, read = remembered, _read(upload, remembered, progress)
        else:
            asked = {"source": GENERIC, "headings": list(read.headings), "kinds": reading.suggestions(read.headings)}
            uploads.keep_trial(upload, Report(0, 0), {}, asked)
            return {"source": GENERIC}
    headings = list(read.headings) or upload.result.get("headings", [])
    told = {"source": read.source, "tables": [_told(table, upload) for table in read.tables], "headings": headings}
    if headings:
        told["kinds"] = reading.suggestions(tuple(headings))
    uploads.keep_trial(upload, read.report, {"mapping": given} if given else {}, told)
    return {"source": read.source}


def _told(table: reading.Table, upload: Upload) -> dict[str, Any]:
    """What a person must see before saying yes, and what the form begins with."""
    data = table.data
    days = [day for one in table.kept for day in (one.starts, one.ends)]
    is_own = data.source in OWN_SOURCES
    return {
        "contract": table.contract,
        "title": data.title if not is_own else Path(upload.name).stem[:200],
        "publisher": data.publisher or (str(upload.municipality) if is_own else ""),
        "licence": data.licence[:60],
        "attribution": data.attribution[:200],
        "definition": DEFINITIONS.get((data.source, table.contract), ""),
        "known_from": data.known_from.isoformat() if data.known_from else "",
        "is_preliminary": data.is_preliminary,
        "is_context_only": data.is_context_only,
        "is_own": is_own,
        "notes": list(data.notes),
        "warnings": [*data.checked.warnings, *_more_warnings(table)],
        "starts": min(days).isoformat() if days else "",
        "ends": max(days).isoformat() if days else "",
        "rows_in": table.report.rows_in,
        "rows_used": table.report.rows_used,
        "kept": len(table.kept),
        "elsewhere": table.elsewhere,
        "places": list(dict.fromkeys(one.where.place for one in table.kept))[:40],
        "categories": list(dict.fromkeys(one.category for one in table.kept))[:60],
        "totals": table.totals,
    }


def _more_warnings(table: reading.Table) -> list[str]:
    if not table.unknown_parts:
        return []
    names = ", ".join(table.unknown_parts[:5])
    return [_("Områden i kommunen som inte är inlästa, och som därför inte sparas: {names}.").format(names=names)]


# --- read it in


def import_file(progress: Progress) -> dict[str, Any]:
    """Read a file in, once. Begun again after a crash it goes on where it was."""
    upload = _upload(progress)
    if upload.state != Upload.State.COMMITTED:
        if upload.result.get("source") == AREAS:
            return _import_areas(upload, progress)
        read = _read(upload, upload.mapping.get("mapping", ""), progress)
        if not read.report.rows_used:
            raise Refused(_("Ingen rad i filen går att använda."))
        _write(upload, read, progress)
        upload.refresh_from_db()
    made = 0
    for data_set in upload.data_sets.select_related("cycle__municipality"):
        made += int(make_again(data_set, progress)["figures"])
    return {"figures": made}


def make_again(data_set: DataSet, progress: Progress) -> dict[str, Any]:
    """Make a data set's figures, and those of others that wait for its population."""
    figures = figuring.make_figures(data_set, progress.step)
    data_set.outlines = outlines_of(figures)
    with transaction.atomic():
        made = figuring.save_figures(data_set, figures)
        data_set.save(update_fields=["outlines"])
    if data_set.contract == "population":
        waiting = DataSet.objects.filter(
            cycle__municipality=data_set.cycle.municipality, contract__in=("counts", "incidents")
        )
        for other in waiting.select_related("cycle__municipality"):
            made += int(make_again(other, progress)["figures"])
    return {"figures": made}


@transaction.atomic
def _write(upload: Upload, read: reading.Found, progress: Progress) -> None:
    arguments = progress.arguments
    locked = Upload.objects.select_for_update().select_related("municipality").get(pk=upload.pk)
    if locked.state == Upload.State.COMMITTED:
        return
    cycle = Cycle.objects.select_for_update().select_related("municipality").get(pk=arguments["cycle"])
    keys = []
    for number, table in enumerate(read.tables):
        data_set = _data_set(locked, cycle, table, arguments["values"], is_first=number == 0)
        facts = [_fact(data_set, one) for one in table.kept]
        Fact.objects.bulk_create(facts, batch_size=AT_A_TIME)
        keys.append(data_set.key)
        record(
            "data_set.read", chain=chain_of_kommun(cycle.municipality), target=cycle, actor=UUID(arguments["by"]),
            content=f"{data_set.key} {data_set.input_sha256}",
        )  # fmt: skip
    if mapping := locked.mapping.get("mapping"):
        uploads.remember_mapping(locked.municipality, KIND, {"mapping": mapping}, read.layout)
    uploads.finish(
        locked, report=read.report, result={"data_sets": keys, "cycle": cycle.slug}, by=UUID(arguments["by"]),
        chain=chain_of_kommun(cycle.municipality), now=timezone.now(),
    )  # fmt: skip


def _data_set(upload: Upload, cycle: Cycle, table: reading.Table, values: dict[str, Any], *, is_first: bool) -> DataSet:
    data, told = table.data, _told(table, upload)
    # A workbook may hold two tables; what the person wrote is about the first, the second says its own.
    said = values if is_first else {}
    series = said.get("series") or _series(cycle, data.source, table.contract, said.get("title") or told["title"])
    starts, ends = (said.get(name) or told[name] for name in ("starts", "ends"))
    return DataSet.objects.create(
        cycle=cycle,
        key=_free_key(cycle, series, said.get("edition") or values.get("known_from") or ""),
        title=said.get("title") or told["title"],
        publisher=(said.get("publisher") or told["publisher"])[:120],
        licence=(said.get("licence") or told["licence"])[:60],
        attribution=data.attribution[:200] or _("Källa: {who}").format(who=said.get("publisher") or told["publisher"]),
        definition=said.get("definition") or told["definition"],
        edition=(values.get("edition") or "")[:60],
        known_from=_day(values.get("known_from")) or data.known_from,
        is_preliminary=bool(said.get("is_preliminary")) or data.is_preliminary,
        starts=_day(starts),
        ends=_day(ends),
        series=series,
        source=data.source,
        contract=table.contract,
        is_context_only=data.is_context_only,
        upload=upload,
        input_sha256=upload.sha256,
        rows_in=table.report.rows_in,
        rows_used=table.report.rows_used,
        totals=table.totals,
        reporters=table.reporters,
        notes=[*data.notes, *_more_warnings(table)],
        read_at=timezone.now(),
    )


def _series(cycle: Cycle, source: str, contract: str, title: str) -> str:
    """Files of a known source are editions of one series; a file of one's own begins a new one."""
    stem = slugify(f"{source}-{contract}" if source not in OWN_SOURCES else title)[:60] or "data"
    if source not in OWN_SOURCES:
        return stem
    taken = set(DataSet.objects.filter(cycle__municipality=cycle.municipality).values_list("series", flat=True))
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)


def _free_key(cycle: Cycle, series: str, edition: str) -> str:
    stem = slugify(f"{series}-{edition}")[:70] or "data"
    taken = set(cycle.data_sets.values_list("key", flat=True))
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)


def _fact(data_set: DataSet, one: reading.Kept) -> Fact:
    return Fact(
        data_set=data_set, scope=one.where.scope or Scope.OTHER, area=one.where.area, place=one.where.place[:120],
        category=one.category, group=one.group, unit=one.unit, starts=one.starts, ends=one.ends, count=one.count,
        value=_decimal(one.value), low=_decimal(one.low), high=_decimal(one.high), n=one.n,
        is_preliminary=one.is_preliminary, is_subset=one.is_subset, mark=one.mark,
    )  # fmt: skip


def _decimal(number: float | None) -> Any:
    return None if number is None else figuring.as_decimal(number)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# --- areas


def _areas(upload: Upload) -> Collection:
    try:
        return areas_in(_path(upload), upload.municipality)
    except (NotGeoJson, TableError) as refusal:
        raise FileUnreadable(str(refusal)) from None


def _areas_report(collection: Collection) -> Report:
    problems = tuple(Problem(each.row, each.column, each.value, each.reason) for each in collection.problems)
    return Report(len(collection.outlines) + len(problems), len(collection.outlines), problems)


def _import_areas(upload: Upload, progress: Progress) -> dict[str, Any]:
    collection = _areas(upload)
    with transaction.atomic():
        loaded = load_areas(collection, municipality=upload.municipality, kind=kind_of(collection))
        result = {"new": loaded.new, "changed": loaded.changed, "unchanged": loaded.unchanged}
        uploads.finish(
            upload, report=_areas_report(collection), result={"areas": result}, by=UUID(progress.arguments["by"]),
            chain=chain_of_kommun(upload.municipality), now=timezone.now(),
        )  # fmt: skip
    return result


# --- the file


def _upload(progress: Progress) -> Upload:
    return Upload.objects.select_related("municipality").get(pk=progress.arguments["upload"])


def _path(upload: Upload) -> Path:
    if not upload.file:
        raise uploads.RawFileGone(_("Filen är borttagen. Välj den igen."))
    return Path(upload.file.path)


def _source(path: Path) -> str:
    try:
        return recognise(path)
    except TableError as refusal:
        raise FileUnreadable(str(refusal)) from None


def _read(upload: Upload, mapping: str, progress: Progress) -> reading.Found:
    return reading.read(
        _path(upload), Whereabouts(upload.municipality), mapping=mapping, today=timezone.localdate(),
        cache=Path(settings.VAR) / "cells", step=progress.step,
    )  # fmt: skip
