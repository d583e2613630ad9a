"""The job that throws away raw files whose time is up."""

from django.utils import timezone

from lofte.core.jobs import Progress, job_kind
from lofte.imports.actions import delete_raw_files


@job_kind("imports.delete-raw-files", is_daily=True)
def delete(progress: Progress) -> dict[str, int]:
    return {"deleted": delete_raw_files(timezone.now())}
