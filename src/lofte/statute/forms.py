"""What somebody confirms about a requirement."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.statute.models import Attestation


class AttestForm(forms.Form):
    answer = forms.ChoiceField(label=gettext_lazy("Svar"), choices=Attestation.Answer, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=gettext_lazy("Vad visar det?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text=gettext_lazy("Till exempel ett protokoll med paragraf och diarienummer. Skriv inga namn."),
    )  # fmt: skip
    on = forms.DateField(label=gettext_lazy("Vilken dag gällde det?"), widget=forms.DateInput)

    def __init__(self, data: Any = None, *, today: dt.date) -> None:
        self.today = today
        super().__init__(data)

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Välj en dag som har varit."))
        return on
