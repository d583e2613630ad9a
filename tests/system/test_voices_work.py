"""Those who read and sort voices, by keyboard and without a script: masking, two coders, proposals and files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from dialogues import dialogue, theme, voice
from factories import Kommun, cycle, kommun
from lofte.imports.models import Upload
from lofte.voices.models import CodingSample, Contribution, Dialogue, OriginalText, SuggestedCode
from people import Cast, cast, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SAID = "Vid Coop står alltid Anna Lindgren, ring 070-123 45 67. Fråga Sten i trean."


@pytest.fixture
def here(live_server: Any) -> Kommun:
    where = kommun()
    cycle(where, timezone.localdate().year)
    return where


@pytest.fixture
def everybody(here: Kommun) -> Cast:
    return cast(here)


@pytest.fixture
def asked(here: Kommun) -> Dialogue:
    today = timezone.localdate()
    return dialogue(here, opens=today, closes=today + dt.timedelta(days=10), feedback_on=today + dt.timedelta(days=40))


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    made: list[BrowserContext] = []
    yield made
    for context in made:
        context.close()


@pytest.fixture
def page_of(browser: Browser, live_server: Any, everybody: Cast, contexts: list[BrowserContext]) -> Any:
    """A page of somebody who has signed in."""

    def opened(who: str, **options: Any) -> Page:
        session = signed_in(getattr(everybody, who)).cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640}, **options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    return opened


def work_of(what: str = "") -> str:
    return f"/arbete/tuna/dialoger/{timezone.localdate().year}/trygg/{what}"


def tab_to(page: Page, selector: str) -> None:
    for _each in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by keyboard")


def faults(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options=AXE).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0
    return [("too wide", page.url)] * wide + [(each["id"], each["nodes"][0]["html"]) for each in found]


@pytest.mark.parametrize("has_script", [True, False])
def test_findings_are_masked_one_by_one_by_keyboard_and_saved_by_the_last_button(
    page_of: Any, asked: Dialogue, has_script: bool
) -> None:
    said = voice(asked, SAID)
    page = page_of("coordinator", java_script_enabled=has_script)
    page.goto(work_of(f"granska/{said.key}/"))

    for words in ("Sten", "Coop"):
        button = page.get_by_role("button", name=f"Maskera {words}")
        button.focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name=f"Maskera {words}").wait_for(state="detached")
    proposal = page.get_by_label("Så visas texten om något döljs").input_value()
    unsaved = Contribution.objects.get().text
    page.get_by_role("button", name="Spara och ta nästa").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Alla svar är granskade.").first.wait_for()

    assert proposal == "Vid […] står alltid […], ring […]. Fråga […] i trean."
    assert unsaved == SAID
    kept = Contribution.objects.get()
    assert (kept.text, kept.decision) == (proposal, "mask")
    assert OriginalText.objects.get().text == SAID


def test_review_with_mask_buttons_stands_in_nobodys_way(page_of: Any, asked: Dialogue) -> None:
    said = voice(asked, SAID)
    page = page_of("coordinator")
    page.goto(work_of(f"granska/{said.key}/"))

    tab_to(page, "[name=maskera]")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Maskera Coop").wait_for(state="detached")

    assert faults(page) == []


def test_two_code_by_keyboard_and_settle_what_differed(page_of: Any, asked: Dialogue) -> None:
    theme(asked, "Mörkt", key="morkt", definition="Svar om ljus.")
    theme(asked, "Trafik", key="trafik")
    for number in range(10):
        voice(asked, f"Svar {number}.", visibility="open", decision="publish")
    one, two = page_of("coordinator"), page_of("police_editor", java_script_enabled=False)
    one.goto(work_of("kodbok/"))
    found = {"codebook": faults(one)}
    one.get_by_role("link", name="Dra ett urval").click()
    one.get_by_label("Vem kodar tillsammans med dig?").select_option("police_editor")
    found["new"] = faults(one)
    one.get_by_role("button", name="Dra urvalet").click()
    one.get_by_text("Du har satt tema på 0 av 10 svar.").wait_for()
    found["coding"] = faults(one)
    where = work_of(f"kodning/{CodingSample.objects.get().pk}/")

    for page, letters in ((one, "MMMMMTTTTT"), (two, "MMMMMTTTTM")):
        page.goto(where)
        tab_to(page, "select")
        for letter in letters:
            page.keyboard.type(letter)
            page.keyboard.press("Tab")
        tab_to(page, "main form .ds-button")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Jag är klar").click()
    two.get_by_text("Ni satte samma tema på 9 av 10 svar.").wait_for()
    one.goto(where)
    found["result"] = faults(one)
    one.get_by_label("Vi enas om").select_option("Trafik")
    one.get_by_role("button", name="Spara det ni enades om").click()
    one.get_by_text("Allt är avgjort.").wait_for()

    assert {name: each for name, each in found.items() if each} == {}
    assert Contribution.objects.filter(theme__key="trafik").count() == 5


def test_proposal_is_taken_with_space_and_stands_in_nobodys_way(page_of: Any, asked: Dialogue) -> None:
    dark = theme(asked, "Mörkt", key="morkt")
    said = voice(asked, "Lampan är trasig.")
    SuggestedCode.objects.create(voice=said, theme=dark, because=["lampa", "trasig"])
    page = page_of("coordinator")
    page.goto(work_of("teman/sortera/"))
    found = faults(page)

    tab_to(page, f"[name={said.key}_forslag]")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Spara och ta fler").click()
    page.get_by_text("1 svar är sorterat.").wait_for()

    assert found == []
    assert Contribution.objects.get().theme == dark


@pytest.mark.parametrize("state", ["received", "tried", "committed"])
def test_page_of_a_file_stands_in_nobodys_way(page_of: Any, asked: Dialogue, state: str) -> None:
    upload = Upload.objects.create(
        municipality=asked.cycle.municipality, kind="voices", name="svar.xlsx", sha256="x", size=1, state=state,
        delete_after=timezone.now(), committed_at=timezone.now() if state == "committed" else None,
        result={"headings": ["Svar", "Var"]}, mapping={"text": "Svar"} if state == "tried" else {}, rows_in=3,
        rows_used=2, rows_rejected=1,
        problems=[{"row": 2, "column": "Var", "value": "•••", "reason": "Ordet känns inte igen."}],
    )  # fmt: skip
    page = page_of("coordinator")
    page.goto(work_of(f"fil/{upload.pk}/"))

    assert faults(page) == []
