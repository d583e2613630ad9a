"""Forms of the desk: a file with a promise, and why a gap is left on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lofte.desk.reading import MAX_BYTES
from lofte.places.models import Municipality
from lofte_engine.text.messages import DOCUMENT_MESSAGES


class UploadForm(forms.Form):
    municipality = forms.TypedChoiceField(label=_("Vilken kommun gäller det?"))
    file = forms.FileField(
        label=_("Filen med löftet"), allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf,.json"}),
        help_text=_("Text, Word eller pdf, högst 20 MB. Eller en json-fil i formatet medborgarlofte/1."),
    )  # fmt: skip

    def __init__(self, *args: Any, own: Sequence[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(each.pk): each for each in own}
        choice = self.fields["municipality"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [(key, str(each)) for key, each in by_key.items()]
        choice.coerce = by_key.__getitem__
        if len(own) == 1:
            choice.widget, choice.initial = forms.HiddenInput(), str(own[0].pk)

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError(DOCUMENT_MESSAGES["empty"])
        if file.size > MAX_BYTES:
            raise forms.ValidationError(DOCUMENT_MESSAGES["too_large"])
        return file


class GapForm(forms.Form):
    reason = forms.CharField(
        label=_("Varför är det så?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False,
        help_text=_("Till exempel: vi väntar på undersökningen i höst. Töm fältet om det inte längre är ett val."),
    )  # fmt: skip
