"""The picture as files for those who write it, and the kommun's own Word template."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.design.pieces import Link
from lofte.documents.blocks import MOST_BYTES, WORD, TemplateRefused, default_template
from lofte.parties.access import StaffRequest, frame, municipality_or_404, staff_page
from lofte.parties.rules import Permission
from lofte.picture import documents, queries, word_templates
from lofte.picture.models import SituationPicture


def open_url(picture: SituationPicture) -> str:
    """Where everyone reads it once it is adopted."""
    where = {"kommun": picture.cycle.municipality.slug, "cycle": picture.cycle.slug, "key": picture.key}
    return settings.BASE_URL + reverse("open_picture:picture", kwargs=where)


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_page
def pdf(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    """A draft says that it is one."""
    from lofte.documents.blocks import pdf as compiled

    found = queries.picture_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    paper = documents.paper_of(found, queries.frozen_of(found), open_url(found))
    return _file(compiled(paper), "application/pdf", f"{kommun}-{key}.pdf")


@staff_page
def word(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    from lofte.documents.blocks import word as filled

    found = queries.picture_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    paper = documents.paper_of(found, queries.frozen_of(found), open_url(found))
    return _file(filled(paper, word_templates.template_of(found.cycle.municipality)), WORD, f"{kommun}-{key}.docx")


@staff_page
def as_json(request: StaffRequest, kommun: str, cycle: str, key: str) -> HttpResponse:
    found = queries.picture_or_404(request, Permission.READ_CYCLE, kommun, cycle, key)
    body = documents.as_json(found, queries.frozen_of(found))
    return _file(body.encode("utf-8"), "application/json; charset=utf-8", f"{kommun}-{key}.json")


class TemplateForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Er Word-mall (.docx)"), widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=gettext_lazy("Högst 3 MB. Hämta programmets mall nedan, sätt ert brevhuvud på den och ladda upp."),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size and file.size > MOST_BYTES:
            raise forms.ValidationError(_("Filen är större än 3 MB. Spara den utan stora bilder och försök igen."))
        return file


@staff_page
def template(request: StaffRequest, kommun: str) -> HttpResponse:
    """The template that picture and plan are written into, tried before it is kept."""
    municipality = municipality_or_404(request, Permission.EDIT_CYCLE, kommun)
    here = reverse("picture:template", kwargs={"kommun": kommun})
    if request.method == "POST" and "ta-bort" in request.POST:
        word_templates.drop_template(municipality=municipality, by=request.user)
        messages.success(request, _("Nu används programmets mall."))
        return redirect(here)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["file"].read()
            word_templates.keep_template(municipality=municipality, content=content, by=request.user)
        except TemplateRefused as refusal:
            text = _("Mallen går inte att fylla i ({why}). Börja från programmets mall och ändra bara utseendet.")
            form.add_error("file", text.format(why=str(refusal)[:200]))
        else:
            messages.success(request, _("Mallen är provad och sparad."))
            return redirect(here)
    shown = frame(request, municipality) | {
        "form": form,
        "municipality": municipality,
        "has_own": word_templates.template_of(municipality) is not None,
        "crumbs": [Link(_("Att göra"), reverse("desk:todo"))],
    }
    return render(request, "picture/template.html", shown, status=422 if form.is_bound else 200)


@staff_page
def template_file(request: StaffRequest, kommun: str) -> HttpResponse:
    """The one in use, to open in Word."""
    municipality = municipality_or_404(request, Permission.EDIT_CYCLE, kommun)
    return _file(word_templates.template_of(municipality) or default_template(), WORD, f"{kommun}-mall.docx")
