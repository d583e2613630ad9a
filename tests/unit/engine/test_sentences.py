"""Results in plain Swedish: plural, numbers, uncertainty."""

import pytest

from lofte_engine import wording
from lofte_engine.rates import Count, compare, rate


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(0, 0, "0"), (1234567, 0, "1 234 567"), (-3.25, 1, "−3,2"), (999.95, 1, "1 000,0"), (-0.01, 1, "0,0")],
)
def test_numbers_are_written_in_swedish(value, decimals, written):
    assert plain(wording.number(value, decimals)) == written


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ValueError, match="nan"):
        wording.number(float("nan"))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "I Norr är ingen händelse registrerad under maj–augusti 2024."),
        (1, "I Norr är 1 händelse registrerad under maj–augusti 2024."),
        (2, "I Norr är 2 händelser registrerade under maj–augusti 2024."),
        (1500, "I Norr är 1 500 händelser registrerade under maj–augusti 2024."),
        (None, "För Norr under maj–augusti 2024 visas inte antalet händelser, så att ingen ska kunna kännas igen."),
    ],
)
def test_counts_take_the_right_form(count, said):
    assert plain(wording.counted(count, place="Norr", period="2024-T2")) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count(12, 8_000), "Det motsvarar 1,5 per 1 000 invånare och år (osäkerhet 0,78–2,6)."),
        (Count(4, 8_000), "Inget antal per invånare ges: färre än fem händelser är för få."),
        (Count(12), "Inget antal per invånare ges: det finns ingen befolkning att räkna mot."),
    ],
)
def test_a_rate_has_its_interval_or_the_reason_why_not(count, said):
    assert plain(wording.rated(rate(count))) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (Count(60), Count(20), "Det är fler än samma tid året före: 3,0 gånger så många (osäkerhet 1,8–5,3)."),
        (Count(20), Count(60), "Det är färre än samma tid året före: 0,33 gånger så många (osäkerhet 0,19–0,56)."),
        (Count(12), Count(0), "Det fanns inga sådana händelser samma tid året före."),
        (Count(0), Count(0), "Det finns för få händelser för att jämföra med samma tid året före."),
    ],
)
def test_a_comparison_says_direction_and_uncertainty(now, before, said):
    assert wording.compared(compare(now, before), years=1) == said


def test_the_same_number_is_called_about_as_many():
    said = wording.compared(compare(Count(33), Count(33)), years=1)

    assert said.startswith("Det går inte att se någon säker skillnad mot samma tid året före (ungefär lika många, ")


def test_effort_driven_counts_are_never_called_more():
    found = compare(Count(60, is_effort_driven=True), Count(20, is_effort_driven=True))

    assert wording.compared(found).startswith("Talet jämförs inte med samma tid de tre åren före.")
