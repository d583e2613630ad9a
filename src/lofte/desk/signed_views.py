"""Publish a promise, or an amendment of one, that all have signed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.desk import actions, queries
from lofte.followup.wording import of_promise
from lofte.parties.access import StaffRequest, staff_page
from lofte.parties.rules import Permission
from lofte.promises.signing import NotSigned
from lofte.promises.states import IllegalMove


@staff_page
@require_POST
def publish_signed(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    promise = queries.promise_or_404(request, Permission.PUBLISH, kommun, slug)
    try:
        actions.publish_signed(promise=promise, by=request.user, today=timezone.localdate())
    except NotSigned as refusal:
        messages.error(request, str(refusal))
    except IllegalMove:
        messages.error(request, _("Löftet är redan publicerat."))
    else:
        messages.success(request, _("Löftet är publicerat."))
        return redirect(of_promise(promise, "desk:published"))
    return redirect(of_promise(promise, "promises:sign"))
