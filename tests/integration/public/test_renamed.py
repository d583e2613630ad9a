"""A kommun gets a new name: what was published is found at its old address, and no reader sees it twice."""

import json
from typing import Any

import feedparser
import pytest
from django.test import Client

from factories import TODAY, Tuna, kommun, tuna
from lofte.cli import main
from lofte.followup.actions import add_update
from lofte.followup.models import Follower, FormerName
from lofte.followup.renaming import NameTaken, rename
from people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Tuna:
    made = tuna()
    people = cast(made.kommun)
    add_update(promise=made.promise, by=people.coordinator, on=TODAY, text="Nu är lamporna bytta.")
    return made


def renamed(here: Tuna, *names: str) -> None:
    for slug in names:
        here.kommun.municipality.refresh_from_db()
        rename(here.kommun.municipality, slug=slug)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/tuna/", "/nytuna/"),
        ("/tuna/2026/", "/nytuna/2026/"),
        ("/tuna/2026/rapport/2026-T1/", "/nytuna/2026/rapport/2026-T1/"),
        ("/en/tuna/2026/nytt/nytt-1/", "/en/nytuna/2026/nytt/nytt-1/"),
        ("/tuna/?sida=2", "/nytuna/?sida=2"),
    ],
)
def test_old_addresses_lead_on_for_ever(here: Tuna, old: str, new: str) -> None:
    renamed(here, "nytuna")

    page = Client().get(old)

    assert (page.status_code, page.headers["Location"]) == (301, new)
    assert Client().get(new).status_code == 200


def test_two_changes_lead_to_the_present_name_at_once(here: Tuna) -> None:
    renamed(here, "mellantuna", "nytuna")

    assert [Client().get(f"/{name}/2026/").headers["Location"] for name in ("tuna", "mellantuna")] == [
        "/nytuna/2026/"
    ] * 2


def test_a_name_taken_back_is_itself_again(here: Tuna) -> None:
    renamed(here, "nytuna", "tuna")

    assert Client().get("/tuna/").status_code == 200
    assert list(FormerName.objects.values_list("slug", flat=True)) == ["nytuna"]


def test_what_never_was_is_still_not_there(here: Tuna) -> None:
    renamed(here, "nytuna")

    assert Client().get("/ingenstans/").status_code == 404
    assert Client().get("/nytuna/1999/").status_code == 404
    assert Client().post("/tuna/").status_code == 404


def test_readers_know_the_entries_by_their_first_name(here: Tuna) -> None:
    def known() -> tuple[Any, ...]:
        client = Client()
        where = here.kommun.municipality.slug
        atom = feedparser.parse(client.get(f"/{where}/flode.atom").content)
        uids = [line for line in client.get(f"/{where}/kalender.ics").text.splitlines() if line.startswith("UID")]
        items = json.loads(client.get(f"/{where}/flode.json").content)["items"]
        return atom.feed.id, [entry.id for entry in atom.entries], uids, [item["id"] for item in items]

    before = known()
    renamed(here, "nytuna")
    here.kommun.municipality.refresh_from_db()

    assert known() == before


def test_a_follower_follows_on(here: Tuna) -> None:
    Follower.objects.create(
        email="a@example.se", municipality=here.kommun.municipality, promise=here.promise, about="tuna/2026",
        asked_on=TODAY,
    )  # fmt: skip

    renamed(here, "nytuna")

    assert Follower.objects.get().about == "nytuna/2026"


@pytest.mark.parametrize("slug", ["arbete", "grannby", "tuna"])
def test_a_name_that_is_taken_is_refused(here: Tuna, slug: str) -> None:
    other = kommun("Grannbo", "9003")
    rename(other.municipality, slug="grannbo-nya")

    with pytest.raises(NameTaken):
        rename(here.kommun.municipality, slug=slug)
    with pytest.raises(NameTaken):
        rename(here.kommun.municipality, slug="grannbo")


def test_command(here: Tuna, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rename", "tuna", "nytuna", "--name", "Nytuna"]) == 0
    assert "/tuna/ leder nu till /nytuna/." in capsys.readouterr().out
    assert main(["rename", "tuna", "nytuna"]) == 2
    assert main(["rename", "nytuna", "Ny Tuna"]) == 2
    assert main(["rename", "nytuna", "arbete"]) == 2


def test_every_open_address_begins_with_the_name() -> None:
    """So that one rule leads them all on."""
    from django.urls import get_resolver

    patterns = [str(each.pattern) for each in get_resolver("lofte.public.urls").url_patterns]

    assert all(each.startswith("<slug:kommun>/") for each in patterns if "kommun" in each)
