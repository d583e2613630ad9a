"""The job that sees whether what was put out elsewhere is still there."""

from lofte.core.jobs import Progress, job_kind


@job_kind("followup.check-links", is_daily=True)
def check_links(progress: Progress) -> dict[str, int]:
    from lofte.followup import link_check, publications

    return publications.check_links(progress, ask=link_check.ask)
