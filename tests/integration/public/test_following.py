"""Following by e-mail: asked twice, told once, never of nothing, and left from the letter alone."""

import datetime as dt
import re
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dialogues import led_to_a_pledge
from factories import TODAY, Tuna, area, report, tuna
from lofte.core import public_forms
from lofte.followup.actions import add_erratum, add_update, lock_and_publish, send_for_review
from lofte.followup.models import Figure, Follower, Update
from lofte.notices.actions import send_waiting
from lofte.notices.models import Notice
from lofte.promises.models import TargetPlace
from lofte.public.letters import send_letters
from people import Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/tuna/2026/folj/"
ADDRESS = "granne@example.se"
HOST = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _people_may_be_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_forms, "FASTEST", dt.timedelta(seconds=-1))
    cache.clear()


@pytest.fixture
def here() -> Tuna:
    return tuna()


@pytest.fixture
def people(here: Tuna) -> Cast:
    return cast(here.kommun)


def ask(page: str = PAGE, **values: str) -> Any:
    token = public_forms.PublicForm("folj").token
    given = {"form_token": token, "email": ADDRESS, "pace": "week", **values}
    return Client().post(page, given, headers={"origin": "http://testserver"})


def link(letter: Message, part: str) -> str:
    text = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
    found = re.search(rf"{HOST}(\S*{part}\S*)", text)
    assert found, text
    return found.group(1)


def follow(sink: Any, page: str = PAGE, **values: str) -> Follower:
    ask(page, **values)
    send_waiting()
    Client().post(link(sink.letters[-1], "/folj/ja/"))
    return Follower.objects.latest("pk")


def tell(here: Tuna, people: Cast, text: str = "Nu är lamporna bytta.", **more: Any) -> None:
    add_update(promise=here.promise, by=people.coordinator, on=TODAY, text=text, **more)


def in_days(number: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=number)


def letters_after(days: int) -> int:
    written = send_letters(in_days(days))
    send_waiting()
    return written


def test_nothing_is_sent_before_a_yes(here: Tuna, people: Cast, sink: Any) -> None:
    page = ask()
    tell(here, people)
    letters_after(6)

    assert page.headers["Location"] == f"{PAGE}?tack"
    assert not page.cookies
    assert len(sink.letters) == 1
    assert "Bekräfta" in str(sink.letters[0].get_payload(decode=True), "utf-8")


def test_looking_at_the_link_is_no_yes(here: Tuna, sink: Any) -> None:
    ask()
    send_waiting()

    page = Client().get(link(sink.letters[0], "/folj/ja/"))

    assert page.status_code == 200
    assert Follower.objects.get().confirmed_at is None


def test_one_letter_a_week_with_all_that_is_new(here: Tuna, people: Cast, sink: Any) -> None:
    follow(sink)
    tell(here, people, "Nu är lamporna bytta.")
    tell(here, people, "Nu är gången röjd.")

    assert [letters_after(days) for days in (1, 6, 8, 8, 9)] == [0, 0, 1, 0, 0]

    text = str(sink.letters[-1].get_payload(decode=True), "utf-8")
    assert "Nu är lamporna bytta." in text
    assert "Nu är gången röjd." in text
    assert "2 nyheter om löftet, Tuna kommun" in str(make_header(decode_header(sink.letters[-1]["Subject"])))


def test_nothing_new_is_no_letter(here: Tuna, sink: Any) -> None:
    follow(sink)

    assert [letters_after(days) for days in (8, 16, 24)] == [0, 0, 0]
    assert len(sink.letters) == 1


def test_what_is_old_when_one_begins_to_follow_is_not_told(here: Tuna, people: Cast, sink: Any) -> None:
    tell(here, people)
    follow(sink)

    assert letters_after(8) == 0


def test_report_late_part_and_correction_are_news(here: Tuna, people: Cast, sink: Any) -> None:
    follow(sink)
    report(here.late, here.checks, 16, entered_by=people.community_officer.key)
    send_for_review(period=here.late, by=people.coordinator, summary="En lugn sommar.")
    lock_and_publish(period=here.late, by=people.coordinator, today=TODAY)
    add_erratum(period=here.late, by=people.coordinator, today=TODAY, text="Det rätta är 17.")

    letters_after(8)

    text = str(sink.letters[-1].get_payload(decode=True), "utf-8")
    assert "Rapport för maj–augusti 2026" in text
    assert "En lugn sommar." in text
    assert "Tillägg till rapporten för maj–augusti 2026" in text
    assert Client().get(link(sink.letters[-1], "/rapport/")).status_code == 200


def test_who_wants_it_at_once_gets_it_the_same_day(here: Tuna, people: Cast, sink: Any) -> None:
    follow(sink, pace="day")
    tell(here, people)

    assert [letters_after(0), letters_after(0)] == [1, 0]


def test_follower_of_a_pledge_is_told_of_that_pledge(here: Tuna, people: Cast, sink: Any) -> None:
    follow(sink, pledge="ljus")
    tell(here, people, "Om trafiken.", pledge=here.promise.pledges.get(key="trafik"))

    assert letters_after(8) == 0

    tell(here, people, "Om ljuset.", pledge=here.promise.pledges.get(key="ljus"))
    assert letters_after(16) == 1
    assert Follower.objects.get().about == "tuna/2026#ljus"


def test_follower_of_a_kommun_is_told_of_all_its_promises(here: Tuna, people: Cast, sink: Any) -> None:
    follow(sink, "/tuna/folj/")
    tell(here, people)

    assert letters_after(8) == 1


def test_follower_of_an_area_is_told_of_what_names_it(here: Tuna, people: Cast, sink: Any) -> None:
    park = area(here.kommun, "Norr")
    TargetPlace.objects.create(target=here.lamps.targets.get(), area=park, order=0)
    follow(sink, "/tuna/omrade/norr/folj/")
    tell(here, people, "Om trafiken.", pledge=here.promise.pledges.get(key="trafik"))

    assert letters_after(8) == 0

    tell(here, people, "Om ljuset.", pledge=here.promise.pledges.get(key="ljus"))
    assert letters_after(16) == 1
    assert Follower.objects.get().about == "tuna@norr"
    text = str(sink.letters[-1].get_payload(decode=True), "utf-8")
    assert text.startswith("Norr, Tuna kommun")
    assert "Om trafiken." not in text


def test_one_click_in_the_mail_program_is_enough(here: Tuna, people: Cast, sink: Any) -> None:
    follow(sink)
    tell(here, people)
    letters_after(8)
    letter = sink.letters[-1]
    address = letter["List-Unsubscribe"].strip("<>").removeprefix(HOST)

    page = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})

    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert page.status_code == 200
    assert not Follower.objects.exists()
    assert ADDRESS not in str(list(Notice.objects.values_list()))
    tell(here, people)
    assert letters_after(16) == 0


def test_looking_at_the_link_to_leave_leaves_nobody(here: Tuna, people: Cast, sink: Any) -> None:
    follow(sink)
    tell(here, people)
    letters_after(8)

    page = Client().get(link(sink.letters[-1], "/folj/sluta/"))

    assert "Vill du sluta få brev?" in page.text
    assert Follower.objects.count() == 1


def test_leaving_twice_says_the_same(here: Tuna, people: Cast, sink: Any) -> None:
    follow(sink)
    tell(here, people)
    letters_after(8)
    address = link(sink.letters[-1], "/folj/sluta/")

    pages = [Client().post(address), Client().post(address), Client().get(address)]

    assert ["Adressen är borttagen." in page.text for page in pages] == [True, True, True]


def test_a_token_to_confirm_is_no_token_to_leave(here: Tuna, sink: Any) -> None:
    follow(sink)
    token = link(sink.letters[0], "/folj/ja/").removeprefix("/folj/ja/").strip("/")

    Client().post(f"/folj/sluta/{token}/")

    assert Follower.objects.count() == 1


def test_nobody_can_find_out_who_follows(here: Tuna, sink: Any) -> None:
    first = ask()
    send_waiting()
    Client().post(link(sink.letters[-1], "/folj/ja/"))

    again = ask(email="  GRANNE@example.se ")
    send_waiting()

    assert (again.status_code, again.headers["Location"]) == (first.status_code, first.headers["Location"])
    assert len(sink.letters) == 1
    assert Follower.objects.count() == 1


def test_an_address_that_nobody_said_yes_for_is_taken_away(here: Tuna, sink: Any) -> None:
    ask()
    send_waiting()

    letters_after(9)

    assert not Follower.objects.exists()
    assert ADDRESS not in str(list(Notice.objects.values_list()))


def test_an_address_that_is_refused_three_times_gets_no_more(here: Tuna, people: Cast, sink: Any) -> None:
    follow(sink, pace="day")
    sink.refuses.add(ADDRESS)
    for number in range(5):
        tell(here, people, f"Nytt {number}")
        Update.objects.filter(text=f"Nytt {number}").update(told_at=in_days(number))
        letters_after(number)

    assert Follower.objects.get().refused_on is not None
    assert Notice.objects.filter(kind="digest").count() == 3


def test_letters_are_in_the_language_one_asked_in(here: Tuna, people: Cast, sink: Any) -> None:
    ask("/en/tuna/2026/folj/")

    assert Follower.objects.get().language == "en"
    send_waiting()
    assert "/en/folj/ja/" in str(sink.letters[0].get_payload(decode=True), "utf-8")


@pytest.mark.parametrize(
    ("given", "sentence"), [({"email": "granne"}, "Skriv en e-postadress"), ({"pace": "month"}, "Välj något i listan.")]
)
def test_mistakes_have_their_sentences(here: Tuna, given: dict[str, str], sentence: str) -> None:
    page = ask(**given)

    assert page.status_code == 422
    assert sentence in page.text


def test_a_promise_that_is_not_public_cannot_be_followed(here: Tuna) -> None:
    here.promise.state = "draft"
    here.promise.save()

    assert Client().get(PAGE).status_code == 404


def publish_lamps(here: Tuna, people: Cast, label: str) -> None:
    out = here.promise.periods.get(label=label)
    row = report(out, here.lamps, entered_by=people.partner.key, status="done")
    Figure.objects.create(report=row, target=here.lamps.targets.get(), order=0, happened=True)
    send_for_review(period=out, by=people.coordinator)
    lock_and_publish(period=out, by=people.coordinator, today=TODAY)


def test_those_who_follow_hear_what_became_of_what_people_said(here: Tuna, people: Cast, sink: Any) -> None:
    led_to_a_pledge(here)
    follow(sink)

    publish_lamps(here, people, "2026-T1")
    letters_after(8)

    text = str(sink.letters[-1].get_payload(decode=True), "utf-8").replace("\r\n", "\n")
    assert "Ni sa: Mörkt på gårdarna\nVi lovade: Bostadsbolaget byter lamporna på gårdarna.\nNu: Hållet." in text


def test_what_stands_as_it_stood_is_not_told_again(here: Tuna, people: Cast, sink: Any) -> None:
    led_to_a_pledge(here)
    publish_lamps(here, people, "2026-T1")
    follow(sink)

    publish_lamps(here, people, "2026-T2")
    letters_after(8)

    text = str(sink.letters[-1].get_payload(decode=True), "utf-8")
    assert "Rapport för maj–augusti 2026" in text
    assert "Ni sa" not in text
