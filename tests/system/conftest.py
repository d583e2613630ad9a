"""A whole site as people meet it: the demo served by `lofte serve`, and Debian's Chromium."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def site(checkout: Path) -> Iterator[str]:
    """The address of a running demo with its own var folder; it is ended by its process."""
    var = tempfile.mkdtemp(prefix="lofte-site-")
    environment = os.environ | {"LOFTE_VAR": var}
    lofte = [sys.executable, "-m", "lofte"]
    subprocess.run([*lofte, "demo", "--examples", str(checkout / "examples")], env=environment, check=True)
    server = subprocess.Popen(
        [*lofte, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield _address(server)
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
        shutil.rmtree(var, ignore_errors=True)


def _address(server: "subprocess.Popen[str]") -> str:
    assert server.stdout is not None
    for line in server.stdout:
        found = re.search(r"http://[^/\s]+", line)
        if found:
            return found.group()
    raise RuntimeError("the server ended before it said where it is")


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
