"""Hold a dialogue: plan it, open it, sort what was said, answer it, walk; and what others see of that."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from dialogues import dialogue, theme, voice
from factories import TODAY, Tuna, area, cycle
from lofte.core.models import Event
from lofte.exchange.writing import export, inside
from lofte.voices import codes, receiving
from lofte.voices.models import Contribution, Dialogue, SafetyWalk, Theme, WalkPoint
from people import Cast, as_nobody, signed_in

WHERE = {"kommun": "tuna", "cycle": "2026", "key": "trygg"}
PAGE = "/tuna/dialog/2026/trygg/"
PLAN = {
    "kind": "citizen", "cycle": "2026", "title": "Vad behöver Strand?", "question": "Berätta.", "form": "mixed",
    "can_influence": "Vilka platser.", "audience": "children", "level": "influence", "languages": ["sv", "en"],
    "opens": "2026-09-01", "closes": "2026-09-30", "feedback_on": "2026-12-01",
}  # fmt: skip


@pytest.fixture
def desk(here: Tuna, people: Cast) -> Any:
    return signed_in(people.coordinator)


def of(name: str, **more: Any) -> str:
    return reverse(f"voices_staff:{name}", kwargs=WHERE | more)


# --- plan and open


def test_new_dialogue_is_a_draft_until_it_is_opened(desk: Any, here: Tuna) -> None:
    centrum = area(here.kommun, "Centrum")

    page = desk.post("/arbete/tuna/dialoger/ny/", PLAN | {"areas": [centrum.pk]}, follow=True)

    made = Dialogue.objects.get()
    assert "Ingen annan ser dialogen än." in page.text
    assert (made.key, made.audience, made.level, made.languages) == (
        "vad-behover-strand", "children", "influence", ["sv", "en"]
    )  # fmt: skip
    assert list(made.areas.all()) == [centrum]
    public = f"/tuna/dialog/2026/{made.key}/"
    assert as_nobody().get(public).status_code == 404

    desk.post(f"/arbete/tuna/dialoger/2026/{made.key}/oppna/")

    assert as_nobody().get(public).status_code == 200
    assert [event.verb for event in Event.objects.all()] == ["dialogue.made", "dialogue.opened"]
    assert [event.is_public for event in Event.objects.all()] == [False, True]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"closes": "2026-08-01"}, "Sista dagen är före den första."),
        ({"feedback_on": "2026-09-15"}, "Svaren kan inte komma innan dialogen har stängt."),
        ({"can_influence": ""}, "Fyll i det här går att påverka."),
        ({"feedback_on": ""}, "Fyll i senast den här dagen har alla fått svar."),
        ({"languages": []}, "Välj minst ett språk."),
    ],
)
def test_plan_needs_its_days_and_what_can_be_influenced(desk: Any, changed: dict[str, Any], sentence: str) -> None:
    page = desk.post("/arbete/tuna/dialoger/ny/", PLAN | changed)

    assert page.status_code == 422
    assert sentence in page.text
    assert not Dialogue.objects.exists()


def test_two_dialogues_with_one_title_have_two_addresses(desk: Any) -> None:
    for _each in range(2):
        desk.post("/arbete/tuna/dialoger/ny/", PLAN)

    assert set(Dialogue.objects.values_list("key", flat=True)) == {"vad-behover-strand", "vad-behover-strand-2"}


def test_change_keeps_the_address(desk: Any, open_dialogue: Dialogue) -> None:
    given = {name: value for name, value in PLAN.items() if name != "cycle"}

    assert desk.post(of("change"), given).status_code == 302

    changed = Dialogue.objects.get()
    assert (changed.key, changed.title, changed.is_draft) == ("trygg", "Vad behöver Strand?", False)


def test_list_shows_age_reuse_and_what_is_late(desk: Any, here: Tuna, people: Cast) -> None:
    from lofte.evidence.actions import evidence_from_theme

    old = dialogue(
        here.kommun, cycle(here.kommun, 2025), key="forra", title="Förra årets fråga", opens=dt.date(2025, 1, 1),
        closes=dt.date(2025, 3, 31), feedback_on=dt.date(2025, 6, 1),
    )  # fmt: skip
    evidence_from_theme(theme=theme(old), by=people.coordinator, cycle=here.promise.cycle)

    text = desk.get("/arbete/tuna/dialoger/").text

    assert "(18 månader gammal)" in text
    assert "Används som underlag också i: 2026" in text
    assert "Svaren till dem som var med saknas." in text


def test_staff_dialogue_shows_its_link_and_can_change_it(desk: Any, here: Tuna) -> None:
    staff = dialogue(here.kommun, kind="staff")
    old = codes.link_token(staff)
    assert old in desk.get(of("dialogue")).text

    desk.post(of("renew_link"))

    assert old not in desk.get(of("dialogue")).text


def test_citizen_dialogue_has_no_link_to_change(desk: Any, open_dialogue: Dialogue) -> None:
    assert desk.post(of("renew_link")).status_code == 404


# --- themes and answers


def test_small_theme_is_not_told_and_not_what_would_tell_it_beside_the_total(
    desk: Any, open_dialogue: Dialogue
) -> None:
    dark, bus = theme(open_dialogue, "Mörkt"), theme(open_dialogue, "Bussen")
    voices = [voice(open_dialogue, f"Svar {number}") for number in range(9)]

    desk.post(of("sort"), {each.key: (bus if number > 4 else dark).key for number, each in enumerate(voices)})

    dark.refresh_from_db()
    bus.refresh_from_db()
    assert [(each.count, each.share) for each in (dark, bus)] == [(None, None)] * 2
    assert "Antalet visas inte" in as_nobody().get(PAGE).text


def test_number_of_a_theme_is_told_when_nobody_can_compute_a_small_one(desk: Any, open_dialogue: Dialogue) -> None:
    """Five under each, three under a third, and two without a theme: thirteen less ten may be either."""
    dark, bus, park = (theme(open_dialogue, label) for label in ("Mörkt", "Bussen", "Parken"))
    put = [dark] * 5 + [bus] * 5 + [park] * 3 + [None] * 2
    voices = [voice(open_dialogue, f"Svar {number}") for number, _theme in enumerate(put)]

    desk.post(of("sort"), {each.key: under.key for each, under in zip(voices, put, strict=True) if under})

    for each in (dark, bus, park):
        each.refresh_from_db()
    assert [each.count for each in (dark, bus, park)] == [5, 5, None]
    assert float(dark.share or 0) == 33.3


def test_sorting_leaves_what_was_counted_elsewhere(desk: Any, open_dialogue: Dialogue) -> None:
    counted = theme(open_dialogue, "Räknat på papper", count=131, share=31.8)

    desk.post(of("new_theme"), {"label": "Nytt"})
    desk.post(of("sort"), {})

    counted.refresh_from_db()
    assert counted.count == 131


def test_sorting_one_voice_leaves_more_than_all_here_that_were_counted_elsewhere(
    desk: Any, open_dialogue: Dialogue
) -> None:
    counted = theme(open_dialogue, "Räknat på papper", count=131, share=31.8)
    said = voice(open_dialogue, "Mörkt i parken")

    desk.post(of("sort"), {said.key: counted.key})

    counted.refresh_from_db()
    assert counted.count == 131


def test_voice_that_was_handed_over_is_not_sorted(desk: Any, open_dialogue: Dialogue) -> None:
    theme(open_dialogue)
    voice(open_dialogue, "Oro för ett barn.", decision="hand_over")

    assert "Oro för ett barn." not in desk.get(of("sort") + "?alla").text


def test_theme_made_while_sorting_leads_back_to_the_voices(desk: Any, open_dialogue: Dialogue) -> None:
    page = desk.post(of("new_theme"), {"label": "Mörkt i tunneln", "sortera": "1"})

    assert page.headers["Location"] == of("sort")
    made = Theme.objects.get()
    assert (made.key, made.visibility) == ("morkt-i-tunneln", "internal")


def test_answer_is_on_the_page_as_you_said_we_do(desk: Any, open_dialogue: Dialogue) -> None:
    dark = theme(open_dialogue, visibility="internal")
    assert dark.label not in as_nobody().get(PAGE).text

    desk.post(
        of("theme", theme=dark.key),
        {"label": "Det är mörkt", "is_open": "on", "answer": "used", "answer_text": "Kommunen byter lamporna."},
    )

    text = as_nobody().get(PAGE).text
    assert "Det är mörkt" in text
    assert "Det togs med." in text
    assert "Kommunen byter lamporna." in text
    assert "Alla teman har fått svar." in text
    assert Event.objects.get().verb == "theme.answered"


def test_answer_needs_words(desk: Any, open_dialogue: Dialogue) -> None:
    dark = theme(open_dialogue)

    page = desk.post(of("theme", theme=dark.key), {"label": "Mörkt", "answer": "no", "answer_text": ""})

    assert page.status_code == 422
    assert "Skriv svaret med ord." in page.text


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (1, True)])
def test_dialogue_without_answers_is_late_the_day_after(open_dialogue: Dialogue, days: int, is_late: bool) -> None:
    theme(open_dialogue)
    Dialogue.objects.update(feedback_on=TODAY - dt.timedelta(days=days))

    assert ("Svaren skulle ha kommit" in as_nobody().get(PAGE).text) == is_late


# --- what others see


def test_who_was_heard_hides_small_groups_and_what_would_tell_them(open_dialogue: Dialogue, here: Tuna) -> None:
    centrum, strand = here.kommun.municipality.areas.order_by("key")
    people = [(centrum, "25-44", "woman")] * 12 + [(centrum, "45-64", "man")] * 7 + [(strand, "18-24", "woman")] * 3
    for number, (place, age, sex) in enumerate(people):
        receiving.receive(
            dialogue=open_dialogue,
            voice=receiving.Voice(text="Ja.", area=place, age=age, sex=sex),
            nonce=str(number),
            today=TODAY,
        )

    text = as_nobody().get(PAGE).text

    assert "22 svar har kommit in." in text
    # Strand has 3, and Centrum's 19 beside the total would tell it: nothing is left to show of places.
    assert "Var svaren handlar om" not in text
    assert rows(text, "25–44 år") == "12"
    # The three are alone below five: the seven are hidden with them, and nobody can tell which is which.
    assert rows(text, "45–64 år") == rows(text, "18–24 år") == "visas inte"
    assert rows(text, "Kvinna") == "15"


def test_place_that_few_spoke_of_looks_like_one_that_nobody_spoke_of(open_dialogue: Dialogue, here: Tuna) -> None:
    centrum, strand = here.kommun.municipality.areas.order_by("key")
    others = [area(here.kommun, name) for name in ("Backen", "Dalen", "Tomten")]
    for place, number in ((centrum, 12), (strand, 3), (others[0], 4)):
        for _time in range(number):
            voice(open_dialogue, "Ja.", area=place)

    text = as_nobody().get(PAGE).text

    table = text[text.index("Var svaren handlar om") : text.index("Platser med få eller inga svar visas inte.")]
    assert rows(text, centrum.name) == "12"
    assert [name for name in (strand.name, "Backen", "Dalen", "Tomten") if f">{name}<" in table] == []


def rows(text: str, label: str) -> str:
    after = text[text.index(f'<th scope="row">{label}</th>') :]
    return after[after.index("<td>") + 4 : after.index("</td>")]


def test_page_of_a_dialogue_held_elsewhere_tells_what_is_known(here: Tuna) -> None:
    held = dialogue(here.kommun, opens=None, closes=dt.date(2026, 3, 1), participants=1589, can_influence="")
    theme(held, "Fler poliser", count=131, answer="no", answer_text="Det bestäms inte här.")

    text = as_nobody().get(PAGE).text

    assert "1\u202f589 personer var med." in text
    assert "131 svar" in text
    assert "Nej, därför att." in text
    assert "Det står inte vad som gick att påverka." in text
    assert "/svara/" not in text


def test_page_reads_in_english_with_what_was_said_marked_as_swedish(open_dialogue: Dialogue) -> None:
    text = as_nobody().get(f"/en{PAGE}").text

    assert '<html lang="en">' in text
    assert '<h1 id="kort" lang="sv">' in text


def test_list_of_a_kommun_has_open_coming_and_earlier(open_dialogue: Dialogue, here: Tuna) -> None:
    dialogue(here.kommun, key="snart", title="Snart", opens=TODAY + dt.timedelta(5), closes=TODAY + dt.timedelta(9))
    dialogue(here.kommun, key="forut", title="Förut", opens=TODAY - dt.timedelta(9), closes=TODAY - dt.timedelta(5))

    text = as_nobody().get("/tuna/dialog/").text

    parts = [text.index(words) for words in ("Svara nu", "Vad gör dig trygg", "Öppnar snart", ">Snart<", ">Förut<")]
    assert parts == sorted(parts)


def test_file_for_everyone_holds_published_voices_and_nothing_of_who_they_are(
    open_dialogue: Dialogue, here: Tuna
) -> None:
    receiving.receive(dialogue=open_dialogue, voice=receiving.Voice("Hemligt ord", age="18-24"), nonce="1", today=TODAY)
    voice(open_dialogue, "Öppet ord", visibility="open", decision="publish", time_band="night", category="light")

    text = str(export(here.promise))

    assert "Öppet ord" in text
    assert "'time_band': 'night'" in text
    assert "Hemligt ord" not in text
    assert "18-24" not in text
    assert "is_draft" not in text


def test_draft_and_staff_dialogue_are_not_in_the_file_for_everyone(here: Tuna) -> None:
    dialogue(here.kommun, key="utkast", title="Bara utkast", is_draft=True)
    dialogue(here.kommun, key="medarbetare", title="Bara medarbetare", kind="staff")

    assert "Bara" not in str(export(here.promise))
    assert "Bara utkast" in str(export(here.promise, viewer=inside(here.promise)))


def test_page_asks_as_little_of_the_database_for_many_voices_as_for_few(
    open_dialogue: Dialogue, django_assert_max_num_queries: Any
) -> None:
    made = theme(open_dialogue)
    for _each in range(15):
        voice(open_dialogue, visibility="open", decision="publish", theme=made)

    with django_assert_max_num_queries(14):
        as_nobody().get(PAGE)


# --- walks


@pytest.fixture
def walk(open_dialogue: Dialogue) -> SafetyWalk:
    return SafetyWalk.objects.create(dialogue=open_dialogue, key="vandring-1", title="Runt stationen", on=TODAY)


def test_walk_is_written_point_by_point_and_shown_when_opened(desk: Any, open_dialogue: Dialogue, here: Tuna) -> None:
    where = desk.post(
        of("new_walk"), {"title": "Runt stationen", "on": "2026-09-01", "route": "Torget till tunneln"}
    ).headers["Location"]
    point = {
        "kind": "light", "text": "Lampan är släckt.", "area": "centrum", "owner": here.kommun.own.pk,
        "answer": "Den byts i oktober.",
    }  # fmt: skip
    assert desk.post(where, point).status_code == 302
    made = SafetyWalk.objects.get()
    public = f"{PAGE}vandring/{made.key}/"
    assert as_nobody().get(public).status_code == 404

    desk.post(of("change_walk", walk=made.key), {"title": "Runt stationen", "on": "2026-09-01", "is_open": "on"})

    text = as_nobody().get(public).text
    for words in ("Lampan är släckt.", "Tuna kommun", "Den byts i oktober.", "Inte än", "Centrum"):
        assert words in text
    assert "Runt stationen" in as_nobody().get(PAGE).text


def test_point_is_answered_done_and_revisited(desk: Any, walk: SafetyWalk, open_dialogue: Dialogue) -> None:
    row = WalkPoint.objects.create(walk=walk, order=1, kind="light", text="Lampan är släckt.")
    SafetyWalk.objects.update(visibility="open")

    desk.post(
        of("point", walk=walk.key, pk=row.pk),
        {
            "kind": "light", "text": "Lampan är släckt.", "done_on": "2026-09-05", "revisited_on": "2026-09-09",
            "revisit": "mended",
        },
    )  # fmt: skip

    text = as_nobody().get(f"{PAGE}vandring/{walk.key}/").text
    assert "Åtgärdat 5 september 2026. Återbesök 9 september 2026: det är åtgärdat." in text


def test_revisit_needs_both_day_and_finding(desk: Any, walk: SafetyWalk) -> None:
    page = desk.post(of("walk", walk=walk.key), {"kind": "light", "text": "X", "revisited_on": "2026-09-09"})

    assert page.status_code == 422
    assert "Skriv både vilken dag ni kom tillbaka och hur det var då." in page.text


def test_number_of_walkers_is_told_from_five(walk: SafetyWalk) -> None:
    for number, words in ((4, "Färre än 5 personer"), (5, "5 personer gick med.")):
        SafetyWalk.objects.update(visibility="open", participants=number)

        assert words in as_nobody().get(f"{PAGE}vandring/{walk.key}/").text


def test_walk_of_a_staff_dialogue_is_never_public(walk: SafetyWalk) -> None:
    SafetyWalk.objects.update(visibility="open")
    Dialogue.objects.update(kind="staff")

    assert as_nobody().get(f"{PAGE}vandring/{walk.key}/").status_code == 404


def test_contribution_says_its_name_and_not_its_words(open_dialogue: Dialogue) -> None:
    assert str(voice(open_dialogue, "Känsliga ord")) == "tuna/2026/trygg/svar-1"
    assert not Contribution.objects.filter(text="").exists()
