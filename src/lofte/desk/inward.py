"""How it stands, for those who decide: one page to the council and to fullmäktige, and rows for a planning system.

Made of what everyone may read, so that nothing that is kept inside follows the paper into a public agenda.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lofte.core.visibility import VISITOR
from lofte.design.words import date_words, period_words
from lofte.documents.blocks import Block, Paper
from lofte.followup.calendar import is_overdue
from lofte.followup.presenters import next_report, pledge_view, summary
from lofte.followup.queries import PledgeStatus, Status, effect_verdicts, latest_versions, statuses
from lofte.parties.models import Cycle
from lofte.promises.models import CitizenPromise
from lofte.public.addresses import address
from lofte.public.presenters import effect_answer

# More than this does not fit on one page: the rest is on the web.
MOST_ROWS, LONGEST = 9, 90
# Characters that begin a formula in a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def standings_of(cycle: Cycle, today: dt.date) -> list[Status]:
    promises = CitizenPromise.objects.visible_to(VISITOR).filter(cycle=cycle)
    return statuses(list(latest_versions(promises).order_by("promise__starts")), viewer=VISITOR, today=today)


def status_paper(cycle: Cycle, today: dt.date) -> Paper:
    """A Swedish document whoever opens it. The same day and rows give the same bytes."""
    with translation.override("sv"):
        return _paper(cycle, standings_of(cycle, today), today)


def _paper(cycle: Cycle, found: Sequence[Status], today: dt.date) -> Paper:
    kommun = cycle.municipality
    url = settings.BASE_URL + reverse("public:kommun", kwargs={"kommun": kommun.slug})
    title = _("Så går det med medborgarlöftet {period}").format(period=period_words(cycle.starts, cycle.ends))
    banner = [_("{kommun} är påhittad. Sidan är ett exempel.").format(kommun=kommun)] if kommun.is_constructed else []
    blocks = [block for status in found for block in _of_promise(status)]
    return Paper(
        title=title,
        eyebrow=str(kommun),
        author=str(kommun),
        made_at=dt.datetime.combine(today, dt.time(12), tzinfo=timezone.get_default_timezone()),
        foot=_("Läget {day}").format(day=date_words(today)),
        url=url if len(found) != 1 else settings.BASE_URL + address(found[0].promise),
        blocks=blocks or [Block("gap", _("Inget löfte är publicerat än."))],
        banner=banner,
        keywords=[_("medborgarlöfte"), str(kommun)],
        words={"read_on": _("Läs mer på"), "page": _("Sida"), "of": _("av")},
    )


def _of_promise(status: Status) -> Iterable[Block]:
    yield Block("h2", status.text.short_line or status.text.title)
    yield Block("p", summary(status))
    rows = [_row(pledge, status) for pledge in status.pledges[:MOST_ROWS]]
    yield Block("table", _("Löfte för löfte"), head=[_("Löfte"), _("Lovat"), _("Gjort"), _("Läge")], rows=rows)
    if len(status.pledges) > MOST_ROWS:
        more = len(status.pledges) - MOST_ROWS
        told = ngettext("{n} löfte till finns på webben.", "{n} löften till finns på webben.", more)
        yield Block("note", told.format(n=more))
    late = [period for period in status.periods if is_overdue(period, status.today)]
    if late:
        names = ", ".join(period_words(period.starts, period.ends) for period in late)
        yield Block("gap", _("Rapporten för {names} har inte kommit.").format(names=names))
    for answer in effect_answer(effect_verdicts(status.promise), status)[:2]:
        yield Block("p", f"{answer.question} {answer.verdict.label}. {answer.verdict.because}".strip())
    coming = next_report(status)
    if coming and not late:
        yield Block("p", _("Nästa rapport: {when}.").format(when=coming))


def _row(pledge: PledgeStatus, status: Status) -> list[str]:
    view = pledge_view(pledge, status)
    short = [view.text, "; ".join(view.promised) or _("inget antal"), "; ".join(view.done) or "–", view.verdict.label]
    return [Truncator(text).chars(LONGEST) for text in short]


def planning_rows(cycle: Cycle, today: dt.date) -> list[list[str]]:
    """One row for each activity, with names that stay the same from time to time: what a planning system wants."""
    with translation.override("sv"):
        rows = [[_(name) for name in COLUMNS]]
        for status in standings_of(cycle, today):
            for pledge in status.pledges:
                rows += _planning(pledge, status)
        return rows


COLUMNS = (
    "kommun", "period", "löfte_id", "löfte", "aktivitet_id", "aktivitet", "ansvarig", "lovat", "gjort", "läge",
    "skäl", "räknat_till", "nästa_rapport", "adress",
)  # fmt: skip


def _planning(pledge: PledgeStatus, status: Status) -> Iterable[list[str]]:
    view = pledge_view(pledge, status)
    latest = pledge.latest
    due = status.next_due
    for activity in pledge.text.activities:
        yield [
            status.promise.municipality.code, status.promise.slug, view.key, view.text,
            f"{view.key}/{activity.key}", activity.text, ", ".join(view.parties), "; ".join(view.promised),
            "; ".join(view.done), view.verdict.label, view.reason, latest.covers_to.isoformat() if latest else "",
            due.isoformat() if due else "", settings.BASE_URL + address(status.promise),
        ]  # fmt: skip


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Semicolons and a byte order mark, as Excel opens it in Sweden; nothing in a cell is read as a formula."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return file.getvalue().encode("utf-8-sig")
