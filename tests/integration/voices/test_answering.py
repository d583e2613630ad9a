"""A voice from a phone, without an account: what is stored, what never is, and who may send it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from dialogues import dialogue, place
from factories import TODAY, Tuna, area
from lofte.core.models import Event
from lofte.core.public_forms import PublicForm
from lofte.voices import codes, receiving
from lofte.voices.models import Claim, Contribution, Dialogue, ParticipantCount
from people import as_nobody

Send = Callable[..., HttpResponse]
WHERE = {"kommun": "tuna", "cycle": "2026", "key": "trygg"}
ADDRESS = "/tuna/dialog/2026/trygg/svara/"
CODE = re.compile(r'<code id="kvittokod">([0-9A-Z-]{14})</code>')


def code_in(page: HttpResponse) -> str:
    found = CODE.search(page.text)
    assert found, page.text
    return found[1]


def test_one_reads_what_happens_with_it_before_one_writes(open_dialogue: Dialogue) -> None:
    text = as_nobody().get(ADDRESS).text

    assert text.index("Ring 112") < text.index("<textarea")
    assert text.index("blir en allmän handling") < text.index("<textarea")
    assert text.index("116 111") < text.index("<textarea")


def test_voice_is_stored_coarsely_and_waits_for_review(open_dialogue: Dialogue, here: Tuna, send: Send) -> None:
    tunnel = place(here.kommun, "Tunneln", here.kommun.municipality.areas.get(key="centrum"))

    page = send(
        ADDRESS, "svara", area=tunnel.key, time_band="evening", category="light", feeling="unsafe", text="Det är mörkt."
    )

    voice = Contribution.objects.get()
    assert page.status_code == 200
    assert (voice.area and voice.area.key, voice.time_band, voice.category) == ("centrum", "evening", "light")
    assert (voice.month, voice.channel) == (TODAY.replace(day=1), "phone")
    assert (voice.visibility, voice.decision) == ("internal", "")
    assert "Det är mörkt." not in as_nobody().get(reverse("voices:dialogue", kwargs=WHERE)).text


def test_age_and_sex_are_counted_apart_and_join_nothing(open_dialogue: Dialogue, send: Send) -> None:
    send(ADDRESS, "svara", text="Hej.", age="18-24", sex="woman")

    cell = ParticipantCount.objects.get(count=1)
    assert (cell.age, cell.sex, cell.month) == ("18-24", "woman", TODAY.replace(day=1))
    # Every cell of the month was made at once, so not even their order tells who came first.
    assert ParticipantCount.objects.count() == len(ParticipantCount.Age) * len(ParticipantCount.Sex)
    voice = set(vars(Contribution.objects.get()).values())
    assert {"18-24", "woman"}.isdisjoint(map(str, voice))
    shared = {field.name for field in Contribution._meta.fields} & {field.name for field in cell._meta.fields}
    assert shared == {"id", "dialogue", "month"}
    assert cell.pk not in voice


def test_no_time_finer_than_a_month_stands_beside_a_voice() -> None:
    kinds = {field.name: field.get_internal_type() for model in (Contribution, Claim, ParticipantCount)
             for field in model._meta.fields}  # fmt: skip

    assert "DateTimeField" not in kinds.values()
    assert {name for name, kind in kinds.items() if kind == "DateField"} == {"month"}


def test_finer_month_is_refused_by_the_database(open_dialogue: Dialogue) -> None:
    for model, given in ((Contribution, {"key": "x", "channel": "phone"}), (ParticipantCount, {})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(dialogue=open_dialogue, month=dt.date(2026, 9, 2), **given)


def test_only_a_hash_of_the_code_is_stored(open_dialogue: Dialogue, send: Send) -> None:
    code = code_in(send(ADDRESS, "svara", text="Hej."))

    claim = Claim.objects.get()
    assert claim.digest == codes.digest_of(code.lower().replace("-", " "))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM voices_claim")
        assert code not in str(cursor.fetchall())
    assert codes.plain(code) not in claim.digest.upper()


def test_same_form_sent_twice_is_one_voice_with_one_code(open_dialogue: Dialogue, send: Send) -> None:
    token = PublicForm("svara").token

    first = code_in(send(ADDRESS, "svara", token=token, text="Hej.", age="18-24"))
    again = code_in(send(ADDRESS, "svara", token=token, text="Hej.", age="18-24"))

    assert first == again
    assert Contribution.objects.count() == Claim.objects.count() == 1
    assert sum(ParticipantCount.objects.values_list("count", flat=True)) == 1


def test_two_people_have_two_codes(open_dialogue: Dialogue, send: Send) -> None:
    codes = {code_in(send(ADDRESS, "svara", text="Samma ord.")) for _each in range(2)}

    assert len(codes) == 2
    assert Contribution.objects.count() == 2


def test_nobody_who_answers_is_in_the_event_log(open_dialogue: Dialogue, send: Send) -> None:
    send(ADDRESS, "svara", text="Hej.")

    assert not Event.objects.exists()


@pytest.mark.parametrize("given", [{}, {"area": "centrum", "age": "18-24"}, {"text": "   "}])
def test_answer_that_says_nothing_is_met_with_a_sentence(open_dialogue: Dialogue, send: Send, given: Any) -> None:
    page = send(ADDRESS, "svara", **given)

    assert page.status_code == 422
    assert "Skriv något, eller välj vad det gäller" in page.text
    assert not Contribution.objects.exists()


def test_feeling_alone_is_an_answer_and_needs_no_review(open_dialogue: Dialogue, send: Send) -> None:
    page = send(ADDRESS, "svara", area="centrum", feeling="very_safe")

    assert page.status_code == 200
    assert "inte läst än" not in as_nobody().get(reverse("voices:dialogue", kwargs=WHERE)).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"opens": TODAY + dt.timedelta(days=1)}, "Dialogen har inte öppnat än"),
        ({"closes": TODAY - dt.timedelta(days=1)}, "Dialogen är stängd"),
        ({"opens": None, "closes": None}, "Dialogen är stängd"),
    ],
)
def test_outside_its_days_a_dialogue_takes_no_answer(
    open_dialogue: Dialogue, send: Send, changed: dict[str, Any], sentence: str
) -> None:
    Dialogue.objects.update(**changed)

    page = send(ADDRESS, "svara", text="Hej.")

    assert page.status_code == 410
    assert sentence in page.text
    assert not Contribution.objects.exists()


def test_last_day_still_takes_answers(open_dialogue: Dialogue, send: Send) -> None:
    Dialogue.objects.update(opens=TODAY, closes=TODAY)

    assert send(ADDRESS, "svara", text="Hej.").status_code == 200


def test_draft_is_not_there_for_others(open_dialogue: Dialogue, send: Send) -> None:
    Dialogue.objects.update(is_draft=True)

    assert as_nobody().get(ADDRESS).status_code == 404
    assert as_nobody().get(reverse("voices:dialogue", kwargs=WHERE)).status_code == 404


def test_places_are_offered_by_name_under_their_part_of_town(open_dialogue: Dialogue, here: Tuna) -> None:
    centrum = here.kommun.municipality.areas.get(key="centrum")
    place(here.kommun, "Torget", centrum)

    text = as_nobody().get(ADDRESS).text

    assert '<optgroup label="Centrum">' in text
    assert text.index("Någonstans i Centrum") < text.index("Torget") < text.index("Strand")


def test_dialogue_about_one_area_offers_only_that(open_dialogue: Dialogue, here: Tuna) -> None:
    open_dialogue.areas.add(here.kommun.municipality.areas.get(key="strand"))

    text = as_nobody().get(ADDRESS).text

    assert "Strand" in text
    assert "Centrum" not in text


def test_script_in_an_answer_is_only_text(open_dialogue: Dialogue, send: Send) -> None:
    send(ADDRESS, "svara", text="<script>alert(1)</script>")
    Contribution.objects.update(visibility="open", decision="publish")

    text = as_nobody().get(reverse("voices:dialogue", kwargs=WHERE)).text

    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;" in text


# --- the closed room of a staff dialogue


@pytest.fixture
def staff(here: Tuna) -> Dialogue:
    return dialogue(here.kommun, kind="staff", key="medarbetare", title="Vad ser ni?")


def link(of: Dialogue) -> str:
    return f"/tuna/medarbetardialog/2026/medarbetare/{codes.link_token(of)}/"


def test_staff_dialogue_opens_with_its_link_only(staff: Dialogue, send: Send) -> None:
    assert as_nobody().get(link(staff)).status_code == 200
    assert as_nobody().get(link(staff).replace(codes.link_token(staff), "0" * 24)).status_code == 404
    assert as_nobody().get("/tuna/dialog/2026/medarbetare/").status_code == 404
    assert as_nobody().get("/tuna/dialog/2026/medarbetare/svara/").status_code == 404
    assert "Vad ser ni?" not in as_nobody().get("/tuna/dialog/").text


def test_staff_answer_is_taken_and_never_public(staff: Dialogue, send: Send) -> None:
    page = send(link(staff), "medarbetare", text="Lampan är trasig.")

    assert code_in(page)
    Contribution.objects.update(visibility="open", decision="publish")
    assert not Contribution.objects.visible_to(as_visitor()).exists()


def as_visitor() -> Any:
    from lofte.core.visibility import VISITOR

    return VISITOR


def test_new_link_closes_the_old_one(staff: Dialogue) -> None:
    old = link(staff)
    staff.link_version += 1
    staff.save()

    assert as_nobody().get(old).status_code == 404
    assert as_nobody().get(link(staff)).status_code == 200


def test_key_of_another_cycle_is_another_dialogue(open_dialogue: Dialogue, here: Tuna) -> None:
    from factories import cycle

    dialogue(here.kommun, cycle(here.kommun, 2025), title="Förra årets fråga")

    assert "Förra årets fråga" in as_nobody().get("/tuna/dialog/2025/trygg/").text
    assert "Förra årets fråga" not in as_nobody().get("/tuna/dialog/2026/trygg/").text


def test_regso_is_offered_where_the_kommun_has_no_parts_of_its_own(here: Tuna) -> None:
    from lofte.places.models import Area

    area(here.kommun, "Tuna norra", Area.Kind.REGSO)
    dialogue(here.kommun)

    assert "Tuna norra" in as_nobody().get(ADDRESS).text


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_are_all_stored_once(here: Tuna) -> None:
    """Eight people send four forms each, and every form is sent by two of them at once."""
    asked = dialogue(here.kommun)

    def send_four(person: int) -> None:
        for number in range(4):
            receiving.receive(
                dialogue=asked,
                voice=receiving.Voice(text="Ja.", age="18-24"),
                nonce=f"{person // 2}-{number}",
                today=TODAY,
            )
        connection.close()

    with ThreadPoolExecutor(8) as people:
        list(people.map(send_four, range(8)))

    assert Contribution.objects.count() == Claim.objects.count() == 16
    assert ParticipantCount.objects.get(count__gt=0).count == 16
