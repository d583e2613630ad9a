"""What the open pages say, in the order people ask. Plain values for the shared page parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.core.states import Because, CausalClaim, Effect, PeriodState, PromiseState
from lofte.design.pieces import Answer, Bead, Fact, FirstScreen, Link, Pledge, Report, Signature, Verdict
from lofte.design.pieces import Update as UpdatePiece
from lofte.design.words import date_words, month_words, period_words, quoted, strung, woven
from lofte.evidence.source_calendar import answer_words
from lofte.followup.calendar import is_overdue, period_state
from lofte.followup.models import CauseVerdict, EffectVerdict, Lesson, Period, Update
from lofte.followup.presenters import next_report, pledge_views, summary
from lofte.followup.queries import PledgeStatus, Status
from lofte.promises.comparing import changes
from lofte.promises.models import Goal, PlainTwin, PromiseVersion, SignOff
from lofte.promises.plans import plan_words
from lofte.promises.proof import is_whole
from lofte.promises.text import read
from lofte.promises.wording import listed
from lofte.public.addresses import address
from lofte.public.chain import Chain


def first_screen(status: Status, twins: Iterable[PlainTwin] = ()) -> FirstScreen:
    text, promise = status.text, status.promise
    later = _("Kort version, gjord i efterhand.") if text.short_line_is_later else ""
    kind = _("Löfte till barn och unga") if text.is_for_children else _("Medborgarlöfte")
    return FirstScreen(
        eyebrow=f"{kind} {period_words(text.starts, text.ends)} · {promise.municipality}",
        line=text.short_line or text.title,
        note=later,
        note_link=Link(_("Läs löftet ordagrant"), "#ordagrant") if later and text.overall_pledge else None,
        facts=facts(status),
        ways=[Link(_("Se löftena"), "#loften"), Link(_("Varför just det här?"), "#darfor")],
        twins=[
            Link(twin.get_language_display(), address(promise, "twin", language=twin.language), twin.html_language)
            for twin in twins
        ],
    )


def facts(status: Status) -> list[Fact]:
    over = status.is_over
    return [
        Fact(_("Lovar"), listed(status.text.parties) or _("Det framgår inte")),
        Fact(_("Gäller"), f"{period_words(status.text.starts, status.text.ends)}, {where(status)}"),
        Fact(_("Så gick det") if over else _("Så går det"), summary(status), is_main=True),
        Fact(_("Nästa besked"), next_news(status)),
    ]


def where(status: Status) -> str:
    return listed(status.text.areas) if status.text.areas else _("hela kommunen")


def next_news(status: Status) -> str:
    promise = status.promise
    if promise.state == PromiseState.STOPPED:
        return _("Löftet är avbrutet.")
    if status.overdue:
        return _("Rapporten skulle ha kommit {when}.").format(when=month_words(status.overdue[0].due))  # type: ignore[arg-type]
    return next_report(status) or (_("Löftet är avslutat.") if status.is_over else _("Inget datum är bestämt."))


def pledges(status: Status, chain: Chain) -> list[Pledge]:
    """Pledge by pledge, each with its own strand of the thread."""
    views = pledge_views(status)
    return [
        replace(view, strand=strand(pledge, status, chain), summary=_unfold(view))
        for view, pledge in zip(views, status.pledges, strict=True)
    ]


def _unfold(view: Pledge) -> str:
    return _("Skäl, nästa steg och tråden") if view.reason or view.next_step else _("Följ tråden")


def strand(pledge: PledgeStatus, status: Status, chain: Chain) -> list[Bead]:
    """Back to what was said and forward to what came of it; what is missing is a gap with a word."""
    problems = chain.problems_of(pledge.text)
    items = chain.evidence_of(problems)
    held = [item.dialogue for item in items if item.dialogue]
    why = address(status.promise, "why")
    voices = list({dialogue.pk: dialogue.title for dialogue in held}.values())
    beads = [
        *_beads(_("Röster"), voices, _("Inget svar från någon dialog är kopplat till löftet"), f"{why}#roster"),
        *_beads(
            _("Underlag"), [item.title for item in items], _("Här finns inget underlag att visa"), f"{why}#underlag"
        ),
        *_beads(
            _("Problem"), [p.title for p in problems], _("Löftet är inte kopplat till något problem"), f"{why}#problem"
        ),
        *_beads(
            _("Orsak"), [c.text for c in chain.causes_of(pledge.text)], _("Ingen orsak är undersökt"), f"{why}#orsak"
        ),
        Bead(_("Löfte"), quoted(pledge.text.text), is_here=True),
        *[
            Bead(_("Aktivitet"), quoted(activity.text))
            for activity in pledge.text.activities
            if activity.text != pledge.text.text
        ],
    ]
    for report in pledge.reports:
        link = address(status.promise, "report", label=report.period.label)
        beads.append(Bead(_("Rapport"), period_words(report.covers_from, report.covers_to), link))
    if not pledge.reports:
        beads.append(Bead(_("Rapport"), _("Inget är rapporterat än"), is_gap=True))
    return beads


def _beads(kind: str, texts: Sequence[str], gap: str, url: str) -> list[Bead]:
    if not texts:
        return [Bead(kind, gap, is_gap=True)]
    return [Bead(kind, quoted(text), url) for text in texts]


def reports(status: Status) -> list[Report]:
    return [_report(period, status) for period in status.periods]


def _report(period: Period, status: Status) -> Report:
    state = period_state(period, status.today)
    value = "overdue" if is_overdue(period, status.today) else state.value
    link = None
    note = ""
    if state == PeriodState.PUBLISHED:
        link = Link(_("Läs rapporten"), address(status.promise, "report", label=period.label))
        note = date_words(period.published_on) if period.published_on else ""
    elif state == PeriodState.NONE_FOUND:
        note = _("Den kan finnas utan att vi känner till den.")
    elif period.late_reason:
        until = _(" Den kommer {day}.").format(day=date_words(period.late_until)) if period.late_until else ""
        note = strung((quoted(period.late_reason), until), "")
    label = _("Över tiden") if value == "overdue" else str(state.label).capitalize()
    return Report(period_words(period.starts, period.ends), _due(period), Verdict(value, label), note, link)


def _due(period: Period) -> str:
    return _("början av {month}").format(month=month_words(period.due)) if period.due else ""


def effect_answer(verdicts: Collection[EffectVerdict], status: Status) -> list[Answer]:
    """Har det blivit bättre?"""
    question = _("Har det blivit bättre?")
    if not verdicts:
        return [_unanswered(question, status)]
    return [
        _effect(verdict, question if len(verdicts) == 1 else _goal(verdict, status) or question, status)
        for verdict in verdicts
    ]


def plans(status: Status) -> list[tuple[str, list[str]]]:
    """How each goal is to be judged, decided in the text itself."""
    outcomes = [goal for goal in status.text.goals if goal.kind == Goal.Kind.OUTCOME]
    found = [(quoted(goal.text), plan_words(goal)) for goal in outcomes]
    return [(goal, sentences) for goal, sentences in found if sentences]


def _unanswered(question: str, status: Status) -> Answer:
    outcome_goals = [goal for goal in status.text.goals if goal.kind == "outcome" and goal.indicator]
    if not outcome_goals:
        gap = _("Löftet har inget mått. Därför kan ingen säga om problemet ändrades, och inte heller varför.")
        verdict = Verdict(Effect.NOT_ASSESSABLE, _("Går inte att bedöma"), _("Inget mått på problemet valdes."))
        return Answer(question, verdict, gap=gap)
    when = min((goal.answer_on for goal in outcome_goals if goal.answer_on), default=None)
    told = _("Svaret kommer i {month}.").format(month=month_words(when)) if when else ""
    return Answer(question, Verdict(Effect.PENDING, _("Svaret kommer"), told))


def _goal(verdict: EffectVerdict | CauseVerdict, status: Status) -> str:
    return quoted(verdict.goal.text) if verdict.goal else ""


def _effect(verdict: EffectVerdict, question: str, status: Status) -> Answer:
    because = _told(verdict)
    if verdict.value == Effect.PENDING and verdict.answer_on:
        because = answer_words(verdict.answer_on, getattr(verdict, "source", None))
    said = Verdict(verdict.value, _word(verdict.get_value_display()), because)
    return Answer(question, said, [quoted(verdict.text)] if verdict.text else [], next_time=quoted(verdict.next_time))


def _told(verdict: EffectVerdict | CauseVerdict) -> str:
    return _("Därför att {because}.").format(because=Because(verdict.because).label) if verdict.because else ""


def _word(label: str) -> str:
    return label[:1].upper() + label[1:]


def cause_answer(verdicts: Collection[CauseVerdict], status: Status) -> list[Answer]:
    """Vet vi varför?"""
    question = _("Vet vi varför?")
    if not verdicts:
        return [Answer(question, Verdict(CausalClaim.NOT_EXAMINED, _("Inte undersökt")))]
    found = []
    for verdict in verdicts:
        sentences = [quoted(verdict.text)] if verdict.text else []
        if verdict.design:
            sentences.append(woven(_("Så jämförde vi: {design}"), design=quoted(verdict.design)))
        title = question if len(verdicts) == 1 else _goal(verdict, status) or question
        found.append(
            Answer(title, Verdict(verdict.value, _word(verdict.get_value_display()), _told(verdict)), sentences)
        )
    return found


def signatures(rows: Iterable[SignOff]) -> list[Signature]:
    return [_signature(row) for row in rows]


def versions(rows: Sequence[PromiseVersion]) -> list[dict[str, object]]:
    """Every text with its signatures, and what differs from the one before."""
    before = [None, *rows[:-1]] if rows else []
    return [
        {
            "version": row,
            "is_same": is_whole(row, row.sign_offs.all()),
            "signatures": signatures(row.sign_offs.all()),
            "changes": changes(read(earlier.content), read(row.content)) if earlier else [],
            "has_before": earlier is not None and row.kind != PromiseVersion.Kind.STOP,
        }
        for earlier, row in zip(before, rows, strict=True)
    ]


def _signature(row: SignOff) -> Signature:
    day = date_words(row.signed_on) if row.signed_on else ""
    place = _(" i {place}").format(place=row.place) if row.place else ""
    when = _(" den {day}").format(day=day) if day else ""
    role = quoted(row.role[:1].lower() + row.role[1:])
    words = _("Undertecknat{place}{when} av {role} för {organisation}.")
    sentence = woven(words, place=place, when=when, role=role, organisation=str(row.organisation))
    if row.is_acting:
        sentence = woven("{said} {more}", said=sentence, more=_("Tjänsten är vakant, och personen är tillförordnad."))
    if row.on_behalf_of:
        more = woven(
            _("På uppdrag av {role}, {decision}."),
            role=quoted(row.on_behalf_of[:1].lower() + row.on_behalf_of[1:]),
            decision=quoted(row.delegation_reference),
        )
        sentence = woven("{said} {more}", said=sentence, more=more)
    if row.method == SignOff.Method.PAPER:
        number = _(", dnr {number}").format(number=row.registry_number) if row.registry_number else ""
        return Signature(
            sentence, _("Underskrivet på papper. Originalet finns hos kommunen{number}.").format(number=number)
        )
    if row.method == SignOff.Method.STATED:
        return Signature(sentence, _("Så står det i dokumentet. Underskriften är inte gjord här."))
    return Signature(sentence)


def updates(rows: Iterable[Update]) -> list[UpdatePiece]:
    return [UpdatePiece(row.on, row.text) for row in rows]


def lessons(rows: Iterable[Lesson]) -> list[tuple[str, str]]:
    return [(str(row.get_kind_display()).capitalize(), row.text) for row in rows]


def counted(n: int) -> str:
    return ngettext("{n} löfte", "{n} löften", n).format(n=n)
