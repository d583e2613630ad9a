"""Problems that the cycle before left unsolved: offered to this picture, and taken up with their chain."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lofte.core.events import record
from lofte.evidence.models import EvidenceItem
from lofte.parties.models import Cycle, User
from lofte.picture.actions import NotWritable, free_key, writing
from lofte.picture.models import Cause, Problem, ProblemCarried, SituationPicture
from lofte.voices.queries import chain_of_kommun


def before(cycle: Cycle) -> SituationPicture | None:
    """The last picture of the cycle that this one follows."""
    if not cycle.previous_slug:
        return None
    rows = SituationPicture.objects.filter(
        cycle__municipality=cycle.municipality_id, cycle__slug=cycle.previous_slug, cycle__starts__lt=cycle.starts
    )
    return rows.order_by("version").last()


def offered(picture: SituationPicture) -> list[Problem]:
    """Problems of the cycle before that this cycle has not taken up, the first in order first."""
    earlier = before(picture.cycle)
    if earlier is None:
        return []
    taken = ProblemCarried.objects.filter(problem__picture__cycle=picture.cycle_id).values("earlier")
    rows = earlier.problems.exclude(pk__in=taken).prefetch_related("causes", "evidence_links")
    return sorted(rows, key=lambda row: (row.priority is None, row.priority or 0, row.pk))


def carry(*, picture: SituationPicture, problem: Problem, by: User) -> Problem:
    """A copy with places, causes and evidence, tied to the one before. Its order is set anew."""
    with writing(picture, by) as locked:
        if problem.pk not in {each.pk for each in offered(locked)}:
            raise NotWritable(_("Problemet är redan med."))
        made = locked.problems.create(
            key=free_key(locked, "problem"), title=problem.title, description=problem.description, who=problem.who,
            when=problem.when, how=problem.how, how_many=problem.how_many, consequences=problem.consequences,
        )  # fmt: skip
        made.areas.set(problem.areas.all())
        for link in problem.evidence_links.select_related("evidence"):
            made.evidence_links.create(evidence=_here(link.evidence, locked.cycle), created_by=by.key)
        _carry_causes(problem, made, locked, by)
        ProblemCarried.objects.create(problem=made, earlier=problem, created_by=by.key)
        chain = chain_of_kommun(locked.cycle.municipality)
        record("picture.carried", chain=chain, target=locked, actor=by.key, content=made.key)
        return made


def _carry_causes(problem: Problem, made: Problem, picture: SituationPicture, by: User) -> None:
    copies: dict[int, Cause] = {}
    for cause in problem.causes.order_by("pk"):
        copy = made.causes.create(
            key=free_key(picture, "orsak"), text=cause.text, level=cause.level, factor=cause.factor
        )
        copies[cause.pk] = copy
        for link in cause.evidence_links.select_related("evidence"):
            copy.evidence_links.create(evidence=_here(link.evidence, picture.cycle), created_by=by.key)
    for cause in problem.causes.exclude(parent=None):
        copies[cause.pk].parent = copies[cause.parent_id]  # type: ignore[index]
        copies[cause.pk].save(update_fields=["parent"])


def _here(item: EvidenceItem, cycle: Cycle) -> EvidenceItem:
    """The same item in this cycle's register: its day stays, so its age shows."""
    found = cycle.evidence.filter(key=item.key).first()
    if found is not None:
        return found
    columns = [each.name for each in item._meta.concrete_fields if not each.primary_key]
    values = {name: getattr(item, name) for name in columns if name not in ("cycle", "data_set")}
    copy = EvidenceItem.objects.create(**values, cycle=cycle)
    copy.areas.set(item.areas.all())
    return copy
