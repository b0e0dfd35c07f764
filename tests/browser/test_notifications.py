"""From the outbox to the screen: a browser subscribes, a push service takes what is sent, the worker shows it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, Page, Playwright

from plp.channels.webpush.push_requests import PushRequestWriter
from plp.delivery.channel import Envelope, Text
from plp.delivery.installed import senders
from plp.people.models import ContactPoint, Person
from plp.portal.shell.sessions import MEMBER
from plp.toolbox import clock
from tests.browser.conftest import Opened, launched, overflow, picture
from tests.browser.test_shell import faults, small_targets
from tests.factories.cast import Cast, contact, member
from tests.factories.devices import Device

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/m/settings/devices/"
LOOKS = 12_000  # ten minutes, a twentieth of a second each
STAND_IN = """
  const given = %s;
  PushManager.prototype.getSubscription = async () => null;
  PushManager.prototype.subscribe = async (asked) => {
    window.asked = asked;
    return { toJSON: () => given };
  };
"""


@pytest.fixture(scope="module")
def chromium(player: Playwright) -> Iterator[Browser]:
    """The browser with windows: the one without shows no notifications."""
    with launched(player, "chromium") as browser:
        yield browser


def member_at(opened: Opened, server: Any, **more: Any) -> Page:
    """A member of the quarter whose settings are open."""
    someone = member(Cast().here.partnership, "Mia Voorbeeld", "nl")
    contact(someone, "email", "mia@plp.test")
    page = opened(**more)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": _entered(someone), "url": server.url}
    page.context.add_cookies([cookie, {"name": "language", "value": "en", "url": server.url}])
    return page


def _entered(someone: Person) -> str:
    """The key of a session in which the settings of ``someone`` are open."""
    session, now = SessionStore(), clock.now().timestamp()
    session[MEMBER] = {"contact": someone.contacts.get().pk.hex, "began": now, "seen": now}
    session.create()
    return session.session_key


def test_a_message_travels_from_the_outbox_to_the_screen(open_page: Opened, live_server: Any) -> None:
    """The words are encrypted by the channel, opened with the browser's keys, and shown by the service worker."""
    device, page = Device(), member_at(open_page, live_server)
    page.context.grant_permissions(["notifications"], origin=live_server.url)
    page.add_init_script(STAND_IN % device.subscription)

    page.goto(PAGE)
    page.get_by_role("button", name="Turn on for this device").click()
    page.get_by_text("Notifications are on.").wait_for()
    told = device.read(PushRequestWriter().build_request(_copy()).content)
    shown = _deliver(page, live_server.url, json.dumps(told))

    assert shown == [["Notification displayed", "Alerte : vol", "Fermez à clé rue de Verdun.", told["tag"]]]
    assert "Mia" not in json.dumps(shown)
    assert page.evaluate("async () => [await caches.has('kept'), localStorage.length]") == [False, 0]


def _copy() -> Envelope:
    kept, channel = ContactPoint.objects.get(channel="webpush"), senders()["webpush"]
    prepared = channel.prepare(Text("webpush", "fr", "Alerte : vol", "Fermez à clé rue de Verdun."))
    return Envelope("p1-" + "0" * 32, kept.address, prepared, {}, clock.now(), urgent=True)


def _deliver(page: Page, origin: str, words: str) -> list[list[str]]:
    """Push by the DevTools protocol, as the browser's push service would; answers what the browser says it displayed.

    Its account is taken, and the page not asked for its notifications: one that is asked for between being written and
    being displayed is taken by Chromium for one that was closed, and forgotten while it stands on the screen.
    """
    tools = page.context.new_cdp_session(page)
    found: list[str] = []
    shown: list[list[str]] = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(
        one["registrationId"] for one in told["registrations"] if one["scopeURL"].startswith(origin)
    ))  # fmt: skip
    tools.on("BackgroundService.backgroundServiceEventReceived", lambda told: shown.append(
        _displayed(told["backgroundServiceEvent"])
    ))  # fmt: skip
    tools.send("ServiceWorker.enable")
    tools.send("BackgroundService.startObserving", {"service": "notifications"})
    tools.send("BackgroundService.setRecording", {"service": "notifications", "shouldRecord": True})
    _await(page, found)
    tools.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": found[0], "data": words})
    _await(page, shown)
    return shown


def _await(page: Page, found: list[Any]) -> None:
    """Until there is something."""
    for _look in range(LOOKS):
        if found:
            break
        page.wait_for_timeout(50)


def _displayed(event: dict[str, Any]) -> list[str]:
    """What happened to a notification, its title, its words and its tag, of which its name is made."""
    words = {each["key"]: each["value"] for each in event["eventMetadata"]}
    return [event["eventName"], words["Title"], words["Body"], event["instanceId"].rpartition("#")[2]]


@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
def test_the_page_is_readable_and_says_what_else_there_is(open_page: Opened, live_server: Any, wide: bool) -> None:
    page = member_at(open_page, live_server, wide=wide, script=wide)

    page.goto(PAGE)

    picture(page, f"notifications-{'wide' if wide else 'narrow'}")
    assert overflow(page) == 0
    assert page.get_by_text("This browser cannot show our notifications").is_visible() is not wide
    if wide:
        assert faults(page) == []
        assert small_targets(page) == []
