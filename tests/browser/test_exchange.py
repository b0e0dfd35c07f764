"""Officer and coordinator in Chromium: a meeting from the invitation to the minutes; every page on a telephone."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from plp.followup.actions import policies, ratings, report_counts, services
from plp.followup.models import FollowUpMeeting
from plp.notices.models import Notice
from plp.people.models import Person
from plp.toolbox import clock
from tests.browser.conftest import Opened
from tests.browser.walking import Telephone
from tests.factories.cast import NOW, Cast
from tests.followup.stage import reachable
from tests.followup.test_registers import ENTRY, PLAN
from tests.followup.together import relayed
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, with something in each register."""
    stop_clock(monkeypatch)
    cast = Cast()
    reachable(cast)
    here, by = cast.here.partnership, cast.officer
    given = {"quality": 3, "timeliness": 4, "words": "Passé en dix minutes.", "language": "fr", "by": by, "at": NOW}
    ratings.rate_message(notice=relayed(cast), **given)
    relayed(cast)
    service = services.add_service(area=cast.zone, entry=ENTRY, by=by, at=NOW)
    services.log_contact(service=service, on=NOW.date(), subject="Accord", outcome="", partnership=here, by=by, at=NOW)
    policies.add_policy(area=cast.zone, plan=PLAN, partnerships=[here], by=by, at=NOW)
    report_counts.set_monthly_report_count(partnership=here, month=NOW.date(), members=4, others=9, by=by, at=NOW)
    return cast


def enter(page: Page, someone: Person, language: str) -> Telephone:
    """Let a browser be that of somebody who signed in."""
    session = signed_in(someone).cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/")
    names = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
    page.context.add_cookies([{"name": name, "value": value, "url": page.url} for name, value in names.items()])
    return Telephone(page, language, f"exchange-{someone.name.split()[0]}")


@pytest.mark.journey
def test_a_meeting_from_the_invitation_to_the_minutes(
    cast: Cast, open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of the slowest: two browsers, two languages."""
    officer = enter(open_page(language="fr"), cast.officer, "fr")
    officer.go(reverse("followup:partnership", args=["haren"]))
    officer.press("a.button[href$='/meet/']")
    officer.send(day="2026-11-25", begins="11:05", until="11:55", place="Commissariat", agenda="Vélos\nÉté")
    meeting = FollowUpMeeting.objects.get()

    coordinator = enter(open_page(language="nl", wide=True), cast.here.coordinator, "nl")
    coordinator.go(reverse("followup:home"))
    coordinator.press(f"a.task-link[href='{reverse('followup:meeting', args=['haren', meeting.pk])}']")
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=10))
    coordinator.go(coordinator.page.url)
    coordinator.press("a.button[href$='/write/']")
    coordinator.send(present=2, notes="Les vols diminuent.", ideas="Une balade.")
    coordinator.press("a.button[href$='/agree/']")
    coordinator.send(words="Exposé sur les vélos", side="police", due_on="2026-12-15")

    officer.go(reverse("followup:meeting", args=["haren", meeting.pk]))
    officer.press("a.button[href$='/close/']")
    officer.send()
    paper = officer.paper(reverse("followup:minutes", args=["haren", meeting.pk]))
    officer.go("/")

    assert paper.startswith(b"%PDF")
    assert FollowUpMeeting.objects.get().state == "closed"
    assert (officer.poor, coordinator.poor) == ([], [])


def test_every_page_fits_and_speaks_the_language(cast: Cast, open_page: Opened) -> None:
    """One of the slowest: a page of each kind in a browser, in the language with the longest words."""
    unrated = Notice.objects.get(rating=None)
    officer = enter(open_page(language="de"), cast.officer, "de")
    for name, args in (
        ("home", []),
        ("waiting", []),
        ("rate", [unrated.pk]),
        ("sum_up", ["haren"]),
        ("partnership", ["haren"]),
        ("reports", ["haren"]),
        ("newsletter", ["haren"]),
        ("services", []),
        ("service", [cast.zone.services.get().pk]),
        ("service_add", []),
        ("plans", []),
        ("plan", [cast.zone.policy_plans.get().pk]),
    ):
        officer.go(reverse(f"followup:{name}", args=args))
    officer.go(reverse("evaluation:figures:overview"))

    assert officer.poor == []
