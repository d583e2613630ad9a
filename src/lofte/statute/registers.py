"""The act's small registers as one table: what each is called, its form, its rows and what they say in a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lofte.core.visibility import Viewer
from lofte.design.words import date_words
from lofte.parties.models import CooperationAgreement, Cycle, Organisation
from lofte.places.models import Municipality
from lofte.promises.models import ActionPlan
from lofte.statute.models import (
    AssemblyReport,
    CoordinationFunction,
    CouncilMeeting,
    CouncilMember,
    PlanFollowUp,
    StrategicCouncil,
)

NO_NAMES = _("Skriv funktion, inte namn.")


class RegisterForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of a register of one kommun."""

    def __init__(self, data: Any = None, *, municipality: Municipality, instance: Any = None) -> None:
        self.municipality = municipality
        super().__init__(data, instance=instance)
        offered: dict[type[models.Model], models.QuerySet[Any]] = {
            Organisation: Organisation.objects.filter(municipality=municipality),
            StrategicCouncil: StrategicCouncil.objects.filter(municipality=municipality),
            ActionPlan: ActionPlan.objects.filter(cycle__municipality=municipality, decided_on__isnull=False),
            Cycle: Cycle.objects.filter(municipality=municipality),
        }
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                field.queryset = offered[field.queryset.model]
                if not isinstance(field, forms.ModelMultipleChoiceField):
                    field.empty_label = str(_("Välj"))

    def keep(self) -> models.Model:
        self.instance.municipality = self.municipality
        row: models.Model = self.save()
        return row


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CouncilForm(RegisterForm):
    class Meta:
        model = StrategicCouncil
        fields = ("name", "led_by", "chair", "starts", "ends")
        labels: ClassVar[dict[str, Any]] = {"led_by": _("Vem leder rådet?")}
        help_texts: ClassVar[dict[str, Any]] = {"chair": NO_NAMES}
        widgets: ClassVar[dict[str, Any]] = {"starts": forms.DateInput, "ends": forms.DateInput}


class MemberForm(RegisterForm):
    class Meta:
        model = CouncilMember
        fields = ("council", "organisation", "position", "is_leading")
        labels: ClassVar[dict[str, Any]] = {
            "council": _("Vilket råd?"), "organisation": _("Vilken organisation?"),
            "is_leading": _("Personen har en ledande ställning"),
        }  # fmt: skip
        help_texts: ClassVar[dict[str, Any]] = {"position": NO_NAMES}


class MeetingForm(RegisterForm):
    class Meta:
        model = CouncilMeeting
        fields = ("council", "on", "subjects", "minutes_reference")
        labels: ClassVar[dict[str, Any]] = {"council": _("Vilket råd?")}
        widgets: ClassVar[dict[str, Any]] = {"on": forms.DateInput, "subjects": _area()}


class FunctionForm(RegisterForm):
    class Meta:
        model = CoordinationFunction
        fields = ("holder", "starts", "ends", "task", "contact")
        help_texts: ClassVar[dict[str, Any]] = {
            "holder": NO_NAMES, "contact": _("En brevlåda eller ett nummer för funktionen, som får visas för alla."),
        }  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {"starts": forms.DateInput, "ends": forms.DateInput, "task": _area()}


class ReportForm(RegisterForm):
    class Meta:
        model = AssemblyReport
        fields = ("body", "on", "about", "minutes_reference", "registry_number")
        widgets: ClassVar[dict[str, Any]] = {"on": forms.DateInput, "about": _area()}


class FollowUpForm(RegisterForm):
    class Meta:
        model = PlanFollowUp
        fields = ("plan", "on", "found", "next_step", "minutes_reference", "registry_number")
        labels: ClassVar[dict[str, Any]] = {"plan": _("Vilken åtgärdsplan?")}
        widgets: ClassVar[dict[str, Any]] = {"on": forms.DateInput, "found": _area(5), "next_step": _area()}


class AgreementForm(RegisterForm):
    """A row of the cycle's file; its subjects are one a line."""

    subjects = forms.CharField(
        label=_("Områden för samverkan"), widget=_area(), required=False, help_text=_("Ett område på varje rad.")
    )

    class Meta:
        model = CooperationAgreement
        fields = ("cycle", "title", "starts", "ends", "purposes", "organisations", "registry_number")
        labels: ClassVar[dict[str, Any]] = {"cycle": _("Vilket år hör den till?"), "organisations": _("Vilka är med?")}
        widgets: ClassVar[dict[str, Any]] = {
            "starts": forms.DateInput, "ends": forms.DateInput, "purposes": _area(),
            "organisations": forms.CheckboxSelectMultiple,
        }  # fmt: skip

    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        self.initial["subjects"] = "\n".join(self.instance.subjects or [])

    def keep(self) -> models.Model:
        row: CooperationAgreement = self.instance
        row.subjects = [line.strip() for line in self.cleaned_data["subjects"].splitlines() if line.strip()]
        if not row.key:
            taken = set(row.cycle.agreements.values_list("key", flat=True))
            stem = slugify(row.title)[:70] or "avtal"
            names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
            row.key = next(name for name in names if name not in taken)
        kept: models.Model = self.save()
        return kept


@dataclass(frozen=True)
class Register:
    """`path` leads from a row to its kommun; `line` is what a row says beside its name."""

    slug: str
    title: str | Promise
    why: str | Promise
    model: type[models.Model]
    form: type[RegisterForm]
    line: Callable[[Any], str]
    path: str = "municipality"

    def rows(self, municipality: Municipality, viewer: Viewer) -> list[Any]:
        """Only a member's kommun: some of these rows stand in files that everyone reads, others nowhere else."""
        if municipality.pk not in viewer.municipalities:
            return []
        return list(self.model._default_manager.filter(**{self.path: municipality}))

    def row(self, municipality: Municipality, viewer: Viewer, pk: int) -> Any | None:
        return next((each for each in self.rows(municipality, viewer) if each.pk == pk), None)


def _span(row: Any) -> str:
    first = date_words(row.starts) if row.starts else ""
    last = date_words(row.ends) if row.ends else ""
    return f"{first}–{last}" if first or last else ""


def _joined(*parts: Any) -> str:
    return " · ".join(str(each) for each in parts if each)


REGISTERS = (
    Register("overenskommelser", _("Överenskommelser"), _("9 §: syften och områden för samverkan."),
             CooperationAgreement, AgreementForm, lambda row: _joined(_span(row), ", ".join(row.subjects)),
             "cycle__municipality"),
    Register("rad", _("Strategiskt råd"), _("10 §: kommunen leder rådet."), StrategicCouncil, CouncilForm,
             lambda row: _joined(row.led_by, row.chair, _span(row))),
    Register("ledamoter", _("Platser i rådet"), _("10 §: kommunen och andra aktörer, i ledande ställning."),
             CouncilMember, MemberForm, lambda row: _joined(row.council, _("ledande") if row.is_leading else "")),
    Register("moten", _("Rådets möten"), _("10 §: minst ett det senaste året."), CouncilMeeting, MeetingForm,
             lambda row: _joined(row.subjects, row.minutes_reference)),
    Register("samordning", _("Samordningsfunktion"), _("11 och 12 §§: vem, med vilket uppdrag, och hur man når den."),
             CoordinationFunction, FunctionForm, lambda row: _joined(_span(row), row.contact)),
    Register("rapporter", _("Rapporter till fullmäktige"), _("13 §: fortlöpande, här minst en om året."),
             AssemblyReport, ReportForm, lambda row: _joined(row.minutes_reference, row.about)),
    Register("uppfoljningar", _("Uppföljningar av åtgärdsplanen"), _("6 §: av själva planen, minst vartannat år."),
             PlanFollowUp, FollowUpForm, lambda row: _joined(row.found, row.minutes_reference)),
)  # fmt: skip
BY_SLUG = {each.slug: each for each in REGISTERS}
