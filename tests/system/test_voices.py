"""A dialogue from both sides: somebody on a phone, without an account or a script; and the coordinator, by keyboard."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from dialogues import dialogue, theme, voice
from factories import Kommun, area, cycle, kommun
from lofte.evidence.figure_models import Fact
from lofte.voices import codes
from lofte.voices.models import Claim, Contribution, Dialogue, ParticipantCount, SafetyWalk, WalkPhoto, WalkPoint
from people import cast, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PHONE = {"width": 375, "height": 812}
NARROW = {"width": 320, "height": 640}
# A form sent sooner than a person could is refused.
READING_TIME = 2200
CODE = "4F7K-2M9P-XR3T"


@pytest.fixture
def tuna(live_server: Any) -> Kommun:
    cache.clear()
    where = kommun()
    for name in ("Centrum", "Strand"):
        area(where, name)
    cycle(where, timezone.localdate().year)
    return where


@pytest.fixture
def asked(tuna: Kommun) -> Dialogue:
    today = timezone.localdate()
    return dialogue(tuna, opens=today, closes=today + dt.timedelta(days=10), feedback_on=today + dt.timedelta(days=40))


def opened(browser: Browser, address: str, **options: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, viewport=PHONE, **options)
    yield context
    context.close()


@pytest.fixture
def citizen(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    yield from opened(browser, live_server.url)


@pytest.fixture
def without_script(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    yield from opened(browser, live_server.url, java_script_enabled=False)


@pytest.fixture
def coordinator(browser: Browser, live_server: Any, tuna: Kommun) -> Iterator[BrowserContext]:
    client = signed_in(cast(tuna).coordinator)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    for context in opened(browser, live_server.url):
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        yield context


def year() -> int:
    return timezone.localdate().year


def page_of(key: str = "trygg") -> str:
    return f"/tuna/dialog/{year()}/{key}/"


def work_of(what: str = "", key: str = "trygg") -> str:
    return f"/arbete/tuna/dialoger/{year()}/{key}/{what}"


def tab_to(page: Page, selector: str) -> None:
    for _each in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by keyboard")


# --- somebody on a phone


def test_phone_without_script_from_question_to_receipt(without_script: BrowserContext, asked: Dialogue) -> None:
    page = without_script.new_page()
    page.goto(page_of())
    page.get_by_role("link", name="Svara", exact=True).click()
    assert page.get_by_text("Händer det något nu? Ring 112.").is_visible()

    page.get_by_label("Var?").select_option("Centrum")
    page.get_by_label("När på dygnet?").select_option("På kvällen")
    page.get_by_label("Ganska otrygg").check()
    page.get_by_label("Berätta med egna ord").fill("Det är mörkt i tunneln.")
    page.get_by_label("Hur gammal är du?").select_option("18–24 år")
    page.wait_for_timeout(READING_TIME)
    page.get_by_role("button", name="Skicka svaret").click()
    code = page.locator("#kvittokod").inner_text()
    page.get_by_role("link", name="Här skriver du in koden sedan").click()
    page.get_by_label("Kvittokod").fill(code.lower())
    page.wait_for_timeout(READING_TIME)
    page.get_by_role("button", name="Visa").click()

    assert page.get_by_text("Ditt svar är mottaget.").is_visible()
    assert without_script.cookies() == []
    stored = Contribution.objects.get()
    assert (stored.text, stored.area and stored.area.name) == ("Det är mörkt i tunneln.", "Centrum")
    assert ParticipantCount.objects.get(count=1).age == "18-24"


def test_answer_by_keyboard_alone_at_320_pixels(citizen: BrowserContext, asked: Dialogue) -> None:
    page = citizen.new_page()
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(f"{page_of()}svara/")

    tab_to(page, "[name=area]")
    page.keyboard.type("Str")
    tab_to(page, "[name=text]")
    page.keyboard.type("Det känns bra här.")
    page.wait_for_timeout(READING_TIME)
    tab_to(page, "main button.ds-button")
    page.keyboard.press("Enter")

    page.locator("#kvittokod").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert [each.area and each.area.name for each in Contribution.objects.all()] == ["Strand"]


def test_browser_with_script_does_the_work_by_itself(citizen: BrowserContext, asked: Dialogue) -> None:
    page = citizen.new_page()
    page.goto(f"{page_of()}svara/")
    page.get_by_label("Berätta med egna ord").fill("Hej.")
    page.locator("altcha-widget [type=checkbox]:checked").wait_for(timeout=15_000)
    page.wait_for_timeout(READING_TIME)

    page.get_by_role("button", name="Skicka svaret").click()

    page.locator("#kvittokod").wait_for()
    assert citizen.cookies() == []


def test_mistake_keeps_what_was_written_and_leads_to_the_field(without_script: BrowserContext, asked: Dialogue) -> None:
    page = without_script.new_page()
    page.goto(f"{page_of()}svara/")
    page.get_by_label("Var?").select_option("Centrum")
    page.wait_for_timeout(READING_TIME)

    page.get_by_role("button", name="Skicka svaret").click()

    summary = page.get_by_role("group", name="Det här behöver rättas")
    assert summary.get_by_role("link").get_attribute("href") == "#id_text"
    assert page.get_by_label("Var?").input_value() == "centrum"


def test_english_page_asks_the_same(citizen: BrowserContext, asked: Dialogue) -> None:
    page = citizen.new_page()
    page.goto(f"/en{page_of()}svara/")

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").get_attribute("lang") == "sv"
    assert page.locator("select").count() == 5


# --- the coordinator


def test_coordinator_opens_a_dialogue_and_everyone_can_see_it(
    coordinator: BrowserContext, citizen: BrowserContext
) -> None:
    today = timezone.localdate()
    page = coordinator.new_page()
    page.goto("/arbete/tuna/dialoger/")
    page.get_by_role("link", name="Ny dialog").click()
    page.get_by_label("Rubrik").fill("Vad behöver Strand?")
    page.get_by_label("Det här frågar vi om").fill("Berätta vad du vill se.")
    page.get_by_label("Det här går att påverka").fill("Vilka platser vi börjar med.")
    page.get_by_label("Öppnar").fill(today.isoformat())
    page.get_by_label("Stänger").fill((today + dt.timedelta(days=14)).isoformat())
    page.get_by_label("Senast den här dagen har alla fått svar").fill((today + dt.timedelta(days=60)).isoformat())
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("button", name="Visa för alla").click()

    seen = citizen.new_page()
    seen.goto("/tuna/dialog/")
    seen.get_by_role("link", name="Vad behöver Strand?").click()
    assert seen.get_by_role("link", name="Svara", exact=True).is_visible()


def test_pile_of_paper_is_typed_in_without_the_mouse(coordinator: BrowserContext, asked: Dialogue) -> None:
    page = coordinator.new_page()
    page.goto(work_of("skriv-in/"))
    started = timezone.now()
    page.locator("[name=area]:focus").wait_for()
    page.keyboard.type("Cen")

    for number in range(10):
        page.locator("[name=area]:focus").wait_for()
        for _field in ("time_band", "category", "feeling", "text"):
            page.keyboard.press("Tab")
        page.keyboard.type(f"Papper nummer {number}.")
        tab_to(page, "[name=code]")
        page.keyboard.press("Enter")
        page.get_by_text(re.compile(rf"^{number + 1} svar är inskriv")).wait_for()

    assert Contribution.objects.filter(channel="paper", area__key="centrum").count() == 10
    assert (timezone.now() - started).total_seconds() < 60


def test_from_review_to_an_answer_that_reaches_the_receipt(
    coordinator: BrowserContext, without_script: BrowserContext, asked: Dialogue
) -> None:
    said = voice(asked, "Ring 070-123 45 67, det är mörkt i tunneln.")
    Claim.objects.create(dialogue=asked, voice=said.key, digest=codes.digest_of(CODE))
    page = coordinator.new_page()
    page.goto(work_of())
    page.get_by_role("link", name="Granska 1 svar").click()
    page.get_by_role("link", name="Börja granska").click()
    assert page.locator("mark").inner_text() == "070-123 45 67"
    page.get_by_label("Dölj något och visa för alla").check()
    page.get_by_role("button", name="Spara och ta nästa").click()

    page.goto(work_of("teman/sortera/"))
    page.get_by_label("Nytt tema").fill("Mörkt i tunneln")
    page.get_by_role("button", name="Lägg till temat").click()
    page.get_by_label("Tema", exact=False).last.select_option("Mörkt i tunneln")
    page.get_by_role("button", name="Spara och ta fler").click()
    page.goto(work_of())
    page.get_by_role("link", name="Mörkt i tunneln").click()
    page.get_by_label("Vad blev det av det?").select_option("Togs med")
    page.get_by_label("Berätta").fill("Kommunen byter lamporna före jul.")
    page.get_by_label("Visa temat för alla").check()
    page.get_by_role("button", name="Spara").click()

    seen = without_script.new_page()
    seen.goto(page_of())
    assert seen.get_by_text("Kommunen byter lamporna före jul.").is_visible()
    assert seen.get_by_text("Ring […], det är mörkt i tunneln.").is_visible()
    seen.goto("/tuna/dialog/kvittokod/")
    seen.get_by_label("Kvittokod").fill(CODE)
    seen.wait_for_timeout(READING_TIME)
    seen.get_by_role("button", name="Visa").click()
    assert seen.get_by_text("Kommunen byter lamporna före jul.").is_visible()


# --- nothing stands in anyone's way


def read_in(of: Dialogue) -> None:
    """Who lives here, so that the pages say who was not heard."""
    people = of.cycle.data_sets.create(key="folk", title="Folkmängden", contract="population")
    for group in ("0-17 år · män", "0-17 år · kvinnor", "18-100 år · män", "18-100 år · kvinnor"):
        Fact.objects.create(
            data_set=people, scope="municipality", place="Tuna", category="Folkmängd", group=group, count=900,
            starts=of.cycle.starts, ends=of.cycle.ends,
        )  # fmt: skip


@pytest.fixture
def filled(asked: Dialogue) -> Dialogue:
    """A dialogue with something of everything on its pages."""
    dark = theme(asked, answer="used", answer_text="Kommunen byter lamporna.", count=7)
    theme(asked, "Bussen")
    for number in range(12):
        voice(asked, f"Svar {number}", visibility="open", decision="publish", theme=dark)
    voice(asked, "Väntar: 070-123 45 67", key="vantar")
    voice(asked, "Lämnat vidare", key="vidare", decision="hand_over")
    walk = SafetyWalk.objects.create(
        dialogue=asked, key="vandring-1", title="Runt stationen", on=timezone.localdate(), visibility="open"
    )
    point = WalkPoint.objects.create(walk=walk, order=1, kind="light", text="Lampan är släckt.")
    WalkPhoto.objects.create(point=point, content=b"", width=400, height=300, text="En släckt lampa.")
    for age in ParticipantCount.Age.values:
        ParticipantCount.objects.create(
            dialogue=asked, month=timezone.localdate().replace(day=1), age=age, sex="woman", count=6
        )
    read_in(asked)
    return asked


def faults(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options=AXE).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    wide = [("too wide", page.url)] if sideways > 0 else []
    return wide + [(each["id"], each["nodes"][0]["html"]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_open_pages_stand_in_nobodys_way(
    browser: Browser, live_server: Any, filled: Dialogue, width: int, scheme: Any
) -> None:
    staff = dialogue(
        _kommun_of(filled), filled.cycle, kind="staff", key="medarbetare", title="Vad ser ni?", opens=filled.opens,
        closes=filled.closes,
    )  # fmt: skip
    page = browser.new_page(base_url=live_server.url, viewport={"width": width, "height": 800}, color_scheme=scheme)

    found = {}
    for address in (
        "/tuna/dialog/",
        page_of(),
        f"/en{page_of()}",
        f"{page_of()}svara/",
        f"/en{page_of()}svara/",
        f"{page_of()}vandring/vandring-1/",
        "/tuna/dialog/kvittokod/",
        f"/tuna/medarbetardialog/{year()}/medarbetare/{codes.link_token(staff)}/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        found[address] = faults(page)
    page.close()

    assert {address: each for address, each in found.items() if each} == {}


def _kommun_of(of: Dialogue) -> Kommun:
    municipality = of.cycle.municipality
    return Kommun(municipality, {each.key: each for each in municipality.organisations.all()})


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_work_stand_in_nobodys_way(coordinator: BrowserContext, filled: Dialogue, width: int) -> None:
    staff = dialogue(_kommun_of(filled), filled.cycle, kind="staff", key="medarbetare", title="Vad ser ni?")
    for of in (staff, filled):
        for number in range(30):
            voice(of, "", key=f"{of.key}-{number}", category="light" if number % 3 else "traffic")
    page = coordinator.new_page()
    page.set_viewport_size({"width": width, "height": 800})

    found = {}
    for address in (
        "/arbete/tuna/dialoger/",
        "/arbete/tuna/dialoger/ny/",
        work_of(),
        work_of("andra/"),
        work_of("skriv-in/"),
        work_of("fil/"),
        work_of("granska/"),
        work_of("granska/vantar/"),
        work_of("granska/vidare/"),
        work_of("teman/ny/"),
        work_of("teman/sortera/?alla"),
        work_of("tema/tema-1/"),
        work_of("vandringar/ny/"),
        work_of("vandring/vandring-1/"),
        work_of("vandring/vandring-1/andra/"),
        work_of("torget/"),
        work_of("rundor/ny/"),
        work_of("jamfor/", "medarbetare"),
        work_of(f"vandring/vandring-1/{WalkPoint.objects.get().pk}/"),
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        found[address] = faults(page)

    assert {address: each for address, each in found.items() if each} == {}
