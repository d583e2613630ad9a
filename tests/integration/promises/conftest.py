"""A kommun in its year, the cast, the day it is, and a new promise that lacks nothing but its signatures."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from factories import TODAY, Tuna, activity, cycle, pledge, promise, target, tuna
from lofte.promises.models import CitizenPromise, PromiseVersion, SignatureRequest, SignOff
from lofte.promises.signing import Given, freeze_to_sign, sign
from people import Cast, cast

SAYS = "Polisen gör minst åtta trafikkontroller i centrum under 2027 och redovisar antalet på polisen.se i maj."


@pytest.fixture
def here(db: None) -> Tuna:
    return tuna()


@pytest.fixture
def people(here: Tuna) -> Cast:
    return cast(here.kommun)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    return TODAY


@pytest.fixture
def draft(here: Tuna) -> CitizenPromise:
    """Next year's promise by the kommun and the police, each with a signer."""
    made = promise(here.kommun, cycle(here.kommun, 2027))
    target(activity(pledge(made, "trafik-2027", SAYS, here.kommun.police), "Göra trafikkontroller"))
    for order, organisation in enumerate((here.kommun.police, here.kommun.own)):
        role = "Lokalpolisområdeschef" if order == 0 else "Kommundirektör"
        SignatureRequest.objects.create(promise=made, organisation=organisation, role=role, order=order)
    return made


@pytest.fixture
def frozen(draft: CitizenPromise, people: Cast) -> PromiseVersion:
    return freeze_to_sign(promise=draft, by=people.coordinator)


@pytest.fixture
def asked(draft: CitizenPromise) -> dict[str, SignatureRequest]:
    """Who is asked to sign, by the key of their organisation."""
    return {each.organisation.key: each for each in draft.signature_requests.select_related("organisation", "promise")}


@pytest.fixture
def sign_for(asked: dict[str, SignatureRequest], people: Cast, frozen: PromiseVersion) -> Callable[[str], SignOff]:
    """Sign the frozen text on screen, for an organisation."""
    signers = {"polisen": people.police_chief, "kommunen": people.director}

    def signed(key: str) -> SignOff:
        given = Given(method=SignOff.Method.SCREEN, role=asked[key].role, signed_on=TODAY)
        return sign(request=asked[key], by=signers[key], sha256=frozen.sha256, given=given)

    return signed
