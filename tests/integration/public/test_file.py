"""The file of a promise, `lofte.json`: it asks once for each kind of row, however much a promise holds."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lofte.exchange.reading import load_file
from lofte.exchange.writing import export
from lofte.picture.models import SituationPicture
from lofte.promises.models import Activity, CitizenPromise, Target

pytestmark = pytest.mark.django_db


def queries_of(promise: CitizenPromise) -> int:
    with CaptureQueriesContext(connection) as queries:
        export(CitizenPromise.objects.get(pk=promise.pk))
    return len(queries)


def test_a_larger_promise_asks_no_more(checkout: Path) -> None:
    promise = load_file(checkout / "examples/exempelkoping-2025.json").promise
    before = queries_of(promise)
    pledge = promise.pledges.first()
    assert pledge
    for number in range(30):
        activity = Activity.objects.create(
            cycle=promise.cycle, pledge=pledge, key=f"fler-{number}", text="En aktivitet till", order=number
        )
        Target.objects.create(
            activity=activity, key="m1", order=1, kind=Target.Kind.COUNT, amount=number + 1, unit="st"
        )

    assert queries_of(promise) == before
    assert before < 120


def test_a_problem_of_a_picture_that_is_not_adopted_is_not_named(checkout: Path) -> None:
    load_file(checkout / "examples/exempelkoping-2025.json")
    promise = load_file(checkout / "examples/exempelkoping-2026.json").promise
    assert any("problem" in row for row in export(promise)["lessons_taken_up"])

    SituationPicture.objects.filter(cycle=promise.cycle).update(state=SituationPicture.State.DRAFT)

    assert not any("problem" in row for row in export(promise)["lessons_taken_up"])
