"""How the figures of a place are read: the nine rules, each as cases that a crime analyst can check by hand.

What the rules mean for readers stands in docs/reference/reading-the-numbers.md, under the same numbers.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from factories import Kommun, area, cycle, kommun
from lofte.core.jobs import Progress
from lofte.core.models import Job
from lofte.evidence.figuring import make_figures, save_figures
from lofte.evidence.models import AreaFigure, DataSet, Fact
from lofte.evidence.points import of_figure
from lofte.evidence.wording import sentences
from lofte.places.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def tuna(db: None) -> Kommun:
    return kommun()


@pytest.fixture
def north(tuna: Kommun) -> Area:
    return area(tuna, "Norr")


def figures_of(tuna: Kommun, part: Area | None, facts: list[dict[str, Any]], **about: Any) -> list[AreaFigure]:
    """The figures of a made-up data set, oldest first."""
    about = {"contract": "counts", "source": "bra_sol"} | about
    turn = tuna.municipality.cycles.first() or cycle(tuna)
    data_set = DataSet.objects.create(
        cycle=turn, key=f"data-{DataSet.objects.count()}", title="Data", publisher="Brå", **about
    )
    where = {"scope": "area", "area": part, "place": part.name} if part else {"scope": "municipality", "place": "Tuna"}
    Fact.objects.bulk_create([Fact(data_set=data_set, **(where | fact)) for fact in facts])
    save_figures(data_set, make_figures(data_set, Progress(Job.objects.create(kind="test")).step))
    return list(data_set.figures.order_by("starts", "-ends"))


def years(category: str, **counts: int) -> list[dict[str, Any]]:
    """Reported crimes a year: years("Stöld", y2024=12)."""
    return [
        {"category": category, "starts": dt.date(year, 1, 1), "ends": dt.date(year, 12, 31), "count": count}
        for year, count in ((int(name[1:]), n) for name, n in counts.items())
    ]


def tertial(category: str, year: int, number: int, count: int) -> dict[str, Any]:
    last = {1: (4, 30), 2: (8, 31), 3: (12, 31)}[number]
    starts = dt.date(year, 4 * number - 3, 1)
    return {"category": category, "starts": starts, "ends": dt.date(year, *last), "count": count}


def share(year: int, value: float, low: float | None, high: float | None, until: int | None = None) -> dict[str, Any]:
    return {
        "category": "Otrygg", "unit": "procent", "starts": dt.date(year, 1, 1),
        "ends": dt.date(until or year, 12, 31), "value": value, "low": low, "high": high,
    }  # fmt: skip


def said(figure: AreaFigure) -> str:
    return " ".join(sentences(of_figure(figure)))


# --- 1. What is found by looking follows how much one looks


@pytest.mark.parametrize("category", ["Narkotikabrott", "Trafikbrott", "Rattfylleri"])
def test_1_effort_driven_crime_is_never_said_to_be_more_or_less(tuna: Kommun, north: Area, category: str) -> None:
    latest = figures_of(tuna, north, years(category, y2024=10, y2025=100))[-1]

    assert latest.comparison["direction"] == "not_judged"
    assert "Sådana brott upptäcks mest när polisen letar efter dem." in said(latest)
    assert "fler än" not in said(latest)


# --- 2. Few crimes say little


@pytest.mark.parametrize(("events", "per_thousand"), [(4, None), (5, 5), (20, 20)])
def test_2_fewer_than_five_events_give_no_rate(
    tuna: Kommun, north: Area, events: int, per_thousand: int | None
) -> None:
    people = [{"category": "Folkmängd", "starts": dt.date(2025, 1, 1), "ends": dt.date(2025, 12, 31), "count": 1000}]
    figures_of(tuna, north, people, contract="population", source="scb")

    latest = figures_of(tuna, north, years("Stöld", y2025=events))[-1]

    assert latest.rate == per_thousand


@pytest.mark.parametrize(
    ("events", "low", "high"), [(0, 0, 3.689), (5, 1.623, 11.668), (10, 4.795, 18.390), (100, 81.364, 121.627)]
)
def test_2_every_count_carries_its_exact_interval(
    tuna: Kommun, north: Area, events: int, low: float, high: float
) -> None:
    """Garwood's table."""
    latest = figures_of(tuna, north, years("Stöld", y2025=events))[-1]

    assert (float(latest.low or 0), float(latest.high or 0)) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(("before", "now", "direction"), [(6, 3, "not_clear"), (60, 30, "lower"), (6, 30, "higher")])
def test_2_from_six_to_three_may_be_chance(tuna: Kommun, north: Area, before: int, now: int, direction: str) -> None:
    latest = figures_of(tuna, north, years("Stöld", y2024=before, y2025=now))[-1]

    assert latest.comparison["direction"] == direction


# --- 3. A tertial is set beside the same tertial


def test_3_spring_is_compared_with_springs_and_never_with_autumn(tuna: Kommun, north: Area) -> None:
    facts = [tertial("Stöld", 2024, 1, 30), tertial("Stöld", 2024, 3, 90), tertial("Stöld", 2025, 1, 32)]

    latest = figures_of(tuna, north, facts)[-1]

    assert latest.comparison["earlier"] == [["2024-01-01", "2024-04-30", 30]]
    assert "Det går inte att se någon säker skillnad mot samma tid året före" in said(latest)


def test_3_no_earlier_spring_gives_no_comparison(tuna: Kommun, north: Area) -> None:
    latest = figures_of(tuna, north, [tertial("Stöld", 2024, 3, 90), tertial("Stöld", 2025, 1, 32)])[-1]

    assert latest.comparison == {}


# --- 4. The worst place of last year will fall anyway


def test_4_a_year_is_set_beside_the_mean_of_the_three_before(tuna: Kommun, north: Area) -> None:
    """One bad year alone is no measure: 40 after 20, 22 and 60 is not a fall."""
    counts = years("Stöld", y2022=20, y2023=22, y2024=60, y2025=40)

    latest = figures_of(tuna, north, counts)[-1]

    assert latest.comparison["direction"] != "lower"


# --- 5. Preliminary and final stand apart


def test_5_preliminary_is_said_beside_the_figure(tuna: Kommun, north: Area) -> None:
    facts = [fact | {"is_preliminary": True} for fact in years("Stöld", y2025=40)]

    assert "Siffrorna är preliminära" in said(figures_of(tuna, north, facts)[-1])


# --- 6. A survey is an interval, and windows that overlap are not compared


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        ((30, 26, 34), (22, 18, 26), "not_clear"),
        ((30, 27, 33), (22, 19, 25), "lower"),
        ((22, 19, 25), (30, 27, 33), "higher"),
        ((30, None, None), (22, None, None), "not_judged"),
    ],
)
def test_6_only_intervals_that_are_apart_are_a_difference(
    tuna: Kommun, before: tuple[Any, ...], now: tuple[Any, ...], direction: str
) -> None:
    facts = [share(2023, *before), share(2025, *now)]

    latest = figures_of(tuna, None, facts, contract="indicators", source="kolada")[-1]

    assert latest.comparison["direction"] == direction


def test_6_two_year_windows_that_share_a_year_are_never_compared(tuna: Kommun) -> None:
    facts = [share(2021, 30, 29, 31, 2022), share(2022, 26, 25, 27, 2023), share(2023, 20, 19, 21, 2024)]

    latest = figures_of(tuna, None, facts, contract="indicators", source="bra_indicators")[-1]

    assert [earlier[0] for earlier in latest.comparison["earlier"]] == ["2021-01-01"]


# --- 7. Among many comparisons some look clear by chance


def test_7_a_difference_that_stands_alone_may_drown_among_many(tuna: Kommun, north: Area) -> None:
    alone = figures_of(tuna, north, years("Stöld 0", y2024=10, y2025=24))[-1]
    same = [fact for n in range(1, 40) for fact in years(f"Stöld {n}", y2024=10, y2025=10)]

    among = figures_of(tuna, north, years("Stöld 0", y2024=10, y2025=24) + same)
    same_one = next(one for one in among if one.category == "Stöld 0" and one.starts.year == 2025)

    assert alone.comparison["direction"] == "higher"
    assert same_one.comparison["direction"] == "not_clear"
    assert "Bland 40 jämförelser" in said(same_one)


# --- 8. No causal word


CAUSAL = ("ledde till", "tack vare", "på grund av", "effekt", "orsak", "förbättr", "försämr")


@pytest.mark.parametrize(("before", "now"), [(10, 40), (40, 10), (10, 10), (2, 3)])
def test_8_a_figure_never_says_why_nor_better_or_worse(tuna: Kommun, north: Area, before: int, now: int) -> None:
    told = said(figures_of(tuna, north, years("Stöld", y2024=before, y2025=now))[-1])

    assert [word for word in CAUSAL if word in told.casefold()] == []


# --- 9. Who is counted as living there


def test_9_without_a_population_there_is_a_count_and_no_rate(tuna: Kommun, north: Area) -> None:
    latest = figures_of(tuna, north, years("Stöld", y2025=40))[-1]

    assert (latest.value, latest.rate) == (40, None)


def test_9_a_tertial_is_rated_by_a_third_of_a_year(tuna: Kommun, north: Area) -> None:
    people = [{"category": "Folkmängd", "starts": dt.date(2025, 1, 1), "ends": dt.date(2025, 12, 31), "count": 3000}]
    figures_of(tuna, north, people, contract="population", source="scb")

    latest = figures_of(tuna, north, [tertial("Stöld", 2025, 1, 20)])[-1]

    assert (latest.rate, latest.rate_unit) == (20, "per 1 000 invånare och år")
