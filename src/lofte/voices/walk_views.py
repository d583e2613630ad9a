"""Pages for a safety walk: where and when, and point by point what was seen, answered and done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.voices import actions, areas, presenters, queries
from lofte.voices.models import Dialogue, SafetyWalk, WalkPoint
from lofte.voices.presenters import address
from lofte.voices.staff_views import get_dialogue, inside
from lofte.voices.walk_forms import PointForm, WalkForm


@staff_page
def new_walk(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    form = WalkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.save_walk(dialogue=dialogue, by=request.user, values=form.values())
        return redirect(address("voices_staff:walk", dialogue, walk=made.key))
    shown = inside(request, dialogue, _("Ny vandring")) | {"form": form}
    return render(request, "voices/walk_form.html", shown, status=422 if form.is_bound else 200)


@staff_page
def walk(request: StaffRequest, kommun: str, cycle: str, key: str, walk: str) -> HttpResponse:
    """The walk with its points, and the form for the next point."""
    dialogue, found = _walk(request, kommun, cycle, key, walk)
    form = _point_form(request, dialogue, None)
    if request.method == "POST" and form.is_valid():
        actions.save_point(walk=found, by=request.user, values=form.values(), picture=form.picture_given())
        messages.success(request, _("Punkten är sparad."))
        return redirect(address("voices_staff:walk", dialogue, walk=found.key))
    points = queries.points_of(found, request.viewer)
    shown = inside(request, dialogue, found.title) | {
        "walk": found,
        "form": form,
        "points": [(row, presenters.point(row), _point_url(dialogue, found, row)) for row in points],
        "change_url": address("voices_staff:change_walk", dialogue, walk=found.key),
    }
    return render(request, "voices/staff_walk.html", shown, status=422 if form.is_bound else 200)


@staff_page
def change_walk(request: StaffRequest, kommun: str, cycle: str, key: str, walk: str) -> HttpResponse:
    dialogue, found = _walk(request, kommun, cycle, key, walk)
    shown = _below(request, dialogue, found, _("Ändra"))
    form = WalkForm(request.POST or None, instance=found, initial={"is_open": found.visibility == "open"})
    if request.method == "POST" and form.is_valid():
        actions.save_walk(dialogue=dialogue, by=request.user, values=form.values(), walk=found)
        messages.success(request, _("Sparat."))
        return redirect(address("voices_staff:walk", dialogue, walk=found.key))
    return render(request, "voices/walk_form.html", shown | {"form": form}, status=422 if form.is_bound else 200)


@staff_page
def point(request: StaffRequest, kommun: str, cycle: str, key: str, walk: str, pk: int) -> HttpResponse:
    dialogue, found = _walk(request, kommun, cycle, key, walk)
    row = queries.point_or_404(found, pk, request.viewer)
    form = _point_form(request, dialogue, row)
    if request.method == "POST" and form.is_valid():
        actions.save_point(walk=found, by=request.user, values=form.values(), picture=form.picture_given(), point=row)
        messages.success(request, _("Punkten är sparad."))
        return redirect(address("voices_staff:walk", dialogue, walk=found.key))
    shown = _below(request, dialogue, found, _("Punkt {n}").format(n=row.order)) | {"form": form}
    return render(request, "voices/point.html", shown, status=422 if form.is_bound else 200)


def _walk(request: StaffRequest, kommun: str, cycle: str, key: str, walk: str) -> tuple[Dialogue, SafetyWalk]:
    dialogue = get_dialogue(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    return dialogue, queries.walk_of_staff_or_404(dialogue, walk, request.viewer)


def _below(request: StaffRequest, dialogue: Dialogue, walk: SafetyWalk, here: str) -> dict[str, object]:
    shown = inside(request, dialogue, here)
    shown["crumbs"] = [*shown["crumbs"], Link(walk.title, address("voices_staff:walk", dialogue, walk=walk.key))]
    return shown


def _point_url(dialogue: Dialogue, walk: SafetyWalk, row: WalkPoint) -> str:
    return address("voices_staff:point", dialogue, walk=walk.key, pk=row.pk)


def _point_form(request: StaffRequest, dialogue: Dialogue, row: WalkPoint | None) -> PointForm:
    organisations = dialogue.cycle.municipality.organisations.order_by("name")
    return PointForm(
        request.POST or None,
        request.FILES or None,
        instance=row,
        organisations=organisations,
        offered=areas.offered(dialogue),
    )
