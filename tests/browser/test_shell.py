"""The shell and the sign-in in a real browser: readable, accessible, narrow, under the strict policy."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from plp.mandates.grants import Role
from tests.browser.conftest import Opened, overflow, picture
from tests.portal.staff import PASSWORD, SECRET, Staff, code, staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what it finds right is not told element by element
}


def faults(page: Page) -> list[str]:
    """What axe finds, one line each."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def small_targets(page: Page) -> list[str]:
    """Links and buttons that stand alone and are less than 44 pixels high or 24 wide."""
    return page.evaluate(
        """[...document.querySelectorAll("a, button, summary, input:not([type=hidden]), select")]
        .filter((one) => one.offsetParent && !one.closest("p, li p, .tasks, .summary, .check, dd, .skip"))
        .filter((one) => !one.matches(".skip, [type=radio], [type=checkbox]"))
        .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.5 || box.width < 24).map(([words, box]) => `${words} ${box.height}`)"""
    )


def walk_in(page: Page, someone: Staff) -> None:
    """Sign in as a person does."""
    page.goto("/account/sign-in/")
    page.locator("input[name=login]").fill(someone.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.locator("input[name=code]").fill(code())
    page.locator("main form button").first.click()
    page.wait_for_url("**/")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
def test_public_pages_are_readable_by_everybody(open_page: Opened, wide: bool, dark: bool) -> None:
    """Axe finds nothing, nothing scrolls sideways, fingers find their buttons."""
    page = open_page(wide=wide, dark=dark, language="fr")
    seen = {}

    for name, address in {
        "welcome": "/",
        "sign-in": "/account/sign-in/",
        "nowhere": "/nowhere/",
    }.items():
        page.goto(address)
        picture(page, f"{name}-{'wide' if wide else 'narrow'}-{'dark' if dark else 'light'}")
        seen[name] = (faults(page), overflow(page), small_targets(page))

    assert seen == dict.fromkeys(seen, ([], 0, []))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
def test_pages_of_staff_are_readable_by_everybody(open_page: Opened, wide: bool, dark: bool) -> None:
    """The same, signed in, in German, whose words are the longest."""
    ann = staff(role=Role.ADMINISTRATOR)
    ann.person.language = "de"
    ann.person.save(update_fields=["language"])
    page = open_page(wide=wide, dark=dark, language="de")
    walk_in(page, ann)
    seen = {}

    for name, address in {
        "today": "/",
        "account": "/account/",
        "enrol": "/account/second-factor/",
        "app": "/account/second-factor/app/",
        "codes": "/account/recovery-codes/",
        "password": "/account/password/",
        "prove": "/account/prove/",
        "design": "/design/",
    }.items():
        page.goto(address)
        picture(page, f"{name}-{'wide' if wide else 'narrow'}-{'dark' if dark else 'light'}")
        seen[name] = (faults(page), overflow(page), small_targets(page))

    assert seen == dict.fromkeys(seen, ([], 0, []))


def test_an_old_telephone_without_javascript_signs_in_and_enrols(open_page: Opened) -> None:
    """Password, secret typed by hand, recovery codes, sign out: plain forms."""
    ann = staff(app=False)
    page = open_page(script=False)

    page.goto("/account/sign-in/")
    page.get_by_label("E-mail address").fill(ann.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Choose the app").click()
    page.get_by_text("I cannot scan").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    with page.expect_navigation():
        page.get_by_role("button", name="Check the code").click()
    codes = page.locator(".codes li").count()
    page.locator(".menu-more summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()

    assert codes == 10
    assert page.get_by_role("link", name="Sign in").count() == 1  # where coordinators and police look


def test_the_menu_folds_by_escape_and_needs_no_unfolding_where_there_is_room(open_page: Opened) -> None:
    """On a telephone "More" unfolds and Escape folds it; on a wide page each section stands in the bar."""
    page = open_page()
    walk_in(page, staff(role=Role.CHIEF))
    section = page.locator(".menu-sections a").last

    page.locator(".menu-more summary").click()
    unfolded = section.is_visible()
    page.keyboard.press("Escape")
    folded = not section.is_visible()
    focused = page.evaluate("document.activeElement.tagName")
    page.set_viewport_size({"width": 1280, "height": 900})

    assert (unfolded, folded, focused) == (True, True, "SUMMARY")
    assert section.is_visible()
    assert not page.locator(".menu-more summary").is_visible()


def test_the_language_switch_keeps_the_page(open_page: Opened) -> None:
    """One tap, no JavaScript, and it is remembered."""
    page = open_page(script=False)

    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Nederlands").click()
    after = page.url
    page.goto("/")

    assert after.endswith("/account/sign-in/")
    assert page.locator("html").get_attribute("lang") == "nl"


def test_a_passkey_is_made_and_signs_in(open_page: Opened, live_server: Any, settings: Any) -> None:
    """With a virtual authenticator: enrolment, sign-out, sign-in by the passkey alone, and a fresh proof by it."""
    settings.ORIGIN = live_server.url
    ann = staff()
    page = open_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})

    walk_in(page, ann)
    page.goto("/account/second-factor/passkey/")
    picture(page, "passkey")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.locator(".menu-more summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r":\d+/$"))
    page.goto("/account/prove/?next=/account/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(re.compile(r":\d+/account/$"))

    assert page.get_by_role("heading", name="My account").count() == 1
    assert Authenticator.objects.filter(user=ann.account, type="webauthn").count() == 1


def test_htmx_runs_under_the_strict_policy(open_page: Opened) -> None:
    """No inline style, no eval, trusted types: and still a part of the page is swapped."""
    page = open_page()
    page.goto("/")

    page.evaluate("htmx.ajax('GET', '/account/sign-in/', {target: '#refusal', swap: 'innerHTML', select: 'main h1'})")
    page.wait_for_selector("#refusal h1")

    assert page.locator("#refusal h1").inner_text() == "Sign in"


def test_text_never_becomes_code(chromium: Browser, live_server: Any) -> None:
    """Trusted types refuse what would turn a string into a script."""
    page = chromium.new_page()
    page.goto(live_server.url)
    tried = "try { document.createElement('script').text = 'x'; return false } catch { return true }"

    refused = page.evaluate(f"(() => {{ {tried} }})()")
    page.close()

    assert refused is True


def test_nothing_but_our_own_server_is_asked(open_page: Opened, live_server: Any) -> None:
    """No font, script or picture from elsewhere."""
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/")

    assert {url for url in asked if not url.startswith(live_server.url)} == set()
    assert SECRET not in page.content()
