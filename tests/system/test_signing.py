"""Two organisations write a promise together, one signs on paper and one on screen, and it is published."""

import base64
import hashlib
import hmac
import struct
import time
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from served import Demo

pytestmark = pytest.mark.browser
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
STEP = 30


@dataclass
class Person:
    """Somebody at work, with a browser of their own."""

    page: Page
    password: str
    secret: str = ""

    def goes(self, path: str) -> None:
        self.page.goto(path)
        self.meets_no_barrier()

    def writes(self, **values: str) -> None:
        for name, value in values.items():
            self.page.fill(f"[name={name}]", value)

    def saves(self) -> None:
        self.page.locator("main form .buttons .ds-button").first.click()
        self.page.wait_for_load_state()
        self.meets_no_barrier()

    def follows(self, text: str, place: int = 0) -> None:
        self.page.get_by_role("link", name=text).nth(place).click()
        self.page.wait_for_load_state()
        self.meets_no_barrier()

    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    def meets_no_barrier(self) -> None:
        found = Axe().run(self.page, options=AXE).response["violations"]
        sideways = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], self.page.url
        assert sideways <= 0, self.page.url

    def sets_up_codes(self) -> None:
        self.page.goto("/konto/2fa/totp/activate/")
        if self.page.locator("[name=password]").count():
            self.writes(password=self.password)
            self.page.locator("main button.ds-button").first.click()
        self.secret = self.page.locator("code").first.inner_text()
        self.writes(code=code_of(self.secret, time.time()))
        self.page.locator("main button.ds-button").first.click()
        self.page.wait_for_load_state()

    def shows_who_it_is(self) -> None:
        """Whatever the page asks for, until the text stands there to be signed."""
        for _step in range(2):
            if not self.page.locator("main a.ds-button").count():
                return
            self.page.locator("main a.ds-button").click()
            self.page.wait_for_load_state()
            if self.page.locator("[name=password]").count():
                self.writes(password=self.password)
            else:
                time.sleep(STEP - time.time() % STEP + 1)  # a code can be used once
                self.writes(code=code_of(self.secret, time.time()))
            self.page.locator("main button.ds-button").first.click()
            self.page.wait_for_load_state()


def code_of(secret: str, at: float) -> str:
    """RFC 6238, as the app on a phone counts."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at // STEP)), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def person(browser: Browser, demo: Demo, who: str, *, width: int = 1280, script: bool = True) -> Person:
    context = browser.new_context(
        base_url=demo.address, viewport={"width": width, "height": 900}, java_script_enabled=script
    )
    page = context.new_page()
    page.goto("/konto/login/")
    page.fill("[name=login]", f"{who}@exempelkoping.example")
    page.fill("[name=password]", demo.password)
    page.locator("main button.ds-button").first.click()
    page.wait_for_url("**/arbete/")
    return Person(page, demo.password)


def begin(coordinator: Person, year: int) -> str:
    coordinator.goes("/arbete/exempelkoping/nytt-lofte/")
    coordinator.page.select_option("[name=cycle]", "")
    coordinator.writes(starts=f"{year}-01-01", ends=f"{year}-12-31", short_line="Lugnare kvällar i centrum")
    coordinator.saves()
    return coordinator.page.url.removesuffix("skriv/")


@pytest.mark.slow
def test_two_organisations_write_sign_and_publish(browser: Browser, demo: Demo) -> None:
    coordinator = person(browser, demo, "samordnare")
    police = person(browser, demo, "kommunpolis", width=375)
    promise = begin(coordinator, 2027)
    coordinator.goes(f"{promise}skriv/texten/")
    coordinator.writes(overall_pledge="Vi lovar att kvällarna i centrum ska bli lugnare.")
    coordinator.saves()

    # The police write a pledge; the check speaks while they write.
    police.goes(f"{promise}skriv/nytt/lofte/")
    police.writes(text="Insatser ska genomföras för att värna tryggheten.")
    police.page.locator("#granskning .hits > li.blocks").first.wait_for()
    assert "Vem som ansvarar" in police.page.locator("#granskning").inner_text()
    police.writes(text="Polisen gör minst åtta trafikkontroller i centrum under 2027.")
    police.page.get_by_label("Polisen", exact=True).first.check()
    police.page.locator("#granskning .blocks").first.wait_for(state="detached")
    police.saves()
    police.follows("Lägg till en aktivitet")
    police.writes(text="Trafikkontroller på kvällar")
    police.saves()
    police.follows("Lägg till hur mycket")
    police.writes(amount="8", unit="trafikkontroller", places="Stationstorget: 6\nCentrum: 2")
    police.saves()

    # Both write in the same part: nothing is lost.
    police.goes(f"{promise}skriv/texten/")
    police.writes(desired_outcome="Fler ska våga gå ut.")
    coordinator.goes(f"{promise}skriv/texten/")
    coordinator.writes(desired_outcome="Dubbelt så många ska våga gå ut.")
    coordinator.saves()
    police.saves()
    assert "Någon annan har sparat medan du skrev" in police.reads()
    assert "Dubbelt så många ska våga gå ut." in police.reads()
    police.saves()

    # Frozen, and signed: the kommun on paper, the police on screen.
    coordinator.goes(f"{promise}skriv/")
    coordinator.page.get_by_role("button", name="Frys texten").click()
    coordinator.page.wait_for_load_state()
    coordinator.meets_no_barrier()
    note = coordinator.page.locator("p.note", has_text="kontrollsumma").inner_text()
    coordinator.follows("För in underskrift på papper", place=1)
    today = coordinator.page.evaluate("new Date().toISOString().slice(0, 10)")
    coordinator.writes(signed_on=today, checksum=note.partition("kontrollsumma")[2], registry_number="KS 2026/12")
    coordinator.saves()
    assert "på papper, dnr KS 2026/12" in coordinator.reads()

    chief = person(browser, demo, "polischef", width=375)
    chief.follows("Skriv under")
    chief.follows("Skriv under på skärm")
    assert "behöver ditt konto en nyckel eller en app" in chief.reads()
    chief.sets_up_codes()
    chief.goes(f"{promise}skriva-under/")
    chief.follows("Skriv under på skärm")
    chief.shows_who_it_is()
    chief.meets_no_barrier()
    chief.page.check("[name=has_read]")
    chief.saves()
    assert "Alla har skrivit under." in chief.reads()

    coordinator.goes(f"{promise}skriva-under/")
    coordinator.page.get_by_role("button", name="Publicera löftet").click()
    coordinator.page.wait_for_load_state()
    coordinator.follows("Se löftet som andra ser det")
    told = coordinator.reads()
    assert "Lugnare kvällar i centrum" in told
    assert "lokalpolisområdeschef för Polisen" in told
    assert "Originalet finns hos kommunen, dnr KS 2026/12" in told
    coordinator.follows("Kontrollera själv")
    assert "Den stämmer." in coordinator.reads()


@pytest.mark.slow
def test_a_promise_is_written_without_script(browser: Browser, demo: Demo) -> None:
    coordinator = person(browser, demo, "samordnare", width=320, script=False)
    page = coordinator.page
    page.goto("/arbete/exempelkoping/nytt-lofte/")
    page.select_option("[name=cycle]", "")
    coordinator.writes(starts="2031-01-01", ends="2031-12-31", short_line="Utan skript")
    page.locator("main form .buttons .ds-button").first.click()
    page.get_by_role("link", name="Lägg till ett löfte").click()
    coordinator.writes(text="Insatser ska genomföras.")
    page.locator("main form .buttons .ds-button").first.click()

    assert "Måste rättas före underskrift" in page.locator("main").inner_text()
    page.get_by_role("link", name="Skriv löftet").click()
    assert "måste rättas" in page.locator("main").inner_text()
