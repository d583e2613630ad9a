"""A promise as a file: open data and PDF."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lofte.core.visibility import VISITOR
from lofte.exchange.writing import as_text, export
from lofte.public import queries
from lofte.public.addresses import address


def as_json(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    """medborgarlofte/1, as everyone may read it."""
    status = queries.status_or_404(kommun, slug, viewer=VISITOR)
    body = as_text(export(status.promise, viewer=VISITOR))
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def as_pdf(request: HttpRequest, kommun: str, slug: str) -> HttpResponse:
    from lofte.promises.documents import promise_pdf

    status = queries.status_or_404(kommun, slug, viewer=VISITOR)
    body = promise_pdf(status.promise, status.version, settings.BASE_URL + address(status.promise))
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kommun}-{slug}.pdf"'
    return response
