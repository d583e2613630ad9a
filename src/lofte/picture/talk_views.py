"""Beside the parts: text kept while one writes, comments between the parties, and putting back what was taken away."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lofte.parties.access import StaffRequest, may, staff_page
from lofte.parties.rules import Permission
from lofte.picture import actions, carrying, comments, drafts, queries
from lofte.picture.views import of, page


@staff_page
@require_POST
def draft(request: StaffRequest) -> HttpResponse:
    """What is written so far in a page's form; `sida` is the page. With `slang` it is thrown away."""
    address = urlsplit(request.GET.get("sida", "")).path
    if "/arbete/" not in address:
        return HttpResponseBadRequest(_("Sidan är inte en arbetssida."))
    if "slang" in request.POST:
        drafts.forget(by=request.user, address=address)
        return redirect(address)
    if drafts.keep(by=request.user, address=address, data=request.POST) is None:
        return HttpResponse(_("Texten är för lång för att sparas medan du skriver. Spara den själv."))
    now = timezone.localtime()
    return HttpResponse(_("Utkastet är sparat {time}. Bara du ser det.").format(time=f"{now:%H.%M}"))


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Kommentar"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Den andra parten ser den. Den visas aldrig öppet, men kan begäras ut."),
    )  # fmt: skip


@staff_page
def talk(request: StaffRequest, kommun: str, cycle: str, key: str, kind: str, part: str) -> HttpResponse:
    """Comments about one part, and a new one."""
    picture = queries.picture_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    row = queries.part_or_404(picture, kind, part)
    party = queries.own_party(request, picture)
    if party is None:
        raise Http404
    about = f"{kind}/{part}"
    here = of(picture, "talk", kind=kind, part=part)
    form = CommentForm(request.POST if "text" in request.POST else None)
    said = comments.about(picture, request.viewer, about)
    if request.method == "POST" and (settled := request.POST.get("klar", "")):
        for comment in said:
            if str(comment.pk) == settled:
                comments.settle(comment=comment, by=request.user)
        return redirect(here)
    if request.method == "POST" and form.is_valid():
        comments.say(picture=picture, about=about, organisation=party, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Sparat."))
        return redirect(here)
    shown = page(request, picture) | {"row": row, "said": said, "form": form}
    return render(request, "picture/talk.html", shown, status=422 if form.is_bound else 200)


@staff_page
def carry(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """Problems of the cycle before, each with its button."""
    picture = queries.picture_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    rows = carrying.offered(picture)
    if request.method == "POST":
        chosen = next((row for row in rows if str(row.pk) == request.POST.get("problem", "")), None)
        if chosen is None:
            raise Http404
        try:
            carrying.carry(picture=picture, problem=chosen, by=request.user)
            messages.success(request, _("Problemet är med, med orsaker och underlag. Sätt en ny ordning."))
        except actions.NotWritable as refusal:
            messages.error(request, str(refusal))
        return redirect(of(picture, "carry"))
    return render(request, "picture/carry.html", page(request, picture) | {"rows": rows})


@staff_page
@require_POST
def put_back(request: StaffRequest, kommun: str, cycle: str, key: str, pk: int) -> HttpResponse:
    """Undo a deletion."""
    picture = queries.picture_or_404(request, Permission.EDIT_CYCLE, kommun, cycle, key)
    removed = queries.removed_part(picture, pk)
    if removed is None or not may(request.user, Permission.EDIT_CYCLE, picture):
        raise Http404
    try:
        actions.put_back(picture=picture, removed=removed, by=request.user)
        messages.success(request, _("Delen är tillbaka."))
    except actions.NotWritable as refusal:
        messages.error(request, str(refusal))
    return redirect(of(picture))
