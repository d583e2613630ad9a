"""Forms for a safety walk and its points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lofte.parties.models import Organisation
from lofte.places.models import Area
from lofte.voices import areas
from lofte.voices.actions import Picture
from lofte.voices.forms import capitals
from lofte.voices.models import SafetyWalk, WalkPoint
from lofte.voices.photo_field import PhotoField


class WalkForm(forms.ModelForm[SafetyWalk]):
    is_open = forms.BooleanField(label=_("Visa vandringen för alla"), required=False)

    class Meta:
        model = SafetyWalk
        fields = ("title", "on", "route", "participants")
        widgets = {"route": forms.Textarea(attrs={"rows": 2})}
        labels = {
            "title": _("Rubrik"), "on": _("Vilken dag gick ni?"), "route": _("Hur gick ni?"),
            "participants": _("Hur många var med?"),
        }  # fmt: skip

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return values | {"visibility": "open" if self.cleaned_data["is_open"] else "internal"}


class PointForm(forms.ModelForm[WalkPoint]):
    area = forms.ChoiceField(label=_("Var?"), required=False)
    picture = PhotoField(label=_("Bild"))
    picture_text = forms.CharField(
        label=_("Vad visar bilden?"), required=False, max_length=200,
        help_text=_("Med ord, för den som inte ser den. Till exempel: En släckt lampa över tunnelns mynning."),
    )  # fmt: skip
    remove_picture = forms.BooleanField(label=_("Ta bort bilden"), required=False)
    owner = forms.ModelChoiceField(
        label=_("Vem ansvarar?"), queryset=Organisation.objects.none(), required=False, empty_label=_("Inte bestämt")
    )

    class Meta:
        model = WalkPoint
        fields = ("kind", "text", "area", "owner", "answer", "done_on", "revisited_on", "revisit")
        widgets = {"text": forms.Textarea(attrs={"rows": 2}), "answer": forms.Textarea(attrs={"rows": 2})}
        labels = {
            "kind": _("Vad gäller det?"), "text": _("Vad såg ni?"), "answer": _("Vad svarar de?"),
            "done_on": _("Åtgärdat den"), "revisited_on": _("Ni kom tillbaka den"), "revisit": _("Hur var det då?"),
        }  # fmt: skip
        help_texts = {"text": _("Skriv om platsen. Skriv inget som pekar ut en person.")}

    def __init__(self, *args: Any, organisations: Any, offered: Sequence[Area], **kwargs: Any) -> None:
        instance: WalkPoint | None = kwargs.get("instance")
        self.has_picture = bool(instance and instance.pk and hasattr(instance, "photo"))
        initial = {"area": instance.area.key if instance and instance.area else ""}
        if instance and self.has_picture:
            initial["picture_text"] = instance.photo.text
        super().__init__(*args, **kwargs | {"initial": initial | kwargs.get("initial", {})})
        self.areas = {area.key: area for area in offered}
        for name, choices in (
            ("area", areas.choices(offered)),
            ("kind", [("", gettext("Välj")), *capitals(WalkPoint.Kind.choices)]),
            ("revisit", [("", gettext("Inget återbesök än")), *capitals(WalkPoint.Revisit.choices)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = organisations
        if not self.has_picture:
            del self.fields["remove_picture"]

    def clean_area(self) -> Area | None:
        return self.areas.get(self.cleaned_data["area"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        keeps = self.has_picture and not given.get("remove_picture")
        if (given.get("picture") or keeps) and not given.get("picture_text"):
            self.add_error("picture_text", _("Skriv vad bilden visar."))
        if bool(given.get("revisited_on")) != bool(given.get("revisit")):
            missing = "revisit" if given.get("revisited_on") else "revisited_on"
            self.add_error(missing, _("Skriv både vilken dag ni kom tillbaka och hur det var då."))
        return given

    def picture_given(self) -> Picture:
        given = self.cleaned_data
        return Picture(given["picture"], given["picture_text"], bool(given.get("remove_picture")))

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
