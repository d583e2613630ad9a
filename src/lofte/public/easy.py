"""The easy-to-read twin of a report: the same facts in short sentences, one thing at a time. In Swedish only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from lofte.core.states import Delivery, Effect
from lofte.design.pieces import Pledge
from lofte.followup.freezing import ToFreeze, renders
from lofte.followup.models import FrozenReport, Period
from lofte.followup.queries import Status
from lofte.public.frozen import status_when_published
from lofte.public.reports import report_page

# Kept beside the other languages of a report; five characters is what a language may have.
EASY = "sv-ll"


@dataclass(frozen=True)
class EasyPledge:
    text: str
    who: str
    promised: Sequence[str]
    done: Sequence[str]
    answer: Sequence[str]
    reason: str


@renders(FrozenReport.Format.HTML, EASY)
def draw(what: ToFreeze) -> bytes | None:
    """Drawn with the report, and kept with it. What comes later stands on the report's own page."""
    if what.part != FrozenReport.Part.REPORT:
        return None
    with override("sv"):
        page = easy_page(status_when_published(what.period), what.period)
        return render_to_string("public/report_easy.html", page).encode("utf-8")


def easy_page(status: Status, period: Period) -> dict[str, Any]:
    page = report_page(status, period)
    return {
        "period": period,
        "is_published": page["is_published"],
        "title": status.text.short_line or status.text.title,
        "who": _and(status.text.parties),
        "pledges": [_easy(each) for each in page["pledges"]],
        "missing": page["unreported"],
        "late": page["late"],
        "better": [BETTER[str(each.verdict.value)] for each in page.get("effect", []) if each.verdict.value in BETTER],
    }


def _easy(pledge: Pledge) -> EasyPledge:
    return EasyPledge(
        text=pledge.text,
        who=_and(pledge.parties),
        promised=pledge.promised,
        done=pledge.done,
        answer=ANSWERS.get(str(pledge.verdict.value), ANSWERS[Delivery.NOT_ASSESSABLE.value]),
        reason=pledge.reason,
    )


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{first} och {last}").format(first=", ".join(names[:-1]), last=names[-1])


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
BETTER: dict[str, tuple[str, ...]] = {
    Effect.BETTER.value: ("Ja, det har blivit bättre.",),
    Effect.UNCHANGED.value: ("Nej, det är ungefär som förut.",),
    Effect.WORSE.value: ("Nej, det har blivit sämre.",),
    Effect.NOT_ASSESSABLE.value: ("Vi vet inte om det har blivit bättre.",),
    Effect.PENDING.value: ("Vi vet inte än. Svaret kommer senare.",),
}
