"""The forms that take a voice: from a phone, and typed in from paper. The same questions in the same order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lofte.parties.models import User
from lofte.places.models import Area
from lofte.voices import areas, codes
from lofte.voices.models import Contribution, Dialogue, ParticipantCount
from lofte.voices.receiving import Voice, enter

LONGEST = 2000
SAYS_SOMETHING = ("text", "category", "feeling")


def with_capitals(choices: Iterable[tuple[str, Any]], first: str) -> list[tuple[str, str]]:
    """Values for a list, those of "no answer" said in their own words first."""
    words = [(value, str(label)) for value, label in choices if value]
    return [("", first), *((value, label[:1].upper() + label[1:]) for value, label in words)]


class VoiceForm(forms.Form):
    """Where, when, what, how it feels, in own words. Nothing is required but that something is said."""

    area = forms.ChoiceField(label=_("Var?"), required=False)
    time_band = forms.ChoiceField(label=_("När på dygnet?"), required=False)
    category = forms.ChoiceField(label=_("Vad gäller det?"), required=False)
    feeling = forms.ChoiceField(label=_("Hur känns det där?"), required=False, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Berätta med egna ord"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Skriv om platsen och vad som händer. Skriv inget som pekar ut en person."),
    )  # fmt: skip
    age = forms.ChoiceField(label=_("Hur gammal är du?"), required=False)
    sex = forms.ChoiceField(label=_("Är du kvinna eller man?"), required=False)

    def __init__(self, *args: Any, offered: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {area.key: area for area in offered}
        nowhere = gettext("Hela kommunen, eller ingen särskild plats")
        self._offer("area", [("", nowhere), *areas.choices(offered)[1:]])
        self._offer("time_band", with_capitals(Contribution.TimeBand.choices, gettext("Spelar ingen roll")))
        self._offer("category", with_capitals(Contribution.Category.choices, gettext("Välj det som passar bäst")))
        self._offer("feeling", with_capitals(Contribution.Feeling.choices, "")[1:])
        self._offer("age", with_capitals(ParticipantCount.Age.choices, gettext("Vill inte svara")))
        self._offer("sex", with_capitals(ParticipantCount.Sex.choices, gettext("Vill inte svara")))

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(name) for name in SAYS_SOMETHING) and not self.errors:
            self.add_error("text", _("Skriv något, eller välj vad det gäller eller hur det känns."))
        return given

    def voice(self) -> Voice:
        given = self.cleaned_data
        return Voice(
            text=given["text"].strip(),
            area=self.by_key.get(given["area"]),
            **{name: given[name] for name in ("time_band", "category", "feeling", "age", "sex")},
        )


class EntryForm(VoiceForm):
    """Typed in by somebody else, one after another. What belongs to the pile is kept for the next."""

    KEPT = ("channel", "on", "area", "time_band")

    channel = forms.ChoiceField(label=_("Hur kom svaret?"))
    on = forms.DateField(label=_("Vilken dag?"), help_text=_("Bara månaden sparas."))
    code = forms.CharField(
        label=_("Kvittokod"), required=False, max_length=20, help_text=_("Om det står en på blanketten.")
    )
    nonce = forms.CharField(widget=forms.HiddenInput, max_length=40)

    field_order = ("area", "time_band", "category", "feeling", "text", "age", "sex", "code", "channel", "on")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self._offer("channel", with_capitals(Contribution.Channel.choices, "")[1:])
        # A list answers to the first letter of a word; round buttons do not.
        self.fields["feeling"].widget = forms.Select()
        self._offer("feeling", with_capitals(Contribution.Feeling.choices, gettext("Inget svar")))
        self.fields["text"].widget.attrs["rows"] = 2
        self.fields["text"].help_text = _("Lämna bort namn, telefonnummer och annat som pekar ut någon.")
        self.fields["age"].label, self.fields["sex"].label = _("Ålder"), _("Kön")
        self.fields["area"].widget.attrs["autofocus"] = True
        for name in ("code", "nonce"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code and not codes.is_code(code):
            raise forms.ValidationError(gettext("Koden har tolv tecken, till exempel 4F7K-2M9P-XR3T."))
        return codes.plain(code)

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(gettext("Det datumet har inte varit än."))
        return on

    def enter(self, dialogue: Dialogue, by: User) -> Contribution | None:
        """Save the voice; None when this form was already saved. CodeTaken when its code is another's."""
        given = self.cleaned_data
        return enter(
            dialogue=dialogue, voice=self.voice(), by=by, channel=given["channel"], month=given["on"],
            nonce=given["nonce"], code=given["code"],
        )  # fmt: skip

    def add_code_taken(self) -> None:
        self.add_error("code", gettext("Koden hör redan till ett annat svar. Kontrollera den."))

    def kept(self) -> dict[str, str]:
        """What stays for the next voice of the pile."""
        return {name: str(self.cleaned_data[name]) for name in self.KEPT}


class ClaimForm(forms.Form):
    code = forms.CharField(
        label=_("Kvittokod"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Tolv tecken, till exempel 4F7K-2M9P-XR3T. Stora och små bokstäver går lika bra."),
    )  # fmt: skip
