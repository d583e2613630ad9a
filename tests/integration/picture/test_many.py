"""A long picture asks the database no more often than a short one, wherever it is shown."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pictures import PictureSite

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
