"""What people said becomes evidence: the themes of the cycle's dialogues, each with its button."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.evidence import actions, theme_queries
from lofte.evidence.queries import cycle_or_404
from lofte.evidence.views import crumbs
from lofte.parties.access import StaffRequest, frame, staff_page
from lofte.parties.rules import Permission


@staff_page
def themes(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    """The themes that are not evidence yet; posting one makes it so."""
    found = cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    where = {"kommun": kommun, "cycle": cycle}
    if request.method == "POST":
        theme = theme_queries.theme_named(found, request.viewer, request.POST.get("tema", ""))
        if theme is None:
            raise Http404
        item = actions.evidence_from_theme(theme=theme, by=request.user, cycle=found)
        messages.success(request, _("Nu är det ett underlag. Läs meningen, och välj vem som får se den."))
        return redirect(reverse("evidence:change", kwargs=where | {"key": item.key}))
    shown = frame(request, found.municipality) | {
        "cycle": found,
        "rows": theme_queries.waiting(found, request.viewer),
        "crumbs": crumbs(found, Link(_("Underlag"), reverse("evidence:register", kwargs=where))),
    }
    return render(request, "evidence/themes.html", shown)
