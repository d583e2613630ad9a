"""The page of one measure, for members and for everyone; and which kommuner one is set beside."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.core.visibility import VISITOR
from lofte.design.pieces import Link, Place
from lofte.evidence import marking, queries
from lofte.evidence.comparing import compared
from lofte.evidence.data_forms import LikenessForm, MarkForm
from lofte.evidence.data_views import data_set_or_404, figures_url, inside
from lofte.evidence.measures import own_measure, released_measure
from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.places.queries import municipality_or_404


@staff_page
def measure(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    found = queries.cycle_or_404(request, Permission.READ_CYCLE, kommun, cycle)
    like = queries.likeness_of(found.municipality)
    points = own_measure(found.municipality, key, request.viewer)
    told = compared(points, like.places if like else ())
    if told is None:
        raise Http404
    resting = queries.resting_on(found.municipality, told.of, request.viewer)
    shown = inside(request, found, told.title) | {"told": told, "like": like, "resting": resting}
    return render(request, "evidence/measure.html", shown)


def public_measure(request: HttpRequest, kommun: str, key: str) -> HttpResponse:
    municipality = municipality_or_404(kommun)
    like = queries.likeness_of(municipality)
    told = compared(released_measure(municipality, key, VISITOR), like.places if like else ())
    if told is None:
        raise Http404
    url = reverse("public:kommun", kwargs={"kommun": municipality.slug})
    request.place = Place(str(municipality), url, url)  # type: ignore[attr-defined] # read by the page's frame
    shown = {
        "municipality": municipality,
        "is_constructed": municipality.is_constructed,
        "told": told,
        "like": like,
        "resting": queries.resting_on(municipality, told.of, VISITOR),
        "whole_url": reverse("figures:places", args=[municipality.slug]),
    }
    return render(request, "evidence/public_measure.html", shown)


@staff_page
def likeness(request: StaffRequest, kommun: str, cycle: str) -> HttpResponse:
    """Which kommuner, and why those: chosen among the ones that are in the files."""
    found = queries.cycle_or_404(request, Permission.EDIT_CYCLE, kommun, cycle)
    like = queries.likeness_of(found.municipality)
    offered = queries.other_places(found.municipality)
    form = LikenessForm(request.POST or None, offered=offered, like=like)
    if request.method == "POST" and form.is_valid():
        marking.choose_like(municipality=found.municipality, by=request.user, **form.cleaned_data)
        messages.success(request, _("Sparat."))
        return redirect(figures_url(found))
    shown = inside(request, found, _("Jämförbara kommuner")) | {"form": form, "offered": offered}
    return render(request, "evidence/likeness.html", shown, status=422 if form.is_bound else 200)


@staff_page
def marks(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """What one must know of when reading a data set over time; posting adds one, or takes one away."""
    found = data_set_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    here = reverse("evidence:marks", args=[kommun, cycle, key])
    if request.method == "POST" and (number := request.POST.get("bort", "")).isdecimal():
        marking.take_mark_away(data_set=found, number=int(number), by=request.user)
        return redirect(here)
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        marking.add_mark(data_set=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Sparat."))
        return redirect(here)
    shown = inside(request, found.cycle, _("Märken på tidslinjen"))
    url = reverse("evidence:data_set", args=[kommun, cycle, key])
    shown |= {"data_set": found, "form": form, "crumbs": [*shown["crumbs"], Link(found.title, url)]}
    return render(request, "evidence/marks.html", shown, status=422 if form.is_bound else 200)
