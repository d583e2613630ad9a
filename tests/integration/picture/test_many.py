"""A long picture asks the database no more often than a short one, wherever it is shown."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lofte.picture.queries import MOST_TOGETHER
from pictures import PictureSite, post

OPEN = "/tuna/lagesbild/2026/lagesbild/"


def more(here: PictureSite, places: int) -> None:
    """Statements with evidence and figures, and problems with causes, one of each for every place."""
    picture, first = here.picture, here.cycle.indicators.count()
    for number in range(first, first + places):
        drawn = here.cycle.indicators.create(key=f"m{number}", name="Mått", kind="crime_rate", unit="antal")
        drawn.values.create(key="v", starts="2025-01-01", ends="2025-12-31", value=number)
        said = picture.statements.create(key=f"s{number}", sentence="Fler.")
        said.areas.set(here.survey.areas.all())
        said.evidence_links.create(evidence=here.survey)
        said.figures.create(indicator=drawn)
        problem = picture.problems.create(key=f"p{number}", title="Mörkt", priority=1)
        problem.evidence_links.create(evidence=here.survey)
        problem.causes.create(key=f"o{number}", text="Lampor").evidence_links.create(evidence=here.survey)


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", ["", "las/", "tackning/", "lagesbild.json", "lagesbild.docx", "lagesbild.pdf"])
def test_work_pages_ask_as_often_for_many_as_for_few(here: PictureSite, page: str) -> None:
    here.fill()
    more(here, 1)
    few = asked(here.coordinator, here.url + page)
    more(here, 12)

    assert asked(here.coordinator, here.url + page) == few


@pytest.mark.parametrize("page", ["", "omrade/norr/", "lagesbild.pdf", "lagesbild.docx", "lagesbild.json"])
def test_open_pages_of_a_long_picture_ask_a_handful(here: PictureSite, page: str) -> None:
    here.fill()
    more(here, 12)
    here.hand_over()
    here.adopt()

    assert asked(Client(), OPEN + page) <= 4


# --- many statements are shown one place at a time


def many(here: PictureSite) -> None:
    """One more than are shown together: one of Centrum, one of the whole kommun, the rest of Norr."""
    here.begin()
    centre = here.kommun.municipality.areas.get(key="centrum")
    here.picture.statements.create(key="allt", sentence="Lugnare i hela kommunen.")
    here.picture.statements.create(key="centrum", sentence="Stökigt på torget.").areas.add(centre)
    for number in range(MOST_TOGETHER - 1):
        said = here.picture.statements.create(key=f"norr-{number}", sentence="Fler undviker parken.")
        said.areas.set(here.survey.areas.all())


def test_a_few_statements_are_shown_together(here: PictureSite) -> None:
    here.fill()

    assert here.coordinator.get(here.url).context["shown_place"] is None


def test_many_begin_with_the_whole_kommun(here: PictureSite) -> None:
    many(here)

    page = here.coordinator.get(here.url).text

    assert "Lugnare i hela kommunen." in page
    assert "Stökigt på torget." not in page
    assert "Norr (59)" in page
    assert f"{here.kommun.municipality} är påhittad" in page


def test_many_of_one_place(here: PictureSite) -> None:
    many(here)

    page = here.coordinator.get(f"{here.url}?plats=centrum").text

    assert "Stökigt på torget." in page
    assert "Lugnare i hela kommunen." not in page
    assert f"{here.url}utsaga/ny/?plats=centrum" in page


def test_what_is_missing_is_counted_over_all_places(here: PictureSite) -> None:
    many(here)

    assert f"Utsagor utan underlag: {MOST_TOGETHER + 1}." in here.coordinator.get(here.url).text


def test_a_statement_begun_at_a_place_is_about_it_and_leads_back(here: PictureSite) -> None:
    here.begin()
    page = f"{here.url}utsaga/ny/?plats=norr"

    assert here.coordinator.get(page).context["form"]["areas"].value() == [here.survey.areas.get().pk]
    answer = post(here.coordinator, page, sentence="Fler.", trend="more", strength="likely")
    assert answer["Location"] == f"{here.url}?plats=norr#utsagor"
