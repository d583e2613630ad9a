"""Reports of promises that were read from a file are kept as they were read."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lofte.exchange.reading import load_file
from lofte.followup.freezing import freeze_published
from lofte.followup.models import FrozenReport

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_published_reports_of_strangnas_2019_are_kept_and_served(
    client: Client, checkout: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_file(checkout / "examples/strangnas-2018.json")
    promise = load_file(checkout / "examples/strangnas-2019.json").promise
    live = client.get("/strangnas/2019/rapport/2019-T2/")

    kept = freeze_published(promise)

    published = promise.periods.filter(stage="published").count()
    assert (kept, freeze_published(promise)) == (published, 0)
    assert FrozenReport.objects.filter(format="pdf").count() == published
    with django_assert_num_queries(1):
        page = client.get("/strangnas/2019/rapport/2019-T2/")
    assert [pledge.verdict.label in page.text for pledge in live.context["pledges"]] == [True] * len(
        live.context["pledges"]
    )


def test_every_example_can_be_kept(checkout: Path) -> None:
    """Odd promises too: without a rhythm, with overlapping reports, with parts and shares."""
    years = ["exempelkoping-2025", "exempelkoping-2026", "lulea-2018", "jonkoping-2021-2022", "strangnas-2017"]
    promises = [load_file(checkout / f"examples/{name}.json").promise for name in years]

    for promise in promises:
        freeze_published(promise)

    assert FrozenReport.objects.filter(format="html", language="en").count() == sum(
        promise.periods.filter(stage="published").count() for promise in promises
    )
