"""The form that corrects a draft read from a document: one part for the whole promise, one for each pledge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy as _

from lofte.design.words import quoted
from lofte.parties.models import Organisation
from lofte.promises.correcting import AmountGiven, PledgeGiven
from lofte.promises.models import SHORT_LINE_LENGTH, CitizenPromise, Pledge, Rhythm, Target

NOTHING, COUNT, YES_NO = Target.Kind.NONE.value, Target.Kind.COUNT.value, Target.Kind.YES_NO.value
COUNTED = (COUNT, Target.Kind.RATE.value)
MOST_PLEDGES = 60
AMOUNT = ("kind", "comparison", "amount", "unit", "per")
OF_PROMISE = ("title", "short_line", "starts", "ends", "overall_pledge", "desired_outcome", "rhythm")


class Parties(forms.TypedMultipleChoiceField):
    """Organisations of the kommun, to tick."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)


class PromiseForm(forms.Form):
    """What belongs to the whole promise."""

    short_line = forms.CharField(
        label=_("Kort version"), max_length=SHORT_LINE_LENGTH,
        help_text=_("En rad som alla förstår, högst 70 tecken. Till exempel: Unga ska inte dras in i kriminalitet"),
    )  # fmt: skip
    title = forms.CharField(label=_("Titel"), max_length=200)
    starts = forms.DateField(label=_("Gäller från och med"))
    ends = forms.DateField(label=_("Gäller till och med"))
    parties = Parties(label=_("Vilka lovar?"))
    overall_pledge = forms.CharField(
        label=_("Övergripande löfte, ordagrant"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    desired_outcome = forms.CharField(
        label=_("Det här ska vi åstadkomma tillsammans"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    rhythm = forms.ChoiceField(label=_("Hur ofta ska det redovisas?"))
    report_days = forms.CharField(
        label=_("Dagar då rapport ska komma"), required=False,
        help_text=_("Bara om ni har valt bestämda datum. Till exempel: 2026-05-01, 2026-09-01"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], notes: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["parties"], organisations)
        rhythm = self.fields["rhythm"]
        assert isinstance(rhythm, forms.ChoiceField)
        rhythm.choices = [(value, label[:1].upper() + label[1:]) for value, label in Rhythm.choices]
        for name, note in notes.items():
            if name in self.fields:
                _note(self.fields[name], note)

    def clean_report_days(self) -> list[str]:
        words = self.cleaned_data["report_days"].replace(",", " ").split()
        try:
            return sorted(dt.date.fromisoformat(word).isoformat() for word in words)
        except ValueError:
            raise forms.ValidationError(_("Skriv datum som 2026-05-01, med mellanrum eller komma mellan.")) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", _("Slutet kommer före början. Byt plats på datumen eller rätta dem."))
        if given.get("rhythm") == Rhythm.CUSTOM and not given.get("report_days") and "report_days" not in self.errors:
            self.add_error("report_days", _("Skriv minst en dag då rapport ska komma."))
        return given

    def values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in OF_PROMISE}
        days = self.cleaned_data["report_days"] if given["rhythm"] == Rhythm.CUSTOM else []
        return given | {"report_days": days, "short_line_is_later": True}


class PledgeForm(forms.Form):
    """One pledge: its words, who answers for it, and how much it promises if it says so."""

    key = forms.SlugField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=_("Löfte"), widget=forms.Textarea(attrs={"rows": 3}))
    parties = Parties(label=_("Ansvariga"), required=False)
    with_others = forms.BooleanField(label=_("Tillsammans med andra aktörer som inte nämns"), required=False)
    kind = forms.ChoiceField(
        label=_("Hur mycket lovar det?"), widget=forms.RadioSelect, required=False,
        choices=[(NOTHING, _("Inget antal")), (COUNT, _("Ett antal")), (YES_NO, _("Att något blir gjort"))],
    )  # fmt: skip
    comparison = forms.ChoiceField(
        label=_("Minst, precis eller högst"), choices=Target.Comparison.choices, required=False
    )
    amount = forms.DecimalField(label=_("Antal"), min_value=0, max_digits=12, decimal_places=2, required=False)
    unit = forms.CharField(
        label=_("Av vad?"), max_length=80, required=False, help_text=_("Till exempel: trygghetsvandringar")
    )
    per = forms.ChoiceField(
        label=_("Hur ofta?"), required=False, choices=[("", _("Under hela löftet")), *Target.Per.choices]
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation], note: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["parties"], organisations)
        if note:
            _note(self.fields["parties"], note)

    @property
    def is_counted(self) -> bool:
        """Whether the folded part holds something to be seen: an amount, or an error."""
        return self["kind"].value() not in (None, "", NOTHING) or any(self[name].errors for name in AMOUNT)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == COUNT and given.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Skriv antalet, eller välj ”Inget antal”."))
        if given.get("kind") == COUNT and not given.get("unit"):
            self.add_error("unit", _("Skriv vad som räknas, till exempel trygghetsvandringar."))
        return given

    def pledge(self) -> PledgeGiven:
        given = self.cleaned_data
        kind = given["kind"] or NOTHING
        if kind == COUNT and given["per"]:
            kind = Target.Kind.RATE
        amount = AmountGiven(kind, given["comparison"] or "at_least", given["amount"], given["unit"], given["per"])
        return PledgeGiven(given["key"], given["text"], list(given["parties"]), given["with_others"], amount)


class Correction:
    """The whole form: the promise's part and one part for each pledge, which may be added and taken away."""

    def __init__(
        self,
        promise: CitizenPromise,
        organisations: Sequence[Organisation],
        *,
        guessed: Mapping[str, str],
        data: QueryDict | None = None,
    ) -> None:
        self.organisations = organisations
        self.guessed = guessed
        initial = None if data is not None else of_promise(promise)
        self.promise = PromiseForm(data, initial=initial, organisations=organisations, notes=guessed)
        rows = [of_pledge(p) for p in _pledges(promise)]
        count = _count(data) if data is not None else len(rows)
        self.pledges = [
            self._pledge(number, data=data, initial=rows[number] if data is None else None) for number in range(count)
        ]

    def _pledge(
        self, number: int, *, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None
    ) -> PledgeForm:
        note = self.guessed.get(f"pledges[{number}].parties", "")
        return PledgeForm(
            data, initial=initial, prefix=f"lofte{number}", organisations=self.organisations, note=note
        )  # fmt: skip

    def is_valid(self) -> bool:
        judged = [form.is_valid() for form in self.forms]  # all of them, so that every error is shown at once
        return all(judged) and bool(self.pledges)

    @property
    def forms(self) -> list[forms.Form]:
        return [self.promise, *self.pledges]

    @property
    def errors(self) -> list[Any]:
        """What the summary above the form tells of, over all its parts."""
        return [form.errors for form in self.forms if form.is_bound and form.errors] + self.non_field_errors

    @property
    def non_field_errors(self) -> list[Any]:
        is_empty = self.promise.is_bound and not self.pledges
        return [_("Lägg till minst ett löfte.")] if is_empty else []

    def visible_fields(self) -> list[BoundField]:
        return [field for form in self.forms for field in form.visible_fields()]

    def with_pledge_added(self) -> None:
        """One more, empty, at the end. What was written stays as it was, and isn't judged yet."""
        self._restart([*self._written(), {"kind": NOTHING}][:MOST_PLEDGES])

    def with_pledge_removed(self, number: int) -> None:
        self._restart([row for place, row in enumerate(self._written()) if place != number])

    def with_party_added(self, organisations: Sequence[Organisation]) -> None:
        self.organisations = organisations
        self._restart(self._written())

    def _written(self) -> list[dict[str, Any]]:
        return [{name: form[name].value() for name in form.fields} for form in self.pledges]

    def _restart(self, rows: list[dict[str, Any]]) -> None:
        written = {name: self.promise[name].value() for name in self.promise.fields}
        self.promise = PromiseForm(initial=written, organisations=self.organisations, notes=self.guessed)
        self.pledges = [self._pledge(number, initial=row) for number, row in enumerate(rows)]


def _count(data: QueryDict) -> int:
    given = data.get("antal", "0")
    return min(int(given), MOST_PLEDGES) if given.isdecimal() else 0


def _pledges(promise: CitizenPromise) -> Sequence[Pledge]:
    return list(promise.pledges.prefetch_related("party_links", "activities__targets"))


def of_promise(promise: CitizenPromise) -> dict[str, Any]:
    written: dict[str, Any] = {name: getattr(promise, name) for name in OF_PROMISE}
    written["parties"] = [link.organisation_id for link in promise.party_links.all()]
    written["report_days"] = ", ".join(promise.report_days)
    return written


def of_pledge(pledge: Pledge) -> dict[str, Any]:
    target = next((t for activity in pledge.activities.all() for t in activity.targets.all()), None)
    written: dict[str, Any] = {
        "key": pledge.key,
        "text": pledge.text,
        "parties": [link.organisation_id for link in pledge.party_links.all()],
        "with_others": pledge.with_others,
        "kind": NOTHING,
    }
    if target is not None:
        kind = COUNT if target.kind in COUNTED else target.kind
        amount: Decimal | None = target.amount.normalize() if target.amount is not None else None
        written |= {"kind": kind, "comparison": target.comparison, "unit": target.unit, "per": target.per}
        written["amount"] = f"{amount:f}" if amount is not None else None
    return written


def _offer(field: forms.Field, organisations: Iterable[Organisation]) -> None:
    assert isinstance(field, Parties)
    by_key = {str(each.pk): each for each in organisations}
    field.choices = [(key, each.name) for key, each in by_key.items()]
    field.coerce = by_key.__getitem__


def _note(field: forms.Field, note: str) -> None:
    """Say beside the control that its value was guessed, and why."""
    hint = _("Gissat: %(why)s") % {"why": conditional_escape(quoted(note))}
    field.help_text = f"{field.help_text} {hint}".strip()
