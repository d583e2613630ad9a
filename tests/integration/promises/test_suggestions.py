"""The next promise is built on what came of earlier ones, and on measures whose effect has been studied."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client
from django.urls import reverse

from factories import activity as an_activity
from factories import pledge, target
from lofte.exchange.reading import load_file
from lofte.parties.models import Organisation, Role
from lofte.promises import known
from lofte.promises.earlier import Earlier, earlier_results, numbers_like
from lofte.promises.models import CitizenPromise
from people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def strangnas(checkout: Path) -> CitizenPromise:
    """Next to come after 2019: a draft that promises eight new areas again, where twenty were done."""
    first = load_file(checkout / "examples/strangnas-2019.json").promise
    # Boats are counted in the same unit: the words tell them apart.
    unit = first.pledges.get(key="grannsamverkan").activities.get().targets.get().unit
    where = first.municipality
    made = CitizenPromise.objects.create(
        municipality=where, cycle=first.cycle, slug="2027", title="Löfte", starts=dt.date(2027, 1, 1),
        ends=dt.date(2027, 12, 31),
    )  # fmt: skip
    police = where.organisations.get(kind=Organisation.Kind.POLICE)
    line = pledge(made, "grannar", "Polisen startar minst 8 nya grannsamverkansområden.", police)
    target(an_activity(line, "Starta områden"), amount=8, unit=unit)
    return made


@pytest.fixture
def coordinator(strangnas: CitizenPromise) -> Client:
    own = strangnas.municipality.organisations.get(kind=Organisation.Kind.MUNICIPALITY)
    return signed_in(person("samordnare", own, Role.COORDINATOR))


def url(name: str, **more: str) -> str:
    return reverse(f"promises:{name}", kwargs={"kommun": "strangnas", "slug": "2027", **more})


def test_earlier_results_come_with_what_was_done(strangnas: CitizenPromise) -> None:
    done = {(row.unit, row.done, row.verdict) for row in earlier_results(strangnas)}

    assert any(number == 20 and verdict == "hållet" for _unit, number, verdict in done)


def test_the_check_says_that_the_target_was_met_before(coordinator: Client) -> None:
    page = coordinator.get(url("pledge", key="grannar"))

    hit = next(hit for hit in page.context["check"].hits if hit.rule == "L15")
    assert hit.message == "Målet är redan nått: förra gången blev det 20."


def test_the_page_tells_of_both_and_leads_to_a_new_pledge(coordinator: Client) -> None:
    page = coordinator.get(url("suggestions"))

    told = page.content.decode()
    assert "Gjort: 20. Hållet." in told
    assert "Våldsbrotten minskade med 29 procent" in told
    lead = page.context["before"][0].url
    text = parse_qs(urlparse(lead).query)["text"][0]
    assert text in coordinator.get(lead).content.decode()


def test_a_pledge_shows_what_is_known_of_such_work(coordinator: Client) -> None:
    told = coordinator.get(url("pledge", key="grannar")).content.decode()

    assert "36 utvärderingar" in told
    assert "29 procent" not in told


@pytest.mark.parametrize(
    ("kind", "unit", "length", "found"),
    [
        ("count", "Besök", 365, (20.0,)),
        ("count", "besök", 380, (20.0,)),
        ("count", "besök", 730, ()),
        ("count", "samtal", 365, ()),
        ("rate", "besök", 365, ()),
    ],
)
def test_only_like_is_compared_with_like(kind: str, unit: str, length: int, found: tuple[float, ...]) -> None:
    row: dict[str, Any] = {"slug": "x", "pledge": "", "activity": "", "promised": "", "per": "", "verdict": ""}
    before = Earlier(starts=dt.date(2026, 1, 1), ends=dt.date(2026, 12, 31), kind=kind, unit="besök", done=20, **row)  # type: ignore[arg-type]

    assert numbers_like([before], about="Göra besök", kind=kind, unit=unit, days=length) == found


def test_the_sites_own_list_takes_the_place_of_the_shipped(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    row = {
        "id": "a", "measure": "Vår åtgärd", "against": "bus", "found": "none", "says": "x", "but": "y",
        "source": "Vi själva", "url": "https://example.se/", "words": ["bus"],
    }  # fmt: skip
    (tmp_path / "known-measures.json").write_text(json.dumps([row]), "utf-8")

    assert [each.measure for each in known.known_measures()] == ["Vår åtgärd"]


@pytest.mark.parametrize("changed", [{"source": ""}, {"url": "http://x"}, {"found": "bra"}, {"extra": 1}])
def test_a_list_without_sources_is_refused(settings: Any, tmp_path: Path, changed: dict[str, Any]) -> None:
    settings.VAR = tmp_path
    rows = json.loads(known.SHIPPED.read_text("utf-8"))
    (tmp_path / "known-measures.json").write_text(json.dumps([rows[0] | changed]), "utf-8")

    with pytest.raises(known.BadList):
        known.known_measures()


def test_every_shipped_measure_has_its_source() -> None:
    assert {each.found for each in known.known_measures()} == {"less", "none"}
