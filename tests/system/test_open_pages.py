"""The open pages as a visitor meets them: any ability, any screen, no script, nothing of theirs taken."""

import gzip
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PAGES = [
    "/",
    "/strangnas/",
    "/strangnas/karta/",
    "/strangnas/2018/",
    "/strangnas/2019/",
    "/strangnas/2019/darfor/",
    "/strangnas/2019/rapport/2019-T1/",
    "/strangnas/2019/rapport/2019-T2/",
    "/strangnas/2019/kontrollera/",
    "/exempelkoping/",
    "/exempelkoping/2026/",
    "/exempelkoping/2026/darfor/",
    "/om/tillganglighet/",
    "/om/komponenter/",
    "/konto/login/",
    "/en/strangnas/2019/",
    "/en/exempelkoping/2026/",
    "/det-har-finns-inte/",
]
# The level that the law asks for and the newer one we hold ourselves to.
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
LIMIT = 60 * 1024


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_stands_in_anyones_way(browser: Browser, site: str, address: str, width: int, scheme: str) -> None:
    page = browser.new_page(base_url=site, viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)

    found = Axe().run(page, options=AXE).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()

    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert sideways <= 0


@pytest.mark.parametrize("address", PAGES[:-1])
def test_only_this_host_is_asked_and_no_cookie_left(page: Page, elsewhere: list[str], address: str) -> None:
    page.goto(address, wait_until="networkidle")

    assert elsewhere == []
    if "konto" not in address:
        assert page.context.cookies() == []


@pytest.mark.parametrize("address", ["/strangnas/2019/", "/exempelkoping/2026/", "/exempelkoping/2026/darfor/"])
def test_page_and_its_look_are_light(site: str, address: str) -> None:
    html = _fetch(site + address)
    links = [part.split('"')[0] for part in html.decode().split('rel="stylesheet" href="')[1:]]

    weight = len(gzip.compress(html)) + sum(len(gzip.compress(_fetch(site + link))) for link in links)

    assert links
    assert weight < LIMIT


def _fetch(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 our own site
        body: bytes = answer.read()
        return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body


def test_from_pledge_to_its_reason_by_keyboard_alone(page: Page) -> None:
    page.goto("/exempelkoping/2026/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    _tab_to(page, "summary")
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1
    _tab_to(page, "a[href*='/darfor/']")
    page.keyboard.press("Enter")

    page.wait_for_url("**/darfor/**")


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by keyboard")


def test_everything_reads_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()

    page.goto("/strangnas/2019/")

    assert page.locator(".pledges > li").count() == 6
    page.locator("summary").first.click()
    assert page.locator("details[open] .strand").is_visible()
    context.close()


def test_english_and_back_again_on_the_same_page(page: Page) -> None:
    page.goto("/strangnas/2019/")

    page.get_by_role("link", name="English").first.click()
    page.wait_for_url("**/en/strangnas/2019/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Svenska").first.click()

    page.wait_for_url("**/strangnas/2019/")
    assert "/en/" not in page.url
