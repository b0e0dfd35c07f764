"""People in a real browser: the first chief of an installation, and the pages on which people are chosen."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from plp.accounts import invitations
from plp.accounts.models import Account
from plp.mandates import actions as mandates
from plp.mandates.grants import Role, Task
from plp.mandates.models import Mandate
from plp.membership import candidates
from plp.membership.models import Candidate
from plp.membership.states import Function
from plp.people.models import Person
from plp.toolbox import clock
from tests.browser.conftest import Opened, overflow, picture
from tests.browser.test_shell import faults, small_targets
from tests.factories.cast import Cast, area, hold, member
from tests.portal import signing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "zes rode fietsen zwijgen stil"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(signing, "AT", clock.now())
    return Cast()


def put_forward(cast: Cast, name: str, function: Function, *, is_approved: bool) -> Candidate:
    """A candidate, approved or not."""
    at = clock.now()
    someone, who = member(cast.here.partnership, name), {"by": cast.officer, "at": at}
    found = candidates.propose_candidate(partnership=cast.here.partnership, person=someone, function=function, **who)
    if is_approved:
        counts = {"votes_for": 31, "votes_against": 2, "abstentions": 4, "occasion": "soirée", "decided_on": at.date()}
        candidates.record_approval(candidate=found, **counts, **who)
    return found


def enter(page: Page, someone: Person, language: str, server: Any) -> None:
    """Be signed in, with a fresh proof."""
    client = signing.signed_in(someone)
    kept = {
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
        settings.LANGUAGE_COOKIE_NAME: language,
    }
    page.context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in kept.items()])


@pytest.mark.parametrize("wide", [False, True], ids=["narrow", "wide"])
def test_pages_about_people_are_readable_by_everybody(
    cast: Cast, open_page: Opened, live_server: Any, wide: bool
) -> None:
    """Axe finds nothing, nothing scrolls sideways, fingers find their buttons; in three languages."""
    first = put_forward(cast, "Emma Nouvelle", Function.COORDINATOR, is_approved=True)
    second = put_forward(cast, "Farid Voisin", Function.DEPUTY, is_approved=False)
    put_forward(cast, "Lena Muster", Function.COMMITTEE, is_approved=True)
    helper = hold(member(cast.here.partnership, "Ella Comité"), Role.COMMITTEE, cast.here.area)
    mandates.delegate_task(mandate=helper, task=Task.PLAN, by=cast.here.coordinator, at=clock.now())
    office = Mandate.objects.get(person=cast.here.coordinator)
    asked = {
        (cast.chief, "fr"): {"zone": [], "designate": [], "end_police": [Mandate.objects.get(person=cast.officer).pk]},
        (cast.officer, "de"): {
            "home": [],
            "people": ["haren"],
            "propose": ["haren"],
            "vote": ["haren", second.pk],
            "appointments": ["haren"],
            "withdraw": ["haren", first.pk],
            "end": ["haren", office.pk],
        },
        (cast.here.coordinator, "nl"): {"people": ["haren"], "tasks": ["haren", helper.pk]},
    }
    seen = {}

    for (person, language), pages in asked.items():
        page = open_page(wide=wide)
        enter(page, person, language, live_server)
        for name, parts in pages.items():
            page.goto(reverse(f"mandates:{name}", args=parts))
            picture(page, f"mandates-{language}-{name}-{'wide' if wide else 'narrow'}")
            seen[language, name] = (page.locator("html").get_attribute("lang"), faults(page), overflow(page))
            seen[language, name] += (small_targets(page),)

    assert seen == {key: (key[0], [], 0, []) for key in seen}


def test_the_first_chief_of_an_installation_gets_to_work_without_javascript(open_page: Opened) -> None:
    """The link, a password, the app, and the first officer is designated: on an old telephone."""
    area("country", "be/", "Belgique")
    zone = area("zone", "be/z1/", "Zone Un")
    who = {"name": "Carla Modèle", "email": "chef@example.be", "language": "fr"}
    invitations.appoint_and_invite(role=Role.CHIEF, area=zone, decision="operator", by=None, at=clock.now(), **who)
    link = invitations.setup_link(Account.objects.get()).removeprefix(settings.ORIGIN)
    page = open_page(script=False, language="fr")

    page.goto(link)
    page.locator("input[name=new]").fill(PASSWORD)
    page.locator("main button").click()
    page.goto(reverse("mfa_activate_totp"))
    secret = re.sub(r"\s", "", page.locator(".secret").text_content() or "")
    page.locator("input[name=code]").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.locator("main form button").first.click()
    page.goto("/")
    page.get_by_role("link", name="Désignez un fonctionnaire de police mandaté").click()
    page.locator("input[name=name]").fill("Inès Modèle")
    page.locator("input[name=email]").fill("ines@example.be")
    page.locator("input[value=officer]").check()
    page.locator("input[name=decision]").fill("ordre de service 12")
    page.locator("main form button").first.click()

    assert page.url.endswith(reverse("mandates:zone"))
    assert Mandate.objects.get(role=Role.OFFICER).person.name == "Inès Modèle"
    assert overflow(page) == 0
