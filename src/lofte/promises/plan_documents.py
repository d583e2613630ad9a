"""The åtgärdsplan as everyone reads it, and as PDF, Word and JSON: the same words in all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lofte.core.states import Visibility
from lofte.design.words import date_words, number_words
from lofte.documents.blocks import Block, Paper
from lofte.picture.models import Problem, SituationPicture
from lofte.promises.models import ActionPlan, Measure
from lofte.promises.plan_editing import digest, is_writable, text_of


@dataclass(frozen=True)
class ReadMeasure:
    text: str
    facts: Sequence[tuple[str, str]]
    evidence: Sequence[str]
    gaps: Sequence[str]


@dataclass(frozen=True)
class PlanText:
    title: str
    kommun: str
    decision: str
    measures: Sequence[ReadMeasure]
    cost: str
    sha256: str


def read_plan(plan: ActionPlan) -> PlanText:
    """Only open evidence is named, and only problems of a picture that is out: a visitor reads this too."""
    rows = plan.measures.select_related("organisation").prefetch_related(
        "problem_links__problem__picture",
        "problem_links__problem__evidence_links__evidence",
        "cause_links__cause__problem__picture",
        "cause_links__cause__evidence_links__evidence",
    )
    measures = [_measure(each) for each in rows]
    cost = sum(each.cost_sek or 0 for each in rows)
    told = _("Åtgärderna kostar tillsammans {sum} kronor.").format(sum=number_words(cost)) if cost else ""
    checksum = "" if is_writable(plan) else digest(plan)
    return PlanText(plan.title, str(plan.cycle.municipality), _decision(plan), measures, told, checksum)


def _decision(plan: ActionPlan) -> str:
    if plan.decided_on is None:
        return ""
    said = _("Beslutad den {day} av {body}.").format(day=date_words(plan.decided_on), body=plan.decided_by)
    more = ", ".join(each for each in (plan.minutes_reference, plan.registry_number) if each)
    return f"{said} {more}." if more else said


def _measure(measure: Measure) -> ReadMeasure:
    problems = [link.problem for link in measure.problem_links.all() if _is_out(link.problem)]
    causes = [link.cause for link in measure.cause_links.all() if _is_out(link.cause.problem)]
    rests: list[Any] = [*problems, *causes]
    items = [link.evidence for each in rests for link in each.evidence_links.all()]
    evidence = dict.fromkeys(item.title for item in items if item.visibility != Visibility.INTERNAL)
    told = (
        (_("Problem"), "; ".join(problem.title for problem in problems)),
        (_("Orsak"), "; ".join(cause.text for cause in causes)),
        (_("Ansvarar"), measure.organisation.name if measure.organisation else ""),
        (_("Kostar"), "" if measure.cost_sek is None else f"{number_words(measure.cost_sek)} kr"),
    )
    gaps = [] if problems else [_("Åtgärden svarar inte mot något problem i en antagen lägesbild.")]
    return ReadMeasure(measure.text, [fact for fact in told if fact[1]], list(evidence), gaps)


def _is_out(problem: Problem) -> bool:
    return problem.picture.state in (SituationPicture.State.ADOPTED, SituationPicture.State.STATED)


def paper_of(plan: ActionPlan, url: str) -> Paper:
    """A plan is a Swedish document, whoever opens it."""
    with translation.override("sv"):
        text = read_plan(plan)
        sum_ = _(" · kontrollsumma {sum}").format(sum=text.sha256[:16]) if text.sha256 else ""
        banner = []
        if plan.cycle.municipality.is_constructed:
            banner.append(_("{kommun} är påhittad. Planen är ett exempel.").format(kommun=text.kommun))
        if is_writable(plan):
            banner.append(_("Utkast. Texten kan ändras."))
        return Paper(
            title=plan.title,
            eyebrow=text.kommun,
            author=text.kommun,
            made_at=_made_at(plan),
            foot=f"{plan.title}, {text.kommun}{sum_}",
            url=url,
            blocks=list(_blocks(text)),
            banner=banner,
            keywords=[_("åtgärdsplan"), text.kommun],
            words={"page": _("Sida"), "of": _("av"), "read_on": _("Läs mer på")},
        )


def _made_at(plan: ActionPlan) -> dt.datetime:
    if plan.decided_on is None:
        return timezone.now()
    return dt.datetime.combine(plan.decided_on, dt.time(), dt.UTC)


def _blocks(text: PlanText) -> Iterator[Block]:
    if text.decision:
        yield Block("p", text.decision)
    yield Block("h2", _("Åtgärder"))
    for measure in text.measures:
        yield Block("h3", measure.text)
        if measure.facts:
            yield Block("list", lines=[f"{term}: {words}" for term, words in measure.facts])
        yield from (Block("gap", gap) for gap in measure.gaps)
        if measure.evidence:
            yield Block("note", _("Underlag: {items}").format(items=", ".join(measure.evidence)))
    if not text.measures:
        yield Block("gap", _("Inga åtgärder än."))
    if text.cost:
        yield Block("p", text.cost)
    if text.sha256:
        yield Block("note", _("Kontrollsumma: {sum}").format(sum=text.sha256))


def as_json(plan: ActionPlan) -> str:
    """The canonical text itself: with it anyone can compute the checksum."""
    return text_of(plan)
