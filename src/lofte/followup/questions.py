"""What an owner is asked about an activity: one question per target, made from how much was promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lofte.followup.models import Figure
from lofte.places.models import Area
from lofte.promises.models import Target
from lofte.promises.text import Place, Promised

HAPPENED = "happened"
NUMBER = "number"


@dataclass(frozen=True)
class Part:
    """One control: a number or a yes or no, for the whole target, for a place or for one of its options."""

    name: str
    asks: str
    label: str
    target: Target
    hint: str = ""
    area: Area | None = None
    option: str = ""


@dataclass(frozen=True)
class Question:
    """A target with its controls."""

    legend: str
    hint: str
    target: Target
    parts: tuple[Part, ...]


def questions(targets: Iterable[Target], districts: Sequence[Area]) -> list[Question]:
    """One question per target. `districts` are the places meant by "in every kommundel" when none is named."""
    return [_question(target, districts) for target in targets]


def promised(target: Target) -> Promised:
    """A target of the working copy as the plain value that pages read."""
    places = tuple(Place(row.area.key, row.area.name, row.amount) for row in target.places.all())
    return Promised(
        key=target.key,
        kind=target.kind,
        comparison=target.comparison,
        amount=target.amount,
        unit=target.unit,
        per=target.per,
        is_average=target.is_average,
        in_each_area=target.in_each_area,
        min_minutes=target.min_minutes,
        options=tuple(target.options),
        places=places,
    )


def _question(target: Target, districts: Sequence[Area]) -> Question:
    asked = {Target.Kind.YES_NO: _yes_or_no, Target.Kind.NONE: _uncounted}.get(Target.Kind(target.kind))
    parts = asked(target) if asked else _counted(target, districts)
    hint = _hint(target)
    if len(parts) == 1 and hint:
        parts, hint = [replace(parts[0], hint=" ".join(filter(None, (parts[0].hint, hint))))], ""
    return Question(_legend(target), hint, target, tuple(parts))


def _legend(target: Target) -> str:
    if target.kind == Target.Kind.YES_NO:
        return capfirst(target.unit) or _("Blev det gjort?")
    return _("Antal: {unit}").format(unit=target.unit) if target.unit else _("Antal")


def _hint(target: Target) -> str:
    hints = []
    if target.min_minutes:
        hints.append(_("Räkna bara tillfällen på minst {n} minuter.").format(n=target.min_minutes))
    if target.kind == Target.Kind.RATE:
        hints.append(
            _("Skriv hur många det blev sammanlagt. Vi räknar ut hur många det blev per dag, vecka eller månad.")
        )
    if target.share_of is not None:
        whole = target.share_of.unit or _("hela antalet")
        # A hint is shown as markup; what is counted comes from a file.
        hints.append(_("Skriv antalet, inte procenten. Det jämförs med: {whole}.").format(whole=escape(whole)))
    return " ".join(hints)


def _name(target: Target, *more: str) -> str:
    return "-".join((f"matt{target.pk}", *more))


def _yes_or_no(target: Target) -> list[Part]:
    return [Part(_name(target), HAPPENED, _("Blev det gjort?"), target)]


def _uncounted(target: Target) -> list[Part]:
    hint = _("Löftet nämner inget antal. Har ni räknat ändå, skriv det här.")
    return [Part(_name(target), NUMBER, _("Antal, om ni har räknat"), target, hint)]


def _counted(target: Target, districts: Sequence[Area]) -> list[Part]:
    if target.options:
        return [
            Part(_name(target, f"val{number}"), NUMBER, capfirst(option), target, option=option)
            for number, option in enumerate(target.options)
        ]
    places = list(target.places.all())
    own_amounts = any(place.amount is not None for place in places)
    if target.in_each_area or own_amounts:
        areas = [place.area for place in places] or list(districts)
        apart = [Part(_name(target, f"plats{area.pk}"), NUMBER, area.name, target, area=area) for area in areas]
        hint = _("Fyll i bara om ni inte vet hur många det blev på varje plats.")
        return [*apart, Part(_name(target), NUMBER, _("Sammanlagt"), target, hint if apart else "")]
    named = [
        Part(
            _name(target, f"plats{place.area.pk}"), HAPPENED, _("Blev det av: {place}?").format(place=place.area.name),
            target, area=place.area,
        )
        for place in places
        if target.kind != Target.Kind.RATE  # so many a week, at this place: the number says it all
    ]  # fmt: skip
    many = _("Hur många {unit}?").format(unit=target.unit) if target.unit else _("Hur många?")
    return [Part(_name(target), NUMBER, many, target), *named]


def answers(asked: Iterable[Question], figures: Iterable[Figure]) -> dict[str, Decimal | str]:
    """What was answered before, by the name of each control."""
    by_place = {(figure.target_id, figure.area_id, figure.option): figure for figure in figures}
    found: dict[str, Decimal | str] = {}
    for part in (part for question in asked for part in question.parts):
        figure = by_place.get((part.target.pk, part.area.pk if part.area else None, part.option))
        if figure is None:
            continue
        if part.asks == HAPPENED and figure.happened is not None:
            found[part.name] = "ja" if figure.happened else "nej"
        elif part.asks == NUMBER and figure.number is not None:
            found[part.name] = figure.number
    return found
