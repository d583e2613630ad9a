"""The parts of the editor that are about the whole promise."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.parties.models import User
from lofte.places.models import Municipality
from lofte.promises.models import CitizenPromise, Rhythm, SignatureRequest
from lofte.promises.part_forms import (
    MORE,
    Days,
    Lines,
    PartForm,
    Places,
    Ticks,
    link_places,
    link_rows,
    organisations,
    places_written,
)

LONG_TEXT = forms.Textarea(attrs={"rows": 5})


class BeginForm(forms.Form):
    """A new promise: which year it belongs to, and its first words."""

    cycle = forms.TypedChoiceField(label=gettext_lazy("Vilket år hör löftet till?"), required=False)
    starts = forms.DateField(label=gettext_lazy("Gäller från och med"))
    ends = forms.DateField(label=gettext_lazy("Gäller till och med"))
    short_line = forms.CharField(
        label=gettext_lazy("Kort version"), max_length=70, required=False,
        help_text=gettext_lazy("En rad som alla förstår, högst 70 tecken. Du kan skriva den senare."),
    )  # fmt: skip

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        cycles = {str(cycle.pk): cycle for cycle in municipality.cycles.all()}
        choice = self.fields["cycle"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [*((key, cycle.slug) for key, cycle in cycles.items()), ("", _("Ett nytt år"))]
        choice.coerce = cycles.__getitem__
        choice.empty_value = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", _("Slutet kommer före början. Byt plats på datumen eller rätta dem."))
        return given

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        years = {given["starts"].year, given["ends"].year}
        label = "–".join(str(year) for year in sorted(years))
        title = _("Medborgarlöfte {label} i {kommun}").format(label=label, kommun=self.municipality)
        return {
            "starts": given["starts"], "ends": given["ends"], "short_line": given["short_line"], "title": title,
            "rhythm": Rhythm.TERTIAL,
        }  # fmt: skip


class BasicsForm(PartForm):
    part = "grunden"
    title = gettext_lazy("Grunden")
    groups_of = (
        ("", ("short_line", "title"), False),
        (gettext_lazy("Vilka lovar, och till vem?"), ("parties", "audience"), False),
        (gettext_lazy("När gäller det?"), ("starts", "ends"), False),
        (gettext_lazy("Var gäller det?"), ("covers_municipality", "areas"), False),
        (MORE, ("short_line_is_later", "sources"), True),
    )

    parties = Ticks(label=gettext_lazy("Vilka lovar?"))
    areas = Places(
        label=gettext_lazy("Kommundelar eller platser"),
        help_text=gettext_lazy("En på varje rad. En plats som inte finns sedan tidigare läggs till."),
    )
    sources = Lines(label=gettext_lazy("Källor"), help_text=gettext_lazy("Källans namn i filen, en på varje rad."))

    class Meta:
        model = CitizenPromise
        fields = (
            "short_line", "title", "audience", "starts", "ends", "covers_municipality", "short_line_is_later",
            "sources",
        )  # fmt: skip
        help_texts = {
            "short_line": gettext_lazy(
                "En rad som alla förstår, högst 70 tecken. Den skrivs under med resten. "
                "Till exempel: Unga ska inte dras in i kriminalitet"
            ),
        }

    def linked(self, row: CitizenPromise) -> dict[str, Any]:
        return {
            "parties": [link.organisation_id for link in row.party_links.all()],
            "areas": places_written(row.area_links.select_related("area")),
        }

    def offer(self) -> None:
        ticks = self.fields["parties"]
        assert isinstance(ticks, Ticks)
        ticks.queryset = organisations(self.promise)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", _("Slutet kommer före början. Byt plats på datumen eller rätta dem."))
        return given

    def write(self, promise: CitizenPromise, by: User) -> models.Model:
        row: CitizenPromise = self.save()
        link_rows(row, "party_links", "organisation", self.ticked("parties", self.initial["parties"]))
        link_places(row, "area_links", promise, self.cleaned_data["areas"])
        return row


class TextForm(PartForm):
    part = "texten"
    title = gettext_lazy("Texten")
    groups_of = (
        ("", ("intro", "overall_pledge", "desired_outcome"), False),
        (MORE, ("overall_pledge_is_summary",), True),
    )

    class Meta:
        model = CitizenPromise
        fields = ("intro", "overall_pledge", "overall_pledge_is_summary", "desired_outcome")
        widgets = {"intro": LONG_TEXT, "overall_pledge": LONG_TEXT, "desired_outcome": LONG_TEXT}
        labels = {"overall_pledge": gettext_lazy("Övergripande löfte")}
        help_texts = {
            "intro": gettext_lazy("Vad löftet bygger på och vilka delar av kommunen det gäller."),
            "overall_pledge": gettext_lazy("En mening som säger vad ni lovar tillsammans."),
            "desired_outcome": gettext_lazy("Hur det ska vara när löftet är slut, i en mening."),
        }

    def write(self, promise: CitizenPromise, by: User) -> models.Model:
        row: models.Model = self.save()
        return row


class FollowForm(PartForm):
    part = "uppfoljning"
    title = gettext_lazy("Uppföljning och beslut")
    groups_of = (
        (gettext_lazy("När redovisas det?"), ("rhythm", "report_days", "channels", "followed_up_by"), False),
        (gettext_lazy("Vad bygger det på?"), ("picture", "agreement"), False),
        (gettext_lazy("Hur antas det?"), ("adoption", "proposed_by", "decided_by", "decided_on"), False),
        (gettext_lazy("Förlängning"), ("extends_slug", "renewal"), True),
    )

    report_days = Days(
        label=gettext_lazy("Dagar då rapport ska komma"),
        help_text=gettext_lazy("Bara om ni har valt bestämda datum. Skriv dem som 2026-05-01, ett på varje rad."),
    )
    channels = Lines(
        label=gettext_lazy("Var kan man följa det?"),
        help_text=gettext_lazy("En på varje rad, till exempel polisen.se."),
    )

    class Meta:
        model = CitizenPromise
        fields = (
            "rhythm", "report_days", "channels", "followed_up_by", "picture", "agreement", "adoption", "proposed_by",
            "decided_by", "decided_on", "extends_slug", "renewal",
        )  # fmt: skip
        labels = {
            "rhythm": gettext_lazy("Hur ofta?"),
            "followed_up_by": gettext_lazy("Vilka följer upp?"),
            "picture": gettext_lazy("Lägesbild"),
            "agreement": gettext_lazy("Samverkansöverenskommelse"),
        }
        widgets = {"followed_up_by": forms.CheckboxSelectMultiple, "renewal": forms.Textarea(attrs={"rows": 3})}

    def offer(self) -> None:
        promise = self.promise
        for name, rows in (
            ("followed_up_by", organisations(promise)),
            ("picture", promise.cycle.pictures.all()),
            ("agreement", promise.cycle.agreements.all()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        self.initial["followed_up_by"] = sorted(
            getattr(each, "pk", each) for each in self.initial.get("followed_up_by", [])
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("rhythm") == Rhythm.CUSTOM and not given.get("report_days") and "report_days" not in self.errors:
            self.add_error("report_days", _("Skriv minst en dag då rapport ska komma."))
        return given

    def write(self, promise: CitizenPromise, by: User) -> models.Model:
        row: models.Model = self.save()
        return row


PROMISE_PARTS: dict[str, type[PartForm]] = {form.part: form for form in (BasicsForm, TextForm, FollowForm)}


class SignerForm(forms.ModelForm):  # type: ignore[type-arg]
    """One more who is to sign."""

    class Meta:
        model = SignatureRequest
        fields = ("organisation", "role")
        labels = {"role": gettext_lazy("Som vad?"), "organisation": gettext_lazy("För vem?")}
        help_texts = {"role": gettext_lazy("Till exempel kommundirektör. Inget namn.")}

    def __init__(self, data: Any = None, *, promise: CitizenPromise) -> None:
        super().__init__(data, prefix="undertecknare")
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = organisations(promise)
