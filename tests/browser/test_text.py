"""The coordinator's tasks in a text browser: 80 columns, no picture, no colour, no script."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from plp.delivery.models import Dispatch
from plp.evaluation.models import Signature
from plp.evaluation.sections import SECTIONS
from plp.followup.models import InformationRequest
from plp.mandates.models import Absence
from plp.membership.models import Membership
from plp.people.models import Person
from plp.sightings.models import Question
from plp.toolbox import clock
from tests.browser.text import TextBrowser
from tests.evaluation.year import launched
from tests.factories.cast import Cast, contact, member, person
from tests.followup.stage import released
from tests.membership.lists.stage import streets
from tests.sightings.stage import question

pytestmark = [pytest.mark.w3m, pytest.mark.any_database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock stands still at an hour when members may be called: no code and no proof grows old meanwhile."""
    with time_machine.travel(clock.local(clock.now()).replace(hour=12), tick=False):
        yield


@pytest.fixture
def cast(noon: None) -> Cast:
    """Two quarters with streets; the coordinator reads Dutch; one member is called, one gets mail, one asks to join."""
    cast = Cast()
    streets(cast)
    launched(cast.here, at=clock.now() - timedelta(days=360))
    asking = {"partnership": cast.here.partnership, "state": "pending", "asked_at": clock.now()}
    Membership.objects.create(person=person("Gina Exemple"), **asking)
    Person.objects.filter(pk=cast.here.coordinator.pk).update(language="nl")
    contact(member(cast.here.partnership, "Nora Exemple"), "email", "nora@plp.test")
    contact(member(cast.here.partnership, "Per Voorbeeld", "nl"), "calls", "+3222150123")
    return cast


def test_a_coordinator_works_in_a_text_browser(cast: Cast, live_server: Any, tmp_path: Path) -> None:
    """Relays, calls, accepts, enters a form, asks, answers, writes the year up and signs it, and names a deputy."""
    notice = released(cast, "advice", clock.now())
    question(cast, at=clock.now())
    desk = TextBrowser(live_server.url, tmp_path, "nl")

    desk.sign_in(cast.here.coordinator)
    _looks_back(desk)
    _relays(desk, str(notice.pk))
    _calls(desk, str(notice.pk))
    _accepts_and_enters_a_form(desk)
    _asks_and_answers(desk)
    _leaves_for_a_week(desk)

    notice.refresh_from_db()
    assert notice.state == "relayed"
    assert Dispatch.objects.get(channel="calls").state == "delivered"
    assert Membership.objects.filter(state="active").count() == 4
    assert Signature.objects.get().slot == "coordinator"
    assert InformationRequest.objects.get().subject == "Cijfers"
    assert Question.objects.get().answer == "Ja, op maandag."
    assert Absence.objects.count() == 1


def _relays(desk: TextBrowser, key: str) -> None:
    desk.go("/coordinator/")
    assert "Vol par ruse" in desk.page
    desk.follow(f"{key}/relay/")
    desk.send()
    desk.go(reverse("notices:relay:progress", args=[key]))
    assert "Vol par ruse" in desk.page
    desk.go("/coordinator/members/")
    assert "Nora Exemple" in desk.page


def _calls(desk: TextBrowser, key: str) -> None:
    desk.go(reverse("notices:relay:calls", args=[key]))
    desk.send()  # takes the calls
    assert "02\N{NO-BREAK SPACE}215\N{NO-BREAK SPACE}01\N{NO-BREAK SPACE}23" in desk.page
    outcome = re.findall(r'name="(outcome-[^"]+)"', desk.source)[0]
    desk.send(**{outcome: None})


def _looks_back(desk: TextBrowser) -> None:
    desk.go("/evaluation/haren/")
    desk.follow("/begin/")
    yesterday = clock.local(clock.now()).date() - timedelta(days=1)
    desk.send(until=yesterday.isoformat())
    desk.send(**{f"{part}_{code}": "Ja, op tijd." for part in SECTIONS for code in ("fr", "nl")})
    desk.follow("/put-up/")
    desk.send()
    desk.follow("/sign/coordinator/")
    desk.send(read=True)


def _accepts_and_enters_a_form(desk: TextBrowser) -> None:
    desk.go("/coordinator/members/")
    desk.follow("/waiting/")
    assert "Gina Exemple" in desk.page
    desk.send("/accept/")
    desk.go("/enrolment/haren/form/")
    desk.send(name="Ada Exemple", street="works", email="ada@x.test")


def _asks_and_answers(desk: TextBrowser) -> None:
    desk.go(reverse("followup:requests:ask", args=["haren"]))
    due = (clock.local(clock.now()) + timedelta(days=14)).date().isoformat()
    desk.send(subject="Cijfers", words="Hoeveel inbraken waren er?", due_on=due)

    asked = Question.objects.get()
    desk.go("/questions/coordinator/")
    desk.follow(str(asked.pk))
    assert asked.words in desk.page
    desk.send(words="Ja, op maandag.")


def _leaves_for_a_week(desk: TextBrowser) -> None:
    desk.go("/coordinator/absence/")
    today = clock.local(clock.now()).date()
    desk.send(starts_on=today.isoformat(), ends_on=(today + timedelta(days=7)).isoformat(), deputy=None)
