"""What the stored rows say of a kommun, read once: the latest adopted picture, the decided plan, the agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from lofte.core.visibility import VISITOR, Viewer
from lofte.evidence.models import EvidenceItem, Indicator, IndicatorValue
from lofte.parties.models import CooperationAgreement
from lofte.picture.models import Problem, SituationPicture
from lofte.picture.presenters import name_of
from lofte.picture.queries import AreaRow, coverage
from lofte.places.models import Municipality
from lofte.promises.models import ActionPlan, CitizenPromise, Measure
from lofte.statute.models import (
    AssemblyReport,
    Attestation,
    CoordinationFunction,
    PlanFollowUp,
    StrategicCouncil,
)


@dataclass(frozen=True)
class Facts:
    today: dt.date
    picture: SituationPicture | None
    problems: Sequence[Problem]
    evidence: Sequence[EvidenceItem]
    has_crime_rate: bool
    areas: Sequence[AreaRow]
    plan: ActionPlan | None
    measures: Sequence[Measure]
    agreements: Sequence[CooperationAgreement]
    attestations: dict[str, Attestation]
    council: StrategicCouncil | None
    functions: Sequence[CoordinationFunction]
    reports: Sequence[AssemblyReport]
    follow_ups: Sequence[PlanFollowUp]
    published: Sequence[str]


def facts(municipality: Municipality, today: dt.date) -> Facts:
    """What holds on a day: a council that has ended, or a function that nobody has, is not there."""
    picture = (
        SituationPicture.objects.filter(
            cycle__municipality=municipality, state=SituationPicture.State.ADOPTED, adopted_on__isnull=False
        )
        .select_related("cycle__municipality")
        .order_by("adopted_on", "version")
        .last()
    )
    plans = ActionPlan.objects.filter(cycle__municipality=municipality, decided_on__isnull=False)
    plan = plans.order_by("decided_on", "version").last()
    measures = plan.measures.select_related("organisation") if plan else Measure.objects.none()
    answers = Attestation.objects.filter(municipality=municipality).order_by("on", "pk")
    inside = Viewer(municipalities=frozenset({municipality.pk}))
    return Facts(
        today=today,
        picture=picture,
        problems=list(picture.problems.prefetch_related("causes", "evidence_links")) if picture else [],
        evidence=list(EvidenceItem.objects.filter(cycle=picture.cycle_id)) if picture else [],
        has_crime_rate=picture is not None and _has_crime_rate(picture),
        areas=coverage(picture, inside) if picture else [],
        plan=plan,
        measures=list(measures.prefetch_related("problem_links__problem__evidence_links")),
        agreements=list(CooperationAgreement.objects.filter(cycle__municipality=municipality)),
        attestations={each.requirement: each for each in answers},
        council=_council(municipality, today),
        functions=list(CoordinationFunction.objects.filter(_now(today), municipality=municipality)),
        reports=list(AssemblyReport.objects.filter(municipality=municipality, on__lte=today)),
        follow_ups=list(PlanFollowUp.objects.filter(plan=plan, on__lte=today).select_related("plan")) if plan else [],
        published=_published(municipality),
    )


def _now(today: dt.date) -> Q:
    has_begun = Q(starts=None) | Q(starts__lte=today)
    return has_begun & (Q(ends=None) | Q(ends__gte=today))


def _council(municipality: Municipality, today: dt.date) -> StrategicCouncil | None:
    rows = StrategicCouncil.objects.filter(_now(today), municipality=municipality).select_related("led_by")
    return rows.prefetch_related("members__organisation", "meetings").order_by("pk").last()


def _published(municipality: Municipality) -> list[str]:
    """What anyone can read here: adopted pictures and promises that are out, by name."""
    pictures = SituationPicture.objects.visible_to(VISITOR).filter(
        cycle__municipality=municipality, frozen__isnull=False
    )
    promises = CitizenPromise.objects.visible_to(VISITOR).filter(municipality=municipality)
    return [*(name_of(each) for each in pictures), *promises.values_list("title", flat=True)]


def _has_crime_rate(picture: SituationPicture) -> bool:
    return IndicatorValue.objects.filter(
        indicator__cycle=picture.cycle_id, indicator__kind=Indicator.Kind.CRIME_RATE
    ).exists()
