"""Forms for those who hold dialogues: the dialogue itself, review, themes and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lofte.core.pointing import pointed_out
from lofte.design.words import period_words
from lofte.imports.kinds import ImportKind
from lofte.parties.models import Cycle
from lofte.places.models import Area
from lofte.voices.models import Contribution, Dialogue, ReviewDecision, SuggestedCode, Theme
from lofte.voices.presenters import capital


def capitals(choices: Any) -> list[tuple[str, str]]:
    return [(value, capital(str(label))) for value, label in choices]


class DialogueForm(forms.ModelForm[Dialogue]):
    cycle = forms.ChoiceField(label=_("Vilket år hör den till?"))
    languages = forms.MultipleChoiceField(
        label=_("Språk"), initial=["sv"], widget=forms.CheckboxSelectMultiple, choices=settings.LANGUAGES,
        error_messages={"required": _("Välj minst ett språk.")},
    )  # fmt: skip
    areas = forms.ModelMultipleChoiceField(
        label=_("Vilka områden?"), queryset=Area.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Välj inget om den gäller hela kommunen."),
    )  # fmt: skip

    class Meta:
        model = Dialogue
        fields = (
            "kind", "title", "question", "can_influence", "form", "audience", "level", "areas", "languages", "opens",
            "closes", "feedback_on",
        )  # fmt: skip
        widgets = {"question": forms.Textarea(attrs={"rows": 3}), "can_influence": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "kind": _("Vilka frågar ni?"), "title": _("Rubrik"), "question": _("Det här frågar vi om"),
            "can_influence": _("Det här går att påverka"), "form": _("Hur frågar ni?"),
            "audience": _("Vilka är med?"), "level": _("Hur mycket kan de påverka?"), "opens": _("Öppnar"),
            "closes": _("Stänger"), "feedback_on": _("Senast den här dagen har alla fått svar"),
        }  # fmt: skip
        help_texts = {
            "title": _("Gärna en fråga, till exempel: Vad gör dig trygg i centrum?"),
            "question": _("Ett par korta meningar. De står överst på sidan."),
            "can_influence": _("Säg också vad som inte går att påverka. Går inget att påverka, håll ingen dialog."),
            "feedback_on": _("Då ska det stå på sidan vad svaren ledde till. Efter dagen syns det om svar saknas."),
        }

    def __init__(self, *args: Any, cycles: Sequence[Cycle], offered: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_slug = {cycle.slug: cycle for cycle in cycles}
        cycle = self.fields["cycle"]
        assert isinstance(cycle, forms.ChoiceField)
        cycle.choices = [(each.slug, period_words(each.starts, each.ends)) for each in cycles]
        if self.instance.pk:
            del self.fields["cycle"]
        chosen = self.fields["areas"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)
        chosen.queryset = Area.objects.filter(pk__in=[area.pk for area in offered])
        for name in ("opens", "closes", "feedback_on", "question", "can_influence"):
            self.fields[name].required = True
        for name, choices in (
            ("kind", Dialogue.Kind.choices),
            ("form", Dialogue.Form.choices),
            ("audience", Dialogue.Audience.choices),
            ("level", [("", gettext("Inte bestämt")), *Dialogue.Level.choices]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = capitals(choices)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opens, closes, feedback_on = (given.get(name) for name in ("opens", "closes", "feedback_on"))
        if opens and closes and closes < opens:
            self.add_error("closes", _("Sista dagen är före den första. Byt plats på dem."))
        elif closes and feedback_on and feedback_on < closes:
            self.add_error("feedback_on", _("Svaren kan inte komma innan dialogen har stängt."))
        return given

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ReviewForm(forms.Form):
    """One decision, with what that decision needs."""

    decision = forms.ChoiceField(
        label=_("Vad händer med svaret?"), widget=forms.RadioSelect,
        choices=capitals(Contribution.Decision.choices),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Så visas texten om något döljs"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Förslaget döljer det som liknar personuppgifter. Läs själv: allt hittas inte."),
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("Om det inte visas: varför?"), required=False)
    way = forms.ChoiceField(label=_("Om det lämnas vidare: vad gällde det?"), required=False)

    def __init__(self, *args: Any, came_as: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.came_as = came_as
        for name, offered in (("reason", ReviewDecision.REASONS_TO_KEEP), ("way", ReviewDecision.WAYS_OUT)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext("Välj")), *((each.value, capital(str(each.label))) for each in offered)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        decision = given.get("decision")
        if decision == Contribution.Decision.KEEP and not given.get("reason"):
            self.add_error("reason", _("Välj varför. Den som skrev får veta det."))
        if decision == Contribution.Decision.HAND_OVER and not given.get("way"):
            self.add_error("way", _("Välj vad det gällde. Den som skrev får veta det."))
        if decision == Contribution.Decision.MASK:
            self._clean_mask(given.get("text", ""))
        return given

    def _clean_mask(self, text: str) -> None:
        if not text.strip():
            self.add_error("text", _("Skriv det som ska visas."))
        elif "\n".join(text.split()) == "\n".join(self.came_as.split()):
            self.add_error("text", _("Texten är oförändrad. Dölj något, eller välj att visa den som den är."))


class DeleteForm(forms.Form):
    reference = forms.CharField(
        label=_("Gallringsbeslut"), max_length=120, help_text=_("Till exempel dokumenthanteringsplan 2026, punkt 4.")
    )


class ThemeForm(forms.Form):
    label = forms.CharField(label=_("Tema"), max_length=160, help_text=_("Så kort att det ryms i en rubrik."))
    definition = forms.CharField(
        label=_("När gäller temat?"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Så att två personer sorterar lika. Säg gärna vad som inte hör hit."),
    )  # fmt: skip
    is_open = forms.BooleanField(label=_("Visa temat för alla"), required=False)
    answer = forms.ChoiceField(label=_("Vad blev det av det?"), required=False)
    answer_text = forms.CharField(
        label=_("Berätta"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Säg vem som gör vad, eller varför det inte blir av. Till exempel: Ni sa att … Kommunen lovar …"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer = self.fields["answer"]
        assert isinstance(answer, forms.ChoiceField)
        answer.choices = [("", gettext("Inget svar än")), *capitals(Theme.Answer.choices)]

    def clean_label(self) -> str:
        return not_pointing(self.cleaned_data["label"])

    def clean_definition(self) -> str:
        return not_pointing(self.cleaned_data["definition"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") and not given.get("answer_text"):
            self.add_error("answer_text", _("Skriv svaret med ord. Ett kryss räcker inte för den som har svarat."))
        return given


class NewThemeForm(forms.Form):
    label = forms.CharField(label=_("Nytt tema"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_label(self) -> str:
        return not_pointing(self.cleaned_data["label"])


def not_pointing(text: str) -> str:
    """A theme is a heading that everyone reads: it names what was said, never a group of people."""
    for found in pointed_out(text):
        told = gettext("”{words}”: {message} {suggestion}")
        raise forms.ValidationError(told.format(words=found.words, message=found.message, suggestion=found.suggestion))
    return text


class SortForm(forms.Form):
    """A list for each voice of the page, answered by the first letters of a theme; and a tick that takes a proposal."""

    def __init__(
        self, *args: Any, voices: Sequence[Contribution], themes: Sequence[Theme],
        proposed: Mapping[str, SuggestedCode], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.voices, self.by_key, self.proposed = voices, {theme.key: theme for theme in themes}, proposed
        offered = [("", gettext("Inget tema")), *((theme.key, theme.label) for theme in themes)]
        for voice in voices:
            # Every list has the same label: what it is about is the voice that stands above it.
            described = {"aria-describedby": f"id_{voice.key}_text"}
            if (proposal := proposed.get(voice.key)) is not None:
                self.fields[_taken(voice)] = forms.BooleanField(
                    label=gettext("Ta förslaget: {theme}").format(theme=proposal.theme.label), required=False,
                    widget=forms.CheckboxInput(attrs=described),
                )  # fmt: skip
            self.fields[voice.key] = forms.ChoiceField(
                label=_("Tema"),
                required=False,
                choices=offered,
                initial=voice.theme.key if voice.theme else "",
                widget=forms.Select(attrs=described),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for voice in self.voices:
            chosen, proposal = given.get(voice.key), self.proposed.get(voice.key)
            if proposal and given.get(_taken(voice)) and chosen not in ("", proposal.theme.key):
                self.add_error(voice.key, _("Välj ett tema eller ta förslaget, inte båda."))
        return given

    def rows(self) -> list[dict[str, Any]]:
        """A voice with its list and, where there is one, the proposal with its tick."""
        return [
            {
                "voice": voice,
                "control": self[voice.key],
                "proposal": self.proposed.get(voice.key),
                "tick": self[_taken(voice)] if voice.key in self.proposed else None,
            }
            for voice in self.voices
        ]

    def chosen(self) -> dict[Contribution, Theme | None]:
        return {voice: self._theme(voice) for voice in self.voices}

    def _theme(self, voice: Contribution) -> Theme | None:
        if voice.key in self.proposed and self.cleaned_data[_taken(voice)]:
            return self.proposed[voice.key].theme
        return self.by_key.get(self.cleaned_data[voice.key])


def _taken(voice: Contribution) -> str:
    return f"{voice.key}_forslag"


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Filen med svaren"), allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        help_text=_("Excel eller CSV, högst 20 MB. En rad för varje svar och en rubrik över varje kolumn."),
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("Hur kom svaren?"), choices=capitals(Contribution.Channel.choices), initial="import"
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > ImportKind.most_bytes:
            raise forms.ValidationError(gettext("Filen är större än 20 MB. Dela den i mindre filer."))
        return file


class ColumnsForm(forms.Form):
    """Which column of the file is which. What is left out is not read."""

    def __init__(
        self, *args: Any, headings: Sequence[str], columns: Sequence[Any], suggested: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", gettext("Finns inte i filen")), *((heading, heading) for heading in headings)]
        for column in columns:
            self.fields[column.key] = forms.ChoiceField(
                label=capital(str(column.label)), required=column.is_required, choices=offered,
                initial=suggested.get(column.key, ""),
            )  # fmt: skip
