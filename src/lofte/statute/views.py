"""The act's thirty requirements: what was found for each, what is missing, and what comes next."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, frame, may, municipality_or_404, staff_page
from lofte.parties.rules import Permission
from lofte.statute import actions
from lofte.statute.checking import findings
from lofte.statute.clocks import State
from lofte.statute.facts import facts
from lofte.statute.forms import AttestForm
from lofte.statute.requirements import BY_ID
from lofte.statute.wording import STATE_WORDS, word_of_kind


def _crumbs(*way: Link) -> list[Link]:
    return [Link(_("Att göra"), reverse("desk:todo")), *way]


@staff_page
def requirements(request: StaffRequest, kommun: str) -> HttpResponse:
    """First what is late or missing, then all thirty in the order of the act."""
    municipality = municipality_or_404(request, Permission.READ_CYCLE, kommun)
    today = timezone.localdate()
    rows = findings(facts(municipality, today), today)
    waiting = [row for row in rows if row.due and row.state in (State.OVERDUE, State.DUE_SOON)]
    shown = frame(request, municipality) | {
        "municipality": municipality,
        "rows": [(row, STATE_WORDS[row.state], word_of_kind(row.requirement)) for row in rows],
        "waiting": sorted(waiting, key=lambda row: row.due or today),
        "may_attest": may(request.user, Permission.PUBLISH, municipality),
        "crumbs": _crumbs(),
    }
    return render(request, "statute/requirements.html", shown)


@staff_page
def attest(request: StaffRequest, kommun: str, requirement: str) -> HttpResponse:
    """Confirm a requirement that a person must answer for."""
    municipality = municipality_or_404(request, Permission.PUBLISH, kommun)
    asked = BY_ID.get(requirement)
    if asked is None or not asked.is_attestable:
        raise Http404
    form = AttestForm(request.POST or None, today=timezone.localdate())
    every = reverse("statute:requirements", kwargs={"kommun": kommun})
    if request.method == "POST" and form.is_valid():
        actions.attest(municipality=municipality, requirement=asked.id, by=request.user, **form.cleaned_data)
        messages.success(request, _("Sparat."))
        return redirect(every)
    shown = frame(request, municipality) | {
        "form": form,
        "asked": asked,
        "crumbs": _crumbs(Link(_("Lagen"), every)),
    }
    return render(request, "statute/attest.html", shown, status=422 if form.is_bound else 200)
