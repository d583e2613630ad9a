"""Whether a text points a group or a person out, by the rule that pledges are checked with (L13)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lofte_engine.text.wording import check_pledge


@dataclass(frozen=True)
class Pointed:
    """The words that point somebody out, why that is so, and what to write instead."""

    words: str
    message: str
    suggestion: str


def pointed_out(text: str) -> list[Pointed]:
    return [
        Pointed(text[each.start : each.end], each.message, each.suggestion)
        for each in check_pledge(text)
        if each.rule == "L13"
    ]


def told_of(found: Pointed) -> str:
    """Why the words point somebody out and what to write instead, as one sentence for a form."""
    return _("”{words}”: {message} {suggestion}").format(
        words=found.words, message=found.message, suggestion=found.suggestion
    )
