"""The rows of a cycle's chain, read once: as many queries for a cycle with ten pledges as for one with a thousand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from lofte.core.visibility import Viewer
from lofte.evidence.models import EvidenceItem
from lofte.followup.models import Period
from lofte.parties.models import Cycle
from lofte.picture.models import GapAnswer, Problem, SituationPicture
from lofte.picture.versions import stem
from lofte.places.models import Area
from lofte.promises.models import ActionPlan, Activity, CitizenPromise, Goal, Measure, Pledge
from lofte.voices.models import Dialogue, Theme


@dataclass(frozen=True)
class CycleChain:
    cycle: Cycle
    promises: Sequence[CitizenPromise]
    pledges: Sequence[Pledge]
    activities: Sequence[Activity]
    goals: Sequence[Goal]
    measures: Sequence[Measure]
    problems: Sequence[Problem]
    evidence: Sequence[EvidenceItem]
    dialogues: Sequence[Dialogue]
    themes: Sequence[Theme]
    periods: Sequence[Period]
    districts: Sequence[Area]
    picture: SituationPicture | None = None
    plan: ActionPlan | None = None
    answered_stems: frozenset[str] = frozenset()
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def pledges_by_pk(self) -> dict[int, Pledge]:
        return {pledge.pk: pledge for pledge in self.pledges}

    def is_out(self, promise: int) -> bool:
        return any(each.pk == promise and each.is_public for each in self.promises)


def chain_of(cycle: Cycle, viewer: Viewer) -> CycleChain:
    """Of picture and plan the latest version: an earlier one is history, and its gaps are nobody's to mend."""
    picture = SituationPicture.objects.visible_to(viewer).filter(cycle=cycle).order_by("version", "pk").last()
    plan = ActionPlan.objects.visible_to(viewer).filter(cycle=cycle).order_by("version", "pk").last()
    problems = Problem.objects.visible_to(viewer).filter(picture=picture)
    pledges = Pledge.objects.visible_to(viewer).filter(promise__cycle=cycle)
    activities = Activity.objects.visible_to(viewer).filter(cycle=cycle)
    periods = Period.objects.visible_to(viewer).filter(promise__cycle=cycle)
    promises = CitizenPromise.objects.visible_to(viewer).filter(cycle=cycle)
    dialogues = Dialogue.objects.visible_to(viewer).filter(cycle=cycle)
    answers = GapAnswer.objects.visible_to(viewer).filter(cycle=cycle)
    return CycleChain(
        cycle=cycle,
        promises=list(promises.select_related("municipality", "cycle")),
        pledges=list(pledges.prefetch_related("party_links")),
        activities=list(activities.prefetch_related("targets", "party_links")),
        goals=list(Goal.objects.filter(promise__in=promises)),
        measures=list(Measure.objects.visible_to(viewer).filter(plan=plan).prefetch_related("problem_links")),
        problems=list(problems.prefetch_related("evidence_links", "causes", "areas")),
        evidence=list(EvidenceItem.objects.visible_to(viewer).filter(cycle=cycle).prefetch_related("areas")),
        dialogues=list(dialogues.prefetch_related("areas", "participant_counts")),
        themes=list(Theme.objects.visible_to(viewer).filter(dialogue__cycle=cycle).select_related("dialogue")),
        periods=list(periods.select_related("promise__municipality", "promise__cycle").prefetch_related("reports")),
        districts=list(
            Area.objects.visible_to(viewer).filter(municipality=cycle.municipality_id, kind=Area.Kind.DISTRICT)
        ),
        picture=picture,
        plan=plan,
        answered_stems=_answered(cycle),
        answers={(each.kind, each.about): each.reason for each in answers},
    )


def _answered(cycle: Cycle) -> frozenset[str]:
    """Problems that a measure or a pledge answers, in whichever version of the picture the arrow ends."""
    of_cycle = Problem.objects.filter(picture__cycle=cycle)
    is_answered = Q(measure_links__isnull=False) | Q(pledge_links__isnull=False)
    return frozenset(stem(key) for key in of_cycle.filter(is_answered).values_list("key", flat=True))
