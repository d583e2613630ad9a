"""Search: the forms of a word meet, nothing that is not open is found by a visitor, and an old index shows no more."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories import TODAY, Tuna, cycle, picture, problem, promise, report, tuna
from lofte.exchange.reading import load_file
from lofte.followup.actions import add_update, lock_and_publish, send_for_review
from lofte.followup.models import SearchEntry, SearchWord
from lofte.followup.searching import catch_up
from people import Cast, cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Tuna:
    return tuna()


@pytest.fixture
def people(here: Tuna) -> Cast:
    return cast(here.kommun)


def titles(asked: str, client: Client | None = None, page: str = "/sok/") -> list[str]:
    return [row.title for row in (client or Client()).get(page, {"q": asked}).context["rows"]]


@pytest.mark.parametrize("asked", ["lampa", "lamporna", "LAMPOR", "byta lampor", "lampor gårdarna"])
def test_forms_of_a_word_meet(here: Tuna, asked: str) -> None:
    catch_up()

    assert titles(asked) == ["Medborgarlöfte 2026 i Tuna"]


def test_a_beginning_finds_longer_words_and_every_word_must_be_there(here: Tuna) -> None:
    catch_up()

    assert titles("trafik") == ["Medborgarlöfte 2026 i Tuna"]
    assert titles("trafik simhall") == []
    assert titles("och på") == []


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("belysning", "Gatubelysningen på Storgatan är lagad."),
        ("belysningar", "Gatubelysningen på Storgatan är lagad."),
        ("samverkan", "Grannsamverkan har börjat i Ekbacken."),
        ("kontroller", "Hastighetskontroller vid skolan varje vecka."),
        ("polis", "Två kommunpoliser börjar i maj."),
    ],
)
def test_an_end_finds_longer_words_and_marks_them(here: Tuna, people: Cast, asked: str, text: str) -> None:
    add_update(promise=here.promise, by=people.coordinator, on=TODAY, text=text)
    catch_up()

    page = Client().get("/sok/", {"q": asked})

    (row,) = [each for each in page.context["rows"] if "/nytt/" in each.url]
    assert "<mark>" in row.excerpt


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("roll", "Hastighetskontroller vid skolan varje vecka."),
        ("råd", "Nu är området lugnare."),
        ("gatu", "Farten på Storgatan är lägre."),
        ("nsylebu", "Gatubelysningen är lagad."),
        ("<nsylebutag", "Gatubelysningen är lagad."),
    ],
)
def test_a_short_end_or_a_piece_finds_nothing(here: Tuna, people: Cast, asked: str, text: str) -> None:
    add_update(promise=here.promise, by=people.coordinator, on=TODAY, text=text)
    catch_up()

    assert not [row for row in Client().get("/sok/", {"q": asked}).context["rows"] if "/nytt/" in row.url]


def test_a_whole_word_goes_before_the_end_of_a_longer_one(here: Tuna, people: Cast) -> None:
    for text in ("Gatubelysning är lagad.", "Belysning är lagad.", "Tunnelbelysning är lagad."):
        add_update(promise=here.promise, by=people.coordinator, on=TODAY, text=text)
    catch_up()

    found = [row.excerpt for row in Client().get("/sok/", {"q": "belysning"}).context["rows"]]
    assert found[0] == "<mark>Belysning</mark> är lagad."
    assert len(found) == 3


def test_an_index_without_ends_is_made_anew(here: Tuna) -> None:
    catch_up()
    whole = SearchWord.objects.count()
    SearchWord.objects.filter(stem__startswith="<").delete()

    catch_up()

    assert SearchWord.objects.count() == whole


def test_report_and_update_are_found_when_they_are_out(here: Tuna, people: Cast) -> None:
    report(here.late, here.checks, 16, entered_by=people.community_officer.key, done="Vi stod vid fotbollsplanen.")
    catch_up()
    assert titles("fotbollsplan") == []

    send_for_review(period=here.late, by=people.coordinator, summary="En lugn sommar.")
    lock_and_publish(period=here.late, by=people.coordinator, today=TODAY)
    add_update(promise=here.promise, by=people.coordinator, on=TODAY, text="Fotbollsplanen har fått ljus.")
    catch_up()

    page = Client().get("/sok/", {"q": "fotbollsplan"})
    assert [row.url for row in page.context["rows"]] == ["/tuna/2026/nytt/nytt-1/", "/tuna/2026/rapport/2026-T2/"]
    assert "<mark>fotbollsplanen</mark>" in page.text


def test_a_draft_is_found_by_those_who_lead_and_nobody_else(here: Tuna, people: Cast) -> None:
    promise(here.kommun, cycle(here.kommun, 2027), overall_pledge="Vi lovar en ny skridskobana.")
    catch_up()

    found = {name: titles("skridskobana", signed_in(user)) for name, user in people}

    assert titles("skridskobana") == []
    assert {name for name, rows in found.items() if rows} == {"coordinator", "police_editor"}


def test_an_index_that_is_behind_never_shows_what_was_taken_back(here: Tuna) -> None:
    catch_up()
    here.promise.state = "draft"
    here.promise.save()

    assert titles("lampor") == []


def test_words_of_an_unsigned_change_are_not_found_by_a_visitor(here: Tuna, people: Cast) -> None:
    here.promise.pledges.filter(key="ljus").update(text="Bostadsbolaget bygger en cykelbana.")
    catch_up()

    assert titles("cykelbana") == []
    assert titles("cykelbana", signed_in(people.coordinator)) == ["Medborgarlöfte 2026 i Tuna"]


def test_adopted_picture_is_found_with_the_promise_that_rests_on_it(here: Tuna) -> None:
    drawn = picture(here.promise.cycle)
    problem(drawn, "Mopeder på gångvägar")
    here.promise.picture = drawn
    here.promise.save()
    catch_up()
    assert titles("moped") == []

    drawn.state, drawn.adopted_by, drawn.adopted_on = "adopted", "Kommunstyrelsen", TODAY
    drawn.save()
    SearchEntry.objects.filter(kind="picture").delete()
    catch_up()

    assert [row.url for row in Client().get("/sok/", {"q": "moped"}).context["rows"]] == ["/tuna/2026/darfor/"]


def test_search_in_one_kommun(here: Tuna) -> None:
    catch_up()

    assert titles("lampor", page="/tuna/sok/") == ["Medborgarlöfte 2026 i Tuna"]
    assert Client().get("/finns-inte/sok/").status_code == 404


def test_catching_up_twice_changes_nothing(here: Tuna) -> None:
    catch_up()
    before = SearchEntry.objects.count(), SearchWord.objects.count()

    assert catch_up() == 0
    assert (SearchEntry.objects.count(), SearchWord.objects.count()) == before


def test_what_is_gone_is_not_found(here: Tuna) -> None:
    catch_up()
    here.promise.delete()
    catch_up()

    assert not SearchEntry.objects.filter(kind__in=("promise", "report")).exists()


def test_the_same_answers_in_the_same_order_on_every_database(
    checkout: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The list stands here: the tests run on SQLite and on PostgreSQL."""
    for year in (2018, 2019):
        load_file(checkout / f"examples/strangnas-{year}.json")
    catch_up()

    with django_assert_max_num_queries(12):
        page = Client().get("/sok/", {"q": "trafikkontroller i Strängnäs"})

    assert not page.cookies
    assert [row.url for row in page.context["rows"]] == [
        "/strangnas/2019/",
        "/strangnas/2019/rapport/2019-T3/",
        "/strangnas/2019/rapport/2019-T2/",
    ]
    assert titles("ÄLDRE") == titles("äldre")


@pytest.mark.parametrize("asked", ["", "'", "%", "_", "<script>", "a" * 5000, "\x00", "ljus OR 1=1"])
def test_odd_questions_are_answered(here: Tuna, asked: str) -> None:
    catch_up()

    page = Client().get("/sok/", {"q": asked})

    assert page.status_code == 200
    assert "<script>" not in page.text
