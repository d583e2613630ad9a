"""What the open pages of a dialogue say: plain values, and only the numbers that may be published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.core.states import PeriodState
from lofte.design.pieces import Verdict
from lofte.design.words import date_words, number_words, period_words
from lofte.voices import small_groups
from lofte.voices.hearing import Heard
from lofte.voices.led_to import LedTo, what_came_of
from lofte.voices.models import (
    Contribution,
    Dialogue,
    ParticipantCount,
    ReviewDecision,
    SafetyWalk,
    Theme,
    WalkPhoto,
    WalkPoint,
)
from lofte.voices.queries import Receipt, is_overdue

FEW = small_groups.SMALLEST_SHOWN


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def address(name: str, dialogue: Dialogue, **more: str | int) -> str:
    """Where something of a dialogue is."""
    cycle = dialogue.cycle
    where = {"kommun": cycle.municipality.slug, "cycle": cycle.slug, "key": dialogue.key, **more}
    return reverse(name, kwargs=where)


def when(dialogue: Dialogue) -> str:
    if dialogue.opens and dialogue.closes:
        return period_words(dialogue.opens, dialogue.closes)
    day = dialogue.closes or dialogue.opens
    return date_words(day) if day else ""


def age(dialogue: Dialogue, today: dt.date) -> str:
    """How old the answers are: what rests on them should know."""
    last = dialogue.closes or dialogue.cycle.ends
    months = (today.year - last.year) * 12 + today.month - last.month
    if months < 1:
        return ""
    if months < 24:
        return ngettext("{n} månad gammal", "{n} månader gammal", months).format(n=months)
    years = months // 12
    return ngettext("{n} år gammal", "{n} år gammal", years).format(n=years)


@dataclass(frozen=True)
class Row:
    """One line of a table of counts; what may not be known says so."""

    label: str
    count: str
    is_hidden: bool = False


def count_words(count: int | None) -> str:
    return _("färre än {n} (visas inte)").format(n=FEW) if count is None else number_words(count)


def rows(counts: Mapping[str, int], words: Mapping[str, str]) -> list[Row]:
    """Counts beside their total, small groups hidden, in the order of the words."""
    every = {label: counts.get(label, 0) for label in words}
    shown = small_groups.shown(every)
    # "Fewer than five" tells too much beside a total: two such that make eight together are four each.
    hidden = _("visas inte")
    return [
        Row(capital(str(words[label])), hidden if count is None else number_words(count), count is None)
        for label, count in shown.items()
    ]


@dataclass(frozen=True)
class Table:
    caption: str
    column: str
    rows: Sequence[Row]
    note: str = ""


def channels(heard: Heard) -> list[Row]:
    """How the voices came. For those who work here: nothing is hidden."""
    words = dict(Contribution.Channel.choices)
    return [
        Row(capital(str(words[channel])), number_words(number))
        for channel, number in sorted(heard.by_channel.items(), key=lambda item: -item[1])
    ]


def who_was_heard(heard: Heard) -> list[Table]:
    """By place, age and sex. A table with nothing but hidden cells is left out: it says nothing."""
    tables = []
    if heard.by_area:
        names = {name: name for name in sorted(heard.by_area)}
        # A place that nobody spoke of has no row, so one that few spoke of has none either.
        told = [row for row in rows(heard.by_area, names) if not row.is_hidden]
        few = _("Platser med få eller inga svar visas inte.")
        tables.append(Table(_("Var svaren handlar om"), _("Plats"), told, few))
    if sum(heard.by_age.values()):
        ages = {value: str(label) for value, label in ParticipantCount.Age.choices}
        tables.append(Table(_("Hur gamla de som svarade är"), _("Ålder"), rows(heard.by_age, ages)))
        sexes = {value: str(label) for value, label in ParticipantCount.Sex.choices}
        tables.append(Table(_("Kvinnor och män bland dem som svarade"), _("Kön"), rows(heard.by_sex, sexes)))
    return [table for table in tables if not all(row.is_hidden for row in table.rows)]


def not_shown(heard: Heard) -> list[Row]:
    """The public count of what was withheld, and why. Never what it said."""
    words = dict(ReviewDecision.Reason.choices)
    kept = {reason: number for reason, number in heard.not_shown.items() if number}
    return [
        Row(capital(str(words.get(reason, reason))), count_words(small_groups.at_least(number)))
        for reason, number in sorted(kept.items(), key=lambda item: -item[1])
    ]


def heard_sentence(dialogue: Dialogue, heard: Heard) -> str:
    number = heard.total or dialogue.participants
    if not number:
        return _("Inga svar har kommit än.") if not heard.total else ""
    words = number_words(number)
    if heard.total:
        return ngettext("{n} svar har kommit in.", "{n} svar har kommit in.", number).format(n=words)
    return ngettext("{n} person var med.", "{n} personer var med.", number).format(n=words)


# --- you said – we do


@dataclass(frozen=True)
class Answered:
    """A theme with what it led to."""

    key: str
    label: str
    count: str
    verdict: str
    text: str
    on: str = ""
    led_to: Sequence[LedTo] = ()

    @property
    def is_answered(self) -> bool:
        return bool(self.verdict)


def answer_words(answer: str) -> str:
    words = {
        Theme.Answer.USED: _("Det togs med"),
        Theme.Answer.PARKED: _("Det väntar"),
        Theme.Answer.NOT_OURS: _("Det är inte vår fråga"),
        Theme.Answer.NO: _("Nej, därför att"),
    }
    return words[Theme.Answer(answer)] if answer else ""


def answered(theme: Theme, is_counted: bool, led_to: Sequence[LedTo] = ()) -> Answered:
    count = ""
    if theme.count is not None:
        count = ngettext("{n} svar", "{n} svar", theme.count).format(n=number_words(theme.count))
    elif is_counted:
        # Not "fewer than five": what is hidden so that nobody can compute another may be more.
        count = _("Antalet visas inte")
    on = date_words(theme.answered_on) if theme.answered_on else ""
    return Answered(theme.key, theme.label, count, answer_words(theme.answer), theme.answer_text, on, led_to)


@dataclass(frozen=True)
class Feedback:
    """When the answers come, and whether they are late."""

    sentence: str
    verdict: Verdict | None = None


def feedback(dialogue: Dialogue, themes: Sequence[Theme], today: dt.date) -> Feedback:
    if is_overdue(dialogue, themes, today):
        assert dialogue.feedback_on is not None
        day = date_words(dialogue.feedback_on)
        missing = _("Svaren skulle ha kommit {day}. Alla har inte kommit än.").format(day=day)
        return Feedback(missing, Verdict("overdue", _("Över tiden")))
    if themes and all(theme.answer for theme in themes):
        return Feedback(_("Alla teman har fått svar."), Verdict(PeriodState.PUBLISHED.value, _("Besvarat")))
    if dialogue.feedback_on:
        return Feedback(_("Senast {day} står här vad svaren ledde till.").format(day=date_words(dialogue.feedback_on)))
    return Feedback(_("Det står inte när svaren ska komma."))


@dataclass(frozen=True)
class Said:
    """One published voice."""

    text: str
    about: str


def said(voice: Contribution) -> Said:
    words = (
        voice.area.name if voice.area else "",
        str(voice.get_time_band_display()),
        str(voice.get_category_display()) if voice.category else "",
        voice.theme.label if voice.theme and voice.theme.visibility == "open" else "",
    )
    return Said(voice.text, " · ".join(capital(word) for word in words if word))


# --- the receipt


@dataclass(frozen=True)
class ReceiptPage:
    title: str
    url: str
    sentences: Sequence[str]
    theme: Answered | None
    others: Sequence[Answered]
    feedback: Feedback


WAYS = {
    ReviewDecision.Reason.EMERGENCY: "112",
    ReviewDecision.Reason.TIP: "114 14",
}


def receipt_page(found: Receipt, themes: Sequence[Theme], today: dt.date) -> ReceiptPage:
    url = "" if found.dialogue.is_for_staff else address("voices:dialogue", found.dialogue)
    came = what_came_of([each for each in themes if each == found.theme or each.answer])
    theme = answered(found.theme, True, came.get(found.theme.pk, ())) if found.theme else None
    others = [answered(each, True, came[each.pk]) for each in themes if each != found.theme and each.answer]
    told = feedback(found.dialogue, themes, today)
    return ReceiptPage(found.dialogue.title, url, decision_sentences(found), theme, others, told)


def decision_sentences(found: Receipt) -> list[str]:
    decision = found.decision
    if decision is None:
        return [_("Ditt svar är mottaget. Någon läser det innan det visas för andra.")]
    because = str(ReviewDecision.Reason(decision.reason).label) if decision.reason else ""
    if decision.kind == ReviewDecision.Kind.PUBLISH:
        return [_("Ditt svar visas på dialogens sida.")]
    if decision.kind == ReviewDecision.Kind.MASK:
        return [_("Ditt svar visas på dialogens sida. Något som pekade ut en person är dolt.")]
    if decision.kind == ReviewDecision.Kind.KEEP:
        return [_("Ditt svar är läst och sparat. Det visas inte, därför att {because}.").format(because=because)]
    told = [_("Ditt svar hör hemma någon annanstans: {because}. Vi har lämnat det vidare.").format(because=because)]
    if decision.kind == ReviewDecision.Kind.DELETE:
        told.append(_("Texten är borttagen här."))
    if decision.reason in WAYS:
        number = WAYS[ReviewDecision.Reason(decision.reason)]
        told.append(_("Nästa gång, ring {number}. Då får du hjälp direkt.").format(number=number))
    return told


# --- walks


@dataclass(frozen=True)
class Point:
    kind: str
    text: str
    place: str
    owner: str
    answer: str
    done: str
    is_done: bool
    photo: WalkPhoto | None
    photo_url: str


def how_many_done(points: Sequence[Point]) -> str:
    """A point counts until one has come back and found it as before."""
    if not points:
        return ""
    done, n = sum(each.is_done for each in points), len(points)
    return ngettext("{done} av {n} punkt är åtgärdad.", "{done} av {n} punkter är åtgärdade.", n).format(done=done, n=n)


def walkers(walk: SafetyWalk) -> str:
    if walk.participants is None:
        return ""
    if small_groups.at_least(walk.participants) is None:
        return _("Färre än {n} personer gick med.").format(n=FEW)
    return _("{n} personer gick med.").format(n=number_words(walk.participants))


def point(row: WalkPoint) -> Point:
    photo: WalkPhoto | None = getattr(row, "photo", None)
    done = _("Åtgärdat {day}.").format(day=date_words(row.done_on)) if row.done_on else ""
    if row.revisited_on:
        day, found = date_words(row.revisited_on), row.get_revisit_display()
        revisited = _("Återbesök {day}: {found}.").format(day=day, found=found)
        done = f"{done} {revisited}".strip()
    return Point(
        kind=capital(str(row.get_kind_display())),
        text=row.text,
        place=row.area.name if row.area else "",
        owner=row.owner.name if row.owner else "",
        answer=row.answer,
        done=done,
        is_done=row.done_on is not None and row.revisit != WalkPoint.Revisit.SAME,
        photo=photo,
        photo_url=address("voices:photo", row.walk.dialogue, walk=row.walk.key, pk=row.pk) if photo else "",
    )
