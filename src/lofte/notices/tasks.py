"""The job that sends what waits."""

from lofte.core.jobs import Progress, job_kind
from lofte.notices.actions import SENDING, send_waiting


@job_kind(SENDING)
def send(progress: Progress) -> dict[str, int]:
    return send_waiting(progress)
