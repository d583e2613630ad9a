"""Sent for review, looked at by the other party, locked and published, or sent back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import Tuna, activity, area, pledge, report, target
from lofte.core.models import Event
from lofte.followup.models import FrozenReport, Period
from lofte.parties.models import User
from people import Cast, as_nobody, signed_in

WHERE = {"kommun": "tuna", "slug": "2026", "label": "2026-T2"}


def at(name: str) -> str:
    return reverse(f"followup:{name}", kwargs=WHERE)


@pytest.fixture
def written(here: Tuna, people: Cast) -> Tuna:
    report(here.late, here.checks, 16, entered_by=people.community_officer.key, next_step="Fler vid skolan.")
    return here


@pytest.fixture
def sent(written: Tuna, people: Cast) -> Tuna:
    signed_in(people.police_editor).post(at("send"), {"summary": "En lugn sommar."})
    return written


def test_nothing_to_review_is_said(here: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).post(at("send"), {"summary": "Inget än."})

    assert page.status_code == 422
    assert "Skriv minst en rapport först." in page.text
    assert "Inget än." in page.text


def test_sending_for_review_leads_to_the_review(written: Tuna, people: Cast) -> None:
    page = signed_in(people.police_editor).post(at("send"), {"summary": "En lugn sommar."})

    period = written.late
    assert page.headers["Location"] == at("review")
    assert (period.stage, period.summary) == (Period.Stage.IN_REVIEW, "En lugn sommar.")


def test_reviewer_sees_everything_as_it_will_be_read(sent: Tuna, people: Cast) -> None:
    earlier = sent.promise.periods.get(label="2026-T1")
    report(earlier, sent.checks, 4)

    page = signed_in(people.coordinator).get(at("review"))

    for words in (
        "En lugn sommar.",
        "16 kontroller",
        "Fler vid skolan.",
        "januari–april 2026: 4 kontroller. Enligt plan.",
    ):
        assert words in page.text
    assert "1 aktivitet saknar rapport." in page.text


def test_reviewer_sees_what_the_answer_will_be(sent: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).get(at("review"))

    assert "Så blir svaret, löfte för löfte" in page.text
    assert "Hållet" in page.text


@pytest.mark.parametrize(("who", "warned"), [("coordinator", False), ("police_editor", True)])
def test_reviewing_ones_own_report_is_warned_of(sent: Tuna, people: Cast, who: str, warned: bool) -> None:
    user: User = getattr(people, who)

    page = signed_in(user).get(at("review"))

    assert ("Du granskar din egen rapport." in page.text) is warned


def test_published_report_is_read_by_everyone(sent: Tuna, people: Cast, today: dt.date) -> None:
    client = signed_in(people.coordinator)

    published = client.post(at("review"), follow=True)
    page = as_nobody().get(reverse("public:report", kwargs=WHERE))

    period = sent.late
    assert published.redirect_chain == [(at("done"), 302)]
    assert "är publicerad" in published.text
    assert (period.stage, period.published_on, period.is_self_reviewed) == (Period.Stage.PUBLISHED, today, False)
    assert FrozenReport.objects.get(format="json").period == period
    assert Event.objects.get(verb="period.published").is_public
    assert page.status_code == 200
    assert "16" in page.text


def test_published_report_is_in_the_feed(sent: Tuna, people: Cast) -> None:
    signed_in(people.coordinator).post(at("review"))

    feed = as_nobody().get(reverse("public:feed", kwargs={"kommun": "tuna", "slug": "2026"}))

    assert "2026-T2" in feed.text


def test_a_report_that_was_published_meanwhile_is_not_published_twice(sent: Tuna, people: Cast) -> None:
    signed_in(people.coordinator).post(at("review"))

    again = signed_in(people.police_editor).post(at("review"))

    assert again.headers["Location"] == at("done")
    assert FrozenReport.objects.filter(format="json").count() == 1


def test_sent_back_is_open_again(sent: Tuna, people: Cast) -> None:
    signed_in(people.coordinator).post(at("back"))

    assert sent.late.stage == Period.Stage.OPEN


def test_reviewing_what_nobody_sent_is_refused(written: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).get(at("review"))

    assert page.status_code == 409
    assert "Rapporten granskas inte än" in page.text


@pytest.mark.parametrize("status", ["on_track", "partly_kept"])
def test_police_work_shown_only_when_done_stays_out_of_the_published_report(
    written: Tuna, people: Cast, status: str
) -> None:
    written.checks.shown_when_done = True
    written.checks.save()
    written.late.reports.filter(activity=written.checks).update(status=status)
    client = signed_in(people.coordinator)
    client.post(at("send"))

    seen = client.get(at("review"))
    client.post(at("review"))

    assert "Det visas för alla först när aktiviteten är genomförd." in seen.text
    assert b"trafik" not in bytes(FrozenReport.objects.get(format="json").content)


def test_a_late_report_is_explained_in_public(here: Tuna, people: Cast) -> None:
    client = signed_in(people.coordinator)

    client.post(at("delay"), {"reason": "Siffrorna från polisen dröjer.", "until": "2026-09-20"})

    period = here.late
    assert (period.late_reason, period.late_until) == ("Siffrorna från polisen dröjer.", dt.date(2026, 9, 20))
    assert Event.objects.get(verb="period.delayed").is_public


def test_a_new_date_must_lie_ahead(here: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).post(at("delay"), {"reason": "Vi hann inte.", "until": "2026-09-01"})

    assert page.status_code == 422
    assert "Det datumet har redan varit." in page.text
    assert "Vi hann inte." in page.text


def test_a_report_that_turns_up_can_be_entered(here: Tuna, people: Cast) -> None:
    here.promise.periods.filter(label="2026-T1").update(stage=Period.Stage.NONE_FOUND)
    where = WHERE | {"label": "2026-T1"}

    signed_in(people.coordinator).post(reverse("followup:found", kwargs=where))

    assert here.promise.periods.get(label="2026-T1").stage == Period.Stage.OPEN


def test_period_page_asks_no_more_of_the_database_for_thirty_activities(here: Tuna, people: Cast) -> None:
    client = signed_in(people.coordinator)
    report(here.late, here.checks, 1)
    with CaptureQueriesContext(connection) as few:
        client.get(at("period"))
    for number in range(30):
        made = activity(pledge(here.promise, f"extra-{number}", "Mer."), "Mer")
        target(made, area(here.kommun, f"Plats {number}"))
        report(here.late, made, 1)

    with CaptureQueriesContext(connection) as many:
        client.get(at("period"))

    # Places are looked up once there are any.
    assert len(many) <= len(few) + 1


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("Ring 19121212-1212.", "Ta bort det."),
        ("Lampan vid Åke Strand är sönder.", "Ta bort det, eller kryssa i rutan sist."),
    ],
)
def test_why_a_part_is_late_points_to_nobody(sent: Tuna, people: Cast, reason: str, sentence: str) -> None:
    name = f"part{sent.kommun.housing.pk}"

    page = signed_in(people.coordinator).post(at("review"), {f"{name}-reason": reason})

    assert page.status_code == 422
    assert sentence in page.text
    assert not FrozenReport.objects.exists()


def test_what_one_has_looked_at_again_is_published(sent: Tuna, people: Cast) -> None:
    name = f"part{sent.kommun.housing.pk}"
    given = {f"{name}-reason": "Lampan vid Åke Strand är sönder.", f"{name}-no_person": "on"}

    signed_in(people.coordinator).post(at("review"), given)

    assert FrozenReport.objects.exists()
