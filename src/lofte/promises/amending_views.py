"""After publication: change, extend or stop a promise, mask by decision, and read what differs between two texts."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, may, staff_page
from lofte.parties.rules import Permission
from lofte.promises import amending, comparing, queries, signing
from lofte.promises.amending import NotAmended
from lofte.promises.editor_views import of, page
from lofte.promises.models import Amendment, CitizenPromise
from lofte.promises.states import AMENDABLE, IllegalMove
from lofte.promises.text import read
from lofte.promises.versions import in_force

PUBLIC_REASON = gettext_lazy("Alla kan läsa det. Skriv inget som pekar ut en person.")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Varför?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=PUBLIC_REASON,
    )


class AmendForm(ReasonForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Vad ska göras?"), widget=forms.RadioSelect,
        choices=[
            (Amendment.Kind.AMENDMENT, gettext_lazy("Ändra texten")),
            (Amendment.Kind.EXTENSION, gettext_lazy("Förlänga löftet")),
        ],
    )  # fmt: skip
    field_order = ("kind", "reason")


class MaskForm(ReasonForm):
    words = forms.CharField(
        label=gettext_lazy("Vilka ord ska bort?"), max_length=500, min_length=3,
        help_text=gettext_lazy("Precis som de står. De byts mot [maskerat] i alla texter av löftet, för alltid."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Vilket beslut, och varför?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Alla kan läsa det. Skriv lagrum och dnr, men inte det som maskeras."),
    )  # fmt: skip
    field_order = ("words", "reason")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("words") and given["words"].lower() in given.get("reason", "").lower():
            self.add_error("reason", _("Skälet får inte innehålla orden som ska bort."))
        return given


@staff_page
def amend(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """Open a change of a promise that is out, or give one up."""
    promise = queries.promise_or_404(request, Permission.EDIT_CYCLE, kommun, slug)
    if request.method == "POST" and "ge-upp" in request.POST:
        try:
            amending.give_up(promise=promise, by=request.user)
        except NotAmended as refusal:
            messages.error(request, str(refusal))
        return redirect(of(promise, "write"))
    form = AmendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = Amendment.Kind(form.cleaned_data["kind"])
        try:
            amending.open_for_change(promise=promise, by=request.user, kind=kind, reason=form.cleaned_data["reason"])
        except (NotAmended, IllegalMove):
            messages.error(request, _("Löftet kan inte ändras nu. Läs sidan igen."))
        return redirect(of(promise, "write"))
    shown = {
        "form": form,
        "is_amendable": promise.state in AMENDABLE,
        "amendment": signing.open_amendment(promise),
        "may_stop": promise.state in AMENDABLE and may(request.user, Permission.PUBLISH, promise),
    }
    return _page(request, promise, "promises/amend.html", shown, form)


@staff_page
def stop(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    promise = queries.promise_or_404(request, Permission.PUBLISH, kommun, slug)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            amending.stop(promise=promise, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("Löftet är avbrutet. Skälet står på löftets sida."))
        except NotAmended as refusal:
            messages.error(request, str(refusal))
        except IllegalMove:
            messages.error(request, _("Löftet kan inte avbrytas nu. Läs sidan igen."))
        return redirect(of(promise, "write"))
    return _page(request, promise, "promises/stop.html", {"form": form}, form)


@staff_page
def mask(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    promise = queries.promise_or_404(request, Permission.PUBLISH, kommun, slug)
    form = MaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            n = amending.mask(promise=promise, by=request.user, **form.cleaned_data)
        except NotAmended as refusal:
            form.add_error("words", str(refusal))
        else:
            told = ngettext("Orden är borta ur {n} text.", "Orden är borta ur {n} texter.", n)
            messages.success(request, told.format(n=n))
            return redirect(of(promise, "compare"))
    return _page(request, promise, "promises/mask.html", {"form": form}, form)


@staff_page
def compare(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """The text in force beside the one that waits to be signed, or beside the one before."""
    promise = queries.promise_or_404(request, Permission.READ_CYCLE, kommun, slug)
    versions = list(promise.versions.order_by("number"))
    pending = signing.pending(promise)
    if pending is not None and pending not in versions:
        versions.append(pending)
    pairs = [
        {"before": before, "after": after, "changes": comparing.changes(read(before.content), read(after.content))}
        for before, after in pairwise(versions)
    ]
    shown = {"pairs": list(reversed(pairs)), "versions": versions, "in_force": in_force(promise)}
    return _page(request, promise, "promises/compare.html", shown)


def _page(
    request: StaffRequest, promise: CitizenPromise, template: str, shown: dict[str, Any], form: forms.Form | None = None
) -> HttpResponse:
    way = [Link(_("Skriv löftet"), of(promise, "write"))] if may(request.user, Permission.EDIT_CYCLE, promise) else []
    status = 422 if form is not None and form.is_bound else 200
    return render(request, template, page(request, promise, *way) | shown, status=status)
