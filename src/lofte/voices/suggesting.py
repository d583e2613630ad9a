"""Themes that the computer proposes for voices nobody has sorted. A person takes each or leaves it."""

from __future__ import annotations

from collections.abc import Mapping

from lofte.core import jobs
from lofte.core.models import Job
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.voices.coding_queries import SUGGEST
from lofte.voices.models import Contribution, Dialogue, SuggestedCode, Theme


def begin(*, dialogue: Dialogue, by: User) -> Job:
    require(by, Permission.PUBLISH, dialogue)
    return jobs.start(SUGGEST, owner=by.key, dialogue=dialogue.pk)


def answered(chosen: Mapping[Contribution, Theme | None]) -> None:
    """Remember what people said to the proposals, for those voices that were sorted now."""
    waiting = SuggestedCode.objects.filter(voice__in=list(chosen), answer="").select_related("voice")
    rows = [row for row in waiting if chosen[row.voice] is not None]
    for row in rows:
        is_taken = chosen[row.voice] == row.theme
        row.answer = SuggestedCode.Answer.TAKEN if is_taken else SuggestedCode.Answer.OTHER
    SuggestedCode.objects.bulk_update(rows, ["answer"])


def waiting(voices: list[Contribution]) -> dict[str, SuggestedCode]:
    """Proposals that nobody has answered: the voice's name to the proposal."""
    rows = SuggestedCode.objects.filter(voice__in=voices, answer="").select_related("theme", "voice")
    return {row.voice.key: row for row in rows}
