"""Take a part away and put it back: its rows are kept as they were, with their links and who made them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.db import models
from django.utils.translation import gettext as _

from lofte.parties.models import User
from lofte.picture.models import Cause, Criterion, Problem, RemovedPart, SituationPicture, Statement

type Part = Statement | Problem | Cause | Criterion


class CannotPutBack(ValueError):
    """What the part stood under is gone too."""


def keep_rows(picture: SituationPicture, part: Part, by: User) -> RemovedPart:
    """Before the part is deleted: itself and all that goes with it, in the order they can be put back."""
    return RemovedPart.objects.create(
        picture=picture, kind=part._meta.model_name or "", title=str(part)[:200], removed_by=by.key,
        rows=serializers.serialize("json", _whole(part)),
    )  # fmt: skip


def _whole(part: Part) -> list[models.Model]:
    if isinstance(part, Statement):
        return [part, *part.evidence_links.all(), *part.figures.all()]
    if isinstance(part, Criterion):
        return [part, *part.scores.all()]
    if isinstance(part, Cause):
        return _causes([part])
    carried = [part.carried_from] if hasattr(part, "carried_from") else []
    top = _causes(part.causes.filter(parent=None))
    return [part, *part.evidence_links.all(), *top, *part.scores.all(), *carried]


def _causes(causes: Iterable[Cause]) -> list[models.Model]:
    """A cause before those that lead to it."""
    found: list[models.Model] = []
    for cause in causes:
        found += [cause, *cause.evidence_links.all(), *_causes(cause.parts.all())]
    return found


def put_back(removed: RemovedPart) -> None:
    """Every row as it was; a link to something that is gone meanwhile is left out."""
    first = True
    for each in serializers.deserialize("json", removed.rows):
        if _is_whole(each.object):
            each.save()
        elif first:
            raise CannotPutBack(_("Det som den här delen hörde till är också borttaget. Lägg tillbaka det först."))
        first = False
    removed.delete()


def _is_whole(row: models.Model) -> bool:
    for field in row._meta.concrete_fields:
        far: Any = field.related_model
        value = getattr(row, field.attname)
        if far is not None and value is not None and not far._default_manager.filter(pk=value).exists():
            return False
    return True
