"""Forms of the åtgärdsplan: the plan, its measures, and the decision."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from lofte.evidence.forms import NOBODY, PartForm, ticks
from lofte.parties.models import Organisation, User
from lofte.picture.models import Cause, Problem, SituationPicture
from lofte.picture.queries import in_use
from lofte.promises.models import ActionPlan, Measure


class PlanPartForm(PartForm):
    """A part of a plan."""

    def __init__(self, data: Any = None, *, plan: ActionPlan, instance: Any = None, **initial: Any) -> None:
        self.plan = plan
        super().__init__(data, municipality=plan.cycle.municipality, instance=instance, **initial)

    def over(self, row: Any) -> Any:
        return type(self)(plan=self.plan, instance=row)

    def place(self, plan: ActionPlan, key: str) -> None:
        self.instance.plan = plan
        self.instance.key = key


class PlanForm(PlanPartForm):
    screened = ("title",)

    class Meta:
        model = ActionPlan
        fields = ("title", "picture")
        labels: ClassVar[dict[str, Any]] = {
            "title": gettext_lazy("Vad heter planen?"),
            "picture": gettext_lazy("Vilken lägesbild bygger den på?"),
        }

    def offer(self) -> None:
        pictures: Any = self.fields["picture"]
        pictures.queryset = SituationPicture.objects.filter(cycle=self.plan.cycle_id)
        pictures.label_from_instance = _named


def _named(picture: SituationPicture) -> str:
    from lofte.picture.presenters import name_of

    return f"{name_of(picture)}, {picture.get_state_display()}"


class MeasureForm(PlanPartForm):
    """One measure. The evidence for it is that of its problems and causes."""

    screened = ("text",)
    problems = ticks(gettext_lazy("Vilka problem svarar den mot?"))
    causes = ticks(gettext_lazy("Vilka orsaker ska den påverka?"))

    class Meta:
        model = Measure
        fields = ("text", "organisation", "cost_sek")
        widgets: ClassVar[dict[str, Any]] = {"text": forms.Textarea(attrs={"rows": 3})}
        labels: ClassVar[dict[str, Any]] = {
            "text": gettext_lazy("Åtgärd"),
            "organisation": gettext_lazy("Vem ansvarar?"),
            "cost_sek": gettext_lazy("Vad kostar den? (kronor)"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "text": gettext_lazy("Vad ska göras, var och när?") + " " + NOBODY,
            "cost_sek": gettext_lazy("En uppskattning räcker. Lämna tomt om ni inte vet."),
        }

    field_order = ("text", "problems", "causes", "organisation", "cost_sek")

    def offer(self) -> None:
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(municipality=self.municipality)
        picture = self.plan.picture or in_use(self.plan.cycle)
        problems: Any = self.fields["problems"]
        problems.queryset = Problem.objects.filter(Q(picture=picture) | Q(pk__in=self.initial.get("problems", [])))
        causes: Any = self.fields["causes"]
        causes.queryset = Cause.objects.filter(
            Q(problem__picture=picture) | Q(pk__in=self.initial.get("causes", []))
        ).select_related("problem")
        causes.label_from_instance = lambda cause: f"{cause.text} ({cause.problem.title})"

    def linked(self, row: Measure) -> dict[str, Any]:
        return {
            "problems": list(row.problem_links.order_by("pk").values_list("problem_id", flat=True)),
            "causes": list(row.cause_links.order_by("pk").values_list("cause_id", flat=True)),
        }

    def link(self, row: Measure, by: User) -> None:
        problems, causes = list(self.cleaned_data["problems"]), list(self.cleaned_data["causes"])
        row.problem_links.exclude(problem__in=problems).delete()
        row.cause_links.exclude(cause__in=causes).delete()
        for problem in problems:
            row.problem_links.get_or_create(problem=problem, defaults={"created_by": by.key})
        for cause in causes:
            row.cause_links.get_or_create(cause=cause, defaults={"created_by": by.key})


class DecideForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("Vilka beslutade planen?"), max_length=120,
        help_text=gettext_lazy("Till exempel kommunfullmäktige eller kommunstyrelsen."),
    )  # fmt: skip
    on = forms.DateField(label=gettext_lazy("Vilken dag?"), widget=forms.DateInput)
    minutes_reference = forms.CharField(label=gettext_lazy("Paragraf i protokollet"), max_length=60)
    registry_number = forms.CharField(label=gettext_lazy("Diarienummer"), max_length=60)
