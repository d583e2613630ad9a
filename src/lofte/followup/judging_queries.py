"""Reads of the final report."""

from __future__ import annotations

from dataclasses import dataclass

from lofte.core.visibility import Viewer
from lofte.followup.models import CauseVerdict, EffectVerdict, Lesson, Period
from lofte.promises.models import CitizenPromise, Goal, Pledge


@dataclass(frozen=True)
class GoalRow:
    """A goal with what has been said of it; without a goal it is said of the whole promise."""

    pk: int
    text: str
    effect: EffectVerdict | None
    cause: CauseVerdict | None


def goal_rows(promise: CitizenPromise) -> list[GoalRow]:
    effects = {each.goal_id: each for each in EffectVerdict.objects.filter(promise=promise)}
    causes = {each.goal_id: each for each in CauseVerdict.objects.filter(promise=promise)}
    goals = list(promise.goals.filter(kind=Goal.Kind.OUTCOME)) or list(promise.goals.filter(indicator__isnull=False))
    rows = [GoalRow(goal.pk, goal.text, effects.get(goal.pk), causes.get(goal.pk)) for goal in goals]
    if not rows or None in effects or None in causes:
        rows.append(GoalRow(0, "", effects.get(None), causes.get(None)))
    return rows


def goal_of(promise: CitizenPromise, pk: int) -> Goal | None:
    return promise.goals.filter(pk=pk).select_related("indicator").first()


def effect_of(promise: CitizenPromise, goal: Goal | None) -> EffectVerdict | None:
    return EffectVerdict.objects.filter(promise=promise, goal=goal).first()


def cause_of(promise: CitizenPromise, goal: Goal | None) -> CauseVerdict | None:
    return CauseVerdict.objects.filter(promise=promise, goal=goal).first()


def lessons(promise: CitizenPromise, viewer: Viewer) -> list[Lesson]:
    return list(Lesson.objects.visible_to(viewer).filter(promise=promise).select_related("pledge"))


def pledge_choices(promise: CitizenPromise) -> list[tuple[str, str]]:
    return [(pledge.key, pledge.text) for pledge in promise.pledges.all()]


def pledge_of(promise: CitizenPromise, key: str) -> Pledge | None:
    return promise.pledges.filter(key=key).first() if key else None


def waiting_periods(promise: CitizenPromise, viewer: Viewer) -> list[Period]:
    waiting = (Period.Stage.OPEN, Period.Stage.IN_REVIEW, Period.Stage.LOCKED)
    return list(Period.objects.visible_to(viewer).filter(promise=promise, stage__in=waiting))
