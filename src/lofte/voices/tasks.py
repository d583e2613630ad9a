"""Jobs of the dialogues: destroy what is kept only until its day, count statement rounds, propose themes."""

from django.utils import timezone

from lofte.core.jobs import Progress, job_kind
from lofte.voices import round_results
from lofte.voices.coding_queries import SUGGEST
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
