"""Who was heard against who lives here: groups that were missed are named, and small numbers stay hidden."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dialogues import dialogue, voice
from factories import TODAY, Tuna
from lofte.evidence.figure_models import Fact
from lofte.evidence.models import DataSet
from lofte.evidence.residents import age_in, residents, residents_of_areas
from lofte.places.models import Area
from lofte.voices.hearing import heard as counted
from lofte.voices.models import Dialogue, ParticipantCount
from lofte.voices.representation import Representation, common_ages, representation
from people import Cast, as_nobody, signed_in

PAGE = "/tuna/dialog/2026/trygg/"


def read_in(here: Tuna, people: dict[str, int], year: int = 2025) -> None:
    """A population table of the kommun, group by group as a file says them."""
    table = DataSet.objects.create(
        cycle=here.promise.cycle, key=f"folk-{year}-{len(people)}", title="Folkmängden efter ålder och kön",
        contract="population",
    )  # fmt: skip
    for group, count in people.items():
        Fact.objects.create(
            data_set=table, scope="municipality", place="Tuna", category="Folkmängd", group=group, unit="invånare",
            starts=dt.date(year, 1, 1), ends=dt.date(year, 12, 31), count=count,
        )  # fmt: skip


def heard(of: Dialogue, age: str, sex: str, number: int) -> None:
    month = TODAY.replace(day=1)
    ParticipantCount.objects.create(dialogue=of, month=month, age=age, sex=sex, count=number)


def represented(of: Dialogue) -> Representation | None:
    counts = counted(of)
    return representation(of, counts.by_age_and_sex, counts.by_area)


YEARS = {f"{age} år · {sex}": 100 for age in range(100) for sex in ("män", "kvinnor")} | {"100+ år · kvinnor": 10}


@pytest.fixture
def uneven(open_dialogue: Dialogue, here: Tuna) -> Dialogue:
    """Many old women, few young men."""
    read_in(here, YEARS)
    heard(open_dialogue, "18-24", "man", 1)
    for age in ("0-12", "13-15", "16-17", "25-44", "45-64"):
        heard(open_dialogue, age, "woman", 20)
        heard(open_dialogue, age, "man", 8)
    heard(open_dialogue, "65-79", "woman", 60)
    heard(open_dialogue, "80+", "woman", 20)
    return open_dialogue


def test_groups_that_were_heard_less_are_named(uneven: Dialogue) -> None:
    found = represented(uneven)

    assert found is not None
    rows = {row.label: row.heard for margin in found.margins for row in margin.rows}
    assert rows["18–24 år"] == rows["Man"] == "mindre än andra"
    assert rows["65–79 år"] == rows["Kvinna"] == "mer än andra"
    assert "Hördes mindre än andra: man, 80 år eller äldre, 25–44 år, 45–64 år, 18–24 år." in found.warnings
    assert "valde själva" in found.warnings[0]


def test_weights_tell_how_uneven_the_answers_are(uneven: Dialogue) -> None:
    found = represented(uneven)

    assert found is not None
    assert found.weighings[0].startswith("Vägda efter ålder och kön säger 221 svar ungefär lika mycket som")


def test_public_page_tells_it_without_the_small_numbers(uneven: Dialogue, people: Cast) -> None:
    text = as_nobody().get(PAGE).text
    work = signed_in(people.coordinator).get("/arbete/tuna/dialoger/2026/trygg/").text

    assert "Hördes alla?" in text
    assert "Folkmängd 2025: Folkmängden efter ålder och kön." in text
    assert "Vägda efter" not in text
    assert "Vägda efter" in work
    # Nobody and few are one word.
    ParticipantCount.objects.filter(age="18-24").delete()
    assert as_nobody().get(PAGE).text.count("mindre än andra") == text.count("mindre än andra")


def test_population_in_wider_groups_joins_the_answers(open_dialogue: Dialogue, here: Tuna) -> None:
    read_in(here, {"0-15 år": 3000, "16-24 år": 1000, "25-64 år": 9000, "65 år eller äldre": 4000})
    for age in ("13-15", "18-24", "25-44", "45-64", "80+"):
        heard(open_dialogue, age, "", 10)

    found = represented(open_dialogue)

    assert found is not None
    assert [row.label for row in found.margins[0].rows] == ["Under 16 år", "16–24 år", "25–64 år", "65 år eller äldre"]
    assert len(found.margins) == 1


def lives_in(here: Tuna, people: dict[str, int], title: str = "Folkmängden efter område", **given: Any) -> None:
    table = DataSet.objects.create(
        cycle=here.promise.cycle, key=f"omraden-{DataSet.objects.count()}", title=title, contract="population"
    )
    for name, count in people.items():
        part, _is_new = Area.objects.get_or_create(
            municipality=here.kommun.municipality, name=name, defaults={"key": name.lower(), "kind": "district"} | given
        )
        Fact.objects.create(
            data_set=table, scope="area", area=part, place=name, category="Folkmängd", unit="invånare",
            starts=dt.date(2025, 1, 1), ends=dt.date(2025, 12, 31), count=count,
        )  # fmt: skip


def say(of: Dialogue, name: str, number: int) -> None:
    place = Area.objects.get(name=name)
    for _each in range(number):
        voice(of, area=place)


def test_areas_that_were_heard_less_are_named_and_few_and_none_are_one_word(
    open_dialogue: Dialogue, here: Tuna, people: Cast
) -> None:
    lives_in(here, {"Centrum": 5000, "Strand": 4000, "Backa": 3000, "Viken": 3000})
    say(open_dialogue, "Centrum", 60)
    say(open_dialogue, "Strand", 55)
    say(open_dialogue, "Backa", 3)

    found = represented(open_dialogue)
    text = as_nobody().get(PAGE).text

    assert found is not None
    assert {row.label: row.heard for row in found.margins[0].rows} == {
        "Centrum": "mer än andra", "Strand": "mer än andra", "Backa": "mindre än andra", "Viken": "mindre än andra"
    }  # fmt: skip
    assert "Hördes mindre än andra: Viken, Backa." in found.warnings
    assert "Den som svarade kan bo någon annanstans." in text
    assert "Folkmängd 2025: Folkmängden efter område." in text


def test_areas_all_heard_have_weights_that_tell_how_uneven_they_are(open_dialogue: Dialogue, here: Tuna) -> None:
    lives_in(here, {"Centrum": 5000, "Strand": 5000})
    say(open_dialogue, "Centrum", 90)
    say(open_dialogue, "Strand", 30)

    found = represented(open_dialogue)

    assert found is not None
    assert found.weighings == ["Vägda efter plats säger 120 svar ungefär lika mycket som 90 jämnt fördelade."]


def test_areas_that_the_dialogue_is_not_about_are_not_missed(open_dialogue: Dialogue, here: Tuna) -> None:
    lives_in(here, {"Centrum": 5000, "Strand": 5000, "Backa": 9000})
    open_dialogue.areas.set(Area.objects.filter(name__in=("Centrum", "Strand")))
    say(open_dialogue, "Centrum", 30)
    say(open_dialogue, "Strand", 30)

    found = represented(open_dialogue)

    assert found is not None
    assert [row.label for row in found.margins[0].rows] == ["Centrum", "Strand"]
    assert any(warning.startswith("Färre än hundra har sagt vilken plats") for warning in found.warnings)


def test_areas_of_another_division_are_not_mixed_in(open_dialogue: Dialogue, here: Tuna) -> None:
    lives_in(here, {"Centrum": 5000, "Strand": 5000})
    lives_in(here, {"Centrum-Viken": 7000, "Tuna by": 3000}, "Folkmängden efter RegSO", kind="regso")

    found = residents_of_areas(here.kommun.municipality, 2026, ["Centrum"])

    assert found is not None
    assert found.by_area == {"Centrum": 5000, "Strand": 5000}


def test_few_answers_are_not_compared(open_dialogue: Dialogue, here: Tuna) -> None:
    read_in(here, YEARS)
    heard(open_dialogue, "18-24", "man", 19)

    assert represented(open_dialogue) is None
    assert "Hördes alla?" not in as_nobody().get(PAGE).text


def test_without_a_population_the_coordinator_is_told_what_to_do(open_dialogue: Dialogue, people: Cast) -> None:
    text = signed_in(people.coordinator).get("/arbete/tuna/dialoger/2026/trygg/").text

    assert "Läs in folkmängden efter ålder och kön" in text


def test_staff_are_not_compared_with_those_who_live_here(here: Tuna) -> None:
    read_in(here, YEARS)
    staff = dialogue(here.kommun, kind="staff")
    heard(staff, "25-44", "woman", 50)

    assert represented(staff) is None


def test_nearest_year_of_the_newest_table_is_used(here: Tuna) -> None:
    read_in(here, {"män": 10, "kvinnor": 20}, 2020)
    read_in(here, {"män": 11, "kvinnor": 21, "0-100 år": 32}, 2024)

    found = residents(here.kommun.municipality, 2026)

    assert found is not None
    assert (found.year, dict(found.by_sex)) == (2024, {"man": 11, "woman": 21})


@pytest.mark.parametrize(
    ("word", "ages"),
    [("20 år", (20, 20)), ("16–24 år", (16, 24)), ("100+ år", (100, None)), ("85- år", (85, None)), ("män", None)],
)
def test_ages_are_read_as_tables_write_them(word: str, ages: Any) -> None:
    assert age_in(word) == ages


def test_groups_begin_where_both_begin() -> None:
    fives: list[tuple[int, int | None]] = [(start, start + 4) for start in range(0, 85, 5)]

    assert common_ages([*fives, (85, None)]) == [(0, 24), (25, 44), (45, 64), (65, 79), (80, None)]
