"""The part of the editor that is about a goal, with the plan for how it will be judged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.core.pointing import pointed_out, told_of
from lofte.evidence.models import Indicator
from lofte.evidence.source_calendar import coming_words
from lofte.parties.models import User
from lofte.promises.evaluation import smallest_change
from lofte.promises.models import CitizenPromise, Goal
from lofte.promises.offering import Offer
from lofte.promises.part_forms import MORE, Lines, Number
from lofte.promises.pledge_forms import SOURCES_HELP, KeyedForm, offer_rows


class GoalForm(KeyedForm):
    part = "mal"
    title = gettext_lazy("Mål")
    stem = "mal"
    groups_of = (
        ("", ("kind", "text", "pledge", "problem"), False),
        (
            gettext_lazy("Så mäter vi"),
            ("indicator", "new_indicator", "new_unit", "new_kind", "baseline_value", "baseline_period", "target_value"),
            False,
        ),
        (gettext_lazy("Så får vi svaret"), ("design", "comparison", "margin", "answer_on"), False),
        (gettext_lazy("Om det inte kan bedömas"), ("no_answer_because", "no_answer_text"), False),
        (MORE, ("key", "sources"), True),
    )

    kind = forms.ChoiceField(label=gettext_lazy("Vad är det för mål?"), widget=forms.RadioSelect)
    new_indicator = forms.CharField(
        label=gettext_lazy("Eller ett nytt mått"), max_length=200, required=False,
        help_text=gettext_lazy("Till exempel: Anmälda brott mot fordon i Norr"),
    )  # fmt: skip
    new_unit = forms.CharField(label=gettext_lazy("I vilken enhet?"), max_length=60, required=False)
    new_kind = forms.ChoiceField(label=gettext_lazy("Vad är det för mått?"), required=False)
    sources = Lines(label=gettext_lazy("Källor"), help_text=SOURCES_HELP)

    class Meta:
        model = Goal
        fields = (
            "kind", "text", "pledge", "problem", "indicator", "baseline_value", "baseline_period", "target_value",
            "margin", "answer_on", "design", "comparison", "no_answer_because", "no_answer_text", "key", "sources",
        )  # fmt: skip
        field_classes = dict.fromkeys(("baseline_value", "target_value", "margin"), Number)
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "comparison": forms.Textarea(attrs={"rows": 3}),
            "no_answer_text": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "pledge": gettext_lazy("Hör det till ett av löftena?"),
            "problem": gettext_lazy("Vilket problem ska ändras?"),
            "indicator": gettext_lazy("Mått"),
            "margin": gettext_lazy("Hur stor skillnad räknas som oförändrat?"),
            "answer_on": gettext_lazy("Vilken dag kommer svaret?"),
            "design": gettext_lazy("Vad jämför ni med?"),
            "comparison": gettext_lazy("Vilka år, kommuner eller områden?"),
            "no_answer_because": gettext_lazy("Det kan inte bedömas, därför att"),
            "no_answer_text": gettext_lazy("Berätta mer"),
        }
        help_texts = {
            "margin": gettext_lazy("I måttets enhet. Bestäm det nu: efteråt går det inte att ändra."),
            "answer_on": gettext_lazy("Den dag då siffrorna finns."),
            "no_answer_because": gettext_lazy("Det är ett ärligt svar. Alla får läsa det."),
        }

    def new_row(self, promise: CitizenPromise) -> Goal:
        return Goal(promise=promise, kind=Goal.Kind.OUTCOME)

    def offer(self) -> None:
        cycle = self.promise.cycle_id
        offer_rows(self, "pledge", self.promise.pledges.all(), may_be_left_out=True)
        offered = Offer(self.promise)
        problems = offered.problems([self.instance.problem_id])
        offer_rows(self, "problem", problems, may_be_left_out=True, label=offered.label)
        offer_rows(self, "indicator", Indicator.objects.filter(cycle=cycle), may_be_left_out=True)
        coming = coming_words(self.promise.municipality, timezone.localdate())
        answer_on = self.fields["answer_on"]
        answer_on.help_text = " ".join(filter(None, (str(answer_on.help_text), coming)))
        if "indicator" not in self.fields:
            self.fields["new_indicator"].label = _("Mått")
        for name, choices in (
            ("kind", KINDS),
            ("new_kind", [("", _("Välj")), *Indicator.Kind.choices]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("margin") is not None and given["margin"] < 0:
            self.add_error("margin", _("Skriv noll eller mer."))
        if pointed := pointed_out(given.get("new_indicator") or ""):
            self.add_error("new_indicator", told_of(pointed[0]))
        if given.get("new_indicator"):
            if not given.get("new_unit"):
                self.add_error("new_unit", _("Skriv enheten, till exempel anmälda brott eller procent."))
            if not given.get("new_kind"):
                self.add_error("new_kind", _("Välj vad det är för mått."))
        if given.get("no_answer_text") and not given.get("no_answer_because"):
            self.add_error("no_answer_because", _("Välj varför det inte kan bedömas."))
        return given

    def write(self, promise: CitizenPromise, by: User) -> Goal:
        row: Goal = self.save(commit=False)
        if self.cleaned_data.get("new_indicator"):
            row.indicator = self._indicator(promise)
        found = smallest_change(row, promise.starts, promise.ends)
        row.smallest_change, row.smallest_change_basis = found.change, found.basis[:200]
        row.save()
        return row

    def _indicator(self, promise: CitizenPromise) -> Indicator:
        given = self.cleaned_data
        stem = slugify(given["new_indicator"])[:60] or "matt"
        taken = set(promise.cycle.indicators.values_list("key", flat=True))
        key = next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)
        return Indicator.objects.create(
            cycle=promise.cycle, key=key, name=given["new_indicator"], unit=given["new_unit"], kind=given["new_kind"]
        )


KINDS = (
    (Goal.Kind.OUTCOME, gettext_lazy("Vad som ska bli annorlunda (effektmål)")),
    (Goal.Kind.OUTPUT, gettext_lazy("Hur mycket som ska göras (produktionsmål)")),
    (Goal.Kind.PROCESS, gettext_lazy("Hur arbetet ska gå till (processmål)")),
)
