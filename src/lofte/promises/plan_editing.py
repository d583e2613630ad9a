"""Writes to the åtgärdsplan: it is begun, written by both parties, decided by a body, and then it never changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import models, transaction
from django.utils.translation import gettext as _

from lofte.core.events import record
from lofte.core.faults import crash_point
from lofte.core.records import Record, Writer
from lofte.evidence.forms import Refused
from lofte.parties.models import Cycle, Organisation, User
from lofte.parties.rules import Permission, require
from lofte.picture.actions import Decision
from lofte.picture.models import Cause, Problem, SituationPicture
from lofte.picture.versions import canonical_text, stem
from lofte.picture.versions import digest as digest_of
from lofte.places.models import Area
from lofte.promises.models import ActionPlan, Measure, PlanVersion
from lofte.promises.plan_forms import PlanPartForm
from lofte.promises.records import ACTION_PLAN
from lofte.voices.queries import chain_of_kommun


class PlanNotWritable(Refused):
    """The plan is decided; or something of it is used elsewhere."""


def is_writable(plan: ActionPlan) -> bool:
    return plan.decided_on is None


@contextmanager
def writing(plan: ActionPlan, by: User) -> Iterator[ActionPlan]:
    """The plan, locked and not decided, until the block ends."""
    require(by, Permission.EDIT_CYCLE, plan)
    with transaction.atomic():
        locked = ActionPlan.objects.select_for_update().select_related("cycle__municipality").get(pk=plan.pk)
        if not is_writable(locked):
            raise PlanNotWritable(_("Planen är beslutad och ändras inte. Börja på en ny version."))
        yield locked


@transaction.atomic
def begin(*, cycle: Cycle, by: User) -> ActionPlan:
    """An empty plan, or a new version that begins as a copy of the last. It rests on the cycle's latest picture."""
    require(by, Permission.EDIT_CYCLE, cycle)
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    last = cycle.action_plans.order_by("version", "pk").last()
    if last is not None and is_writable(last):
        raise PlanNotWritable(_("Det finns redan en plan som inte är beslutad. Skriv klart den först."))
    version = last.version + 1 if last else 1
    taken = set(cycle.action_plans.values_list("key", flat=True))
    names = itertools.chain(["plan"], (f"plan-{number}" for number in itertools.count(2)))
    plan = ActionPlan.objects.create(
        cycle=cycle,
        key=next(name for name in names if name not in taken),
        version=version,
        title=last.title if last else _("Åtgärdsplan {year}").format(year=cycle.starts.year),
        picture=cycle.pictures.order_by("version").last(),
    )
    if last is not None:
        _copy(last, plan, by)
    _tell("plan.begun", plan, by)
    return plan


def _copy(last: ActionPlan, plan: ActionPlan, by: User) -> None:
    """Every measure, pointing at the same problems and causes as they stand in the plan's own picture."""
    problems = _by_stem(Problem.objects.filter(picture=plan.picture))
    causes = _by_stem(Cause.objects.filter(problem__picture=plan.picture))
    for measure in last.measures.prefetch_related("problem_links__problem", "cause_links__cause"):
        made = plan.measures.create(
            key=f"{stem(measure.key)[:74]}-v{plan.version}", text=measure.text,
            organisation_id=measure.organisation_id, cost_sek=measure.cost_sek, sources=measure.sources,
        )  # fmt: skip
        for to_problem in measure.problem_links.all():
            now = problems.get(stem(to_problem.problem.key), to_problem.problem)
            made.problem_links.create(problem=now, created_by=by.key)
        for to_cause in measure.cause_links.all():
            why = causes.get(stem(to_cause.cause.key), to_cause.cause)
            made.cause_links.create(cause=why, created_by=by.key)


def _by_stem[Row: Problem | Cause](rows: models.QuerySet[Row]) -> dict[str, Row]:
    return {stem(row.key): row for row in rows}


def save_part(*, plan: ActionPlan, form: PlanPartForm, by: User) -> models.Model:
    """Save the plan's own text or one measure. Refused with both texts when somebody else saved it meanwhile."""
    with writing(plan, by) as locked:
        if not form.is_new and not type(form.instance)._default_manager.filter(pk=form.instance.pk).exists():
            raise PlanNotWritable(_("Någon har tagit bort den här delen medan du skrev."))
        form.check_fresh()
        if form.is_new:
            form.place(locked, _free_key(locked))
        row: models.Model = form.save()
        form.link(row, by)
        crash_point("plan-written")
        _tell("plan.written", locked, by, content=str(getattr(row, "key", "")))
        return row


def new_measure(
    *, plan: ActionPlan, by: User, text: str, organisation: Organisation | None, cost_sek: int | None,
    problems: Iterable[Problem], causes: Iterable[Cause],
) -> Measure:  # fmt: skip
    """A measure that is not written in a form: it comes from somewhere else in the chain."""
    with writing(plan, by) as locked:
        key = _free_key(locked)
        made = locked.measures.create(key=key, text=text, organisation=organisation, cost_sek=cost_sek)
        for problem in problems:
            made.problem_links.create(problem=problem, created_by=by.key)
        for cause in causes:
            made.cause_links.create(cause=cause, created_by=by.key)
        _tell("plan.written", locked, by, content=key)
        return made


def _free_key(plan: ActionPlan) -> str:
    taken = set(Measure.objects.filter(plan__cycle=plan.cycle_id).values_list("key", flat=True))
    return next(key for number in itertools.count(1) if (key := f"atgard-{number}") not in taken)


def remove(*, plan: ActionPlan, measure: Measure, by: User) -> None:
    with writing(plan, by) as locked:
        if measure.pledge_links.exists():
            raise PlanNotWritable(_("Ett löfte bygger på åtgärden. Ta bort den kopplingen först."))
        if measure.activities.exists():
            raise PlanNotWritable(_("En aktivitet hör till åtgärden. Ta bort den kopplingen först."))
        measure.delete()
        _tell("plan.written", locked, by, content=f"- {measure.key}")


def decide(*, plan: ActionPlan, decision: Decision, by: User) -> str:
    """The decision of a body. Returns the checksum of the plan's text, which the log keeps proof of."""
    require(by, Permission.PUBLISH, plan)
    with writing(plan, by) as locked:
        if not locked.measures.exists():
            raise PlanNotWritable(_("Planen har ingen åtgärd. Skriv minst en först."))
        locked.decided_by, locked.decided_on = decision.body, decision.on
        locked.minutes_reference = decision.minutes_reference
        locked.registry_number = decision.registry_number
        locked.save()
        crash_point("plan-decided")
        frozen = freeze(locked)
        _tell("plan.decided", locked, by, content=frozen.sha256, is_public=True)
        return frozen.sha256


def content(plan: ActionPlan) -> Record:
    """The plan as a record of the open format."""
    writer = Writer(only=lambda rows: rows, internal=False, shared=(Organisation, Area, SituationPicture))
    return writer.record(ACTION_PLAN, plan)


def freeze(plan: ActionPlan) -> PlanVersion:
    text = canonical_text(content(plan))
    return PlanVersion.objects.create(plan=plan, content=text, sha256=digest_of(text))


def text_of(plan: ActionPlan) -> str:
    """The kept text when there is one; otherwise the same text as it would be now: a draft, or read in from a file."""
    frozen = PlanVersion.objects.filter(plan=plan).first()
    return frozen.content if frozen else canonical_text(content(plan))


def digest(plan: ActionPlan) -> str:
    return digest_of(text_of(plan))


def _tell(verb: str, plan: ActionPlan, by: User, *, content: str = "", is_public: bool = False) -> None:
    chain = chain_of_kommun(plan.cycle.municipality)
    # The cycle stands as target: a plan's title is words.
    record(verb, chain=chain, target=plan.cycle, actor=by.key, content=content, is_public=is_public)
