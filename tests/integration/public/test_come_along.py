"""Så kan du vara med, from the side of those who come: pages, calendars, feeds, letters and files."""

import datetime as dt
import json

import feedparser
import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import TODAY, Tuna, area, occasion, tuna
from lofte.core.visibility import VISITOR
from lofte.exchange.reading import load
from lofte.exchange.schema import problems_in
from lofte.exchange.writing import export, inside
from lofte.followup.following import About
from lofte.followup.inviting import cancel_occasion
from lofte.promises.models import PlainTwin
from lofte.promises.versions import freeze
from lofte.public.letters import news
from people import Cast, cast

pytestmark = pytest.mark.django_db
PAGE = "/tuna/2026/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


@pytest.fixture
def here() -> Tuna:
    return tuna()


@pytest.fixture
def people(here: Tuna) -> Cast:
    return cast(here.kommun)


@pytest.mark.parametrize("page", [PAGE, "/tuna/"])
def test_the_next_one_comes_first_and_what_has_been_is_gone(client: Client, here: Tuna, page: str) -> None:
    occasion(here.lamps, title="Senare", on=dt.date(2026, 10, 1))
    occasion(here.lamps, title="Kväll", on=dt.date(2026, 9, 20), starts=dt.time(18))
    occasion(here.checks, title="Dag", on=dt.date(2026, 9, 20), starts=dt.time(9), ends=None)
    occasion(here.lamps, title="I går", on=TODAY - dt.timedelta(days=1))

    assert [each.title for each in client.get(page).context["occasions"]] == ["Dag", "Kväll", "Senare"]


def test_a_kommun_shows_the_next_five_with_their_promise(client: Client, here: Tuna) -> None:
    for day in range(11, 18):
        occasion(here.lamps, on=dt.date(2026, 9, day))

    shown = client.get("/tuna/").context["occasions"]

    assert [each.starts_at.day for each in shown] == [11, 12, 13, 14, 15]
    assert shown[0].promise.url == "/tuna/2026/#vara-med"


def test_place_names_its_part_of_the_kommun_once(client: Client, here: Tuna) -> None:
    park = area(here.kommun, "Norr")
    occasion(here.lamps, area=park, place="Parken")
    occasion(here.lamps, area=park, place="Parken i Norr")

    assert [each.place for each in client.get(PAGE).context["occasions"]] == ["Parken, Norr", "Parken i Norr"]


def test_work_that_is_shown_when_done_is_not_told_of(client: Client, here: Tuna) -> None:
    occasion(here.checks, title="Hemligt")
    here.checks.shown_when_done = True
    here.checks.save()

    for page in (PAGE, "/tuna/", f"{PAGE}kalender.ics", f"{PAGE}flode.json", f"{PAGE}lofte.json"):
        assert "Hemligt" not in client.get(page).text


def test_pages_with_everything_ask_at_most_twelve_times(client: Client, here: Tuna) -> None:
    occasion(here.lamps)
    here.promise.updates.create(key="x", on=TODAY, text="Nytt.")
    for language in ("sv-ll", "en"):
        PlainTwin.objects.create(promise=here.promise, language=language, line="Kort", text="Kort.", source_sha256="x")

    for page in (PAGE, "/tuna/"):
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(page)
        assert len(asked) <= 12
    assert [twin.url for twin in client.get(PAGE).context["first"].twins] == [
        "/tuna/2026/sprak/sv-ll/", "/tuna/2026/sprak/en/",
    ]  # fmt: skip
    assert shown.status_code == 200


def event(client: Client, page: str = "/tuna/2026/kalender.ics") -> vobject.base.Component:
    read = vobject.readOne(client.get(page).text)
    read.validate(raiseException=True)
    [found] = [each for each in read.vevent_list if "tillfalle" in each.uid.value]
    return found


@pytest.mark.parametrize(
    ("on", "starts", "ends", "utc"),
    [
        ("2026-03-28", "18:00", "19:30", "17:00"),
        ("2026-03-29", "18:00", "19:30", "16:00"),
        ("2026-10-24", "18:00", "19:30", "16:00"),
        ("2026-10-25", "18:00", "19:30", "17:00"),
    ],
)
def test_the_clock_is_right_before_and_after_it_is_moved(
    client: Client, here: Tuna, on: str, starts: str, ends: str, utc: str
) -> None:
    day, first, last = dt.date.fromisoformat(on), dt.time.fromisoformat(starts), dt.time.fromisoformat(ends)
    occasion(here.lamps, on=day, starts=first, ends=last)

    found = event(client)

    begins = found.dtstart.value
    assert (begins.utcoffset(), begins.time().isoformat("minutes")) == (dt.timedelta(0), utc)
    assert found.dtend.value - begins == dt.timedelta(minutes=90)


def test_a_night_over_the_moved_clock_ends_the_day_after(client: Client, here: Tuna) -> None:
    """22 to 3, the night when 2 becomes 3: four hours of walking."""
    occasion(here.lamps, on=dt.date(2026, 3, 28), starts=dt.time(22), ends=dt.time(3))

    found = event(client)

    assert found.dtend.value - found.dtstart.value == dt.timedelta(hours=4)


def test_cancelling_is_a_new_sequence_of_the_same_event(client: Client, here: Tuna, people: Cast) -> None:
    made = occasion(here.lamps)
    before = event(client)

    cancel_occasion(occasion=made, by=people.coordinator, because="Det blåser.")

    after = event(client, "/tuna/kalender.ics")
    assert (before.status.value, before.sequence.value) == ("CONFIRMED", "0")
    assert (after.status.value, after.sequence.value) == ("CANCELLED", "1")
    assert before.uid.value == after.uid.value == "tuna-2026-tillfalle-tillfalle-1@lofte"


def test_calendar_in_english_has_no_markup(client: Client, here: Tuna) -> None:
    occasion(here.lamps, area=area(here.kommun, "Norr"))

    assert event(client, "/en/tuna/2026/kalender.ics").location.value == "Utanför biblioteket, Norr"


def test_feeds_and_letters_tell_of_it_once_more_when_it_is_cancelled(client: Client, here: Tuna, people: Cast) -> None:
    made = occasion(here.lamps)
    start = timezone.now()
    cancel_occasion(occasion=made, by=people.coordinator, because="Det blåser.")

    [item] = json.loads(client.get("/tuna/2026/flode.json").content)["items"]
    [entry] = feedparser.parse(client.get("/tuna/2026/flode.atom").content).entries
    [letter] = news(About(here.promise.municipality, here.promise), start, timezone.now())

    text = "Söndag 20 september 2026 klockan 18.00–19.30, Utanför biblioteket. Det blåser."
    assert item["title"] == entry.title == letter.title == "Inställt: Trygghetsvandring runt stationen"
    assert item["content_text"] == letter.text == text
    assert item["id"] == entry.id == "tag:lofte,2026:/tuna/2026/#tillfalle-tillfalle-1"


def test_what_has_been_is_no_letter(here: Tuna) -> None:
    start = timezone.now()
    occasion(here.lamps, on=TODAY - dt.timedelta(days=1))

    assert news(About(here.promise.municipality), start, timezone.now()) == []


def test_occasion_goes_out_and_in_again_as_the_same_file(here: Tuna) -> None:
    here.promise.versions.all().delete()
    here.lamps.targets.update(key="lampor")  # in a file each name stands once
    freeze(here.promise)
    occasion(here.lamps, area=area(here.kommun, "Norr"), ends=None, sequence=2)
    occasion(here.lamps, is_waiting=True, title="Väntar")
    written = export(here.promise, viewer=inside(here.promise))
    open_part = export(here.promise, viewer=VISITOR)

    assert problems_in(written) == problems_in(open_part) == []
    assert written["occasions"][0] == {
        "id": "tillfalle-1", "title": "Trygghetsvandring runt stationen", "on": "2026-09-20", "starts": "18:00",
        "place": "Utanför biblioteket", "how": "Kom som du är.", "sequence": 2, "activity": "ljus", "area": "norr",
    }  # fmt: skip
    assert [row["id"] for row in open_part["occasions"]] == ["tillfalle-1"]
    copy = written | {"promise": written["promise"] | {"slug": "kopia"}, "cycle": written["cycle"] | {"slug": "kopia"}}
    copied = load(copy).promise
    assert export(copied, viewer=inside(copied))["occasions"] == written["occasions"]
