"""A service for e-signatures comes in by one door: its receipt counts only for the very text that waits."""

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse

from factories import TODAY
from lofte.promises import esign
from lofte.promises.models import CitizenPromise, PromiseVersion, SignatureRequest, SignOff
from people import Cast, signed_in

type Asked = dict[str, SignatureRequest]


class Service:
    """Signs what it was given, or something else, or says no."""

    name = "Skriv under med Provtjänsten"

    def __init__(self) -> None:
        self.orders: list[esign.Order] = []

    def begin(self, order: esign.Order) -> str:
        self.orders.append(order)
        return "https://tjanst.example/underskrift/1"

    def finish(self, order: esign.Order, answer: Mapping[str, str]) -> esign.Receipt:
        if answer["svar"] == "nej":
            raise esign.NotGiven("Du avbröt underskriften.")
        sha256 = order.sha256 if answer["svar"] == "ja" else "0" * 64
        return esign.Receipt(sha256=sha256, signed_on=TODAY, reference="PROV-1")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    made = Service()
    monkeypatch.setattr(esign, "service", lambda: made)
    return made


def url(asked: SignatureRequest) -> str:
    return reverse("promises:sign_external", kwargs={"kommun": "tuna", "slug": "2027", "pk": asked.pk})


@pytest.fixture
def chief(people: Cast) -> Client:
    return signed_in(people.police_chief)


def test_without_a_service_there_is_no_door(chief: Client, asked: Asked, frozen: PromiseVersion) -> None:
    assert esign.service() is None
    assert chief.get(url(asked["polisen"])).status_code == 404


def test_the_signer_is_shown_the_text_and_the_way(
    chief: Client, asked: Asked, frozen: PromiseVersion, service: Service
) -> None:
    told = chief.get(url(asked["polisen"])).content.decode()

    assert 'href="https://tjanst.example/underskrift/1"' in told
    assert (service.orders[0].sha256, service.orders[0].text) == (frozen.sha256, frozen.content)
    assert service.orders[0].return_to.endswith(url(asked["polisen"]))
    sign = reverse("promises:sign", kwargs={"kommun": "tuna", "slug": "2027"})
    assert service.name in chief.get(sign).content.decode()


def test_a_receipt_for_this_text_is_a_signature(
    chief: Client, asked: Asked, draft: CitizenPromise, frozen: PromiseVersion, service: Service
) -> None:
    chief.get(url(asked["polisen"]), {"svar": "ja"})

    kept = SignOff.objects.get(promise=draft)
    assert (kept.method, kept.sha256, kept.registry_number) == ("external", frozen.sha256, "PROV-1")
    assert kept.signed_on == TODAY


@pytest.mark.parametrize(("answer", "says"), [("annan", "Texten har ändrats"), ("nej", "Du avbröt underskriften.")])
def test_anything_else_is_none(
    chief: Client, asked: Asked, draft: CitizenPromise, frozen: PromiseVersion, service: Service, answer: str, says: str
) -> None:
    told = chief.get(url(asked["polisen"]), {"svar": answer}, follow=True).content.decode()

    assert says in told
    assert not SignOff.everything.filter(promise=draft).exists()


def test_nobody_signs_for_another_organisation(
    chief: Client, asked: Asked, frozen: PromiseVersion, service: Service
) -> None:
    assert chief.get(url(asked["kommunen"]), {"svar": "ja"}).status_code == 404
