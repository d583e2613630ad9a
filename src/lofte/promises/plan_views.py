"""The åtgärdsplan in the browser: its versions, its measures, and the decision."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.documents.blocks import WORD
from lofte.evidence.part_pages import save_or_show
from lofte.evidence.queries import cycle_or_404
from lofte.evidence.views import crumbs
from lofte.parties.access import StaffRequest, frame, may, staff_page
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission
from lofte.picture.actions import Decision
from lofte.picture.word_templates import template_of
from lofte.promises import plan_editing, plan_queries
from lofte.promises.models import ActionPlan
from lofte.promises.plan_documents import paper_of
from lofte.promises.plan_forms import DecideForm, MeasureForm, PlanForm, PlanPartForm


def of(plan: ActionPlan, name: str = "plan", **more: str) -> str:
    """The address of a page of this plan."""
    where = {"kommun": plan.cycle.municipality.slug, "cycle": plan.cycle.slug, "key": plan.key}
    return reverse(f"plan:{name}", kwargs=where | more)


def of_cycle(cycle: Cycle) -> str:
    return reverse("plan:plans", kwargs={"kommun": cycle.municipality.slug, "cycle": cycle.slug})


def name_of(plan: ActionPlan) -> str:
    return _("{title}, version {version}").format(title=plan.title, version=plan.version)


def page(request: StaffRequest, plan: ActionPlan, *, is_below: bool = True) -> dict[str, Any]:
    own = [Link(name_of(plan), of(plan))] if is_below else []
    return frame(request, plan.cycle.municipality) | {
        "plan": plan,
        "name": name_of(plan),
        "plan_url": of(plan),
        "is_writable": plan_editing.is_writable(plan) and may(request.user, Permission.EDIT_CYCLE, plan),
        "may_decide": may(request.user, Permission.PUBLISH, plan),
        "crumbs": crumbs(plan.cycle, Link(_("Åtgärdsplaner"), of_cycle(plan.cycle)), *own),
    }


@staff_page
def plans(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    """Every version of a cycle's plan, and the way to begin a new one."""
    permission = Permission.EDIT_CYCLE if request.method == "POST" else Permission.READ_CYCLE
    found = cycle_or_404(request, permission, kommun, cycle)
    if request.method == "POST":
        try:
            made = plan_editing.begin(cycle=found, by=request.user)
        except plan_editing.PlanNotWritable as refusal:
            messages.error(request, str(refusal))
            return redirect(of_cycle(found))
        messages.success(request, _("Nu finns ett utkast. Bara ni ser det."))
        return redirect(of(made))
    rows = plan_queries.plans_of(found, request.viewer)
    shown = frame(request, found.municipality) | {
        "cycle": found,
        "rows": [(name_of(row), of(row), row) for row in rows],
        "may_begin": may(request.user, Permission.EDIT_CYCLE, found)
        and not any(plan_editing.is_writable(row) for row in rows),
        "crumbs": crumbs(found),
    }
    return render(request, "promises/plans.html", shown)


@staff_page
def plan(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """The measures with what they answer and rest on, the problems that nothing answers, and the decision."""
    found = plan_queries.plan_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    rows = plan_queries.rows_of(found, request.viewer)
    shown = page(request, found, is_below=False) | {
        "rows": rows,
        "unanswered": plan_queries.unanswered(found, request.viewer),
        "missing": plan_queries.missing(found, rows),
        "cost": plan_queries.cost_of(rows),
        "checksum": "" if plan_editing.is_writable(found) else plan_editing.digest(found),
    }
    return render(request, "promises/plan.html", shown)


def _save_or_show(
    request: StaffRequest, plan: ActionPlan, form: PlanPartForm, title: str, *, remove_url: str = ""
) -> HttpResponse:
    shown = page(request, plan) | {"title": title, "remove_url": remove_url}
    save = partial(plan_editing.save_part, plan=plan, form=form, by=request.user)
    return save_or_show(request, form, save=save, then=of(plan), shown=shown)


@staff_page
def text(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    found = plan_queries.plan_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    form = PlanForm(request.POST or None, plan=found, instance=found)
    return _save_or_show(request, found, form, _("Planens namn och lägesbild"))


@staff_page
def new_measure(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """A measure; begun from a problem, it already answers it."""
    found = plan_queries.plan_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    begun_from = plan_queries.problem_named(found, request.GET.get("problem", ""))
    form = MeasureForm(request.POST or None, plan=found, problems=begun_from)
    return _save_or_show(request, found, form, _("Ny åtgärd"))


@staff_page
def measure(request: StaffRequest, kommun: str, cycle: str, key: str, part: str) -> HttpResponse:
    found = plan_queries.plan_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    row = plan_queries.measure_of(found, part)
    if row is None:
        raise Http404
    form = MeasureForm(request.POST or None, plan=found, instance=row)
    return _save_or_show(request, found, form, _("Ändra åtgärden"), remove_url=of(found, "remove", part=part))


@staff_page
def remove(request: StaffRequest, kommun: str, cycle: str, key: str, part: str) -> HttpResponse:
    """Ask first, then take the measure away."""
    found = plan_queries.plan_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    row = plan_queries.measure_of(found, part)
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            plan_editing.remove(plan=found, measure=row, by=request.user)
            messages.success(request, _("Borttaget."))
        except plan_editing.PlanNotWritable as refusal:
            messages.error(request, str(refusal))
        return redirect(of(found))
    return render(request, "promises/plan_remove.html", page(request, found) | {"row": row})


def _open_url(plan: ActionPlan) -> str:
    """Where everyone reads it once it is decided."""
    where = {"kommun": plan.cycle.municipality.slug, "cycle": plan.cycle.slug, "key": plan.key}
    return settings.BASE_URL + reverse("open_picture:plan", kwargs=where)


@staff_page
def pdf(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """A draft says that it is one."""
    from lofte.documents.blocks import pdf as compiled

    found = plan_queries.plan_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    response = HttpResponse(compiled(paper_of(found, _open_url(found))), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{kommun}-{key}.pdf"'
    return response


@staff_page
def word(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    from lofte.documents.blocks import word as filled

    found = plan_queries.plan_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    body = filled(paper_of(found, _open_url(found)), template_of(found.cycle.municipality))
    response = HttpResponse(body, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{kommun}-{key}.docx"'
    return response


@staff_page
def decide(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Write down the decision; after it nothing changes."""
    found = plan_queries.plan_or_404(request, Permission.PUBLISH, kommun, cycle, key)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan_editing.decide(plan=found, decision=Decision(**form.cleaned_data), by=request.user)
        except plan_editing.PlanNotWritable as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Planen är beslutad. Den ändras inte mer."))
        return redirect(of(found))
    shown = page(request, found) | {"form": form}
    return render(request, "promises/plan_decide.html", shown, status=422 if form.is_bound else 200)
