"""Personal links: report without an account, confirm what somebody else wrote, and no more than the link is for."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from factories import TODAY, Tuna, report
from lofte.core import public_forms
from lofte.core.models import Event
from lofte.followup.actions import lock_and_publish, send_for_review
from lofte.followup.links import create_link, hash_of, revoke_link
from lofte.followup.models import ActivityReport, FrozenReport, ReportLink
from lofte.followup.reminders import make_reminders
from lofte.notices.actions import send_waiting
from lofte.notices.models import Notice
from people import Cast, as_nobody, signed_in

type Make = Callable[..., tuple[ReportLink, str]]


@pytest.fixture(autouse=True)
def _people_may_be_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_forms, "FASTEST", dt.timedelta(seconds=-1))
    cache.clear()


@pytest.fixture
def make(here: Tuna, people: Cast) -> Make:
    def link(**given: object) -> tuple[ReportLink, str]:
        values = {"organisation": here.kommun.police, "holder": "Områdespolisen", "expires_on": dt.date(2027, 3, 1)}
        return create_link(promise=here.promise, by=people.coordinator, **values | given)  # type: ignore[arg-type]

    return link


def url(token: str, here: Tuna, name: str = "link_report", label: str = "2026-T2") -> str:
    return reverse(f"public:{name}", kwargs={"token": token, "label": label, "activity": here.checks.pk})


def post(address: str, **values: str) -> object:
    token = public_forms.PublicForm("rapportera").token
    return Client().post(address, {"form_token": token, **values}, headers={"origin": "http://testserver"})


def answer(here: Tuna, number: str = "12") -> dict[str, str]:
    name = f"matt{here.checks.targets.get().pk}"
    days = {"covers_from": "2026-05-01", "covers_to": "2026-08-31"}
    return {name: number, "status": "on_track", "done": "Vi stod vid skolan.", **days}


def test_only_the_hash_of_the_token_is_kept(make: Make) -> None:
    link, token = make()

    assert link.token_hash == hash_of(token)
    assert token not in str(ReportLink.objects.values_list())


def test_one_thing_to_report_is_a_form_at_once(here: Tuna, make: Make) -> None:
    here.promise.periods.exclude(label="2026-T2").update(stage="published")
    _link, token = make(activity=here.checks, organisation=None)

    page = as_nobody().get(reverse("public:link", args=[token]))

    assert page.status_code == 200
    assert "Göra trafikkontroller" in page.text
    assert "Hur går det?" in page.text
    assert not page.cookies


def test_report_by_link_is_kept_for_the_organisation(here: Tuna, make: Make) -> None:
    link, token = make()

    page = post(url(token, here), **answer(here))

    kept = ActivityReport.objects.get()
    assert page.headers["Location"].endswith("?tack")  # type: ignore[attr-defined]
    assert (kept.entered_by, kept.reported_for) == (link.key, here.kommun.police)
    assert kept.figures.get().number == 12
    assert Event.objects.get(verb="report.saved").actor == link.key
    assert "Tack, det är sparat" in as_nobody().get(page.headers["Location"]).text  # type: ignore[attr-defined]


def test_mistake_is_told_and_nothing_is_lost(here: Tuna, make: Make) -> None:
    _link, token = make()

    page = post(url(token, here), **answer(here) | {"status": "delayed"})

    assert page.status_code == 422  # type: ignore[attr-defined]
    assert "Välj ett skäl." in page.text  # type: ignore[attr-defined]
    assert "Vi stod vid skolan." in page.text  # type: ignore[attr-defined]


def test_link_is_for_its_own_organisation_only(here: Tuna, make: Make) -> None:
    _link, token = make(organisation=here.kommun.housing)

    assert as_nobody().get(url(token, here)).status_code == 404
    assert post(url(token, here), **answer(here)).status_code == 404  # type: ignore[attr-defined]
    assert not ActivityReport.objects.exists()


@pytest.mark.parametrize("why", ["expired", "revoked", "unknown", "draft"])
def test_link_that_holds_no_more_says_so(here: Tuna, people: Cast, make: Make, why: str) -> None:
    link, token = make(expires_on=TODAY - dt.timedelta(days=1) if why == "expired" else TODAY)
    if why == "revoked":
        revoke_link(link=link, by=people.coordinator)
    if why == "draft":
        here.promise.state = "draft"
        here.promise.save()
    given = "helt-fel" if why == "unknown" else token

    page = as_nobody().get(reverse("public:link", args=[given]))

    assert page.status_code == 404
    assert "Länken gäller inte längre" in page.text
    assert post(url(given, here), **answer(here)).status_code == 404  # type: ignore[attr-defined]


def test_coordinators_figures_for_the_police_are_confirmed_by_link(here: Tuna, people: Cast, make: Make) -> None:
    client = signed_in(people.coordinator)
    where = {"kommun": "tuna", "slug": "2026", "label": "2026-T2", "activity": here.checks.pk}
    client.post(reverse("followup:report", kwargs=where), answer(here))
    link, token = make()

    seen = as_nobody().get(reverse("public:link", args=[token])).text
    page = post(url(token, here, "link_confirm"))

    kept = ActivityReport.objects.get()
    assert "Någon annan har skrivit det här för er." in seen
    assert page.status_code == 302  # type: ignore[attr-defined]
    assert (kept.entered_by, kept.confirmed_by, kept.reported_for) == (
        people.coordinator.key,
        link.key,
        here.kommun.police,
    )


@pytest.mark.parametrize(("confirms", "is_self_reviewed"), [(True, False), (False, True)])
def test_what_the_police_confirmed_is_not_self_reviewed(
    here: Tuna, people: Cast, make: Make, confirms: bool, is_self_reviewed: bool
) -> None:
    report(here.late, here.checks, 12, entered_by=people.coordinator.key)
    _link, token = make()
    if confirms:
        post(url(token, here, "link_confirm"))
    send_for_review(period=here.late, by=people.coordinator)

    lock_and_publish(period=here.late, by=people.coordinator, today=TODAY)

    assert here.late.is_self_reviewed == is_self_reviewed
    html = bytes(FrozenReport.objects.get(format="html", language="sv").content).decode()
    assert ("Självgranskad" in html) == is_self_reviewed


def test_a_change_after_the_confirmation_needs_a_new_one(here: Tuna, people: Cast, make: Make) -> None:
    report(here.late, here.checks, 12, entered_by=people.coordinator.key)
    _link, token = make()
    post(url(token, here, "link_confirm"))
    where = {"kommun": "tuna", "slug": "2026", "label": "2026-T2", "activity": here.checks.pk}

    signed_in(people.coordinator).post(reverse("followup:report", kwargs=where), answer(here, "13"))

    assert ActivityReport.objects.get().confirmed_by is None


def test_what_is_in_review_cannot_be_changed_but_confirmed(here: Tuna, people: Cast, make: Make) -> None:
    report(here.late, here.checks, 12, entered_by=people.coordinator.key)
    send_for_review(period=here.late, by=people.coordinator)
    _link, token = make()

    assert post(url(token, here), **answer(here)).status_code == 409  # type: ignore[attr-defined]
    assert post(url(token, here, "link_confirm")).status_code == 302  # type: ignore[attr-defined]


def test_reminder_carries_a_link_of_its_own_and_forgets_it(
    here: Tuna, make: Make, django_capture_on_commit_callbacks: Callable
) -> None:  # type: ignore[type-arg]
    first, _token = make(email="omradespolis@example.se")
    make_reminders(dt.date(2026, 9, 1))
    Notice.objects.update(not_before=None)

    send_waiting()

    letter = next(each for each in mail.outbox if each.to == ["omradespolis@example.se"])
    address = next(line for line in letter.body.splitlines() if "/rapportera/" in line).removeprefix(
        "http://127.0.0.1:8000"
    )
    assert as_nobody().get(address).status_code == 200
    assert first.renewals.count() == 1
    assert Notice.objects.get(email="omradespolis@example.se").body == ""


def test_taking_the_first_link_back_takes_those_in_reminders(here: Tuna, people: Cast, make: Make) -> None:
    link, _token = make(email="omradespolis@example.se")
    make_reminders(dt.date(2026, 9, 1))
    body = Notice.objects.get(email="omradespolis@example.se").body
    address = next(line for line in body.splitlines() if "/rapportera/" in line).removeprefix("http://127.0.0.1:8000")

    signed_in(people.coordinator).post(
        reverse("followup:revoke_link", kwargs={"kommun": "tuna", "slug": "2026", "pk": link.pk})
    )

    assert as_nobody().get(address).status_code == 404


def test_coordinator_makes_a_link_that_is_shown_once(here: Tuna, people: Cast) -> None:
    address = reverse("followup:links", kwargs={"kommun": "tuna", "slug": "2026"})
    client = signed_in(people.coordinator)
    given = {"scope": f"part-{here.kommun.police.pk}", "holder": "Områdespolisen", "expires_on": "2027-01-31"}

    page = client.post(address, given | {"email": "polis@example.se"})

    assert "/rapportera/" in page.text
    assert "Områdespolisen" in page.text
    assert "/rapportera/" not in client.get(address).text
    assert Notice.objects.get().email == "polis@example.se"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"expires_on": "2026-09-09"}, "Det datumet har redan varit."),
        ({"expires_on": "2036-01-01"}, "En länk får gälla i högst tre år."),
        ({"holder": ""}, "Svara på frågan ”Vem är den till?”."),
    ],
)
def test_mistakes_in_a_link_have_their_sentences(
    here: Tuna, people: Cast, given: dict[str, str], sentence: str
) -> None:
    address = reverse("followup:links", kwargs={"kommun": "tuna", "slug": "2026"})
    right = {"scope": f"akt-{here.checks.pk}", "holder": "Polisen", "expires_on": "2027-01-31"}

    page = signed_in(people.coordinator).post(address, right | given)

    assert page.status_code == 422
    assert sentence in page.text
