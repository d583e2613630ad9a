"""You said, we do: answers to themes as everyone may read them, and the dialogues that still owe one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from lofte.core.feeds import Entry, noon, tag
from lofte.core.visibility import VISITOR, Viewer
from lofte.design.words import strung
from lofte.places.models import Municipality
from lofte.voices.models import Dialogue, Theme
from lofte.voices.presenters import address, answer_words, when
from lofte.voices.queries import IN_QUEUE, open_to_everyone


def answered_themes(**which: Any) -> QuerySet[Theme]:
    """Open themes with an answer, of dialogues that everyone may see; the newest answer first.

    `which` says which dialogues. One that was answered elsewhere, on a day that nobody wrote down, is no news.
    """
    dialogues = Dialogue.objects.visible_to(VISITOR).filter(**which)
    rows = Theme.objects.visible_to(VISITOR).filter(dialogue__in=dialogues, answered_on__isnull=False)
    return rows.exclude(answer="").select_related("dialogue__cycle__municipality").order_by("-answered_on", "-pk")


def answer_entries(most: int, **which: Any) -> list[Entry]:
    return [_entry(theme) for theme in answered_themes(**which)[:most]]


def _entry(theme: Theme) -> Entry:
    url = f"{address('voices:dialogue', theme.dialogue)}#tema-{theme.key}"
    assert theme.answered_on is not None
    text = strung([f"{answer_words(theme.answer)}.", theme.answer_text])
    return Entry(tag(url), theme.label, text, url, noon(theme.answered_on), "answer")


def unanswered(today: dt.date, viewer: Viewer) -> Q:
    """Dialogues whose day for answers is past, and where some theme (or the whole dialogue) has none."""
    themes = Theme.objects.visible_to(viewer).filter(dialogue=OuterRef("pk"))
    return Q(feedback_on__lt=today) & (Exists(themes.filter(answer="")) | ~Exists(themes))


def with_debt(rows: QuerySet[Dialogue], today: dt.date, viewer: Viewer) -> QuerySet[Dialogue]:
    """Each with `owes_answer`: whether its answers are late."""
    return rows.annotate(owes_answer=ExpressionWrapper(unanswered(today, viewer), BooleanField()))


def waiting_dialogues(viewer: Viewer, today: dt.date) -> list[Dialogue]:
    """Dialogues of the viewer's kommuner where voices wait to be read (`waiting_count`), or people for an answer."""
    rows = Dialogue.objects.visible_to(viewer).filter(is_draft=False, cycle__municipality__in=viewer.municipalities)
    counted = with_debt(rows.annotate(waiting_count=Count("contributions", filter=IN_QUEUE)), today, viewer)
    waiting = counted.filter(Q(waiting_count__gt=0) | Q(owes_answer=True))
    return list(waiting.select_related("cycle__municipality").order_by("feedback_on", "pk"))


@dataclass(frozen=True)
class Card:
    """A dialogue in a list."""

    title: str
    url: str
    when: str
    is_open: bool
    is_coming: bool
    is_overdue: bool


def cards(municipality: Municipality, today: dt.date) -> list[Card]:
    """The dialogues of a kommun that everyone may see, the newest first."""
    rows = with_debt(open_to_everyone(municipality), today, VISITOR)
    return [_card(each, today) for each in rows]


def _card(dialogue: Dialogue, today: dt.date) -> Card:
    return Card(
        title=dialogue.title,
        url=address("voices:dialogue", dialogue),
        when=when(dialogue),
        is_open=dialogue.is_open(today),
        is_coming=dialogue.is_coming(today),
        is_overdue=dialogue.owes_answer,  # type: ignore[attr-defined] # annotated by with_debt
    )
