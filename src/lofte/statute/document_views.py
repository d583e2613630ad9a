"""The act's papers for those who work here; a kommun hands them out itself."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from lofte.parties.access import StaffRequest, municipality_or_404, staff_page
from lofte.parties.rules import Permission


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_page
def answers(request: StaffRequest, kommun: str) -> HttpResponse:
    from lofte.documents.blocks import pdf
    from lofte.statute.documents import answer_sheet

    municipality = municipality_or_404(request, Permission.READ_CYCLE, kommun)
    return _file(pdf(answer_sheet(municipality, timezone.localdate())), "application/pdf", f"{kommun}-svarsblad.pdf")


@staff_page
def appendix(request: StaffRequest, kommun: str) -> HttpResponse:
    from lofte.documents.blocks import pdf
    from lofte.statute.documents import grant_appendix

    municipality = municipality_or_404(request, Permission.READ_CYCLE, kommun)
    return _file(pdf(grant_appendix(municipality, timezone.localdate())), "application/pdf", f"{kommun}-bilaga.pdf")


@staff_page
def bundle(request: StaffRequest, kommun: str) -> HttpResponse:
    """Everything in one file, with an index."""
    from lofte.statute.documents import bundle as packed

    municipality = municipality_or_404(request, Permission.READ_CYCLE, kommun)
    return _file(packed(municipality, timezone.localdate()), "application/zip", f"{kommun}-lagen.zip")
