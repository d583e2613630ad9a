"""Writes that a page makes when a file is given: the work itself is done by jobs, which are named here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, BinaryIO

from lofte.core import jobs
from lofte.core.models import Job
from lofte.evidence.imports import KIND
from lofte.evidence.models import DataSet
from lofte.imports import actions as uploads
from lofte.imports.models import Upload
from lofte.parties.models import Cycle, User
from lofte.parties.rules import Permission, require
from lofte.places.models import Municipality

LOOK, IMPORT, FIGURES, RELEASE = "evidence.look", "evidence.import", "evidence.figures", "evidence.release"


def give(*, municipality: Municipality, name: str, content: BinaryIO, by: User, now: dt.datetime) -> Upload:
    """Keep a file and have it looked at. One that was read in before is left as it is."""
    require(by, Permission.EDIT_CYCLE, municipality)
    upload = uploads.receive(municipality=municipality, kind=KIND, name=name, content=content, by=by.key, now=now)
    if upload.state != Upload.State.COMMITTED:
        look(upload=upload, by=by)
    return upload


def look(*, upload: Upload, by: User, mapping: str = "") -> Job:
    """Have a file recognised and tried, with a column mapping where a person has made one."""
    require(by, Permission.EDIT_CYCLE, upload.municipality)
    return jobs.start(LOOK, owner=by.key, upload=upload.pk, mapping=mapping)


def begin_import(*, upload: Upload, cycle: Cycle, values: Mapping[str, Any], by: User) -> Job:
    require(by, Permission.EDIT_CYCLE, cycle)
    given = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}
    return jobs.start(IMPORT, owner=by.key, upload=upload.pk, cycle=cycle.pk, by=str(by.key), values=given)


def begin_release(*, data_set: DataSet, by: User) -> Job:
    require(by, Permission.PUBLISH, data_set.cycle)
    return jobs.start(RELEASE, owner=by.key, data_set=data_set.pk)


def begin_figures(*, data_set: DataSet, by: User) -> Job:
    require(by, Permission.EDIT_CYCLE, data_set.cycle)
    return jobs.start(FIGURES, owner=by.key, data_set=data_set.pk)


def stop(*, upload: Upload, by: User) -> None:
    """Ask the job that reads a file to stop; nothing of it is kept."""
    require(by, Permission.EDIT_CYCLE, upload.municipality)
    uploads.stop(upload)


def release_job_of(data_set: DataSet) -> Job | None:
    return Job.objects.filter(kind__in=(RELEASE, FIGURES), arguments__data_set=data_set.pk).order_by("-pk").first()
