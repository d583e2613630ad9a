"""The easy-to-read twin: the same facts in short sentences, kept with the report."""

import datetime as dt
import html
import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories import TODAY, Tuna, period, report, tuna
from lofte.core.states import Delivery, Effect
from lofte.exchange.reading import load_file
from lofte.followup.actions import LateGiven, add_erratum, lock_and_publish, publish_late_part, send_for_review
from lofte.followup.freezing import freeze_published
from lofte.followup.models import ActivityReport, EffectVerdict, Erratum, Figure, FrozenReport, LatePart, Period
from lofte.parties.models import User
from lofte.promises.models import Goal
from lofte.promises.versions import freeze
from lofte.public.easy import ANSWERS, BETTER, OF_THESE_DAYS, when
from lofte_engine.text.readability import readability
from people import cast

pytestmark = pytest.mark.django_db
PAGE = "/tuna/2026/rapport/2026-T2/lattlast/"
FIRST = "/tuna/2026/rapport/2026-T1/lattlast/"


@pytest.fixture
def here() -> Tuna:
    made = tuna()
    people = cast(made.kommun)
    report(made.late, made.checks, 16, entered_by=people.community_officer.key)
    send_for_review(period=made.late, by=people.coordinator)
    lock_and_publish(period=made.late, by=people.coordinator, today=TODAY)
    return made


def by(name: str) -> User:
    return User.objects.get(email=f"{name}@example.se")


def lines(text: str) -> list[str]:
    body = text.partition("<article")[2].partition("</article>")[0]
    found = re.findall(r"<(?:p|h\d)[^>]*>(.*?)</(?:p|h\d)>", body)
    return [html.unescape(re.sub(r"<[^>]+>", "", line)).strip() for line in found]


def test_it_says_who_what_how_much_and_how_it_went(here: Tuna) -> None:
    told = " ".join(lines(Client().get(PAGE).text))

    assert "Polisen ska göra det." in told
    assert "De har gjort: 16 kontroller." in told
    assert "Bostadsbolaget byter lamporna på gårdarna." in told


def test_it_is_kept_with_the_report(here: Tuna, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    before = lines(Client().get(PAGE).text)
    ActivityReport.objects.update(status="stopped")

    with django_assert_num_queries(1):
        page = Client().get(PAGE)

    assert lines(page.text) == before
    assert "Lättläst" in page.text


def test_report_and_twin_lead_to_each_other(here: Tuna) -> None:
    assert f'href="{PAGE}"' in Client().get("/tuna/2026/rapport/2026-T2/").text
    assert 'href="/tuna/2026/rapport/2026-T2/"' in Client().get(PAGE).text


def test_a_report_that_has_not_come_says_so(here: Tuna) -> None:
    assert "Rapporten har inte kommit" in Client().get("/tuna/2026/rapport/2026-T3/lattlast/").text


def test_a_report_that_is_late_says_why_and_when_it_comes(here: Tuna) -> None:
    Period.objects.filter(label="2026-T3").update(late_reason="Datorn är trasig.", late_until=dt.date(2027, 2, 1))

    told = lines(Client().get("/tuna/2026/rapport/2026-T3/lattlast/").text)

    assert "Datorn är trasig." in told
    assert "Nu ska den komma 1 februari 2027." in told


@pytest.fixture
def with_late(here: Tuna) -> Tuna:
    """The report of the first months is out without the housing company's part."""
    coordinator = by("coordinator")
    first = period(here.promise, "2026-T1")
    report(first, here.checks, 3, entered_by=by("community_officer").key)
    send_for_review(period=first, by=coordinator)
    late = [LateGiven(here.kommun.housing, "Vi väntar på elektrikern.", dt.date(2026, 10, 1))]
    lock_and_publish(period=first, by=coordinator, today=TODAY, late=late)
    row = report(first, here.lamps, status="done", is_held=True, entered_by=by("partner").key)
    Figure.objects.create(report=row, target=here.lamps.targets.get(), order=0, happened=True)
    return here


def test_a_part_that_is_to_come_says_why_and_when(with_late: Tuna) -> None:
    told = lines(Client().get(FIRST).text)

    assert "Tunabostäder har inte berättat än." in told
    assert "Vi väntar på elektrikern." in told
    assert "De ska berätta 1 oktober 2026." in told


def test_a_part_that_came_later_stands_after_what_was_kept(
    with_late: Tuna, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before = Client().get(FIRST).text.partition("</article>")[0]
    publish_late_part(part=LatePart.objects.get(), by=by("coordinator"), today=TODAY)

    with django_assert_num_queries(1):
        page = Client().get(FIRST)

    assert page.text.partition("</article>")[0] == before
    later = page.text.partition("</article>")[2]
    assert "Nu har Tunabostäder berättat" in later
    assert "Ja, löftet är hållet." in later


def test_what_is_told_from_the_rows_has_no_part_that_is_still_to_come_when_it_came(with_late: Tuna) -> None:
    publish_late_part(part=LatePart.objects.get(), by=by("coordinator"), today=TODAY)
    FrozenReport.objects.all().delete()

    for address in (FIRST, FIRST.removesuffix("lattlast/")):
        assert "kommer senare" not in Client().get(address).text


@pytest.mark.parametrize(
    ("kind", "heading"),
    [(Erratum.Kind.CORRECTION, "Något blev fel"), (Erratum.Kind.LATER_ANSWER, "Nu har svaret kommit")],
)
def test_what_is_said_afterwards_stands_last(here: Tuna, kind: str, heading: str) -> None:
    add_erratum(period=here.late, by=by("coordinator"), today=TODAY, text="Det rätta är 17.", kind=kind)

    later = Client().get(PAGE).text.partition("</article>")[2]

    assert heading in later
    assert "Det rätta är 17." in later


def test_an_answer_that_is_to_come_has_its_month_and_its_goal(here: Tuna) -> None:
    goal = Goal.objects.create(promise=here.promise, key="mal", kind="outcome", text="Färre bilar kör för fort.")
    EffectVerdict.objects.create(promise=here.promise, goal=goal, value="pending", answer_on=dt.date(2027, 3, 1))
    here.promise.periods.filter(label="2026-T2").update(is_final=True)
    FrozenReport.objects.all().delete()

    told = lines(Client().get(PAGE).text)

    at = told.index("Färre bilar kör för fort.")
    assert told[at + 1 : at + 3] == ["Vi vet inte än.", "Svaret kommer i mars 2027."]


def test_how_often_is_said_of_these_days_only_and_never_rounded_up(here: Tuna) -> None:
    target = here.checks.targets.get()
    target.kind, target.amount, target.per = "rate", 3, "week"
    target.save()
    here.promise.versions.all().delete()
    freeze(here.promise)
    Figure.objects.update(number=52)
    FrozenReport.objects.all().delete()

    told = lines(Client().get(PAGE).text)

    assert "De har gjort: 52 kontroller. Det är ungefär 2,9 i veckan." in told
    assert "Nej, den här tiden höll de inte löftet." in told


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31), "året 2026"),
        (dt.date(2026, 5, 1), dt.date(2026, 8, 31), "tiden från maj till augusti 2026"),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 31), "maj 2026"),
        (dt.date(2020, 3, 16), dt.date(2020, 12, 31), "tiden från 16 mars 2020 till 31 december 2020"),
    ],
)
def test_when_has_no_dash(starts: dt.date, ends: dt.date, words: str) -> None:
    assert when(starts, ends) == words


def test_every_answer_has_easy_words() -> None:
    assert set(ANSWERS) == set(Delivery.values)
    assert set(BETTER) == set(Effect.values)
    every = (*ANSWERS.values(), *BETTER.values(), *OF_THESE_DAYS.values())
    sentences = [sentence for answer in every for sentence in answer]
    assert max(len(sentence.split()) for sentence in sentences) <= 10
    assert readability(" ".join(sentences)).lix < 25


@pytest.mark.slow
def test_final_reports_of_real_promises_are_told(checkout: Path) -> None:
    promise = load_file(checkout / "examples/exempelkoping-2025.json").promise
    freeze_published(promise)
    last = promise.periods.filter(stage="published").order_by("-ends").first()
    assert last is not None

    page = Client().get(f"/exempelkoping/{promise.slug}/rapport/{last.label}/lattlast/")

    assert page.status_code == 200
    assert ("Har det blivit bättre?" in page.text) == last.is_final
