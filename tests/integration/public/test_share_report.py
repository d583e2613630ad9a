"""The share kit of a published report: what stands in it fits, says the verdicts in words, and needs no sign-in."""

import io
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from factories import TODAY, Tuna, pledge, report, tuna
from lofte.exchange.reading import load_file
from lofte.followup.actions import lock_and_publish, send_for_review
from lofte.followup.models import Publication
from lofte.promises.versions import freeze
from people import Cast, cast, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/tuna/2026/rapport/2026-T2/"
URL = f"http://127.0.0.1:8000{PAGE}"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


@pytest.fixture
def here() -> Tuna:
    return tuna()


@pytest.fixture
def people(here: Tuna) -> Cast:
    return cast(here.kommun)


def publish(here: Tuna, people: Cast) -> None:
    report(here.late, here.checks, 8, entered_by=people.community_officer.key)
    report(here.late, here.lamps, status="delayed", reason_code="resource", entered_by=people.partner.key)
    send_for_review(period=here.late, by=people.coordinator)
    lock_and_publish(period=here.late, by=people.coordinator, today=TODAY)


def test_texts_say_the_verdicts_and_end_with_the_address(client: Client, here: Tuna, people: Cast) -> None:
    publish(here, people)

    kit = client.get(f"{PAGE}dela/").context

    assert kit["short"].startswith("Lugnare kvällar i centrum. Rapport maj–augusti 2026: 1 löfte ")
    assert "”Polisen gör minst åtta trafikkontroller”: hållet." in kit["long"]
    assert (len(kit["short"]) <= 280, len(kit["long"]) <= 500) == (True, True)
    assert kit["short"].endswith(f" {URL}")
    assert kit["long"].endswith(f" {URL}")


def test_what_there_is_no_room_for_is_counted(client: Client, here: Tuna, people: Cast) -> None:
    for number in range(9):
        pledge(here.promise, f"mer-{number}", "Vi lovar något som tar många ord att säga. " * 3).activities.create(
            cycle=here.promise.cycle, key=f"mer-{number}", order=0, text="Mer"
        )
    freeze(here.promise)
    for number, activity in enumerate(here.promise.cycle.activities.filter(text="Mer")):
        report(here.late, activity, status="on_track", done=f"Gjort {number}.")
    publish(here, people)

    kit = client.get(f"{PAGE}dela/").context

    assert (len(kit["short"]) <= 280, len(kit["long"]) <= 500) == (True, True)
    assert "löften till. http" in kit["long"]


def test_snippet_is_plain_and_safe(client: Client, here: Tuna, people: Cast) -> None:
    here.promise.short_line = "<b>Lugnt</b>"
    here.promise.save()
    freeze(here.promise)
    publish(here, people)

    snippet = client.get(f"{PAGE}dela/").context["snippet"]

    assert "&lt;b&gt;Lugnt&lt;/b&gt;" in snippet
    assert "<li>Polisen gör minst åtta trafikkontroller: <b>Hållet</b></li>" in snippet
    assert not any(word in snippet for word in ("<script", "style=", "<img", "class="))


def test_picture_and_what_other_sites_ask_for(client: Client, here: Tuna, people: Cast) -> None:
    publish(here, people)
    picture = client.get(f"{PAGE}bild.png")

    with CaptureQueriesContext(connection) as asked:
        page = client.get(PAGE)

    assert len(asked) <= 1
    assert f'property="og:image" content="{URL}bild.png"' in page.text
    assert 'content="Bild med svaren i ord: Rapport maj–augusti 2026, Tuna kommun"' in page.text
    assert Image.open(io.BytesIO(picture.content)).size == (1200, 630)
    assert "Lugnare kvällar i centrum" in client.get(f"{PAGE}dela/").context["alt"]


@pytest.mark.parametrize("part", ["dela/", "bild.png"])
def test_kit_asks_at_most_twelve_times_and_sets_no_cookie(client: Client, here: Tuna, people: Cast, part: str) -> None:
    publish(here, people)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"{PAGE}{part}")

    assert len(asked) <= 12
    assert not page.cookies
    assert client.get(f"/en{PAGE}{part}").status_code == 200


@pytest.mark.parametrize("part", ["dela/", "bild.png"])
def test_report_that_is_not_out_has_no_kit(client: Client, here: Tuna, people: Cast, part: str) -> None:
    report(here.late, here.checks, 8)

    assert client.get(f"{PAGE}{part}").status_code == 404


def test_where_a_report_was_told_is_kept_and_shown(client: Client, here: Tuna, people: Cast) -> None:
    publish(here, people)
    address = "/arbete/tuna/loften/2026/rapport/2026-T2/spritt/"

    page = signed_in(people.coordinator).post(address, {"channel": "polisen.se", "on": TODAY.isoformat()})

    assert page.headers["Location"] == address
    assert Publication.objects.get().period == here.late
    assert "polisen.se" in client.get(f"{PAGE}dela/").text
    assert signed_in(people.partner).post(address, {"channel": "x", "on": TODAY.isoformat()}).status_code == 404


def test_report_that_is_made_from_rows_has_the_picture_too(client: Client, here: Tuna) -> None:
    here.promise.periods.filter(label="2026-T2").update(stage="published", published_on=TODAY)

    page = client.get(PAGE)

    assert 'property="og:title" content="Rapport maj–augusti 2026, Tuna kommun"' in page.text
    assert f'property="og:image" content="{URL}bild.png"' in page.text
    assert f"{PAGE}dela/" in page.text


def test_verdict_of_a_rate_says_which_days_it_is_about(client: Client, checkout: Path) -> None:
    load_file(checkout / "examples/exempelkoping-2025.json")

    snippet = client.get("/exempelkoping/2025/rapport/2025-T3/dela/").context["snippet"]

    assert "<b>Inte hållet under september–december 2025</b>" in snippet
