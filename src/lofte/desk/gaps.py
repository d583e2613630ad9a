"""What is missing in the chain: one small function a kind of gap, over rows that were read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from lofte.design.words import period_words, quoted, woven
from lofte.desk import mend
from lofte.desk.chain import CycleChain
from lofte.evidence.models import EvidenceItem
from lofte.followup.calendar import period_state
from lofte.followup.models import Period
from lofte.followup.wording import report_url
from lofte.picture.models import Problem
from lofte.picture.versions import stem
from lofte.promises.models import Activity, Goal, Pledge, Target
from lofte.voices.models import Dialogue, ParticipantCount

OLD_EVIDENCE_MONTHS = 24
PRIORITISED = 5
NEXT_TIME = 30
# With fewer counted, a skewed share says nothing.
FEW_COUNTED, SKEWED = 20, 3
UNDER_18 = (ParticipantCount.Age.CHILD, ParticipantCount.Age.EARLY_TEEN, ParticipantCount.Age.LATE_TEEN)


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
    GROUP_NOT_HEARD = "group_not_heard"


@dataclass(frozen=True)
class Gap:
    """One missing link. A heavier gap matters more; `url` leads to where it is mended, when there is such a page.

    Where nothing can be written at once, `advice` says what can be done.

    `about` names what it is about, so that it can be answered: left on purpose, with a reason.
    """

    kind: Kind
    text: str
    url: str
    weight: int
    about: str = ""
    reason: str = ""
    advice: str = ""


def gaps(chain: CycleChain, today: dt.date) -> list[Gap]:
    """Every gap of a cycle that nobody has answered, the ones that matter most first."""
    return [gap for gap in every_gap(chain, today) if not gap.reason]


def every_gap(chain: CycleChain, today: dt.date) -> list[Gap]:
    """Every gap, also those left on purpose: they carry their reason."""
    found = [gap for find in FINDERS for gap in find(chain, today)]
    known = [replace(gap, reason=chain.answers.get((gap.kind.value, gap.about), "")) for gap in found]
    return sorted(known, key=lambda gap: -gap.weight)


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
            yield _of_text(Kind.PLEDGE_WITHOUT_ACTIVITY, text, chain, pledge, 90, pledge.key)


def activity_without_quantity(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for activity in chain.activities:
        kinds = {target.kind for target in activity.targets.all()}
        if kinds <= {Target.Kind.NONE}:
            text = woven(_("Det står inte hur mycket eller hur ofta: {activity}"), activity=quoted(activity.text))
            pledge = _pledge(chain, activity)
            yield _of_text(Kind.ACTIVITY_WITHOUT_QUANTITY, text, chain, pledge, 85, activity.key)


def problem_without_evidence(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for problem in chain.problems:
        if not problem.evidence_links.all():
            text = woven(_("Inget underlag är kopplat till problemet: {problem}"), problem=quoted(problem.title))
            yield Gap(Kind.PROBLEM_WITHOUT_EVIDENCE, text, mend.problem(chain, problem), 80, stem(problem.key))


def problem_without_measure(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Is something forgotten? A pledge counts as a measure: it is one, said in public."""
    for problem in chain.problems:
        if _is_prioritised(problem.priority) and stem(problem.key) not in chain.answered_stems:
            text = woven(_("Varken åtgärd eller löfte svarar mot problemet: {problem}"), problem=quoted(problem.title))
            yield Gap(Kind.PROBLEM_WITHOUT_MEASURE, text, mend.new_measure(chain, problem), 75, stem(problem.key))


def activity_without_owner(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for activity in chain.activities:
        pledge = _pledge(chain, activity)
        if not activity.party_links.all() and not (pledge and pledge.party_links.all()):
            text = woven(_("Det framgår inte vem som ansvarar: {activity}"), activity=quoted(activity.text))
            yield _of_text(Kind.ACTIVITY_WITHOUT_OWNER, text, chain, pledge, 70, activity.key)


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
        url, advice = mend.goal(chain, goal)
        yield Gap(Kind.GOAL_NOT_MEASURABLE, text, url, 65, goal.key, advice=advice)


def problem_without_cause(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for problem in chain.problems:
        if _is_prioritised(problem.priority) and not problem.causes.all():
            text = woven(_("Ingen orsak är undersökt: {problem}"), problem=quoted(problem.title))
            yield Gap(Kind.PROBLEM_WITHOUT_CAUSE, text, mend.new_cause(chain, problem), 60, stem(problem.key))


def theme_without_answer(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for theme in chain.themes:
        if not theme.answer:
            text = woven(
                _("De som svarade om ”{theme}” har inte fått veta vad det blev av det."), theme=quoted(theme.label)
            )
            about = f"{theme.dialogue.key}-{theme.key}"
            yield Gap(Kind.THEME_WITHOUT_ANSWER, text, mend.theme(chain, theme), 55, about)


def measure_without_problem(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    for measure in chain.measures:
        if not measure.problem_links.all():
            text = woven(
                _("Åtgärden svarar inte mot något problem i lägesbilden: {measure}"), measure=quoted(measure.text)
            )
            yield Gap(Kind.MEASURE_WITHOUT_PROBLEM, text, mend.measure(chain, measure), 50, stem(measure.key))


def evidence_old(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Old when the cycle began; what a finished cycle rested on does not age afterwards."""
    for item in chain.evidence:
        if item.on is not None and _months(item.on, min(today, chain.cycle.starts)) >= OLD_EVIDENCE_MONTHS:
            text = woven(_("Underlaget var mer än två år gammalt: {title}"), title=quoted(item.title))
            yield Gap(Kind.EVIDENCE_OLD, text, mend.evidence(chain, item), 45, item.key)


def activity_without_period(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Only work outside a promise: a promise's own days hold for its activities."""
    for activity in chain.activities:
        if activity.pledge_id is None and activity.starts is None and activity.ends is None:
            text = woven(_("Det står inte när det ska göras: {activity}"), activity=quoted(activity.text))
            url, advice = mend.outside_a_promise()
            yield Gap(Kind.ACTIVITY_WITHOUT_PERIOD, text, url, 40, activity.key, advice=advice)


def district_without_evidence(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Only once some evidence names its area: a picture of the whole kommun is not thirteen gaps."""
    telling: list[EvidenceItem | Dialogue | Problem] = [*chain.evidence, *chain.dialogues, *chain.problems]
    told = {area.pk for item in telling for area in item.areas.all()}
    if not told:
        return
    for area in chain.districts:
        if area.pk not in told:
            text = _("Inget underlag och ingen dialog gäller {area}.").format(area=area.name)
            yield Gap(Kind.DISTRICT_WITHOUT_EVIDENCE, text, mend.new_evidence(chain), 35, area.key)


def group_not_heard(chain: CycleChain, today: dt.date) -> Iterator[Gap]:
    """Only where participants were counted. Half of people are women; every fifth is under 18, wherever they live."""
    for dialogue in chain.dialogues:
        counts = [row for row in dialogue.participant_counts.all() if row.count]
        for group, text in _not_heard(counts):
            said = woven(text, dialogue=quoted(dialogue.title))
            yield Gap(Kind.GROUP_NOT_HEARD, said, mend.dialogue(chain, dialogue), 33, f"{dialogue.key}-{group}")


def _not_heard(counts: Sequence[ParticipantCount]) -> Iterator[tuple[str, str]]:
    by_sex = {sex: sum(row.count for row in counts if row.sex == sex) for sex in ("woman", "man")}
    asked = sum(by_sex.values())
    if asked >= FEW_COUNTED and by_sex["woman"] * SKEWED < asked:
        yield "kvinnor", _("Färre än var tredje som deltog var kvinna: {dialogue}")
    if asked >= FEW_COUNTED and by_sex["man"] * SKEWED < asked:
        yield "man", _("Färre än var tredje som deltog var man: {dialogue}")
    aged = [row for row in counts if row.age]
    if sum(row.count for row in aged) >= FEW_COUNTED and not any(row.age in UNDER_18 for row in aged):
        yield "unga", _("Ingen under 18 år deltog: {dialogue}")


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
    group_not_heard,
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


def _of_text(kind: Kind, text: str, chain: CycleChain, pledge: Pledge | None, weight: int, about: str) -> Gap:
    """A gap in the promise's own text. Once it is out it is mended by a new version or next time: it weighs little."""
    url, advice = mend.pledge(chain, pledge) if pledge else mend.outside_a_promise()
    is_out = pledge is not None and chain.is_out(pledge.promise_id)
    return Gap(kind, text, url, NEXT_TIME if is_out else weight, about, advice=advice)


def _months(earlier: dt.date, later: dt.date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
