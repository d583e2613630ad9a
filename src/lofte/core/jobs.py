"""Long work as a row with progress, cancel and result. A job that was running when the server died is begun again."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.core.models import Job

logger = logging.getLogger(__name__)
Work = Callable[["Progress"], Any]
_kinds: dict[str, Work] = {}
_daily: list[str] = []
SILENT_AFTER = dt.timedelta(minutes=10)


class Cancelled(Exception):
    """Somebody asked for the job to stop."""


class Refused(Exception):
    """The work can't be done; the message is a Swedish sentence for the one who asked."""


class Progress:
    """What a running job tells of itself, and where it learns that it should stop."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.arguments: dict[str, Any] = job.arguments

    def step(self, done: int, total: int | None = None) -> None:
        self.job.steps_done, self.job.heartbeat_at = done, timezone.now()
        if total is not None:
            self.job.steps_total = total
        self.job.save(update_fields=["steps_done", "steps_total", "heartbeat_at"])
        if Job.objects.filter(pk=self.job.pk, cancel_requested=True).exists():
            raise Cancelled


def job_kind(name: str, *, is_daily: bool = False) -> Callable[[Work], Work]:
    """Register the function that does a kind of job. Heavy imports belong inside its body.

    One that is daily takes no arguments, and bears being done twice a day or not for a week.
    """

    def register(work: Work) -> Work:
        _kinds[name] = work
        if is_daily and name not in _daily:
            _daily.append(name)
        return work

    return register


def start(kind: str, *, owner: UUID | None = None, **arguments: Any) -> Job:
    """Make the row now and hand the work to a worker when the transaction is committed."""
    if kind not in _kinds:
        raise LookupError(f"no kind of job is called {kind}")
    job = Job.objects.create(kind=kind, owner=owner, arguments=arguments)
    transaction.on_commit(lambda: run.enqueue(str(job.key)))
    return job


def start_daily() -> list[Job]:
    """Start every daily job; one that already waits is not started again. A timer does this once a day."""
    waiting = set(Job.objects.filter(kind__in=_daily, state=Job.State.WAITING).values_list("kind", flat=True))
    return [start(kind) for kind in _daily if kind not in waiting]


def cancel(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(cancel_requested=True)


@task
def run(key: str) -> None:
    """Do a job. What it raises becomes its state and message; a programming error is also logged and raised."""
    claimed = Job.objects.filter(key=key, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, heartbeat_at=timezone.now()
    )
    if not claimed:
        return
    job = Job.objects.get(key=key)
    try:
        result = _kinds[job.kind](Progress(job))
    except Cancelled:
        _end(job, Job.State.CANCELLED)
    except Refused as refusal:
        _end(job, Job.State.FAILED, message=str(refusal))
    except BaseException:
        _end(job, Job.State.FAILED, message=_("Något gick fel hos oss. Försök igen."))
        raise
    else:
        _end(job, Job.State.DONE, result=result)


def _end(job: Job, state: Job.State, *, result: Any = None, message: str = "") -> None:
    job.state, job.result, job.message, job.ended_at = state, result, message, timezone.now()
    job.save(update_fields=["state", "result", "message", "ended_at"])


def resume(now: dt.datetime) -> int:
    """Put jobs back in the queue whose worker or queue row was lost. Each kind must bear being begun again."""
    before = now - SILENT_AFTER
    silent = models.Q(state=Job.State.RUNNING, heartbeat_at__lt=before)
    forgotten = models.Q(state=Job.State.WAITING, created_at__lt=before)
    keys = [str(key) for key in Job.objects.filter(silent | forgotten).values_list("key", flat=True)]
    Job.objects.filter(silent).update(state=Job.State.WAITING)
    for key in keys:
        run.enqueue(key)  # one too many does no harm: a job is claimed once
    return len(keys)
