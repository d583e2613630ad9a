"""Cost grows with the answer, not with the archive: 550 promises with 10 activities each in one kommun."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lofte.followup.models import ActivityReport, Figure, Period
from lofte.parties.models import Cycle, Organisation
from lofte.places.models import Municipality
from lofte.promises.models import Activity, CitizenPromise, Pledge, PromiseParty, Target
from lofte.promises.versions import freeze

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PROMISES, ACTIVITIES = 550, 10
DAY, LAST = dt.date(2020, 1, 1), dt.date(2020, 12, 31)


@pytest.fixture
def many() -> Municipality:
    """Rows in bulk: the same text for every promise is enough to count queries."""
    kommun = Municipality.objects.create(code="9998", name="Mångby", slug="mangby")
    police = Organisation.objects.create(municipality=kommun, key="polisen", kind="police", name="Polisen")
    first = _promise(kommun, police, 0)
    version = freeze(first)
    cycle = first.cycle
    rest = CitizenPromise.objects.bulk_create(
        CitizenPromise(
            cycle=cycle, municipality=kommun, slug=f"l{n}", title="Löfte", starts=DAY, ends=LAST, state="closed"
        )
        for n in range(1, PROMISES)
    )
    type(version).objects.bulk_create(
        type(version)(promise=row, number=1, content=version.content, sha256=version.sha256) for row in rest
    )
    return kommun


def _promise(kommun: Municipality, police: Organisation, n: int) -> CitizenPromise:
    cycle = Cycle.objects.create(municipality=kommun, slug="c", starts=DAY, ends=LAST)
    promise = CitizenPromise.objects.create(
        cycle=cycle, municipality=kommun, slug=f"l{n}", title="Löfte", starts=DAY, ends=LAST, state="closed"
    )
    PromiseParty.objects.create(promise=promise, organisation=police, order=0)
    period = Period.objects.create(
        promise=promise, label="2020-T1", starts=DAY, ends=LAST, stage="published", published_on=LAST
    )
    for number in range(ACTIVITIES):
        pledge = Pledge.objects.create(promise=promise, key=f"p{number}", order=number, text=f"Löfte {number}")
        activity = Activity.objects.create(cycle=cycle, pledge=pledge, key=f"a{number}", order=0, text="Gör")
        target = Target.objects.create(activity=activity, key="t", order=0, kind="count", amount=2, unit="gånger")
        report = ActivityReport.objects.create(period=period, activity=activity, covers_from=DAY, covers_to=LAST)
        Figure.objects.create(report=report, target=target, order=0, number=number)
    return promise


@pytest.mark.parametrize(
    "page", ["/mangby/", "/mangby/?sida=3", "/mangby/l0/", "/mangby/l0/darfor/", "/mangby/flode.atom"]
)
def test_twelve_queries_are_enough(
    client: Client, many: Municipality, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        response = client.get(page)

    assert response.status_code == 200


def test_a_long_list_is_paged(client: Client, many: Municipality) -> None:
    response = client.get("/mangby/")

    assert len(response.context["earlier"]) == 20
    assert "Sida 1 av 28" in response.text
