"""What the desk's pages say: gaps by kind, periods with the way on, kommuner with their cycles."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lofte.core.states import PeriodState, PromiseState
from lofte.design.pieces import Link, Report, Strand, Verdict
from lofte.design.words import date_words, period_words, quoted
from lofte.desk.chain import CycleChain
from lofte.desk.gaps import Gap, Kind
from lofte.desk.todo import year_url
from lofte.followup.calendar import period_state
from lofte.followup.models import Period
from lofte.followup.wording import of_promise, period_url
from lofte.parties.access import may
from lofte.parties.models import Cycle, User
from lofte.parties.rules import Permission
from lofte.places.models import Municipality
from lofte.promises.models import CitizenPromise
from lofte.promises.states import TO_SIGN
from lofte.voices import queries as voices
from lofte.voices.models import Dialogue
from lofte.voices.presenters import address

SHOWN_FIRST = 3
SHOWN_OF_A_KIND = 5

TITLES = {
    Kind.ACTIVITY_NOT_REPORTED: gettext_lazy("Rapporter saknas"),
    Kind.PLEDGE_WITHOUT_ACTIVITY: gettext_lazy("Löften utan aktivitet"),
    Kind.ACTIVITY_WITHOUT_QUANTITY: gettext_lazy("Löften som inte säger hur mycket eller hur ofta"),
    Kind.PROBLEM_WITHOUT_EVIDENCE: gettext_lazy("Problem utan underlag"),
    Kind.PROBLEM_WITHOUT_MEASURE: gettext_lazy("Problem som inget svarar mot"),
    Kind.ACTIVITY_WITHOUT_OWNER: gettext_lazy("Ingen ansvarig är utpekad"),
    Kind.GOAL_NOT_MEASURABLE: gettext_lazy("Mål som inte går att mäta"),
    Kind.PROBLEM_WITHOUT_CAUSE: gettext_lazy("Problem där ingen orsak är undersökt"),
    Kind.THEME_WITHOUT_ANSWER: gettext_lazy("Dialoger som inte har fått svar"),
    Kind.MEASURE_WITHOUT_PROBLEM: gettext_lazy("Åtgärder utan problem"),
    Kind.EVIDENCE_OLD: gettext_lazy("Gamla underlag"),
    Kind.ACTIVITY_WITHOUT_PERIOD: gettext_lazy("Aktiviteter utan tid"),
    Kind.DISTRICT_WITHOUT_EVIDENCE: gettext_lazy("Kommundelar utan underlag"),
    Kind.GROUP_NOT_HEARD: gettext_lazy("Grupper som inte har hörts"),
}


@dataclass(frozen=True)
class GapGroup:
    """Gaps of one kind; `more` are those beyond the first few."""

    title: str
    gaps: Sequence[Gap]
    more: Sequence[Gap]


def gap_groups(gaps: Sequence[Gap]) -> tuple[list[GapGroup], list[GapGroup]]:
    """The three kinds that matter most, and the rest."""
    groups = [_group(kind, list(same)) for kind, same in groupby(gaps, key=lambda gap: gap.kind)]
    return groups[:SHOWN_FIRST], groups[SHOWN_FIRST:]


def _group(kind: Kind, gaps: list[Gap]) -> GapGroup:
    return GapGroup(str(TITLES[kind]), gaps[:SHOWN_OF_A_KIND], gaps[SHOWN_OF_A_KIND:])


def rooms_of(cycle: Cycle) -> list[Link]:
    """The way from the year to what its promises rest on."""
    of_cycle = {"kommun": cycle.municipality.slug, "cycle": cycle.slug}
    of_kommun = {"kommun": cycle.municipality.slug}
    return [
        Link(_("Underlag"), reverse("evidence:register", kwargs=of_cycle)),
        Link(_("Siffror"), reverse("evidence:figures", kwargs=of_cycle)),
        Link(_("Lägesbild"), reverse("picture:pictures", kwargs=of_cycle)),
        Link(_("Åtgärdsplan"), reverse("plan:plans", kwargs=of_cycle)),
        Link(_("Vad lagen kräver"), reverse("statute:requirements", kwargs=of_kommun)),
    ]


@dataclass(frozen=True)
class PromiseCard:
    """A promise on the year page: its state, its reports with the way on, and what one may do."""

    title: str
    state: str
    ways: Sequence[Link]
    reports: Sequence[Report]


def promise_cards(chain: CycleChain, user: User, today: dt.date) -> list[PromiseCard]:
    return [_card(promise, chain, user, today) for promise in chain.promises]


def _card(promise: CitizenPromise, chain: CycleChain, user: User, today: dt.date) -> PromiseCard:
    periods = [period for period in chain.periods if period.promise_id == promise.pk]
    return PromiseCard(
        title=quoted(promise.short_line or promise.title),
        state=str(PromiseState(promise.state).label),
        ways=_ways(promise, user),
        reports=[_report(period, user, today) for period in periods],
    )


def _ways(promise: CitizenPromise, user: User) -> list[Link]:
    if promise.is_public:
        ways = [Link(_("Se löftet som andra ser det"), of_promise(promise, "public:promise"))]
        if may(user, Permission.TELL, promise):
            ways.append(Link(_("Berätta något nytt"), of_promise(promise, "followup:update")))
            ways.append(Link(_("Här har det berättats"), of_promise(promise, "followup:publications")))
            ways.append(Link(_("Bjud in till ett tillfälle"), of_promise(promise, "followup:occasions")))
        if may(user, Permission.EDIT_CYCLE, promise):
            ways.append(Link(_("Ändra eller avbryt löftet"), of_promise(promise, "promises:write")))
        return ways
    if promise.cycle.mode == Cycle.Mode.FOLLOW and may(user, Permission.READ_FILE, promise):
        return [Link(_("Titta på utkastet och publicera"), of_promise(promise, "desk:preview"))]
    ways = []
    if may(user, Permission.EDIT_CYCLE, promise):
        ways.append(Link(_("Skriv löftet"), of_promise(promise, "promises:write")))
    if promise.state in TO_SIGN and may(user, Permission.READ_CYCLE, promise):
        ways.append(Link(_("Underskrifter"), of_promise(promise, "promises:sign")))
    return ways


def dialogue_links(chain: CycleChain, today: dt.date) -> list[Strand]:
    """The dialogues of the year with what waits in each."""
    late = {theme.dialogue_id for theme in chain.themes if not theme.answer}
    told = {theme.dialogue_id for theme in chain.themes}
    return [_dialogue(each, each.pk in late or each.pk not in told, today) for each in chain.dialogues]


def _dialogue(dialogue: Dialogue, has_no_answer: bool, today: dt.date) -> Strand:
    is_late = has_no_answer and dialogue.feedback_on is not None and dialogue.feedback_on < today
    waiting = voices.waiting(dialogue).count()
    note = ngettext("{n} svar väntar på granskning", "{n} svar väntar på granskning", waiting).format(n=waiting)
    overdue = Verdict("overdue", _("Svaren är försenade"))
    return Strand(
        text=dialogue.title,
        note=note if waiting else _("Utkast") if dialogue.is_draft else "",
        url=address("voices_staff:dialogue", dialogue),
        verdict=overdue if is_late and not dialogue.is_draft else None,
    )


def _report(period: Period, user: User, today: dt.date) -> Report:
    state = period_state(period, today)
    note = ""
    if period.late_reason and state in (PeriodState.LATE, PeriodState.MISSING):
        note = quoted(period.late_reason)
    return Report(
        period=period_words(period.starts, period.ends),
        due=date_words(period.due) if period.due else "",
        verdict=Verdict(state.value, state.label.capitalize()),
        note=note,
        link=_way_on(period, state, user),
    )


def _way_on(period: Period, state: PeriodState, user: User) -> Link | None:
    """The one next step with a period, for this person."""
    if state == PeriodState.PUBLISHED:
        return Link(_("Läs rapporten"), of_promise(period.promise, "public:report", label=period.label))
    if state == PeriodState.IN_REVIEW and may(user, Permission.REVIEW, period):
        return Link(_("Granska"), of_promise(period.promise, "followup:review", label=period.label))
    if not may(user, Permission.REPORT, period):
        return None
    return {
        PeriodState.UPCOMING: Link(_("Börja skriva"), period_url(period)),
        PeriodState.COLLECTING: Link(_("Skriv rapport"), period_url(period)),
        PeriodState.LATE: Link(_("Skriv rapport"), period_url(period)),
        PeriodState.MISSING: Link(_("Skriv rapport"), period_url(period)),
        PeriodState.NONE_FOUND: Link(_("Har ni hittat den? För in den"), period_url(period)),
    }.get(state)


@dataclass(frozen=True)
class KommunCard:
    """A kommun with its cycles. Those who only report see the reports that they may write in instead."""

    name: str
    public_url: str
    years: Sequence[Link]
    reports: Sequence[Link]
    begin_url: str = ""
    dialogues_url: str = ""
    law_url: str = ""


def kommun_cards(
    kommuner: Sequence[Municipality], cycles: Sequence[Cycle], running: Sequence[Period], user: User
) -> list[KommunCard]:
    readable = [cycle for cycle in cycles if may(user, Permission.READ_CYCLE, cycle)]
    return [
        KommunCard(
            name=str(municipality),
            public_url=reverse("public:kommun", kwargs={"kommun": municipality.slug}),
            years=_years([cycle for cycle in readable if cycle.municipality_id == municipality.pk]),
            reports=_reports([period for period in running if _is_in(period, municipality)], user),
            begin_url=_begin_url(municipality, user),
            dialogues_url=_of_reader("voices_staff:dialogues", municipality, user),
            law_url=_of_reader("statute:requirements", municipality, user),
        )
        for municipality in kommuner
    ]


def _years(cycles: Sequence[Cycle]) -> list[Link]:
    """By their days; two of the same days are told apart by their address."""
    days = {cycle.pk: period_words(cycle.starts, cycle.ends) for cycle in cycles}
    shared = {words for words, number in Counter(days.values()).items() if number > 1}
    names = days | {c.pk: f"{days[c.pk]} ({c.slug})" for c in cycles if days[c.pk] in shared}
    return [Link(names[cycle.pk], year_url(cycle)) for cycle in cycles]


def _begin_url(municipality: Municipality, user: User) -> str:
    if not may(user, Permission.EDIT_CYCLE, municipality):
        return ""
    return reverse("promises:begin", kwargs={"kommun": municipality.slug})


def _of_reader(name: str, municipality: Municipality, user: User) -> str:
    if not may(user, Permission.READ_CYCLE, municipality):
        return ""
    return reverse(name, kwargs={"kommun": municipality.slug})


def _is_in(period: Period, municipality: Municipality) -> bool:
    return period.promise.municipality_id == municipality.pk


def _reports(periods: Sequence[Period], user: User) -> list[Link]:
    return [
        Link(_("Rapport för {name}").format(name=period_words(period.starts, period.ends)), period_url(period))
        for period in periods
        if may(user, Permission.REPORT, period) and not may(user, Permission.READ_CYCLE, period.promise)
    ]
