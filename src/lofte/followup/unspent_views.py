"""The page where a new cycle chooses, one by one, what becomes of work that the one before did not finish."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.evidence.forms import Refused
from lofte.followup import lessons
from lofte.followup import unspent as writes
from lofte.parties.access import StaffRequest, frame, get_or_404, may, staff_page
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission
from lofte.promises.models import LONGEST_REASON


@staff_page
def unspent(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    found = get_or_404(request, Permission.READ_CYCLE, Cycle, "municipality", municipality__slug=kommun, slug=cycle)
    rows = writes.offered(found, request.viewer, timezone.localdate())
    wrong = None
    if request.method == "POST":
        row = next((each for each in rows if str(each.activity.pk) == request.POST.get("aktivitet")), None)
        if row is None or not may(request.user, Permission.EDIT_CYCLE, found):
            raise Http404
        if _choose(request, found, row):
            return redirect(f"{request.path}#aktivitet-{row.activity.pk}")
        wrong = row.activity.pk
    year = reverse("desk:year", kwargs={"kommun": kommun, "cycle": cycle})
    shown = frame(request, found.municipality) | {
        "cycle": found,
        "before": lessons.cycle_before(found),
        "rows": rows,
        "wrong": wrong,
        "longest": LONGEST_REASON,
        "may_write": may(request.user, Permission.EDIT_CYCLE, found),
        "plans_url": reverse("plan:plans", kwargs={"kommun": kommun, "cycle": cycle}),
        "crumbs": [Link(_("Att göra"), reverse("desk:todo")), Link(f"{found.municipality} {found.slug}", year)],
    }
    return render(request, "followup/unspent.html", shown, status=422 if wrong else 200)


def _choose(request: StaffRequest, cycle: Cycle, row: writes.Unspent) -> bool:
    """One of three buttons. False when a reason is missing."""
    choice, reason = request.POST.get("val"), " ".join(request.POST.get("skal", "").split())
    if choice == "lamna" and not reason:
        return False
    try:
        if choice == "fraga":
            writes.ask_again(row=row, cycle=cycle, by=request.user)
        elif choice == "lamna":
            writes.leave(row=row, cycle=cycle, by=request.user, reason=reason[:LONGEST_REASON])
            messages.success(request, _("Sparat. Skälet står kvar här."))
        else:
            writes.take(row=row, cycle=cycle, by=request.user)
            messages.success(request, _("Aktiviteten är med i åtgärdsplanen som en åtgärd."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return True
