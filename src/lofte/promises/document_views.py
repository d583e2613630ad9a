"""The promise as files for those who write it: the PDF that is signed, Word, and a poster."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.promises import queries, signing
from lofte.promises.models import CitizenPromise, PromiseVersion
from lofte.promises.versions import canonical_text, content, digest, in_force


def _shown(promise: CitizenPromise) -> PromiseVersion:
    """The text that waits to be signed; otherwise the one in force; otherwise the working copy, unsaved."""
    version = signing.pending(promise) or (in_force(promise) if promise.is_public else None)
    if version is not None:
        return version
    text = canonical_text(content(promise))
    return PromiseVersion(promise=promise, number=0, content=text, sha256=digest(text), created_at=timezone.now())


def _public_address(promise: CitizenPromise) -> str:
    where = {"kommun": promise.municipality.slug, "slug": promise.slug}
    return settings.BASE_URL + reverse("public:promise", kwargs=where)


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_page
def pdf(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """The paper to sign: with number, short checksum and QR code. A draft says that it is one."""
    from lofte.promises.documents import promise_pdf

    promise = queries.promise_or_404(request, Permission.READ_CYCLE, kommun, slug)
    body = promise_pdf(promise, _shown(promise), _public_address(promise))
    return _file(body, "application/pdf", f"{kommun}-{slug}.pdf")


@staff_page
def word(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    from lofte.promises.word import WORD, promise_docx

    promise = queries.promise_or_404(request, Permission.READ_CYCLE, kommun, slug)
    body = promise_docx(promise, _shown(promise), _public_address(promise))
    return _file(body, WORD, f"{kommun}-{slug}.docx")


@staff_page
def poster(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    from lofte.promises.poster import poster_pdf

    promise = queries.promise_or_404(request, Permission.READ_CYCLE, kommun, slug)
    body = poster_pdf(promise, _shown(promise), _public_address(promise))
    return _file(body, "application/pdf", f"{kommun}-{slug}-affisch.pdf")
