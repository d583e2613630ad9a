"""A promise as a file: open data, PDF, Word and poster."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lofte.core.visibility import VISITOR
from lofte.exchange.writing import as_text, export
from lofte.promises.models import CitizenPromise, PromiseVersion
from lofte.public import queries
from lofte.public.addresses import address

type Maker = Callable[[CitizenPromise, PromiseVersion, str], bytes]


def as_json(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    """medborgarlofte/1, as everyone may read it."""
    status = queries.status_or_404(kommun, slug, viewer=VISITOR)
    body = as_text(export(status.promise, viewer=VISITOR))
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def as_pdf(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    from lofte.promises.documents import promise_pdf

    return _file(promise_pdf, "application/pdf", f'inline; filename="{kommun}-{slug}.pdf"', kommun, slug)


def as_word(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    """The five headings of the national template, for a page of one's own or a board's papers."""
    from lofte.promises.word import WORD, promise_docx

    return _file(promise_docx, WORD, f'attachment; filename="{kommun}-{slug}.docx"', kommun, slug)


def as_poster(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    """One page for a notice board."""
    from lofte.promises.poster import poster_pdf

    return _file(poster_pdf, "application/pdf", f'inline; filename="{kommun}-{slug}-affisch.pdf"', kommun, slug)


def _file(make: Maker, kind: str, disposition: str, kommun: str, slug: str) -> HttpResponse:
    status = queries.status_or_404(kommun, slug, viewer=VISITOR)
    body = make(status.promise, status.version, settings.BASE_URL + address(status.promise))
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = disposition
    return response
