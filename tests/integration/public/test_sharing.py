"""An update as a page, and the kit to tell of it elsewhere; feeds that other programs can read."""

import datetime as dt
import io
import json
from xml.etree import ElementTree

import feedparser
import pytest
import vobject
from django.test import Client
from PIL import Image

from factories import TODAY, Tuna, tuna
from lofte.followup.actions import add_update, explain_delay, note_publication
from lofte.followup.models import Publication, Update
from lofte.promises.versions import freeze
from people import Cast, cast, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/tuna/2026/nytt/nytt-1/"


@pytest.fixture
def here() -> Tuna:
    return tuna()


@pytest.fixture
def people(here: Tuna) -> Cast:
    return cast(here.kommun)


@pytest.fixture
def update(here: Tuna, people: Cast) -> Update:
    text = "Nu är alla lampor i parken bytta. " * 17
    return add_update(promise=here.promise, by=people.coordinator, on=TODAY, text=text)


def test_update_has_a_page_with_a_picture_for_other_sites(client: Client, update: Update) -> None:
    page = client.get(PAGE)

    assert page.status_code == 200
    assert 'property="og:image" content="http://127.0.0.1:8000/tuna/2026/nytt/nytt-1/bild.png"' in page.text
    assert 'property="og:image:alt"' in page.text
    assert not page.cookies


@pytest.mark.parametrize(("name", "longest"), [("short", 280), ("long", 500)])
def test_ready_texts_fit_and_end_with_the_address(client: Client, update: Update, name: str, longest: int) -> None:
    text = client.get(f"{PAGE}dela/").context[name]

    assert len(text) <= longest
    assert text.endswith(" http://127.0.0.1:8000/tuna/2026/nytt/nytt-1/")


def test_picture_is_as_large_as_channels_ask_for(client: Client, update: Update) -> None:
    page = client.get(f"{PAGE}bild.png")

    assert page.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(page.content)).size == (1200, 630)


def test_snippet_is_plain_and_safe(client: Client, here: Tuna, people: Cast) -> None:
    add_update(promise=here.promise, by=people.coordinator, on=TODAY, text="<script>x</script> & mer")

    snippet = client.get(f"{PAGE}dela/").context["snippet"]

    assert "<script>" not in snippet
    assert "&lt;script&gt;" in snippet
    assert "style" not in snippet


def test_where_it_was_told_is_kept_and_shown(client: Client, update: Update, people: Cast) -> None:
    address = "/arbete/tuna/loften/2026/nytt/nytt-1/spritt/"
    given = {"channel": "polisen.se", "on": TODAY.isoformat(), "url": "https://polisen.se/nytt"}

    signed_in(people.coordinator).post(address, given)

    assert Publication.objects.get().channel == "polisen.se"
    assert '<a href="https://polisen.se/nytt" rel="noopener">polisen.se</a>' in client.get(f"{PAGE}dela/").text


def test_a_day_to_come_is_refused(update: Update, people: Cast) -> None:
    given = {"channel": "polisen.se", "on": "2036-01-01"}

    page = signed_in(people.coordinator).post("/arbete/tuna/loften/2026/nytt/nytt-1/spritt/", given)

    assert page.status_code == 422
    assert "Det datumet har inte varit än." in page.text


def test_noting_takes_the_right_to_tell(update: Update, people: Cast) -> None:
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        note_publication(about=update, by=people.partner, channel="x", on=TODAY)


def test_promise_as_plain_html_for_other_sites(client: Client, here: Tuna) -> None:
    here.promise.short_line = "<b>Lugnt</b>"
    here.promise.save()
    freeze(here.promise)

    page = client.get("/tuna/2026/visa/")

    snippet = page.context["snippet"]
    assert "&lt;b&gt;Lugnt&lt;/b&gt;" in snippet
    assert "/tuna/2026/" in snippet
    assert "Inget är rapporterat än." in snippet
    assert not any(word in snippet for word in ("<script", "style=", "<img", "class="))
    assert client.get("/tuna/1999/visa/").status_code == 404


@pytest.mark.parametrize("feed", ["/tuna/flode.json", "/tuna/2026/flode.json"])
def test_json_feed(client: Client, update: Update, feed: str) -> None:
    page = client.get(feed)

    read = json.loads(page.content)
    assert page.headers["Content-Type"].startswith("application/feed+json")
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["feed_url"].endswith(feed)
    [item] = read["items"]
    assert item["url"].endswith(PAGE)
    assert dt.datetime.fromisoformat(item["date_published"]).tzinfo is not None


def test_atom_tells_the_same_as_json(client: Client, update: Update) -> None:
    atom = feedparser.parse(client.get("/tuna/2026/flode.atom").content)
    read = json.loads(client.get("/tuna/2026/flode.json").content)

    assert not atom.bozo
    assert [entry.id for entry in atom.entries] == [item["id"] for item in read["items"]]


def test_calendar_is_read_back_by_another_library(client: Client, here: Tuna) -> None:
    """Written by icalendar, read by vobject, which also checks what a calendar must hold."""
    read = vobject.readOne(client.get("/tuna/2026/kalender.ics").text)
    read.validate(raiseException=True)

    assert [event.dtstart.value.isoformat() for event in read.vevent_list] == ["2026-05-01", "2026-09-01", "2027-01-01"]
    assert len({event.uid.value for event in read.vevent_list}) == 3


def test_each_new_day_of_a_report_is_a_new_sequence_of_the_same_event(
    client: Client, here: Tuna, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def event() -> tuple[str, str, str]:
        read = vobject.readOne(client.get("/tuna/2026/kalender.ics").text)
        found = read.vevent_list[1]
        return found.uid.value, found.sequence.value, found.dtstart.value.isoformat()

    first = event()
    explain_delay(period=here.late, by=people.coordinator, reason="Vi väntar.", until=dt.date(2026, 10, 1))
    second = event()
    explain_delay(period=here.late, by=people.coordinator, reason="Vi väntar mer.", until=dt.date(2026, 9, 20))
    third = event()

    assert first[0] == second[0] == third[0]
    assert [each[1:] for each in (first, second, third)] == [
        ("0", "2026-09-01"), ("1", "2026-10-01"), ("2", "2026-09-20"),
    ]  # fmt: skip


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("feed", ["/tuna/flode.atom", "/tuna/2026/flode.atom", "/en/tuna/2026/flode.atom"])
def test_atom_has_what_rfc_4287_asks_for(client: Client, update: Update, feed: str) -> None:
    page = client.get(feed)
    root = ElementTree.fromstring(page.content)  # noqa: S314 our own feed

    assert page.headers["Content-Type"].startswith("application/atom+xml")
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [found] = element.findall(f"{ATOM}{name}")
            assert found.text
        assert dt.datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo is not None
    entries = root.findall(f"{ATOM}entry")
    assert entries
    assert root.find(f"{ATOM}author") is not None or all(entry.find(f"{ATOM}author") is not None for entry in entries)
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") == 1
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)


def test_json_feed_has_what_its_version_asks_for(client: Client, update: Update) -> None:
    read = json.loads(client.get("/tuna/2026/flode.json").content)

    assert {"version", "title", "items"} <= set(read)
    for item in read["items"]:
        assert item["id"]
        assert item["content_text"]


def test_update_of_a_hidden_promise_is_not_there(client: Client, update: Update, here: Tuna) -> None:
    here.promise.state = "draft"
    here.promise.save()

    assert [client.get(f"{PAGE}{more}").status_code for more in ("", "dela/", "bild.png")] == [404, 404, 404]
