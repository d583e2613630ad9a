"""The wording check of a pledge, with what people have answered to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from lofte.core.events import record
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.promises.actions import chain_of
from lofte.promises.earlier import Earlier, numbers_like
from lofte.promises.models import Activity, CitizenPromise, Goal, Pledge, Rhythm, Target, WordingAnswer
from lofte_engine.text.wording import TITLES, Finding, PledgeFields, check_pledge

type Answers = Mapping[tuple[str, str, str], str]


@dataclass(frozen=True)
class Hit:
    """A finding with the words it is about, and the reason given when it was left on purpose."""

    rule: str
    title: str
    severity: str
    start: int
    end: int
    words: str
    message: str
    suggestion: str
    text_hash: str
    reason: str = ""

    @property
    def is_blocking(self) -> bool:
        return self.severity == "block"

    @property
    def is_open(self) -> bool:
        return not self.reason

    @property
    def is_about_all(self) -> bool:
        """What is missing has the whole pledge as its place: there are no words to point at."""
        return not self.words


def hits(text: str, fields: PledgeFields, *, pledge_key: str = "", answers: Answers | None = None) -> list[Hit]:
    """What blocks first, then what is open, then what has been answered; otherwise in the order of the text."""
    found = [_hit(each, text, pledge_key, answers or {}) for each in check_pledge(text, fields=fields)]
    return sorted(found, key=lambda hit: (not hit.is_blocking, not hit.is_open, hit.severity == "note", hit.start))


def _hit(found: Finding, text: str, pledge_key: str, answers: Answers) -> Hit:
    words = text[found.start : found.end]
    text_hash = hashlib.sha256(words.encode("utf-8")).hexdigest()
    is_all = words.strip() == text.strip()
    answer = "" if found.severity == "block" else answers.get((pledge_key, found.rule, text_hash), "")
    return Hit(
        found.rule, TITLES.get(found.rule, found.rule), found.severity, found.start, found.end,
        "" if is_all else words, found.message, found.suggestion, text_hash, answer,
    )  # fmt: skip


def hits_of(pledge: Pledge, *, answers: Answers | None = None, earlier: Sequence[Earlier] = ()) -> list[Hit]:
    known = answers_of(pledge.promise) if answers is None else answers
    return hits(pledge.text, fields_of(pledge, earlier), pledge_key=pledge.key, answers=known)


def answers_of(promise: CitizenPromise) -> Answers:
    return {(each.pledge_key, each.rule, each.text_hash): each.reason for each in promise.wording_answers.all()}


def fields_of(pledge: Pledge, earlier: Sequence[Earlier] = ()) -> PledgeFields:
    """What the form knows beside the words: it answers what the words leave out, and what came of it before."""
    promise = pledge.promise
    activities = list(pledge.activities.all())
    targets = [target for activity in activities for target in activity.targets.all()]
    goals = [goal for goal in promise.goals.all() if goal.pledge_id in (pledge.pk, None)]
    told = PledgeFields(
        responsible=tuple(link.organisation.name for link in pledge.party_links.all()),
        owner=next((activity.owner for activity in activities if activity.owner), ""),
        starts=promise.starts,
        ends=promise.ends,
        areas=tuple(dict.fromkeys([*_places(targets), *(link.area.name for link in promise.area_links.all())])),
        covers_municipality=promise.covers_municipality,
        has_problem=bool(pledge.problem_links.all()),
        reported="" if promise.rhythm == Rhythm.NONE else str(Rhythm(promise.rhythm).label),
    )
    told = _with_goal(_with_target(told, targets), goals, pledge, activities)
    days = (promise.ends - promise.starts).days + 1
    before = numbers_like(earlier, about=pledge.text, kind=told.quantity_kind, unit=told.unit, days=days)
    return replace(told, earlier_results=before)


def _places(targets: Iterable[Target]) -> list[str]:
    return [place.area.name for target in targets for place in target.places.all()]


def _with_target(told: PledgeFields, targets: list[Target]) -> PledgeFields:
    first = next((target for target in targets if target.kind != Target.Kind.NONE), None)
    if first is None:
        return told
    amount = float(first.amount) if first.amount is not None else None
    return replace(
        told, quantity_kind=first.kind, amount=amount, unit=first.unit, per=first.per, comparison=first.comparison
    )


def _with_goal(told: PledgeFields, goals: list[Goal], pledge: Pledge, activities: list[Activity]) -> PledgeFields:
    """A goal of the pledge's own; otherwise one of the whole promise."""
    goal = next((each for each in goals if each.pledge_id == pledge.pk), goals[0] if goals else None)
    if goal is None or goal.indicator is None:
        return told
    return replace(
        told, indicator=goal.indicator.name, is_effort_driven=goal.indicator.is_effort_driven, goal_kind=goal.kind
    )


@transaction.atomic
def answer(*, pledge: Pledge, by: User, rule: str, text_hash: str, reason: str) -> WordingAnswer:
    """Leave a finding as it is, on purpose."""
    require(by, Permission.EDIT_CYCLE, pledge.promise)
    kept, _created = WordingAnswer.objects.update_or_create(
        promise=pledge.promise, pledge_key=pledge.key, rule=rule, text_hash=text_hash,
        defaults={"reason": reason, "by": by.key},
    )  # fmt: skip
    record(
        "wording.answered", chain=chain_of(pledge.promise), target=pledge.promise, actor=by.key,
        reason_code=rule, content=reason,
    )  # fmt: skip
    return kept
