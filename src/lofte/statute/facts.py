"""What the stored rows say of a kommun, read once: the latest adopted picture, the decided plan, the agreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lofte.core.visibility import Viewer
from lofte.evidence.models import EvidenceItem, Indicator, IndicatorValue
from lofte.parties.models import CooperationAgreement
from lofte.picture.models import Problem, SituationPicture
from lofte.picture.queries import AreaRow, coverage
from lofte.places.models import Municipality
from lofte.promises.models import ActionPlan, Measure
from lofte.statute.models import Attestation


@dataclass(frozen=True)
class Facts:
    picture: SituationPicture | None
    problems: Sequence[Problem]
    evidence: Sequence[EvidenceItem]
    has_crime_rate: bool
    areas: Sequence[AreaRow]
    plan: ActionPlan | None
    measures: Sequence[Measure]
    agreements: Sequence[CooperationAgreement]
    attestations: dict[str, Attestation]


def facts(municipality: Municipality) -> Facts:
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
        picture=picture,
        problems=list(picture.problems.prefetch_related("causes", "evidence_links")) if picture else [],
        evidence=list(EvidenceItem.objects.filter(cycle=picture.cycle_id)) if picture else [],
        has_crime_rate=picture is not None and _has_crime_rate(picture),
        areas=coverage(picture, inside) if picture else [],
        plan=plan,
        measures=list(measures.prefetch_related("problem_links__problem__evidence_links")),
        agreements=list(CooperationAgreement.objects.filter(cycle__municipality=municipality)),
        attestations={each.requirement: each for each in answers},
    )


def _has_crime_rate(picture: SituationPicture) -> bool:
    return IndicatorValue.objects.filter(
        indicator__cycle=picture.cycle_id, indicator__kind=Indicator.Kind.CRIME_RATE
    ).exists()
