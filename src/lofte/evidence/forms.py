"""Forms of the register, and what all forms of a shared text have: a stamp, and a look for persons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.core.states import Visibility
from lofte.evidence.models import EvidenceItem
from lofte.parties.models import Organisation, User
from lofte.places.models import Area, Municipality
from lofte.voices.group_check import NO_GROUP, GroupCheck
from lofte.voices.person_check import NO_PERSON, PersonCheck

STAMP = "stamp"
# What a form has beside the part itself.
NOT_TEXT = (STAMP, NO_PERSON, NO_GROUP)
NOBODY = gettext_lazy("Skriv om platser och händelser, aldrig om en person.")


@dataclass(frozen=True)
class Difference:
    """A field that says one thing in the form and another in the database, because somebody else saved meanwhile."""

    label: str
    mine: str
    theirs: str


class Refused(ValueError):
    """The part cannot be saved: what it belongs to is adopted or decided, or is not there any more."""


class Outdated(Exception):
    """Somebody else has saved the same part since the form was opened."""

    def __init__(self, theirs: PartForm) -> None:
        super().__init__("saved by somebody else meanwhile")
        self.theirs = theirs


class PartForm(GroupCheck, PersonCheck, forms.ModelForm):  # type: ignore[type-arg]
    """One part of a shared text. Its stamp is a hash of what the part said when the form was made."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, municipality: Municipality, instance: Any = None, **initial: Any) -> None:
        self.municipality = municipality
        self.is_new = instance is None
        self.differences: Sequence[Difference] = ()
        super().__init__(data, instance=instance, initial={**(self.linked(instance) if instance else {}), **initial})
        self._say_choose()
        self.offer()
        self.look_for_persons()
        self.look_for_groups(asked=self.found)
        self.initial[STAMP] = self._stamp()

    def _say_choose(self) -> None:
        """A list that begins with nothing chosen says so in our words; Django's own stand in English."""
        for field in self.fields.values():
            choices: Any = getattr(field, "choices", None)
            if isinstance(field, forms.ModelChoiceField):
                if field.empty_label is not None:
                    field.empty_label = _("Välj")
            elif isinstance(field, forms.ChoiceField):
                field.choices = [(key, label if key else _("Välj")) for key, label in choices]

    def linked(self, row: Any) -> dict[str, Any]:
        """What the row says in other tables."""
        return {}

    def offer(self) -> None:
        """Fill the lists to choose from."""

    def link(self, row: Any, by: User) -> None:
        """Write what the row says in other tables."""

    def save(self, commit: bool = True) -> Any:
        """Of a row that is there only the form's own columns: the rest may have changed since it was read."""
        if self.is_new or not commit:
            return super().save(commit)
        row: Any = super().save(commit=False)
        columns = {column.name for column in row._meta.concrete_fields}
        row.save(update_fields=[name for name in self._meta.fields or () if name in columns])
        self.save_m2m()
        return row

    # --- somebody else saved meanwhile

    def _stamp(self) -> str:
        told = {name: _plain(self.initial.get(name)) for name in self.fields if name not in NOT_TEXT}
        return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()

    def over(self, row: Any) -> Self:
        """The same form, unwritten, over a row as it is now."""
        return type(self)(municipality=self.municipality, instance=row)

    def check_fresh(self) -> None:
        """Call it with the rows locked, before saving."""
        if self.is_new:
            return
        theirs = self.over(type(self.instance)._default_manager.get(pk=self.instance.pk))
        if theirs.initial[STAMP] != self.cleaned_data.get(STAMP):
            raise Outdated(theirs)

    def show_conflict(self, theirs: PartForm) -> None:
        """Show both texts, stamped anew: saving once more is then a choice, made with both seen."""
        self.differences = [
            Difference(str(self[name].label), mine, other)
            for name in self.fields
            if name in theirs.fields
            and name not in NOT_TEXT
            and (mine := _shown(self[name].field, self[name].value()))
            != (other := _shown(theirs[name].field, theirs[name].value()))
        ]
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict
        data[STAMP] = theirs.initial[STAMP]
        self.data = data
        self.add_error(
            None, _("Någon annan har sparat här medan du skrev. Inget är förlorat. Jämför nedan och spara sedan igen.")
        )

    # --- nobody is pointed out

    def known_places(self) -> Collection[str]:
        areas, organisations = areas_of(self.municipality), self.municipality.organisations.all()
        return [*areas.values_list("name", flat=True), *organisations.values_list("name", flat=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return sorted(str(getattr(each, "pk", each)) for each in value)
    return "" if value is None else str(getattr(value, "pk", value))


def _shown(field: forms.Field, value: Any) -> str:
    """A value as people read it, whether it comes from the form or from the database."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        chosen = {str(getattr(each, "pk", each)) for each in value or []}
        return ", ".join(str(row) for row in field.queryset or [] if str(row.pk) in chosen)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}  # type: ignore[union-attr,misc]
        return labels.get(str("" if value is None else value), "")
    return "\n".join(str("" if value is None else value).splitlines()).strip()


def areas_of(municipality: Municipality) -> models.QuerySet[Area]:
    return Area.objects.filter(municipality=municipality).order_by("kind", "name")


def ticks(label: Any, **kwargs: Any) -> Any:
    return forms.ModelMultipleChoiceField(
        queryset=None, label=label, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


# What its owner keeps has no content here, and of intelligence there is only what was released.
OF_POINTER_EMPTY = ("sentence", "internal_sentence", "limits", "n", "grade")
OF_INTELLIGENCE_EMPTY = ("internal_sentence",)


def never_kept(written: Mapping[str, Any]) -> tuple[str, ...]:
    """Fields of an item whose text is not kept, not even while one writes."""
    if written.get("visibility") == Visibility.HELD_BY_OWNER:
        return OF_POINTER_EMPTY
    return OF_INTELLIGENCE_EMPTY if written.get("kind") == EvidenceItem.Kind.CRIMINAL_INTELLIGENCE else ()


class ItemForm(PartForm):
    """An item of any kind. What its owner keeps has no content here, and intelligence is a released summary."""

    screened = ("title", "sentence", "internal_sentence", "limits")

    class Meta:
        model = EvidenceItem
        fields = (
            "kind", "title", "visibility", "owner", "on", "period", "n", "sentence", "internal_sentence", "limits",
            "grade", "areas",
        )  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "visibility": forms.RadioSelect,
            "on": forms.DateInput,
            "sentence": forms.Textarea(attrs={"rows": 3}),
            "internal_sentence": forms.Textarea(attrs={"rows": 3}),
            "limits": forms.Textarea(attrs={"rows": 2}),
            "areas": forms.CheckboxSelectMultiple,
        }
        labels: ClassVar[dict[str, Any]] = {
            "kind": gettext_lazy("Slag av underlag"),
            "title": gettext_lazy("Titel"),
            "visibility": gettext_lazy("Vem får se?"),
            "owner": gettext_lazy("Vem har underlaget?"),
            "on": gettext_lazy("Vilken dag blev det klart?"),
            "period": gettext_lazy("Vilken tid handlar det om?"),
            "n": gettext_lazy("Hur många svar eller händelser?"),
            "sentence": gettext_lazy("Det säger underlaget"),
            "internal_sentence": gettext_lazy("Mening bara för oss"),
            "limits": gettext_lazy("Det här säger underlaget inte"),
            "grade": gettext_lazy("Hur säkert är det? (bara kriminalunderrättelse)"),
            "areas": gettext_lazy("Vilka platser handlar det om?"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": gettext_lazy("Titeln syns för alla när underlaget är öppet eller finns hos ägaren."),
            "visibility": gettext_lazy(
                "Hemliga uppgifter läggs aldrig in. Välj ”finns hos ägaren”: då står bara titel, ägare och dag här."
            ),
            "sentence": gettext_lazy(
                "En mening som kan visas för alla. För kriminalunderrättelse: bara det som ägaren har lämnat ut."
            ),
            "internal_sentence": gettext_lazy("Visas aldrig öppet, men kan begäras ut som allmän handling."),
            "areas": gettext_lazy("Lämna tomt om det gäller hela kommunen."),
        }

    def offer(self) -> None:
        owners: Any = self.fields["owner"]
        owners.queryset = Organisation.objects.filter(municipality=self.municipality).order_by("name")
        areas: Any = self.fields["areas"]
        areas.queryset = areas_of(self.municipality)
        self.fields["title"].help_text = f"{self.fields['title'].help_text} {NOBODY}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_pointer = cleaned.get("visibility") == Visibility.HELD_BY_OWNER
        is_intelligence = cleaned.get("kind") == EvidenceItem.Kind.CRIMINAL_INTELLIGENCE
        if is_pointer:
            self._must_be_empty(OF_POINTER_EMPTY, _("Det som finns hos ägaren har inget innehåll här. Töm fältet."))
        elif not cleaned.get("sentence") and (is_intelligence or cleaned.get("visibility") == Visibility.OPEN):
            self.add_error("sentence", _("Skriv den mening som får visas."))
        if is_intelligence:
            self._must_be_empty(
                OF_INTELLIGENCE_EMPTY,
                _("Kriminalunderrättelse har bara en mening som ägaren har lämnat ut. Töm fältet."),
            )
        elif cleaned.get("grade"):
            self.add_error("grade", _("Det här hör bara till kriminalunderrättelse. Ta bort valet."))
        if (is_pointer or is_intelligence) and "owner" in cleaned and cleaned["owner"] is None:
            self.add_error("owner", _("Välj vem som har underlaget."))
        return cleaned

    def _must_be_empty(self, names: tuple[str, ...], text: str) -> None:
        for name in names:
            if self.cleaned_data.get(name) not in (None, ""):
                self.add_error(name, text)
