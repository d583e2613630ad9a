"""Forms of the picture: its text, its statements, problems and causes, what decides the order, and the decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.evidence.forms import NOBODY, PartForm, areas_of, ticks
from lofte.evidence.models import EvidenceItem, Indicator
from lofte.parties.models import User
from lofte.picture.models import Cause, Criterion, Problem, Score, SituationPicture, Statement

EVERYWHERE = gettext_lazy("Lämna tomt om det gäller hela kommunen.")
EVIDENCE = gettext_lazy("Vilket underlag säger det?")


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class PicturePartForm(PartForm):
    """A part of a picture. What it rests on is ticked in the register and stored as links of the chain."""

    stem: ClassVar[str] = ""

    def __init__(self, data: Any = None, *, picture: SituationPicture, instance: Any = None, **initial: Any) -> None:
        self.picture = picture
        super().__init__(data, municipality=picture.cycle.municipality, instance=instance, **initial)

    def over(self, row: Any) -> Any:
        return type(self)(picture=self.picture, instance=row)

    def offer(self) -> None:
        if "areas" in self.fields:
            areas: Any = self.fields["areas"]
            areas.queryset = areas_of(self.municipality)
        if "evidence" in self.fields:
            evidence: Any = self.fields["evidence"]
            evidence.queryset = EvidenceItem.objects.filter(cycle=self.picture.cycle_id)

    def linked(self, row: Any) -> dict[str, Any]:
        if "evidence" not in self.base_fields:
            return {}
        return {"evidence": list(row.evidence_links.order_by("pk").values_list("evidence_id", flat=True))}

    def place(self, picture: SituationPicture, key: str) -> None:
        self.instance.picture = picture
        self.instance.key = key

    def link(self, row: Any, by: User) -> None:
        if "evidence" not in self.fields:
            return
        chosen = list(self.cleaned_data["evidence"])
        row.evidence_links.exclude(evidence__in=chosen).delete()
        for item in chosen:
            row.evidence_links.get_or_create(evidence=item, defaults={"created_by": by.key})


class TextForm(PicturePartForm):
    stem = "text"
    screened = ("summary", "joint_assessment")

    class Meta:
        model = SituationPicture
        fields = ("year", "is_joint", "summary", "joint_assessment")
        widgets: ClassVar[dict[str, Any]] = {"summary": _rows(6), "joint_assessment": _rows(8)}
        labels: ClassVar[dict[str, Any]] = {
            "year": gettext_lazy("Vilket år gäller bilden?"),
            "is_joint": gettext_lazy("Kommunen och polisen gör bilden tillsammans"),
            "summary": gettext_lazy("Situationen idag"),
            "joint_assessment": gettext_lazy("Samlad bedömning"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "summary": NOBODY,
            "joint_assessment": gettext_lazy("Vad är ni överens om, och var ser ni olika på det?"),
        }


class StatementForm(PicturePartForm):
    stem = "utsaga"
    screened = ("sentence", "internal_sentence")
    evidence = ticks(EVIDENCE)
    figures = ticks(
        gettext_lazy("Vilka mått visar det?"),
        help_text=gettext_lazy("Figuren ritas ur måttets egna värden, med definition och osäkerhet."),
    )

    class Meta:
        model = Statement
        fields = ("sentence", "internal_sentence", "areas", "period", "comparison", "trend", "strength")
        widgets: ClassVar[dict[str, Any]] = {
            "sentence": _rows(3), "internal_sentence": _rows(3), "areas": forms.CheckboxSelectMultiple,
            "trend": forms.RadioSelect, "strength": forms.RadioSelect,
        }  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "sentence": gettext_lazy("Mening som får visas"),
            "internal_sentence": gettext_lazy("Mening bara för oss"),
            "areas": gettext_lazy("Var?"),
            "period": gettext_lazy("När?"),
            "comparison": gettext_lazy("Jämfört med vad?"),
            "trend": gettext_lazy("Åt vilket håll går det?"),
            "strength": gettext_lazy("Hur säkra är vi?"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "sentence": NOBODY,
            "internal_sentence": gettext_lazy("Visas aldrig öppet, men kan begäras ut som allmän handling."),
            "areas": EVERYWHERE,
            "comparison": gettext_lazy("Till exempel samma tid året innan, eller liknande kommuner."),
        }

    def offer(self) -> None:
        super().offer()
        figures: Any = self.fields["figures"]
        figures.queryset = Indicator.objects.filter(cycle=self.picture.cycle_id)
        if not figures.queryset.exists():
            del self.fields["figures"]

    def linked(self, row: Statement) -> dict[str, Any]:
        drawn = row.figures.order_by("pk").values_list("indicator_id", flat=True)
        return super().linked(row) | {"figures": list(dict.fromkeys(drawn))}

    def link(self, row: Statement, by: User) -> None:
        """A statement about one place draws the values of that place, where the indicator has any."""
        super().link(row, by)
        if "figures" not in self.fields:
            return
        places = list(row.areas.all())
        area = places[0] if len(places) == 1 else None
        chosen = list(self.cleaned_data["figures"])
        row.figures.exclude(indicator__in=chosen).delete()
        for indicator in chosen:
            if not row.figures.filter(indicator=indicator).exists():
                has_own = area is not None and indicator.values.filter(area=area).exists()
                row.figures.create(indicator=indicator, area=area if has_own else None, created_by=by.key)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("sentence") and not cleaned.get("internal_sentence"):
            self.add_error("sentence", _("Skriv en mening, den som får visas eller den bara för oss."))
        return cleaned


class ProblemForm(PicturePartForm):
    stem = "problem"
    screened = ("title", "description", "who", "when", "how", "how_many", "consequences")
    evidence = ticks(EVIDENCE)

    class Meta:
        model = Problem
        fields = ("title", "who", "description", "areas", "when", "how", "how_many", "consequences", "priority")
        widgets: ClassVar[dict[str, Any]] = {
            "description": _rows(4), "consequences": _rows(3), "areas": forms.CheckboxSelectMultiple,
        }  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "title": gettext_lazy("Problemet med några ord"),
            "who": gettext_lazy("Vilka berörs?"),
            "description": gettext_lazy("Vad händer?"),
            "areas": gettext_lazy("Var?"),
            "when": gettext_lazy("När?"),
            "how": gettext_lazy("Hur går det till?"),
            "how_many": gettext_lazy("Hur många, hur ofta?"),
            "consequences": gettext_lazy("Vad leder det till?"),
            "priority": gettext_lazy("Ordning (1 kommer först)"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": NOBODY,
            "areas": EVERYWHERE,
            "consequences": gettext_lazy("Skador, kostnader, otrygghet, platser som undviks."),
            "priority": gettext_lazy("Lämna tomt tills ni har bestämt ordningen."),
        }


class CauseForm(PicturePartForm):
    stem = "orsak"
    screened = ("text",)
    evidence = ticks(EVIDENCE)

    class Meta:
        model = Cause
        fields = ("text", "parent", "level", "factor")
        widgets: ClassVar[dict[str, Any]] = {"level": forms.RadioSelect, "factor": forms.RadioSelect}
        labels: ClassVar[dict[str, Any]] = {
            "text": gettext_lazy("Orsak"),
            "parent": gettext_lazy("Vad bidrar den till?"),
            "level": gettext_lazy("Var i kedjan?"),
            "factor": gettext_lazy("Ökar eller minskar den problemet?"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "text": NOBODY,
            "parent": gettext_lazy("Lämna tomt om orsaken leder direkt till problemet."),
            "level": gettext_lazy(
                "En situationell orsak finns på platsen, som mörker. En bakomliggande finns längre bort, som skolgång."
            ),
        }

    def __init__(self, data: Any = None, *, problem: Problem, **given: Any) -> None:
        self.problem = problem
        super().__init__(data, **given)

    def over(self, row: Any) -> Any:
        return type(self)(picture=self.picture, problem=self.problem, instance=row)

    def offer(self) -> None:
        super().offer()
        parent: Any = self.fields["parent"]
        below = set() if self.is_new else _with_all_below(self.instance)
        parent.queryset = self.problem.causes.exclude(pk__in=below)
        parent.empty_label = _("Direkt till problemet")

    def place(self, picture: SituationPicture, key: str) -> None:
        self.instance.problem = self.problem
        self.instance.key = key


def _with_all_below(cause: Cause) -> set[int]:
    """A cause and what stands under it: none of them can be its parent."""
    found = {cause.pk}
    every = list(Cause.objects.filter(problem=cause.problem_id).values_list("pk", "parent_id"))
    while more := {pk for pk, parent in every if parent in found and pk not in found}:
        found |= more
    return found


class CriterionForm(PicturePartForm):
    stem = "kriterium"
    screened = ("name", "description")

    class Meta:
        model = Criterion
        fields = ("name", "description")
        widgets: ClassVar[dict[str, Any]] = {"description": _rows(3)}
        labels: ClassVar[dict[str, Any]] = {
            "name": gettext_lazy("Kriterium"),
            "description": gettext_lazy("Så bedömer vi det"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": gettext_lazy("Till exempel: hur många det drabbar, hur svårt det är, om vi kan påverka det."),
            "description": gettext_lazy("Vad betyder 1 och vad betyder 5?"),
        }


class ScoreForm(forms.Form):
    """One party's scores: a choice for each problem and criterion."""

    def __init__(
        self, data: Any = None, *, problems: Sequence[Problem], criteria: Sequence[Criterion], own: Sequence[Score]
    ) -> None:
        super().__init__(data)
        self.names = {_name(problem, criterion): (problem, criterion) for problem in problems for criterion in criteria}
        given = {(score.problem_id, score.criterion_id): score.value for score in own}
        choices = [("", _("inte bedömt")), *((number, str(number)) for number in range(1, 6))]
        for name, (problem, criterion) in self.names.items():
            self.fields[name] = forms.TypedChoiceField(
                label=criterion.name, choices=choices, coerce=int, empty_value=None, required=False,
                initial=given.get((problem.pk, criterion.pk), ""),
            )  # fmt: skip

    def groups(self) -> Iterator[tuple[Problem, list[BoundField]]]:
        """The controls, problem by problem."""
        found: dict[int, tuple[Problem, list[BoundField]]] = {}
        for name, (problem, _criterion) in self.names.items():
            found.setdefault(problem.pk, (problem, []))[1].append(self[name])
        yield from found.values()

    def given(self) -> dict[tuple[int, int], int]:
        return {
            (problem.pk, criterion.pk): value
            for name, (problem, criterion) in self.names.items()
            if (value := self.cleaned_data[name]) is not None
        }


def _name(problem: models.Model, criterion: models.Model) -> str:
    return f"p{problem.pk}-k{criterion.pk}"


class AdoptForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("Vilka antog lägesbilden?"), max_length=120,
        help_text=gettext_lazy("Till exempel kommunfullmäktige."),
    )  # fmt: skip
    on = forms.DateField(label=gettext_lazy("Vilken dag?"), widget=forms.DateInput)
    minutes_reference = forms.CharField(label=gettext_lazy("Paragraf i protokollet"), max_length=60)
    registry_number = forms.CharField(label=gettext_lazy("Diarienummer"), max_length=60)
