"""Så kan du vara med, from the side of those who invite: at work and by a personal link."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from factories import Tuna, occasion
from lofte.core import public_forms
from lofte.core.models import Event
from lofte.core.visibility import VISITOR
from lofte.followup.inviting import NotOpenWork, invite
from lofte.followup.links import create_link
from lofte.followup.models import Occasion
from people import Cast, as_nobody, signed_in

PAGE = "/arbete/tuna/loften/2026/vara-med/"
PUBLIC = "/tuna/2026/"
WALK = "Vandring runt stationen"


def given(here: Tuna, **more: str) -> dict[str, str]:
    values = {
        "activity": str(here.lamps.pk), "title": WALK, "on": "2026-09-20", "starts": "18:00", "ends": "19.30",
        "place": "Utanför biblioteket", "how": "Kom som du är.",
    }  # fmt: skip
    return values | more


def test_occasion_is_seen_by_all_at_once(here: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).post(PAGE, given(here))

    assert page.headers["Location"] == PAGE
    made = Occasion.objects.get()
    assert (made.activity, made.starts, made.ends) == (here.lamps, dt.time(18), dt.time(19, 30))
    text = as_nobody().get(PUBLIC).text
    assert WALK in text
    assert "Söndag 20 september 2026 klockan 18.00–19.30" in text


def test_owner_invites_to_their_own_work_only(here: Tuna, people: Cast) -> None:
    owner = signed_in(people.partner)

    page = owner.post(PAGE, {key: value for key, value in given(here).items() if key != "activity"})

    assert page.status_code == 302
    assert Occasion.objects.get().activity == here.lamps
    police = occasion(here.checks)
    assert owner.get(f"{PAGE}{police.key}/").status_code == 404
    assert owner.post(f"{PAGE}{police.key}/stall-in/").status_code == 404


@pytest.mark.parametrize("who", ["director", "neighbour", "stranger"])
def test_others_cannot_invite(here: Tuna, people: Cast, who: str) -> None:
    assert signed_in(getattr(people, who)).post(PAGE, given(here)).status_code == 404
    assert not Occasion.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"on": "2026-09-09"}, "Den dagen har redan varit."),
        ({"on": "2027-01-02"}, "Löftet gäller från 1 januari 2026 till 31 december 2026."),
        ({"ends": "18:00"}, "Det slutar när det börjar."),
        ({"starts": "kväll"}, "Skriv ett klockslag, till exempel 18.30."),
        ({"how": "Ring 19121212-1212."}, "Det här ser ut att peka ut en person"),
    ],
)
def test_mistakes_have_their_sentences(here: Tuna, people: Cast, change: dict[str, str], sentence: str) -> None:
    page = signed_in(people.coordinator).post(PAGE, given(here, **change))

    assert page.status_code == 422
    assert sentence in page.text


def test_a_time_that_the_clock_jumps_over_is_refused(here: Tuna, people: Cast) -> None:
    here.promise.ends = dt.date(2027, 12, 31)
    here.promise.save()

    page = signed_in(people.coordinator).post(PAGE, given(here, on="2027-03-28", starts="02:30", ends=""))

    assert "Den tiden finns inte" in page.text


def test_work_that_is_shown_when_done_is_never_invited_to(here: Tuna, people: Cast) -> None:
    here.checks.shown_when_done = True
    here.checks.save()

    assert str(here.checks.pk) not in dict(signed_in(people.coordinator).get(PAGE).context["form"].activities)
    with pytest.raises(NotOpenWork):
        invite(activity=here.checks, by=people.coordinator, values={})


def test_a_change_is_a_new_sequence(here: Tuna, people: Cast) -> None:
    made = occasion(here.lamps)

    signed_in(people.police_editor).post(f"{PAGE}{made.key}/", given(here, on="2026-09-21"))

    made.refresh_from_db()
    assert (made.on, made.sequence, made.activity) == (dt.date(2026, 9, 21), 1, here.lamps)


def test_cancelled_stands_as_cancelled(here: Tuna, people: Cast) -> None:
    made = occasion(here.lamps)

    signed_in(people.coordinator).post(f"{PAGE}{made.key}/stall-in/", {"because": "Det blåser för mycket."})

    text = as_nobody().get(PUBLIC).text
    assert "Inställt:" in text
    assert "Det blåser för mycket." in text
    assert Event.objects.filter(verb="occasion.cancelled", is_public=True).count() == 1


@pytest.fixture
def token(here: Tuna, people: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(public_forms, "FASTEST", dt.timedelta(seconds=-1))
    cache.clear()
    _link, token = create_link(
        promise=here.promise, by=people.coordinator, holder="Förvaltaren", expires_on=dt.date(2027, 1, 1),
        organisation=here.kommun.housing,
    )  # fmt: skip
    return token


def send(path: str, values: dict[str, str]) -> Any:
    form_token = public_forms.PublicForm("rapportera").token
    return Client().post(path, values | {"form_token": form_token}, headers={"origin": "http://testserver"})


def test_what_comes_by_a_link_waits_until_it_is_let_out(here: Tuna, people: Cast, token: str) -> None:
    page = send(f"/rapportera/{token}/vara-med/", given(here))

    assert page.headers["Location"].endswith("?tack")
    assert not page.cookies
    assert WALK not in as_nobody().get(PUBLIC).text
    assert WALK not in as_nobody().get(f"{PUBLIC}kalender.ics").text
    assert not Event.objects.filter(verb="occasion.added", is_public=True).exists()
    coordinator = signed_in(people.coordinator)
    assert "Läs en inbjudan" in coordinator.get("/arbete/").text

    coordinator.post(f"{PAGE}tillfalle-1/visa/")

    assert WALK in as_nobody().get(PUBLIC).text
    assert "Läs en inbjudan" not in coordinator.get("/arbete/").text


def test_holder_cancels_at_once(here: Tuna, token: str) -> None:
    made = occasion(here.lamps)

    page = send(f"/rapportera/{token}/vara-med/{made.key}/", {})

    assert page.headers["Location"].endswith("?installt")
    assert "Inställt:" in as_nobody().get(PUBLIC).text


def test_holder_reaches_nothing_of_others(here: Tuna, token: str) -> None:
    police = occasion(here.checks)

    assert send(f"/rapportera/{token}/vara-med/{police.key}/", {}).status_code == 404
    assert "Göra trafikkontroller" not in Client().get(f"/rapportera/{token}/vara-med/").text


def test_owner_does_not_let_out(here: Tuna, people: Cast) -> None:
    made = occasion(here.lamps, is_waiting=True)

    assert signed_in(people.partner).post(f"{PAGE}{made.key}/visa/").status_code == 404
    assert not Occasion.objects.visible_to(VISITOR).exists()
