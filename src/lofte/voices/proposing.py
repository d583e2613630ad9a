"""The work behind proposals: learn themes from what people have sorted. For a worker only: heavy libraries are read."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lofte.core.jobs import Refused
from lofte.voices.models import Dialogue, SuggestedCode
from lofte.voices.queries import to_sort
from lofte_engine.text.codes import CodesInputError, suggest_codes

# Share of the proposals that should be right, tried on what people have sorted.
WANTED = 0.8
FEWEST = 5


def suggest(dialogue: Dialogue) -> dict[str, Any]:
    """Learn from what people have sorted on their own, and propose for the rest."""
    voices = list(to_sort(dialogue, only_unsorted=True))
    try:
        found = suggest_codes(_learnt_from(dialogue), [voice.text for voice in voices], wanted=WANTED, fewest=FEWEST)
    except CodesInputError:
        raise Refused(_("Sortera fler först: minst två teman behöver fem svar var att lära av.")) from None
    offered = {theme.key: theme for theme in dialogue.themes.all()}
    rows = [
        SuggestedCode(voice=voice, theme=offered[row.code], because=list(row.because))
        for voice, row in zip(voices, found.rows, strict=True)
        if row.code is not None
    ]
    with transaction.atomic():
        SuggestedCode.objects.filter(voice__dialogue=dialogue, answer="").delete()
        SuggestedCode.objects.bulk_create(rows, ignore_conflicts=True)
    left_out = [offered[key].label for key in found.left_out]
    right = round(100 * found.right) if found.right is not None else None
    return {"suggested": len(rows), "asked": len(voices), "right_percent": right, "left_out": left_out}


def _learnt_from(dialogue: Dialogue) -> list[tuple[str, str]]:
    """Never from a proposal that was taken: the computer would learn from itself."""
    rows = to_sort(dialogue, only_unsorted=False).exclude(theme=None)
    rows = rows.exclude(suggestion__answer=SuggestedCode.Answer.TAKEN)
    return list(rows.values_list("text", "theme__key"))
