"""Att göra: at most five things over all cycles and kommuner a person has, each with the way to where it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.core.states import PeriodState
from lofte.core.visibility import Viewer
from lofte.design.words import date_words, period_words, quoted, woven
from lofte.desk import queries
from lofte.desk.chain import chain_of
from lofte.desk.gaps import NEXT_TIME, Gap, Kind, gaps
from lofte.followup import publications
from lofte.followup.actions import is_other_party
from lofte.followup.calendar import period_state
from lofte.followup.models import Period, Publication
from lofte.followup.wording import of_promise, period_url, report_url
from lofte.parties.access import may
from lofte.parties.models import Cycle, User
from lofte.parties.rules import Permission
from lofte.promises.models import Activity, CitizenPromise
from lofte.promises.signing import has_all, is_asked, pending
from lofte.voices.answers import waiting_dialogues
from lofte.voices.coding_queries import waiting_for
from lofte.voices.models import CodingSample, Dialogue
from lofte.voices.presenters import address

AT_MOST = 5
REVIEW, SIGN, INVITED, REPORT_LATE, ANSWER, SEND, REPORT, READ, WRITE, DRAFT, CODE, OWN_REVIEW, DEAD_LINK, GAP = (
    90, 88, 86, 85, 83, 80, 75, 70, 65, 60, 55, 50, 45, 40,
)  # fmt: skip


@dataclass(frozen=True)
class Todo:
    """One thing to do: `what` leads to where it is done, `note` says why now."""

    what: str
    url: str
    note: str
    weight: int


@dataclass(frozen=True)
class Desk:
    """Who sits here, on which day."""

    user: User
    viewer: Viewer
    today: dt.date


def todo(desk: Desk, cycles: Sequence[Cycle]) -> list[Todo]:
    periods = queries.waiting_periods(desk.viewer, desk.today)
    activities = queries.activities_of(periods, desk.viewer)
    found = [item for period in periods for item in _of_period(desk, period, activities[period.promise_id])]
    found += [_draft(promise) for promise in queries.drafts(desk.viewer) if _may_read(desk, promise)]
    found += [item for promise in queries.being_written(desk.viewer) if (item := _of_writing(desk, promise))]
    found += [item for each in waiting_dialogues(desk.viewer, desk.today) for item in _of_dialogue(desk, each)]
    found += [_of_sample(sample) for sample in waiting_for(desk.user, desk.viewer) if _may_code(desk, sample)]
    found += [
        _of_waiting(promise) for promise in queries.with_waiting_occasions(desk.viewer) if _may_tell(desk, promise)
    ]
    found += [_of_dead(row) for row in publications.dead(desk.viewer) if _may_tell(desk, row.promise)]
    found.sort(key=lambda item: -item.weight)
    if len(found) < AT_MOST:
        found += _heaviest_gap(desk, cycles)
    return found[:AT_MOST]


def _of_period(desk: Desk, period: Period, activities: list[Activity]) -> Iterator[Todo]:
    """A period is one thing to do: reviewed, sent on or reported, whichever comes next for this person."""
    if period.stage == Period.Stage.IN_REVIEW:
        if may(desk.user, Permission.REVIEW, period):
            yield _review(desk, period)
        return
    reported = {report.activity_id for report in period.reports.all()}
    mine = [a for a in activities if may(desk.user, Permission.REPORT_ACTIVITY, a)]
    left = [activity for activity in mine if activity.pk not in reported]
    if left:
        yield _report(desk, period, left)
    elif mine and may(desk.user, Permission.REVIEW, period):
        what = _("Skicka rapporten för {name} för granskning").format(name=_name(period))
        yield Todo(what, period_url(period), _("Alla aktiviteter har en rapport."), SEND)


def _name(period: Period) -> str:
    return f"{period_words(period.starts, period.ends)}, {period.promise.municipality}"


def _review(desk: Desk, period: Period) -> Todo:
    what = _("Granska rapporten för {name}").format(name=_name(period))
    url = of_promise(period.promise, "followup:review", label=period.label)
    if is_other_party(desk.user, period):
        return Todo(what, url, _("Den andra parten har skickat den till dig."), REVIEW)
    return Todo(what, url, _("Du har själv lämnat uppgifter. Be helst den andra parten granska."), OWN_REVIEW)


def _report(desk: Desk, period: Period, left: list[Activity]) -> Todo:
    n = len(left)
    one = woven(_("Skriv rapport: {activity}"), activity=quoted(left[0].text))
    many = ngettext("Skriv rapport om {n} aktivitet", "Skriv rapport om {n} aktiviteter", n).format(n=n)
    url = report_url(period, left[0]) if n == 1 else period_url(period)
    state = period_state(period, desk.today)
    if state in (PeriodState.LATE, PeriodState.MISSING) and period.due:
        late = _("{name}. Rapporten skulle ha kommit {day}.").format(name=_name(period), day=date_words(period.due))
        return Todo(one if n == 1 else many, url, late, REPORT_LATE)
    note = _("{name}. Ska komma {day}.").format(name=_name(period), day=date_words(period.due)) if period.due else ""
    return Todo(one if n == 1 else many, url, note or _name(period), REPORT)


def _may_read(desk: Desk, promise: CitizenPromise) -> bool:
    return may(desk.user, Permission.READ_FILE, promise)


def _draft(promise: CitizenPromise) -> Todo:
    what = woven(_("Titta på utkastet och publicera det: {title}"), title=quoted(promise.title))
    note = _("{kommun}. Det är inläst, men ingen annan ser det än.").format(kommun=promise.municipality)
    return Todo(what, of_promise(promise, "desk:preview"), note, DRAFT)


def _may_tell(desk: Desk, promise: CitizenPromise) -> bool:
    return may(desk.user, Permission.TELL, promise)


def _of_waiting(promise: CitizenPromise) -> Todo:
    """Somebody without an account invites people: nobody sees it until it is let out."""
    what = woven(_("Läs en inbjudan och visa den för alla: {title}"), title=quoted(promise.title))
    note = _("{kommun}. Den är skriven från en personlig länk.").format(kommun=promise.municipality)
    return Todo(what, of_promise(promise, "followup:occasions"), note, INVITED)


def _of_dead(row: Publication) -> Todo:
    """What was told of elsewhere is not there any more."""
    what = woven(_("En länk svarar inte: {channel}"), channel=quoted(row.channel))
    note = _("{kommun}. Byt adressen, eller ta bort den ur registret.").format(kommun=row.promise.municipality)
    return Todo(what, publications.url_of(row), note, DEAD_LINK)


def _of_writing(desk: Desk, promise: CitizenPromise) -> Todo | None:
    """A promise that is written or signed: whoever comes next has something to do."""
    version = pending(promise)
    note = str(promise.municipality)
    if version is not None:
        url = of_promise(promise, "promises:sign")
        if is_asked(desk.user, promise, version):
            return Todo(woven(_("Skriv under {title}"), title=quoted(promise.title)), url, note, SIGN)
        if has_all(promise, version) and may(desk.user, Permission.PUBLISH, promise):
            text = woven(_("Alla har skrivit under. Publicera {title}"), title=quoted(promise.title))
            return Todo(text, url, note, SIGN)
        return None
    if not may(desk.user, Permission.EDIT_CYCLE, promise):
        return None
    what = woven(_("Skriv vidare på {title}"), title=quoted(promise.title))
    return Todo(what, of_promise(promise, "promises:write"), note, WRITE)


def _of_dialogue(desk: Desk, dialogue: Dialogue) -> Iterator[Todo]:
    """Voices that wait to be read, for who may read them; people who wait for an answer, for who may give it."""
    name, kommun = quoted(dialogue.title), dialogue.cycle.municipality
    n: int = dialogue.waiting_count  # type: ignore[attr-defined] # counted by waiting_dialogues
    if n and may(desk.user, Permission.PUBLISH, dialogue):
        what = ngettext("Granska {n} svar i dialogen {name}", "Granska {n} svar i dialogen {name}", n)
        yield Todo(woven(what, n=n, name=name), address("voices_staff:queue", dialogue), str(kommun), READ)
    if dialogue.owes_answer and may(desk.user, Permission.EDIT_CYCLE, dialogue):  # type: ignore[attr-defined]
        what = woven(_("Svara dem som var med i dialogen {name}"), name=name)
        day = date_words(dialogue.feedback_on) if dialogue.feedback_on else ""
        note = _("{kommun}. Svaren skulle ha kommit {day}.").format(kommun=kommun, day=day)
        yield Todo(what, address("voices_staff:dialogue", dialogue), note, ANSWER)


def _may_code(desk: Desk, sample: CodingSample) -> bool:
    return may(desk.user, Permission.EDIT_CYCLE, sample.dialogue)


def _of_sample(sample: CodingSample) -> Todo:
    """Two colleagues put themes on the same voices: the result waits for whoever is not done."""
    what = woven(_("Koda svar i dialogen {name}"), name=quoted(sample.dialogue.title))
    note = _("{kommun}. Du och en kollega kodar samma svar, var för sig.")
    url = address("voices_staff:coding", sample.dialogue, pk=sample.pk)
    return Todo(what, url, note.format(kommun=sample.dialogue.cycle.municipality), CODE)


def _heaviest_gap(desk: Desk, cycles: Sequence[Cycle]) -> list[Todo]:
    """The gap that matters most, of the running cycle that comes first: the rest stand on the year pages."""
    for cycle in cycles:
        if not cycle.starts <= desk.today <= cycle.ends or not may(desk.user, Permission.EDIT_CYCLE, cycle):
            continue
        missing = [gap for gap in gaps(chain_of(cycle, desk.viewer), desk.today) if _is_now(gap)]
        if missing:
            note = _("Glapp i tråden. {cycle}").format(cycle=cycle_name(cycle))
            return [Todo(missing[0].text, year_url(cycle), note, GAP)]
    return []


def _is_now(gap: Gap) -> bool:
    """A missing report is a thing to do of its own; what stands in a signed text waits until next time."""
    return gap.kind != Kind.ACTIVITY_NOT_REPORTED and gap.weight > NEXT_TIME


def cycle_name(cycle: Cycle) -> str:
    return f"{cycle.municipality} {period_words(cycle.starts, cycle.ends)}"


def year_url(cycle: Cycle) -> str:
    return reverse("desk:year", kwargs={"kommun": cycle.municipality.slug, "cycle": cycle.slug})
