"""The easy-to-read twin of a report: the same facts in short sentences, one thing at a time. In Swedish only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from lofte.core.states import Delivery, DeviationReason, Effect
from lofte.design.words import date_words, month_words, number_words, strung
from lofte.followup.freezing import ToFreeze, renders
from lofte.followup.models import EffectVerdict, FrozenReport, Period
from lofte.followup.queries import PledgeStatus, Status, effect_verdicts
from lofte.followup.verdicts import Outcome
from lofte.promises.text import Promised
from lofte.promises.wording import listed, parties, per_words, unit_words
from lofte.public.addresses import address
from lofte.public.frozen import status_when_published
from lofte.public.reports import has_rate, in_this, late_part_page, report_page

Part = FrozenReport.Part
# Kept beside the other languages of a report; five characters is what a language may have.
EASY = "sv-ll"
TEMPLATES = {
    Part.REPORT.value: "public/report_easy.html",
    Part.LATE_PART.value: "public/report_easy_late_part.html",
    Part.ERRATUM.value: "public/report_easy_erratum.html",
}


@dataclass(frozen=True)
class EasyPledge:
    text: str
    who: str
    done: Sequence[str]
    answer: Sequence[str]
    reason: str


@renders(FrozenReport.Format.HTML, EASY)
def draw(what: ToFreeze) -> bytes:
    """Drawn with the report, and kept with it. What comes later is drawn when it comes, and kept beside it."""
    with override("sv"):
        return render_to_string(TEMPLATES[what.part], _context(what)).encode("utf-8")


def _context(what: ToFreeze) -> dict[str, Any]:
    if what.erratum is not None:
        return {"erratum": what.erratum, "anchor": f"rattelse-{what.erratum.pk}"}
    status = status_when_published(what.period)
    if what.late_part is not None and what.reports is not None:
        page = late_part_page(status, what.late_part, what.reports)
        return page | {"pledges": _pledges(page["told"], status, what.period)}  # type: ignore[arg-type]
    return easy_page(status, what.period)


def easy_page(status: Status, period: Period) -> dict[str, Any]:
    page = report_page(status, period)
    is_final = page["is_published"] and period.is_final
    return {
        "period": period,
        "when": when(period.starts, period.ends),
        "is_published": page["is_published"],
        "due": month_words(period.due) if period.due else "",
        "title": status.text.short_line or status.text.title,
        "who": listed(status.text.parties),
        "pledges": _pledges(page["told"], status, period),
        "missing": page["unreported"],
        "late": page["late"],
        "better": [_better(each) for each in effect_verdicts(status.promise)] if is_final else [],
        "url": address(status.promise, "report", label=period.label),
    }


def _pledges(told: Sequence[PledgeStatus], status: Status, period: Period) -> list[EasyPledge]:
    return [_easy(pledge, status, period) for pledge in told]


def _easy(pledge: PledgeStatus, status: Status, period: Period) -> EasyPledge:
    latest, delivery = pledge.latest, pledge.outcome.delivery.value
    answers = OF_THESE_DAYS if has_rate(pledge) and delivery in OF_THESE_DAYS else ANSWERS
    return EasyPledge(
        text=pledge.text.text,
        who=listed(parties(pledge.text)),
        done=_done(pledge, status, period),
        answer=answers[delivery],
        reason=strung((_reason(latest.reason_code), latest.reason)) if latest else "",
    )


def _done(pledge: PledgeStatus, status: Status, period: Period) -> list[str]:
    """What was done, one thing a sentence: a number as it is, and how often when that was promised."""
    found = [
        (outcome.share is not None, said)
        for _activity, target, outcome in pledge.answers
        for said in _counted(target, outcome)
    ]
    alone = [] if has_rate(pledge) else in_this(pledge, status, period)
    if alone and found:
        now = [_("Den här gången: {done}.").format(done=each) for each in alone]
        return [*now, *(_("Från början till nu: {done}.").format(done=each) for _share, each in found)]
    if found:
        return [each if is_share else _("De har gjort: {done}.").format(done=each) for is_share, each in found]
    told = [report.done.strip() for report in pledge.reports if report.done.strip()]
    return [_("De berättar: {told}.").format(told=told[-1].rstrip("."))] if told else []


def _counted(target: Promised, outcome: Outcome) -> list[str]:
    if outcome.total is None or outcome.happened is not None:
        return []
    if outcome.share is not None:
        return [_("Ungefär {n} av 100 {what}.").format(n=_about(outcome.share, target, "1"), what=target.unit)]
    amount = strung((number_words(outcome.total.number), unit_words(target.unit, outcome.total.number)))
    if outcome.rate is None:
        return [amount]
    often = strung((_about(outcome.rate, target, "0.1"), per_words(target.per)))
    return [_("{amount}. Det är ungefär {often}").format(amount=amount, often=often)]


def _about(value: Decimal, target: Promised, step: str) -> str:
    """Rounded away from what was promised: a number that was nearly reached never looks as if it was."""
    up = target.comparison == "at_most"
    return number_words(value.quantize(Decimal(step), rounding=ROUND_UP if up else ROUND_DOWN))


def _reason(code: str) -> str:
    """A reason that has a word of its own; "another reason" tells nobody anything."""
    if not code or code == DeviationReason.OTHER:
        return ""
    return f"{DeviationReason(code).label.capitalize()}."


def _better(verdict: EffectVerdict) -> tuple[str, Sequence[str]]:
    """What was hoped for, and whether it came true."""
    said = list(BETTER[verdict.value])
    if verdict.value == Effect.PENDING and verdict.answer_on:
        said.append(_("Svaret kommer i {month}.").format(month=month_words(verdict.answer_on)))
    return (verdict.goal.text if verdict.goal else "", said)


def when(starts: dt.date, ends: dt.date) -> str:
    """From when to when, without a dash: a dash has to be read as a word."""
    tomorrow = ends + dt.timedelta(days=1)
    if (starts.day, tomorrow.day) != (1, 1):
        return _("tiden från {first} till {last}").format(first=date_words(starts), last=date_words(ends))
    if (starts.month, ends.month, starts.year) == (1, 12, ends.year):
        return _("året {year}").format(year=starts.year)
    if (starts.month, starts.year) == (ends.month, ends.year):
        return month_words(ends)
    first = month_words(starts).removesuffix(f" {ends.year}")
    return _("tiden från {first} till {last}").format(first=first, last=month_words(ends))


# Each answer in at most two short sentences, without a word that has to be explained.
ANSWERS: dict[str, tuple[str, ...]] = {
    Delivery.KEPT.value: ("Ja, löftet är hållet.", "De gjorde det de lovade."),
    Delivery.PARTLY_KEPT.value: ("Löftet är hållet till en del.", "De gjorde inte allt de lovade."),
    Delivery.NOT_KEPT.value: ("Nej, löftet är inte hållet.", "De gjorde inte det de lovade."),
    Delivery.ON_TRACK.value: ("Det går som det ska.", "Allt är inte klart än."),
    Delivery.DELAYED.value: ("Det är sent.", "Det tar längre tid än de trodde."),
    Delivery.PAUSED.value: ("Arbetet vilar just nu.",),
    Delivery.NOT_STARTED.value: ("De har inte börjat än.",),
    Delivery.STOPPED.value: ("De har slutat med det här.", "Löftet gäller inte mer."),
    Delivery.NOT_REPORTED.value: ("Ingen har berättat hur det går.",),
    Delivery.NOT_ASSESSABLE.value: ("Vi kan inte säga om löftet är hållet.", "Vi vet för lite."),
}
# How often something was done is judged on the report's own days, and says nothing of the rest of the year.
OF_THESE_DAYS: dict[str, tuple[str, ...]] = {
    Delivery.KEPT.value: ("Ja, den här tiden höll de löftet.", "De gjorde det så ofta som de lovade."),
    Delivery.PARTLY_KEPT.value: ("Den här tiden höll de löftet till en del.", "De gjorde inte allt de lovade."),
    Delivery.NOT_KEPT.value: ("Nej, den här tiden höll de inte löftet.", "De gjorde det inte så ofta som de lovade."),
}
BETTER: dict[str, tuple[str, ...]] = {
    Effect.BETTER.value: ("Ja, det har blivit bättre.",),
    Effect.UNCHANGED.value: ("Nej, det är ungefär som förut.",),
    Effect.WORSE.value: ("Nej, det har blivit sämre.",),
    Effect.NOT_ASSESSABLE.value: ("Vi vet inte om det har blivit bättre.",),
    Effect.PENDING.value: ("Vi vet inte än.",),
}
