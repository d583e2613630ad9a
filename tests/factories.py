"""Small plain functions that build what a test needs: a made-up kommun with a promise, its pledges and its periods."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lofte.core.states import PromiseState
from lofte.followup.actions import open_periods
from lofte.followup.models import ActivityReport, Figure, Occasion, Period
from lofte.parties.models import Cycle, Organisation
from lofte.picture.models import Problem, SituationPicture
from lofte.places.models import Area, Municipality
from lofte.promises.models import (
    Activity,
    CitizenPromise,
    Pledge,
    PledgeParty,
    PromiseParty,
    Rhythm,
    Target,
    TargetPlace,
)
from lofte.promises.versions import freeze

# The day it is in tests that need one: the report for May to August is late, the last one is not due yet.
TODAY = dt.date(2026, 9, 10)


@dataclass
class Kommun:
    """A kommun with its organisations by key."""

    municipality: Municipality
    organisations: dict[str, Organisation] = field(default_factory=dict)

    @property
    def police(self) -> Organisation:
        return self.organisations["polisen"]

    @property
    def own(self) -> Organisation:
        return self.organisations["kommunen"]

    @property
    def housing(self) -> Organisation:
        return self.organisations["bostadsbolaget"]


def kommun(name: str = "Tuna", code: str = "9001") -> Kommun:
    made = Municipality.objects.create(name=name, code=code, slug=name.lower(), is_constructed=True)
    kinds = {"kommunen": Organisation.Kind.MUNICIPALITY, "polisen": Organisation.Kind.POLICE}
    kinds["bostadsbolaget"] = Organisation.Kind.HOUSING
    names = {"kommunen": f"{name} kommun", "polisen": "Polisen", "bostadsbolaget": f"{name}bostäder"}
    organisations = {
        key: Organisation.objects.create(municipality=made, key=key, kind=kind, name=names[key])
        for key, kind in kinds.items()
    }
    return Kommun(made, organisations)


def area(where: Kommun, name: str, kind: Area.Kind = Area.Kind.DISTRICT) -> Area:
    key = name.lower().replace(" ", "-").replace("å", "a").replace("ä", "a").replace("ö", "o")
    return Area.objects.create(municipality=where.municipality, key=key, name=name, kind=kind)


def cycle(where: Kommun, year: int = 2026, mode: str = Cycle.Mode.WHOLE) -> Cycle:
    return Cycle.objects.create(
        municipality=where.municipality,
        slug=str(year),
        starts=dt.date(year, 1, 1),
        ends=dt.date(year, 12, 31),
        mode=mode,
    )


def promise(where: Kommun, in_cycle: Cycle | None = None, **given: Any) -> CitizenPromise:
    """A draft by the kommun and the police; `publish` lets it out."""
    turn = in_cycle or cycle(where)
    made = CitizenPromise.objects.create(
        **{
            "cycle": turn,
            "municipality": where.municipality,
            "slug": turn.slug,
            "title": f"Medborgarlöfte {turn.slug} i {where.municipality.name}",
            "short_line": "Lugnare kvällar i centrum",
            "starts": turn.starts,
            "ends": turn.ends,
            "rhythm": Rhythm.TERTIAL,
            "overall_pledge": "Vi lovar att kvällarna i centrum ska bli lugnare.",
            **given,
        }
    )
    for order, organisation in enumerate((where.police, where.own)):
        PromiseParty.objects.create(promise=made, organisation=organisation, order=order)
    return made


def pledge(of: CitizenPromise, key: str, text: str, *parties: Organisation) -> Pledge:
    made = Pledge.objects.create(promise=of, key=key, text=text, order=of.pledges.count())
    for order, organisation in enumerate(parties):
        PledgeParty.objects.create(pledge=made, organisation=organisation, order=order)
    return made


def activity(of: Pledge, text: str, **given: Any) -> Activity:
    return Activity.objects.create(
        **{"cycle": of.promise.cycle, "pledge": of, "key": of.key, "order": 0, "text": text, **given}
    )


def target(of: Activity, *places: Area, **given: Any) -> Target:
    """Minst 8 … unless told otherwise."""
    number = of.targets.count()
    values = {"key": f"matt-{number + 1}", "order": number, "kind": "count", "amount": 8, "unit": "kontroller", **given}
    if values["kind"] in ("none", "yes_no"):
        values["amount"] = None
    made = Target.objects.create(activity=of, **values)
    for order, place in enumerate(places):
        TargetPlace.objects.create(target=made, area=place, order=order)
    return made


def publish(of: CitizenPromise) -> CitizenPromise:
    """Out, with its text frozen and its periods open."""
    freeze(of)
    of.state = PromiseState.ACTIVE
    of.save()
    open_periods(of)
    return of


def period(of: CitizenPromise, label: str = "2026-T2") -> Period:
    return of.periods.get(label=label)


def report(of: Period, about: Activity, number: int | None = None, **given: Any) -> ActivityReport:
    made = ActivityReport.objects.create(
        **{
            "period": of,
            "activity": about,
            "covers_from": of.starts,
            "covers_to": of.ends,
            "status": "on_track",
            **given,
        }
    )
    if number is not None:
        first = about.targets.first()
        Figure.objects.create(report=made, target=first, order=0, number=Decimal(number))
    return made


def occasion(of: Activity, **given: Any) -> Occasion:
    """A walk ten days from now in the tests' calendar, unless told otherwise."""
    assert of.pledge is not None
    number = of.pledge.promise.occasions.count() + 1
    values = {
        "key": f"tillfalle-{number}", "title": "Trygghetsvandring runt stationen", "on": dt.date(2026, 9, 20),
        "starts": dt.time(18), "ends": dt.time(19, 30), "place": "Utanför biblioteket", "how": "Kom som du är.",
    }  # fmt: skip
    return Occasion.objects.create(promise=of.pledge.promise, activity=of, **values | given)


def picture(of: Cycle) -> SituationPicture:
    return SituationPicture.objects.create(cycle=of, key="lagesbild", year=of.starts.year)


def problem(of: SituationPicture, title: str, priority: int | None = 1) -> Problem:
    return Problem.objects.create(picture=of, key=f"problem-{of.problems.count() + 1}", title=title, priority=priority)


@dataclass
class Tuna:
    """A kommun in its year: two activities, one of the police and one of the housing company."""

    kommun: Kommun
    promise: CitizenPromise
    checks: Activity
    lamps: Activity

    @property
    def late(self) -> Period:
        return period(self.promise, "2026-T2")


def tuna() -> Tuna:
    where = kommun()
    made = promise(where)
    traffic = pledge(made, "trafik", "Polisen gör minst åtta trafikkontroller.", where.police)
    light = pledge(made, "ljus", "Bostadsbolaget byter lamporna på gårdarna.", where.housing)
    checks = activity(traffic, "Göra trafikkontroller")
    target(checks)
    lamps = activity(light, "Byta lampor")
    target(lamps, kind="yes_no", unit="Lamporna är bytta")
    publish(made)
    return Tuna(where, made, checks, lamps)
