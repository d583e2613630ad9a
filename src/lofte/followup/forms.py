"""Forms of follow-up: a report of one activity, why a report is late, what to say with it, and what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from lofte.core.states import ActivityStatus, DeviationReason
from lofte.design.words import date_words, number_words
from lofte.followup.actions import FigureGiven
from lofte.followup.models import ActivityReport, Period
from lofte.followup.questions import HAPPENED, Part, Question, answers
from lofte.places.models import Area
from lofte.promises.models import Activity, CitizenPromise, Target
from lofte.voices.person_check import PersonCheck
from lofte.voices.photo_field import PhotoField

WHILE_RUNNING = (
    ActivityStatus.NOT_STARTED,
    ActivityStatus.ON_TRACK,
    ActivityStatus.DELAYED,
    ActivityStatus.PAUSED,
    ActivityStatus.DONE,
    ActivityStatus.STOPPED,
)
AT_THE_END = (
    ActivityStatus.DONE,
    ActivityStatus.PARTLY_DONE,
    ActivityStatus.NOT_DONE,
    ActivityStatus.STOPPED,
    ActivityStatus.NOT_ASSESSABLE,
)
NEEDS_REASON = frozenset(
    {
        ActivityStatus.DELAYED,
        ActivityStatus.PAUSED,
        ActivityStatus.PARTLY_DONE,
        ActivityStatus.NOT_DONE,
        ActivityStatus.STOPPED,
        ActivityStatus.NOT_ASSESSABLE,
    }
)
TELLS_DONE = frozenset({ActivityStatus.DONE, ActivityStatus.PARTLY_DONE})
NO_PERSONS = _("Alla kan läsa det. Skriv inget som pekar ut en person.")
LONGEST = 2000
OF_THE_REPORT = ("status", "done", "reason_code", "reason", "noticed", "next_step", "occasions_spent", "hours_spent")


def names_of_places(promise: CitizenPromise) -> list[str]:
    """What the promise's own places and the organisations there are called: not people's names."""
    places = Area.objects.filter(municipality=promise.municipality).values_list("name", flat=True)
    return [*places, *promise.municipality.organisations.values_list("name", flat=True)]


class AmountField(forms.DecimalField):
    """A number as people write it: 1 234 or 1,5. Plain text with a number keyboard: no wheel changes it by chance."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=12, decimal_places=2, required=False, **kwargs)
        self.error_messages |= {
            "invalid": _("Skriv ett tal med siffror, till exempel 12."),
            "max_digits": _("Talet är för stort."),
            "max_whole_digits": _("Talet är för stort."),
            "max_decimal_places": _("Skriv högst två decimaler."),
        }
        self.validators[0].message = _("Skriv noll eller mer.")  # type: ignore[attr-defined]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off", "class": "amount"}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return number_words(value).replace("\u202f", " ") if isinstance(value, Decimal) else value


class ReportForm(PersonCheck, forms.Form):
    """What an owner says of one activity for one period, with a control for each number the promise asks for."""

    screened = ("done", "reason", "noticed", "next_step")

    status = forms.ChoiceField(label=_("Hur går det?"), widget=forms.RadioSelect)
    done = forms.CharField(
        label=_("Det här gjordes"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=LONGEST,
        help_text=_("En eller ett par meningar. Alla kan läsa det. Skriv inget som pekar ut en person."),
    )  # fmt: skip
    reason_code = forms.ChoiceField(
        label=_("Varför blev det inte som planerat?"), required=False,
        choices=[("", _("Det blev som planerat")), *DeviationReason.choices],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Berätta kort varför"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=LONGEST,
        help_text=NO_PERSONS,
    )  # fmt: skip
    noticed = forms.CharField(
        label=_("Vad har människor märkt?"), widget=forms.Textarea(attrs={"rows": 2}), required=False,
        max_length=LONGEST, help_text=_("Till exempel vad grannar, elever eller butiker har sagt, utan namn."),
    )  # fmt: skip
    next_step = forms.CharField(
        label=_("Nästa steg"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=LONGEST
    )
    occasions_spent = forms.IntegerField(label=_("Antal tillfällen"), min_value=0, required=False)
    hours_spent = forms.IntegerField(
        label=_("Nedlagda timmar"), min_value=0, required=False, help_text=_("Visas bara för er.")
    )
    evidence_url = forms.URLField(
        label=_("Adress där man kan läsa mer"), required=False, assume_scheme="https", max_length=500
    )
    covers_from = forms.DateField(label=_("Räknat från och med"))
    covers_to = forms.DateField(label=_("Räknat till och med"))

    def __init__(
        self,
        *args: Any,
        period: Period,
        activity: Activity,
        asked: Sequence[Question],
        report: ActivityReport | None,
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        self.period, self.activity, self.asked, self.today = period, activity, asked, today
        kwargs["initial"] = self._initial(report) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for part in self._parts():
            self.fields[part.name] = _control(part)
        self._offer_states(report)
        self.look_for_persons()

    def known_places(self) -> Collection[str]:
        return names_of_places(self.period.promise)

    def _initial(self, report: ActivityReport | None) -> dict[str, Any]:
        if report is None:
            return {"covers_from": self.period.starts, "covers_to": min(self.period.ends, self.today)}
        kept = {name: getattr(report, name) for name in (*OF_THE_REPORT, "evidence_url", "covers_from", "covers_to")}
        return kept | answers(self.asked, report.figures.all())

    def _parts(self) -> Iterable[Part]:
        return (part for question in self.asked for part in question.parts)

    def _offer_states(self, report: ActivityReport | None) -> None:
        ends = self.activity.ends
        is_last = self.period.is_final or (ends is not None and ends <= self.period.ends)
        is_last = is_last and self.today >= min(self.period.ends, ends or self.period.ends)
        offered = list(AT_THE_END if is_last else WHILE_RUNNING)
        if report is not None and report.status and report.status not in offered:
            offered.append(ActivityStatus(report.status))
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        status.choices = [(each.value, each.label.capitalize()) for each in offered]

    @property
    def groups(self) -> list[tuple[Question, list[BoundField]]]:
        """Each question with its controls, for the page."""
        return [(question, [self[part.name] for part in question.parts]) for question in self.asked]

    @property
    def has_reason(self) -> bool:
        """Whether the folded reason holds an answer or an error."""
        names = ("reason_code", "reason")
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def has_more(self) -> bool:
        """Whether the folded part of the form holds something to be seen: an answer or an error."""
        names = ("occasions_spent", "hours_spent", "evidence_url", "covers_from", "covers_to")
        written = any(self[name].value() for name in names[:3])
        return written or any(self[name].errors for name in names)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._clean_reason(given)
        self._clean_numbers(given)
        self._clean_dates(given)
        return given

    def _clean_reason(self, given: dict[str, Any]) -> None:
        if given.get("status") in NEEDS_REASON and not given.get("reason_code"):
            self.add_error("reason_code", _("Välj ett skäl. Den som läser vill veta varför."))
        if given.get("reason_code") == DeviationReason.OTHER and not given.get("reason"):
            self.add_error("reason", _("Skriv skälet med egna ord."))

    def _clean_numbers(self, given: dict[str, Any]) -> None:
        for question in self.asked:
            apart = [given[p.name] for p in question.parts if p.area and given.get(p.name) not in (None, "")]
            numbers = [number for number in apart if isinstance(number, Decimal)]
            whole = next((p for p in question.parts if p.asks != HAPPENED and not p.area and not p.option), None)
            total = given.get(whole.name) if whole else None
            if whole and total is not None and sum(numbers) > total:
                text = _("Platserna är tillsammans %(sum)s, men här står %(total)s.")
                words = {"sum": number_words(sum(numbers, Decimal(0))), "total": number_words(total)}
                self.add_error(whole.name, text % words)
            unanswered = all(given.get(part.name) in (None, "") for part in question.parts)
            is_counted = question.target.kind != Target.Kind.NONE
            is_untold = unanswered and not any(part.name in self.errors for part in question.parts)
            if given.get("status") in TELLS_DONE and is_counted and is_untold:
                self.add_error(question.parts[0].name, _missing(question))

    def _clean_dates(self, given: dict[str, Any]) -> None:
        first, last = given.get("covers_from"), given.get("covers_to")
        if first and first < self.period.promise.starts:
            text = _("Löftet började gälla %(day)s. Räkna från den dagen eller senare.")
            self.add_error("covers_from", text % {"day": date_words(self.period.promise.starts)})
        if last and last > self.today:
            self.add_error("covers_to", _("Det datumet har inte varit än. Räkna till och med i dag eller tidigare."))
        if last and last < self.period.starts:
            text = _("Den här rapporten gäller tiden från %(day)s. Räkna till ett senare datum.")
            self.add_error("covers_to", text % {"day": date_words(self.period.starts)})
        if first and last and last < first:
            self.add_error("covers_to", _("Slutet kommer före början. Byt plats på datumen eller rätta dem."))

    def report_values(self) -> dict[str, Any]:
        names = (*OF_THE_REPORT, "evidence_url", "covers_from", "covers_to")
        return {name: self.cleaned_data[name] for name in names}

    def figures(self) -> list[FigureGiven]:
        found = []
        for part in self._parts():
            value = self.cleaned_data.get(part.name)
            if value in (None, ""):
                continue
            number = None if part.asks == HAPPENED else value
            happened = value == "ja" if part.asks == HAPPENED else None
            found.append(FigureGiven(part.target, number, happened, part.area, part.option))
        return found


def _control(part: Part) -> forms.Field:
    if part.asks == HAPPENED:
        return forms.ChoiceField(
            label=part.label, help_text=part.hint, required=False, widget=forms.RadioSelect,
            choices=[("ja", _("Ja")), ("nej", _("Nej")), ("", _("Inte än, eller vet inte"))],
        )  # fmt: skip
    return AmountField(label=part.label, help_text=part.hint)


def _missing(question: Question) -> Any:
    if question.parts[0].asks == HAPPENED:
        return _("Svara ja eller nej. Utan svar går löftet inte att bedöma.")
    return _("Skriv hur många det blev. Utan antal går löftet inte att bedöma. Blev det inget, skriv 0.")


class SendForm(PersonCheck, forms.Form):
    """What goes with a period's reports when they are sent for review."""

    screened = ("summary",)

    summary = forms.CharField(
        label=_("Sammanfattning"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=LONGEST,
        help_text=_("Två till fyra meningar som står först i rapporten. Alla kan läsa dem."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look_for_persons()


class DelayForm(PersonCheck, forms.Form):
    """Why a report is late and when it comes."""

    screened = ("reason",)

    reason = forms.CharField(
        label=_("Varför dröjer rapporten?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST,
        help_text=NO_PERSONS,
    )  # fmt: skip
    until = forms.DateField(label=_("När kommer den?"), required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.look_for_persons()

    def clean_until(self) -> dt.date | None:
        until: dt.date | None = self.cleaned_data["until"]
        if until and until < self.today:
            raise forms.ValidationError(_("Det datumet har redan varit. Välj en dag framåt."))
        return until


class UpdateForm(PersonCheck, forms.Form):
    """Nytt sedan sist."""

    screened = ("text", "photo_text")

    text = forms.CharField(
        label=_("Vad har hänt?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=600,
        help_text=_("En till tre meningar. De syns för alla direkt. Skriv inget som pekar ut en person."),
    )  # fmt: skip
    photo = PhotoField(label=_("Bild"))
    photo_text = forms.CharField(
        label=_("Vad visar bilden?"), required=False, max_length=200,
        help_text=_("Med ord, för den som inte ser den. Till exempel: Nya lampor längs gången."),
    )  # fmt: skip
    pledge = forms.ChoiceField(label=_("Vilket löfte handlar det om?"), required=False)
    on = forms.DateField(label=_("Datum"))

    def __init__(
        self, *args: Any, promise: CitizenPromise, pledges: Sequence[tuple[str, str]], today: dt.date, **kwargs: Any
    ) -> None:
        self.promise, self.today = promise, today
        kwargs["initial"] = {"on": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        chosen = self.fields["pledge"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("Hela medborgarlöftet")), *pledges]
        self.look_for_persons()

    def known_places(self) -> Collection[str]:
        return names_of_places(self.promise)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("photo") and not given.get("photo_text"):
            self.add_error("photo_text", _("Skriv vad bilden visar."))
        return given

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Det datumet har inte varit än. Skriv när det hände."))
        return on
