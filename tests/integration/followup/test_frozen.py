"""What was published is bytes that never change; what comes later stands beside them."""

import datetime as dt
import gzip

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories import TODAY, Tuna, activity, pledge, report, target
from lofte.followup.actions import LateGiven, PeriodClosed, add_erratum, lock_and_publish, send_for_review
from lofte.followup.models import ActivityReport, FrozenReport, LatePart
from people import Cast, as_nobody, signed_in

WHERE = {"kommun": "tuna", "slug": "2026", "label": "2026-T2"}
PAGE = "/tuna/2026/rapport/2026-T2/"


def at(name: str, **more: object) -> str:
    return reverse(f"followup:{name}", kwargs=WHERE | more)


def kept() -> dict[tuple[str, str, int], bytes]:
    rows = FrozenReport.objects.order_by("pk")
    return {(each.format, each.language, each.number): bytes(each.content) for each in rows}


@pytest.fixture
def published(here: Tuna, people: Cast) -> Tuna:
    report(here.late, here.checks, 16, entered_by=people.community_officer.key, done="Vi stod vid skolan.")
    send_for_review(period=here.late, by=people.coordinator, summary="En lugn sommar.")
    late = LateGiven(here.kommun.housing, "Vi väntar på elektrikern.", dt.date(2026, 10, 1))
    lock_and_publish(period=here.late, by=people.coordinator, today=TODAY, late=[late])
    return here


def test_json_html_in_two_languages_easy_to_read_and_pdf_are_kept(published: Tuna) -> None:
    assert set(kept()) == {
        ("json", "sv", 1), ("html", "sv", 1), ("html", "en", 1), ("html", "sv-ll", 1), ("pdf", "sv", 1),
    }  # fmt: skip
    assert kept()["pdf", "sv", 1].startswith(b"%PDF")


def test_page_is_served_from_its_bytes_in_one_query(
    published: Tuna, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_nobody()
    with django_assert_num_queries(1):
        page = client.get(PAGE)

    assert kept()["html", "sv", 1] in page.content
    assert not page.cookies
    with django_assert_num_queries(1):
        again = client.get(PAGE, headers={"if-none-match": page.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_english_page_has_its_own_bytes(published: Tuna) -> None:
    page = as_nobody().get(f"/en{PAGE}")

    assert kept()["html", "en", 1] in page.content
    assert 'lang="en"' in page.text


def test_bytes_stay_after_later_edits(published: Tuna) -> None:
    before = kept()
    published.promise.title = "Något helt annat"
    published.promise.save()
    ActivityReport.objects.update(done="Ändrat i efterhand.")
    published.late.__class__.objects.update(summary="Ändrad.")
    published.checks.text = "Ändrad aktivitet"
    published.checks.save()

    page = as_nobody().get(PAGE)

    assert kept() == before
    assert "En lugn sommar." in page.text
    assert "Ändrat i efterhand." not in page.text


def test_bytes_name_no_person_and_no_hours(published: Tuna, people: Cast) -> None:
    everything = b"".join(content for (format, *_), content in kept().items() if format != "pdf")

    assert str(people.community_officer.key).encode() not in everything
    assert b"hours_spent" not in everything


def test_files_are_the_frozen_bytes(published: Tuna) -> None:
    for name, format in (("report_json", "json"), ("report_pdf", "pdf")):
        page = Client().get(reverse(f"public:{name}", kwargs=WHERE))

        assert page.content == kept()[format, "sv", 1]
        assert page.headers["ETag"].strip('"') == FrozenReport.objects.get(format=format).sha256


def test_file_of_a_report_that_is_not_out_is_not_there(here: Tuna) -> None:
    assert Client().get(reverse("public:report_json", kwargs=WHERE)).status_code == 404


def test_report_of_a_hidden_promise_is_not_there(published: Tuna) -> None:
    published.promise.state = "draft"
    published.promise.save()

    assert as_nobody().get(PAGE).status_code == 404


def test_correction_stands_after_the_report_and_changes_nothing_in_it(published: Tuna, people: Cast) -> None:
    before = kept()
    first = as_nobody().get(PAGE)

    signed_in(people.coordinator).post(at("correct"), {"text": "Det står 16 kontroller. Det rätta är 17."})

    page = as_nobody().get(PAGE, headers={"if-none-match": first.headers["ETag"]})
    assert page.status_code == 200
    assert before.items() <= kept().items()
    assert before["html", "sv", 1] in page.content
    assert "Det rätta är 17." in page.text
    assert ("Rättelse" in page.text, "Rättelse" in first.text) == (True, False)


def test_correction_of_what_is_not_out_is_refused(here: Tuna, people: Cast) -> None:
    with pytest.raises(PeriodClosed):
        add_erratum(period=here.late, by=people.coordinator, today=TODAY, text="Fel.")


def test_late_part_stands_with_reason_and_new_date(published: Tuna) -> None:
    text = as_nobody().get(PAGE).text

    assert "Det här kommer senare" in text
    assert "Vi väntar på elektrikern." in text
    assert "1 oktober 2026" in text


def test_late_part_is_unseen_until_it_is_published_beside_the_rest(published: Tuna, people: Cast) -> None:
    before = kept()
    values = {f"matt{published.lamps.targets.get().pk}": "ja", "status": "done", "done": "Nu lyser det."}
    days = {"covers_from": "2026-05-01", "covers_to": "2026-08-31"}

    saved = signed_in(people.partner).post(at("report", activity=published.lamps.pk), values | days)
    unseen = as_nobody().get(PAGE).text + as_nobody().get("/tuna/2026/").text
    part = LatePart.objects.get()
    signed_in(people.coordinator).post(at("late", pk=part.pk))

    assert saved.status_code == 302
    assert "Nu lyser det." not in unseen
    page = as_nobody().get(PAGE)
    assert before.items() <= kept().items()
    assert before["html", "sv", 1] in page.content
    assert f"Det här kom senare: {published.kommun.housing}" in page.text
    assert LatePart.objects.get().arrived_on == TODAY
    assert "Byta lampor" in as_nobody().get("/tuna/2026/").text


def test_late_part_that_has_not_come_cannot_be_published(published: Tuna, people: Cast) -> None:
    signed_in(people.coordinator).post(at("late", pk=LatePart.objects.get().pk))

    assert LatePart.objects.get().arrived_on is None


def test_the_ready_part_cannot_be_changed_with_the_late_one(published: Tuna, people: Cast) -> None:
    page = signed_in(people.community_officer).get(at("report", activity=published.checks.pk))

    assert page.status_code == 409


def test_review_asks_about_the_part_that_is_missing(here: Tuna, people: Cast) -> None:
    report(here.late, here.checks, 16, entered_by=people.community_officer.key)
    send_for_review(period=here.late, by=people.police_editor)
    client = signed_in(people.coordinator)

    seen = client.get(at("review")).text
    name = f"part{here.kommun.housing.pk}"
    wrong = client.post(at("review"), {f"{name}-until": "2026-09-01"})
    client.post(at("review"), {f"{name}-reason": "Vi väntar.", f"{name}-until": "2026-10-01"})

    assert "Tunabostäder: delen dröjer" in seen
    assert wrong.status_code == 422
    part = LatePart.objects.get()
    assert (part.organisation, part.reason, part.until) == (here.kommun.housing, "Vi väntar.", dt.date(2026, 10, 1))


def test_report_is_set_beside_the_one_before(here: Tuna, people: Cast) -> None:
    first = here.promise.periods.get(label="2026-T1")
    for period, number in ((first, 4), (here.late, 16)):
        report(period, here.checks, number, entered_by=people.community_officer.key)
        send_for_review(period=period, by=people.police_editor)
        lock_and_publish(period=period, by=people.coordinator, today=TODAY)

    text = as_nobody().get(PAGE).text

    assert "Jämfört med förra rapporten" in text
    assert "4 kontroller" in text
    assert "16 kontroller i den här rapporten" in text
    assert "20 kontroller sammanlagt" in text


def test_a_third_done_after_a_third_of_the_year_is_on_plan(here: Tuna, people: Cast) -> None:
    first = here.promise.periods.get(label="2026-T1")
    report(first, here.checks, 3, entered_by=people.community_officer.key)
    send_for_review(period=first, by=people.police_editor)

    lock_and_publish(period=first, by=people.coordinator, today=TODAY)

    assert "Enligt plan" in as_nobody().get("/tuna/2026/rapport/2026-T1/").text


def test_hidden_police_work_is_never_called_late(here: Tuna, people: Cast) -> None:
    secret = activity(pledge(here.promise, "insats", "Polisen gör en insats.", here.kommun.police), "Insats vid torget")
    target(secret)
    secret.shown_when_done = True
    secret.save()
    report(here.late, here.checks, 16, entered_by=people.community_officer.key)
    report(here.late, here.lamps, entered_by=people.partner.key)
    send_for_review(period=here.late, by=people.police_editor)

    page = signed_in(people.coordinator).get(at("review"))

    assert "delen dröjer" not in page.text


def test_packed_page_is_the_same_page(published: Tuna) -> None:
    plain = as_nobody().get(PAGE)
    packed = as_nobody().get(PAGE, headers={"accept-encoding": "br, gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    again = as_nobody().get(PAGE, headers={"if-none-match": packed.headers["ETag"]})
    assert (again.status_code, again.headers["ETag"]) == (304, packed.headers["ETag"])
