"""The work of the jobs that read voices out of a file: look at its headings, try every row, and read it in once.

The file is read without a transaction, since the database has one writer; what came of it is written in a short one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.core.jobs import Progress, Refused
from lofte.imports import actions as uploads
from lofte.imports.kinds import Report
from lofte.imports.models import Upload
from lofte.voices import imports, spreadsheet
from lofte.voices.queries import chain_of


def look(progress: Progress) -> dict[str, Any]:
    """Learn which columns there are. How the voices came is kept with them until they are read in."""
    upload = _upload(progress)
    headings = [heading for heading in _sheet(upload).headings if heading]
    told = {"headings": headings, "channel": progress.arguments["channel"]}
    uploads.keep_trial(upload, Report(0, 0), {}, told)
    return {"columns": len(headings)}


def try_rows(progress: Progress) -> dict[str, Any]:
    """Read every row and keep what is wrong with them; no voice is saved."""
    upload, mapping = _upload(progress), progress.arguments["mapping"]
    report, _rows = _read(upload, mapping, progress)
    uploads.keep_trial(upload, report, mapping, upload.result)
    return {"used": report.rows_used}


def read_in(progress: Progress) -> dict[str, Any]:
    """Save the rows that can be used, all or none of them. Begun again after it is done, it changes nothing."""
    upload, mapping, by = _upload(progress), progress.arguments["mapping"], UUID(progress.arguments["by"])
    if upload.state == Upload.State.COMMITTED:
        return dict(upload.result)
    report, rows = _read(upload, mapping, progress)
    if not rows:
        raise Refused(_("Ingen rad i filen går att använda."))
    dialogue = imports.dialogue_of(upload.municipality, mapping)
    with transaction.atomic():
        locked = Upload.objects.select_for_update().select_related("municipality").get(pk=upload.pk)
        if locked.state == Upload.State.COMMITTED:
            return dict(locked.result)
        result = imports.store(rows, dialogue, mapping.get(imports.CHANNEL, ""), upload.sha256[:10])
        locked.mapping = mapping
        uploads.remember_mapping(locked.municipality, locked.kind, mapping)
        uploads.finish(locked, report=report, result=result, by=by, chain=chain_of(dialogue), now=timezone.now())
    return result


def _read(upload: Upload, mapping: Mapping[str, str], progress: Progress) -> tuple[Report, list[imports.Row]]:
    dialogue = imports.dialogue_of(upload.municipality, mapping)
    rows, problems = imports.rows_of(_sheet(upload), mapping, dialogue, progress.step)
    return imports.report_of(rows, problems), rows


def _sheet(upload: Upload) -> spreadsheet.Sheet:
    if not upload.file:
        raise uploads.RawFileGone(_("Filen är borttagen. Välj den igen."))
    with upload.file.open("rb") as file:
        return spreadsheet.read(cast(BinaryIO, file))


def _upload(progress: Progress) -> Upload:
    return Upload.objects.select_related("municipality").get(pk=progress.arguments["upload"])
