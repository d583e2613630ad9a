"""Correct a draft that was read from a document."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lofte.core.states import PromiseState
from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, frame, get_or_404, staff_page
from lofte.parties.models import Cycle, Organisation
from lofte.parties.rules import Permission
from lofte.promises import correcting, readings
from lofte.promises.forms import Correction
from lofte.promises.models import CitizenPromise


@staff_page
def correct(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """The draft in a form, with what was guessed and what could not be placed beside it."""
    promise = draft_or_404(request, kommun, slug)
    if not correcting.is_simple(promise):
        messages.info(request, _("Löftet har mer än formuläret kan visa. Ändra i filen och läs in den igen."))
        return redirect(_preview(promise))
    reading = readings.of(request.session, promise)
    data = request.POST if request.method == "POST" else None
    form = Correction(promise, _organisations(promise), guessed=reading.beside_controls, data=data)
    if request.method == "POST":
        if _changes_rows(request, promise, form):
            return _page(request, promise, form, reading)
        if form.is_valid():
            correcting.correct(
                promise=promise,
                by=request.user,
                values=form.promise.values(),
                organisations=form.promise.cleaned_data["parties"],
                pledges=[each.pledge() for each in form.pledges],
            )
            return redirect(_preview(promise))
    return _page(request, promise, form, reading, status=422 if request.method == "POST" else 200)


def draft_or_404(request: StaffRequest, kommun: str, slug: str) -> CitizenPromise:
    """A draft that was read from a file; a promise that is out is nobody's to correct."""
    promise = get_or_404(
        request, Permission.READ_FILE, CitizenPromise, "municipality", "cycle", municipality__slug=kommun, slug=slug
    )
    if promise.state != PromiseState.DRAFT or promise.cycle.mode != Cycle.Mode.FOLLOW:
        raise Http404
    return promise


def _changes_rows(request: StaffRequest, promise: CitizenPromise, form: Correction) -> bool:
    """The buttons that only change the form: one more pledge, one less, one more party."""
    removed = request.POST.get("ta-bort", "")
    party = request.POST.get("ny-part", "").strip()[:120]
    if removed.isdecimal():
        form.with_pledge_removed(int(removed))
    elif "nytt-lofte" in request.POST:
        form.with_pledge_added()
    elif "lagg-till-part" in request.POST:
        if party:
            kind = Organisation.Kind.OTHER
            correcting.add_party(promise=promise, by=request.user, name=party, kind=kind)
        form.with_party_added(_organisations(promise))
    else:
        return False
    return True


def _organisations(promise: CitizenPromise) -> list[Organisation]:
    return list(promise.municipality.organisations.order_by("name"))


def _preview(promise: CitizenPromise) -> str:
    return reverse("desk:preview", kwargs={"kommun": promise.municipality.slug, "slug": promise.slug})


def _page(
    request: StaffRequest, promise: CitizenPromise, form: Correction, reading: readings.Reading, status: int = 200
) -> HttpResponse:
    shown = frame(request, promise.municipality) | {
        "promise": promise,
        "form": form,
        "reading": reading,
        "crumbs": [Link(_("Att göra"), reverse("desk:todo"))],
    }
    return render(request, "promises/correct.html", shown, status=status)
