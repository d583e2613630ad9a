"""Personal links, late parts and corrections: what stands around a report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.design.words import date_words, period_words
from lofte.followup import actions, giving_queries, links, wording
from lofte.followup import publications as register
from lofte.followup.giving_forms import ErratumForm, LinkForm, PublicationForm
from lofte.followup.models import LatePart, Period, Publication, ReportLink, Update
from lofte.followup.views import page_of, period_of
from lofte.notices.actions import send_once
from lofte.parties.access import StaffRequest, frame, get_or_404, may, staff_page
from lofte.parties.rules import Permission
from lofte.promises.models import CitizenPromise


def _promise(request: StaffRequest, kommun: str, slug: str) -> CitizenPromise:
    found = get_or_404(
        request, Permission.REVIEW, CitizenPromise, "municipality", "cycle", municipality__slug=kommun, slug=slug
    )
    if not found.is_public:
        raise Http404
    return found


@staff_page
def personal_links(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """Who may report without an account, and a new link for somebody more."""
    promise = _promise(request, kommun, slug)
    today = timezone.localdate()
    activities = giving_queries.activities_of(promise, request.viewer)
    parties = giving_queries.organisations_of(activities)
    scopes = [(f"part-{each.pk}", _("Allt som {who} ansvarar för").format(who=each)) for each in parties]
    scopes += [(f"akt-{each.pk}", each.text) for each in activities]
    form = LinkForm(
        request.POST or None, scopes=scopes, today=today, until=giving_queries.last_useful_day(promise, today)
    )
    told = ""
    if request.method == "POST" and form.is_valid():
        told = _create(request, promise, form.cleaned_data)
        form = LinkForm(scopes=scopes, today=today, until=giving_queries.last_useful_day(promise, today))
    shown = frame(request, promise.municipality) | {
        "promise": promise,
        "rows": [_row(each, today) for each in giving_queries.links_of(promise, request.viewer)],
        "form": form,
        "new_url": told,
        "crumbs": wording.crumbs(promise, year=may(request.user, Permission.READ_CYCLE, promise)),
    }
    return render(request, "followup/links.html", shown, status=422 if form.is_bound else 200)


def _create(request: StaffRequest, promise: CitizenPromise, given: dict[str, Any]) -> str:
    kind, _dash, pk = given["scope"].partition("-")
    activities = giving_queries.activities_of(promise, request.viewer)
    scope: dict[str, Any] = {
        "activity": next((each for each in activities if f"akt-{each.pk}" == given["scope"]), None)
    }
    if kind == "part":
        parties = giving_queries.organisations_of(activities)
        scope = {"organisation": next(each for each in parties if each.pk == int(pk))}
    link, token = links.create_link(
        promise=promise, by=request.user, holder=given["holder"], email=given["email"], expires_on=given["expires_on"],
        **scope,
    )  # fmt: skip
    url = settings.BASE_URL + wording.link_url(token)
    if link.email:
        _send(link, url)
    return url


def _send(link: ReportLink, url: str) -> None:
    body = _(
        "Hej!\n\nHär rapporterar du det du ansvarar för i {promise}:\n{url}\n\nDu behöver inget konto. Länken är"
        " personlig och gäller till {day}. Skicka den inte vidare."
    )
    send_once(
        f"link:{link.key}",
        kind="report_link",
        subject=_("Din länk för att rapportera"),
        body=body.format(promise=link.promise.title, url=url, day=date_words(link.expires_on)),
        email=link.email,
    )


def _row(link: ReportLink, today: dt.date) -> dict[str, Any]:
    state = _("Gäller till {day}").format(day=date_words(link.expires_on))
    if link.revoked_at:
        state = _("Tillbakatagen")
    elif not link.is_live(today):
        state = _("Har gått ut")
    return {
        "link": link,
        "scope": link.activity.text
        if link.activity
        else _("Allt som {who} ansvarar för").format(who=link.organisation),
        "state": state,
        "is_live": link.is_live(today),
        "used": _("Använd {day}").format(day=date_words(link.used_on)) if link.used_on else _("Inte använd än"),
    }


@staff_page
@require_POST
def revoke(request: StaffRequest, kommun: str, slug: str, pk: int) -> HttpResponse:
    found = get_or_404(
        request, Permission.REVIEW, ReportLink, "promise__municipality",
        promise__municipality__slug=kommun, promise__slug=slug, pk=pk, renews=None,
    )  # fmt: skip
    links.revoke_link(link=found, by=request.user)
    messages.success(request, _("Länken fungerar inte längre."))
    return redirect(wording.of_promise(found.promise, "followup:links"))


@staff_page
def correct(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    """A correction that everyone reads after the report."""
    period = period_of(request, Permission.REVIEW, kommun, slug, label)
    if period.stage != Period.Stage.PUBLISHED:
        return redirect(wording.period_url(period))
    form = ErratumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_erratum(period=period, by=request.user, today=timezone.localdate(), text=form.cleaned_data["text"])
        messages.success(request, _("Rättelsen syns nu efter rapporten."))
        return redirect(wording.of_promise(period.promise, "public:report", label=label))
    shown = {"form": form, "errata": giving_queries.errata(period, request.viewer)}
    return render(
        request, "followup/correct.html", page_of(request, period) | shown, status=422 if form.is_bound else 200
    )


@staff_page
@require_POST
def late(request: StaffRequest, kommun: str, slug: str, label: str, pk: int) -> HttpResponse:
    """A late part has come and is read through: it goes out beside the report."""
    part = get_or_404(
        request, Permission.REVIEW, LatePart, "period__promise__municipality", "organisation",
        period__promise__municipality__slug=kommun, period__promise__slug=slug, period__label=label, pk=pk,
    )  # fmt: skip
    try:
        actions.publish_late_part(part=part, by=request.user, today=timezone.localdate())
    except actions.NothingToReview:
        messages.warning(request, _("Det finns ingen rapport att publicera än."))
        return redirect(wording.period_url(part.period))
    messages.success(request, _("Nu läser alla det som kom senare."))
    return redirect(wording.of_promise(part.period.promise, "public:report", label=label))


@staff_page
def put_out(request: StaffRequest, kommun: str, slug: str, key: str) -> HttpResponse:
    """Where an update has been told of besides here: channel, date and address."""
    promise = _promise(request, kommun, slug)
    update = giving_queries.update_of(promise, key, request.viewer)
    if update is None:
        raise Http404
    return _put_out(request, update, update.text, wording.of_promise(promise, "public:share", key=key))


@staff_page
def put_out_report(request: StaffRequest, kommun: str, slug: str, label: str) -> HttpResponse:
    """The same for a published report."""
    period = period_of(request, Permission.TELL, kommun, slug, label)
    if period.stage != Period.Stage.PUBLISHED:
        return redirect(wording.period_url(period))
    text = _("Rapporten för {name}").format(name=period_words(period.starts, period.ends))
    return _put_out(request, period, text, wording.of_promise(period.promise, "public:share_report", label=label))


def _put_out(request: StaffRequest, about: Update | Period, text: str, share_url: str) -> HttpResponse:
    promise = about.promise
    form = PublicationForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        actions.note_publication(about=about, by=request.user, **form.cleaned_data)
        messages.success(request, _("Sparat."))
        return redirect(request.path)
    shown = frame(request, promise.municipality) | {
        "promise": promise,
        "text": text,
        "form": form,
        "rows": giving_queries.publications(about, request.viewer),
        "share_url": share_url,
        "crumbs": wording.crumbs(promise, year=may(request.user, Permission.READ_CYCLE, promise)),
    }
    return render(request, "followup/put_out.html", shown, status=422 if form.is_bound else 200)


@staff_page
def publications(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """Everything that was told of elsewhere, what no longer answers first."""
    promise = _promise(request, kommun, slug)
    shown = frame(request, promise.municipality) | {
        "promise": promise,
        "rows": [(row, register.url_of(row)) for row in register.of(promise, request.viewer)],
        "crumbs": wording.crumbs(promise, year=may(request.user, Permission.READ_CYCLE, promise)),
    }
    return render(request, "followup/publications.html", shown)


@staff_page
@require_POST
def remove_publication(request: StaffRequest, kommun: str, slug: str, pk: int) -> HttpResponse:
    found = get_or_404(
        request, Permission.TELL, Publication, *register.RELATED,
        promise__municipality__slug=kommun, promise__slug=slug, pk=pk,
    )  # fmt: skip
    back = register.url_of(found)
    register.remove(publication=found, by=request.user)
    messages.success(request, _("Borttaget."))
    return redirect(back)
