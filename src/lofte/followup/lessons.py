"""Lessons that a new cycle takes up: offered from the cycle before it, carried on with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from lofte.core.events import record
from lofte.core.visibility import Viewer
from lofte.followup.models import Lesson, LessonCarried
from lofte.parties.models import Cycle, User
from lofte.parties.rules import Permission, require
from lofte.picture.models import Problem
from lofte.promises.actions import chain_of


class NotOfTheCycleBefore(ValueError):
    """The lesson belongs to another kommun, or to a cycle that is not over before this one."""


@dataclass(frozen=True)
class Offered:
    """A lesson of the cycle before, and whether this cycle has taken it up."""

    lesson: Lesson
    carried: LessonCarried | None


def cycle_before(cycle: Cycle) -> Cycle | None:
    """The one it says it follows; otherwise the latest that began before it."""
    earlier = Cycle.objects.filter(municipality=cycle.municipality_id, starts__lt=cycle.starts)
    named = earlier.filter(slug=cycle.previous_slug).first() if cycle.previous_slug else None
    return named or earlier.order_by("-starts", "-pk").first()


def offered(cycle: Cycle, viewer: Viewer) -> list[Offered]:
    before = cycle_before(cycle)
    lessons = Lesson.objects.visible_to(viewer).filter(promise__cycle=before) if before else Lesson.objects.none()
    taken = {each.lesson_id: each for each in LessonCarried.objects.filter(cycle=cycle).select_related("problem")}
    rows = lessons.select_related("promise", "pledge").order_by("kind", "pk")
    return [Offered(lesson, taken.get(lesson.pk)) for lesson in rows]


def problems_of(cycle: Cycle, viewer: Viewer) -> Sequence[Problem]:
    """The problems of the cycle's newest picture: what a lesson may be taken up by."""
    newest = cycle.pictures.order_by("version").last()
    return list(Problem.objects.visible_to(viewer).filter(picture=newest)) if newest else []


@transaction.atomic
def carry(*, lesson: Lesson, cycle: Cycle, by: User, problem: Problem | None = None) -> LessonCarried:
    """Take a lesson up. Once more with another problem moves it there."""
    require(by, Permission.EDIT_CYCLE, cycle)
    own = lesson.promise.cycle
    if own.municipality_id != cycle.municipality_id or own.starts >= cycle.starts:
        raise NotOfTheCycleBefore(f"{lesson.pk} is not from before {cycle}")
    row, _new = LessonCarried.objects.update_or_create(
        lesson=lesson, cycle=cycle, defaults={"problem": problem, "created_by": by.key}
    )
    record("lesson.carried", chain=chain_of(lesson.promise), target=cycle, actor=by.key, content=lesson.key)
    return row


@transaction.atomic
def put_back(*, lesson: Lesson, cycle: Cycle, by: User) -> None:
    require(by, Permission.EDIT_CYCLE, cycle)
    if LessonCarried.objects.filter(lesson=lesson, cycle=cycle).delete()[0]:
        record("lesson.put_back", chain=chain_of(lesson.promise), target=cycle, actor=by.key, content=lesson.key)
