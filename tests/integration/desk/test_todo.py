"""Att göra: what is next, for each person."""

import datetime as dt

import pytest
from django.urls import reverse

from dialogues import dialogue, theme, voice
from factories import Tuna, picture, problem, promise, report
from lofte.desk.todo import Desk, todo
from lofte.followup.actions import lock_and_publish, send_for_review
from lofte.parties.models import Cycle, Membership, Role, User
from lofte.parties.queries import viewer_of
from lofte.voices import coding, coding_queries
from people import Cast, person, signed_in

TODO = reverse("desk:todo")


def test_late_reports_come_first_and_lead_to_where_they_are_written(here: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).get(TODO)

    assert page.context["todo"][0].url == reverse("followup:period", args=["tuna", "2026", "2026-T1"])
    assert "Skriv rapport om 2 aktiviteter" in page.text
    assert "Rapporten skulle ha kommit 1 maj 2026." in page.text


def test_an_owner_sees_only_its_own_reports(here: Tuna, people: Cast) -> None:
    page = signed_in(people.partner).get(TODO)

    assert [item.what for item in page.context["todo"]] == ["Skriv rapport: Byta lampor"] * 2
    assert "Dina kommuner" in page.text
    assert reverse("desk:year", args=["tuna", "2026"]) not in page.text
    assert reverse("followup:period", args=["tuna", "2026", "2026-T3"]) in page.text


def test_complete_reports_are_to_be_sent(here: Tuna, people: Cast) -> None:
    for activity in (here.checks, here.lamps):
        report(here.late, activity)

    page = signed_in(people.coordinator).get(TODO)

    assert "Skicka rapporten för maj–augusti 2026, Tuna kommun för granskning" in page.text


@pytest.mark.parametrize(("who", "first"), [("coordinator", True), ("police_editor", False)])
def test_reviewing_the_other_partys_report_goes_before_reviewing_ones_own(
    here: Tuna, people: Cast, who: str, first: bool
) -> None:
    report(here.late, here.checks, 8, entered_by=people.police_editor.key)
    send_for_review(period=here.late, by=people.police_editor)
    user: User = getattr(people, who)

    page = signed_in(user).get(TODO)

    assert page.context["todo"][0].what.startswith("Granska rapporten för maj–augusti") is first
    assert any(item.what.startswith("Granska rapporten") for item in page.context["todo"])


def test_a_draft_waits_to_be_published(here: Tuna, people: Cast) -> None:
    turn = Cycle.objects.create(
        municipality=here.kommun.municipality, slug="2019", starts="2019-01-01", ends="2019-12-31", mode="follow"
    )
    promise(here.kommun, turn, title="Medborgarlöfte 2019")

    assert "Titta på utkastet och publicera det: Medborgarlöfte 2019" in signed_in(people.coordinator).get(TODO).text
    assert "Medborgarlöfte 2019" not in signed_in(people.police_editor).get(TODO).text


def test_a_colleague_has_voices_to_code_until_they_are_done(here: Tuna, people: Cast, today: dt.date) -> None:
    asked = dialogue(here.kommun)
    theme(asked, "Mörkt")
    for number in range(coding.FEWEST):
        voice(asked, f"Svar {number}.", visibility="open", decision="publish")
    sample = coding.begin(
        dialogue=asked, by=people.coordinator, colleague=people.police_editor, number=coding.FEWEST, today=today
    )
    rows = coding_queries.rows_of(sample)

    desk = Desk(people.police_editor, viewer_of(people.police_editor), today)
    before = [item.url for item in todo(desk, [])]
    coding.code(sample=sample, by=people.police_editor, chosen=dict.fromkeys(rows))
    coding.finish(sample=sample, by=people.police_editor, today=today)

    url = reverse("voices_staff:coding", args=["tuna", "2026", asked.key, sample.pk])
    assert url in before
    assert url not in [item.url for item in todo(desk, [])]


def test_the_gap_that_matters_most_is_named_when_there_is_time(here: Tuna, people: Cast) -> None:
    problem(picture(here.promise.cycle), "Buskörning i centrum")

    page = signed_in(people.coordinator).get(TODO)

    gap = page.context["todo"][-1]
    assert gap.what == "Inget underlag är kopplat till problemet: Buskörning i centrum"
    assert gap.url == reverse("desk:year", args=["tuna", "2026"])


def test_at_most_five_things_over_all_kommuner(here: Tuna, people: Cast) -> None:
    for year in (2023, 2024, 2025):
        turn = Cycle.objects.create(
            municipality=here.kommun.municipality,
            slug=str(year),
            starts=dt.date(year, 1, 1),
            ends=dt.date(year, 12, 31),
            mode="follow",
        )
        for number in range(3):
            promise(here.kommun, turn, slug=f"{year}-{number}")

    page = signed_in(people.coordinator).get(TODO)

    assert len(page.context["todo"]) == 5


def test_nothing_to_do_is_said_kindly(here: Tuna, people: Cast) -> None:
    here.promise.periods.update(stage="published")

    page = signed_in(people.partner).get(TODO)

    assert "Just nu finns inget att göra. Skönt!" in page.text


def test_someone_without_a_kommun_is_told_what_to_do(here: Tuna, people: Cast) -> None:
    assert "Du är inte med i någon kommun än." in signed_in(people.stranger).get(TODO).text


def test_what_others_did_since_last_time_is_told_once(here: Tuna, people: Cast, today: dt.date) -> None:
    report(here.late, here.checks, 8, entered_by=people.police_editor.key)
    send_for_review(period=here.late, by=people.police_editor)
    lock_and_publish(period=here.late, by=people.coordinator, today=today)

    told = signed_in(people.partner).get(TODO)
    own = signed_in(people.coordinator).get(TODO)

    assert "Rapporten för maj–augusti 2026 är publicerad: Medborgarlöfte 2026 i Tuna" in told.text
    assert "är publicerad" not in own.text


def test_news_of_other_kommuner_is_not_told(here: Tuna, people: Cast, today: dt.date) -> None:
    report(here.late, here.checks, 8)
    send_for_review(period=here.late, by=people.police_editor)
    lock_and_publish(period=here.late, by=people.coordinator, today=today)

    assert signed_in(people.neighbour).get(TODO).context["news"] == []


def test_someone_with_two_kommuner_sees_both(here: Tuna, people: Cast) -> None:
    both = person("both", here.kommun.own, Role.COORDINATOR)
    neighbour = Membership.objects.get(user=people.neighbour).organisation
    Membership.objects.create(user=both, organisation=neighbour, role=Role.COORDINATOR)

    page = signed_in(both).get(TODO)

    assert [card.name for card in page.context["kommuner"]] == ["Grannby kommun", "Tuna kommun"]
