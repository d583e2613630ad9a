"""The easy-to-read twin: the same facts in short sentences, kept with the report."""

import html
import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories import TODAY, Tuna, report, tuna
from lofte.core.states import Delivery, Effect
from lofte.exchange.reading import load_file
from lofte.followup.actions import lock_and_publish, send_for_review
from lofte.followup.freezing import freeze_published
from lofte.followup.models import ActivityReport
from lofte.public.easy import ANSWERS, BETTER
from lofte_engine.text.readability import readability
from people import cast

pytestmark = pytest.mark.django_db
PAGE = "/tuna/2026/rapport/2026-T2/lattlast/"


@pytest.fixture
def here() -> Tuna:
    made = tuna()
    people = cast(made.kommun)
    report(made.late, made.checks, 16, entered_by=people.community_officer.key)
    send_for_review(period=made.late, by=people.coordinator)
    lock_and_publish(period=made.late, by=people.coordinator, today=TODAY)
    return made


def lines(text: str) -> list[str]:
    body = text.partition("<article")[2].partition("</article>")[0]
    return [html.unescape(re.sub(r"<[^>]+>", "", line)).strip() for line in re.findall(r"<(?:p|h\d)[^>]*>.*?</", body)]


def test_it_says_who_what_how_much_and_how_it_went(here: Tuna) -> None:
    told = " ".join(lines(Client().get(PAGE).text))

    assert "Polisen ska göra det." in told
    assert "Lovat: minst 8 kontroller." in told
    assert "Gjort: 16 kontroller." in told
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


def test_every_answer_has_easy_words() -> None:
    assert set(ANSWERS) == set(Delivery.values)
    assert set(BETTER) == set(Effect.values)
    sentences = [sentence for answer in (*ANSWERS.values(), *BETTER.values()) for sentence in answer]
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
