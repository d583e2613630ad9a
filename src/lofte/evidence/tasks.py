"""Jobs of the room: look at a file, read it in, make figures and what may be published. Heavy imports stand inside."""

from __future__ import annotations

from lofte.core.jobs import Progress, Refused, job_kind
from lofte.evidence.data_actions import FIGURES, IMPORT, LOOK, RELEASE
from lofte.imports.kinds import FileUnreadable


@job_kind(LOOK)
def look(progress: Progress) -> dict[str, object]:
    from lofte.evidence import importing

    try:
        return importing.look(progress)
    except FileUnreadable as refusal:
        raise Refused(str(refusal)) from None


@job_kind(IMPORT)
def import_file(progress: Progress) -> dict[str, object]:
    from lofte.evidence import importing

    try:
        return importing.import_file(progress)
    except FileUnreadable as refusal:
        raise Refused(str(refusal)) from None


@job_kind(FIGURES)
def make_figures(progress: Progress) -> dict[str, object]:
    from lofte.evidence import importing
    from lofte.evidence.models import DataSet

    return importing.make_again(DataSet.objects.get(pk=progress.arguments["data_set"]), progress)


@job_kind("evidence.source-dates", is_daily=True)
def keep_source_dates(progress: Progress) -> dict[str, object]:
    """New days for the kommuner that have let rules put in days before."""
    from django.utils import timezone

    from lofte.evidence.figure_actions import keep_by_rule
    from lofte.evidence.models import SourceDate
    from lofte.places.models import Municipality

    using = Municipality.objects.filter(pk__in=SourceDate.objects.exclude(rule="").values("municipality"))
    return {"new": sum(keep_by_rule(municipality, timezone.localdate()) for municipality in using)}


@job_kind(RELEASE)
def make_release(progress: Progress) -> dict[str, object]:
    from lofte.evidence import releasing
    from lofte.evidence.models import DataSet
    from lofte_engine.disclosure import DisclosureError

    data_set = DataSet.objects.get(pk=progress.arguments["data_set"])
    try:
        return releasing.make_release(data_set, progress)
    except DisclosureError as refusal:
        raise Refused(releasing.sentence_of(refusal)) from None
