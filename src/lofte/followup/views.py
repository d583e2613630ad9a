"""Report, review and publish. Every view fetches and authorises in one step, then asks an action to do the work."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.design.pieces import Link
from lofte.design.words import period_words
from lofte.followup import actions, giving_queries, wording
from lofte.followup.calendar import period_state
from lofte.followup.forms import DelayForm, ReportForm, SendForm, UpdateForm
from lofte.followup.giving_forms import LateForm
from lofte.followup.in_force import pledges_in_force
from lofte.followup.models import Period
from lofte.followup.presenters import pledge_views
from lofte.followup.questions import questions
from lofte.followup.reporting import Line, as_published, districts, lines, next_unreported, report_of
from lofte.followup.rules import answering_for
from lofte.parties.access import StaffRequest, frame, get_or_404, may, staff_page
from lofte.parties.models import Organisation
from lofte.parties.rules import Permission
from lofte.promises.models import CitizenPromise

OF_PERIOD = ("promise__municipality", "promise__cycle")


def period_of(request: StaffRequest, permission: Permission, kommun: str, slug: str, label: str) -> Period:
    return get_or_404(
        request, permission, Period, *OF_PERIOD,
        promise__municipality__slug=kommun, promise__slug=slug, label=label,
    )  # fmt: skip


def page_of(request: StaffRequest, period: Period, *way: Link) -> dict[str, Any]:
    promise = period.promise
    years = may(request.user, Permission.READ_CYCLE, promise)
    return frame(request, promise.municipality) | {
        "period": period,
        "promise": promise,
        "state": period_state(period, timezone.localdate()),
        "name": period_words(period.starts, period.ends),
        "may_review": may(request.user, Permission.REVIEW, period),
        "crumbs": wording.crumbs(promise, *way, year=years),
        "period_url": wording.period_url(period),
        "public_promise_url": wording.of_promise(promise, "public:promise"),
    }


@staff_page
def period(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    """The activities of a period, each with its report or the way to write it."""
    period = period_of(request, Permission.REPORT, kommun, slug, label)
    return _period_page(request, period)


def _period_page(
    request: StaffRequest, period: Period, *, send: SendForm | None = None, delay: DelayForm | None = None
) -> HttpResponse:
    found = lines(period, request.user, request.viewer)
    today = timezone.localdate()
    shown = {
        "rows": [wording.said(line, period) for line in found],
        "written": sum(line.report is not None for line in found),
        "is_open": period.stage == Period.Stage.OPEN,
        "may_send": period.ends < today or any(line.report for line in found),
        "form": send or delay,
        "send": send or SendForm(initial={"summary": period.summary}),
        "delay": delay or DelayForm(initial={"reason": period.late_reason, "until": period.late_until}, today=today),
        "parts": _parts(period, found, request),
        "explains_delay": period.due is not None and (today > period.due or bool(delay)),
    }
    status = 422 if send or delay else 200
    return render(request, "followup/period.html", page_of(request, period) | shown, status=status)


def _parts(period: Period, found: list[Line], request: StaffRequest) -> list[dict[str, Any]]:
    """Parts of a published report that were late: what they wait for, and whether it has been written."""
    told = []
    for part in giving_queries.late_parts(period, request.viewer):
        own = [line for line in found if part.organisation_id in answering_for(line.activity)]
        held = [line for line in own if line.report and line.report.is_held]
        left = [wording.said(line, period) for line in own if line.report is None]
        told.append({"part": part, "left": left, "held": [wording.said(line, period) for line in held]})
    return told


@staff_page
def report(request: StaffRequest, kommun: str, slug: str, label: str, activity: int) -> HttpResponse:
    """One activity for one period."""
    period = period_of(request, Permission.REPORT, kommun, slug, label)
    line = _line(request, period, activity)
    if period.stage != Period.Stage.OPEN and not actions.is_awaited(period, line.activity):
        return _closed(request, period)
    form = ReportForm(
        request.POST or None,
        period=period,
        activity=line.activity,
        asked=questions(line.activity.targets.all(), districts(period.promise, request.viewer)),
        report=report_of(period, line.activity, request.viewer),
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        return _save(request, period, line, form)
    way = Link(
        _("Rapporten för {name}").format(name=period_words(period.starts, period.ends)), wording.period_url(period)
    )
    shown = page_of(request, period, way) | {"form": form, "row": wording.said(line, period), "activity": line.activity}
    return render(request, "followup/report.html", shown, status=422 if form.is_bound else 200)


def _line(request: StaffRequest, period: Period, activity: int) -> Line:
    for line in lines(period, request.user, request.viewer):
        if line.activity.pk == activity:
            return line
    raise Http404


def _save(request: StaffRequest, period: Period, line: Line, form: ReportForm) -> HttpResponse:
    try:
        actions.save_report(
            period=period, activity=line.activity, by=request.user, values=form.report_values(), figures=form.figures()
        )
    except actions.PeriodClosed:
        period.refresh_from_db()
        return _closed(request, period)
    following = next_unreported(period, request.user, request.viewer)
    if "next" in request.POST and following is not None:
        messages.success(request, _("Sparat. Här är nästa."))
        return redirect(wording.report_url(period, following))
    messages.success(request, _("Sparat. Alla kan läsa det när rapporten har granskats och publicerats."))
    return redirect(wording.period_url(period))


def _closed(request: StaffRequest, period: Period) -> HttpResponse:
    return render(request, "followup/closed.html", page_of(request, period), status=409)


@staff_page
@require_POST
def send(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    period = period_of(request, Permission.REVIEW, kommun, slug, label)
    form = SendForm(request.POST)
    if not form.is_valid():
        return _period_page(request, period, send=form)
    try:
        actions.send_for_review(period=period, by=request.user, summary=form.cleaned_data["summary"])
    except actions.NothingToReview:
        form.add_error(None, _("Skriv minst en rapport först. Det finns inget att granska än."))
        return _period_page(request, period, send=form)
    except actions.PeriodClosed:
        period.refresh_from_db()
        return _closed(request, period)
    messages.success(request, _("Nu kan rapporten granskas. Helst av någon från den andra parten."))
    return redirect(wording.of_promise(period.promise, "followup:review", label=label))


@staff_page
@require_POST
def delay(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    period = period_of(request, Permission.REVIEW, kommun, slug, label)
    form = DelayForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _period_page(request, period, delay=form)
    try:
        actions.explain_delay(
            period=period, by=request.user, reason=form.cleaned_data["reason"], until=form.cleaned_data["until"]
        )
    except actions.PeriodClosed:
        period.refresh_from_db()
        return _closed(request, period)
    messages.success(request, _("Nu syns det för alla varför rapporten dröjer."))
    return redirect(wording.period_url(period))


@staff_page
@require_POST
def found(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    period = period_of(request, Permission.REVIEW, kommun, slug, label)
    try:
        actions.open_found(period=period, by=request.user)
    except actions.PeriodClosed:
        period.refresh_from_db()
        return _closed(request, period)
    messages.success(request, _("Rapporten är öppen. För in det som står i den."))
    return redirect(wording.period_url(period))


@staff_page
def review(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    """Everything as it will be read, what has changed since last, and the two ways on."""
    period = period_of(request, Permission.REVIEW, kommun, slug, label)
    today = timezone.localdate()
    if period.stage == Period.Stage.PUBLISHED:
        return redirect(wording.of_promise(period.promise, "followup:done", label=label))
    if period.stage != Period.Stage.IN_REVIEW:
        return _closed(request, period)
    found = lines(period, request.user, request.viewer)
    # A part that says nothing is late without a reason, and is shown so.
    given = request.POST if request.method == "POST" else None
    late = {
        party: LateForm(
            given, promise=period.promise, today=today, prefix=f"part{party.pk}", initial=_said_before(period)
        )
        for party in giving_queries.missing_parties(found)
    }
    if request.method == "POST" and all(form.is_valid() for form in late.values()):
        return _publish(request, period, late)
    status = as_published(period, viewer=request.viewer, today=today)
    shown = {
        "rows": [wording.said(line, period) for line in found],
        "missing": sum(line.report is None for line in found),
        "pledges": pledge_views(status) if status else [],
        "late": list(late.items()),
        "form": next((form for form in late.values() if form.errors), None),
        "is_self_review": not (actions.is_other_party(request.user, period) or actions.is_confirmed_by_others(period)),
    }
    return render(
        request, "followup/review.html", page_of(request, period) | shown, status=422 if shown["form"] else 200
    )


def _said_before(period: Period) -> dict[str, Any]:
    """What has already been said of the delay stands in the form for the part that is late."""
    return {"reason": period.late_reason, "until": period.late_until}


def _publish(request: StaffRequest, period: Period, late: dict[Organisation, LateForm]) -> HttpResponse:
    parts = [
        actions.LateGiven(party, form.cleaned_data["reason"], form.cleaned_data["until"])
        for party, form in late.items()
        if form.has_changed()
    ]
    try:
        actions.lock_and_publish(period=period, by=request.user, today=timezone.localdate(), late=parts)
    except actions.PeriodClosed:
        period.refresh_from_db()
        return _closed(request, period)
    return redirect(wording.of_promise(period.promise, "followup:done", label=period.label))


@staff_page
@require_POST
def back(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    period = period_of(request, Permission.REVIEW, kommun, slug, label)
    try:
        actions.send_back(period=period, by=request.user)
    except actions.PeriodClosed:
        period.refresh_from_db()
        return _closed(request, period)
    messages.success(request, _("Rapporten är öppen igen. Säg till den som ska ändra, och vad."))
    return redirect(wording.period_url(period))


@staff_page
def done(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    period = period_of(request, Permission.REVIEW, kommun, slug, label)
    if period.stage != Period.Stage.PUBLISHED:
        return redirect(wording.period_url(period))
    public = wording.of_promise(period.promise, "public:report", label=label)
    share = wording.of_promise(period.promise, "public:share_report", label=label)
    shown = {"public_report_url": public, "share_url": share}
    return render(request, "followup/done.html", page_of(request, period) | shown)


@staff_page
def add_update(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """Nytt sedan sist."""
    promise = get_or_404(
        request, Permission.TELL, CitizenPromise, "municipality", "cycle", municipality__slug=kommun, slug=slug
    )
    if not promise.is_public:
        raise Http404
    pledges = {pledge.key: pledge for pledge in pledges_in_force(promise)}
    choices = [(key, pledge.text) for key, pledge in pledges.items()]
    form = UpdateForm(
        request.POST or None, request.FILES or None, promise=promise, pledges=choices, today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        update = actions.add_update(
            promise=promise, by=request.user, on=given["on"], text=given["text"], pledge=pledges.get(given["pledge"]),
            photo=given["photo"], photo_text=given["photo_text"],
        )  # fmt: skip
        spread = wording.of_promise(promise, "public:share", key=update.key)
        messages.success(
            request,
            format_html(_('Nu syns det för alla. <a href="{url}">Texter och bild att dela</a>'), url=spread),
        )
        return redirect(wording.of_promise(promise, "public:promise"))
    shown = frame(request, promise.municipality) | {
        "promise": promise,
        "form": form,
        "crumbs": wording.crumbs(promise, year=may(request.user, Permission.READ_CYCLE, promise)),
        "back_url": reverse("desk:year", kwargs={"kommun": kommun, "cycle": promise.cycle.slug}),
    }
    return render(request, "followup/update.html", shown, status=422 if form.is_bound else 200)
