"""Så kan du vara med, for those who work here: tell of an occasion, change it, cancel it, let out what waits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.design.pieces import Link
from lofte.followup import inviting, occasions, wording
from lofte.followup.models import Occasion
from lofte.followup.occasion_forms import CancelForm, OccasionForm
from lofte.parties.access import StaffRequest, frame, get_or_404, may, staff_page
from lofte.parties.rules import Permission
from lofte.promises.models import CitizenPromise

OF_PROMISE = ("promise__municipality", "promise__cycle", "activity__pledge__promise", "area")


@staff_page
def every(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """All occasions of a promise, and a form for one more."""
    promise = get_or_404(
        request, Permission.REPORT, CitizenPromise, "municipality", "cycle", municipality__slug=kommun, slug=slug
    )
    if not promise.is_public:
        raise Http404
    activities = occasions.open_work(promise, request.user, request.viewer)
    initial = {"activity": request.GET.get("aktivitet", "")}
    form = OccasionForm(
        request.POST or None, promise=promise, activities=activities, today=timezone.localdate(), initial=initial
    )
    if request.method == "POST" and activities and form.is_valid():
        inviting.invite(activity=form.chosen(), by=request.user, values=form.values())
        messages.success(request, _("Nu syns det för alla, och i deras kalendrar."))
        return redirect(_list(promise))
    rows = occasions.all_of(promise, request.viewer, timezone.localdate())
    shown = _page(request, promise) | {
        "rows": [_row(row, request) for row in rows],
        "form": form if activities else None,
    }
    return render(request, "followup/occasions.html", shown, status=422 if form.is_bound else 200)


@staff_page
def change(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    """Another day, place or word."""
    occasion = _occasion(request, kommun, slug, key)
    form = OccasionForm(
        request.POST or None, promise=occasion.promise, activities=[occasion.activity], today=timezone.localdate(),
        occasion=occasion,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        inviting.change_occasion(occasion=occasion, by=request.user, values=form.values())
        messages.success(request, _("Sparat. De som har det i sin kalender får ändringen."))
        return redirect(_list(occasion.promise))
    shown = _page(request, occasion.promise, Link(_("Så kan du vara med"), _list(occasion.promise)))
    shown |= {"form": form, "occasion": occasion, "cancel": CancelForm()}
    return render(request, "followup/occasion.html", shown, status=422 if form.is_bound else 200)


@staff_page
@require_POST
def cancel(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    occasion = _occasion(request, kommun, slug, key)
    form = CancelForm(request.POST)
    if not form.is_valid():
        shown = _page(request, occasion.promise, Link(_("Så kan du vara med"), _list(occasion.promise)))
        shown |= {"form": form, "occasion": occasion}
        return render(request, "followup/occasion_cancel.html", shown, status=422)
    inviting.cancel_occasion(occasion=occasion, by=request.user, because=form.cleaned_data["because"])
    messages.success(request, _("Det står nu som inställt för alla."))
    return redirect(_list(occasion.promise))


@staff_page
@require_POST
def let_out(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    """What the holder of a link has written is read and right."""
    occasion = get_or_404(
        request, Permission.TELL, Occasion, *OF_PROMISE,
        promise__municipality__slug=kommun, promise__slug=slug, key=key,
    )  # fmt: skip
    inviting.let_out(occasion=occasion, by=request.user)
    messages.success(request, _("Nu syns det för alla, och i deras kalendrar."))
    return redirect(_list(occasion.promise))


def _occasion(request: StaffRequest, kommun: str, slug: str, key: str) -> Occasion:
    found = get_or_404(
        request, Permission.REPORT, Occasion, *OF_PROMISE,
        promise__municipality__slug=kommun, promise__slug=slug, key=key,
    )  # fmt: skip
    if not may(request.user, Permission.REPORT_ACTIVITY, found.activity):
        raise Http404
    return found


def _list(promise: CitizenPromise) -> str:
    return wording.of_promise(promise, "followup:occasions")


def _page(request: StaffRequest, promise: CitizenPromise, *way: Link) -> dict[str, Any]:
    years = may(request.user, Permission.READ_CYCLE, promise)
    return frame(request, promise.municipality) | {
        "promise": promise,
        "crumbs": wording.crumbs(promise, *way, year=years),
        "list_url": _list(promise),
    }


def _row(row: Occasion, request: StaffRequest) -> dict[str, Any]:
    is_over = row.on < timezone.localdate()
    is_mine = may(request.user, Permission.REPORT_ACTIVITY, row.activity)
    return {
        "occasion": row,
        "told": occasions.piece(row),
        "activity": row.activity.text,
        "is_over": is_over,
        "may_change": is_mine and not row.is_cancelled and not is_over,
        "may_let_out": row.is_waiting and may(request.user, Permission.TELL, row.promise),
    }
