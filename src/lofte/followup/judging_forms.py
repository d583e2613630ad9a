"""Forms of the final report: the two verdicts for a goal, and a lesson."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lofte.core.states import Because, CausalClaim, Effect
from lofte.evidence.source_calendar import coming_words
from lofte.followup.forms import LONGEST, NO_PERSONS
from lofte.followup.judging import CauseGiven, EffectGiven, NotAllowed, check_cause, check_effect
from lofte.followup.models import Lesson
from lofte.promises.models import Goal
from lofte.voices.person_check import PersonCheck


def _words(label: Any, rows: int = 3, hint: Any = NO_PERSONS) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, required=False, max_length=LONGEST, help_text=hint)


def _choices(given: Sequence[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in given]


class EffectForm(PersonCheck, forms.Form):
    """Har det blivit bättre?"""

    screened = ("text", "next_time")

    value = forms.ChoiceField(label=_("Har det blivit bättre?"), widget=forms.RadioSelect)
    because = forms.ChoiceField(label=_("Går inte att bedöma, därför att"), required=False)
    answer_on = forms.DateField(
        label=_("Svaret kommer"), required=False, help_text=_("Bara om siffrorna inte har kommit än.")
    )
    text = _words(_("Berätta kort vad ni såg"))
    next_time = _words(_("Så gör vi nästa gång"), 2)

    def __init__(self, *args: Any, goal: Goal | None, **kwargs: Any) -> None:
        self.goal = goal
        super().__init__(*args, **kwargs)
        _offer(self, "value", _choices(Effect.choices))
        _offer(self, "because", [("", _("Välj inget")), *Because.choices])
        if goal is not None:
            answer_on = self.fields["answer_on"]
            coming = coming_words(goal.promise.municipality, timezone.localdate())
            answer_on.help_text = " ".join(filter(None, (str(answer_on.help_text), coming)))
        self.look_for_persons()

    def given(self) -> EffectGiven:
        return EffectGiven(**{name: self.cleaned_data[name] for name in EffectGiven.__dataclass_fields__})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            try:
                check_effect(self.given(), self.goal)
            except NotAllowed as error:
                self.add_error(error.field, error.sentence)
        return given


class CauseForm(PersonCheck, forms.Form):
    """Vet vi varför?"""

    screened = ("text",)

    value = forms.ChoiceField(label=_("Vet vi varför?"), widget=forms.RadioSelect)
    because = forms.ChoiceField(label=_("Går inte att bedöma, därför att"), required=False)
    design = forms.CharField(
        label=_("Så jämförde vi"), max_length=200, required=False,
        help_text=_("Det som bestämdes innan löftet skrevs under, till exempel samma månader de fem åren innan."),
    )  # fmt: skip
    text = _words(_("Berätta kort"))

    def __init__(self, *args: Any, goal: Goal | None, effect: str, **kwargs: Any) -> None:
        self.goal, self.effect = goal, effect
        super().__init__(*args, **kwargs)
        _offer(self, "value", _choices(CausalClaim.choices))
        _offer(self, "because", [("", _("Välj inget")), *Because.choices])
        self.look_for_persons()

    def given(self) -> CauseGiven:
        return CauseGiven(**{name: self.cleaned_data[name] for name in CauseGiven.__dataclass_fields__})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            try:
                check_cause(self.given(), self.goal, self.effect)
            except NotAllowed as error:
                self.add_error(error.field, error.sentence)
        return given


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class LessonForm(PersonCheck, forms.Form):
    """Something to continue, change or stop."""

    screened = ("text",)

    kind = forms.ChoiceField(
        label=_("Vad ska ni göra nästa gång?"), widget=forms.RadioSelect, choices=_choices(Lesson.Kind.choices)
    )
    text = forms.CharField(
        label=_("Lärdom"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST,
        help_text=_("Vad, och varför? Alla kan läsa det, och nästa års arbete får det med sig."),
    )  # fmt: skip
    pledge = forms.ChoiceField(label=_("Vilket löfte handlar det om?"), required=False)

    def __init__(self, *args: Any, pledges: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "pledge", [("", _("Hela medborgarlöftet")), *pledges])
        self.look_for_persons()
