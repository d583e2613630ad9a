"""What a draft needs that the document may not say."""

import pytest

from factories import Tuna
from lofte.promises.from_document import NotSaid, draft_from_document
from lofte_engine.text.promise_document import read_promise

TEXT = """Medborgarlöfte i Strängnäs kommun

Det här ska vi göra
- Polisen ska göra minst åtta trafikkontroller i centrum varje månad tillsammans med kommunen.
- Strängnäs kommun ska byta lamporna i parken så att fler vågar gå där.

Det här ska vi åstadkomma tillsammans
Vi vill att fler ska våga gå ut på kvällen i hela kommunen.
"""


def test_a_document_without_a_period_needs_a_year(here: Tuna) -> None:
    document = read_promise(TEXT)

    with pytest.raises(NotSaid, match="period"):
        draft_from_document(document, source_name="x", municipality=here.kommun.municipality)


def test_the_year_given_stands_in(here: Tuna) -> None:
    draft = draft_from_document(
        read_promise(TEXT), source_name="x", municipality=here.kommun.municipality, year_if_unknown=2027
    )

    assert (draft.starts.year, draft.slug) == (2027, "2027")


@pytest.mark.parametrize(
    ("words", "rhythm"),
    [
        ("Arbetet redovisas varje kvartal på polisen.se.", "quarter"),
        ("Arbetet redovisas varje halvår på polisen.se.", "half_year"),
        ("Arbetet redovisas årligen på polisen.se.", "year"),
        ("Arbetet redovisas på polisen.se i maj 2025.", "custom"),
    ],
)
def test_the_rhythm_of_the_document_is_kept(here: Tuna, words: str, rhythm: str) -> None:
    document = read_promise(f"{TEXT}\nFölj med i hur det går!\n{words}\n")

    draft = draft_from_document(document, source_name="x", municipality=here.kommun.municipality, year_if_unknown=2025)

    assert draft.rhythm == rhythm
    assert draft.report_days == (["2025-05-01"] if rhythm == "custom" else [])
