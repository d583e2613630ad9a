"""Published reports as bytes: drawn once for each language when they are published, then served as they are.

What is drawn is the body of the page. The frame around it (head, menu, footer) is today's, so that an old report still
has a working style sheet, and it is drawn once for each page and kept in the process.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override

from lofte.core.visibility import VISITOR
from lofte.design.context import alternate_url
from lofte.design.pieces import Place
from lofte.design.words import date_words, period_words
from lofte.documents import typst
from lofte.followup.freezing import ToFreeze, renders
from lofte.followup.models import FrozenReport, Period
from lofte.followup.queries import Status, latest_versions, statuses
from lofte.promises.models import CitizenPromise
from lofte.public.addresses import address
from lofte.public.queries import Stored
from lofte.public.reports import heading, late_part_page, report_page

Format, Part = FrozenReport.Format, FrozenReport.Part
TEMPLATES = {
    Part.REPORT.value: "public/report_body.html",
    Part.LATE_PART.value: "public/report_late_part.html",
    Part.ERRATUM.value: "public/report_erratum.html",
}
HERE = "<!-- rapporten -->"
MOST_FRAMES = 500
PACKED = re.compile(r"\bgzip\b")
_frames: dict[tuple[str, ...], tuple[str, str]] = {}
_packed_bodies: dict[str, bytes] = {}


@renders(Format.HTML, "sv")
def swedish(what: ToFreeze) -> bytes:
    return _drawn(what, "sv")


@renders(Format.HTML, "en")
def english(what: ToFreeze) -> bytes:
    return _drawn(what, "en")


@renders(Format.PDF, "sv")
def pdf(what: ToFreeze) -> bytes | None:
    """The report on paper, in Swedish. What comes later stands on the page."""
    if what.part != Part.REPORT:
        return None
    with override("sv"):
        status = status_when_published(what.period)
        made_at = dt.datetime.combine(status.today, dt.time(12), tzinfo=timezone.get_default_timezone())
        return typst.compile("report", _paper(status, what.period), made_at=made_at)


def _drawn(what: ToFreeze, language: str) -> bytes:
    with override(language):
        return render_to_string(TEMPLATES[what.part], _context(what)).encode("utf-8")


def _context(what: ToFreeze) -> dict[str, object]:
    if what.erratum is not None:
        return {"erratum": what.erratum, "anchor": f"rattelse-{what.erratum.pk}"}
    status = status_when_published(what.period)
    about: dict[str, object] = {"status": status, "text": status.text, "url": address(status.promise)}
    if what.late_part is not None and what.reports is not None:
        return about | late_part_page(status, what.late_part, what.reports)
    return about | report_page(status, what.period)


def status_when_published(period: Period) -> Status:
    """The promise as a visitor sees it on the day of publishing."""
    promises = CitizenPromise.objects.filter(pk=period.promise_id)
    today = period.published_on or timezone.localdate()
    return statuses(list(latest_versions(promises)), viewer=VISITOR, today=today)[0]


def _paper(status: Status, period: Period) -> dict[str, Any]:
    page = report_page(status, period)
    url = settings.BASE_URL + address(status.promise, "report", label=period.label)
    answers = [*page.get("effect", []), *page.get("cause", [])]
    return {
        "title": f"{heading(period)} {period_words(period.starts, period.ends)}",
        "author": ", ".join(status.text.parties) or str(status.promise.municipality),
        "keywords": [_("medborgarlöfte"), str(status.promise.municipality)],
        "eyebrow": f"{status.text.title}",
        "banner": _banner(status, period),
        "summary": [line for line in period.summary.splitlines() if line.strip()],
        "pledges": [_paper_pledge(each) for each in page["pledges"]],
        "unreported": page["unreported"],
        "late": [vars(each) for each in page["late"]],
        "answers": [_paper_answer(each) for each in answers],
        "lessons": [{"kind": kind, "text": text} for kind, text in page.get("lessons", [])],
        "words": _words(),
        "url": url,
        "address": url.partition("://")[2].strip("/"),
        "qr": typst.qr_code(url),
    }


def _banner(status: Status, period: Period) -> list[str]:
    told = []
    if status.promise.municipality.is_constructed:
        told.append(_("{kommun} är påhittad. Rapporten är ett exempel.").format(kommun=status.promise.municipality))
    if period.is_self_reviewed:
        told.append(_("Självgranskad: samma part som lämnade uppgifterna har granskat dem."))
    published = date_words(period.published_on) if period.published_on else ""
    told.append(_("Publicerad {day}. Rättelser som kommer senare står på rapportens sida.").format(day=published))
    return told


def _paper_pledge(pledge: Any) -> dict[str, Any]:
    rows = [
        {"term": _("Ansvarig"), "text": ", ".join(pledge.parties) or _("framgår inte")},
        {"term": _("Lovat"), "text": "; ".join(pledge.promised) or _("inget antal")},
        {"term": _("Gjort"), "text": "; ".join(pledge.done) or _("inget är redovisat")},
        {"term": _("Skäl"), "text": pledge.reason},
        {"term": _("Nästa steg"), "text": pledge.next_step},
    ]
    return {
        "text": pledge.text,
        "rows": [row for row in rows if row["text"]],
        "verdict": pledge.verdict.label,
        "because": pledge.verdict.because,
    }


def _paper_answer(answer: Any) -> dict[str, Any]:
    told = [answer.verdict.because, *answer.sentences, answer.gap]
    return {"question": answer.question, "verdict": answer.verdict.label, "sentences": [each for each in told if each]}


def _words() -> dict[str, str]:
    return {
        "pledges": _("Det här är redovisat"),
        "unreported": _("Det här nämner rapporten inte"),
        "late": _("Det här kommer senare"),
        "late_until": _("Nytt datum:"),
        "no_reason": _("Inget skäl är lämnat."),
        "answers": _("Har det blivit bättre? Vet vi varför?"),
        "lessons": _("Det här lärde vi oss"),
        "verdict": _("Svar"),
        "read_on": _("Läs mer på"),
        "qr": _("QR-kod till rapportens sida"),
        "page": _("Sida"),
        "of": _("av"),
    }


def page(request: HttpRequest, parts: Sequence[Stored], **where: str) -> HttpResponse:
    """The stored bytes in today's frame; 304 when the reader has them already."""
    before, after = _frame(request, parts[0], where)
    etag = _etag(before, after, *(part.sha256 for part in parts))
    is_packed = bool(PACKED.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    response = get_conditional_response(request, etag=etag)
    if response is None:
        body = b"".join([before.encode(), *(part.content for part in parts), after.encode()])
        response = HttpResponse(_packed(etag, body) if is_packed else body)
        if is_packed:
            response["Content-Encoding"] = "gzip"
    # Weak: the same page, packed or not.
    response["ETag"] = f"W/{etag}"
    response["Vary"] = "Accept-Encoding"
    return response


def _packed(etag: str, body: bytes) -> bytes:
    """Packed once for each page that is read, not once for each reader."""
    if etag not in _packed_bodies:
        if len(_packed_bodies) >= MOST_FRAMES:
            _packed_bodies.clear()
        _packed_bodies[etag] = gzip.compress(body, mtime=0)
    return _packed_bodies[etag]


@lru_cache(maxsize=MOST_FRAMES)
def _etag(*parts: str) -> str:
    return f'"{hashlib.sha256("".join(parts).encode()).hexdigest()[:32]}"'


def _frame(request: HttpRequest, part: Stored, where: dict[str, str]) -> tuple[str, str]:
    """What stands before and after the report. Nothing in it depends on who reads."""
    key = (request.path, part.municipality, str(part.is_constructed), settings.CONTACT_EMAIL)
    if key not in _frames or settings.DEBUG:
        if len(_frames) >= MOST_FRAMES:
            _frames.clear()
        language, other = ("en", "sv") if request.path.startswith("/en/") else ("sv", "en")
        url = reverse("public:kommun", kwargs={"kommun": where["kommun"]})
        title = f"{heading(part)} {period_words(part.starts, part.ends)}"
        is_easy = request.path.endswith("/lattlast/")
        context = where | {
            "title": _("Lättläst: {title}").format(title=title) if is_easy else title,
            "is_easy": is_easy,
            "place": Place(part.municipality, url, url),
            "is_constructed": part.is_constructed,
            "alternate_url": alternate_url(request.path, language, other),
            "here": HERE,
            "card_title": f"{title}, {part.municipality}",
            "page_url": settings.BASE_URL + reverse("public:report", kwargs=where),
            "card_url": settings.BASE_URL + reverse("public:report_card", kwargs=where),
        }
        before, _here, after = render_to_string("public/report_frozen.html", context, request).partition(HERE)
        _frames[key] = (before, after)
    return _frames[key]


def stored(part: Stored, content_type: str, request: HttpRequest) -> HttpResponse:
    """A file that was frozen, byte for byte."""
    etag = f'"{part.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = HttpResponse(part.content, content_type=content_type)
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    return response
