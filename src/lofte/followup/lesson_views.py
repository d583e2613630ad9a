"""The page where a new cycle takes up what the one before it learnt."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.followup import lessons
from lofte.parties.access import StaffRequest, frame, get_or_404, may, staff_page
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission
from lofte.picture.models import Problem

BACK = "tillbaka"


@staff_page
def carried(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    found = get_or_404(
        request, Permission.READ_CYCLE, Cycle, "municipality", municipality__slug=kommun, slug=cycle
    )  # fmt: skip
    rows = lessons.offered(found, request.viewer)
    problems = lessons.problems_of(found, request.viewer)
    if request.method == "POST":
        return _take(request, found, rows, problems)
    name = f"{found.municipality} {found.slug}"
    year = reverse("desk:year", kwargs={"kommun": kommun, "cycle": cycle})
    shown = frame(request, found.municipality) | {
        "cycle": found,
        "before": lessons.cycle_before(found),
        "rows": rows,
        "problems": problems,
        "may_write": may(request.user, Permission.EDIT_CYCLE, found),
        "crumbs": [Link(_("Att göra"), reverse("desk:todo")), Link(name, year)],
    }
    return render(request, "followup/lessons.html", shown)


def _take(
    request: StaffRequest, cycle: Cycle, rows: list[lessons.Offered], problems: Sequence[Problem]
) -> HttpResponse:
    row = next((each for each in rows if str(each.lesson.pk) == request.POST.get("lardom")), None)
    if row is None or not may(request.user, Permission.EDIT_CYCLE, cycle):
        raise Http404
    if BACK in request.POST:
        lessons.put_back(lesson=row.lesson, cycle=cycle, by=request.user)
        messages.success(request, _("Lärdomen är inte längre med."))
    else:
        problem = next((each for each in problems if each.key == request.POST.get("problem")), None)
        lessons.carry(lesson=row.lesson, cycle=cycle, by=request.user, problem=problem)
        messages.success(request, _("Lärdomen är med."))
    return redirect(request.path)
