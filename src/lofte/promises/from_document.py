"""A document that was read (lofte_engine.text.promise_document) becomes a draft to correct and publish."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from lofte.core.events import record
from lofte.core.records import Record
from lofte.core.states import Visibility
from lofte.evidence.models import EvidenceItem
from lofte.parties.models import Cycle, Organisation, Source
from lofte.picture.models import Problem, SituationPicture
from lofte.places.models import Municipality
from lofte.promises.actions import chain_of
from lofte.promises.models import (
    Activity,
    CitizenPromise,
    Pledge,
    PledgeParty,
    PromiseParty,
    Rhythm,
    SignOff,
    Target,
)

if TYPE_CHECKING:
    from lofte_engine.text.promise_document import PromiseDocument


LONGEST_TITLE = 200
RHYTHMS = {
    "tertial": Rhythm.TERTIAL,
    "quarterly": Rhythm.QUARTER,
    "half_yearly": Rhythm.HALF_YEAR,
    "yearly": Rhythm.YEAR,
    "final": Rhythm.ONCE,
}


class NotSaid(ValueError):
    """The document doesn't say what a draft can't be without; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(f"the document names no {field}")
        self.field = field


@transaction.atomic
def draft_from_document(
    document: PromiseDocument,
    *,
    source_name: str,
    municipality: Municipality | None = None,
    by: UUID | None = None,
    year_if_unknown: int | None = None,
) -> CitizenPromise:
    """A read document as a draft to correct and publish. What the document doesn't say stays empty.

    A draft needs a kommun and a period: `municipality` and `year_if_unknown` stand in when the document has none.
    """
    given = document.as_dict()
    kommun = municipality or _municipality(given["municipality"])
    starts, ends, label = _period(given, year_if_unknown)
    slug = _free_slug(kommun, slugify(label.replace("–", "-")))
    cycle = Cycle.objects.create(municipality=kommun, slug=slug, starts=starts, ends=ends, mode=Cycle.Mode.FOLLOW)
    Source.objects.create(cycle=cycle, key="dokument", title=source_name)
    picture = _picture(cycle, given, kommun)
    promise = CitizenPromise.objects.create(
        cycle=cycle,
        municipality=kommun,
        slug=slug,
        title=(given["title"] or f"Medborgarlöfte {label}")[:LONGEST_TITLE],
        starts=starts,
        ends=ends,
        picture=picture,
        intro=given["intro"] or "",
        overall_pledge=given["overall_pledge"] or "",
        desired_outcome=given["desired_outcome"] or "",
        rhythm=_rhythm(given),
        report_days=_report_days(given),
        channels=given["channels"],
        sources=["dokument"],
    )
    parties = list(dict.fromkeys(name for pledge in given["pledges"] for name in pledge["parties"]))
    signing = [signer["organisation"] for signer in given["signers"] if signer["organisation"]]
    for order, name in enumerate(dict.fromkeys(_named([*parties, *signing]))):
        PromiseParty.objects.create(promise=promise, organisation=_organisation(kommun, name), order=order)
    for order, pledge in enumerate(given["pledges"]):
        _pledge(promise, order, pledge)
    for order, signer in enumerate(given["signers"]):
        if signer["organisation"]:
            _sign_off(promise, order, signer, given["signed"])
    record("promise.read", chain=chain_of(promise), target=promise, actor=by)
    return promise


def _period(given: Record, year_if_unknown: int | None) -> tuple[dt.date, dt.date, str]:
    """First day, last day and what to call them; without a period the year that is named, or the one given."""
    if given["period"]:
        days = [dt.date.fromisoformat(given["period"][end]) for end in ("from", "to")]
        return days[0], days[1], given["period"]["label"]
    year = given["year"] or year_if_unknown
    if year is None:
        raise NotSaid("period")
    return dt.date(year, 1, 1), dt.date(year, 12, 31), str(year)


def _rhythm(given: Record) -> Rhythm:
    """The engine's word for how often, in ours; months without a rhythm are days to report on."""
    if given["rhythm"] in RHYTHMS:
        return RHYTHMS[given["rhythm"]]
    return Rhythm.CUSTOM if given["report_dates"] else Rhythm.NONE


def _report_days(given: Record) -> list[str]:
    """Only for a rhythm of its own: otherwise the calendar makes the days."""
    return [f"{month}-01" for month in given["report_dates"]] if _rhythm(given) == Rhythm.CUSTOM else []


def _municipality(given: dict[str, str]) -> Municipality:
    if not given:
        raise NotSaid("municipality")
    found, _created = Municipality.objects.get_or_create(
        code=given["code"], defaults={"name": given["name"], "slug": slugify(given["name"])}
    )
    return found


def _free_slug(municipality: Municipality, wanted: str) -> str:
    taken = set(municipality.cycles.filter(slug__startswith=wanted).values_list("slug", flat=True))
    taken |= set(municipality.promises.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _picture(cycle: Cycle, given: Record, kommun: Municipality) -> SituationPicture:
    picture = SituationPicture.objects.create(
        cycle=cycle,
        key="lagesbild",
        year=given["picture_year"],
        state=SituationPicture.State.DRAFT,
        summary=given["situation_text"] or "",
        joint_assessment=given["joint_assessment"] or "",
        sources=["dokument"],
    )
    for number, title in enumerate(given["problems"], start=1):
        Problem.objects.create(
            picture=picture,
            key=f"problem-{number}",
            title=title[:LONGEST_TITLE],
            description=title if len(title) > LONGEST_TITLE else "",
            priority=number,
        )
    kinds = {kind.value: kind.label for kind in EvidenceItem.Kind}
    for kind in given["evidence_basis"]:
        if kind not in kinds:
            continue
        keeps_it = kind == EvidenceItem.Kind.CRIMINAL_INTELLIGENCE
        EvidenceItem.objects.create(
            cycle=cycle,
            key=slugify(kind),
            kind=kind,
            title=kinds[kind].capitalize(),
            visibility=Visibility.HELD_BY_OWNER if keeps_it else Visibility.OPEN,
            owner=_organisation(kommun, "Polisen") if keeps_it else None,
            sources=["dokument"],
        )
    return picture


def _named(names: list[str]) -> list[str]:
    return [name for name in names if name.lower() != "andra aktörer"]


def _organisation(kommun: Municipality, name: str) -> Organisation:
    """The kommun's organisation of that name; the police and the kommun itself have fixed keys."""
    lowered = name.lower()
    if lowered.startswith("polis"):
        key, kind, name = "polisen", Organisation.Kind.POLICE, "Polisen"
    elif lowered.endswith("kommun") or lowered in (kommun.name.lower(), "kommunen"):
        key, kind, name = "kommunen", Organisation.Kind.MUNICIPALITY, f"{kommun.name} kommun"
    else:
        key, kind = slugify(name)[:80], Organisation.Kind.OTHER
    found, _created = Organisation.objects.get_or_create(
        municipality=kommun, key=key, defaults={"kind": kind, "name": name}
    )
    return found


def _pledge(promise: CitizenPromise, order: int, given: Record) -> None:
    names = [str(name) for name in given["parties"]]
    key = f"lofte-{order + 1}"
    text = str(given["text"])
    pledge = Pledge.objects.create(
        promise=promise,
        key=key,
        order=order,
        text=text,
        with_others=len(_named(names)) < len(names),
        sources=["dokument"],
    )
    for place, name in enumerate(dict.fromkeys(_named(names))):
        PledgeParty.objects.create(pledge=pledge, organisation=_organisation(promise.municipality, name), order=place)
    activity = Activity.objects.create(cycle=promise.cycle, pledge=pledge, key=key, order=0, text=text)
    Target.objects.create(activity=activity, key=key, order=0, kind=Target.Kind.NONE)


def _sign_off(promise: CitizenPromise, order: int, signer: dict[str, str], signed: dict[str, str] | None) -> None:
    day = (signed or {}).get("date")
    SignOff.objects.create(
        promise=promise,
        order=order,
        organisation=_organisation(promise.municipality, signer["organisation"]),
        role=signer["role"],
        place=(signed or {}).get("place") or "",
        signed_on=dt.date.fromisoformat(day) if day else None,
        method=SignOff.Method.STATED,
        sources=["dokument"],
    )
