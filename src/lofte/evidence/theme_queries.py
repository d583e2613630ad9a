"""Reads of the dialogues' themes that a picture may rest on."""

from __future__ import annotations

from django.db import models

from lofte.core.visibility import Viewer
from lofte.parties.models import Cycle
from lofte.voices.models import Theme


def _themes(cycle: Cycle, viewer: Viewer) -> models.QuerySet[Theme]:
    """Of this kommun's dialogues, also earlier ones: a dialogue may be rested on again, and its age is shown."""
    rows = Theme.objects.visible_to(viewer).filter(dialogue__cycle__municipality=cycle.municipality_id)
    return rows.filter(dialogue__cycle__starts__lte=cycle.ends).select_related("dialogue__cycle")


def waiting(cycle: Cycle, viewer: Viewer) -> list[Theme]:
    """Themes that no item of this cycle says, the latest dialogue first."""
    said = Theme.objects.filter(evidence_links__evidence__cycle=cycle)
    rows = _themes(cycle, viewer).exclude(pk__in=said.values("pk"))
    return list(rows.order_by("-dialogue__cycle__starts", "dialogue_id", "pk"))


def theme_named(cycle: Cycle, viewer: Viewer, pk: str) -> Theme | None:
    return _themes(cycle, viewer).filter(pk=pk).first() if pk.isdecimal() else None
