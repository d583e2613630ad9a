"""Write a promise together: the overview, the parts of the whole promise, and what one does with the text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lofte.core.states import PromiseState
from lofte.design.pieces import Link
from lofte.evidence import keeping
from lofte.parties.access import StaffRequest, frame, may, municipality_or_404, staff_page
from lofte.parties.rules import Permission
from lofte.promises import editing, queries, signing, writing_presenters
from lofte.promises.models import CitizenPromise
from lofte.promises.part_forms import PartForm
from lofte.promises.promise_forms import PROMISE_PARTS, BeginForm, SignerForm
from lofte.promises.readiness import NotReady
from lofte.promises.states import IllegalMove


def of(promise: CitizenPromise, name: str, **more: str | int) -> str:
    """The address of a page of this promise."""
    where: dict[str, str | int] = {"kommun": promise.municipality.slug, "slug": promise.slug}
    return reverse(f"promises:{name}", kwargs=where | more)


def page(request: StaffRequest, promise: CitizenPromise, *way: Link) -> dict[str, Any]:
    """What every page of the editor shows: the way here, and whether the text may be written in."""
    year = {"kommun": promise.municipality.slug, "cycle": promise.cycle.slug}
    return frame(request, promise.municipality) | {
        "promise": promise,
        "is_writable": editing.is_writable(promise) and may(request.user, Permission.EDIT_CYCLE, promise),
        "crumbs": [
            Link(_("Att göra"), reverse("desk:todo")),
            Link(f"{promise.municipality} {promise.cycle.slug}", reverse("desk:year", kwargs=year)),
            *way,
        ],
    }


@staff_page
def begin(request: StaffRequest, kommun: str) -> HttpResponse:
    """A new promise, in a year that is there or in a new one."""
    municipality = municipality_or_404(request, Permission.EDIT_CYCLE, kommun)
    form = BeginForm(request.POST or None, municipality=municipality)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        cycle = given["cycle"] or editing.begin_cycle(
            municipality=municipality, by=request.user, starts=given["starts"], ends=given["ends"]
        )
        promise = editing.begin(municipality=municipality, by=request.user, cycle=cycle, values=form.values())
        return redirect(of(promise, "write"))
    crumbs = [Link(_("Att göra"), reverse("desk:todo"))]
    shown = frame(request, municipality) | {"form": form, "crumbs": crumbs, "municipality": municipality}
    return render(request, "promises/begin.html", shown, status=422 if form.is_bound else 200)


@staff_page
def write(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """The whole promise on one page: its parts, what the wording check says, what is missing, what to do next."""
    promise = queries.promise_or_404(request, Permission.EDIT_CYCLE, kommun, slug)
    return overview(request, promise)


def overview(
    request: StaffRequest, promise: CitizenPromise, *, signer: SignerForm | None = None, status: int = 200
) -> HttpResponse:
    shown = page(request, promise) | {
        "text": writing_presenters.overview(promise),
        "signer": signer or SignerForm(promise=promise),
        "form": signer,
    }
    return render(request, "promises/write.html", shown, status=status)


@staff_page
def part(request: StaffRequest, kommun: str, slug: str, part: str) -> HttpResponse:
    """One part of the whole promise."""
    promise = queries.promise_or_404(request, Permission.EDIT_CYCLE, kommun, slug)
    if part not in PROMISE_PARTS:
        raise Http404
    form = PROMISE_PARTS[part](request.POST or None, promise=promise, instance=promise)
    return save_or_show(request, promise, form, "promises/part.html", then=of(promise, "write"))


def save_or_show(
    request: StaffRequest,
    promise: CitizenPromise,
    form: PartForm,
    template: str,
    *,
    then: str,
    way: tuple[Link, ...] = (),
    **more: Any,
) -> HttpResponse:
    """Save what came in and go on; otherwise show the form, with what is wrong or what somebody else wrote."""
    differences: Any = ()
    status = 200
    if request.method == "POST":
        try:
            saved = editing.save_part(promise=promise, by=request.user, form=form)
        except editing.NotWritable as refusal:
            keeping.keep(request)
            messages.error(request, str(refusal))
            return redirect(of(promise, "write"))
        if saved.is_done:
            keeping.forget(request)
            tell_saved(request, saved.voided)
            return redirect(then.replace("__key__", str(getattr(saved.row, "key", ""))))
        form, differences = saved.form, saved.differences
        status = 409 if differences else 422
    shown = page(request, promise, Link(_("Skriv löftet"), of(promise, "write")), *way) | more
    shown |= {"form": form, "differences": differences, "is_conflict": status == 409}
    shown |= keeping.page(request, form)
    return render(request, template, shown, status=status)


def tell_saved(request: StaffRequest, voided: int) -> None:
    """Say it, and say loudly when signatures fell."""
    if not voided:
        messages.success(request, _("Sparat."))
        return
    text = ngettext(
        "Sparat. Texten ändrades, så {n} underskrift gäller inte längre. Alla behöver skriva under igen.",
        "Sparat. Texten ändrades, så {n} underskrifter gäller inte längre. Alla behöver skriva under igen.",
        voided,
    )
    messages.warning(request, text.format(n=voided))


@staff_page
@require_POST
def state(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """The buttons of the overview: to joint review, back to draft, freeze to sign, open again."""
    promise = queries.promise_or_404(request, Permission.EDIT_CYCLE, kommun, slug)
    wanted = request.POST.get("till", "")
    try:
        if wanted == "frys":
            signing.freeze_to_sign(promise=promise, by=request.user)
            return redirect(of(promise, "sign"))
        if wanted == "oppna":
            reason = request.POST.get("skal", "").strip()[:300] or _("Texten öppnades för ändring.")
            tell_opened(request, signing.take_back(promise=promise, by=request.user, reason=reason))
        elif wanted in (PromiseState.DRAFT, PromiseState.JOINT_REVIEW):
            editing.move_to(promise=promise, by=request.user, after=PromiseState(wanted))
    except NotReady:
        messages.error(request, _("Texten kan inte frysas än. Se vad som saknas."))
        return redirect(f"{of(promise, 'write')}#saknas")
    except editing.NotWritable as refusal:
        messages.error(request, str(refusal))
    except IllegalMove:
        messages.error(request, _("Någon hann före: löftet har ett annat läge nu. Läs sidan igen."))
    return redirect(of(promise, "write"))


def tell_opened(request: StaffRequest, voided: int) -> None:
    if voided:
        text = ngettext(
            "Texten är öppen igen. {n} underskrift gäller inte längre.",
            "Texten är öppen igen. {n} underskrifter gäller inte längre.",
            voided,
        )
        messages.warning(request, text.format(n=voided))
    else:
        messages.success(request, _("Texten är öppen igen."))


@staff_page
@require_POST
def signers(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """Who is to sign: one more, or one less."""
    promise = queries.promise_or_404(request, Permission.EDIT_CYCLE, kommun, slug)
    removed = request.POST.get("ta-bort", "")
    try:
        if removed.isdecimal():
            asked = queries.request_or_404(promise, int(removed))
            editing.ask_no_more(promise=promise, by=request.user, request=asked)
            return redirect(f"{of(promise, 'write')}#undertecknare")
        form = SignerForm(request.POST, promise=promise)
        if not form.is_valid():
            return overview(request, promise, signer=form, status=422)
        editing.ask_to_sign(promise=promise, by=request.user, **form.cleaned_data)
    except editing.NotWritable as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{of(promise, 'write')}#undertecknare")


@staff_page
@require_POST
def order(request: StaffRequest, kommun: str, slug: str) -> HttpResponse:
    """Move a pledge one step up."""
    promise = queries.promise_or_404(request, Permission.EDIT_CYCLE, kommun, slug)
    try:
        tell_saved(request, editing.move_up(promise=promise, by=request.user, key=request.POST.get("lofte", "")))
    except editing.NotWritable as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{of(promise, 'write')}#loften")
