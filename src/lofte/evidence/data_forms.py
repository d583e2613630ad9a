"""Forms for files with statistics: the file, its columns, the data set it becomes, and when a source publishes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.evidence.models import DataSet, Likeness, SourceDate
from lofte.voices.group_check import GroupCheck

KINDS = (
    ("incidents", gettext_lazy("En händelse (när, vad, var)")),
    ("counts", gettext_lazy("Ett antal (område, tid, vad, hur många)")),
    ("population", gettext_lazy("En folkmängd (område, år, antal)")),
    ("survey_answers", gettext_lazy("Ett sammanställt svar i en undersökning (fråga, svar, andel)")),
    ("indicators", gettext_lazy("Ett mått (område, tid, värde)")),
)
POINTS = (
    ("EPSG:4326", gettext_lazy("Grader (latitud och longitud)")),
    ("EPSG:3006", gettext_lazy("Meter (SWEREF 99 TM)")),
)
TIMES = (
    ("", gettext_lazy("Datum, som 2026-05-31 14:30")),
    ("epoch_seconds", gettext_lazy("Sekunder sedan 1970")),
    ("epoch_milliseconds", gettext_lazy("Millisekunder sedan 1970")),
    ("excel", gettext_lazy("Excels dagnummer")),
)


class StatisticsFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy(
            "Excel, CSV, JSON, GeoJSON eller Parquet, högst 500 MB. Brås och Koladas filer känns igen av sig själva."
        ),
        error_messages={"empty": gettext_lazy("Filen är tom. Välj en annan fil.")},
    )


class MeaningForm(forms.Form):
    """Which heading each column of a table is read from. What is left out is never read."""

    def __init__(self, *args: Any, kind: str, told: Mapping[str, Any], headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.headings = kind, headings
        self.columns: list[str] = []
        offered = [("", _("Finns inte i filen")), *((heading, heading) for heading in headings)]
        for name, title, required in told["columns"]:
            self.columns.append(name)
            guessed = told["guessed"].get(name, [])
            self.fields[name] = forms.ChoiceField(
                label=title, choices=offered, initial=guessed[0] if guessed else "",
                # The last day of a period may follow from its name: 2026, januari 2026, T1 2026.
                required=required and name != "period_end",
            )  # fmt: skip
            if name == "occurred_at":
                self.fields["clock"] = forms.ChoiceField(
                    label=_("Klockslag, om det står i en egen kolumn"), choices=offered, required=False,
                    initial=guessed[1] if len(guessed) > 1 else "",
                )  # fmt: skip
        if kind == "incidents":
            self.fields["time_unit"] = forms.ChoiceField(
                label=_("Så är tidpunkten skriven"), choices=TIMES, required=False
            )
            self.fields["crs"] = forms.ChoiceField(label=_("Så är koordinaterna skrivna"), choices=POINTS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        used = [cleaned[name] for name in (*self.columns, "clock") if cleaned.get(name)]
        twice = next((heading for heading in used if used.count(heading) > 1), None)
        if twice:
            raise forms.ValidationError(_("Kolumnen ”{name}” är vald två gånger.").format(name=twice))
        return cleaned

    def mapping(self, name: str) -> str:
        """The answer in the engine's own format, so that it can be saved and used on the command line."""
        given = self.cleaned_data
        columns: dict[str, Any] = {column: given[column] for column in self.columns if given.get(column)}
        if given.get("clock") and columns.get("occurred_at"):
            columns["occurred_at"] = [columns["occurred_at"], given["clock"]]
        told: dict[str, Any] = {"format": "lofte-mapping/1", "name": name, "contract": self.kind, "columns": columns}
        if given.get("time_unit"):
            told["units"] = {"occurred_at": given["time_unit"]}
        if given.get("crs", POINTS[0][0]) != POINTS[0][0]:
            told["crs"] = given["crs"]
        return json.dumps(told, ensure_ascii=False)


class DataSetForm(GroupCheck, forms.Form):
    """What the data set is. A source that is known fills in most of it. Its title stands over tables and maps."""

    screened = ("title", "definition")

    title = forms.CharField(label=gettext_lazy("Vad heter datamängden?"), max_length=200)
    definition = forms.CharField(
        label=gettext_lazy("Så räknas det"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Vad är med och vad är inte med? Vilka rapporterar, och från när?"),
    )  # fmt: skip
    publisher = forms.CharField(label=gettext_lazy("Vems siffror är det?"), max_length=120)
    licence = forms.CharField(
        label=gettext_lazy("Hur får de användas?"), max_length=60, required=False,
        help_text=gettext_lazy("Till exempel CC0, eller ”Kommunens egna uppgifter”."),
    )  # fmt: skip
    known_from = forms.DateField(
        label=gettext_lazy("Vilken dag gavs de ut?"), required=False,
        help_text=gettext_lazy("Dagen som källan publicerade dem, eller som ni hämtade dem ur ert system."),
    )  # fmt: skip
    edition = forms.CharField(
        label=gettext_lazy("Utgåva"), max_length=60, required=False, help_text=gettext_lazy("Till exempel: april 2026.")
    )
    is_preliminary = forms.BooleanField(label=gettext_lazy("Siffrorna är preliminära"), required=False)
    starts = forms.DateField(label=gettext_lazy("Första dagen som filen täcker"), required=False)
    ends = forms.DateField(
        label=gettext_lazy("Sista dagen som filen täcker"), required=False,
        help_text=gettext_lazy("Bara hela tertial och hela år mellan dagarna blir siffror."),
    )  # fmt: skip
    series = forms.ChoiceField(label=gettext_lazy("Är det en ny utgåva av något ni redan har?"), required=False)

    def __init__(self, data: Any = None, *, told: Mapping[str, Any], editions: Sequence[DataSet]) -> None:
        super().__init__(data, initial=dict(told))
        if told["contract"] != "incidents":
            del self.fields["starts"], self.fields["ends"]
        if told["is_own"] and editions:
            field = self.fields["series"]
            assert isinstance(field, forms.ChoiceField)
            known = {each.series: each.title for each in editions}
            field.choices = [("", _("Nej, den är ny")), *known.items()]
        else:
            del self.fields["series"]
        self.look_for_groups()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and starts > ends:
            self.add_error("ends", _("Sista dagen kommer före den första."))
        return cleaned


class MarkForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Vilken dag?"))
    text = forms.CharField(
        label=gettext_lazy("Vad hände?"), max_length=120,
        help_text=gettext_lazy("Till exempel: Nytt system för anmälan. Skriv vad som ändrades, inget mer."),
    )  # fmt: skip


class LikenessForm(forms.Form):
    """Kommuner to be set beside, and why those; none at all takes the comparison away."""

    places = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka kommuner?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Varför just de?"), max_length=200,
        help_text=gettext_lazy(
            "Till exempel: Koladas grupp Liknande kommuner, övergripande, 2025. Texten visas för alla."
        ),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, offered: Sequence[str], like: Likeness | None) -> None:
        super().__init__(data, initial={"places": like.places, "reason": like.reason} if like else {})
        field = self.fields["places"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(name, name) for name in offered]


class SourceDateForm(forms.ModelForm[SourceDate]):
    class Meta:
        model = SourceDate
        fields = ("source", "series", "starts", "ends", "on", "is_exact", "is_preliminary")
        labels = {
            "source": gettext_lazy("Vilken källa och vilka siffror?"),
            "series": gettext_lazy("Är det en ny utgåva av en datamängd?"),
            "starts": gettext_lazy("Siffrorna gäller från"),
            "ends": gettext_lazy("Siffrorna gäller till"),
            "on": gettext_lazy("Vilken dag kommer de?"),
            "is_exact": gettext_lazy("Källan har själv sagt dagen"),
            "is_preliminary": gettext_lazy("Siffrorna är preliminära"),
        }
        help_texts = {
            "source": gettext_lazy("Till exempel: Brå, anmälda brott, slutliga."),
            "is_exact": gettext_lazy("Annars skriver vi ”omkring”."),
        }

    def __init__(self, *args: Any, editions: Sequence[DataSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {each.series: each.title for each in editions if each.series}
        self.fields["series"] = forms.ChoiceField(
            label=self.fields["series"].label, required=False, choices=[("", _("Nej")), *known.items()]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends, on = (cleaned.get(name) for name in ("starts", "ends", "on"))
        if starts and ends and starts > ends:
            self.add_error("ends", _("Sista dagen kommer före den första."))
        elif ends and on and on <= ends:
            self.add_error("on", _("Siffror kan inte komma innan tiden de gäller är slut."))
        return cleaned
