"""Year by year: numbers side by side when both count the same on days of their own; otherwise a written reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factories import Kommun, activity, area, cycle, kommun, picture, pledge, problem, promise, publish, report, target
from lofte.core.states import PromiseState
from lofte.exchange.reading import load_file
from lofte.followup.models import Period
from lofte.picture.models import ProblemCarried
from lofte.promises.models import CitizenPromise, PledgeProblem
from lofte.public.years import Row, Table

pytestmark = pytest.mark.django_db
TEXT = "Polisen gör fasta trafikkontroller vid Kvarnbyskolan."


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: dt.date(2027, 6, 1))


@pytest.fixture
def tuna() -> Kommun:
    return kommun()


def given(
    where: Kommun, year: int, number: int | None, *, text: str = TEXT, said: dict[str, Any] | None = None,
    days: tuple[dt.date, dt.date] | None = None, places: tuple[Any, ...] = (),
) -> CitizenPromise:  # fmt: skip
    """A promise of one year with one amount, and one published report of it unless `number` is None."""
    made = promise(where, cycle(where, year))
    work = activity(pledge(made, f"kontroller-{year}", text, where.police), text)
    target(work, *places, **({"amount": 12, "unit": "trafikkontroller"} | (said or {})))
    publish(made)
    if number is not None:
        first, last = days or (made.starts, made.ends)
        made.periods.update(stage=Period.Stage.PUBLISHED)
        report(made.periods.last(), work, number, covers_from=first, covers_to=last)  # type: ignore[arg-type]
    return made


def tables(client: Client, url: str = "/tuna/2026/") -> list[Table]:
    found: list[Table] = client.get(f"{url}ar-for-ar/").context["tables"]
    return found


def rows(client: Client, url: str = "/tuna/2026/") -> list[Row]:
    (table,) = tables(client, url)
    return list(table.rows)


def test_the_same_amount_stands_year_by_year(client: Client, tuna: Kommun) -> None:
    given(tuna, 2025, 11)
    given(tuna, 2026, 14)

    (table,) = tables(client)

    assert [row.done for row in table.rows] == [
        "11 trafikkontroller, 2025 (365 dagar)",
        "14 trafikkontroller, 2026 (365 dagar)",
    ]
    assert [row.verdict.label for row in table.rows if row.verdict] == ["Inte hållet", "Hållet"]
    assert table.per == ""


def test_times_that_differ_are_given_by_the_week(client: Client, tuna: Kommun) -> None:
    given(tuna, 2025, 52)
    given(tuna, 2026, 35, days=(dt.date(2026, 5, 1), dt.date(2026, 12, 31)))

    (table,) = tables(client)

    assert table.per == "I veckan"
    assert [row.rate for row in table.rows] == ["1", "1"]
    assert table.rows[1].done == "35 trafikkontroller, maj–december 2026 (245 av 365 dagar)"


def test_a_number_in_all_and_one_each_month_stand_by_the_month(client: Client, tuna: Kommun) -> None:
    given(tuna, 2025, 11)
    given(tuna, 2026, 16, said={"kind": "rate", "amount": 2, "per": "month"})

    (table,) = tables(client)

    assert table.per == "I månaden"
    assert [row.rate for row in table.rows] == ["0,92", "1,33"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"unit": "hastighetskontroller"}, "löftena räknar olika saker: hastighetskontroller och trafikkontroller"),
        ({"min_minutes": 20}, "ett tillfälle måste vara olika långt för att räknas"),
        ({"options": ["fart", "nykterhet"]}, "löftena räknar in olika saker"),
        ({"kind": "yes_no"}, "löftena mäts på olika sätt"),
        ({"kind": "none"}, "löftet för 2025 inte säger hur mycket"),
    ],
)
def test_another_definition_is_a_reason_and_no_number(
    client: Client, tuna: Kommun, said: dict[str, Any], reason: str
) -> None:
    given(tuna, 2025, 11, said=said)
    given(tuna, 2026, 14)

    before, _now = rows(client)

    assert before.reason == f"Kan inte jämföras, eftersom {reason}."
    assert (before.done, before.rate, before.verdict) == ("", "", None)


def test_other_places_are_a_reason(client: Client, tuna: Kommun) -> None:
    given(tuna, 2025, 11, places=(area(tuna, "Centrum"),))
    given(tuna, 2026, 14, places=(area(tuna, "Kvarnby"),))

    assert rows(client)[0].reason == "Kan inte jämföras, eftersom löftena gäller olika platser."


def test_numbers_that_share_a_day_are_never_side_by_side(client: Client, tuna: Kommun) -> None:
    given(tuna, 2025, 11, days=(dt.date(2025, 5, 1), dt.date(2026, 1, 1)))
    given(tuna, 2026, 14)

    before, now = rows(client)

    assert before.reason == "Kan inte jämföras, eftersom talen delvis räknar samma dagar."
    assert now.done == "14 trafikkontroller, 2026 (365 dagar)"


@pytest.mark.parametrize(
    ("stage", "reason"),
    [(Period.Stage.NONE_FOUND, "ingen rapport är hittad"), (Period.Stage.OPEN, "det inte är rapporterat")],
)
def test_without_a_report_there_is_a_reason(client: Client, tuna: Kommun, stage: str, reason: str) -> None:
    given(tuna, 2025, None).periods.update(stage=stage)
    given(tuna, 2026, 14)

    assert rows(client)[0].reason == f"Kan inte jämföras, eftersom {reason}."


def test_the_same_unit_in_other_words_is_named_without_its_number(client: Client, tuna: Kommun) -> None:
    given(tuna, 2025, 11, text="Nykterheten ska bli bättre på landsvägarna runt tätorten.")
    given(tuna, 2026, 14)

    assert "det inte går att se av orden" in rows(client)[0].reason


def test_a_problem_that_was_taken_up_again_ties_two_amounts_in_other_words(client: Client, tuna: Kommun) -> None:
    made = [given(tuna, 2025, 11, text="Farten ska sänkas på Storgatan."), given(tuna, 2026, 14)]
    problems = [problem(picture(each.cycle), "Bilar kör för fort") for each in made]
    for each, found in zip(made, problems, strict=True):
        each.picture = found.picture
        each.state = PromiseState.ACTIVE
        each.save()
        PledgeProblem.objects.create(pledge=each.pledges.get(), problem=found)
        each.versions.all().delete()
        publish(each)
    ProblemCarried.objects.create(problem=problems[1], earlier=problems[0])

    assert rows(client)[0].done == "11 trafikkontroller, 2025 (365 dagar)"


def test_many_short_words_tell_as_much_as_a_long_one(client: Client, tuna: Kommun) -> None:
    for year, number in ((2025, 1), (2026, 2)):
        given(tuna, year, number, text="Alla får gå in på öppet hus i mars och se hur det gick.", said={"unit": "hus"})

    assert [row.done for row in rows(client)] == ["1 hus, 2025 (365 dagar)", "2 hus, 2026 (365 dagar)"]


def test_two_short_words_do_not(client: Client, tuna: Kommun) -> None:
    for year, text in ((2025, "Två insatser på torg."), (2026, "Två insatser i hamn.")):
        given(tuna, year, 1, text=text, said={"unit": "insatser"})

    assert "det inte går att se av orden" in rows(client)[0].reason


def test_what_no_other_promise_has_is_listed_apart(client: Client, tuna: Kommun) -> None:
    given(tuna, 2025, 11, text="Båtsamverkan ska börja i hamnen.", said={"unit": "nya områden"})
    given(tuna, 2026, 14)

    page = client.get("/tuna/2026/ar-for-ar/")

    assert not page.context["tables"]
    assert page.context["alone"] == [TEXT]


def test_a_draft_is_not_compared_with(client: Client, tuna: Kommun) -> None:
    made = given(tuna, 2025, 11)
    given(tuna, 2026, 14)
    CitizenPromise.objects.filter(pk=made.pk).update(state=PromiseState.DRAFT)

    page = client.get("/tuna/2026/ar-for-ar/")

    assert "Här finns inget annat löfte i Tuna kommun att jämföra med." in page.text
    assert "ar-for-ar" not in client.get("/tuna/2026/").text


def test_lulea_counts_no_day_twice_and_gives_the_rate_of_the_longer_report(client: Client, checkout: Path) -> None:
    load_file(checkout / "examples/lulea-2018.json")
    page = client.get("/lulea/2018/ar-for-ar/")

    assert page.status_code == 200
    assert "372" not in page.text


def test_lulea_s_figures_beside_a_whole_year(client: Client, tuna: Kommun) -> None:
    """301 checks in May to December are 1.23 a day, whatever the year before had."""
    said = {"kind": "rate", "amount": 1, "per": "day"}
    given(tuna, 2017, 283, said=said)
    made = given(tuna, 2018, 301, said=said, days=(dt.date(2018, 5, 1), dt.date(2018, 12, 31)))
    first = made.periods.first()
    assert first is not None
    report(
        first, made.pledges.get().activities.get(), 71, covers_from=dt.date(2018, 5, 1), covers_to=dt.date(2018, 7, 31)
    )

    (table,) = tables(client, "/tuna/2018/")

    assert table.per == "Om dagen"
    assert [row.rate for row in table.rows] == ["0,78", "1,23"]
    assert table.rows[1].done == "301 trafikkontroller, maj–december 2018 (245 av 365 dagar)"


class TestStrangnas:
    """2017–2023 as it was published: a few numbers, no two of the same thing."""

    @pytest.fixture(autouse=True)
    def _strangnas(self, checkout: Path) -> None:
        for name in ("2017", "2018", "2019", "2020", "2021", "2022-2023"):
            load_file(checkout / f"examples/strangnas-{name}.json")

    def test_mopeds_have_a_number_one_year_only(self, client: Client) -> None:
        (table,) = [each for each in tables(client, "/strangnas/2019/") if "mopeder" in each.text]

        mine, later = table.rows
        assert mine.done == "1 insats, januari–augusti 2019 (243 av 365 dagar)"
        assert later.promise.text == "2022–2023"
        assert later.reason == "Kan inte jämföras, eftersom löftet för 2022–2023 inte säger hur mycket."

    def test_interventions_against_narcotics_are_named_without_numbers(self, client: Client) -> None:
        (table,) = [each for each in tables(client, "/strangnas/2020/") if "insatser" in each.text]

        assert [(row.promise.text, bool(row.done)) for row in table.rows] == [
            ("2018", False), ("16 mars–31 december 2020", True), ("2021", False),
        ]  # fmt: skip

    def test_a_promise_whose_parts_are_unknown_is_not_said_to_lack_them(self, client: Client) -> None:
        page = client.get("/strangnas/2019/ar-for-ar/")

        assert page.context["unknown"] == "2017"
        assert all("2017" not in table.without for table in page.context["tables"])

    def test_english(self, client: Client) -> None:
        page = client.get("/en/strangnas/2019/ar-for-ar/")

        assert page.status_code == 200
        assert '<span lang="sv">Minst två riktade insatser ska göras mot trimmade mopeder' in page.text
