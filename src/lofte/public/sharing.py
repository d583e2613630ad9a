"""An update as a page of its own, and what a communicator needs to tell of it elsewhere. Nobody signs in for that."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from lofte.core.visibility import VISITOR
from lofte.design.pieces import Link, Place
from lofte.design.words import date_words
from lofte.documents import typst
from lofte.followup.models import Update, UpdatePhoto
from lofte.followup.presenters import next_report, summary
from lofte.followup.queries import Status
from lofte.promises.models import CitizenPromise
from lofte.promises.wording import listed
from lofte.public import queries
from lofte.public.addresses import address

SHORT, LONG = 280, 500
# 1200 × 630 points at this resolution are as many pixels: the size that social channels ask for.
CARD_PPI = 72


def update(request: HttpRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    """One update, with the picture that other sites show of it."""
    found = _update(kommun, slug, key)
    return render(request, "public/update.html", _context(request, found))


def share(request: HttpRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    """Ready texts, the picture with its alt text, and a piece of HTML for other sites."""
    found = _update(kommun, slug, key)
    page = settings.BASE_URL + address(found.promise, "update", key=key)
    context = _context(request, found) | {
        "back": Link(f"{_('Nytt sedan sist')}, {date_words(found.on)}", address(found.promise, "update", key=key)),
        "card_path": address(found.promise, "card", key=key),
        "short": text_of(found, page, SHORT),
        "long": text_of(found, page, LONG),
        "snippet": snippet(found, page),
        "publications": found.publications.all(),
    }
    return render(request, "public/share.html", context)


def card(request: HttpRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    """The picture (Open Graph), the same bytes for the same words."""
    found = _update(kommun, slug, key)
    promise = found.promise
    body = picture(
        str(promise.municipality), found.text, promise.short_line or promise.title, date_words(found.on),
        promise.municipality.is_constructed,
    )  # fmt: skip
    return HttpResponse(body, content_type="image/png", headers={"Cache-Control": "public, max-age=3600"})


def photo(request: HttpRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    """The photo of an update, as it was drawn when it came."""
    rows = UpdatePhoto.objects.visible_to(VISITOR).filter(
        update__promise__municipality__slug=kommun, update__promise__slug=slug, update__key=key
    )
    found = rows.first()
    if found is None:
        raise Http404
    headers = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse(bytes(found.content), content_type="image/jpeg", headers=headers)


@lru_cache(maxsize=64)
def picture(where: str, text: str, line: str, day: str, is_constructed: bool) -> bytes:
    data = {
        "where": where,
        "text": Truncator(text).chars(170),
        "line": line,
        "day": day,
        "banner": _("Påhittat exempel") if is_constructed else "",
    }
    return typst.pictures("card", data, ppi=CARD_PPI)[0]


def text_of(found: Update, page: str, longest: int) -> str:
    """The words of the update and its address, in at most so many characters. Words are cut, the address never."""
    room = longest - len(page) - 1
    return f"{Truncator(found.text).chars(room)} {page}"


def snippet(found: Update, page: str) -> str:
    """Plain HTML without script or style, to paste into any site."""
    return format_html(
        '<blockquote cite="{page}">\n  <p>{text}</p>\n'
        '  <footer><a href="{page}">{title}</a>, {day}</footer>\n</blockquote>',
        page=page,
        text=found.text,
        title=found.promise.title,
        day=date_words(found.on),
    )


def embed(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    """The promise and how it stands today as plain HTML, for the sites of those who promise."""
    status = queries.status_or_404(kommun, slug, viewer=VISITOR)
    return render(request, "public/embed.html", frame(request, status.promise) | {"snippet": promise_snippet(status)})


def promise_snippet(status: Status) -> str:
    """No script, no style and nothing to fetch: it looks like the page it is put on."""
    with override("sv"):
        page = settings.BASE_URL + address(status.promise)
        return format_html(
            '<section>\n  <h2><a href="{page}">{line}</a></h2>\n  <p>{title}, {parties}.</p>\n  <p>{summary}</p>\n'
            "  <p>{day}</p>\n</section>",
            page=page,
            line=status.text.short_line or status.text.title,
            title=status.text.title,
            parties=listed(status.text.parties),
            summary=summary(status),
            day=_("Läget {day}. {next}").format(day=date_words(status.today), next=next_words(status)),
        )


def next_words(status: Status) -> str:
    when = next_report(status)
    return _("Nästa rapport kommer {when}.").format(when=when) if when and not status.overdue else ""


def alt_text(found: Update) -> str:
    return _("Bild med texten: {text} {where}, {day}.").format(
        text=found.text, where=found.promise.municipality, day=date_words(found.on)
    )


def _update(kommun: str, slug: str, key: str) -> Update:
    rows = Update.objects.visible_to(VISITOR).filter(
        promise__municipality__slug=kommun, promise__slug=slug, key=key
    )  # fmt: skip
    found = rows.select_related("promise__municipality", "pledge", "photo").defer("photo__content").first()
    if found is None:
        raise Http404
    return found


def _context(request: HttpRequest, found: Update) -> dict[str, Any]:
    return frame(request, found.promise) | {
        "update": found,
        "card_url": settings.BASE_URL + address(found.promise, "card", key=found.key),
        "page_url": settings.BASE_URL + address(found.promise, "update", key=found.key),
        "alt": alt_text(found),
    }


def frame(request: HttpRequest, promise: CitizenPromise) -> dict[str, Any]:
    """What every page of this kind says of the promise and its kommun."""
    municipality = promise.municipality
    url = reverse("public:kommun", kwargs={"kommun": municipality.slug})
    request.place = Place(str(municipality), url, url)  # type: ignore[attr-defined]
    return {
        "promise": promise,
        "municipality": municipality,
        "is_constructed": municipality.is_constructed,
        "url": address(promise),
    }
