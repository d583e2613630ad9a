"""Jobs of the dialogues: destroy what has had its day, count statement rounds, propose themes, read files."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from lofte.core.jobs import Progress, Refused, job_kind
from lofte.imports.kinds import FileUnreadable
from lofte.voices import importing, round_results
from lofte.voices.coding_queries import SUGGEST
from lofte.voices.imports import LOOK, READ, TRY
from lofte.voices.models import Dialogue, StatementRound
from lofte.voices.reviewing import delete_originals
from lofte.voices.rounds import close_due


@job_kind("voices.delete-originals", is_daily=True)
def delete(progress: Progress) -> dict[str, int]:
    return {"deleted": delete_originals(timezone.localdate())}


@job_kind("voices.close-rounds", is_daily=True)
def close_rounds(progress: Progress) -> dict[str, int]:
    return {"rounds": close_due(timezone.localdate())}


@job_kind("voices.count-round")
def count_round(progress: Progress) -> dict[str, int]:
    """What to ask next. A round that is closed meanwhile, or gone, has nothing to count."""
    found = StatementRound.objects.filter(pk=progress.arguments["round"], closed_on=None).first()
    return {"votes": round_results.count(found) if found else 0}


@job_kind("voices.close-round")
def close_round(progress: Progress) -> dict[str, int]:
    """How many took part is not told in the job's row: only the round says, as it may be shown."""
    found = StatementRound.objects.filter(pk=progress.arguments["round"], closed_on__isnull=False).first()
    if found:
        round_results.close(found)
    return {"rounds": 1 if found else 0}


@job_kind(SUGGEST)
def suggest_codes(progress: Progress) -> dict[str, object]:
    from lofte.voices import proposing

    return proposing.suggest(Dialogue.objects.get(pk=progress.arguments["dialogue"]))


@job_kind(LOOK)
def look_at_file(progress: Progress) -> dict[str, Any]:
    return _of_file(importing.look, progress)


@job_kind(TRY)
def try_file(progress: Progress) -> dict[str, Any]:
    return _of_file(importing.try_rows, progress)


@job_kind(READ)
def read_file(progress: Progress) -> dict[str, Any]:
    return _of_file(importing.read_in, progress)


def _of_file(work: Callable[[Progress], dict[str, Any]], progress: Progress) -> dict[str, Any]:
    try:
        return work(progress)
    except FileUnreadable as refusal:
        raise Refused(str(refusal)) from None
