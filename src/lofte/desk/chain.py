"""The rows of a cycle's chain, read once: as many queries for a cycle with ten pledges as for one with a thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from lofte.core.states import PromiseState
from lofte.core.visibility import Viewer
from lofte.evidence.models import EvidenceItem
from lofte.followup.models import Period
from lofte.parties.models import Cycle
from lofte.picture.models import Problem
from lofte.places.models import Area
from lofte.promises.models import Activity, CitizenPromise, Goal, Measure, Pledge
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

    @cached_property
    def pledges_by_pk(self) -> dict[int, Pledge]:
        return {pledge.pk: pledge for pledge in self.pledges}

    def is_out(self, promise: int) -> bool:
        return any(each.pk == promise and each.is_public for each in self.promises)

    def mend(self, promise: int) -> str:
        """Where a draft's pledges are corrected; a promise that is out is not changed."""
        for each in self.promises:
            if each.pk == promise and each.state == PromiseState.DRAFT and self.cycle.mode == Cycle.Mode.FOLLOW:
                where = {"kommun": self.cycle.municipality.slug, "slug": each.slug}
                return reverse("promises:correct", kwargs=where)
        return ""


def chain_of(cycle: Cycle, viewer: Viewer) -> CycleChain:
    problems = Problem.objects.visible_to(viewer).filter(picture__cycle=cycle)
    pledges = Pledge.objects.visible_to(viewer).filter(promise__cycle=cycle)
    activities = Activity.objects.visible_to(viewer).filter(cycle=cycle)
    periods = Period.objects.visible_to(viewer).filter(promise__cycle=cycle)
    promises = CitizenPromise.objects.visible_to(viewer).filter(cycle=cycle)
    return CycleChain(
        cycle=cycle,
        promises=list(promises.select_related("municipality", "cycle")),
        pledges=list(pledges.prefetch_related("party_links")),
        activities=list(activities.prefetch_related("targets", "party_links")),
        goals=list(Goal.objects.filter(promise__in=promises)),
        measures=list(Measure.objects.visible_to(viewer).filter(plan__cycle=cycle).prefetch_related("problem_links")),
        problems=list(problems.prefetch_related("evidence_links", "causes", "measure_links", "pledge_links", "areas")),
        evidence=list(EvidenceItem.objects.visible_to(viewer).filter(cycle=cycle).prefetch_related("areas")),
        dialogues=list(Dialogue.objects.visible_to(viewer).filter(cycle=cycle).prefetch_related("areas")),
        themes=list(Theme.objects.visible_to(viewer).filter(dialogue__cycle=cycle)),
        periods=list(periods.select_related("promise__municipality", "promise__cycle").prefetch_related("reports")),
        districts=list(
            Area.objects.visible_to(viewer).filter(municipality=cycle.municipality_id, kind=Area.Kind.DISTRICT)
        ),
    )
