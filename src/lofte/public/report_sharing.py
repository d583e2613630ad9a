"""What a communicator needs to tell of a published report elsewhere: texts, picture and a piece of HTML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from lofte.core.visibility import VISITOR
from lofte.design.pieces import Link
from lofte.design.words import period_words
from lofte.followup.models import Period
from lofte.followup.presenters import delivery_verdict, summary
from lofte.followup.queries import PledgeStatus, Status
from lofte.public import queries, sharing
from lofte.public.addresses import address
from lofte.public.reports import days_of, has_rate, heading, told_in
from lofte.public.sharing import LONG, SHORT

LINE_LENGTH = 90


@dataclass(frozen=True)
class Told:
    """A report in words, always Swedish: how many pledges stand how, and each with its verdict."""

    title: str
    line: str
    counts: str
    verdicts: list[tuple[str, str]]
    page: str


def share(request: HttpRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    """Ready texts, the picture with its alt text, and a piece of HTML for other sites."""
    status, period = _published(kommun, slug, label)
    told = told_of(status, period)
    card = address(status.promise, "report_card", label=label)
    context: dict[str, Any] = sharing.frame(request, status.promise) | {
        "back": Link(told.title, address(status.promise, "report", label=label)),
        "short": text_of(told, SHORT),
        "long": text_of(told, LONG),
        "snippet": snippet(told),
        "card_path": card,
        "alt": alt_text(told, str(status.promise.municipality)),
        "publications": period.publications.all(),
    }
    return render(request, "public/share.html", context)


def card(request: HttpRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    """The picture (Open Graph), the same bytes for the same words."""
    status, period = _published(kommun, slug, label)
    told, municipality = told_of(status, period), status.promise.municipality
    body = sharing.picture(str(municipality), told.counts, told.line, told.title, municipality.is_constructed)
    return HttpResponse(body, content_type="image/png", headers={"Cache-Control": "public, max-age=3600"})


def told_of(status: Status, period: Period) -> Told:
    with override("sv"):
        pledges = told_in(status, period)
        counts = summary(replace(status, pledges=tuple(pledges))) if pledges else ""
        return Told(
            title=f"{heading(period)} {period_words(period.starts, period.ends)}",
            line=status.text.short_line or status.text.title,
            counts=counts or period.summary or _("Rapporten nämner inget löfte för sig."),
            verdicts=[(pledge.text.text, _verdict(pledge, status)) for pledge in pledges],
            page=settings.BASE_URL + address(status.promise, "report", label=period.label),
        )


def _verdict(pledge: PledgeStatus, status: Status) -> str:
    """How often something was done is judged on the report's own days, so the words say which."""
    label = delivery_verdict(pledge, status).label
    return _("{label} under {days}").format(label=label, days=days_of(pledge)) if has_rate(pledge) else label


def text_of(told: Told, longest: int) -> str:
    """Counts first, then as many whole verdicts as there is room for. The address is never cut."""
    room = longest - len(told.page) - 1
    text = f"{told.line}. {told.title}: {told.counts}"
    for number, line in enumerate(_lines(told)):
        left = len(told.verdicts) - number - 1
        more = _more(left)
        if len(f"{text} {line}{more}") > room:
            text += _more(left + 1) if number else ""
            break
        text += f" {line}"
    return f"{Truncator(text).chars(room)} {told.page}"


def _lines(told: Told) -> list[str]:
    with override("sv"):
        return [
            f"”{Truncator(pledge).chars(LINE_LENGTH).rstrip('.')}”: {label.lower()}." for pledge, label in told.verdicts
        ]


def _more(left: int) -> str:
    with override("sv"):
        return " " + ngettext("Och {n} löfte till.", "Och {n} löften till.", left).format(n=left) if left else ""


def snippet(told: Told) -> str:
    """No script, no style and nothing to fetch: it looks like the page it is put on."""
    verdicts = [(pledge.rstrip("."), label) for pledge, label in told.verdicts]
    rows = format_html_join("\n", "    <li>{}: <b>{}</b></li>", verdicts)
    return format_html(
        '<section>\n  <h2><a href="{page}">{title}</a></h2>\n  <p>{line}. {counts}</p>\n'
        "  <ul>\n{rows}\n  </ul>\n</section>",
        page=told.page, title=told.title, line=told.line, counts=told.counts, rows=rows,
    )  # fmt: skip


def alt_text(told: Told, where: str) -> str:
    with override("sv"):
        return _("Bild med texten: {text} {line}. {title}, {where}.").format(
            text=told.counts, line=told.line, title=told.title, where=where
        )


def _published(kommun: str, slug: str, label: str) -> tuple[Status, Period]:
    status = queries.status_or_404(kommun, slug, viewer=VISITOR)
    period = queries.period_or_404(status, label)
    if period.stage != Period.Stage.PUBLISHED:
        raise Http404
    return status, period
