"""Forms for those who hold a statement round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lofte.voices.models import StatementRound

LONGEST = 240


class RoundForm(forms.ModelForm[StatementRound]):
    class Meta:
        model = StatementRound
        fields = ("title", "opens", "closes")
        labels = {"title": _("Rubrik"), "opens": _("Öppnar"), "closes": _("Stänger")}
        help_texts = {
            "title": _("Till exempel: Vad är viktigast i Centrum?"),
            "closes": _("Dagen efter räknas svaren. Sedan raderas de."),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opens, closes = given.get("opens"), given.get("closes")
        if opens and closes and closes < opens:
            self.add_error("closes", _("Sista dagen är före den första. Byt plats på dem."))
        return given

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class StatementsForm(forms.Form):
    texts = forms.CharField(
        label=_("Påståenden, ett på varje rad"), widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Ett påstående säger en sak som man kan hålla med om eller inte: ”Lampor vid stationen ska gå före"
                    " andra lampor.” Skriv också sådant som ni själva inte håller med om."),
    )  # fmt: skip

    def clean_texts(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["texts"].splitlines()]
        texts = [line for line in lines if line]
        long = next((line for line in texts if len(line) > LONGEST), None)
        if long:
            sentence = gettext("”{start} …” är längre än {n} tecken. Korta det, eller gör två påståenden av det.")
            raise forms.ValidationError(sentence.format(start=long[:30], n=LONGEST))
        return texts
