"""Every open page, on the example files: it answers, sets no cookie, and asks the database no more than it must."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lofte.exchange.reading import load_file
from lofte.promises.models import CitizenPromise

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12  # as for every open address, see tests/architecture/test_access.py


@pytest.fixture
def strangnas(checkout: Path) -> CitizenPromise:
    load_file(checkout / "examples/strangnas-2018.json")
    return load_file(checkout / "examples/strangnas-2019.json").promise


PAGES = [
    "/",
    "/strangnas/",
    "/strangnas/karta/",
    "/strangnas/2019/",
    "/strangnas/2019/darfor/",
    "/strangnas/2019/rapport/2019-T1/",
    "/strangnas/2019/rapport/2019-T2/",
    "/strangnas/2019/kontrollera/",
    "/strangnas/2019/lydelse-1.json",
    "/strangnas/2019/flode.atom",
    "/strangnas/2019/kalender.ics",
    "/strangnas/flode.atom",
    "/strangnas/kalender.ics",
    "/om/tillganglighet/",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_page_answers_without_cookie_in_few_queries(
    client: Client,
    strangnas: CitizenPromise,
    page: str,
    language: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(language + page)

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_promise_with_its_whole_chain_asks_no_more(
    client: Client, checkout: Path, year: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(2025, year + 1):
        load_file(checkout / f"examples/exempelkoping-{each}.json")

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(f"/exempelkoping/{year}/")

    assert "Svaret kommer" in response.text or year == 2025


def test_the_six_pledges_of_2019_read_as_they_were_kept(client: Client, strangnas: CitizenPromise) -> None:
    pledges = client.get("/strangnas/2019/").context["pledges"]

    assert [pledge.verdict.label for pledge in pledges] == [
        "Hållet",
        "Hållet",
        "Delvis hållet",
        "Inte hållet",
        "Går inte att bedöma",
        "Hållet",
    ]
    assert pledges[2].verdict.because == "Inte i Strängnäs resecentrum."
    assert pledges[3].verdict.because == "Så långt det är redovisat."
    assert pledges[4].verdict.because == "Rapporten säger inte var det gjordes."


def test_summary_counts_pledges_and_never_grades(client: Client, strangnas: CitizenPromise) -> None:
    first = client.get("/strangnas/2019/").context["first"]

    assert first.facts[2].text == "3 löften hölls. 1 hölls delvis. 1 hölls inte. 1 går inte att bedöma."


def test_a_report_judges_only_its_own_days(client: Client, strangnas: CitizenPromise) -> None:
    pledges = client.get("/strangnas/2019/rapport/2019-T2/").context["pledges"]

    assert [list(pledge.done) for pledge in pledges] == [
        ["16 nya områden"],
        ["1 nya områden"],
        ["2 trygghetsvandringar"],
        ["1 insats"],
        ["213 trafikkontroller"],
    ]


def test_missing_report_is_shown_as_missing(client: Client, strangnas: CitizenPromise) -> None:
    assert "Ingen rapport hittad" in client.get("/strangnas/2019/rapport/2019-T1/").text


def test_seed_promise_says_it_has_no_amount(client: Client, strangnas: CitizenPromise) -> None:
    pledges = client.get("/strangnas/2018/").context["pledges"]

    assert {pledge.verdict.because for pledge in pledges} == {"Löftet säger inte hur mycket eller hur ofta."}


def test_draft_is_not_there_for_a_visitor(client: Client, strangnas: CitizenPromise) -> None:
    CitizenPromise.objects.update(state="draft")

    for page in ("/strangnas/2019/", "/strangnas/2019/lofte.json", "/strangnas/2019/flode.atom"):
        assert client.get(page).status_code == 404


def test_canonical_text_gives_the_hash_that_the_page_shows(client: Client, strangnas: CitizenPromise) -> None:
    import hashlib

    text = client.get("/strangnas/2019/lydelse-1.json").content

    assert hashlib.sha256(text).hexdigest() in client.get("/strangnas/2019/").text


def test_a_changed_text_is_said_to_be_changed(client: Client, strangnas: CitizenPromise) -> None:
    strangnas.versions.update(content='{"promise":{"title":"Annat","starts":"2019-01-01","ends":"2019-12-31"}}')

    assert "Varning: texten stämmer inte" in client.get("/strangnas/2019/kontrollera/").text


def test_unknown_promise_is_404_in_plain_words(client: Client, strangnas: CitizenPromise) -> None:
    response = client.get("/strangnas/1999/")

    assert response.status_code == 404
    assert "Publicerade löften ligger kvar" in response.text


def test_constructed_kommun_is_bannered_and_not_indexed(client: Client, checkout: Path) -> None:
    load_file(checkout / "examples/exempelkoping-2025.json")

    page = client.get("/exempelkoping/").text

    assert "är påhittad" in page
    assert 'name="robots" content="noindex' in page


def test_the_plan_for_the_verdict_stands_on_the_page(client: Client, checkout: Path) -> None:
    load_file(checkout / "examples" / "exempelkoping-2025.json")

    page = client.get("/exempelkoping/2025/").content.decode()

    assert "Så ska det bedömas" in page
    assert "En skillnad på högst 5 procentenheter räknas som oförändrat." in page
    assert "Den minsta ändring vi kan se är ungefär 9,7 procentenheter" in page


def test_the_promise_comes_as_word_and_poster(client: Client, strangnas: CitizenPromise) -> None:
    page = client.get("/strangnas/2019/").content.decode()

    assert 'href="/strangnas/2019/lofte.docx"' in page
    assert 'href="/strangnas/2019/affisch.pdf"' in page
    assert client.get("/strangnas/2019/lofte.docx").content.startswith(b"PK")
    assert client.get("/strangnas/2019/affisch.pdf").content.startswith(b"%PDF")
    assert client.get("/strangnas/1999/lofte.docx").status_code == 404
