"""The page of one part of a shared text: it is saved, or shown with what is wrong or what somebody else wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lofte.evidence import keeping
from lofte.evidence.forms import Outdated, PartForm, Refused
from lofte.parties.access import StaffRequest


def save_or_show(
    request: StaffRequest, form: PartForm, *, save: Callable[[], object], then: str, shown: Mapping[str, Any]
) -> HttpResponse:
    """Save what came in and go on to `then`; otherwise the form, where nothing that was written is lost."""
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Outdated as outdated:
            form.show_conflict(outdated.theirs)
            status = 409
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            keeping.forget(request)
            messages.success(request, _("Sparat."))
            return redirect(then)
    context = {**shown, "form": form, **keeping.page(request, form)}
    return render(request, "evidence/part_form.html", context, status=status)
