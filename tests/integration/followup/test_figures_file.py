"""Figures of a report out of a file: counted by row or by number, by place, tried first, and the same twice."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from factories import Tuna, activity, area, pledge, report, target
from lofte.followup.models import ActivityReport, Figure
from lofte.imports.models import Upload
from people import Cast, signed_in

GIVE = "/arbete/tuna/loften/2026/rapport/2026-T2/fil/"
EST = """Datum;Insats;Område;Beskrivning
2026-05-03;Trafikkontroll;Centrum;Anna A. körde
3/6 2026;Trafikkontroll;Centrum;
2026-07-14;trafikkontroll;Norr;
2026-04-30;Trafikkontroll;Centrum;
igår;Trafikkontroll;Centrum;
2026-06-01;Fikapaus;Centrum;
"""
COUNTED = 'Aktivitet,Antal\nGöra trafikkontroller,12\nGöra trafikkontroller,"1,5"\nByta lampor,3\n'


def give(client: Client, text: str) -> str:
    file = io.BytesIO(text.encode())
    file.name = "insatser.csv"
    page = client.post(GIVE, {"file": file})
    assert page.status_code == 302, page.text
    return page.headers["Location"]


def columns(**more: str) -> dict[str, str]:
    days = {"covers_from": "2026-05-01", "covers_to": "2026-08-31"}
    return {"what": "Insats", "number": "", "on": "Datum", "area": "Område"} | days | more


@pytest.fixture
def coordinator(here: Tuna, people: Cast) -> Client:
    return signed_in(people.coordinator)


def test_rows_are_counted_and_what_cannot_be_used_is_told(here: Tuna, coordinator: Client) -> None:
    page = give(coordinator, EST)

    tried = coordinator.post(page, columns())

    assert "4 av 6 rader går att använda" in tried.text
    assert [(row["text"], row["total"]) for row in tried.context["tallies"]] == [("Göra trafikkontroller", "3")]
    assert [(problem.row, problem.reason) for problem in tried.context["problems"]] == [
        (5, "Dagen ligger utanför rapportens tid."),
        (6, "Skriv ett datum, till exempel 2026-05-31."),
    ]
    assert not ActivityReport.objects.exists()


def test_saving_writes_the_report_and_saving_again_the_same(here: Tuna, coordinator: Client, people: Cast) -> None:
    page = give(coordinator, EST)
    meanings = {"ord0": "trafik/trafik", "ord1": "trafik/trafik", "ord2": "-", "spara": "1"}

    for _again in range(2):
        saved = coordinator.post(page, columns(**meanings))

        assert saved.status_code == 302
        found = ActivityReport.objects.get()
        assert (found.figures.get().number, found.entered_by) == (Decimal(3), people.coordinator.key)
        assert found.reported_for == here.kommun.police
    assert "Anna" not in str(list(ActivityReport.objects.values())) + str(Upload.objects.values())
    assert Upload.objects.get().state == "committed"


def test_numbers_are_added_and_a_yes_or_no_is_answered(here: Tuna, coordinator: Client) -> None:
    page = give(coordinator, COUNTED)
    given = columns(what="Aktivitet", number="Antal", on="", area="")
    meanings = {"ord0": "trafik/trafik", "ord1": "ljus/ljus", "spara": "1"}

    coordinator.post(page, given | meanings)

    checks, lamps = Figure.objects.order_by("target__activity__pledge__order")
    assert (checks.number, lamps.number, lamps.happened) == (Decimal("13.50"), None, True)


def test_what_was_told_before_stays(here: Tuna, coordinator: Client) -> None:
    report(here.late, here.checks, 1, done="Vi stod vid skolan.", status="delayed", reason_code="staff")
    page = give(coordinator, EST)

    coordinator.post(page, columns(ord0="trafik/trafik", ord1="trafik/trafik", ord2="-", spara="1"))

    found = ActivityReport.objects.get()
    assert (found.done, found.status, found.figures.get().number) == ("Vi stod vid skolan.", "delayed", Decimal(3))


def test_places_are_told_apart_when_the_promise_counts_by_place(here: Tuna, coordinator: Client) -> None:
    north, centre = area(here.kommun, "Norr"), area(here.kommun, "Centrum")
    here.checks.targets.update(in_each_area=True)
    page = give(coordinator, EST.replace("Fikapaus;Centrum", "Trafikkontroll;Söder"))

    coordinator.post(page, columns(ord0="trafik/trafik", ord1="trafik/trafik", spara="1"))

    assert {figure.area: figure.number for figure in Figure.objects.all()} == {centre: 2, north: 1}
    assert Upload.objects.get().problems[-1]["reason"] == "Platsen finns inte bland kommunens områden."


def test_words_are_remembered_until_next_time(here: Tuna, coordinator: Client) -> None:
    hidden = activity(pledge(here.promise, "insats", "Polisen syns.", here.kommun.police), "Fotpatrull")
    target(hidden)
    coordinator.post(
        give(coordinator, EST), columns(ord0="trafik/trafik", ord1="trafik/trafik", ord2="insats/insats", spara="1")
    )

    again = coordinator.post(give(coordinator, EST + "2026-06-02;Fikapaus;Norr;\n"), columns())

    assert {row["text"]: row["total"] for row in again.context["tallies"]} == {
        "Göra trafikkontroller": "3",
        "Fotpatrull": "2",
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Filen är tom"), ("bara en rad\n", "Filen har ingen tabell")],
)
def test_a_file_that_cannot_be_read_is_said_at_once(coordinator: Client, text: str, sentence: str) -> None:
    file = io.BytesIO(text.encode())
    file.name = "x.csv"

    page = coordinator.post(GIVE, {"file": file})

    assert page.status_code == 422
    assert sentence in page.text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"what": "Finns inte"}, "Välj något i listan."),
        ({"covers_to": "2027-01-01"}, "Det datumet har inte varit än"),
        ({"covers_from": "2025-01-01"}, "Löftet gällde inte så tidigt"),
        ({"covers_from": "2026-08-31", "covers_to": "2026-05-01"}, "Slutet kommer före början"),
    ],
)
def test_mistakes_have_their_sentences(coordinator: Client, given: dict[str, str], sentence: str) -> None:
    page = coordinator.post(give(coordinator, EST), columns(**given))

    assert page.status_code == 422
    assert sentence in page.text


def test_a_closed_period_takes_no_file(here: Tuna, coordinator: Client) -> None:
    here.promise.periods.filter(label="2026-T2").update(stage="published")

    assert coordinator.get(GIVE).status_code == 302


def test_only_those_who_lead_may_give_a_file(here: Tuna, people: Cast) -> None:
    assert signed_in(people.community_officer).get(GIVE).status_code == 404
    assert signed_in(people.neighbour).get(GIVE).status_code == 404


def test_columns_are_found_by_what_they_are_often_called(coordinator: Client) -> None:
    page: Any = coordinator.get(give(coordinator, EST))

    initial = {field.name: field.initial for field in page.context["form"]}
    assert (initial["what"], initial["on"], initial["area"], initial["number"]) == ("Insats", "Datum", "Område", "")
