"""Forms around a report: who gets a personal link, what is late, what is put right, where it was put out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lofte.followup.forms import LONGEST, NO_PERSONS, names_of_places
from lofte.promises.models import CitizenPromise
from lofte.voices.person_check import PersonCheck

FARTHEST = dt.timedelta(days=3 * 366)


class LinkForm(forms.Form):
    """A personal link: for whom, for what, until when."""

    scope = forms.ChoiceField(label=_("Vad ska länken gälla?"))
    holder = forms.CharField(
        label=_("Vem är den till?"), max_length=120,
        help_text=_("En funktion, till exempel ”områdespolisen i centrum”. Bara ni ser det."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-post"), required=False,
        help_text=_("Då skickas länken dit nu, och en påminnelse när det är dags att rapportera."),
    )  # fmt: skip
    expires_on = forms.DateField(label=_("Gäller till och med"))

    def __init__(
        self, *args: Any, scopes: Sequence[tuple[str, str]], today: dt.date, until: dt.date, **kwargs: Any
    ) -> None:
        self.today = today
        kwargs["initial"] = {"expires_on": until} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        scope = self.fields["scope"]
        assert isinstance(scope, forms.ChoiceField)
        scope.choices = scopes

    def clean_expires_on(self) -> dt.date:
        until: dt.date = self.cleaned_data["expires_on"]
        if until < self.today:
            raise forms.ValidationError(_("Det datumet har redan varit. Välj en dag framåt."))
        if until > self.today + FARTHEST:
            raise forms.ValidationError(_("En länk får gälla i högst tre år. Välj en tidigare dag."))
        return until


class LateForm(PersonCheck, forms.Form):
    """What is said of a part that has not come when the rest is published. From then on its words stand for ever."""

    screened = ("reason",)

    reason = forms.CharField(
        label=_("Varför dröjer den?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST, required=False,
        help_text=NO_PERSONS,
    )  # fmt: skip
    until = forms.DateField(label=_("När kommer den?"), required=False)

    def __init__(self, *args: Any, promise: CitizenPromise, today: dt.date, **kwargs: Any) -> None:
        self.promise, self.today = promise, today
        super().__init__(*args, **kwargs)
        self.look_for_persons()

    def known_places(self) -> Collection[str]:
        return names_of_places(self.promise)

    def clean_until(self) -> dt.date | None:
        until: dt.date | None = self.cleaned_data["until"]
        if until and until < self.today:
            raise forms.ValidationError(_("Det datumet har redan varit. Välj en dag framåt."))
        return until


class ErratumForm(PersonCheck, forms.Form):
    """A correction beside a published report."""

    screened = ("text",)

    text = forms.CharField(
        label=_("Vad var fel, och vad är rätt?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST,
        help_text=_(
            "Till exempel: ”Det står 12 kontroller. Det rätta är 21.” Rapporten ändras inte; rättelsen står efter den."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look_for_persons()


class PublicationForm(forms.Form):
    """Where a piece of news was put out."""

    channel = forms.CharField(
        label=_("Var?"), max_length=60, help_text=_("Till exempel polisen.se, kommunens webbplats eller Facebook.")
    )
    on = forms.DateField(label=_("När?"))
    url = forms.URLField(label=_("Adress"), required=False, assume_scheme="https", max_length=500)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        self.today = today
        kwargs["initial"] = {"on": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Det datumet har inte varit än. Skriv när det hände."))
        return on
