"""Without a connection: what a member chose to keep is there, for them alone, and goes with them."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from plp.people.models import Person
from plp.places.models import Area
from plp.portal.shell.sessions import MEMBER
from plp.sightings.models import Sighting
from plp.toolbox import clock
from plp.toolbox.clock import local
from tests.browser.conftest import Opened, overflow, picture
from tests.browser.test_shell import faults, small_targets
from tests.factories.cast import Cast, contact, member
from tests.launch.ground import Ground
from tests.portal.membership.self_service.test_members import relayed
from tests.sightings.stage import picture as photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READY = """async () => {
  const { serviceWorker } = navigator;
  await serviceWorker.ready;
  if (!serviceWorker.controller) {
    await new Promise((go) => { serviceWorker.addEventListener("controllerchange", go, { once: true }); });
  }
}"""
LEFT = """async () => ({
  caches: await caches.keys(),
  databases: (await indexedDB.databases()).length,
  stored: [...Object.values(localStorage), ...Object.values(sessionStorage)],
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"caches": [], "databases": 0, "stored": ["/"], "workers": 0}  # htmx notes the address of the page it is on


def reader(cast: Cast, name: str, address: str) -> Person:
    """A member of the quarter with an address."""
    someone = member(cast.here.partnership, name, "fr")
    contact(someone, "email", address)
    return someone


def read_as(page: Page, server: Any, someone: Person) -> None:
    """Let this browser have the settings of ``someone`` open."""
    session, now = SessionStore(), clock.now().timestamp()
    session[MEMBER] = {"contact": someone.contacts.get().pk.hex, "began": now, "seen": now}
    session.create()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": server.url}
    page.context.add_cookies([cookie, {"name": "language", "value": "fr", "url": server.url}])


def kept_by(page: Page) -> None:
    """Choose to keep the messages, and wait until they are and the worker stands before the pages."""
    page.goto("/m/messages/")
    page.get_by_text("Sur cet appareil", exact=True).click()
    page.get_by_role("button", name="Garder sur cet appareil").click()
    page.get_by_role("button", name="Supprimer de cet appareil").wait_for()
    page.evaluate(READY)


def test_what_is_kept_is_read_without_a_connection_and_goes_when_one_leaves(
    open_page: Opened, live_server: Any
) -> None:
    cast, page = Cast(), open_page()
    relayed(cast)
    read_as(page, live_server, reader(cast, "Mia Voorbeeld", "mia@plp.test"))
    kept_by(page)
    picture(page, "kept")
    assert small_targets(page) == []

    page.context.set_offline(True)
    page.goto("/m/settings/")
    page.get_by_text("Fermez la porte à clé.").wait_for()
    picture(page, "offline")
    assert page.get_by_role("heading", level=1).inner_text() == "Pas de connexion"
    assert (overflow(page), faults(page), small_targets(page)) == (0, [], [])

    page.context.set_offline(False)
    page.get_by_role("button", name="Réessayer").click()
    page.get_by_role("button", name="Fermer mes réglages dans ce navigateur").click()
    page.wait_for_url(f"{live_server.url}/")
    assert page.evaluate(LEFT) == NOTHING


def test_another_reader_finds_nothing(open_page: Opened, live_server: Any) -> None:
    cast, page = Cast(), open_page()
    relayed(cast)
    read_as(page, live_server, reader(cast, "Mia Voorbeeld", "mia@plp.test"))
    kept_by(page)

    read_as(page, live_server, reader(cast, "Leo Nachbar", "leo@plp.test"))
    page.goto("/m/settings/")
    page.wait_for_function("async () => !(await caches.has('kept'))")

    assert "Fermez" not in page.content()


def test_a_report_is_written_without_a_connection_and_goes_once_when_there_is_one(
    open_page: Opened, live_server: Any
) -> None:
    cast, page = Ground().cast, open_page()
    Area.objects.filter(path="be/z1/m21004/").update(nis="21004")
    read_as(page, live_server, reader(cast, "Mia Voorbeeld", "mia@plp.test"))
    page.goto("/m/messages/")
    page.evaluate(READY)

    page.context.set_offline(True)
    page.goto("/report/")
    page.get_by_text("Noter ce que vous avez vu").click()
    page.get_by_label("Quand était-ce ?").select_option("now")
    page.get_by_text("appelez maintenant le 101").wait_for()
    assert page.get_by_role("button", name="Garder, puis envoyer").is_hidden()
    page.get_by_label("Quand était-ce ?").select_option("earlier")
    page.get_by_label("Qu’avez-vous vu ou entendu ?").fill("Deux hommes regardaient par les fenêtres.")
    page.get_by_label("Rue").fill("Rue du Chêne")
    page.get_by_label("Code postal").fill("1130")
    page.get_by_label("Jour").fill(f"{local(clock.now()) - timedelta(days=1):%Y-%m-%d}")
    page.get_by_label("Photos").set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    picture(page, "report")
    assert (overflow(page), faults(page), small_targets(page)) == (0, [], [])
    page.get_by_role("button", name="Garder, puis envoyer").click()
    page.get_by_role("heading", name="Gardé sur ce téléphone").wait_for()
    picture(page, "waits")
    assert (overflow(page), faults(page), small_targets(page)) == (0, [], [])
    assert not Sighting.objects.exists()

    page.context.set_offline(False)
    page.get_by_role("heading", name="Votre signalement est à la police").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "La connexion est revenue"
    page.goto("/report/")
    page.get_by_text("Ce que vous avez écrit sans connexion est à la police").wait_for()
    filed = Sighting.objects.get()
    assert (filed.photos.count(), page.evaluate("async () => await caches.has('report')")) == (1, False)
