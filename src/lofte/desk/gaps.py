"""What is missing in the chain: one small function a kind of gap, over rows that were read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.design.words import period_words, quoted, woven
from lofte.desk.chain import CycleChain
from lofte.evidence.models import EvidenceItem
from lofte.followup.calendar import period_state
from lofte.followup.models import Period
from lofte.followup.wording import report_url
from lofte.picture.models import Problem
from lofte.promises.models import Activity, Goal, Pledge, Target
from lofte.voices.models import Dialogue, Theme

OLD_EVIDENCE_MONTHS = 24
PRIORITISED = 5
NEXT_TIME = 30


class Kind(StrEnum):
    PROBLEM_WITHOUT_EVIDENCE = "problem_without_evidence"
    PROBLEM_WITHOUT_CAUSE = "problem_without_cause"
    PROBLEM_WITHOUT_MEASURE = "problem_without_measure"
    MEASURE_WITHOUT_PROBLEM = "measure_without_problem"
    GOAL_NOT_MEASURABLE = "goal_not_measurable"
    PLEDGE_WITHOUT_ACTIVITY = "pledge_without_activity"
    ACTIVITY_WITHOUT_OWNER = "activity_without_owner"
    ACTIVITY_WITHOUT_QUANTITY = "activity_without_quantity"
    ACTIVITY_WITHOUT_PERIOD = "activity_without_period"
    ACTIVITY_NOT_REPORTED = "activity_not_reported"
    THEME_WITHOUT_ANSWER = "theme_without_answer"
    EVIDENCE_OLD = "evidence_old"
    DISTRICT_WITHOUT_EVIDENCE = "district_without_evidence"


@dataclass(frozen=True)
class Gap:
    """One missing link. A heavier gap matters more; `url` leads to where it is mended, when there is such a page."""

    kind: Kind
    text: str
    url: str
    weight: int


def gaps(chain: CycleChain, today: dt.date) -> list[Gap]:
    """Every gap of a cycle, the ones that matter most first."""
    found = [gap for find in FINDERS for gap in find(chain, today)]
    return sorted(found, key=lambda gap: -gap.weight)


def activity_not_reported(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Followed up? Only periods whose report should have come, and only work that touches the period."""
    for period in chain.periods:
        if period.stage != Period.Stage.OPEN or period_state(period, today) not in ("late", "missing"):
            continue
        reported = {report.activity_id for report in period.reports.all()}
        for activity in _of_promise(chain, period.promise_id):
            if activity.pk not in reported and _touches(activity, period):
                days = period_words(period.starts, period.ends)
                text = woven(_("Ingen rapport för {period}: {activity}"), period=days, activity=quoted(activity.text))
                yield Gap(Kind.ACTIVITY_NOT_REPORTED, text, report_url(period, activity), 95)


def pledge_without_activity(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    with_work = {activity.pledge_id for activity in chain.activities}
    for pledge in chain.pledges:
        if pledge.pk not in with_work:
            text = woven(_("Ingen aktivitet är planerad: {pledge}"), pledge=quoted(pledge.text))
            yield _of_text(Kind.PLEDGE_WITHOUT_ACTIVITY, text, chain, pledge, 90)


def activity_without_quantity(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for activity in chain.activities:
        kinds = {target.kind for target in activity.targets.all()}
        if kinds <= {Target.Kind.NONE}:
            text = woven(_("Det står inte hur mycket eller hur ofta: {activity}"), activity=quoted(activity.text))
            yield _of_text(Kind.ACTIVITY_WITHOUT_QUANTITY, text, chain, _pledge(chain, activity), 85)


def problem_without_evidence(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for problem in chain.problems:
        if not problem.evidence_links.all():
            text = woven(_("Inget underlag är kopplat till problemet: {problem}"), problem=quoted(problem.title))
            yield Gap(Kind.PROBLEM_WITHOUT_EVIDENCE, text, "", 80)


def problem_without_measure(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Is something forgotten? A pledge counts as a measure: it is one, said in public."""
    for problem in chain.problems:
        answered = [*problem.measure_links.all(), *problem.pledge_links.all()]
        if _is_prioritised(problem.priority) and not answered:
            text = woven(_("Varken åtgärd eller löfte svarar mot problemet: {problem}"), problem=quoted(problem.title))
            yield Gap(Kind.PROBLEM_WITHOUT_MEASURE, text, "", 75)


def activity_without_owner(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for activity in chain.activities:
        pledge = _pledge(chain, activity)
        if not activity.party_links.all() and not (pledge and pledge.party_links.all()):
            text = woven(_("Det framgår inte vem som ansvarar: {activity}"), activity=quoted(activity.text))
            yield _of_text(Kind.ACTIVITY_WITHOUT_OWNER, text, chain, pledge, 70)


def goal_not_measurable(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Only what is to become different needs a measure of the problem; what is to be done is counted by its targets."""
    for goal in chain.goals:
        if goal.kind != Goal.Kind.OUTCOME:
            continue
        if goal.indicator_id is None:
            text = woven(_("Målet har inget mått: {goal}"), goal=quoted(goal.text))
        elif goal.baseline_value is None:
            text = woven(_("Läget när vi började är inte mätt: {goal}"), goal=quoted(goal.text))
        else:
            continue
        yield Gap(Kind.GOAL_NOT_MEASURABLE, text, "", 65)


def problem_without_cause(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for problem in chain.problems:
        if _is_prioritised(problem.priority) and not problem.causes.all():
            text = woven(_("Ingen orsak är undersökt: {problem}"), problem=quoted(problem.title))
            yield Gap(Kind.PROBLEM_WITHOUT_CAUSE, text, "", 60)


def theme_without_answer(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for theme in chain.themes:
        if not theme.answer:
            text = woven(
                _("De som svarade om ”{theme}” har inte fått veta vad det blev av det."), theme=quoted(theme.label)
            )
            yield Gap(Kind.THEME_WITHOUT_ANSWER, text, _of_theme(chain, theme), 55)


def _of_theme(chain: CycleChain, theme: Theme) -> str:
    """Where a theme is answered."""
    where = {"kommun": chain.cycle.municipality.slug, "cycle": chain.cycle.slug}
    key = next(each.key for each in chain.dialogues if each.pk == theme.dialogue_id)
    return reverse("voices_staff:theme", kwargs=where | {"key": key, "theme": theme.key})


def measure_without_problem(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for measure in chain.measures:
        if not measure.problem_links.all():
            text = woven(
                _("Åtgärden svarar inte mot något problem i lägesbilden: {measure}"), measure=quoted(measure.text)
            )
            yield Gap(Kind.MEASURE_WITHOUT_PROBLEM, text, "", 50)


def evidence_old(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Old when the cycle began; what a finished cycle rested on does not age afterwards."""
    for item in chain.evidence:
        if item.on is not None and _months(item.on, min(today, chain.cycle.starts)) >= OLD_EVIDENCE_MONTHS:
            text = woven(_("Underlaget var mer än två år gammalt: {title}"), title=quoted(item.title))
            yield Gap(Kind.EVIDENCE_OLD, text, "", 45)


def activity_without_period(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Only work outside a promise: a promise's own days hold for its activities."""
    for activity in chain.activities:
        if activity.pledge_id is None and activity.starts is None and activity.ends is None:
            text = woven(_("Det står inte när det ska göras: {activity}"), activity=quoted(activity.text))
            yield Gap(Kind.ACTIVITY_WITHOUT_PERIOD, text, "", 40)


def district_without_evidence(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Only once some evidence names its area: a picture of the whole kommun is not thirteen gaps."""
    telling: list[EvidenceItem | Dialogue | Problem] = [*chain.evidence, *chain.dialogues, *chain.problems]
    told = {area.pk for item in telling for area in item.areas.all()}
    if not told:
        return
    for area in chain.districts:
        if area.pk not in told:
            text = _("Inget underlag och ingen dialog gäller {area}.").format(area=area.name)
            yield Gap(Kind.DISTRICT_WITHOUT_EVIDENCE, text, "", 35)


FINDERS: Sequence[Callable[[CycleChain, dt.date], Iterable[Gap]]] = (
    activity_not_reported,
    pledge_without_activity,
    activity_without_quantity,
    problem_without_evidence,
    problem_without_measure,
    activity_without_owner,
    goal_not_measurable,
    problem_without_cause,
    theme_without_answer,
    measure_without_problem,
    evidence_old,
    activity_without_period,
    district_without_evidence,
)


def _is_prioritised(priority: int | None) -> bool:
    return priority is not None and priority <= PRIORITISED


def _of_promise(chain: CycleChain, promise: int) -> Iterator[Activity]:
    own: set[int] = {pledge.pk for pledge in chain.pledges if _is_of(pledge, promise)}
    return (activity for activity in chain.activities if activity.pledge_id in own)


def _is_of(pledge: Pledge, promise: int) -> bool:
    return pledge.promise_id == promise


def _touches(activity: Activity, period: Period) -> bool:
    begun = activity.starts is None or activity.starts <= period.ends
    return begun and (activity.ends is None or activity.ends >= period.starts)


def _pledge(chain: CycleChain, activity: Activity) -> Pledge | None:
    return chain.pledges_by_pk.get(activity.pledge_id or 0)


def _of_text(kind: Kind, text: str, chain: CycleChain, pledge: Pledge | None, weight: int) -> Gap:
    """A gap in the promise's own text. Once it is out it can't be mended until next time, so it weighs little."""
    if pledge is not None and chain.is_out(pledge.promise_id):
        return Gap(kind, text, "", NEXT_TIME)
    return Gap(kind, text, chain.mend(pledge.promise_id) if pledge else "", weight)


def _months(earlier: dt.date, later: dt.date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
