"""An owner reports from the phone by a personal link; the pages around a report in a browser."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from factories import Kommun, activity, cycle, kommun, pledge, promise, publish, report, target
from lofte.followup.actions import LateGiven, add_erratum, add_update, lock_and_publish, send_for_review
from lofte.followup.links import create_link
from lofte.followup.models import ActivityReport, Period
from lofte.followup.searching import catch_up
from lofte.promises.models import Activity, CitizenPromise
from people import Cast, cast, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PHONE = {"width": 375, "height": 812}
# A form sent sooner than a person could is refused.
READING_TIME = 2200
MOST_TAPS, MOST_SECONDS = 6, 60


class Year:
    """This year's promise in Tuna: checks by the police, lamps by the housing company."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.kommun: Kommun = kommun()
        self.people: Cast = cast(self.kommun)
        self.promise: CitizenPromise = promise(self.kommun, cycle(self.kommun, self.today.year))
        traffic = pledge(self.promise, "trafik", "Polisen gör minst åtta trafikkontroller.", self.kommun.police)
        light = pledge(self.promise, "ljus", "Bostadsbolaget byter lamporna på gårdarna.", self.kommun.housing)
        self.checks: Activity = activity(traffic, "Göra trafikkontroller")
        target(self.checks)
        self.lamps: Activity = activity(light, "Byta lampor")
        target(self.lamps, kind="yes_no", unit="Lamporna är bytta")
        publish(self.promise)
        self.now: Period = self.promise.periods.get(starts__lte=self.today, ends__gte=self.today)
        self.promise.periods.exclude(pk=self.now.pk).update(stage=Period.Stage.NONE_FOUND)

    def publish_report(self) -> str:
        report(self.now, self.checks, 5, entered_by=self.people.community_officer.key, done="Vi stod vid skolan.")
        send_for_review(period=self.now, by=self.people.coordinator, summary="En lugn tid.")
        late = LateGiven(self.kommun.housing, "Vi väntar på elektrikern.", self.today + dt.timedelta(days=20))
        lock_and_publish(period=self.now, by=self.people.coordinator, today=self.today, late=[late])
        add_erratum(period=self.now, by=self.people.coordinator, today=self.today, text="Det rätta är 6.")
        return f"/tuna/{self.promise.slug}/rapport/{self.now.label}/"


@pytest.fixture
def year(live_server: Any) -> Year:
    cache.clear()
    return Year()


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, has_touch=True)  # type: ignore[arg-type]
    yield context
    context.close()


def link(year: Year, **given: Any) -> str:
    scope = given or {"activity": year.checks}
    _link, token = create_link(
        promise=year.promise, by=year.people.coordinator, holder="Områdespolisen", expires_on=year.promise.ends, **scope
    )
    return f"/rapportera/{token}/"


def accessible(page: Page) -> None:
    found = Axe().run(page, options=AXE).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert sideways <= 0


def seen(page: Page, name: str) -> None:
    """A picture for whoever wants to look: LOFTE_PICTURES names the folder."""
    if folder := os.environ.get("LOFTE_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_owner_reports_in_a_minute_and_at_most_six_taps(phone: BrowserContext, year: Year) -> None:
    page, taps = phone.new_page(), 0
    page.goto(link(year))
    begun = time.monotonic()
    seen(page, "link-report")

    def tap(control: Any) -> Any:
        nonlocal taps
        taps += 1
        control.tap()
        return control

    tap(page.get_by_label("Hur många kontroller?")).press_sequentially("3")
    tap(page.get_by_label("Enligt plan"))
    tap(page.get_by_label("Det här gjordes")).press_sequentially("Vi stod vid skolan.")
    page.wait_for_timeout(READING_TIME)
    tap(page.get_by_role("button", name="Spara"))
    page.get_by_role("heading", name="Tack, det är sparat").wait_for()
    seen(page, "link-thanks")

    assert taps <= MOST_TAPS
    assert time.monotonic() - begun < MOST_SECONDS
    assert ActivityReport.objects.get().figures.get().number == 3
    assert phone.cookies() == []


def test_police_confirm_what_the_coordinator_wrote(phone: BrowserContext, year: Year) -> None:
    report(year.now, year.checks, 5, entered_by=year.people.coordinator.key)
    page = phone.new_page()
    page.goto(link(year))
    seen(page, "link-confirm")
    accessible(page)

    page.wait_for_timeout(READING_TIME)
    page.get_by_role("button", name="Ja, det stämmer").tap()
    page.get_by_role("heading", name="Tack, det är sparat").wait_for()

    assert ActivityReport.objects.get().confirmed_by is not None


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_links_and_reports_stand_in_nobodys_way(
    browser: Browser, live_server: Any, year: Year, width: int
) -> None:
    of_organisation = link(year, organisation=year.kommun.police)
    of_activity = link(year)
    add_update(promise=year.promise, by=year.people.coordinator, on=year.today, text="Nu är lamporna bytta.")
    news = f"/tuna/{year.promise.slug}/nytt/nytt-1/"
    addresses = {
        "link": f"{of_organisation}?tack",
        "link-form": of_activity,
        "link-gone": "/rapportera/finns-inte/",
        "follow": f"/tuna/{year.promise.slug}/folj/",
        "update": news,
        "share": f"{news}dela/",
    }
    addresses["report"] = year.publish_report()
    addresses["report-en"] = f"/en{addresses['report']}"
    addresses["report-easy"] = f"{addresses['report']}lattlast/"
    catch_up()
    addresses["search"] = "/tuna/sok/?q=lampor"
    addresses["search-nothing"] = "/sok/?q=simhall"
    page = browser.new_page(base_url=live_server.url, viewport={"width": width, "height": 800})
    for name, address in addresses.items():
        page.goto(address)
        seen(page, f"{name}-{width}")
        accessible(page)
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_staff_pages_around_a_report_stand_in_nobodys_way(
    browser: Browser, live_server: Any, year: Year, width: int
) -> None:
    slug, report_page = year.promise.slug, f"/arbete/tuna/loften/{year.promise.slug}/rapport/{year.now.label}/"
    following = cycle(year.kommun, year.today.year + 1)
    year.promise.lessons.create(key="lardom-1", kind="change", text="Börja tidigare på kvällen.")
    client = signed_in(year.people.coordinator)
    file = SimpleUploadedFile("est.csv", f"Datum;Insats\n{year.now.starts};Trafikkontroll\nigår;Fika\n".encode())
    given = client.post(f"{report_page}fil/", {"file": file}).headers["Location"]
    addresses = {
        "period": report_page,
        "figures-file": f"{report_page}fil/",
        "figures": given,
        "wheel": f"/arbete/tuna/{slug}/arshjul/",
        "lessons": f"/arbete/tuna/lardomar/{following.slug}/",
        "year": f"/arbete/tuna/{slug}/",
    }
    context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 800})
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    for name, address in addresses.items():
        page.goto(address)
        seen(page, f"{name}-{width}")
        accessible(page)
    page.goto(given)
    page.get_by_role("button", name="Provläs").click()
    page.get_by_role("heading", name="Stämmer det här?").wait_for()
    seen(page, f"figures-tried-{width}")
    accessible(page)
    context.close()


def test_somebody_follows_without_script(browser: Browser, live_server: Any, year: Year) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"/tuna/{year.promise.slug}/")
    page.get_by_role("link", name="Brev med e-post").click()

    page.get_by_label("Din e-post").fill("granne@example.se")
    page.wait_for_timeout(READING_TIME)
    page.get_by_role("button", name="Följ", exact=True).click()

    page.get_by_role("heading", name="Titta i din e-post").wait_for()
    assert context.cookies() == []
    context.close()
