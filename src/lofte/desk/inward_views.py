"""Pages and files for those who decide: status on one page, rows for a planning system, and the year wheel."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.desk import inward, queries, wheel
from lofte.desk.todo import cycle_name, year_url
from lofte.documents.blocks import WORD
from lofte.parties.access import StaffRequest, frame, staff_page


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_page
def status_pdf(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    from lofte.documents.blocks import pdf

    found = queries.cycle_or_404(request, kommun, cycle)
    today = timezone.localdate()
    return _file(pdf(inward.status_paper(found, today)), "application/pdf", f"{kommun}-{cycle}-laget-{today}.pdf")


@staff_page
def status_word(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    from lofte.documents.blocks import word
    from lofte.picture.word_templates import template_of

    found = queries.cycle_or_404(request, kommun, cycle)
    today = timezone.localdate()
    body = word(inward.status_paper(found, today), template_of(found.municipality))
    return _file(body, WORD, f"{kommun}-{cycle}-laget-{today}.docx")


@staff_page
def planning_csv(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    found = queries.cycle_or_404(request, kommun, cycle)
    rows = inward.planning_rows(found, timezone.localdate())
    return _file(inward.as_csv(rows), "text/csv; charset=utf-8", f"{kommun}-{cycle}-uppfoljning.csv")


@staff_page
def year_wheel(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    """What comes next first, then month by month."""
    found = queries.cycle_or_404(request, kommun, cycle)
    today = timezone.localdate()
    days = wheel.days_of(found, request.viewer)
    shown = frame(request, found.municipality) | {
        "cycle": found,
        "coming": wheel.coming(days, today),
        "months": wheel.months(found, days, today),
        "crumbs": [Link(_("Att göra"), reverse("desk:todo")), Link(cycle_name(found), year_url(found))],
    }
    return render(request, "desk/wheel.html", shown)
