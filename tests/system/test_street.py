"""A street table without a network: nothing is lost, and nothing comes twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Request

from dialogues import dialogue
from factories import Kommun, area, cycle, kommun
from lofte.voices.models import Contribution, Dialogue
from people import cast, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
MANY = 20


@pytest.fixture
def asked(live_server: Any) -> Dialogue:
    where = kommun()
    area(where, "Centrum")
    cycle(where, timezone.localdate().year)
    today = timezone.localdate()
    return dialogue(where, opens=today, closes=today + dt.timedelta(days=10), feedback_on=None)


@pytest.fixture
def table(browser: Browser, live_server: Any, asked: Dialogue) -> Iterator[BrowserContext]:
    where = Kommun(asked.cycle.municipality)
    where.organisations.update({each.key: each for each in where.municipality.organisations.all()})
    session = signed_in(cast(where).coordinator).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    yield context
    context.close()


def opened(table: BrowserContext) -> Page:
    """Opened once with a network, which is what one is told to do."""
    page = table.new_page()
    page.goto(f"/arbete/tuna/dialoger/{timezone.localdate().year}/trygg/torget/")
    page.locator("html[data-kept]").wait_for(state="attached", timeout=20_000)
    return page


def type_in(page: Page, text: str) -> None:
    page.get_by_label("Berätta med egna ord").fill(text)
    page.get_by_role("button", name="Spara och ta nästa").click()


def texts() -> list[str]:
    return sorted(Contribution.objects.values_list("text", flat=True))


def test_twenty_answers_offline_reloaded_and_online_again_are_twenty_rows(table: BrowserContext) -> None:
    page = opened(table)
    table.set_offline(True)
    page.get_by_label("Var?").select_option("Centrum")
    for number in range(MANY):
        type_in(page, f"Svar {number:02}")
    page.get_by_text(f"Svar som väntar på enheten: {MANY}.").wait_for()

    page.reload()
    page.get_by_text(f"Svar som väntar på enheten: {MANY}.").wait_for()
    assert texts() == []
    table.set_offline(False)

    page.get_by_text(f"Skickade nu: {MANY}.").wait_for(timeout=30_000)
    assert page.get_by_text("Inget väntar på enheten.").is_visible()
    assert texts() == [f"Svar {number:02}" for number in range(MANY)]
    assert Contribution.objects.filter(area__key="centrum", channel="street").count() == MANY


def test_answer_whose_receipt_was_lost_on_the_way_is_one_row(table: BrowserContext) -> None:
    page = opened(table)
    lost: list[Request] = []

    def lose_the_first(route: Any) -> None:
        """The server has it, but the device never hears so."""
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.request)
        route.fetch()
        route.abort()

    page.route("**/torget/", lose_the_first)
    type_in(page, "Bara en gång")
    page.get_by_text("Svar som väntar på enheten: 1.").wait_for()

    page.reload()

    page.get_by_text("Skickade nu: 1.").wait_for(timeout=30_000)
    assert len(lost) == 1
    assert texts() == ["Bara en gång"]


def test_signed_out_device_keeps_the_answers(table: BrowserContext) -> None:
    page = opened(table)
    table.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    type_in(page, "Kvar")

    page.get_by_text("Du är utloggad.").wait_for(timeout=15_000)
    assert page.get_by_text("Svar som väntar på enheten: 1.").is_visible()
    assert texts() == []


def test_answer_that_was_refused_is_mended_and_sent(table: BrowserContext) -> None:
    page = opened(table)
    page.get_by_label("Kvittokod").fill("fel")
    type_in(page, "Med fel kod")
    page.get_by_role("button", name="Rätta").click()

    page.get_by_label("Kvittokod").fill("")
    page.get_by_role("button", name="Spara och ta nästa").click()

    page.get_by_text("Skickade nu: 1.").wait_for(timeout=15_000)
    assert texts() == ["Med fel kod"]


def test_answer_that_says_nothing_is_not_queued(table: BrowserContext) -> None:
    page = opened(table)

    page.get_by_role("button", name="Spara och ta nästa").click()

    assert page.get_by_label("Berätta med egna ord").evaluate("field => field.validationMessage") != ""
    assert page.get_by_text("Inget väntar på enheten.").is_visible()


def test_page_stands_in_nobodys_way(table: BrowserContext) -> None:
    page = opened(table)
    page.get_by_label("Kvittokod").fill("fel")
    type_in(page, "Med fel kod")
    page.get_by_role("button", name="Rätta").wait_for()

    found = Axe().run(page, options=AXE).response["violations"]

    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
