"""The picture in a browser without a script: kommun and police, from empty to adopted, and nothing in anyone's way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from pictures import ROOT, PictureSite, picture_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PAGES = (
    "/arbete/tuna/underlag/2026/",
    "/arbete/tuna/underlag/2026/nytt/",
    ROOT,
    f"{ROOT}lagesbild/",
    f"{ROOT}lagesbild/las/",
    f"{ROOT}lagesbild/tackning/",
    f"{ROOT}lagesbild/ordning/",
    f"{ROOT}lagesbild/utsaga/utsaga-1/",
    f"{ROOT}lagesbild/problem/problem-1/",
    f"{ROOT}lagesbild/orsak/orsak-1/",
    "/arbete/tuna/lagen/",
    "/arbete/tuna/lagen/BFL-20/",
)


@pytest.fixture
def here(live_server: Any) -> PictureSite:
    return picture_site()


def signed_in_browser(browser: Browser, client: Client, address: str, **options: Any) -> BrowserContext:
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 640}, **options)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    return context


@pytest.fixture
def coordinator(browser: Browser, live_server: Any, here: PictureSite) -> Iterator[Page]:
    context = signed_in_browser(browser, here.coordinator, live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def officer(browser: Browser, live_server: Any, here: PictureSite) -> Iterator[Page]:
    context = signed_in_browser(browser, here.officer, live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def save(page: Page) -> None:
    page.get_by_role("button", name="Spara", exact=True).click()
    assert page.get_by_text("Sparat.").is_visible()


def test_kommun_and_police_make_a_picture_and_the_body_adopts_it(
    coordinator: Page, officer: Page, here: PictureSite
) -> None:
    coordinator.goto(ROOT)
    coordinator.get_by_role("button", name="Börja på en lägesbild").click()
    coordinator.get_by_role("link", name="Skriv situationen idag").click()
    coordinator.get_by_label("Situationen idag").fill("Lugnt på dagarna.")
    coordinator.get_by_label("Samlad bedömning").fill("Kommunen och polisen är överens.")
    save(coordinator)
    coordinator.get_by_role("link", name="Ny utsaga").click()
    coordinator.get_by_label("Mening som får visas").fill("Fler undviker parken på kvällen.")
    coordinator.get_by_label("Norr").check()
    coordinator.get_by_label("Enkäten").check()
    save(coordinator)
    officer.goto(f"{ROOT}lagesbild/")
    officer.get_by_role("link", name="Nytt problem").click()
    officer.get_by_label("Problemet med några ord").fill("Mörk park")
    officer.get_by_label("Ordning (1 kommer först)").fill("1")
    save(officer)
    officer.get_by_role("link", name="Lägg till en orsak").click()
    officer.get_by_label("Orsak", exact=True).fill("Lamporna är trasiga")
    save(officer)
    coordinator.reload()
    coordinator.get_by_role("button", name="Lämna till gemensam granskning").click()
    coordinator.get_by_role("link", name="Skriv in beslutet").click()
    coordinator.get_by_label("Vilka antog lägesbilden?").fill("Kommunfullmäktige")
    coordinator.get_by_label("Vilken dag?").fill("2026-02-28")
    coordinator.get_by_label("Paragraf i protokollet").fill("§ 12")
    coordinator.get_by_label("Diarienummer").fill("KS 2026:7")
    coordinator.get_by_role("button", name="Lägesbilden är antagen").click()

    assert coordinator.get_by_text("Antagen den 28 februari 2026 av Kommunfullmäktige.").is_visible()
    assert here.picture.frozen.sha256 in coordinator.content()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_stands_in_anyones_way(browser: Browser, live_server: Any, here: PictureSite, width: int) -> None:
    here.fill()
    context = signed_in_browser(browser, here.coordinator, live_server.url)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})

    found = {address: barriers(page, address) for address in PAGES}
    context.close()

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def barriers(page: Page, address: str) -> list[str]:
    """What axe finds on a page, and whether it must be scrolled sideways."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    violations = Axe().run(page, options=AXE).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in violations] + ["sideways"] * (sideways > 0)
