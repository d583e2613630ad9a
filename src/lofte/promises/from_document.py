"""A document that was read (lofte_engine.text.promise_document) becomes a draft to correct and publish."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from lofte.core.events import record
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


@transaction.atomic
def draft_from_document(
    document: PromiseDocument, *, source_name: str, municipality: Municipality | None = None, by: UUID | None = None
) -> CitizenPromise:
    """A read document as a draft to correct and publish. What the document doesn't say stays empty."""
    given = document.as_dict()
    kommun = municipality or _municipality(given["municipality"])
    starts = dt.date.fromisoformat(given["period"]["from"])
    ends = dt.date.fromisoformat(given["period"]["to"])
    slug = _free_slug(kommun, slugify(given["period"]["label"].replace("–", "-")))
    cycle = Cycle.objects.create(municipality=kommun, slug=slug, starts=starts, ends=ends, mode=Cycle.Mode.FOLLOW)
    Source.objects.create(cycle=cycle, key="dokument", title=source_name)
    picture = _picture(cycle, given, kommun)
    promise = CitizenPromise.objects.create(
        cycle=cycle,
        municipality=kommun,
        slug=slug,
        title=given["title"] or f"Medborgarlöfte {given['period']['label']}",
        starts=starts,
        ends=ends,
        picture=picture,
        intro=given["intro"] or "",
        overall_pledge=given["overall_pledge"] or "",
        desired_outcome=given["desired_outcome"] or "",
        rhythm=given["rhythm"] if given["rhythm"] in Rhythm.values else Rhythm.NONE,
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


def _municipality(given: dict[str, str]) -> Municipality:
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


def _picture(cycle: Cycle, given: dict[str, object], kommun: Municipality) -> SituationPicture:
    picture = SituationPicture.objects.create(
        cycle=cycle,
        key="lagesbild",
        year=given["picture_year"],
        state=SituationPicture.State.DRAFT,
        summary=given["situation_text"] or "",
        joint_assessment=given["joint_assessment"] or "",
        sources=["dokument"],
    )
    for number, title in enumerate(given["problems"], start=1):  # type: ignore[call-overload]
        Problem.objects.create(picture=picture, key=f"problem-{number}", title=title, priority=number)
    kinds = {kind.value: kind.label for kind in EvidenceItem.Kind}
    for kind in given["evidence_basis"]:  # type: ignore[attr-defined]
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


def _pledge(promise: CitizenPromise, order: int, given: dict[str, object]) -> None:
    names = [str(name) for name in given["parties"]]  # type: ignore[attr-defined]
    key = f"lofte-{order + 1}"
    text = str(given["text"])
    pledge = Pledge.objects.create(
        promise=promise, key=key, order=order, text=text, with_others=len(_named(names)) < len(names), sources=["dokument"]
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
