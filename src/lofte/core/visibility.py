"""Who may see what: one queryset method, used by page, feed, API, export, search, mail and PDF alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db import models


@dataclass(frozen=True)
class Viewer:
    """Someone who looks: nobody in particular, or a member of organisations in one or more kommuner."""

    key: UUID | None = None
    municipalities: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    chains: frozenset[str] = frozenset()

    @property
    def is_member(self) -> bool:
        return bool(self.organisations)


VISITOR = Viewer()


class VisibleQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows of a model whose class method `visible(viewer)` says which of them that viewer may see.

    A model without the method cannot be listed for anyone: forgetting it is an error, never a leak.
    """

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(self.model.visible(viewer))  # type: ignore[attr-defined] # each such model has it
