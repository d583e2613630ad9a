"""Status on one page, rows for a planning system, and the year wheel."""

import csv
import io

import docx
import pytest
from django.test import Client
from pypdf import PdfReader

from factories import TODAY, Tuna, activity, pledge, report, target
from lofte.followup.actions import lock_and_publish, send_for_review
from people import Cast, signed_in

YEAR = "/arbete/tuna/2026/"


@pytest.fixture
def council(here: Tuna, people: Cast) -> Client:
    """A signer reads the year without writing in it."""
    report(here.late, here.checks, 16, entered_by=people.community_officer.key)
    send_for_review(period=here.late, by=people.coordinator)
    lock_and_publish(period=here.late, by=people.coordinator, today=TODAY)
    return signed_in(people.director)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_status_is_one_page_with_each_pledge_and_what_comes_next(council: Client) -> None:
    page = council.get(f"{YEAR}laget.pdf")

    assert len(PdfReader(io.BytesIO(page.content)).pages) == 1
    text = text_of(page.content)
    assert "Polisen gör minst åtta trafikkontroller." in text
    assert "16 kontroller" in text
    assert "Rapporten för januari–april 2026 har inte kommit." in text
    assert "Tuna kommun är påhittad" in text


def test_the_same_day_gives_the_same_bytes(council: Client) -> None:
    assert council.get(f"{YEAR}laget.pdf").content == council.get(f"{YEAR}laget.pdf").content


def test_word_says_the_same(council: Client) -> None:
    made = docx.Document(io.BytesIO(council.get(f"{YEAR}laget.docx").content))

    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert "Polisen gör minst åtta trafikkontroller." in cells
    assert "16 kontroller" in cells


def test_many_pledges_still_fit_on_the_page(here: Tuna, council: Client) -> None:
    from lofte.promises.versions import freeze

    for number in range(14):
        extra = pledge(here.promise, f"extra-{number}", f"Vi lovar nummer {number} " + "och lite till " * 12)
        target(activity(extra, "Göra det"))
    freeze(here.promise)

    page = council.get(f"{YEAR}laget.pdf")

    assert len(PdfReader(io.BytesIO(page.content)).pages) == 1
    assert "7 löften till finns på webben." in text_of(page.content)


def test_nothing_that_is_kept_inside_follows(here: Tuna, people: Cast, council: Client) -> None:
    report(here.promise.periods.get(label="2026-T3"), here.lamps, done="Hemligt än.", status="done")
    here.promise.pledges.filter(key="ljus").update(text="En ändring som ingen har skrivit under.")

    told = text_of(council.get(f"{YEAR}laget.pdf").content) + council.get(f"{YEAR}uppfoljning.csv").text

    assert "Hemligt än." not in told
    assert "ingen har skrivit under" not in told


def test_planning_rows_open_in_excel_and_hold_no_formula(here: Tuna, council: Client) -> None:
    from lofte.promises.versions import freeze

    here.promise.pledges.filter(key="ljus").update(text="=HYPERLINK(1)")
    freeze(here.promise)

    body = council.get(f"{YEAR}uppfoljning.csv").content

    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    assert [row["aktivitet_id"] for row in rows] == ["trafik/trafik", "ljus/ljus"]
    assert (rows[0]["gjort"], rows[0]["räknat_till"], rows[0]["nästa_rapport"]) == (
        "16 kontroller", "2026-08-31", "2026-05-01",
    )  # fmt: skip
    assert rows[1]["löfte"] == "'=HYPERLINK(1)"


def test_wheel_begins_with_what_comes_next(council: Client) -> None:
    page = council.get(f"{YEAR}arshjul/")

    assert [(day.on.isoformat(), day.text) for day in page.context["coming"]] == [
        ("2026-12-31", "Sista dagen löftet gäller: Lugnare kvällar i centrum"),
        ("2027-01-01", "Slutredovisningen för september–december 2026 ska komma"),
    ]
    months = page.context["months"]
    assert [month.first.isoformat() for month in months if month.is_now] == ["2026-09-01"]
    assert len(months) == 13
    assert [day.is_done for month in months for day in month.days if "maj–augusti" in day.text] == [True]


def test_without_a_promise_it_says_so(here: Tuna, council: Client) -> None:
    here.promise.state = "draft"
    here.promise.save()

    assert "Inget löfte är publicerat än." in text_of(council.get(f"{YEAR}laget.pdf").content)
    assert len(council.get(f"{YEAR}uppfoljning.csv").text.splitlines()) == 1
