"""The coordinator's tasks in a text browser: 80 columns, no picture, no colour, no script."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from plp.followup.models import InformationRequest
from plp.mandates.models import Absence
from plp.partnership.models import Membership
from plp.people.models import Person
from plp.sightings.models import Question
from plp.toolbox import clock
from tests.browser.text import TextBrowser
from tests.factories.cast import Cast, contact, member
from tests.followup.stage import released
from tests.partnership.lists.stage import streets
from tests.sightings.stage import question

pytestmark = [pytest.mark.w3m, pytest.mark.any_database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast() -> Cast:
    """Two quarters with streets; the coordinator reads Dutch; one member is called, one gets mail."""
    cast = Cast()
    streets(cast)
    Person.objects.filter(pk=cast.here.coordinator.pk).update(language="nl")
    contact(member(cast.here.partnership, "Nora Exemple"), "email", "nora@plp.test")
    contact(member(cast.here.partnership, "Per Voorbeeld", "nl"), "calls", "+3222150123")
    return cast


def test_a_coordinator_works_in_a_text_browser(cast: Cast, live_server: Any, tmp_path: Path) -> None:
    """Signs in, relays, calls, enters a form, asks the police, answers a member, and names a deputy."""
    notice = released(cast, "advice", clock.now())
    question(cast, at=clock.now())
    desk = TextBrowser(live_server.url, tmp_path, "nl")

    with time_machine.travel(time.time() // 30 * 30 + 1):  # codes live half a minute
        desk.sign_in(cast.here.coordinator)
    _relays(desk, str(notice.pk))
    _enters_a_form(desk)
    _asks_and_answers(desk)
    _leaves_for_a_week(desk)

    notice.refresh_from_db()
    assert notice.state == "relayed"
    assert Membership.objects.filter(state="active").count() == 3
    assert InformationRequest.objects.get().subject == "Cijfers"
    assert Question.objects.get().answer == "Ja, op maandag."
    assert Absence.objects.count() == 1


def _relays(desk: TextBrowser, key: str) -> None:
    desk.go("/coordinator/")
    assert "Vol par ruse" in desk.page
    desk.follow(key)
    desk.send("/acknowledge/")
    desk.follow("/relay/")
    desk.send()
    desk.go(reverse("coordinator:progress", args=[key]))
    assert "Vol par ruse" in desk.page
    desk.go(reverse("coordinator:calls", args=[key]))
    assert "Vol par ruse" in desk.page
    desk.go("/coordinator/members/")
    assert "Nora Exemple" in desk.page


def _enters_a_form(desk: TextBrowser) -> None:
    desk.go("/enrolment/haren/form/")
    desk.send(name="Ada Exemple", email="ada@x.test", is_signed=True)


def _asks_and_answers(desk: TextBrowser) -> None:
    desk.go(reverse("requests:ask", args=["haren"]))
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
