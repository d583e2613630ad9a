"""Someone at work adds a passkey and signs in with it alone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from served import Demo

pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Page:
    # A passkey belongs to a name, never to an IP address.
    context = browser.new_context(base_url=demo.address.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def test_a_passkey_is_added_and_is_enough_to_sign_in(page: Page, demo: Demo) -> None:
    page.goto("/konto/login/?next=/konto/2fa/webauthn/add/")
    page.fill("input[type=email]", "samordnare@exempelkoping.example")
    page.fill("input[type=password]", demo.password)
    page.keyboard.press("Enter")
    # What protects the account is changed only by someone who shows it once more.
    expect(page).to_have_url(re.compile("reauthenticate"))
    page.fill("input[type=password]", demo.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Lägg till en nyckel")).to_be_visible()
    page.fill("input[name=name]", "Jobbtelefonen")
    page.get_by_label("Logga in med bara nyckeln").check()
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_role("heading", name="Dina reservkoder")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/konto/login/")
    page.get_by_role("button", name="Logga in med nyckel").click()

    expect(page).to_have_url(re.compile("/arbete/$"))
