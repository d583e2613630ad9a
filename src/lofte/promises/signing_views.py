"""Sign a frozen text: on screen after showing who one is, or on paper; say no, take it back, and see who is left."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lofte.design.pieces import Link
from lofte.parties.access import StaffRequest, may, staff_page
from lofte.parties.rules import Permission
from lofte.promises import esign, fresh, queries, signing, signing_presenters
from lofte.promises.editor_views import of, page
from lofte.promises.models import CitizenPromise, PromiseVersion, SignatureRequest, SignOff
from lofte.promises.signing import Given, NotSigned, pending
from lofte.promises.signing_forms import DeclineForm, PaperForm, ScreenForm, scan_type


@staff_page
def sign(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """The frozen text, who has signed it, and what each person can do."""
    promise = queries.promise_or_404(request, Permission.READ_CYCLE, kommun, slug)
    version = pending(promise)
    shown = page(request, promise, *_way(request, promise)) | {
        "version": version,
        "signing": signing_presenters.signing(promise, version, request.user) if version else None,
        "voided": signing_presenters.voided(promise),
        "may_publish": may(request.user, Permission.PUBLISH, promise),
        "service": esign.service(),
    }
    return render(request, "promises/sign.html", shown)


def _way(request: StaffRequest, promise: CitizenPromise) -> list[Link]:
    if not may(request.user, Permission.EDIT_CYCLE, promise):
        return []
    return [Link(_("Skriv löftet"), of(promise, "write"))]


def _asked(
    request: StaffRequest, permission: Permission, kommun: str, slug: str, pk: int
) -> tuple[SignatureRequest, PromiseVersion]:
    """Who is asked, and the text that waits. When no text waits there is nothing to answer."""
    promise = queries.promise_or_404(request, permission, kommun, slug)
    asked = queries.request_or_404(promise, pk)
    version = pending(promise)
    if version is None:
        raise Http404
    return asked, version


@staff_page
def screen(request: StaffRequest, kommun: str, slug: str, pk: int) -> HttpResponse:
    """Sign on screen. First one shows who one is; the page says what is left to show."""
    asked, version = _asked(request, Permission.SIGN, kommun, slug, pk)
    if not signing.signs_for(request.user, asked):
        raise Http404
    needed = fresh.needed(request)
    if needed:
        return _page(request, asked, version, "promises/show_who.html", needed=needed, step=_step(request, needed))
    form = ScreenForm(request.POST or None, request=asked, sha256=version.sha256)
    return _sign(request, asked, version, form)


def _step(request: StaffRequest, needed: fresh.Needed) -> str:
    """Where one shows what is needed, and comes back from."""
    name = {
        fresh.Needed.SECOND_FACTOR: "mfa_index",
        fresh.Needed.PASSWORD: "account_reauthenticate",
        fresh.Needed.CODE: "mfa_reauthenticate",
    }[needed]
    if needed == fresh.Needed.CODE and not fresh.has_codes(request):
        name = "mfa_reauthenticate_webauthn"
    return f"{reverse(name)}?{urlencode({'next': request.path})}"


@staff_page
def paper(request: StaffRequest, kommun: str, slug: str, pk: int) -> HttpResponse:
    """Record a signature that was given on paper."""
    asked, version = _asked(request, Permission.EDIT_CYCLE, kommun, slug, pk)
    form = PaperForm(request.POST or None, request.FILES or None, request=asked, sha256=version.sha256)
    return _sign(request, asked, version, form)


@staff_page
def external(request: StaffRequest, kommun: str, slug: str, pk: int) -> HttpResponse:
    """Sign with a service outside, if one is installed: first the way there, then what it says afterwards."""
    asked, version = _asked(request, Permission.SIGN, kommun, slug, pk)
    service = esign.service()
    if service is None or not signing.signs_for(request.user, asked):
        raise Http404
    order = esign.Order(
        text=version.content, sha256=version.sha256, title=asked.promise.title, role=asked.role,
        organisation=asked.organisation.name, return_to=settings.BASE_URL + request.path,
    )  # fmt: skip
    if not request.GET:
        link = Link(service.name, service.begin(order))
        return _page(request, asked, version, "promises/sign_external.html", link=link)
    try:
        receipt = service.finish(order, request.GET.dict())
        given = Given(
            method=SignOff.Method.EXTERNAL, role=asked.role, signed_on=receipt.signed_on,
            registry_number=receipt.reference[:60],
        )  # fmt: skip
        signing.sign(request=asked, by=request.user, sha256=receipt.sha256, given=given)
    except (esign.NotGiven, NotSigned) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Undertecknat."))
    return redirect(of(asked.promise, "sign"))


def _sign(
    request: StaffRequest, asked: SignatureRequest, version: PromiseVersion, form: ScreenForm | PaperForm
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        given = form.given(timezone.localdate())
        try:
            signing.sign(request=asked, by=request.user, sha256=form.cleaned_data["sha256"], given=given)
        except NotSigned as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Undertecknat."))
        return redirect(of(asked.promise, "sign"))
    return _page(request, asked, version, "promises/sign_form.html", form=form, status=422 if form.is_bound else 200)


def _page(
    request: StaffRequest,
    asked: SignatureRequest,
    version: PromiseVersion,
    template: str,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    promise = asked.promise
    shown = page(request, promise, *_way(request, promise), Link(_("Underskrifter"), of(promise, "sign")))
    shown |= {"asked": asked, "version": version, "text": signing_presenters.text(version), **more}
    return render(request, template, shown, status=status)


@staff_page
def decline(request: StaffRequest, kommun: str, slug: str, pk: int) -> HttpResponse:
    asked, version = _asked(request, Permission.SIGN, kommun, slug, pk)
    if not signing.signs_for(request.user, asked):
        raise Http404
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            signing.decline(request=asked, by=request.user, reason=form.cleaned_data["reason"])
        except NotSigned as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Ditt svar är lämnat. De som skriver löftet ser det."))
        return redirect(of(asked.promise, "sign"))
    return _page(request, asked, version, "promises/decline.html", form=form, status=422 if form.is_bound else 200)


@staff_page
@require_POST
def withdraw(request: StaffRequest, kommun: str, slug: str, pk: int) -> HttpResponse:
    """Take a signature back."""
    promise = queries.promise_or_404(request, Permission.READ_CYCLE, kommun, slug)
    sign_off = queries.sign_off_or_404(promise, pk)
    reason = request.POST.get("skal", "").strip()[:300] or _("Undertecknaren tog tillbaka den.")
    try:
        signing.withdraw(sign_off=sign_off, by=request.user, reason=reason)
    except NotSigned as refusal:
        messages.error(request, str(refusal))
    except PermissionDenied:
        raise Http404 from None
    else:
        messages.success(request, _("Underskriften är tillbakatagen."))
    return redirect(of(promise, "sign"))


@staff_page
def scan(request: StaffRequest, kommun: str, slug: str, pk: int) -> HttpResponseBase:
    """The scanned paper, for those who write the promise. It lies outside what the web server shows."""
    promise = queries.promise_or_404(request, Permission.EDIT_CYCLE, kommun, slug)
    sign_off = queries.sign_off_or_404(promise, pk)
    if not sign_off.scan:
        raise Http404
    file = sign_off.scan.open("rb")
    kind = scan_type(file.read(8))
    file.seek(0)
    # Always as a download: what somebody scanned is never opened as a page of ours.
    return FileResponse(file, as_attachment=True, content_type=kind or "application/octet-stream")
