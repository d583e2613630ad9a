"""The act's registers in the browser: every list on one page, and one form for a row of any."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, frame, may, municipality_or_404, staff_page
from lofte.parties.rules import Permission
from lofte.places.models import Municipality
from lofte.statute import actions, plan_status, queries
from lofte.statute.registers import BY_SLUG, REGISTERS, Register


def _crumbs(municipality: Municipality, *way: Link) -> list[Link]:
    law = reverse("statute:requirements", kwargs={"kommun": municipality.slug})
    return [Link(_("Att göra"), reverse("desk:todo")), Link(_("Lagen"), law), *way]


def _all_url(municipality: Municipality) -> str:
    return reverse("statute:registers", kwargs={"kommun": municipality.slug})


@staff_page
def registers(request: StaffRequest, kommun: str) -> HttpResponse:
    municipality = municipality_or_404(request, Permission.READ_CYCLE, kommun)
    lists = [(each, each.rows(municipality, request.viewer)) for each in REGISTERS]
    shown = frame(request, municipality) | {
        "municipality": municipality,
        "lists": [(each, [(row, each.line(row)) for row in rows]) for each, rows in lists],
        "may_edit": may(request.user, Permission.EDIT_CYCLE, municipality),
        "crumbs": _crumbs(municipality),
    }
    return render(request, "statute/registers.html", shown)


@staff_page
def new_row(request: StaffRequest, kommun: str, kind: str) -> HttpResponse:
    municipality, register = _register(request, kommun, kind)
    return _save_or_show(request, municipality, register, None)


@staff_page
def row(request: StaffRequest, kommun: str, kind: str, pk: int) -> HttpResponse:
    municipality, register = _register(request, kommun, kind)
    found = register.row(municipality, request.viewer, pk)
    if found is None:
        raise Http404
    if request.method == "POST" and "ta-bort" in request.POST:
        if actions.remove_row(municipality=municipality, row=found, by=request.user):
            messages.success(request, _("Borttaget."))
        else:
            messages.error(request, _("Något annat bygger på raden. Ta bort det först."))
        return redirect(_all_url(municipality))
    return _save_or_show(request, municipality, register, found)


def _register(request: StaffRequest, kommun: str, kind: str) -> tuple[Municipality, Register]:
    municipality = municipality_or_404(request, Permission.EDIT_CYCLE, kommun)
    if kind not in BY_SLUG:
        raise Http404
    return municipality, BY_SLUG[kind]


def _save_or_show(
    request: StaffRequest, municipality: Municipality, register: Register, found: object | None
) -> HttpResponse:
    form = register.form(request.POST or None, municipality=municipality, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.keep_row(municipality=municipality, form=form, by=request.user)
        messages.success(request, _("Sparat."))
        return redirect(f"{_all_url(municipality)}#{register.slug}")
    shown = frame(request, municipality) | {
        "form": form,
        "register": register,
        "is_new": found is None,
        "crumbs": _crumbs(municipality, Link(_("Register"), _all_url(municipality))),
    }
    return render(request, "statute/row.html", shown, status=422 if form.is_bound else 200)


@staff_page
def status(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """The plan measure by measure: what its activities have reported, wherever they were reported."""
    plan = queries.plan_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    municipality = plan.cycle.municipality
    shown = frame(request, municipality) | {
        "plan": plan,
        "rows": plan_status.rows_of(plan, request.viewer),
        "may_edit": may(request.user, Permission.EDIT_CYCLE, plan),
        "municipality": municipality,
        "crumbs": _crumbs(municipality, Link(_("Register"), _all_url(municipality))),
    }
    return render(request, "statute/plan_status.html", shown)
