"""One way in for files: receive, try (nothing is saved), finish (once), throw the raw file away.

The room that knows the kind reads the file, and calls `finish` in the transaction that writes what it read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, BinaryIO
from uuid import UUID

from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext as _

from lofte.core import jobs
from lofte.core.events import record
from lofte.core.faults import crash_point
from lofte.core.models import Job
from lofte.imports.kinds import MOST_PROBLEMS, FileUnreadable, ImportKind, Report, kind_named
from lofte.imports.models import ColumnMapping, Upload

CHUNK = 1024 * 1024


class RawFileGone(FileUnreadable):
    """The raw file was thrown away in time; the person has to give it again."""


def receive(
    *, municipality: models.Model, kind: str, name: str, content: BinaryIO, by: UUID | None, now: dt.datetime
) -> Upload:
    """Keep a file that was given. The same file as before is the same upload, with what came of it."""
    rules = kind_named(kind)
    sha256, size = _measured(content, rules.most_bytes)
    known: Upload | None = Upload.objects.filter(municipality_id=municipality.pk, kind=kind, sha256=sha256).first()
    if known is not None and (known.file or known.state == Upload.State.COMMITTED):
        return known
    upload = known or Upload(
        municipality_id=municipality.pk,
        kind=kind,
        name=PurePath(name).name[:200],
        sha256=sha256,
        size=size,
        created_by=by,
    )
    upload.delete_after = now + dt.timedelta(days=rules.days_kept)
    # The name on disk is the checksum: what people call their files never becomes a path.
    upload.file.save(f"{municipality.pk}-{kind}-{sha256}", File(content), save=False)
    upload.save()
    return upload


def _measured(content: BinaryIO, most: int) -> tuple[str, int]:
    total, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise FileUnreadable(
                _("Filen är större än {n} MB. Dela den, till exempel per år.").format(n=most // (1024 * 1024))
            )
        total.update(chunk)
    if not size:
        raise FileUnreadable(_("Filen är tom. Välj en annan fil."))
    content.seek(0)
    return total.hexdigest(), size


def suggested_mapping(municipality: models.Model, kind: str, layout: str = "") -> dict[str, str]:
    """The columns this kommun chose last time for files of this kind and layout."""
    chosen = ColumnMapping.objects.filter(municipality_id=municipality.pk, kind=kind, layout=layout).first()
    return dict(chosen.columns) if chosen else {}


def keep_trial(
    upload: Upload, report: Report, columns: Mapping[str, str], result: Mapping[str, Any] | None = None
) -> None:
    """Keep what a trial found, so that it can be shown. What is committed stays as it was."""
    if upload.state == Upload.State.COMMITTED:
        return
    upload.state, upload.mapping, upload.result = Upload.State.TRIED, dict(columns), dict(result or {})
    _keep(upload, report, kind_named(upload.kind))
    upload.save()


def _keep(upload: Upload, report: Report, rules: ImportKind) -> None:
    upload.rows_in, upload.rows_used, upload.rows_rejected = report.rows_in, report.rows_used, report.rows_rejected
    shown = report.problems[:MOST_PROBLEMS]
    upload.problems = [problem.as_dict(is_masked=rules.has_masked_values) for problem in shown]


def finish(
    upload: Upload, *, report: Report, result: Mapping[str, Any], by: UUID | None, chain: str, now: dt.datetime
) -> Upload:
    """Say that a file is read in. In the same transaction as what was written from it."""
    _keep(upload, report, kind_named(upload.kind))
    upload.state, upload.committed_at, upload.result = Upload.State.COMMITTED, now, dict(result)
    upload.save()
    crash_point("import-commit")
    record("upload.committed", chain=chain, target=upload, actor=by, content=upload.sha256)
    return upload


def job_of(upload: Upload) -> Job | None:
    """The last job about a file."""
    return Job.objects.filter(arguments__upload=upload.pk).order_by("-pk").first()


def stop(upload: Upload) -> None:
    """Ask the job that reads a file to stop; nothing of it is kept."""
    job = job_of(upload)
    if job is not None and not job.is_over:
        jobs.cancel(job)


def remember_mapping(municipality: models.Model, kind: str, columns: Mapping[str, str], layout: str = "") -> None:
    ColumnMapping.objects.update_or_create(
        municipality_id=municipality.pk, kind=kind, layout=layout, defaults={"columns": dict(columns)}
    )


def delete_raw_files(now: dt.datetime) -> int:
    """Throw away files whose time is up, and what was told of their rows; the row with its sums and checksum stays."""
    over = Upload.objects.filter(delete_after__lte=now).exclude(file="")
    for upload in over:
        upload.file.delete(save=False)
        upload.problems = []
        upload.save(update_fields=["file", "problems"])
    return len(over)
