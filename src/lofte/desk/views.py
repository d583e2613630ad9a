"""Att göra, and the year page of a cycle."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.desk import actions, presenters, queries
from lofte.desk.chain import chain_of
from lofte.desk.forms import GapForm
from lofte.desk.gaps import every_gap
from lofte.desk.news import last_visit, news
from lofte.desk.todo import Desk, cycle_name, todo, year_url
from lofte.parties.access import StaffRequest, frame, may, staff_page
from lofte.parties.rules import Permission


@staff_page
def todo_page(request: StaffRequest) -> HttpResponse:
    """What to do now, what has happened since last time, and the way to everything else."""
    now = timezone.now()
    cycles = queries.cycles(request.viewer)
    kommuner = queries.kommuner(request.viewer)
    today = timezone.localdate()
    running = queries.running_periods(request.viewer, today)
    shown = {
        "todo": todo(Desk(request.user, request.viewer, today), cycles),
        "news": news(request.viewer, last_visit(request.session, now)),
        "kommuner": presenters.kommun_cards(kommuner, cycles, running, request.user),
        "may_read": any(may(request.user, Permission.READ_FILE, kommun) for kommun in kommuner),
        "is_member": bool(kommuner),
        "is_constructed": bool(kommuner) and all(kommun.is_constructed for kommun in kommuner),
    }
    return render(request, "desk/todo.html", shown)


@staff_page
def year(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    """What is missing in the chain of a cycle, and its promises with their reports."""
    found = queries.cycle_or_404(request, kommun, cycle)
    today = timezone.localdate()
    chain = chain_of(found, request.viewer)
    every = every_gap(chain, today)
    first, rest = presenters.gap_groups([gap for gap in every if not gap.reason])
    shown = frame(request, found.municipality) | {
        "cycle": found,
        "first": first,
        "rest": rest,
        "rest_count": sum(len(group.gaps) + len(group.more) for group in rest),
        "answered": [gap for gap in every if gap.reason],
        "rooms": presenters.rooms_of(found),
        "promises": presenters.promise_cards(chain, request.user, today),
        "dialogues": presenters.dialogue_links(chain, today),
        "may_read": may(request.user, Permission.READ_FILE, found),
        "may_write": may(request.user, Permission.EDIT_CYCLE, found),
        "crumbs": [Link(_("Att göra"), reverse("desk:todo"))],
    }
    return render(request, "desk/year.html", shown)


@staff_page
def answer_gap(request: StaffRequest, kommun: str, cycle: str, kind: str, about: str) -> HttpResponse:
    """A gap that is left on purpose, with the reason; or no longer."""
    found = queries.cycle_or_404(request, kommun, cycle)
    every = every_gap(chain_of(found, request.viewer), timezone.localdate())
    gap = next((each for each in every if each.kind == kind and each.about == about), None)
    if gap is None or not may(request.user, Permission.EDIT_CYCLE, found):
        raise Http404
    form = GapForm(request.POST or None, initial={"reason": gap.reason})
    if request.method == "POST" and form.is_valid():
        actions.answer_gap(cycle=found, kind=kind, about=about, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Sparat."))
        return redirect(f"{year_url(found)}#glapp")
    shown = frame(request, found.municipality) | {
        "gap": gap,
        "form": form,
        "crumbs": [Link(_("Att göra"), reverse("desk:todo")), Link(cycle_name(found), year_url(found))],
    }
    return render(request, "desk/answer_gap.html", shown, status=422 if form.is_bound else 200)
