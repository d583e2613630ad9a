"""Årshjulet: what a cycle brings month by month, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lofte.core.visibility import Viewer
from lofte.design.words import period_words
from lofte.followup.models import Period
from lofte.parties.models import CooperationAgreement, Cycle
from lofte.promises.models import CitizenPromise, Goal
from lofte.voices.models import Dialogue

MOST_NEXT = 5
SETTLED = (Period.Stage.NEVER_CAME, Period.Stage.NONE_FOUND)


@dataclass(frozen=True)
class Day:
    """A day that matters; `note` says what became of what it asks for, when something has."""

    on: dt.date
    text: str
    note: str = ""

    @property
    def is_done(self) -> bool:
        return bool(self.note)


@dataclass(frozen=True)
class Month:
    first: dt.date
    days: list[Day]
    is_now: bool


def days_of(cycle: Cycle, viewer: Viewer) -> list[Day]:
    found = [*_promises(cycle, viewer), *_reports(cycle, viewer), *_dialogues(cycle, viewer), *_agreements(cycle)]
    return sorted(found, key=lambda day: (day.on, day.text))


def months(cycle: Cycle, days: Iterable[Day], today: dt.date) -> list[Month]:
    """Every month from the cycle's first to that of its last day: reports come after its end."""
    given = list(days)
    first, last = cycle.starts.replace(day=1), max([cycle.ends, *(day.on for day in given)])
    first = min([first, *(day.on.replace(day=1) for day in given)])
    found = []
    while first <= last:
        own = [day for day in given if (day.on.year, day.on.month) == (first.year, first.month)]
        found.append(Month(first, own, (today.year, today.month) == (first.year, first.month)))
        first = (first + dt.timedelta(days=31)).replace(day=1)
    return found


def coming(days: Iterable[Day], today: dt.date) -> list[Day]:
    return [day for day in days if day.on >= today and not day.is_done][:MOST_NEXT]


def _promises(cycle: Cycle, viewer: Viewer) -> Iterator[Day]:
    for promise in CitizenPromise.objects.visible_to(viewer).filter(cycle=cycle):
        name = promise.short_line or promise.title
        yield Day(promise.starts, _("Löftet börjar gälla: {name}").format(name=name), _done(promise.is_public))
        yield Day(promise.ends, _("Sista dagen löftet gäller: {name}").format(name=name))
    goals = Goal.objects.filter(promise__in=CitizenPromise.objects.visible_to(viewer).filter(cycle=cycle))
    for goal in goals.filter(answer_on__isnull=False).prefetch_related("effect_verdicts"):
        assert goal.answer_on is not None
        is_done = any(verdict.value != "pending" for verdict in goal.effect_verdicts.all())
        yield Day(goal.answer_on, _("Svaret kommer: {goal}").format(goal=goal.text), _done(is_done))


def _reports(cycle: Cycle, viewer: Viewer) -> Iterator[Day]:
    periods = Period.objects.visible_to(viewer).filter(promise__cycle=cycle, due__isnull=False)
    for period in periods:
        name = period_words(period.starts, period.ends)
        what = _("Slutredovisningen för {name} ska komma") if period.is_final else _("Rapporten för {name} ska komma")
        day = period.late_until or period.due
        assert day is not None
        settled = period.get_stage_display() if period.stage in SETTLED else ""
        yield Day(day, what.format(name=name), settled or _done(period.stage == Period.Stage.PUBLISHED))


def _done(is_done: bool) -> str:
    return _("klart") if is_done else ""


def _dialogues(cycle: Cycle, viewer: Viewer) -> Iterator[Day]:
    for dialogue in Dialogue.objects.visible_to(viewer).filter(cycle=cycle):
        for day, what in (
            (dialogue.opens, _("Dialogen öppnar: {name}")),
            (dialogue.closes, _("Dialogen stänger: {name}")),
            (dialogue.feedback_on, _("De som har svarat ska få svar: {name}")),
        ):
            if day:
                yield Day(day, what.format(name=dialogue.title))


def _agreements(cycle: Cycle) -> Iterator[Day]:
    for agreement in CooperationAgreement.objects.filter(cycle=cycle, ends__isnull=False):
        assert agreement.ends is not None
        yield Day(agreement.ends, _("Överenskommelsen går ut: {name}").format(name=agreement.title))
