"""The picture in a browser without a script: kommun and police, from empty to adopted, and nothing in anyone's way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from pictures import DECISION, ROOT, PictureSite, picture_site, post

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
    "/arbete/tuna/lagen/register/",
    "/arbete/tuna/lagen/register/overenskommelser/",
    "/arbete/tuna/lagen/plan/2026/plan/",
    "/arbete/tuna/underlag/2026/teman/",
    "/arbete/tuna/mallar/word/",
    "/arbete/tuna/atgardsplan/2026/",
    "/arbete/tuna/atgardsplan/2026/plan/",
    "/arbete/tuna/atgardsplan/2026/plan/atgard/ny/",
    "/arbete/tuna/2026/",
    "/arbete/tuna/2026/glapp/problem_without_measure/problem-1/",
    f"{ROOT}lagesbild/kommentarer/problem/problem-1/",
)
OPEN_PAGES = (
    "/tuna/lagesbild/",
    "/tuna/lagesbild/2026/lagesbild/",
    "/tuna/lagesbild/2026/lagesbild/omrade/norr/",
    "/tuna/atgardsplan/2026/plan/",
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


def test_kommun_and_police_make_a_whole_picture_and_plan_from_nothing(
    coordinator: Page, officer: Page, here: PictureSite
) -> None:
    """Every step by hand, evidence first: nothing is there from the beginning but the kommun and its people."""
    here.survey.delete()
    write_evidence(coordinator, officer)
    coordinator.goto(ROOT)
    coordinator.get_by_role("button", name="Börja på en lägesbild").click()
    write_text_and_statements(coordinator)
    write_problem(officer)
    set_the_order(coordinator, officer)
    coordinator.goto(f"{ROOT}lagesbild/")
    coordinator.get_by_role("button", name="Lämna till gemensam granskning").click()
    coordinator.get_by_role("link", name="Skriv in beslutet").click()
    decide(coordinator, "Vilka antog lägesbilden?", "Lägesbilden är antagen")
    write_plan(coordinator, officer)

    visitor = Client()
    assert here.picture.state == "adopted"
    open_page = visitor.get("/tuna/lagesbild/2026/lagesbild/").text
    assert "Fler undviker parken på kvällen." in open_page
    assert "HEMLIG" not in open_page
    assert "Byta lamporna i parken" in visitor.get("/tuna/atgardsplan/2026/plan/").text


def write_evidence(coordinator: Page, officer: Page) -> None:
    coordinator.goto("/arbete/tuna/underlag/2026/nytt/")
    coordinator.get_by_label("Slag av underlag").select_option(label="undersökning")
    coordinator.get_by_label("Titel").fill("Trygghetsenkäten")
    coordinator.get_by_label("öppet för alla").check()
    coordinator.get_by_label("Vilken dag blev det klart?").fill("2026-01-15")
    coordinator.get_by_label("Det säger underlaget", exact=False).first.fill("Tre av tio undviker parken.")
    coordinator.get_by_label("Norr").check()
    save(coordinator)
    officer.goto("/arbete/tuna/underlag/2026/nytt/")
    officer.get_by_label("Slag av underlag").select_option(label="kriminalunderrättelse")
    officer.get_by_label("Titel").fill("Underrättelse om parken")
    officer.get_by_label("finns hos ägaren").check()
    officer.get_by_label("Vem har underlaget?").select_option(index=2)
    save(officer)


def write_text_and_statements(coordinator: Page) -> None:
    coordinator.get_by_role("link", name="Skriv situationen idag").click()
    coordinator.get_by_label("Situationen idag").fill("Lugnt på dagarna.")
    coordinator.get_by_label("Samlad bedömning").fill("Kommunen och polisen är överens.")
    save(coordinator)
    coordinator.get_by_role("link", name="Ny utsaga").click()
    coordinator.get_by_label("Mening som får visas").fill("Fler undviker parken på kvällen.")
    coordinator.get_by_label("Mening bara för oss").fill("HEMLIG mening för oss.")
    coordinator.get_by_label("Norr").check()
    coordinator.get_by_label("Trygghetsenkäten").check()
    coordinator.get_by_label("mer än förut").check()
    save(coordinator)


def write_problem(officer: Page) -> None:
    officer.goto(f"{ROOT}lagesbild/")
    officer.get_by_role("link", name="Nytt problem").click()
    officer.get_by_label("Problemet med några ord").fill("Mörk park")
    officer.get_by_label("Vad leder det till?").fill("Folk går omvägar.")
    officer.get_by_label("Ordning (1 kommer först)").fill("1")
    officer.get_by_label("Trygghetsenkäten").check()
    officer.get_by_label("Underrättelse om parken").check()
    save(officer)
    officer.get_by_role("link", name="Lägg till en orsak").click()
    officer.get_by_label("Orsak", exact=True).fill("Lamporna är trasiga")
    save(officer)


def set_the_order(coordinator: Page, officer: Page) -> None:
    officer.goto(f"{ROOT}lagesbild/ordning/")
    officer.get_by_role("link", name="Nytt kriterium").click()
    officer.get_by_label("Kriterium").fill("Hur många det drabbar")
    save(officer)
    for page, points in ((officer, "2"), (coordinator, "5")):
        page.goto(f"{ROOT}lagesbild/ordning/")
        page.get_by_label("Hur många det drabbar").select_option(points)
        page.get_by_role("button", name="Spara poängen").click()
    assert coordinator.get_by_text("Nej: Hur många det drabbar").is_visible()


def write_plan(coordinator: Page, officer: Page) -> None:
    coordinator.goto("/arbete/tuna/atgardsplan/2026/")
    coordinator.get_by_role("button", name="Börja på en åtgärdsplan").click()
    officer.goto("/arbete/tuna/atgardsplan/2026/plan/")
    officer.get_by_role("link", name=re.compile("Ny åtgärd.*Mörk park")).click()
    officer.get_by_label("Åtgärd", exact=False).first.fill("Byta lamporna i parken")
    officer.get_by_label("Lamporna är trasiga (Mörk park)").check()
    officer.get_by_label("Vem ansvarar?").select_option(index=1)
    officer.get_by_label("Vad kostar den? (kronor)").fill("120000")
    save(officer)
    coordinator.reload()
    coordinator.get_by_role("link", name="Skriv in beslutet").click()
    decide(coordinator, "Vilka beslutade planen?", "Planen är beslutad")


def decide(page: Page, who: str, button: str) -> None:
    page.get_by_label(who).fill("Kommunfullmäktige")
    page.get_by_label("Vilken dag?").fill("2026-02-28")
    page.get_by_label("Paragraf i protokollet").fill("§ 12")
    page.get_by_label("Diarienummer").fill("KS 2026:7")
    page.get_by_role("button", name=button).click()


def test_text_survives_that_the_browser_is_closed(browser: Browser, live_server: Any, here: PictureSite) -> None:
    here.begin()
    address = f"{ROOT}lagesbild/problem/nytt/"
    first = signed_in_browser(browser, here.coordinator, live_server.url)
    page = first.new_page()
    page.goto(address)
    page.get_by_label("Problemet med några ord").press_sequentially("Mörk park")
    page.get_by_text("Utkastet är sparat").wait_for()
    first.close()

    again = signed_in_browser(browser, here.coordinator, live_server.url)
    page = again.new_page()
    page.goto(address)
    page.get_by_role("link", name="Hämta texten").click()

    assert page.get_by_label("Problemet med några ord").input_value() == "Mörk park"
    again.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_stands_in_anyones_way(browser: Browser, live_server: Any, here: PictureSite, width: int) -> None:
    here.fill()
    here.coordinator.post("/arbete/tuna/atgardsplan/2026/")
    context = signed_in_browser(browser, here.coordinator, live_server.url)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})

    found = {address: barriers(page, address) for address in PAGES}
    drawn_and_decided(here)
    found |= {address: barriers(page, address) for address in OPEN_PAGES}
    context.close()

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def drawn_and_decided(here: PictureSite) -> None:
    """The picture adopted with a figure in it, and a plan decided on it."""
    drawn = here.cycle.indicators.create(key="skada", name="Skador", kind="crime_rate", unit="per 100 000 invånare")
    for year in (2023, 2024, 2025):
        drawn.values.create(key=str(year), starts=f"{year}-01-01", ends=f"{year}-12-31", value=year - 2000)
    here.picture.statements.get(key="utsaga-1").figures.create(indicator=drawn)
    plan = "/arbete/tuna/atgardsplan/2026/plan/"
    post(here.coordinator, f"{plan}atgard/ny/", text="Byta lamporna", problems=[here.picture.problems.get().pk])
    here.hand_over()
    here.adopt()
    post(here.coordinator, f"{plan}beslut/", **DECISION)


def barriers(page: Page, address: str) -> list[str]:
    """What axe finds on a page, and whether it must be scrolled sideways."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    violations = Axe().run(page, options=AXE).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in violations] + ["sideways"] * (sideways > 0)
