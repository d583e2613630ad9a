"""The register of evidence: what a picture may rest on, how old it is, and who keeps it."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.design.words import period_words
from lofte.evidence import actions, queries
from lofte.evidence.forms import ItemForm
from lofte.evidence.part_pages import save_or_show
from lofte.parties.access import StaffRequest, frame, may, staff_page
from lofte.parties.models import Cycle
from lofte.parties.rules import Permission


def crumbs(cycle: Cycle, *way: Link) -> list[Link]:
    year = reverse("desk:year", kwargs={"kommun": cycle.municipality.slug, "cycle": cycle.slug})
    name = f"{cycle.municipality} {period_words(cycle.starts, cycle.ends)}"
    return [Link(_("Att göra"), reverse("desk:todo")), Link(name, year), *way]


def _register_url(cycle: Cycle) -> str:
    return reverse("evidence:register", kwargs={"kommun": cycle.municipality.slug, "cycle": cycle.slug})


@staff_page
def register(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    """Every item of the cycle with its age and where it is used."""
    found = queries.cycle_or_404(request, Permission.READ_CYCLE, kommun, cycle)
    shown = frame(request, found.municipality) | {
        "cycle": found,
        "municipality": found.municipality,
        "rows": queries.register(found, request.viewer, timezone.localdate()),
        "may_edit": may(request.user, Permission.EDIT_CYCLE, found),
        "crumbs": crumbs(found),
    }
    return render(request, "evidence/register.html", shown)


@staff_page
def create(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    form = ItemForm(request.POST or None, municipality=found.municipality)
    return _save_or_show(request, found, form, _("Nytt underlag"))


@staff_page
def change(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    item = queries.item_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    form = ItemForm(request.POST or None, municipality=item.cycle.municipality, instance=item)
    return _save_or_show(request, item.cycle, form, _("Ändra underlaget"))


def _save_or_show(request: StaffRequest, cycle: Cycle, form: ItemForm, title: str) -> HttpResponse:
    way = crumbs(cycle, Link(_("Underlag"), _register_url(cycle)))
    return save_or_show(
        request, form, save=partial(actions.save_item, cycle=cycle, form=form, by=request.user),
        then=_register_url(cycle), shown=frame(request, cycle.municipality) | {"title": title, "crumbs": way},
    )  # fmt: skip
