"""From files to figures in a browser: a workbook and an answer to a kommundel's page, and what everyone sees after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from data_files import ROOT, DataSite, bra_workbook, data_site, kolada_reply, three_years, work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def here(live_server: Any, settings: Any, tmp_path: Path) -> DataSite:
    settings.MEDIA_ROOT = tmp_path
    settings.VAR = tmp_path
    return data_site()


def signed_in_browser(browser: Browser, client: Client, address: str, **options: Any) -> BrowserContext:
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 640}, **options)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    return context


@pytest.fixture
def coordinator(browser: Browser, live_server: Any, here: DataSite) -> Iterator[Page]:
    context = signed_in_browser(browser, here.coordinator, live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def give(page: Page, name: str, content: bytes) -> None:
    """Choose a file, let the worker look at it, and show what it found."""
    page.goto(f"{ROOT}fil/")
    page.get_by_label("Fil").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_role("button", name="Provläs filen").click()
    work()
    page.get_by_role("link", name="Visa hur långt den har kommit").click()


def take_in(page: Page) -> None:
    page.get_by_role("button", name="Läs in filen").click()
    work()
    page.get_by_role("link", name="Visa hur långt den har kommit").click()


def test_workbook_and_answer_become_figures_on_a_kommundel_page(coordinator: Page, here: DataSite) -> None:
    give(coordinator, "Tuna.xlsx", bra_workbook())
    assert coordinator.get_by_text("rader går att använda").is_visible()
    take_in(coordinator)
    assert coordinator.get_by_text("Filen är inläst.").is_visible()
    give(coordinator, "kolada.json", kolada_reply())
    take_in(coordinator)

    coordinator.goto(f"{ROOT}plats/norr/")

    assert coordinator.get_by_text("I Tuna kommun är 498 händelser av slaget skadegörelsebrott").is_visible()
    assert coordinator.get_by_text("22 procent 2023–2024 (osäkerhet 18–26)").is_visible()
    coordinator.get_by_text("Bild, tabell och metod: Skadegörelsebrott").click()
    assert coordinator.get_by_role("img", name="Skadegörelsebrott").is_visible()
    assert coordinator.get_by_role("cell", name="498 händelser").is_visible()


def test_own_incidents_go_from_file_to_everyone(coordinator: Page, here: DataSite) -> None:
    give(coordinator, "handelser.csv", three_years().encode())
    coordinator.get_by_label("Så räknas det").fill("Skadegörelse som skolan har rapporterat.")
    coordinator.get_by_label("Första dagen som filen täcker").fill("2024-01-01")
    coordinator.get_by_label("Sista dagen som filen täcker").fill("2026-04-30")
    take_in(coordinator)
    coordinator.get_by_role("link", name="handelser").click()
    coordinator.get_by_role("button", name="Förbered för publicering").click()
    work()
    coordinator.get_by_role("link", name="Visa hur långt det har kommit").click()
    coordinator.get_by_role("button", name="Publicera siffrorna").click()
    coordinator.get_by_role("link", name="Visa sidan").click()
    coordinator.get_by_role("link", name="Söder").click()

    assert coordinator.get_by_text("För Söder under januari–april 2026 visas inte antalet händelser").is_visible()
    coordinator.goto(f"{ROOT}plats/norr/")
    coordinator.get_by_role("button", name="Gör till underlag").click()
    assert coordinator.get_by_text("Siffran är nu ett underlag.").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_nothing_stands_in_anyones_way(
    browser: Browser, live_server: Any, here: DataSite, width: int, scheme: str
) -> None:
    tried = here.give("fel.csv", three_years() + "i går;klotter;Norr\n")
    asked = here.give("egen.csv", "När;Sak;Bostadsområde\n2026-03-01;klotter;Norr\n")
    data_set = here.read_in("handelser.csv", three_years(), definition="Rapporterat.", starts="2024-01-01",
                            ends="2026-04-30")  # fmt: skip
    here.read_in("Tuna.xlsx", bra_workbook())
    here.coordinator.post(f"{ROOT}data/{data_set.key}/publicera/")
    work()
    here.coordinator.post(f"{ROOT}data/{data_set.key}/publicera/", {"publicera": data_set.releases.get().pk})
    context = signed_in_browser(browser, here.coordinator, live_server.url, color_scheme=scheme)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    pages = (
        ROOT, f"{ROOT}fil/", here.page(tried), f"{here.page(asked)}kolumner/",
        f"{here.page(asked)}kolumner/?slag=incidents", f"{ROOT}data/{data_set.key}/", f"{ROOT}plats/norr/",
        f"{ROOT}kalender/", f"{ROOT}kalender/ny/", "/tuna/siffror/", "/tuna/siffror/norr/",
    )  # fmt: skip

    found = {address: barriers(page, address) for address in pages}
    context.close()

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def barriers(page: Page, address: str) -> list[str]:
    """What axe finds on a page with everything unfolded, and whether it must be scrolled sideways."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    violations = Axe().run(page, options=AXE).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in violations] + ["sideways"] * (sideways > 0)
