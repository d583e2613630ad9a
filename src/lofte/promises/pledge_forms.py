"""The parts of the editor that are about one pledge: its words, its activities, and how much of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Self

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lofte.core.states import PUBLIC_PROMISE_STATES
from lofte.parties.models import Organisation, User
from lofte.promises.editing import free_key
from lofte.promises.models import Activity, CitizenPromise, Pledge, Target
from lofte.promises.offering import Offer
from lofte.promises.part_forms import (
    MORE,
    Lines,
    Number,
    PartForm,
    Places,
    Ticks,
    chain_rows,
    link_places,
    link_rows,
    organisations,
    places_written,
)

KEY_HELP = gettext_lazy("Bara a–z, siffror och bindestreck. Lämna tomt, så får det ett namn.")
SOURCES_HELP = gettext_lazy("Källans namn i filen, en på varje rad.")
COUNTED = (Target.Kind.COUNT, Target.Kind.RATE, Target.Kind.SHARE)


class KeyedForm(PartForm):
    """A part with a name of its own in the open data."""

    stem = "del"
    key = forms.SlugField(label=gettext_lazy("Namn i filen"), max_length=80, required=False, help_text=KEY_HELP)

    def clean_key(self) -> str:
        given: str = self.cleaned_data["key"] or self.instance.key or free_key(self.promise, self.stem)
        if self.instance.pk and given != self.instance.key and self.promise.state in PUBLIC_PROMISE_STATES:
            raise forms.ValidationError(
                _("Namnet kan inte ändras: rapporterna om det publicerade löftet hör till det.")
            )
        if given != self.instance.key and self._is_taken(given):
            raise forms.ValidationError(_("Något annat i löftet heter redan så."))
        return given

    def _is_taken(self, key: str) -> bool:
        kind = type(self.instance)
        rows: models.QuerySet[Any] = kind._default_manager.filter(key=key)
        path = {Pledge: "promise", Activity: "pledge__promise", Target: "activity__pledge__promise"}
        return rows.filter(**{path.get(kind, "promise"): self.promise.pk}).exists()


class PledgeForm(KeyedForm):
    part = "lofte"
    title = gettext_lazy("Löfte")
    stem = "lofte"
    groups_of = (
        ("", ("text", "parties", "with_others", "theme"), False),
        (gettext_lazy("Varför?"), ("problems", "causes", "measures"), False),
        (gettext_lazy("För vem, och hur?"), ("approach", "group", "age_from", "age_to", "sex"), True),
        (MORE, ("is_summary", "key", "sources"), True),
    )

    parties = Ticks(label=gettext_lazy("Vilka ansvarar?"))
    problems = Ticks(label=gettext_lazy("Vilka problem i lägesbilden svarar det mot?"))
    causes = Ticks(label=gettext_lazy("Vilka orsaker ska det påverka?"))
    measures = Ticks(label=gettext_lazy("Vilka åtgärder i åtgärdsplanen är det?"))
    sources = Lines(label=gettext_lazy("Källor"), help_text=SOURCES_HELP)

    class Meta:
        model = Pledge
        fields = (
            "text", "with_others", "theme", "approach", "group", "age_from", "age_to", "sex", "is_summary", "key",
            "sources",
        )  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "text": gettext_lazy("Vem gör vad, hur mycket, var och när? En sak i taget."),
            "theme": gettext_lazy("Rubriken som löftet står under, om ni har flera."),
        }
        error_messages = {"age_to": {"invalid": gettext_lazy("Skriv ett tal med siffror, till exempel 12.")}}

    def new_row(self, promise: CitizenPromise) -> Pledge:
        return Pledge(promise=promise, order=_after(promise.pledges.values_list("order", flat=True)))

    def linked(self, row: Pledge) -> dict[str, Any]:
        if self.is_new:
            return {"parties": [], "problems": [], "causes": [], "measures": []}
        return {
            "parties": [link.organisation_id for link in row.party_links.all()],
            "problems": [link.problem_id for link in row.problem_links.order_by("pk")],
            "causes": [link.cause_id for link in row.cause_links.order_by("pk")],
            "measures": [link.measure_id for link in row.measure_links.order_by("pk")],
        }

    def offer(self) -> None:
        offered = Offer(self.promise)
        offer_rows(self, "parties", organisations(self.promise))
        for name, rows in (("problems", offered.problems), ("causes", offered.causes), ("measures", offered.measures)):
            offer_rows(self, name, rows(self.initial[name]), may_be_left_out=True, label=offered.label)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        young, old = given.get("age_from"), given.get("age_to")
        if young is not None and old is not None and old < young:
            self.add_error("age_to", _("Den äldsta åldern är lägre än den yngsta."))
        return given

    def write(self, promise: CitizenPromise, by: User) -> Pledge:
        row: Pledge = self.save()
        link_rows(row, "party_links", "organisation", self.ticked("parties", self.initial["parties"]))
        for name, related, far in (
            ("problems", "problem_links", "problem"),
            ("causes", "cause_links", "cause"),
            ("measures", "measure_links", "measure"),
        ):
            if name in self.fields:
                chain_rows(row, related, far, self.ticked(name, self.initial[name]), by)
        return row


class ActivityForm(KeyedForm):
    part = "aktivitet"
    title = gettext_lazy("Aktivitet")
    stem = "aktivitet"
    groups_of = (
        ("", ("text", "parties", "kind"), False),
        (gettext_lazy("När?"), ("starts", "ends"), False),
        (gettext_lazy("När visas den för alla?"), ("shown",), False),
        (gettext_lazy("Tid och pengar"), ("planned_occasions", "cost_sek", "planned_hours", "owner"), False),
        (gettext_lazy("Åtgärdsplanen"), ("measure",), True),
        (MORE, ("key", "sources"), True),
    )
    RULE, NOW, DONE = "regel", "nu", "gjord"

    parties = Ticks(label=gettext_lazy("Vilka gör den?"))
    shown = forms.ChoiceField(label=gettext_lazy("Visas"), widget=forms.RadioSelect)
    sources = Lines(label=gettext_lazy("Källor"), help_text=SOURCES_HELP)

    class Meta:
        model = Activity
        fields = (
            "text", "kind", "starts", "ends", "planned_occasions", "cost_sek", "planned_hours", "owner", "measure",
            "key", "sources",
        )  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "planned_occasions": gettext_lazy("Hur många tillfällen?"),
            "planned_hours": gettext_lazy("Hur många timmar? Bara för oss"),
            "owner": gettext_lazy("Vem håller i den? Bara för oss"),
            "measure": gettext_lazy("Är den också en åtgärd i åtgärdsplanen?"),
        }
        help_texts = {
            "starts": gettext_lazy("Bara om tiden är en annan än löftets."),
            "owner": gettext_lazy("En funktion, till exempel fältsekreterarna. Inget namn."),
        }

    def __init__(self, *args: Any, pledge: Pledge, **kwargs: Any) -> None:
        self.pledge = pledge
        super().__init__(*args, **kwargs)

    def over(self, promise: CitizenPromise, row: Any) -> Self:
        pledge = promise.pledges.get(pk=self.pledge.pk)
        return type(self)(self.data, promise=promise, instance=row, pledge=pledge)

    def new_row(self, promise: CitizenPromise) -> Activity:
        order = _after(self.pledge.activities.values_list("order", flat=True))
        return Activity(cycle_id=promise.cycle_id, pledge=self.pledge, order=order)

    def linked(self, row: Activity) -> dict[str, Any]:
        links = row.party_links.all() if row.pk else self.pledge.party_links.all()
        shown = self.RULE if row.pk is None else self.DONE if row.shown_when_done else self.NOW
        return {"parties": [link.organisation_id for link in links], "shown": shown}

    def offer(self) -> None:
        offer_rows(self, "parties", organisations(self.promise))
        offered = Offer(self.promise)
        measures = offered.measures([self.instance.measure_id])
        offer_rows(self, "measure", measures, may_be_left_out=True, label=offered.label)
        by_rule = [(self.RULE, _("Som vanligt: polisens insatser när de är gjorda, allt annat genast"))]
        choice = self.fields["shown"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            *(by_rule if self.is_new else []),
            (self.NOW, _("Genast. Den står i den undertecknade texten")),
            (self.DONE, _("Först när den är gjord. Den står inte i den undertecknade texten")),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", _("Slutet kommer före början. Byt plats på datumen eller rätta dem."))
        return given

    def write(self, promise: CitizenPromise, by: User) -> Activity:
        row: Activity = self.save(commit=False)
        row.shown_when_done = self._waits_until_done()
        row.save()
        before = self.initial["parties"]
        link_rows(row, "party_links", "organisation", self.ticked("parties", before))
        return row

    def _waits_until_done(self) -> bool:
        """An intervention by the police is not announced, unless somebody decides so."""
        given = self.cleaned_data
        if given["shown"] != self.RULE:
            return bool(given["shown"] == self.DONE)
        is_police = any(each.kind == Organisation.Kind.POLICE for each in given["parties"])
        return bool(given["kind"] == Activity.Kind.INTERVENTION and is_police)


class TargetForm(KeyedForm):
    part = "mangd"
    title = gettext_lazy("Hur mycket?")
    stem = "mangd"
    groups_of = (
        ("", ("kind", "comparison", "amount", "unit", "per", "share_of"), False),
        (gettext_lazy("Var?"), ("places", "in_each_area"), False),
        (gettext_lazy("Hur räknas det?"), ("is_average", "min_minutes", "options"), True),
        (MORE, ("key",), True),
    )

    kind = forms.ChoiceField(label=gettext_lazy("Vad lovar ni?"), widget=forms.RadioSelect)
    options = Lines(
        label=gettext_lazy("Något av"),
        help_text=gettext_lazy("Räknas vad som helst av flera? Skriv dem, en på varje rad."),
    )
    places = Places(
        has_amounts=True, label=gettext_lazy("Platser"),
        help_text=gettext_lazy("En på varje rad. Har platsen ett eget antal, skriv det efter kolon: Norr: 400"),
    )  # fmt: skip

    class Meta:
        model = Target
        fields = (
            "kind", "comparison", "amount", "unit", "per", "share_of", "in_each_area", "is_average", "min_minutes",
            "options", "key",
        )  # fmt: skip
        labels = {
            "comparison": gettext_lazy("Minst, precis eller högst"),
            "amount": gettext_lazy("Antal eller procent"),
            "unit": gettext_lazy("Av vad?"),
            "per": gettext_lazy("Hur ofta?"),
            "share_of": gettext_lazy("Del av vilket antal?"),
            "in_each_area": gettext_lazy("Det gäller varje plats för sig (eller varje kommundel, om ingen är skriven)"),
            "is_average": gettext_lazy("I genomsnitt under hela tiden"),
            "min_minutes": gettext_lazy("Räknas bara om det varar minst så här många minuter"),
        }
        help_texts = {"unit": gettext_lazy("Till exempel: trygghetsvandringar")}
        field_classes = {"amount": Number}

    KINDS = (
        (Target.Kind.COUNT, gettext_lazy("Ett antal")),
        (Target.Kind.RATE, gettext_lazy("Ett antal om dagen, i veckan, i månaden eller om året")),
        (Target.Kind.SHARE, gettext_lazy("En andel av ett annat antal")),
        (Target.Kind.YES_NO, gettext_lazy("Att något blir gjort")),
        (Target.Kind.NONE, gettext_lazy("Inget antal. Det kan redovisas men inte bedömas")),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        self.activity = activity
        super().__init__(*args, **kwargs)

    def over(self, promise: CitizenPromise, row: Any) -> Self:
        activity = Activity.objects.get(pk=self.activity.pk, pledge__promise=promise)
        return type(self)(self.data, promise=promise, instance=row, activity=activity)

    def new_row(self, promise: CitizenPromise) -> Target:
        order = _after(self.activity.targets.values_list("order", flat=True))
        return Target(activity=self.activity, order=order, kind=Target.Kind.COUNT)

    def linked(self, row: Target) -> dict[str, Any]:
        return {"places": places_written(row.places.select_related("area")) if row.pk else []}

    def offer(self) -> None:
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = list(self.KINDS)
        wholes = Target.objects.filter(activity__pledge__promise=self.promise, kind__in=("count", "rate"))
        offer_rows(self, "share_of", wholes.exclude(pk=self.instance.pk or 0), may_be_left_out=True)

    def clean(self) -> dict[str, Any]:
        """Only what belongs to the kind is kept; what the kind needs must be there."""
        given = super().clean() or {}
        kind = given.get("kind", "")
        if kind in COUNTED:
            if "amount" not in self.errors and not (given.get("amount") is not None and given["amount"] >= 0):
                self.add_error("amount", _("Skriv antalet: noll eller mer."))
            if not given.get("unit"):
                self.add_error("unit", _("Skriv vad som räknas, till exempel trygghetsvandringar."))
        else:
            given["amount"], given["comparison"], given["is_average"] = None, Target.Comparison.AT_LEAST, False
        if kind == Target.Kind.RATE and not given.get("per"):
            self.add_error("per", _("Välj hur ofta."))
        elif kind != Target.Kind.RATE:
            given["per"] = ""
        if kind == Target.Kind.SHARE and given.get("share_of") is None:
            self.add_error("kind", _("En andel behöver ett antal att vara del av. Lägg till antalet först."))
        elif kind != Target.Kind.SHARE:
            given["share_of"] = None
        return given

    def write(self, promise: CitizenPromise, by: User) -> Target:
        row: Target = self.save()
        link_places(row, "places", promise, self.cleaned_data["places"])
        return row


def _after(orders: Iterable[int]) -> int:
    return max([-1, *orders]) + 1


def offer_rows(
    form: PartForm, name: str, rows: models.QuerySet[Any], *, may_be_left_out: bool = False,
    label: Callable[[Any], str] = str,
) -> None:  # fmt: skip
    """Fill a list to choose from. An empty list is nothing to ask about."""
    field: Any = form.fields[name]
    field.queryset = rows
    field.label_from_instance = label
    if may_be_left_out and not rows.exists():
        del form.fields[name]
        form.initial.pop(name, None)
