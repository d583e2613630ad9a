"""The calendar of sources: a day is put in by hand, and plans, forms and answers say when and from whom."""

import datetime as dt

import pytest

from factories import Tuna, tuna
from lofte.evidence.models import SourceDate
from lofte.evidence.source_calendar import answer_words, coming_words
from people import as_nobody, cast, signed_in

pytestmark = pytest.mark.django_db
CALENDAR = "/arbete/tuna/siffror/2026/kalender/"
GIVEN = {
    "source": "Brå, anmälda brott",
    "starts": "2026-01-01",
    "ends": "2026-12-31",
    "on": "2027-03-31",
    "is_exact": "on",
}
DAY = dt.date(2027, 3, 31)


@pytest.fixture
def here(db: None) -> Tuna:
    return tuna()


def test_a_day_is_put_in_and_read_by_everyone(here: Tuna) -> None:
    coordinator = signed_in(cast(here.kommun).coordinator)

    coordinator.post(f"{CALENDAR}ny/", GIVEN)

    assert "31 mars 2027" in coordinator.get(CALENDAR).content.decode()
    page = as_nobody().get("/tuna/siffror/").content.decode()
    assert "31 mars 2027" in page
    assert "för 2026" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": "2026-06-01"}, "Siffror kan inte komma innan tiden de gäller är slut."),
        ({"ends": "2025-12-31"}, "Sista dagen kommer före den första."),
    ],
)
def test_a_day_that_cannot_be_is_refused(here: Tuna, wrong: dict[str, str], sentence: str) -> None:
    answer = signed_in(cast(here.kommun).coordinator).post(f"{CALENDAR}ny/", GIVEN | wrong)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_promise_says_when_the_answer_comes_and_from_whom(here: Tuna) -> None:
    SourceDate.objects.create(
        municipality=here.kommun.municipality,
        source="Brå",
        starts=dt.date(2026, 1, 1),
        ends=dt.date(2026, 12, 31),
        on=DAY,
    )
    here.promise.effect_verdicts.create(value="pending", answer_on=DAY)

    page = as_nobody().get("/tuna/2026/").content.decode()

    assert "Svaret kommer 31 mars 2027, från Brå." in page


def test_forms_offer_the_days_that_are_coming(here: Tuna) -> None:
    where = here.kommun.municipality
    span = {"starts": dt.date(2026, 1, 1), "ends": dt.date(2026, 12, 31)}
    SourceDate.objects.create(municipality=where, source="Brå", on=DAY, **span)
    SourceDate.objects.create(municipality=where, source="NTU", on=dt.date(2026, 12, 31), **span)

    assert coming_words(where, dt.date(2027, 1, 1)) == "I källkalendern: 31 mars 2027 (Brå)."
    assert answer_words(DAY, "Brå") == "Svaret kommer 31 mars 2027, från Brå."
    assert answer_words(DAY) == "Svaret kommer 31 mars 2027."
