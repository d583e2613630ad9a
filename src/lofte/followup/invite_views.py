"""Invite people by a personal link: no account, and it waits until those who run the follow-up have read it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lofte.core.public_forms import public_form
from lofte.followup import inviting, links, occasions
from lofte.followup.link_views import LIMITS, frame
from lofte.followup.links import LinkGone
from lofte.followup.occasion_forms import OccasionForm


@public_form("rapportera", LIMITS)
def invite(request: HttpRequest, token: str) -> HttpResponse:
    """What the holder has told of already, and a form for one more."""
    today = timezone.localdate()
    try:
        found = links.opened(token, today)
    except LinkGone:
        return render(request, "followup/link_gone.html", status=404)
    activities = [each for each in links.covered(found) if not each.shown_when_done]
    form = OccasionForm(request.POST or None, promise=found.promise, activities=activities, today=today)
    if request.method == "POST" and activities and form.is_valid():
        inviting.invite_by_link(link=found, activity=form.chosen(), values=form.values(), today=today)
        return redirect(f"{_url(token)}?tack")
    rows = occasions.of_link(found, activities, today)
    shown = {
        "form": form if activities else None,
        "rows": [(row, occasions.piece(row)) for row in rows],
        "token": token,
        "is_saved": "tack" in request.GET,
        "is_cancelled": "installt" in request.GET,
    }
    status = 422 if form.is_bound else 200
    return render(request, "followup/link_occasions.html", frame(request, found) | shown, status=status)


@public_form("rapportera", LIMITS)
@require_POST
def cancel(request: HttpRequest, token: str, key: str) -> HttpResponse:
    today = timezone.localdate()
    try:
        found = links.opened(token, today)
    except LinkGone:
        return render(request, "followup/link_gone.html", status=404)
    rows = {row.key: row for row in occasions.of_link(found, links.covered(found), today)}
    if key not in rows:
        raise Http404
    inviting.cancel_by_link(link=found, occasion=rows[key], today=today)
    return redirect(f"{_url(token)}?installt")


def _url(token: str) -> str:
    return reverse("public:link_occasions", kwargs={"token": token})
