"""Signing in with a real browser: by code, by passkey, without JavaScript, in both directions."""

import email
import email.policy
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.homes import Home

CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
DIRECTIONS = {"en": "ltr", "ar": "rtl"}


@pytest.fixture
def site(live_site: str) -> str:
    """The address by which browsers give passkeys: they refuse one made of numbers."""
    return live_site.replace("127.0.0.1", "localhost")


@pytest.fixture
def outbox(live_home: Home) -> Path:
    """The folder that mail is written to."""
    return live_home.path / "outbox"


@pytest.fixture
def address() -> str:
    """An address that nobody has used."""
    return f"person-{uuid.uuid4().hex[:12]}@example.org"


@pytest.fixture
def passkeys(page: Any) -> Iterator[Any]:
    """A device of the page's browser that makes and keeps passkeys, and checks its holder."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield lambda: session.send(
        "WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]}
    )["credentials"]
    session.detach()


def code_for(outbox: Path, address: str) -> str:
    """Read the code in the latest letter to an address."""
    for file in sorted(outbox.iterdir(), key=lambda each: each.stat().st_mtime_ns, reverse=True):
        letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        found = CODE.search(letter.get_content()) if letter["To"] == address else None
        if found:
            return found.group()
    raise AssertionError(f"no letter with a code for {address}")


def submit(page: Any) -> None:
    page.locator("main form button[type=submit]").first.click()


def sign_up(page: Any, site: str, outbox: Path, address: str, language: str = "en") -> None:
    page.goto(f"{site}/accounts/signup/?lang={language}")
    page.locator("#id_email").fill(address)
    submit(page)
    page.wait_for_url("**/accounts/confirm-email/")
    page.locator("#id_code").fill(code_for(outbox, address))
    submit(page)
    page.wait_for_url("**/desk/")


def sign_out(page: Any, site: str) -> None:
    page.goto(f"{site}/accounts/logout/")
    submit(page)
    page.wait_for_url(f"{site}/")


def faults(page: Any) -> list[str]:
    """List what the accessibility check finds, and what does not fit the window's width."""
    found = [str(each["id"]) for each in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the window")
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sign_up_and_in_by_code_leads_to_the_desk(
    page: Any, site: str, outbox: Path, address: str, language: str
) -> None:
    sign_up(page, site, outbox, address, language)
    sign_out(page, site)

    page.goto(f"{site}/accounts/login/?lang={language}")
    at_start = faults(page)
    page.locator("#id_login").fill(address)
    submit(page)
    page.wait_for_url("**/accounts/login/code/confirm/")
    at_code = faults(page)
    page.locator("#id_code").fill(code_for(outbox, address))
    submit(page)
    page.wait_for_url("**/desk/")

    assert (at_start, at_code, faults(page)) == ([], [], [])
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("html").get_attribute("dir") == DIRECTIONS[language]
    assert page.locator("main bdi").first.inner_text() == address
    assert page.console == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_passkey_is_made_and_signs_in_by_itself(
    page: Any, passkeys: Any, site: str, outbox: Path, address: str, language: str
) -> None:
    sign_up(page, site, outbox, address, language)

    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    at_making = faults(page)
    page.locator("#id_name").fill("Telephone")
    page.locator("[data-passkey=add]").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    codes = page.locator("main ul.listing li").count()
    sign_out(page, site)
    page.goto(f"{site}/accounts/login/?next=/accounts/2fa/webauthn/")
    page.locator("[data-passkey=login]").click()
    page.wait_for_url(f"{site}/accounts/2fa/webauthn/")

    (kept,) = passkeys()
    assert (kept["rpId"], kept["isResidentCredential"], codes) == ("localhost", True, 10)
    assert page.locator("main ul.listing b").all_inner_texts() == ["Telephone"]
    assert (at_making, faults(page)) == ([], [])
    assert page.console == []


def test_passkey_is_a_second_step_and_can_be_removed(
    page: Any, passkeys: Any, site: str, outbox: Path, address: str
) -> None:
    sign_up(page, site, outbox, address)
    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    page.locator("#passkey-alone").uncheck()
    page.locator("[data-passkey=add]").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    sign_out(page, site)

    page.goto(f"{site}/accounts/login/")
    page.locator("#id_login").fill(address)
    submit(page)
    page.locator("#id_code").fill(code_for(outbox, address))
    submit(page)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    at_second_step = faults(page)
    page.locator("[data-passkey=authenticate]").click()
    page.wait_for_url("**/desk/")
    page.goto(f"{site}/accounts/2fa/webauthn/")
    page.locator("main a[href$='/remove/']").click()
    submit(page)
    page.wait_for_url("**/accounts/2fa/webauthn/")

    assert at_second_step == []
    assert page.locator("main ul.listing li").count() == 0


def test_refused_passkey_is_told_on_the_page(page: Any, passkeys: Any, site: str) -> None:
    page.goto(f"{site}/accounts/login/")
    fault = page.locator("[data-passkey-fault]")
    assert fault.is_hidden()

    page.locator("[data-passkey=login]").click()

    fault.wait_for(state="visible")
    assert page.url == f"{site}/accounts/login/"


def test_sign_in_by_code_needs_no_javascript(
    browser: Any, site: str, outbox: Path, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()

    sign_up(page, site, outbox, address)
    sign_out(page, site)
    page.goto(f"{site}/accounts/login/")

    assert page.locator("[data-passkey-missing]").is_visible()
    assert page.locator("[data-passkey=login]").is_hidden()
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ["/desk/", "/accounts/2fa/", "/accounts/email/"])
def test_page_of_the_account_fits_a_small_window(
    page: Any, site: str, outbox: Path, address: str, language: str, path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    sign_up(page, site, outbox, address, language)

    page.goto(site + path)

    assert faults(page) == []
    assert page.console == []
