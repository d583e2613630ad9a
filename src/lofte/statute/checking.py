"""Each requirement against the facts: what was found, what is missing, and when it is due. A list, never a sum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lofte.design.words import date_words
from lofte.evidence.models import EvidenceItem
from lofte.evidence.queries import whole_months
from lofte.parties.models import Organisation
from lofte.statute.clocks import Clock, State
from lofte.statute.facts import Facts
from lofte.statute.models import Attestation
from lofte.statute.requirements import REQUIREMENTS, StatuteRequirement

CRIME = (EvidenceItem.Kind.CRIME_STATISTICS, EvidenceItem.Kind.CRIMINAL_INTELLIGENCE)
# What stands for the kommun as a whole rests on the others.
OF_ALL = tuple(each.id for each in REQUIREMENTS if each.id not in ("BFL-01", "BFL-16", "BFL-30"))
OF_COORDINATION = tuple(f"BFL-{number}" for number in range(17, 24))
FRESH_MONTHS = 12
FINE = (State.MET, State.ATTESTED, State.DUE_SOON, State.NOT_APPLICABLE)


@dataclass(frozen=True)
class Found:
    """What answers a requirement: the evidence in words. Without any it is a gap. A clock says when it is due."""

    evidence: Sequence[str] = ()
    clock: Clock | None = None


@dataclass(frozen=True)
class Finding:
    requirement: StatuteRequirement
    state: State
    evidence: Sequence[str] = ()
    due: dt.date | None = None
    is_urgent: bool = False


def findings(facts: Facts, today: dt.date) -> list[Finding]:
    """All thirty, in the order of the act."""
    plain = {each.id: _finding(each, facts, today) for each in REQUIREMENTS}
    plain["BFL-16"] = _derived(plain, "BFL-16", OF_COORDINATION)
    plain["BFL-01"] = _derived(plain, "BFL-01", OF_ALL)
    return list(plain.values())


def _finding(requirement: StatuteRequirement, facts: Facts, today: dt.date) -> Finding:
    check = CHECKS.get(requirement.id)
    found = check(facts) if check else Found()
    if found.clock is not None:
        state = found.clock.state(today)
        return Finding(requirement, state, found.evidence, found.clock.due, found.clock.is_urgent(today))
    if found.evidence:
        return Finding(requirement, State.MET, found.evidence)
    said = facts.attestations.get(requirement.id)
    if requirement.is_attestable and said is not None and said.answer != Attestation.Answer.WITHDRAWN:
        return Finding(requirement, State(said.answer), (f"{said.evidence} ({date_words(said.on)})",))
    return Finding(requirement, State.NOT_APPLICABLE if requirement.id == "BFL-30" else State.GAP)


def _derived(plain: dict[str, Finding], which: str, of: Sequence[str]) -> Finding:
    """Met when each of those it rests on is; otherwise the ones that aren't stand by name."""
    wanting = [each for each in of if plain[each].state not in FINE]
    if wanting:
        return Finding(plain[which].requirement, State.GAP, (_("Saknas: {names}").format(names=", ".join(wanting)),))
    return Finding(plain[which].requirement, State.MET)


# --- one small function a requirement


def knowledge_base(facts: Facts) -> Found:
    rests = [
        any(link.problem.evidence_links.all() for link in measure.problem_links.all()) for measure in facts.measures
    ]
    return Found((_("{n} åtgärder vilar på underlag").format(n=len(rests)),) if rests and all(rests) else ())


def picture(facts: Facts) -> Found:
    return Found((_adopted(facts),) if facts.picture else ())


def whole_kommun(facts: Facts) -> Found:
    if not facts.areas or (len(facts.areas) == 1 and facts.areas[0].is_gap):
        return Found()
    gaps = [area.name for area in facts.areas[1:] if area.is_gap]
    return Found(() if gaps else ([area.name for area in facts.areas[1:]] or [facts.areas[0].name]))


def crime(facts: Facts) -> Found:
    return Found([item.title for item in _crimes(facts) if item.period or item.on])


def extent(facts: Facts) -> Found:
    counted = [item.title for item in _crimes(facts) if item.n is not None and (item.period or item.on)]
    return Found(counted or ([_("mått på anmälda brott")] if facts.has_crime_rate else []))


def consequences(facts: Facts) -> Found:
    told = [problem.title for problem in facts.problems if problem.consequences]
    return Found(told if len(told) == len(facts.problems) else ())


def other_information(facts: Facts) -> Found:
    return Found([item.title for item in facts.evidence if item.kind not in CRIME])


def analysis(facts: Facts) -> Found:
    if facts.picture is None or not facts.picture.joint_assessment or not crime(facts).evidence:
        return Found()
    causes = [cause.text for problem in facts.problems for cause in problem.causes.all()]
    return Found(causes if other_information(facts).evidence else ())


def plan_decided(facts: Facts) -> Found:
    plan = facts.plan
    if plan is None or plan.decided_on is None or not plan.minutes_reference or not plan.registry_number:
        return Found()
    where = f"{plan.decided_by}, {plan.minutes_reference}, {plan.registry_number}"
    return Found((f"{plan.title}: {where}, {date_words(plan.decided_on)}",))


def plan_rests_on_picture(facts: Facts) -> Found:
    linked = [bool(measure.problem_links.all()) for measure in facts.measures]
    if facts.plan is None or facts.plan.picture_id is None or not linked or not all(linked):
        return Found()
    return Found((facts.plan.title,))


def own_measures(facts: Facts) -> Found:
    own = Organisation.Kind.MUNICIPALITY
    return Found([each.text for each in facts.measures if each.organisation and each.organisation.kind == own])


def picture_updated(facts: Facts) -> Found:
    if facts.picture is None or facts.picture.adopted_on is None:
        return Found()
    return Found((_adopted(facts),), Clock(facts.picture.adopted_on))


def plan_followed_up(facts: Facts) -> Found:
    """Two years from the decision, or from the follow-up that somebody has told of since."""
    told = facts.attestations.get("BFL-14")
    days = []
    if facts.plan is not None and facts.plan.decided_on is not None:
        days.append((facts.plan.decided_on, facts.plan.title))
    days += [(each.on, _("Uppföljning av {plan}").format(plan=each.plan.title)) for each in facts.follow_ups]
    if told is not None and told.answer == Attestation.Answer.ATTESTED:
        days.append((told.on, told.evidence))
    if not days:
        return Found()
    last, what = max(days)
    return Found((what,), Clock(last))


def agreements(facts: Facts) -> Found:
    return Found([each.title for each in facts.agreements])


def purposes(facts: Facts) -> Found:
    return Found(agreements(facts).evidence if all(each.purposes for each in facts.agreements) else ())


def subjects(facts: Facts) -> Found:
    return Found(agreements(facts).evidence if all(each.subjects for each in facts.agreements) else ())


def council(facts: Facts) -> Found:
    """A council that has met in the last twelve months."""
    if facts.council is None:
        return Found()
    met = [each.on for each in facts.council.meetings.all() if _is_fresh(each.on, facts.today)]
    return Found([_("{name} möttes {day}").format(name=facts.council.name, day=date_words(day)) for day in met])


def council_led_by_kommun(facts: Facts) -> Found:
    leads = facts.council.led_by if facts.council else None
    if leads is None or leads.kind != Organisation.Kind.MUNICIPALITY:
        return Found()
    return Found([", ".join(each for each in (leads.name, facts.council.chair if facts.council else "") if each)])


def council_members(facts: Facts) -> Found:
    seats = list(facts.council.members.all()) if facts.council else []
    outside = [each for each in seats if each.organisation.kind != Organisation.Kind.MUNICIPALITY]
    return Found([str(each) for each in seats] if outside and len(outside) < len(seats) else [])


def council_leading(facts: Facts) -> Found:
    seats = facts.council.members.all() if facts.council else []
    outside = [each for each in seats if each.organisation.kind != Organisation.Kind.MUNICIPALITY]
    return Found([str(each) for each in outside if each.is_leading])


def coordination(facts: Facts) -> Found:
    return Found([_("{holder} sedan {day}").format(holder=f.holder, day=date_words(f.starts)) for f in facts.functions])


def coordination_task(facts: Facts) -> Found:
    return Found([each.task for each in facts.functions if each.task])


def coordination_contact(facts: Facts) -> Found:
    return Found([each.contact for each in facts.functions if each.contact])


def information(facts: Facts) -> Found:
    return Found(facts.published)


def reports(facts: Facts) -> Found:
    """Fortlöpande: at least one in the last twelve months."""
    told = [each for each in facts.reports if _is_fresh(each.on, facts.today)]
    return Found([f"{each.body}, {date_words(each.on)}, {each.minutes_reference}" for each in told])


def _is_fresh(day: dt.date, today: dt.date) -> bool:
    return day <= today and whole_months(day, today) < FRESH_MONTHS


def _crimes(facts: Facts) -> list[EvidenceItem]:
    return [item for item in facts.evidence if item.kind == EvidenceItem.Kind.CRIME_STATISTICS]


def _adopted(facts: Facts) -> str:
    assert facts.picture is not None
    assert facts.picture.adopted_on is not None
    day = date_words(facts.picture.adopted_on)
    return _("Lägesbild antagen {day} av {body}").format(day=day, body=facts.picture.adopted_by)


CHECKS: dict[str, Callable[[Facts], Found]] = {
    "BFL-02": knowledge_base,
    "BFL-03": picture,
    "BFL-04": whole_kommun,
    "BFL-05": crime,
    "BFL-06": extent,
    "BFL-07": consequences,
    "BFL-08": other_information,
    "BFL-09": analysis,
    "BFL-10": plan_decided,
    "BFL-11": plan_rests_on_picture,
    "BFL-12": own_measures,
    "BFL-13": picture_updated,
    "BFL-14": plan_followed_up,
    "BFL-17": agreements,
    "BFL-18": purposes,
    "BFL-19": subjects,
    "BFL-20": council,
    "BFL-21": council_led_by_kommun,
    "BFL-22": council_members,
    "BFL-23": council_leading,
    "BFL-24": coordination,
    "BFL-25": coordination_task,
    "BFL-26": coordination_contact,
    "BFL-27": information,
    "BFL-29": reports,
}
