"""Reads of the picture: the whole of it for a page, who scored what, and which area has which evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.core.visibility import Viewer
from lofte.evidence.models import EvidenceItem
from lofte.parties.access import StaffRequest, get_or_404
from lofte.parties.models import Cycle, Organisation
from lofte.parties.rules import Permission
from lofte.picture.models import (
    Cause,
    Criterion,
    PictureVersion,
    Problem,
    RemovedPart,
    Score,
    SituationPicture,
    Statement,
)
from lofte.places.models import Area

Kind = EvidenceItem.Kind
# The columns of the coverage table: what kind of knowledge an item is.
KNOWLEDGE = (
    (gettext_lazy("Invånare"), (Kind.CITIZEN_DIALOGUE, Kind.SAFETY_WALK)),
    (gettext_lazy("Medarbetare"), (Kind.STAFF_DIALOGUE,)),
    (gettext_lazy("Brott"), (Kind.CRIME_STATISTICS, Kind.CRIMINAL_INTELLIGENCE)),
    (gettext_lazy("Undersökning"), (Kind.SURVEY,)),
    (gettext_lazy("Annat"), (Kind.INCIDENTS, Kind.OFFICIAL_STATISTICS, Kind.DOCUMENT, Kind.EARLIER_RESULT)),
)
DISAGREE = 2
MOST_REMOVED = 20
# More statements than this are shown one place at a time: nobody reads five hundred on one page of work.
MOST_TOGETHER = 60


def picture_or_404(
    request: StaffRequest, permission: Permission, kommun: str, cycle: str, key: str
) -> SituationPicture:
    return get_or_404(
        request, permission, SituationPicture, "cycle__municipality",
        cycle__municipality__slug=kommun, cycle__slug=cycle, key=key,
    )  # fmt: skip


def pictures_of(cycle: Cycle, viewer: Viewer) -> list[SituationPicture]:
    rows = SituationPicture.objects.visible_to(viewer).filter(cycle=cycle)
    return list(rows.select_related("frozen").order_by("-version"))


def frozen_of(picture: SituationPicture) -> PictureVersion | None:
    return PictureVersion.objects.filter(picture=picture).first()


def before(picture: SituationPicture) -> SituationPicture | None:
    """The version before this one, in its cycle."""
    earlier = SituationPicture.objects.filter(cycle=picture.cycle_id, version__lt=picture.version)
    return earlier.order_by("version").last()


def in_use(cycle: Cycle) -> SituationPicture | None:
    """The version that others build on: the last that is adopted or told of in a document, until then the draft."""
    rows = list(SituationPicture.objects.filter(cycle=cycle).order_by("version", "pk"))
    return next((row for row in reversed(rows) if not row.is_writable), rows[-1] if rows else None)


@dataclass(frozen=True)
class Place:
    """A place that statements name, with how many; an empty key is the whole kommun."""

    key: str
    name: str
    statements: int


def places_of(picture: SituationPicture, viewer: Viewer) -> list[Place]:
    """The whole kommun first, then the areas by name: only those that something is said of."""
    rows = Statement.objects.visible_to(viewer).filter(picture=picture)
    counted = rows.order_by("areas__name").values_list("areas__key", "areas__name").annotate(number=Count("pk"))
    places = [Place(key or "", name or _("Hela kommunen"), number) for key, name, number in counted]
    return sorted(places, key=lambda place: (place.key != "", place.name))


def statements_of(picture: SituationPicture, viewer: Viewer, place: str | None = None) -> list[Statement]:
    """All of them, or those of one place."""
    rows = Statement.objects.visible_to(viewer).filter(picture=picture)
    if place is not None:
        rows = rows.filter(areas__key=place) if place else rows.filter(areas=None)
    return list(rows.prefetch_related("areas", "evidence_links__evidence", "figures__indicator"))


def without_evidence(picture: SituationPicture, viewer: Viewer) -> int:
    return Statement.objects.visible_to(viewer).filter(picture=picture, evidence_links=None).count()


def problems_of(picture: SituationPicture, viewer: Viewer) -> list[Problem]:
    """By priority; those without one come last."""
    rows = Problem.objects.visible_to(viewer).filter(picture=picture)
    found = rows.prefetch_related("areas", "evidence_links__evidence", "causes__evidence_links__evidence", "scores")
    return sorted(found, key=lambda problem: (problem.priority is None, problem.priority or 0, problem.pk))


def criteria_of(picture: SituationPicture, viewer: Viewer) -> list[Criterion]:
    return list(Criterion.objects.visible_to(viewer).filter(picture=picture))


PARTS = {"utsaga": Statement, "problem": Problem, "kriterium": Criterion, "orsak": Cause}


def part_or_404(picture: SituationPicture, kind: str, key: str) -> Statement | Problem | Criterion | Cause:
    """A part of a picture that the person may already see."""
    model: type[Any] | None = PARTS.get(kind)
    if model is None:
        raise Http404
    where = {"problem__picture": picture} if model is Cause else {"picture": picture}
    found: Statement | Problem | Criterion | Cause | None = model._default_manager.filter(**where, key=key).first()
    if found is None:
        raise Http404
    return found


def removed_of(picture: SituationPicture, viewer: Viewer) -> list[RemovedPart]:
    """What can be put back, the latest first."""
    return list(RemovedPart.objects.visible_to(viewer).filter(picture=picture)[:MOST_REMOVED])


def removed_part(picture: SituationPicture, pk: int) -> RemovedPart | None:
    return RemovedPart.objects.filter(picture=picture, pk=pk).first()


def own_party(request: StaffRequest, picture: SituationPicture) -> Organisation | None:
    """The organisation of the kommun that the person scores for."""
    mine = Organisation.objects.filter(municipality=picture.cycle.municipality_id, pk__in=request.viewer.organisations)
    return mine.order_by("pk").first()


def scores_by(picture: SituationPicture, organisation: Organisation) -> list[Score]:
    return list(Score.objects.filter(problem__picture=picture, organisation=organisation))


# --- the cause tree


@dataclass(frozen=True)
class Node:
    cause: Cause
    parts: Sequence[Node]


def tree(problem: Problem) -> list[Node]:
    """The causes of a problem, those that lead straight to it first; one read, however deep."""
    below: defaultdict[int | None, list[Cause]] = defaultdict(list)
    for cause in problem.causes.all():
        below[cause.parent_id].append(cause)

    def nodes(parent: int | None) -> list[Node]:
        return [Node(cause, nodes(cause.pk)) for cause in below[parent]]

    return nodes(None)


# --- who said what of the order


@dataclass(frozen=True)
class Weighed:
    """A problem with what each party gave it on average; they disagree when two are two points or more apart."""

    problem: Problem
    means: Sequence[tuple[str, float | None]]
    criteria_apart: Sequence[str]

    @property
    def is_disputed(self) -> bool:
        return bool(self.criteria_apart)


def weighed(picture: SituationPicture, viewer: Viewer, problems: Sequence[Problem]) -> list[Weighed]:
    rows = Score.objects.visible_to(viewer).filter(problem__picture=picture).select_related("criterion", "organisation")
    scores = list(rows)
    parties = list({score.organisation_id: score.organisation for score in scores}.values())
    return [_weighed(problem, scores, parties) for problem in problems]


def _weighed(problem: Problem, scores: Sequence[Score], parties: Sequence[Organisation]) -> Weighed:
    own = [score for score in scores if score.problem_id == problem.pk]
    means = []
    for party in parties:
        given = [score.value for score in own if score.organisation_id == party.pk]
        means.append((party.name, round(fmean(given), 1) if given else None))
    by_criterion: defaultdict[str, list[int]] = defaultdict(list)
    for score in own:
        by_criterion[score.criterion.name].append(score.value)
    apart = [name for name, values in by_criterion.items() if max(values) - min(values) >= DISAGREE]
    return Weighed(problem, means, apart)


# --- which area has which evidence


@dataclass(frozen=True)
class AreaRow:
    """An area with the number of items of each kind of knowledge; a gap when there is none of any."""

    name: str
    counts: Sequence[int]
    statements: int

    @property
    def is_gap(self) -> bool:
        return not any(self.counts) and not self.statements


def coverage(picture: SituationPicture, viewer: Viewer) -> list[AreaRow]:
    """The whole kommun first, then each kommundel. What is told of a part of a kommundel counts for the kommundel."""
    items = list(EvidenceItem.objects.visible_to(viewer).filter(cycle=picture.cycle_id).prefetch_related("areas"))
    said = Statement.objects.visible_to(viewer).filter(picture=picture).only("pk").prefetch_related("areas")
    parents = dict(Area.objects.filter(municipality=picture.cycle.municipality_id).values_list("pk", "parent_id"))
    of_item = {item.pk: _with_all_above([area.pk for area in item.areas.all()], parents) for item in items}
    of_statement = [_with_all_above([area.pk for area in each.areas.all()], parents) for each in said]
    districts = Area.objects.visible_to(viewer).filter(
        municipality=picture.cycle.municipality_id, kind=Area.Kind.DISTRICT
    )
    places: list[tuple[str, int | None]] = [(_("Hela kommunen"), None)]
    places += [(area.name, area.pk) for area in districts.order_by("name")]
    return [
        AreaRow(
            name,
            [
                sum(_is_of(of_item[item.pk], area) for item in items if item.kind in kinds)
                for _label, kinds in KNOWLEDGE
            ],
            sum(_is_of(where, area) for where in of_statement),
        )
        for name, area in places
    ]


def _is_of(where: frozenset[int], area: int | None) -> bool:
    return area in where if area is not None else not where


def _with_all_above(areas: Sequence[int], parents: Mapping[int, int | None]) -> frozenset[int]:
    found: set[int] = set()
    for area in areas:
        step: int | None = area
        while step is not None and step not in found:
            found.add(step)
            step = parents.get(step)
    return frozenset(found)
