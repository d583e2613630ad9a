"""An activity's owner tells what was done."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from factories import TODAY, Tuna, activity, area, pledge, target
from lofte.core.models import Event
from lofte.followup import actions
from lofte.followup.links import asked, create_link
from lofte.followup.models import ActivityReport, Period
from lofte.promises.amending import open_for_change
from lofte.promises.models import Activity, Amendment
from people import Cast, signed_in


def address(here: Tuna, about: Activity, label: str = "2026-T2") -> str:
    where = {"kommun": "tuna", "slug": here.promise.slug, "label": label, "activity": about.pk}
    return reverse("followup:report", kwargs=where)


def answers(about: Activity, **given: Any) -> dict[str, Any]:
    """What somebody writes: eight of the first target, all well."""
    first = f"matt{about.targets.get().pk}"
    return {"status": "on_track", "covers_from": "2026-05-01", "covers_to": "2026-08-31", first: "8"} | given


def test_report_form_asks_for_the_number_that_was_promised(here: Tuna, people: Cast) -> None:
    page = signed_in(people.community_officer).get(address(here, here.checks))

    assert page.status_code == 200
    assert "Hur många kontroller?" in page.text
    assert "minst 8 kontroller" in page.text


def test_report_is_saved_with_its_number(here: Tuna, people: Cast) -> None:
    given = answers(here.checks, done="Kontroller vid skolan.", hours_spent="12")

    page = signed_in(people.community_officer).post(address(here, here.checks), given)

    report = ActivityReport.objects.get()
    assert page.status_code == 302
    assert (report.status, report.done, report.hours_spent) == ("on_track", "Kontroller vid skolan.", 12)
    assert report.entered_by == people.community_officer.key
    assert report.figures.get().number == Decimal(8)


def test_saving_again_replaces_the_report(here: Tuna, people: Cast) -> None:
    client = signed_in(people.community_officer)
    client.post(address(here, here.checks), answers(here.checks))
    first = f"matt{here.checks.targets.get().pk}"

    client.post(address(here, here.checks), answers(here.checks) | {first: "1 234,5"})

    assert ActivityReport.objects.get().figures.get().number == Decimal("1234.5")
    assert "1 234,5" in client.get(address(here, here.checks)).text


def test_wrong_answers_are_said_in_swedish_and_nothing_is_lost(here: Tuna, people: Cast) -> None:
    first = f"matt{here.checks.targets.get().pk}"
    given = answers(here.checks, status="delayed", done="Det här vill jag behålla.") | {first: "några"}

    page = signed_in(people.community_officer).post(address(here, here.checks), given)

    assert page.status_code == 422
    assert "Skriv ett tal med siffror, till exempel 12." in page.text
    assert "Välj ett skäl. Den som läser vill veta varför." in page.text
    assert "Det här vill jag behålla." in page.text
    assert 'value="några"' in page.text
    assert not ActivityReport.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"status": ""}, "Svara på frågan ”Hur går det?”."),
        ({"covers_to": "2026-12-31"}, "Det datumet har inte varit än."),
        ({"covers_from": "2025-12-01"}, "Löftet började gälla 1 januari 2026."),
        ({"covers_from": "2026-09-02", "covers_to": "2026-09-01"}, "Slutet kommer före början."),
        ({"covers_to": "2026-04-30", "covers_from": "2026-01-01"}, "Den här rapporten gäller tiden från 1 maj 2026."),
        ({"status": "delayed", "reason_code": "other"}, "Skriv skälet med egna ord."),
        ({"evidence_url": "inte en adress"}, "Skriv en webbadress"),
    ],
)
def test_each_mistake_has_its_sentence(here: Tuna, people: Cast, given: dict[str, str], sentence: str) -> None:
    page = signed_in(people.community_officer).post(address(here, here.checks), answers(here.checks) | given)

    assert page.status_code == 422
    assert sentence in page.text


def test_done_without_a_number_is_asked_for_one(here: Tuna, people: Cast) -> None:
    first = f"matt{here.checks.targets.get().pk}"

    page = signed_in(people.community_officer).post(
        address(here, here.checks), answers(here.checks, status="done") | {first: ""}
    )

    assert page.status_code == 422
    assert "Skriv hur många det blev." in page.text


def test_yes_or_no_is_answered_with_yes_or_no(here: Tuna, people: Cast) -> None:
    first = f"matt{here.lamps.targets.get().pk}"
    given = answers(here.lamps, status="done") | {first: "ja"}

    signed_in(people.partner).post(address(here, here.lamps), given)

    assert ActivityReport.objects.get().figures.get().happened is True


def test_named_places_are_asked_one_by_one(here: Tuna, people: Cast) -> None:
    walks = activity(pledge(here.promise, "vandra", "Vi går minst fyra vandringar."), "Vandra")
    station, harbour = area(here.kommun, "Stationen"), area(here.kommun, "Hamnen")
    asked = target(walks, station, harbour, amount=4, unit="vandringar")
    given = {"status": "on_track", "covers_from": "2026-05-01", "covers_to": "2026-08-31"}
    given |= {
        f"matt{asked.pk}": "3",
        f"matt{asked.pk}-plats{station.pk}": "nej",
        f"matt{asked.pk}-plats{harbour.pk}": "",
    }

    signed_in(people.coordinator).post(address(here, walks), given)

    figures = [(f.area, f.number, f.happened) for f in ActivityReport.objects.get().figures.all()]
    assert figures == [(None, Decimal(3), None), (station, None, False)]


def test_every_kommundel_has_a_number_of_its_own(here: Tuna, people: Cast) -> None:
    north, south = area(here.kommun, "Norr"), area(here.kommun, "Söder")
    walks = activity(pledge(here.promise, "vandra", "En vandring i varje kommundel."), "Vandra")
    asked = target(walks, in_each_area=True, amount=1, unit="vandringar")
    whole = f"matt{asked.pk}"
    given = {"status": "on_track", "covers_from": "2026-05-01", "covers_to": "2026-08-31"}
    given |= {f"{whole}-plats{north.pk}": "2", f"{whole}-plats{south.pk}": "0", whole: "1"}
    client = signed_in(people.coordinator)

    refused = client.post(address(here, walks), given)
    client.post(address(here, walks), given | {whole: ""})

    assert "Platserna är tillsammans 2, men här står 1." in refused.text
    figures = [(f.area, f.number) for f in ActivityReport.objects.get().figures.all()]
    assert figures == [(north, Decimal(2)), (south, Decimal(0))]


def test_each_option_has_a_number_of_its_own(here: Tuna, people: Cast) -> None:
    meets = activity(pledge(here.promise, "traffa", "Vi möter unga varje vecka."), "Möta unga")
    asked = target(meets, kind="rate", per="week", amount=1, unit="möten", options=["skola", "fritidsgård"])
    given = {"status": "on_track", "covers_from": "2026-05-01", "covers_to": "2026-08-31"}
    given |= {f"matt{asked.pk}-val0": "10", f"matt{asked.pk}-val1": "8"}

    signed_in(people.coordinator).post(address(here, meets), given)

    figures = [(f.option, f.number) for f in ActivityReport.objects.get().figures.all()]
    assert figures == [("skola", Decimal(10)), ("fritidsgård", Decimal(8))]


def test_a_share_asks_for_the_number_of_the_part(here: Tuna, people: Cast) -> None:
    about = activity(pledge(here.promise, "utbilda", "Vi utbildar 150, hälften från skolan."), "Utbilda")
    whole = target(about, amount=150, unit="utbildade")
    target(about, kind="share", amount=50, unit="från skolan", share_of=whole)

    page = signed_in(people.coordinator).get(address(here, about))

    assert "Skriv antalet, inte procenten. Det jämförs med: utbildade." in page.text


def test_save_and_next_leads_to_the_next_activity(here: Tuna, people: Cast) -> None:
    page = signed_in(people.coordinator).post(address(here, here.checks), answers(here.checks, next="1"))

    assert page.headers["Location"] == address(here, here.lamps)


def test_an_owner_reports_only_what_its_organisation_answers_for(here: Tuna, people: Cast) -> None:
    client = signed_in(people.partner)

    listed = client.get(reverse("followup:period", kwargs={"kommun": "tuna", "slug": "2026", "label": "2026-T2"}))

    assert client.get(address(here, here.checks)).status_code == 404
    assert client.get(address(here, here.lamps)).status_code == 200
    assert here.lamps.text in listed.text
    assert here.checks.text not in listed.text


@pytest.mark.parametrize(
    ("stage", "heading"),
    [
        (Period.Stage.PUBLISHED, "Rapporten är publicerad"),
        (Period.Stage.IN_REVIEW, "Rapporten granskas"),
        (Period.Stage.NONE_FOUND, "Den här rapporten är stängd"),
    ],
)
def test_a_report_that_is_not_open_is_refused(here: Tuna, people: Cast, stage: str, heading: str) -> None:
    here.promise.periods.filter(label="2026-T2").update(stage=stage)

    page = signed_in(people.community_officer).post(address(here, here.checks), answers(here.checks))

    assert page.status_code == 409
    assert heading in page.text
    assert not ActivityReport.objects.exists()


def test_the_last_report_asks_how_it_went(here: Tuna, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: dt.date(2027, 1, 4))

    page = signed_in(people.community_officer).get(address(here, here.checks, "2026-T3"))

    assert "Inte genomförd" in page.text
    assert "Inte börjat" not in page.text


def test_the_event_log_holds_no_words_of_a_report(here: Tuna, people: Cast) -> None:
    signed_in(people.community_officer).post(address(here, here.checks), answers(here.checks))

    event = Event.objects.get(verb="report.saved")
    assert event.target_id == "tuna/2026 2026-T2"
    assert event.actor == people.community_officer.key


def test_a_report_needs_an_activity_of_the_same_promise(here: Tuna, people: Cast) -> None:
    stray = Activity(cycle=here.promise.cycle, pledge=None, key="annan", order=0, text="Annan")

    with pytest.raises(actions.NotOfThisPromise):
        actions.save_report(period=here.late, activity=stray, by=people.coordinator, values={}, figures=[])


def test_a_change_that_nobody_has_signed_is_not_asked_about(here: Tuna, people: Cast) -> None:
    open_for_change(promise=here.promise, by=people.coordinator, kind=Amendment.Kind.AMENDMENT, reason="Mer behövs.")
    extra = activity(here.promise.pledges.get(key="trafik"), "Göra hembesök", key="hembesok")
    target(extra)
    Activity.objects.filter(pk=here.checks.pk).update(text="Göra många trafikkontroller")
    here.checks.targets.update(amount=99)

    lines_of = signed_in(people.coordinator).get("/arbete/tuna/loften/2026/rapport/2026-T2/").text
    link, _token = create_link(
        promise=here.promise, by=people.coordinator, holder="Områdespolisen", organisation=here.kommun.police,
        expires_on=here.promise.ends,
    )  # fmt: skip

    assert "Göra trafikkontroller" in lines_of
    assert "minst 8" in lines_of
    assert "Göra hembesök" not in lines_of
    assert "minst 99" not in lines_of
    assert {each.activity.text for each in asked(link, TODAY)} == {"Göra trafikkontroller"}
