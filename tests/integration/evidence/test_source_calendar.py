"""The calendar of sources: a day is put in by hand, and plans, forms and answers say when and from whom."""

import datetime as dt

import pytest

from factories import Tuna, tuna
from lofte.core.jobs import Progress
from lofte.core.models import Job
from lofte.evidence.figure_actions import keep_by_rule
from lofte.evidence.models import SourceDate
from lofte.evidence.source_calendar import answer_words, coming_words
from lofte.evidence.source_rules import RULES
from lofte.evidence.tasks import keep_source_dates
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


# --- days by rule


@pytest.mark.parametrize(
    ("key", "year", "period", "day"),
    [
        ("bra-preliminary", 2027, ("2026-01-01", "2026-12-31"), "2027-01-20"),
        ("bra-final", 2027, ("2026-01-01", "2026-12-31"), "2027-03-31"),
        ("ntu", 2027, ("2025-01-01", "2026-12-31"), "2027-10-15"),
        ("scb-population", 2026, ("2025-01-01", "2025-12-31"), "2026-02-23"),  # the 22nd is a Sunday
        ("kolada-crime", 2027, ("2026-01-01", "2026-12-31"), "2027-05-17"),  # the 15th is a Saturday
    ],
)
def test_rules_give_the_day_and_what_it_is_about(key: str, year: int, period: tuple[str, str], day: str) -> None:
    rule = next(rule for rule in RULES if rule.key == key)

    starts, ends, on = rule.coming(year)

    assert ((str(starts), str(ends)), str(on)) == (period, day)


def test_days_by_rule_are_put_in_once_and_a_change_by_hand_stays(here: Tuna) -> None:
    coordinator = signed_in(cast(here.kommun).coordinator)
    coordinator.post(f"{CALENDAR}regler/")
    many = SourceDate.objects.count()
    row = SourceDate.objects.filter(rule="bra-final").earliest("on")
    changed = {"source": row.source, "starts": row.starts, "ends": row.ends, "series": "", "is_exact": "on"}

    coordinator.post(f"{CALENDAR}{row.pk}/", changed | {"on": row.on + dt.timedelta(days=7)})
    coordinator.post(f"{CALENDAR}regler/")

    assert (SourceDate.objects.count(), many >= 6) == (many, True)
    before, row = row.on, SourceDate.objects.get(pk=row.pk)
    assert (row.on - before, row.is_exact, row.rule) == (dt.timedelta(days=7), True, "bra-final")


def test_day_by_rule_is_told_as_about_and_stands_on_the_open_page(here: Tuna) -> None:
    signed_in(cast(here.kommun).coordinator).post(f"{CALENDAR}regler/")

    page = as_nobody().get("/tuna/siffror/").content.decode()

    assert "omkring" in page
    assert "Brå, anmälda brott, slutliga" in page


def test_each_day_new_days_come_only_where_rules_are_used(here: Tuna) -> None:
    keep_source_dates(Progress(Job.objects.create(kind="test")))
    assert not SourceDate.objects.exists()
    keep_by_rule(here.kommun.municipality, dt.date(2026, 1, 1))
    before = SourceDate.objects.count()

    keep_by_rule(here.kommun.municipality, dt.date(2027, 1, 1))

    assert SourceDate.objects.count() > before
