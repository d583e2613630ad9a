"""The walk along the thread: from a promise back to what was said, and forward to what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lofte.core.visibility import Viewer
from lofte.evidence.models import EvidenceItem, EvidenceTheme
from lofte.picture.models import Cause, Problem, ProblemEvidence
from lofte.promises.models import CitizenPromise, Measure
from lofte.promises.text import PledgeText
from lofte.voices.models import Dialogue, Theme


@dataclass(frozen=True)
class Chain:
    """What a promise rests on, as far as a viewer may see."""

    problems: dict[str, Problem]
    evidence: dict[str, list[EvidenceItem]]
    causes: dict[str, list[Cause]]
    themes: dict[int, list[Theme]]
    measures: dict[str, Measure]

    @property
    def all_evidence(self) -> list[EvidenceItem]:
        return list({item.pk: item for items in self.evidence.values() for item in items}.values())

    @property
    def dialogues(self) -> list[Dialogue]:
        held = [item.dialogue for item in self.all_evidence if item.dialogue]
        return list({dialogue.pk: dialogue for dialogue in held}.values())

    def problems_of(self, pledge: PledgeText) -> list[Problem]:
        return [self.problems[key] for key in pledge.problems if key in self.problems]

    def evidence_of(self, problems: Iterable[Problem]) -> list[EvidenceItem]:
        found = {item.pk: item for problem in problems for item in self.evidence.get(problem.key, [])}
        return list(found.values())

    def causes_of(self, pledge: PledgeText) -> list[Cause]:
        every = {cause.key: cause for causes in self.causes.values() for cause in causes}
        return [every[key] for key in pledge.causes if key in every]


def chain_of(promise: CitizenPromise, *, viewer: Viewer, whole: bool = False) -> Chain:
    """The chain behind a promise in three queries; `whole` adds the voices' themes and the plan's measures."""
    problems = list(Problem.objects.visible_to(viewer).filter(picture=promise.picture_id))
    evidence: defaultdict[str, list[EvidenceItem]] = defaultdict(list)
    if problems:
        links = ProblemEvidence.objects.filter(
            problem__in=problems, evidence__in=EvidenceItem.objects.visible_to(viewer)
        ).select_related("problem", "evidence__dialogue", "evidence__owner", "evidence__data_set")
        for link in links.order_by("pk"):
            evidence[link.problem.key].append(link.evidence)
    causes: defaultdict[str, list[Cause]] = defaultdict(list)
    for cause in Cause.objects.visible_to(viewer).filter(problem__in=problems).select_related("problem"):
        causes[cause.problem.key].append(cause)
    themes: dict[int, list[Theme]] = {}
    measures: dict[str, Measure] = {}
    if whole:
        themes = _themes(evidence, viewer)
        measures = {m.key: m for m in Measure.objects.visible_to(viewer).filter(plan__cycle=promise.cycle_id)}
    return Chain({problem.key: problem for problem in problems}, evidence, causes, themes, measures)


def _themes(evidence: dict[str, list[EvidenceItem]], viewer: Viewer) -> dict[int, list[Theme]]:
    ids = {item.pk for items in evidence.values() for item in items}
    links = EvidenceTheme.objects.filter(evidence__in=ids, theme__in=Theme.objects.visible_to(viewer))
    found: defaultdict[int, list[Theme]] = defaultdict(list)
    for link in links.select_related("theme__dialogue").order_by("pk"):
        found[link.evidence_id].append(link.theme)
    return found
