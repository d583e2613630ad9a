"""Work that the cycle before planned and did not finish: taken into this cycle's plan, or left with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from lofte.core.events import record
from lofte.core.states import ActivityStatus, Delivery
from lofte.core.visibility import Viewer
from lofte.evidence.forms import Refused
from lofte.followup.lessons import cycle_before
from lofte.followup.models import ActivityReport
from lofte.followup.queries import latest_versions, statuses
from lofte.parties.models import Cycle, User
from lofte.parties.rules import Permission, require
from lofte.picture.models import Cause, Problem
from lofte.promises.models import ActionPlan, Activity, ActivityCarried, CitizenPromise, Measure
from lofte.promises.plan_editing import is_writable, new_measure
from lofte.voices.queries import chain_of_kommun

CHAIN = (
    "party_links__organisation",
    "pledge__problem_links__problem",
    "pledge__cause_links__cause",
    "measure__problem_links__problem",
    "measure__cause_links__cause",
)


class NoOpenPlan(Refused):
    """The cycle has no plan that can be written in."""


@dataclass(frozen=True)
class Unspent:
    """An activity with the chain it stood in, what was last said of it, and what this cycle has made of it."""

    activity: Activity
    said: str
    problems: Sequence[Problem]
    causes: Sequence[Cause]
    carried: ActivityCarried | None


def offered(cycle: Cycle, viewer: Viewer, today: dt.date) -> list[Unspent]:
    """Those that nobody reported as done, and whose pledge was not kept all the same."""
    before = cycle_before(cycle)
    if before is None:
        return []
    rows = Activity.objects.visible_to(viewer).filter(cycle=before).select_related("pledge", "measure")
    said = _last_said(before, viewer)
    kept = _kept_pledges(before, viewer, today)
    taken = {each.earlier_id: each for each in _taken(cycle, viewer)}
    return [
        _unspent(row, said.get(row.pk, ""), taken.get(row.pk))
        for row in rows.prefetch_related(*CHAIN)
        if said.get(row.pk) != ActivityStatus.DONE and row.pledge_id not in kept
    ]


def _taken(cycle: Cycle, viewer: Viewer) -> models.QuerySet[ActivityCarried]:
    return ActivityCarried.objects.visible_to(viewer).filter(cycle=cycle).select_related("measure__plan")


def _last_said(cycle: Cycle, viewer: Viewer) -> dict[int, str]:
    rows = ActivityReport.objects.visible_to(viewer).filter(activity__cycle=cycle).order_by("covers_to", "pk")
    return dict(rows.values_list("activity_id", "status"))


def _kept_pledges(cycle: Cycle, viewer: Viewer, today: dt.date) -> set[int]:
    promises = CitizenPromise.objects.visible_to(viewer).filter(cycle=cycle)
    found = statuses(list(latest_versions(promises)), viewer=viewer, today=today)
    keys = {
        (status.promise.pk, pledge.text.key)
        for status in found
        for pledge in status.pledges
        if pledge.outcome.delivery == Delivery.KEPT
    }
    pledges = promises.values_list("pk", "pledges__key", "pledges__pk")
    return {pledge for promise, key, pledge in pledges if (promise, key) in keys}


def _unspent(row: Activity, status: str, carried: ActivityCarried | None) -> Unspent:
    words = ActivityStatus(status).label if status else Delivery.NOT_REPORTED.label
    above = [each for each in (row.pledge, row.measure) if each is not None]
    problems = {link.problem for each in above for link in each.problem_links.all()}
    causes = {link.cause for each in above for link in each.cause_links.all()}
    return Unspent(row, str(words), _by_pk(problems), _by_pk(causes), carried)


def _by_pk[Row: models.Model](rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.pk)


@transaction.atomic
def take(*, row: Unspent, cycle: Cycle, by: User) -> Measure:
    """A measure of the cycle's plan with the same words, owner and cost, that answers the problem as it stands now."""
    plan = cycle.action_plans.order_by("version", "pk").last()
    if plan is None or not is_writable(plan):
        raise NoOpenPlan(_("Det finns ingen åtgärdsplan att skriva i. Börja på en plan, eller en ny version, först."))
    owner = row.activity.party_links.first()
    measure = new_measure(
        plan=plan, by=by, text=row.activity.text, cost_sek=row.activity.cost_sek,
        organisation=owner.organisation if owner else None, problems=_now(row.problems, plan),
        causes=_causes_now(row, plan),
    )  # fmt: skip
    _keep(row, cycle, by, measure=measure)
    return measure


def leave(*, row: Unspent, cycle: Cycle, by: User, reason: str) -> None:
    """It is not done this time, and why."""
    require(by, Permission.EDIT_CYCLE, cycle)
    _keep(row, cycle, by, reason=reason)


@transaction.atomic
def ask_again(*, row: Unspent, cycle: Cycle, by: User) -> None:
    """A reason is taken back; what was taken is taken away in the plan."""
    require(by, Permission.EDIT_CYCLE, cycle)
    if ActivityCarried.objects.filter(earlier=row.activity, cycle=cycle, measure=None).delete()[0]:
        _tell("activity.asked_again", row, cycle, by)


@transaction.atomic
def _keep(row: Unspent, cycle: Cycle, by: User, *, measure: Measure | None = None, reason: str = "") -> None:
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    if ActivityCarried.objects.filter(earlier=row.activity, cycle=cycle).exists():
        raise Refused(_("Någon hann före: valet är redan gjort."))
    ActivityCarried.objects.create(earlier=row.activity, cycle=cycle, measure=measure, reason=reason, created_by=by.key)
    _tell("activity.carried" if measure else "activity.left", row, cycle, by)


def _tell(verb: str, row: Unspent, cycle: Cycle, by: User) -> None:
    chain = chain_of_kommun(cycle.municipality)
    record(verb, chain=chain, target=cycle, actor=by.key, content=row.activity.key)


def _now(problems: Sequence[Problem], plan: ActionPlan) -> list[Problem]:
    """The same problems where they were taken up again in the plan's picture."""
    rows = Problem.objects.filter(picture=plan.picture_id, carried_from__earlier__in=problems)
    return list(rows.order_by("pk"))


def _causes_now(row: Unspent, plan: ActionPlan) -> list[Cause]:
    """A cause is copied with its problem under a name of its own: its words tell that it is the same."""
    words = [cause.text for cause in row.causes]
    return list(Cause.objects.filter(problem__in=_now(row.problems, plan), text__in=words).order_by("pk"))
