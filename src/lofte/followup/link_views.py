"""Report by a personal link: no account, no cookie, a minute on a phone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lofte.core.public_forms import Limits, public_form
from lofte.core.visibility import VISITOR
from lofte.design.pieces import Place
from lofte.design.words import period_words
from lofte.followup import links, wording
from lofte.followup.actions import PeriodClosed
from lofte.followup.forms import ReportForm
from lofte.followup.links import Asked, LinkGone
from lofte.followup.models import ReportLink
from lofte.followup.questions import questions
from lofte.followup.reporting import Line, districts

# The token in the address is the holder's right; the limits only slow down what isn't a person.
LIMITS = Limits(with_work=120, without_work=60, all_without_work=600)


@public_form("rapportera", LIMITS)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """What the holder is asked. One thing only is shown at once, to be answered or confirmed."""
    today = timezone.localdate()
    try:
        found = links.opened(token, today)
    except LinkGone:
        return render(request, "followup/link_gone.html", status=404)
    asked = links.asked(found, today)
    if len(asked) == 1 and "tack" not in request.GET and asked[0].is_open:
        return _confirm_page(request, found, token, asked[0]) if asked[0].is_to_confirm else _form(
            request, found, token, asked[0]
        )  # fmt: skip
    shown = {
        "rows": [_row(each, token) for each in asked],
        "left": sum(each.report is None for each in asked),
        "is_saved": "tack" in request.GET,
        "token": token,
    }
    return render(request, "followup/link.html", frame(request, found) | shown)


@public_form("rapportera", LIMITS)
def report(request: HttpRequest, token: str, label: str, activity: int) -> HttpResponse:
    """One activity for one period."""
    try:
        found, each = _asked(token, label, activity)
    except LinkGone:
        return render(request, "followup/link_gone.html", status=404)
    if not each.is_open:
        return render(request, "followup/link_closed.html", frame(request, found) | {"token": token}, status=409)
    return _form(request, found, token, each)


@public_form("rapportera", LIMITS)
@require_POST
def confirm(request: HttpRequest, token: str, label: str, activity: int) -> HttpResponse:
    """Yes, what was written for us is right."""
    try:
        found, each = _asked(token, label, activity)
    except LinkGone:
        return render(request, "followup/link_gone.html", status=404)
    if each.report is None:
        raise Http404
    try:
        links.confirm_by_link(link=found, report=each.report, today=timezone.localdate())
    except PeriodClosed:
        return render(request, "followup/link_closed.html", frame(request, found) | {"token": token}, status=409)
    return redirect(f"{wording.link_url(token)}?tack")


def _asked(token: str, label: str, activity: int) -> tuple[ReportLink, Asked]:
    today = timezone.localdate()
    found = links.opened(token, today)
    for each in links.asked(found, today):
        if each.period.label == label and each.activity.pk == activity:
            return found, each
    raise Http404


def _form(request: HttpRequest, found: ReportLink, token: str, each: Asked) -> HttpResponse:
    today = timezone.localdate()
    form = ReportForm(
        request.POST or None,
        period=each.period,
        activity=each.activity,
        asked=questions(each.activity.targets.all(), districts(found.promise, VISITOR)),
        report=each.report,
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        try:
            links.save_by_link(
                link=found, period=each.period, activity=each.activity, values=form.report_values(),
                figures=form.figures(), today=today,
            )  # fmt: skip
        except PeriodClosed:
            return render(request, "followup/link_closed.html", frame(request, found) | {"token": token}, status=409)
        return redirect(f"{wording.link_url(token)}?tack")
    shown = _one(each, token) | {"form": form}
    return render(
        request, "followup/link_report.html", frame(request, found) | shown, status=422 if form.is_bound else 200
    )


def _confirm_page(request: HttpRequest, found: ReportLink, token: str, each: Asked) -> HttpResponse:
    return render(request, "followup/link_confirm.html", frame(request, found) | _one(each, token))


def _one(each: Asked, token: str) -> dict[str, object]:
    return {
        "row": wording.said(Line(each.activity, each.report, None), each.period),
        "activity": each.activity,
        "name": period_words(each.period.starts, each.period.ends),
        "urls": _row(each, token),
        "token": token,
    }


def _row(each: Asked, token: str) -> dict[str, object]:
    where = {"token": token, "label": each.period.label, "activity": each.activity.pk}
    return {
        "name": period_words(each.period.starts, each.period.ends),
        "said": wording.said(Line(each.activity, each.report, None), each.period),
        "is_to_confirm": each.is_to_confirm,
        "is_open": each.is_open,
        "report_url": reverse("public:link_report", kwargs=where),
        "confirm_url": reverse("public:link_confirm", kwargs=where),
    }


def frame(request: HttpRequest, found: ReportLink) -> dict[str, object]:
    municipality = found.promise.municipality
    place = Place(str(municipality), f"/{municipality.slug}/")
    request.place = place  # type: ignore[attr-defined]
    return {"promise": found.promise, "holder": found.holder, "is_constructed": municipality.is_constructed}
