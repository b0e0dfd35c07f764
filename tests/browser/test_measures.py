"""Measures in a browser: four offices and the person concerned, each on a narrow telephone in one language."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from playwright.sync_api import Page

from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.measures.models import File, Measure
from plp.people.models import Person
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.measures.stage import Stage
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Everybody, at their hour."""
    stop_clock(monkeypatch)
    return Stage()


def enter(page: Page, someone: Person) -> None:
    """Carry the session of somebody who just proved both factors into a browser."""
    page.context.clear_cookies()
    page.goto("/account/sign-in/")
    value = signed_in(someone).cookies[settings.SESSION_COOKIE_NAME].value
    site = page.url.removesuffix("account/sign-in/")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])


@pytest.fixture
def telephone(open_page: Opened) -> Callable[[Person, str], Telephone]:
    """The telephone of somebody who signed in."""

    def given(someone: Person, language: str) -> Telephone:
        page = open_page(language=language)
        enter(page, someone)
        return Telephone(page, language, someone.name.split()[0])

    return given


def test_a_coordinator_is_suspended_removed_and_appeals(
    stage: Stage, telephone: Callable[[Person, str], Telephone]
) -> None:
    """One of the slowest: five people, a whole story of measures."""
    officer, chief = telephone(stage.officer, "fr"), telephone(stage.chief, "de")
    mayor, clara = telephone(stage.mayor, "nl"), telephone(stage.here.coordinator, "fr")

    def now(permission: Permission) -> bool:
        return may(stage.here.coordinator, permission, stage.here.area, at=AT)

    officer.go("/measures/open/coordinator/haren/")
    officer.send(person=str(stage.here.coordinator.pk))
    file = f"/measures/{File.objects.get().pk}/"
    officer.go(f"{file}talk/")
    officer.send(held_on=date(2026, 11, 24), came="yes")
    clara.go("/measures/mine/")
    clara.press("main .actions a")
    clara.send(words="J’ai transmis tous les messages à temps.")
    officer.go(file)
    for step, hands in (
        ("reprimand", [chief]),
        ("suspension", [officer, chief]),
        ("exclusion", [officer, chief, mayor]),
    ):
        officer.go(f"{file}propose/{step}/")
        officer.send(grounds=["harm", "rules"])
        measure = Measure.objects.get(step=step)
        held = now(Permission.NOTICE_RELAY)
        for hand in hands:
            hand.go(file)
            hand.go(f"{file}{measure.pk}/sign/")
            hand.send(read=True)
        assert (held, now(Permission.NOTICE_RELAY)) == (step != "exclusion", step == "reprimand"), step
    mayor.go(f"{file}{measure.pk}/copy/")
    mayor.send(on=date(2026, 11, 25))
    enter(clara.page, stage.here.coordinator)  # a session ends with the roles it began with
    clara.go("/measures/mine/")
    assert "recours" in clara.page.locator("main").inner_text()
    assert clara.paper(f"/measures/mine/letters/{measure.pk}.pdf").startswith(b"%PDF")
    mayor.go(f"{file}{measure.pk}/appeal/")
    mayor.send(way="letter", sent_on=date(2026, 11, 25))
    mayor.go(f"{file}{measure.pk}/appeal/decide/")
    mayor.send(outcome="upheld")

    assert now(Permission.NOTICE_RELAY)
    enter(clara.page, stage.here.coordinator)
    assert clara.paper(f"/measures/mine/letters/{measure.pk}/appeal.pdf").startswith(b"%PDF")
    clara.go("/measures/mine/")
    officer.go("/measures/")
    officer.go("/mandates/quarters/haren/succession/")
    assert clara.paper("/mandates/quarters/haren/succession/handover.pdf").startswith(b"%PDF")
    for one in (officer, chief, mayor, clara):
        assert one.poor == [], one.name
