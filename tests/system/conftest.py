"""A whole site as people meet it: the demo served by `lofte serve`, and Debian's Chromium."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from served import Demo, served

CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

expect.set_options(timeout=30_000)  # a busy machine is no failure


@pytest.fixture(scope="session")
def site(checkout: Path) -> Iterator[str]:
    """The address of a demo that is only read."""
    with served(checkout / "examples") as demo:
        yield demo.address


@pytest.fixture(scope="module")
def demo(checkout: Path) -> Iterator[Demo]:
    """A demo of one's own: what is written here is nobody else's."""
    with served(checkout / "examples") as demo:
        yield demo


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("LOFTE_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is not there (LOFTE_CHROMIUM names it)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        yield started
        started.close()


@pytest.fixture
def elsewhere() -> list[str]:
    """Requests that a page made to another host; must stay empty."""
    return []


@pytest.fixture
def context(browser: Browser, site: str, elsewhere: list[str]) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=site, viewport={"width": 375, "height": 812})

    def watch(route: Route) -> None:
        if route.request.url.startswith((site, "data:")):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    made.route("**/*", watch)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
