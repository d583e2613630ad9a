"""Did it help, and can we say why? The rules for what may be said, and the end of a promise."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from lofte.core.events import record
from lofte.core.states import Because, CausalClaim, Effect, PromiseState
from lofte.followup.actions import add_erratum
from lofte.followup.models import CauseVerdict, EffectVerdict, Erratum, FrozenReport, Lesson, Period
from lofte.parties.models import User
from lofte.parties.rules import Permission, require
from lofte.promises.actions import chain_of, move
from lofte.promises.models import CitizenPromise, Goal, Pledge

CLAIMS = frozenset(
    {
        CausalClaim.PROBABLE_CONTRIBUTION,
        CausalClaim.SHOWN_EFFECT,
        CausalClaim.NO_EFFECT_SEEN,
        CausalClaim.WORSE_THAN_COMPARISON,
    }
)
# Only against others can one see that it was not something that happened everywhere.
NEEDS_OTHERS = frozenset({CausalClaim.SHOWN_EFFECT, CausalClaim.WORSE_THAN_COMPARISON})
MEASURED = frozenset({Effect.BETTER, Effect.UNCHANGED, Effect.WORSE})


class NotAllowed(ValueError):
    """The verdict says more than one can know. `field` is where, the message a Swedish sentence that says why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


class IsClosed(ValueError):
    """The promise is closed: only an answer that was still to come may be added."""


@dataclass(frozen=True)
class EffectGiven:
    value: str
    because: str = ""
    text: str = ""
    next_time: str = ""
    answer_on: dt.date | None = None


@dataclass(frozen=True)
class CauseGiven:
    value: str
    because: str = ""
    design: str = ""
    text: str = ""


def check_effect(given: EffectGiven, goal: Goal | None) -> None:
    """Stop at what nobody can know of this goal."""
    if given.value == Effect.NOT_ASSESSABLE and not given.because:
        raise NotAllowed("because", _("Välj varför det inte går att bedöma."))
    if given.value == Effect.PENDING and given.answer_on is None:
        raise NotAllowed("answer_on", _("Skriv när svaret kommer."))
    if given.value not in MEASURED:
        return
    if goal is None or goal.indicator is None:
        raise NotAllowed("value", _("Målet har inget mått. Då går det inte att bedöma om det blev bättre."))
    if goal.indicator.is_effort_driven:
        raise NotAllowed(
            "value", _("Antalet beror mest på hur mycket polisen kontrollerar. Då säger det inte om läget ändrades.")
        )
    if goal.baseline_value is None:
        raise NotAllowed("value", _("Läget innan är inte mätt. Då finns inget att jämföra med."))
    if given.value == Effect.UNCHANGED and goal.margin is None:
        raise NotAllowed(
            "value", _("Det bestämdes inte i förväg hur liten en skillnad ska vara för att räknas som ingen.")
        )


def check_cause(given: CauseGiven, goal: Goal | None, effect: str) -> None:
    """A causal word needs a comparison that was decided before the promise was signed."""
    if given.value == CausalClaim.NOT_ASSESSABLE and not given.because:
        raise NotAllowed("because", _("Välj varför det inte går att bedöma."))
    if given.value not in CLAIMS:
        return
    if goal is None or goal.design in ("", Goal.Design.NONE):
        raise NotAllowed("value", _("Ingen jämförelse bestämdes när löftet skrevs. Då går det inte att säga varför."))
    if not given.design:
        raise NotAllowed("design", _("Skriv hur ni jämförde. Annars går det inte att säga varför."))
    if given.value in NEEDS_OTHERS and goal.design != Goal.Design.SIMILAR:
        raise NotAllowed("value", _("Det kan bara en jämförelse med andra visa. Ni jämförde med era egna tidigare år."))
    if effect not in MEASURED:
        raise NotAllowed("value", _("Om läget ändrades är inte bedömt. Då går det inte att säga varför."))


@transaction.atomic
def judge_effect(
    *, promise: CitizenPromise, goal: Goal | None, given: EffectGiven, by: User, today: dt.date
) -> EffectVerdict:
    """Say whether the problem changed. Of a closed promise only what was still to come may be answered."""
    require(by, Permission.REVIEW, promise)
    before = EffectVerdict.objects.select_for_update().filter(promise=promise, goal=goal).first()
    is_later = _check_open(promise, before.value if before else "", Effect.PENDING)
    check_effect(given, goal)
    decided = None if given.value == Effect.PENDING else today
    verdict, _created = EffectVerdict.objects.update_or_create(
        promise=promise, goal=goal, defaults={**vars(given), "decided_on": decided}
    )
    record("effect.judged", chain=chain_of(promise), target=promise, actor=by.key, is_public=True, content=given.value)
    if is_later:
        _answer_later(promise, by, today, Effect(given.value).label, given.because, given.text, goal)
    return verdict


@transaction.atomic
def judge_cause(
    *, promise: CitizenPromise, goal: Goal | None, given: CauseGiven, by: User, today: dt.date
) -> CauseVerdict:
    require(by, Permission.REVIEW, promise)
    before = CauseVerdict.objects.select_for_update().filter(promise=promise, goal=goal).first()
    is_later = _check_open(promise, before.value if before else "", CausalClaim.PENDING)
    effect = EffectVerdict.objects.filter(promise=promise, goal=goal).values_list("value", flat=True).first()
    check_cause(given, goal, effect or "")
    decided = None if given.value == CausalClaim.PENDING else today
    verdict, _created = CauseVerdict.objects.update_or_create(
        promise=promise, goal=goal, defaults={**vars(given), "decided_on": decided}
    )
    record("cause.judged", chain=chain_of(promise), target=promise, actor=by.key, is_public=True, content=given.value)
    if is_later:
        _answer_later(promise, by, today, CausalClaim(given.value).label, given.because, given.text, goal)
    return verdict


def _check_open(promise: CitizenPromise, before: str, pending: str) -> bool:
    """Whether this is a later answer to a report that is out; refuse to change what has been answered."""
    is_out = promise.periods.filter(is_final=True, stage=Period.Stage.PUBLISHED).exists()
    if (promise.state == PromiseState.CLOSED or is_out) and before != pending:
        raise IsClosed(f"{promise} has its final report")
    return is_out


def _answer_later(
    promise: CitizenPromise, by: User, today: dt.date, label: object, because: str, text: str, goal: Goal | None
) -> None:
    """The answer that was to come stands beside the final report, whose bytes stay as they are."""
    final = promise.periods.filter(is_final=True, stage=Period.Stage.PUBLISHED).last()
    if final is None or not FrozenReport.objects.filter(period=final).exists():
        return
    with override("sv"):
        word = str(label)
        said = [f"{word[:1].upper()}{word[1:]}."]
        if because:
            said.append(_("Därför att {because}.").format(because=Because(because).label))
        question = [goal.text] if goal else []
    add_erratum(
        period=final, by=by, today=today, kind=Erratum.Kind.LATER_ANSWER,
        text="\n\n".join(filter(None, [*question, " ".join(said), text])),
    )  # fmt: skip


@transaction.atomic
def add_lesson(*, promise: CitizenPromise, by: User, kind: str, text: str, pledge: Pledge | None = None) -> Lesson:
    """What to continue, change or stop; offered to the next cycle."""
    require(by, Permission.REVIEW, promise)
    locked = CitizenPromise.objects.select_for_update().get(pk=promise.pk)
    if locked.state == PromiseState.CLOSED:
        raise IsClosed(f"{promise} is closed")
    taken = set(locked.lessons.values_list("key", flat=True))
    key = next(key for number in itertools.count(len(taken) + 1) if (key := f"lardom-{number}") not in taken)
    lesson = Lesson.objects.create(promise=promise, key=key, kind=kind, text=text, pledge=pledge)
    record("lesson.added", chain=chain_of(promise), target=promise, actor=by.key, content=text)
    return lesson


@transaction.atomic
def remove_lesson(*, lesson: Lesson, by: User) -> None:
    require(by, Permission.REVIEW, lesson.promise)
    if lesson.promise.state == PromiseState.CLOSED or lesson.carried.exists():
        raise IsClosed(f"{lesson.promise} is closed, or the lesson has been taken up")
    record("lesson.removed", chain=chain_of(lesson.promise), target=lesson.promise, actor=by.key, content=lesson.text)
    lesson.delete()


def may_begin_final(promise: CitizenPromise, today: dt.date) -> bool:
    running = (PromiseState.ACTIVE, PromiseState.REVISED, PromiseState.EXTENDED, PromiseState.STOPPED)
    return promise.state in running and (today > promise.ends or promise.state == PromiseState.STOPPED)


@transaction.atomic
def begin_final(*, promise: CitizenPromise, by: User, today: dt.date) -> None:
    """The promise is over: what is left is to say how it went."""
    require(by, Permission.PUBLISH, promise)
    if not may_begin_final(promise, today):
        raise IsClosed(f"{promise} is {promise.state}")
    move(promise, PromiseState.FINAL_REPORT, by=by.key)


def what_is_left(promise: CitizenPromise) -> list[str]:
    """What must be said before a promise can be closed."""
    left = []
    waiting = (Period.Stage.OPEN, Period.Stage.IN_REVIEW, Period.Stage.LOCKED)
    if promise.periods.filter(stage__in=waiting).exists():
        left.append(_("En rapport är inte publicerad. Publicera den, eller säg att den inte kom."))
    if not promise.effect_verdicts.exists():
        left.append(_("Det är inte sagt om det har blivit bättre."))
    if not promise.lessons.exists():
        left.append(_("Ingen lärdom är skriven."))
    return left


@transaction.atomic
def close(*, promise: CitizenPromise, by: User) -> None:
    """The end: what is still to come may be answered later, nothing else changes."""
    require(by, Permission.PUBLISH, promise)
    if what_is_left(promise):
        raise IsClosed(f"{promise} is not ready to be closed")
    move(promise, PromiseState.CLOSED, by=by.key)


@transaction.atomic
def give_up_period(*, period: Period, by: User) -> None:
    """The report never came, and is not waited for any more."""
    require(by, Permission.REVIEW, period.promise)
    locked = Period.objects.select_for_update().get(pk=period.pk)
    if locked.stage != Period.Stage.OPEN:
        raise IsClosed(f"{period} is {locked.stage}")
    locked.stage = Period.Stage.NEVER_CAME
    locked.save(update_fields=["stage"])
    record("period.never_came", chain=chain_of(period.promise), target=period, actor=by.key, is_public=True)
