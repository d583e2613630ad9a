"""From a file to a public page ("bara föra in och följa upp"): read, correct (lofte.promises), look, publish."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.core.states import PromiseState
from lofte.design.pieces import Link
from lofte.desk import actions, queries
from lofte.desk.forms import UploadForm
from lofte.desk.preview import as_published
from lofte.desk.reading import Read, read_file
from lofte.exchange.reading import FileRefused
from lofte.followup.presenters import pledge_views
from lofte.parties.access import StaffRequest, frame, may, staff_page
from lofte.parties.rules import Permission
from lofte.promises import readings
from lofte.promises.correcting import is_simple
from lofte.promises.models import CitizenPromise
from lofte.promises.states import IllegalMove
from lofte.promises.views import draft_or_404
from lofte.public import presenters
from lofte.public.addresses import address


@staff_page
def upload(request: StaffRequest) -> HttpResponse:
    """Take a file, read it and show what was read. Nothing is public yet."""
    own = [each for each in queries.kommuner(request.viewer) if may(request.user, Permission.READ_FILE, each)]
    if not own:
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            found = read_file(
                form.cleaned_data["file"],
                municipality=form.cleaned_data["municipality"],
                own=own,
                by=request.user,
                year_if_unknown=timezone.localdate().year,
            )
        except FileRefused as refusal:
            for problem in refusal.problems:
                form.add_error("file", problem)
        else:
            return _read(request, found)
    shown = {"form": form, "crumbs": [Link(_("Att göra"), reverse("desk:todo"))]}
    return render(request, "desk/upload.html", shown, status=422 if request.method == "POST" else 200)


def _read(request: StaffRequest, found: Read) -> HttpResponse:
    promise = found.promise
    if promise.state != PromiseState.DRAFT:
        messages.info(request, _("Löftet finns redan här, precis som i filen."))
        return redirect(address(promise))
    if found.is_new:
        readings.keep(request.session, promise, found.reading)
    name = "promises:correct" if is_simple(promise) else "desk:preview"
    return redirect(_of(promise, name))


@staff_page
def preview(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """The draft as others will see it."""
    promise = draft_or_404(request, kommun, slug)
    return _preview(request, promise)


def _preview(request: StaffRequest, promise: CitizenPromise, *, error: str = "") -> HttpResponse:
    status = as_published(promise, viewer=request.viewer, today=timezone.localdate())
    shown = frame(request, promise.municipality) | {
        "promise": promise,
        "text": status.text,
        "first": presenters.first_screen(status),
        "paragraphs": status.text.overall_pledge.split("\n\n") if status.text.overall_pledge else [],
        "pledges": pledge_views(status),
        "reading": readings.of(request.session, promise),
        "may_correct": is_simple(promise),
        "error": error,
        "crumbs": [Link(_("Att göra"), reverse("desk:todo"))],
    }
    return render(request, "desk/preview.html", shown, status=422 if error else 200)


@staff_page
@require_POST
def publish(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    promise = draft_or_404(request, kommun, slug)
    if not promise.short_line:
        return _preview(request, promise, error=_("Skriv den korta versionen först. Den blir sidans rubrik."))
    reading = readings.of(request.session, promise)
    try:
        actions.publish_read(promise=promise, by=request.user, today=timezone.localdate(), after=reading.after)
    except IllegalMove:
        raise Http404 from None
    readings.forget(request.session, promise)
    return redirect(_of(promise, "desk:published"))


@staff_page
def published(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """It is out: where it is read, and what comes next."""
    promise = queries.promise_or_404(request, Permission.READ_FILE, kommun, slug)
    if not promise.is_public:
        raise Http404
    shown = frame(request, promise.municipality) | {
        "promise": promise,
        "public_url": address(promise),
        "crumbs": [Link(_("Att göra"), reverse("desk:todo"))],
    }
    return render(request, "desk/published.html", shown)


@staff_page
def discard(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """Ask first, then throw the draft away."""
    promise = draft_or_404(request, kommun, slug)
    if request.method == "POST":
        actions.discard(promise=promise, by=request.user)
        readings.forget(request.session, promise)
        messages.success(request, _("Utkastet är borttaget."))
        return redirect("desk:todo")
    shown = frame(request, promise.municipality) | {
        "promise": promise,
        "back_url": _of(promise, "desk:preview"),
        "crumbs": [Link(_("Att göra"), reverse("desk:todo"))],
    }
    return render(request, "desk/discard.html", shown)


def _of(promise: CitizenPromise, name: str) -> str:
    return reverse(name, kwargs={"kommun": promise.municipality.slug, "slug": promise.slug})
