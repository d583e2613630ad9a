"""A kommun with two kommundelar, the two who write its picture, and an item of evidence to rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from factories import Kommun, area, cycle, kommun
from lofte.core.states import Visibility
from lofte.evidence.models import EvidenceItem
from lofte.parties.models import Cycle
from lofte.picture.models import SituationPicture
from people import Cast, cast, signed_in

ROOT = "/arbete/tuna/lagesbild/2026/"
DECISION = {
    "body": "Kommunfullmäktige",
    "on": "2026-02-28",
    "minutes_reference": "§ 12",
    "registry_number": "KS 2026:7",
}


@dataclass
class PictureSite:
    """Tuna with what a picture needs. `write` posts a part as the coordinator."""

    kommun: Kommun
    cycle: Cycle
    people: Cast
    coordinator: Client
    officer: Client
    survey: EvidenceItem

    @property
    def picture(self) -> SituationPicture:
        return SituationPicture.objects.filter(cycle=self.cycle).latest("version")

    @property
    def url(self) -> str:
        return f"{ROOT}{self.picture.key}/"

    def begin(self) -> None:
        assert self.coordinator.post(ROOT).status_code == 302

    def write(self, part: str, **values: Any) -> HttpResponse:
        return post(self.coordinator, f"{self.url}{part}", **values)

    def hand_over(self) -> None:
        self.coordinator.post(f"{self.url}lage/", {"till": "joint_review"})

    def adopt(self) -> HttpResponse:
        return post(self.coordinator, f"{self.url}anta/", **DECISION)

    def fill(self) -> None:
        """A picture with one part of each kind."""
        self.begin()
        self.write("text/", year=2026, is_joint="on", summary="Lugnt på dagarna.", joint_assessment="Vi är överens.")
        self.write(
            "utsaga/ny/", sentence="Fler undviker parken.", internal_sentence="HEMLIG-UTSAGA", trend="more",
            strength="likely", areas=[self.survey.areas.get().pk], evidence=[self.survey.pk],
        )  # fmt: skip
        self.write("utsaga/ny/", internal_sentence="HEMLIG-ENSAM", trend="unknown", strength="indication")
        self.write("problem/nytt/", title="Mörk park", consequences="Folk går omvägar.", priority=1,
                   evidence=[self.survey.pk])  # fmt: skip
        self.write("problem/problem-1/orsak/ny/", text="Lamporna är trasiga", level="situational", factor="risk",
                   evidence=[self.survey.pk])  # fmt: skip
        self.write("kriterium/nytt/", name="Hur många det drabbar")


def post(client: Client, address: str, **values: Any) -> HttpResponse:
    """Send a form as a browser does: with the stamp that the page carried."""
    form = client.get(address).context["form"]
    stamp = {"stamp": form["stamp"].value()} if "stamp" in form.fields else {}
    answer: Any = client.post(address, stamp | values)
    return answer  # type: ignore[no-any-return]


def picture_site() -> PictureSite:
    where = kommun()
    people = cast(where)
    turn = cycle(where)
    north = area(where, "Norr")
    area(where, "Centrum")
    survey = turn.evidence.create(
        key="enkat", kind="survey", title="Enkäten", sentence="Tre av tio.", visibility=Visibility.OPEN
    )
    survey.areas.add(north)
    return PictureSite(where, turn, people, signed_in(people.coordinator), signed_in(people.police_editor), survey)
