"""Reads of the åtgärdsplan: its measures with what they rest on, and the problems that nothing answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lofte.core.visibility import Viewer
from lofte.parties.access import StaffRequest, get_or_404
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission
from lofte.picture.models import Problem
from lofte.promises.models import ActionPlan, Measure


@dataclass(frozen=True)
class MeasureRow:
    """A measure with the names of what it answers, what it rests on, and the promised lines and activities it is in."""

    measure: Measure
    problems: Sequence[str]
    causes: Sequence[str]
    evidence: Sequence[str]
    pledges: Sequence[str]
    activities: Sequence[str]


def plan_or_404(request: StaffRequest, permission: Permission, kommun: str, cycle: str, key: str) -> ActionPlan:
    return get_or_404(
        request, permission, ActionPlan, "cycle__municipality", "picture__cycle__municipality",
        cycle__municipality__slug=kommun, cycle__slug=cycle, key=key,
    )  # fmt: skip


def plans_of(cycle: Cycle, viewer: Viewer) -> list[ActionPlan]:
    return list(ActionPlan.objects.visible_to(viewer).filter(cycle=cycle).order_by("-version"))


def plan_in_use(cycle: Cycle) -> ActionPlan | None:
    """The version that others build on: the last that is decided, until then the draft."""
    rows = list(ActionPlan.objects.filter(cycle=cycle).order_by("version", "pk"))
    return next((row for row in reversed(rows) if row.decided_on is not None), rows[-1] if rows else None)


def measure_of(plan: ActionPlan, key: str) -> Measure | None:
    return plan.measures.filter(key=key).first()


def problem_named(plan: ActionPlan, key: str) -> list[int]:
    """The problem that a new measure is begun from, as its tick."""
    return list(Problem.objects.filter(picture=plan.picture_id, key=key).values_list("pk", flat=True))


def rows_of(plan: ActionPlan, viewer: Viewer) -> list[MeasureRow]:
    """As many queries for two measures as for two hundred."""
    found = (
        Measure.objects.visible_to(viewer)
        .filter(plan=plan)
        .select_related("organisation")
        .prefetch_related(
            "problem_links__problem__evidence_links__evidence",
            "cause_links__cause__evidence_links__evidence",
            "pledge_links__pledge",
            "activities",
        )
    )
    return [_row(measure) for measure in found]


def _row(measure: Measure) -> MeasureRow:
    problems = [link.problem for link in measure.problem_links.all()]
    causes = [link.cause for link in measure.cause_links.all()]
    rests: list[Any] = [*problems, *causes]
    evidence = dict.fromkeys(link.evidence.title for each in rests for link in each.evidence_links.all())
    return MeasureRow(
        measure,
        [problem.title for problem in problems],
        [cause.text for cause in causes],
        list(evidence),
        [link.pledge.text for link in measure.pledge_links.all()],
        [activity.text for activity in measure.activities.all()],
    )


def unanswered(plan: ActionPlan, viewer: Viewer) -> list[Problem]:
    """Prioritised problems of the plan's picture that no measure of the plan answers, the first in order first."""
    rows = Problem.objects.visible_to(viewer).filter(picture=plan.picture_id, priority__isnull=False)
    return list(rows.exclude(measure_links__measure__plan=plan).order_by("priority", "pk"))


def missing(plan: ActionPlan, rows: Sequence[MeasureRow]) -> list[str]:
    """What the plan lacks, in sentences. Nothing of it stops anybody."""
    found = [] if plan.picture_id else [_("Planen bygger inte på någon lägesbild.")]
    if plan.picture is not None and plan.picture.is_writable:
        found.append(_("Lägesbilden är inte antagen. Tills den är det ser andra inte vilka problem åtgärderna gäller."))
    without = [row for row in rows if not row.problems]
    found += [_("Åtgärder utan problem: {n}.").format(n=len(without))] if without else []
    nobody = [row for row in rows if row.measure.organisation_id is None]
    found += [_("Åtgärder där ingen ansvarar: {n}.").format(n=len(nobody))] if nobody else []
    guesses = [row for row in rows if row.problems and not row.evidence]
    return found + ([_("Åtgärder utan underlag: {n}.").format(n=len(guesses))] if guesses else [])


def cost_of(rows: Sequence[MeasureRow]) -> int:
    return sum(row.measure.cost_sek or 0 for row in rows)
