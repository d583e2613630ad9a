"""Themes: made and named by people, filled with voices, counted, and answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Count
from django.utils.text import slugify

from lofte.core.events import record
from lofte.core.states import Visibility
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.voices import small_groups, suggesting
from lofte.voices.models import Contribution, Dialogue, Theme
from lofte.voices.queries import chain_of


@transaction.atomic
def make_theme(*, dialogue: Dialogue, label: str, by: User, definition: str = "") -> Theme:
    require(by, Permission.EDIT_CYCLE, dialogue)
    theme = Theme.objects.create(dialogue=dialogue, key=free_key(dialogue, label), label=label, definition=definition)
    record("theme.made", chain=chain_of(dialogue), target=theme, actor=by.key, content=label)
    return theme


def free_key(dialogue: Dialogue, label: str) -> str:
    """The theme's words as a short name that no other theme of the dialogue has."""
    stem = slugify(label)[:60] or "tema"
    taken = set(dialogue.themes.values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


@transaction.atomic
def save_theme(
    *,
    theme: Theme,
    by: User,
    today: dt.date,
    label: str,
    is_open: bool,
    answer: str,
    answer_text: str,
    definition: str = "",
) -> None:
    """Rename, show or answer a theme. The answer reaches every receipt, the dialogue's page and the feed by itself."""
    require(by, Permission.EDIT_CYCLE, theme.dialogue)
    had_answer = theme.answer
    if (answer, answer_text) != (theme.answer, theme.answer_text):
        theme.answered_on = today if answer else None
    theme.label, theme.definition, theme.answer, theme.answer_text = label, definition, answer, answer_text
    theme.visibility = Visibility.OPEN if is_open else Visibility.INTERNAL
    theme.save(update_fields=["label", "definition", "visibility", "answer", "answer_text", "answered_on"])
    verb = "theme.answered" if answer and answer != had_answer else "theme.changed"
    record(
        verb, chain=chain_of(theme.dialogue), target=theme, actor=by.key, reason_code=answer, is_public=is_open,
        content=f"{label}\n{answer_text}",
    )  # fmt: skip


@transaction.atomic
def sort(*, dialogue: Dialogue, by: User, chosen: Mapping[Contribution, Theme | None]) -> int:
    """Put voices under themes; how many were moved."""
    require(by, Permission.PUBLISH, dialogue)
    moved = put(dialogue, chosen)
    if moved:
        suggesting.answered(chosen)
        content = "\n".join(f"{voice.key} {voice.theme.key if voice.theme else ''}" for voice in moved)
        record("voices.sorted", chain=chain_of(dialogue), target=dialogue, actor=by.key, content=content)
    return len(moved)


def put(dialogue: Dialogue, chosen: Mapping[Contribution, Theme | None]) -> list[Contribution]:
    """Move voices to their themes and count anew; those that were moved."""
    moved = [voice for voice, theme in chosen.items() if voice.theme_id != (theme.pk if theme else None)]
    for voice in moved:
        voice.theme = chosen[voice]
    Contribution.objects.bulk_update(moved, ["theme"])
    if moved:
        recount(dialogue)
    return moved


@transaction.atomic
def take_codebook(*, dialogue: Dialogue, source: Dialogue, by: User) -> int:
    """Begin with the themes of another dialogue, with their definitions and without its answers; how many were new."""
    require(by, Permission.EDIT_CYCLE, dialogue)
    require(by, Permission.READ_CYCLE, source)
    there = {theme.label.casefold() for theme in dialogue.themes.all()}
    new = [theme for theme in source.themes.all() if theme.label.casefold() not in there]
    for theme in new:
        Theme.objects.create(
            dialogue=dialogue, key=free_key(dialogue, theme.label), label=theme.label, definition=theme.definition
        )
    content = "\n".join(theme.label for theme in new)
    record("themes.taken_over", chain=chain_of(dialogue), target=dialogue, actor=by.key, content=content)
    return len(new)


def recount(dialogue: Dialogue) -> None:
    """The numbers that are published with the themes. What was counted elsewhere, on paper or in a file, is left."""
    total = dialogue.contributions.count()
    counted = list(dialogue.themes.annotate(sorted_count=Count("contributions")))
    sorted_counts = {theme.pk: theme.sorted_count for theme in counted}
    was_counted_elsewhere = any((theme.count or 0) > total for theme in counted)
    if was_counted_elsewhere or not any(sorted_counts.values()):
        return
    # The total is published too: a count that would tell a small one beside it is not kept either.
    shown = small_groups.shown(sorted_counts, untold=total - sum(sorted_counts.values()))
    for theme in counted:
        theme.count = shown[theme.pk]
        theme.share = (Decimal(100) * theme.count / total).quantize(Decimal("0.1")) if theme.count else None
        theme.save(update_fields=["count", "share"])


def period_of(theme: Theme) -> tuple[dt.date, dt.date] | None:
    """From which month to which the voices of a theme came."""
    months = theme.contributions.order_by("month").values_list("month", flat=True)
    return (months[0], months[len(months) - 1]) if months else None
