"""The kommun's own Word template: tried with a small document before it is kept."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lofte.core.events import record
from lofte.documents.blocks import Block, Paper, word
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.picture.models import WordTemplate
from lofte.places.models import Municipality
from lofte.voices.queries import chain_of_kommun

# One block of each kind: what a template can't fill in shows itself here, not when the board waits for its paper.
TRIAL = Paper(
    "Lägesbild", "Kommunen", "Kommunen", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "Lägesbild", "https://example.org/",
    [
        Block("h2", "Situationen idag"), Block("h3", "Problem"), Block("p", "Text"), Block("note", "Underlag"),
        Block("gap", "Saknas"), Block("list", lines=["Rad"]),
        Block("table", "Tabell", head=["Problem", "Kommunen"], rows=[["Mörk park", "3"]]),
        Block("figure", "Figur", head=["Tid", "Antal"], rows=[["2026", "4"]]),
    ],
    words={"page": "Sida", "of": "av", "read_on": "Läs mer på"},
)  # fmt: skip


def template_of(municipality: Municipality) -> bytes | None:
    kept = WordTemplate.objects.filter(municipality=municipality).first()
    return bytes(kept.content) if kept else None


@transaction.atomic
def keep_template(*, municipality: Municipality, content: bytes, by: User) -> None:
    """Raises TemplateRefused when it can't be filled in; then the one before stays."""
    require(by, Permission.EDIT_CYCLE, municipality)
    word(TRIAL, content)
    kept = {"content": content, "uploaded_by": by.key}
    row, _made = WordTemplate.objects.update_or_create(municipality=municipality, defaults=kept)
    record("word_template.kept", chain=chain_of_kommun(municipality), target=row, actor=by.key)


@transaction.atomic
def drop_template(*, municipality: Municipality, by: User) -> None:
    """Back to the program's own."""
    require(by, Permission.EDIT_CYCLE, municipality)
    WordTemplate.objects.filter(municipality=municipality).delete()
    record("word_template.dropped", chain=chain_of_kommun(municipality), target=municipality, actor=by.key)
