"""Forms of occasions that are open to everyone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import VISITOR
from lofte.design.words import date_words
from lofte.followup.forms import NO_PERSONS, names_of_places
from lofte.followup.models import Occasion
from lofte.followup.occasion_models import zone
from lofte.followup.occasions import area_choices
from lofte.places.models import Area
from lofte.promises.models import Activity, CitizenPromise
from lofte.voices.person_check import PersonCheck

CLOCKS = ("%H:%M", "%H.%M", "%H:%M:%S")
HOW_LONG = 500


class OccasionForm(PersonCheck, forms.Form):
    """What, when, where, and how one comes along."""

    screened = ("title", "place", "how")

    activity = forms.ChoiceField(label=_("Vilken aktivitet hör det till?"))
    title = forms.CharField(
        label=_("Vad är det?"), max_length=80, help_text=_("Till exempel: Trygghetsvandring runt stationen.")
    )
    on = forms.DateField(label=_("Vilken dag?"))
    starts = forms.TimeField(label=_("Börjar"), input_formats=CLOCKS)
    ends = forms.TimeField(label=_("Slutar"), required=False, input_formats=CLOCKS)
    place = forms.CharField(
        label=_("Var?"), max_length=160,
        help_text=_("Så att den som inte har varit där hittar. Till exempel: vid lekplatsen i Stadsparken."),
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Vilken del av kommunen?"), required=False)
    how = forms.CharField(
        label=_("Hur kommer man med?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=HOW_LONG,
        help_text=_("Till exempel: Kom som du är. Du behöver inte anmäla dig. Det finns plats för rullstol."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        promise: CitizenPromise,
        activities: Sequence[Activity],
        today: dt.date,
        occasion: Occasion | None = None,
        **kwargs: Any,
    ) -> None:
        self.promise, self.today, self.occasion = promise, today, occasion
        self.activities = {str(each.pk): each for each in activities}
        kwargs["initial"] = _initial(occasion) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        offered = area_choices(promise.municipality)
        self._offer("activity", [(pk, each.text) for pk, each in self.activities.items()])
        self._offer("area", offered)
        # What an occasion belongs to never changes, and one choice is none.
        if occasion is not None or len(self.activities) == 1:
            del self.fields["activity"]
        if len(offered) == 1:
            del self.fields["area"]
        self.look_for_persons()

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def known_places(self) -> Collection[str]:
        return names_of_places(self.promise)

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        is_moved = self.occasion is None or on != self.occasion.on
        if is_moved and on < self.today:
            raise forms.ValidationError(_("Den dagen har redan varit. Välj en dag framåt."))
        if not self.promise.starts <= on <= self.promise.ends:
            text = _("Löftet gäller från %(first)s till %(last)s. Välj en dag däremellan.")
            days = {"first": date_words(self.promise.starts), "last": date_words(self.promise.ends)}
            raise forms.ValidationError(text % days)
        return on

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        on, starts, ends = given.get("on"), given.get("starts"), given.get("ends")
        if starts and starts == ends:
            self.add_error("ends", _("Det slutar när det börjar. Ändra tiden, eller lämna sluttiden tom."))
        for name, clock in (("starts", starts), ("ends", ends)):
            if on and clock and _is_skipped(on, clock):
                self.add_error(name, _("Den tiden finns inte: klockan ställs fram den natten."))
        return given

    def values(self) -> dict[str, Any]:
        """The words as they are written, and the area as a row."""
        given = {name: self.cleaned_data[name] for name in ("title", "on", "starts", "ends", "place", "how")}
        key = self.cleaned_data.get("area")
        rows = Area.objects.visible_to(VISITOR).filter(municipality=self.promise.municipality_id)
        return given | {"area": rows.filter(key=key).first() if key else None}

    def chosen(self) -> Activity:
        if "activity" in self.fields:
            return self.activities[self.cleaned_data["activity"]]
        return next(iter(self.activities.values()))


def _initial(occasion: Occasion | None) -> dict[str, Any]:
    if occasion is None:
        return {}
    kept = {name: getattr(occasion, name) for name in ("title", "on", "starts", "ends", "place", "how")}
    return kept | {"area": occasion.area.key if occasion.area else ""}


def _is_skipped(on: dt.date, clock: dt.time) -> bool:
    """Whether the clock jumps over this time: there and back again by UTC it is another one."""
    local = dt.datetime.combine(on, clock, zone())
    return local.astimezone(dt.UTC).astimezone(zone()).time() != clock


class CancelForm(PersonCheck, forms.Form):
    """Why an occasion is cancelled."""

    screened = ("because",)

    because = forms.CharField(
        label=_("Varför är det inställt?"), max_length=200, required=False, help_text=NO_PERSONS
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look_for_persons()
