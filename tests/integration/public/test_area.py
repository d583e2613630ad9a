"""A part of a kommun: its page, feeds and calendar hold what names it, and nothing else."""

import json

import feedparser
import pytest
import vobject
from django.test import Client
from django.utils import timezone

from factories import TODAY, Tuna, area, occasion, tuna
from lofte.followup.models import Update
from lofte.followup.renaming import rename
from lofte.places.models import Area
from lofte.promises.models import PromiseArea, TargetPlace

pytestmark = pytest.mark.django_db
PAGE = "/tuna/omrade/norr/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


@pytest.fixture
def here() -> Tuna:
    made = tuna()
    for key in ("ljus", "trafik"):
        Update.objects.create(
            promise=made.promise, pledge=made.promise.pledges.get(key=key), key=key, on=TODAY, text=f"Om {key}."
        )
    Update.objects.create(promise=made.promise, key="allt", on=TODAY, text="Om allt.")
    made.promise.periods.filter(label="2026-T1").update(stage="published", published_on=TODAY)
    return made


@pytest.fixture
def north(here: Tuna) -> Area:
    return area(here.kommun, "Norr")


def told(client: Client) -> set[str]:
    return {item["content_text"] for item in json.loads(client.get(f"{PAGE}flode.json").content)["items"]}


REPORT = "Rapporten om löftet är publicerad."


def test_nothing_is_told_of_a_place_that_nothing_names(client: Client, here: Tuna, north: Area) -> None:
    occasion(here.lamps)

    assert told(client) == set()
    assert "Inget löfte nämner platsen." in client.get(PAGE).text
    assert not hasattr(vobject.readOne(client.get(f"{PAGE}kalender.ics").text), "vevent_list")


def test_pledge_that_names_a_place_in_it_is_told_of(client: Client, here: Tuna, north: Area) -> None:
    park = area(here.kommun, "Parken", Area.Kind.PLACE)
    Area.objects.filter(pk=park.pk).update(parent=north)
    TargetPlace.objects.create(target=here.lamps.targets.get(), area=park, order=0)

    assert told(client) == {"Om ljus.", REPORT}
    page = client.get(PAGE)
    assert [text for text, _url, _title in page.context["done"]] == ["Byta lampor"]
    read = vobject.readOne(client.get(f"{PAGE}kalender.ics").text)
    assert len(read.vevent_list) == 3


def test_promise_for_the_place_is_told_of_whole(client: Client, here: Tuna, north: Area) -> None:
    PromiseArea.objects.create(promise=here.promise, area=north, order=0)
    occasion(here.lamps, title="Vandring")

    assert {"Om ljus.", "Om trafik.", "Om allt.", REPORT} < told(client)
    assert [each.title for each in client.get(PAGE).context["occasions"]] == ["Vandring"]


def test_occasion_there_is_told_of_whatever_it_belongs_to(client: Client, here: Tuna, north: Area) -> None:
    occasion(here.lamps, title="Norrut", area=north)
    occasion(here.lamps, title="Söderut", area=area(here.kommun, "Söder"))

    assert [each.title for each in client.get(PAGE).context["occasions"]] == ["Norrut"]
    assert "Söderut" not in client.get(f"{PAGE}kalender.ics").text


def test_work_that_is_shown_when_done_names_no_place(client: Client, here: Tuna, north: Area) -> None:
    TargetPlace.objects.create(target=here.checks.targets.get(), area=north, order=0)
    here.checks.shown_when_done = True
    here.checks.save()

    assert told(client) == set()


def test_feeds_say_the_same_and_keep_their_names(client: Client, here: Tuna, north: Area) -> None:
    PromiseArea.objects.create(promise=here.promise, area=north, order=0)
    before = feedparser.parse(client.get(f"{PAGE}flode.atom").content)
    rename(here.kommun.municipality, slug="nytuna")

    after = feedparser.parse(client.get("/nytuna/omrade/norr/flode.atom").content)

    assert not before.bozo
    assert before.feed.title == "Medborgarlöften i Norr, Tuna kommun"
    assert (before.feed.id, [each.id for each in before.entries]) == (
        after.feed.id,
        [each.id for each in after.entries],
    )
    assert client.get(PAGE).status_code == 301


def test_parts_are_found_from_the_kommun(client: Client, here: Tuna, north: Area) -> None:
    assert "/tuna/omrade/" in client.get("/tuna/").text
    assert PAGE in client.get("/tuna/omrade/").text


def test_what_is_no_place_is_not_there(client: Client, here: Tuna) -> None:
    for page in (PAGE, f"{PAGE}folj/", f"{PAGE}flode.atom", f"{PAGE}flode.json", f"{PAGE}kalender.ics"):
        assert client.get(page).status_code == 404
    assert "/tuna/omrade/" not in client.get("/tuna/").text
