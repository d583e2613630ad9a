"""What the forms of the editor share: a stamp that tells if somebody else saved meanwhile, and lists as lines."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from django import forms
from django.db import models
from django.db.models.fields import BLANK_CHOICE_LABEL
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.core.pointing import pointed_out, told_of
from lofte.design.words import number_words
from lofte.parties.models import Organisation, User
from lofte.promises.editing import Difference, NotWritable, place_named
from lofte.promises.models import CitizenPromise

STAMP = "stampel"
MOST_LINES = 200


class Ticks(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows to tick. What was ticked before keeps its place; what is new comes after."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, required=False, **kwargs)


class Lines(forms.CharField):
    """A list, one on each line."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in (super().clean(value) or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))[:MOST_LINES]


class Number(forms.DecimalField):
    """A number as people write it, 1 234 or 1,5: plain text with a number keyboard, so that no wheel changes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"widget": forms.TextInput(attrs={"inputmode": "decimal", "class": "amount"})})
        self.error_messages |= {
            "invalid": _("Skriv ett tal med siffror, till exempel 12."),
            "max_digits": _("Talet är för stort."),
            "max_whole_digits": _("Talet är för stort."),
            "max_decimal_places": _("Talet har för många decimaler."),
        }

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return _plain(value) if isinstance(value, Decimal) else value


class Days(Lines):
    def clean(self, value: Any) -> list[str]:
        words = [word for line in super().clean(value) for word in line.replace(",", " ").split()]
        try:
            return sorted({dt.date.fromisoformat(word).isoformat() for word in words})
        except ValueError:
            raise forms.ValidationError(_("Skriv datum som 2026-05-01, ett på varje rad.")) from None


@dataclass(frozen=True)
class Named:
    """A place as it is written in a form, with its own number when it has one."""

    name: str
    amount: Decimal | None = None


class Places(Lines):
    """Places by name, one on each line; with `has_amounts` a number after a colon: "Norr: 400"."""

    def __init__(self, *, has_amounts: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.has_amounts = has_amounts

    def clean(self, value: Any) -> list[Named]:  # type: ignore[override]
        return [self._named(line) for line in super().clean(value)]

    def _named(self, line: str) -> Named:
        name, colon, amount = line.partition(":") if self.has_amounts else (line, "", "")
        if len(name.strip()) > 120:
            raise forms.ValidationError(_("Platsens namn är för långt: ”%(name)s”.") % {"name": name[:40]})
        if pointed := pointed_out(name):
            raise forms.ValidationError(told_of(pointed[0]))
        if not colon:
            return Named(name.strip())
        try:
            number = Decimal("".join(amount.split()).replace(",", "."))
        except ArithmeticError:
            raise forms.ValidationError(_("Skriv ett tal efter kolon: ”%(line)s”.") % {"line": line}) from None
        if not number.is_finite() or not 0 <= number < 10**9:
            raise forms.ValidationError(_("Talet går inte att använda: ”%(line)s”.") % {"line": line})
        return Named(name.strip(), number)


@dataclass(frozen=True)
class Group:
    """Controls that stand together under a heading; a folded group is for what few need."""

    title: str
    controls: Sequence[BoundField]
    is_folded: bool = False

    @property
    def is_open(self) -> bool:
        """A folded group with something in it, or with an error, is unfolded from the start."""
        return any(control.errors or _says_something(control) for control in self.controls)


def _says_something(control: BoundField) -> bool:
    return control.name != "key" and control.value() not in (None, "", [], False)


class PartForm(forms.ModelForm):  # type: ignore[type-arg]
    """One part of a promise's text.

    The stamp is a hash of what the part said when the form was made. When the database says something else as the form
    comes back, somebody saved meanwhile, and both texts are shown.
    """

    part: ClassVar[str] = ""
    title: ClassVar[Any] = ""
    groups_of: ClassVar[tuple[tuple[Any, tuple[str, ...], bool], ...]] = ()

    stampel = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, promise: CitizenPromise, instance: models.Model | None = None, **initial: Any
    ) -> None:
        self.promise = promise
        self.is_new = instance is None
        self.begins_with = initial
        row = instance if instance is not None else self.new_row(promise)
        super().__init__(data, instance=row, initial={**self.linked(row), **initial})
        self.offer()
        self._name_the_empty_choice()
        self.initial[STAMP] = self.stamp()

    # --- what a part tells of itself

    def new_row(self, promise: CitizenPromise) -> Any:
        return self._meta.model()

    def linked(self, row: Any) -> dict[str, Any]:
        """What the row says in other tables: who, where, of what."""
        return {}

    def offer(self) -> None:
        """Fill the lists to choose from."""

    def write(self, promise: CitizenPromise, by: User) -> models.Model:
        raise NotImplementedError

    # --- the same for all parts

    def _name_the_empty_choice(self) -> None:
        """Django's own words for a choice that is left open; a choice of ours may have a word of its own."""
        left_open = str(BLANK_CHOICE_LABEL)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
                field.empty_label = _("Inget valt")
            elif isinstance(field, forms.TypedChoiceField):
                choices: Any = field.choices
                field.choices = [
                    (value, _("Inget valt") if value == "" and str(label) == left_open else label)
                    for value, label in choices
                ]

    @property
    def groups(self) -> list[Group]:
        return [
            Group(str(title), [self[name] for name in names if name in self.fields], folded)
            for title, names, folded in self.groups_of
        ]

    def stamp(self) -> str:
        told = {name: value for name, value in self.initial.items() if name != STAMP and name not in self.begins_with}
        return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()

    @property
    def is_outdated(self) -> bool:
        return not self.is_new and self.cleaned_data.get(STAMP) != self.initial[STAMP]

    def again(self, promise: CitizenPromise) -> Self:
        """The same form over the row as it is now."""
        if self.is_new:
            return self.over(promise, None)
        row = type(self.instance)._default_manager.filter(pk=self.instance.pk).first()
        if row is None:
            raise NotWritable(_("Någon har tagit bort den här delen medan du skrev."))
        return self.over(promise, row)

    def over(self, promise: CitizenPromise, row: Any) -> Self:
        return type(self)(self.data, promise=promise, instance=row)

    def with_new_stamp(self) -> Self:
        """What was written, stamped anew: saving once more is then a choice, made with both texts seen."""
        data: Any = self.data.copy()  # type: ignore[attr-defined] # a QueryDict
        data[STAMP] = self.initial[STAMP]
        self.data = data
        return self

    def differences(self) -> list[Difference]:
        found = []
        for name, field in self.fields.items():
            if name == STAMP:
                continue
            theirs = _shown(field, field.prepare_value(self.initial.get(name)))
            mine = _shown(field, self[name].value())
            if mine != theirs:
                found.append(Difference(str(self[name].label), mine, theirs))
        return found

    def ticked(self, name: str, before: Iterable[Any]) -> list[Any]:
        """The rows that were ticked: those that were there before first, in their order, then as they came in."""
        sent = [str(each) for each in self[name].data or []]
        rows = sorted(self.cleaned_data[name], key=lambda row: sent.index(str(row.pk)))
        chosen = {row.pk: row for row in rows}
        kept = [chosen.pop(pk) for pk in before if pk in chosen]
        return [*kept, *chosen.values()]


def _shown(field: forms.Field, value: Any) -> str:
    """A value as people read it, whether it comes from the form or from the database."""
    if isinstance(field, forms.BooleanField):
        return _("ja") if value and value != "False" else _("nej")
    if isinstance(field, forms.ModelMultipleChoiceField):
        chosen = {str(getattr(each, "pk", each)) for each in value or []}
        return ", ".join(str(row) for row in field.queryset or [] if str(row.pk) in chosen)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices}
        return labels.get(str(value if value is not None else ""), "")
    if isinstance(value, Decimal):
        return number_words(value)
    return "\n".join(str("" if value is None else value).split("\r\n")).strip()


def organisations(promise: CitizenPromise) -> models.QuerySet[Organisation]:
    """Who can promise and do things here: the police and the kommun first, as promises name them."""
    rank = models.Case(
        models.When(kind=Organisation.Kind.POLICE, then=0),
        models.When(kind=Organisation.Kind.MUNICIPALITY, then=1),
        default=2,
    )
    return Organisation.objects.filter(municipality=promise.municipality_id).order_by(rank, "name")


def link_rows(row: models.Model, related: str, far: str, ends: Sequence[models.Model]) -> None:
    """Make the ordered links of a row lead to these ends and no others."""
    links: Any = getattr(row, related)
    links.exclude(**{f"{far}__in": ends}).delete()
    for order, end in enumerate(ends):
        links.update_or_create(**{far: end}, defaults={"order": order})


def chain_rows(row: models.Model, related: str, far: str, ends: Sequence[models.Model], by: User) -> None:
    """The same for links of the chain: those that stay keep who made them and when."""
    links: Any = getattr(row, related)
    links.exclude(**{f"{far}__in": ends}).delete()
    for end in ends:
        links.get_or_create(**{far: end}, defaults={"created_by": by.key})


def link_places(row: models.Model, related: str, promise: CitizenPromise, given: Sequence[Named]) -> None:
    """Places by name, in their order, each with its number when the link can hold one."""
    links: Any = getattr(row, related)
    links.all().delete()
    seen: set[int] = set()
    for named in given:
        area = place_named(promise.municipality, named.name)
        if area.pk not in seen:
            values = {"amount": named.amount} if named.amount is not None else {}
            links.create(area=area, order=len(seen), **values)
            seen.add(area.pk)


def places_written(links: Iterable[Any]) -> list[str]:
    """Places as lines of a form, by name and number."""
    found = []
    for link in links:
        amount = getattr(link, "amount", None)
        found.append(link.area.name if amount is None else f"{link.area.name}: {_plain(amount)}")
    return found


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")


MORE = gettext_lazy("För öppna data")
