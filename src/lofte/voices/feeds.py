"""What dialogues led to, as a feed: of a kommun, or of one dialogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.core.feeds import AtomFeed, Entry
from lofte.places.queries import municipality_or_404
from lofte.voices import queries
from lofte.voices.answers import answer_entries
from lofte.voices.presenters import address

ENTRIES = 30


@dataclass(frozen=True)
class Followed:
    title: str
    url: str
    which: dict[str, Any]


class Answers(AtomFeed):
    """Answers to what people said, the newest first. Feeds are public, so they are made as for a visitor."""

    def get_object(self, request: HttpRequest, kommun: str, cycle: str = "", key: str = "") -> Followed:
        if key:
            dialogue = queries.dialogue_or_404(kommun, cycle, key)
            return Followed(dialogue.title, address("voices:dialogue", dialogue), {"pk": dialogue.pk})
        municipality = municipality_or_404(kommun)
        url = reverse("voices:dialogues", kwargs={"kommun": kommun})
        title = _("Svar på dialoger i {kommun}").format(kommun=municipality)
        return Followed(title, url, {"cycle__municipality": municipality})

    def subtitle(self, about: Followed) -> str:
        return _("Ni sa, vi gör: vad svaren ledde till.")

    def items(self, about: Followed) -> list[Entry]:
        return answer_entries(ENTRIES, **about.which)
