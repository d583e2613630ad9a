"""The smallest change that could be seen is computed when a goal is saved, or it says why it can't be."""

import datetime as dt
from decimal import Decimal

import pytest

from factories import Tuna, area
from lofte.evidence.models import Indicator, IndicatorValue
from lofte.promises.evaluation import Smallest, smallest_change
from lofte.promises.models import CitizenPromise, Goal

YEAR = (dt.date(2027, 1, 1), dt.date(2027, 12, 31))


def goal(of: CitizenPromise, kind: str, unit: str, value: str = "", n: int | None = None, **more: bool) -> Goal:
    measure = Indicator.objects.create(cycle=of.cycle, key="matt", name="Mått", kind=kind, unit=unit, **more)
    if value:
        IndicatorValue.objects.create(
            indicator=measure, key="2026", starts="2026-01-01", ends="2026-12-31", value=Decimal(value), n=n
        )
    return Goal.objects.create(
        promise=of, key="mal", kind="outcome", text="Bättre", indicator=measure, design="own_years"
    )


def test_of_a_count_it_is_in_events(draft: CitizenPromise) -> None:
    found = smallest_change(goal(draft, "crime_rate", "anmälda brott", "100"), *YEAR)

    assert found.change is not None
    assert 40 < found.change < 60
    assert "100 händelser" in found.basis


def test_of_a_share_it_is_in_percent(draft: CitizenPromise) -> None:
    found = smallest_change(goal(draft, "survey_share", "procent", "60", n=1000), *YEAR)

    assert found.change is not None
    assert 5 < found.change < 8


def test_of_a_rate_it_is_in_the_unit_of_the_rate(draft: CitizenPromise) -> None:
    found = smallest_change(goal(draft, "crime_rate", "brott per 1 000 invånare", "10", n=100), *YEAR)

    assert found.change is not None
    assert 4 < found.change < 6


def test_few_events_can_show_no_fall_at_all(draft: CitizenPromise) -> None:
    found = smallest_change(goal(draft, "crime_rate", "anmälda brott", "4"), *YEAR)

    assert found.change is None
    assert "så få" in found.basis


@pytest.mark.parametrize(
    ("kind", "unit", "value", "says"),
    [
        ("crime_rate", "anmälda brott", "", "inget värde från innan"),
        ("crime_rate", "brott per 1 000 invånare", "10", "hur många händelser"),
        ("survey_share", "procent", "60", "hur många som svarade"),
        ("measurement", "mg", "5", "för det här slaget"),
    ],
)
def test_what_cannot_be_computed_says_why(draft: CitizenPromise, kind: str, unit: str, value: str, says: str) -> None:
    found = smallest_change(goal(draft, kind, unit, value), *YEAR)

    assert found.change is None
    assert says in found.basis


def test_a_count_that_follows_effort_is_never_a_measure_of_the_problem(draft: CitizenPromise) -> None:
    found = smallest_change(goal(draft, "crime_rate", "narkotikabrott", "100", is_effort_driven=True), *YEAR)

    assert found.change is None
    assert "hur mycket som kontrolleras" in found.basis


def test_a_goal_without_a_plan_has_none(draft: CitizenPromise) -> None:
    row = goal(draft, "crime_rate", "anmälda brott", "100")
    row.design = ""

    assert smallest_change(row, *YEAR) == Smallest(None, "")


def test_a_measure_of_one_place_counts_from_that_place(draft: CitizenPromise, here: Tuna) -> None:
    row = goal(draft, "crime_rate", "anmälda brott", "100")
    IndicatorValue.objects.update(area=area(here.kommun, "Norr"))

    assert smallest_change(row, *YEAR).change is not None


def test_of_several_places_none_is_the_whole(draft: CitizenPromise, here: Tuna) -> None:
    row = goal(draft, "crime_rate", "anmälda brott", "100")
    IndicatorValue.objects.update(area=area(here.kommun, "Norr"))
    row.indicator.values.create(
        key="soder", starts="2026-01-01", ends="2026-12-31", value=7, area=area(here.kommun, "Söder")
    )

    assert "inget värde från innan" in smallest_change(row, *YEAR).basis


def test_what_came_after_the_promise_began_is_no_state_before_it(draft: CitizenPromise) -> None:
    row = goal(draft, "crime_rate", "anmälda brott", "100")
    row.indicator.values.create(key="2027", starts="2027-01-01", ends="2027-12-31", value=1)

    assert "100 händelser" in smallest_change(row, *YEAR).basis
