"""A statement round from both sides: on a phone without a script, by keyboard, and by the coordinator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from dialogues import dialogue, statement_round
from factories import Kommun, cycle, kommun
from lofte.voices import round_results
from lofte.voices.models import RoundVote, StatementRound
from people import cast, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PHONE = {"width": 320, "height": 640}
READING_TIME = 2200


@pytest.fixture
def tuna(live_server: Any) -> Kommun:
    cache.clear()
    where = kommun()
    cycle(where, timezone.localdate().year)
    return where


@pytest.fixture
def asked(tuna: Kommun) -> StatementRound:
    today = timezone.localdate()
    held = dialogue(tuna, opens=today, closes=today + dt.timedelta(days=10), feedback_on=None)
    return statement_round(held, "Lamporna går före.", "Bussen går före.", "Torget ska vara öppet.")


@pytest.fixture
def citizen(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    yield context
    context.close()


@pytest.fixture
def reader(browser: Browser, live_server: Any) -> Iterator[Page]:
    page = browser.new_page(base_url=live_server.url, viewport=PHONE)  # type: ignore[arg-type]
    yield page
    page.close()


def page_of() -> str:
    return f"/tuna/dialog/{timezone.localdate().year}/trygg/runda/runda/"


def work_of() -> str:
    return f"/arbete/tuna/dialoger/{timezone.localdate().year}/trygg/runda/runda/"


def faults(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options=AXE).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    wide = [("too wide", page.url)] if sideways > 0 else []
    return wide + [(each["id"], each["nodes"][0]["html"]) for each in found]


def test_phone_without_script_answers_all_and_changes_one(citizen: BrowserContext, asked: StatementRound) -> None:
    page = citizen.new_page()
    page.goto(f"/tuna/dialog/{timezone.localdate().year}/trygg/")
    page.get_by_role("link", name="Vad är viktigast?").click()
    page.wait_for_timeout(READING_TIME)
    page.get_by_role("button", name="Börja").click()

    for number in range(3):
        page.get_by_text(f"Du har svarat på {number} av 3.").wait_for()
        page.get_by_role("button", name="Håller med", exact=True).click()
    page.get_by_role("heading", name="Tack!").wait_for()
    page.get_by_role("button", name="Ändra det").click()
    page.get_by_role("button", name="Håller inte med").click()

    page.get_by_text("Håller inte med. ").wait_for()
    assert sorted(RoundVote.objects.values_list("value", flat=True)) == [-1, 1, 1]
    assert citizen.cookies() == []


def test_round_by_keyboard_and_with_script(reader: Page, asked: StatementRound) -> None:
    reader.goto(page_of())
    begin = reader.get_by_role("button", name="Börja")
    begin.focus()
    reader.wait_for_timeout(READING_TIME)
    reader.keyboard.press("Enter")
    reader.get_by_role("button", name="Hoppa över").wait_for(timeout=15_000)
    on_statement = faults(reader)

    reader.get_by_role("button", name="Hoppa över").focus()
    reader.keyboard.press("Enter")
    reader.get_by_text("Ditt förra svar:").wait_for()

    assert on_statement + faults(reader) == []
    assert [vote.value for vote in RoundVote.objects.all()] == [0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_a_round_stand_in_nobodys_way(
    browser: Browser, live_server: Any, asked: StatementRound, scheme: Any
) -> None:
    page = browser.new_page(base_url=live_server.url, viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(page_of())
    open_page = faults(page)
    for statement, value in zip(asked.statements.all(), (1, -1, 0), strict=True):
        RoundVote.objects.bulk_create(
            RoundVote(statement=statement, voter=f"v{number}", value=value) for number in range(30)
        )
    StatementRound.objects.update(closed_on=timezone.localdate())
    asked.refresh_from_db()
    round_results.close(asked)

    page.goto(page_of())

    assert page.get_by_text("Omkring 30 personer tog ställning.").is_visible()
    assert open_page + faults(page) == []
    page.close()


def test_coordinator_makes_opens_and_closes_a_round(browser: Browser, live_server: Any, asked: StatementRound) -> None:
    StatementRound.objects.update(is_draft=True)
    where = Kommun(asked.dialogue.cycle.municipality)
    where.organisations.update({each.key: each for each in where.municipality.organisations.all()})
    session = signed_in(cast(where).coordinator).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()

    page.goto(work_of())
    page.get_by_label("Påståenden, ett på varje rad").fill("Bänkar vid stationen.")
    page.get_by_role("button", name="Lägg till").click()
    draft = faults(page)
    page.get_by_role("button", name="Visa för alla").click()
    opened = faults(page)
    page.get_by_role("button", name="Stäng rundan nu").click()

    assert page.get_by_text("Rundan är stängd.").first.is_visible()
    assert draft + opened + faults(page) == []
    asked.refresh_from_db()
    assert (asked.statements.count(), asked.closed_on) == (4, timezone.localdate())
    context.close()
