"""The forms of signing: on screen, from a paper, and to say no."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.promises.models import SignatureRequest, SignOff
from lofte.promises.signing import Given

MOST_BYTES = 15 * 1024 * 1024
# What a scanner makes, by its first bytes: the name of a file says nothing.
SCANS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


class SignForm(forms.Form):
    """Who signs: the role that was asked, someone in its place, or on its behalf."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    role = forms.CharField(label=gettext_lazy("Din roll"), max_length=120)
    is_acting = forms.BooleanField(label=gettext_lazy("Tillförordnad: tjänsten är vakant"), required=False)
    on_behalf_of = forms.CharField(
        label=gettext_lazy("På uppdrag av"), max_length=120, required=False,
        help_text=gettext_lazy("Bara om du skriver under i någon annans ställe. Skriv rollen: kommundirektör."),
    )  # fmt: skip
    delegation_reference = forms.CharField(
        label=gettext_lazy("Beslutet som ger dig rätten"), max_length=120, required=False,
        help_text=gettext_lazy("Till exempel delegationsordning § 12 eller dnr."),
    )  # fmt: skip
    place = forms.CharField(label=gettext_lazy("Ort"), max_length=80, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, request: SignatureRequest, sha256: str) -> None:
        super().__init__(data, files, initial={"role": request.role, "sha256": sha256})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("on_behalf_of") and not given.get("delegation_reference"):
            self.add_error("delegation_reference", _("Skriv vilket beslut som ger rätten att skriva under."))
        return given

    def common(self) -> dict[str, Any]:
        names = ("role", "is_acting", "on_behalf_of", "delegation_reference", "place")
        return {name: self.cleaned_data[name] for name in names}


class ScreenForm(SignForm):
    heading = gettext_lazy("Skriv under på skärm")
    lead = gettext_lazy(
        "Läs texten. Det är den du skriver under. Efteråt kan den inte ändras utan att underskriften faller."
    )
    button = gettext_lazy("Skriv under")

    has_read = forms.BooleanField(label=gettext_lazy("Jag har läst texten och skriver under den"))

    def given(self, today: dt.date) -> Given:
        return Given(method=SignOff.Method.SCREEN, signed_on=today, **self.common())


class PaperForm(SignForm):
    heading = gettext_lazy("För in underskrift på papper")
    lead = gettext_lazy("Papperet gäller. Här för du in vem som skrev under, när och var originalet finns.")
    button = gettext_lazy("För in")

    role = forms.CharField(label=gettext_lazy("Roll"), max_length=120)
    signed_on = forms.DateField(label=gettext_lazy("Datum på papperet"))
    checksum = forms.CharField(
        label=gettext_lazy("Kontrollsumman på papperet"), max_length=40,
        help_text=gettext_lazy("De sexton tecken som står längst ner på papperet. Då vet vi att det är samma text."),
    )  # fmt: skip
    registry_number = forms.CharField(
        label=gettext_lazy("Diarienummer"), max_length=60, required=False,
        help_text=gettext_lazy("Under vilket nummer originalet finns."),
    )  # fmt: skip
    printed_name = forms.CharField(
        label=gettext_lazy("Namnförtydligande"), max_length=120, required=False,
        help_text=gettext_lazy("Bara för oss. Namnet visas aldrig för andra."),
    )  # fmt: skip
    scan = forms.FileField(
        label=gettext_lazy("Inläst papper"), required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=gettext_lazy("Pdf eller bild, högst 15 MB. Bara för oss."),
    )  # fmt: skip
    field_order = (
        "sha256", "role", "signed_on", "checksum", "place", "registry_number", "printed_name", "scan",
        "is_acting", "on_behalf_of", "delegation_reference",
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, request: SignatureRequest, sha256: str) -> None:
        super().__init__(data, files, request=request, sha256=sha256)
        self.expected = sha256

    def clean_checksum(self) -> str:
        given = "".join(self.cleaned_data["checksum"].split()).lower()
        if len(given) < 16 or not self.expected.startswith(given):
            raise forms.ValidationError(
                _("Kontrollsumman är en annan än textens. Är det en äldre utskrift som är undertecknad?")
            )
        return given

    def clean_signed_on(self) -> dt.date:
        from django.utils import timezone

        day: dt.date = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Datumet har inte varit än."))
        return day

    def clean_scan(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["scan"]
        if file is None:
            return None
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("Filen är större än 15 MB."))
        if scan_type(file.read(8)) is None:
            raise forms.ValidationError(_("Filen är varken pdf, jpeg eller png."))
        file.seek(0)
        return file

    def given(self, today: dt.date) -> Given:
        values = {name: self.cleaned_data[name] for name in ("signed_on", "registry_number", "printed_name", "scan")}
        return Given(method=SignOff.Method.PAPER, **self.common(), **values)


def scan_type(start: bytes) -> str | None:
    return next((kind for mark, kind in SCANS.items() if start.startswith(mark)), None)


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Varför skriver du inte under?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("De som skriver löftet får läsa det. Det kan begäras ut."),
    )  # fmt: skip
