"""The job that destroys what is kept only until its day."""

from django.utils import timezone

from lofte.core.jobs import Progress, job_kind
from lofte.voices.reviewing import delete_originals


@job_kind("voices.delete-originals")
def delete(progress: Progress) -> dict[str, int]:
    return {"deleted": delete_originals(timezone.localdate())}
