"""A new version of a picture begins as a copy of the last: what has not changed need not be written again."""

from __future__ import annotations

from typing import Any

from lofte.parties.models import User
from lofte.picture.models import Cause, Problem, SituationPicture
from lofte.picture.versions import stem


def copy_into(new: SituationPicture, *, last: SituationPicture, by: User) -> None:
    """Every part with its links. Keys carry the version, so that both can stand in one file."""
    for statement in last.statements.prefetch_related("areas", "evidence_links", "figures"):
        told = _copy(statement, new, by)
        for figure in statement.figures.all():
            told.figures.create(indicator_id=figure.indicator_id, area_id=figure.area_id, created_by=by.key)
    for criterion in last.criteria.all():
        _row(criterion, new)
    for problem in last.problems.prefetch_related("areas", "evidence_links", "causes__evidence_links"):
        made = _copy(problem, new, by)
        # Scores aren't copied: each party weighs anew.
        _copy_causes(problem, made, new, by)


def _copy_causes(problem: Problem, made: Problem, new: SituationPicture, by: User) -> None:
    copies: dict[int, Cause] = {}
    for cause in problem.causes.order_by("pk"):
        copies[cause.pk] = _row(cause, new, problem=made, parent=None)
        _link(cause, copies[cause.pk], by)
    for cause in problem.causes.exclude(parent=None):
        copies[cause.pk].parent = copies[cause.parent_id]  # type: ignore[index]
        copies[cause.pk].save(update_fields=["parent"])


def _copy(row: Any, new: SituationPicture, by: User) -> Any:
    made = _row(row, new)
    made.areas.set(row.areas.all())
    _link(row, made, by)
    return made


def _row(row: Any, new: SituationPicture, **changed: Any) -> Any:
    columns = [each for each in row._meta.concrete_fields if not each.primary_key]
    values = {each.name: getattr(row, each.name) for each in columns}
    values["key"] = f"{stem(row.key)[:74]}-v{new.version}"
    if "picture" in values:
        values["picture"] = new
    return type(row)._default_manager.create(**values | changed)


def _link(row: Any, made: Any, by: User) -> None:
    for link in row.evidence_links.all():
        made.evidence_links.create(evidence_id=link.evidence_id, created_by=by.key)
