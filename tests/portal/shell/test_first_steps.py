"""The first steps of somebody new: told from facts, put away once, never back by themselves."""

from datetime import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from plp.delivery.models import Message
from plp.mandates.grants import Role
from plp.membership.trial_messages import TEST
from plp.partnership.models import Partnership
from plp.people.actions import NotYours, add_contact, confirm_contact_and_clear_failure
from plp.people.models import ContactPoint, Person, Preference
from plp.people.preferences import hide_first_steps
from plp.portal.shell.offers import first_steps_of_person
from plp.portal.shell.sessions import MEMBER
from plp.toolbox import clock
from tests.portal.staff import Staff, sign_in, staff

pytestmark = pytest.mark.django_db
TITLE = "Your first steps"


def newcomer(role: Role = Role.COORDINATOR) -> Staff:
    """Somebody whose sign-in was just opened."""
    someone = staff(role=role)
    Preference.objects.create(person=someone.person, paused_until="")
    Person.objects.update(is_new=True)
    return someone


def contact_of(person: Person, channel: str = "email", address: str = "ann@plp.test") -> ContactPoint:
    """A confirmed contact."""
    contact = add_contact(person=person, channel=channel, address=address, by=person, at=clock.now())
    confirm_contact_and_clear_failure(contact=contact, by=person, at=clock.now())
    return contact


def titles(person: Person) -> dict[str, bool]:
    """What is to be done first, and whether it is."""
    return {str(step.title)[:22]: step.done for step in first_steps_of_person(person, clock.now())}


def test_they_are_put_away_for_good(client: Client) -> None:
    someone = newcomer()
    sign_in(client, someone)

    before = client.get("/").content.decode()
    answer = client.post(reverse("shell:put_away"), {"next": "/"})
    after = client.get("/").content.decode()

    assert (TITLE in before, answer.headers["Location"], TITLE in after) == (True, "/", False)


def test_nobody_is_led_elsewhere_or_puts_away_those_of_another(client: Client) -> None:
    someone, other = newcomer(), Person.objects.create(name="Eve", language="en", created_at=clock.now())
    sign_in(client, someone)

    for odd in ("https://evil.example/", "//evil.example/", "-2+3", "pk__in", "1e309", "a\x00b", ""):
        assert client.post(reverse("shell:put_away"), {"next": odd}).headers["Location"] == "/", odd
    with pytest.raises(NotYours):
        hide_first_steps(person=someone.person, by=other, at=clock.now())


def test_each_role_has_its_own() -> None:
    all_staff = ["Add a second way to pr", "Give a second way to r", "Send yourself a messag"]
    wanted = {
        Role.COORDINATOR: [*all_staff, "Find somebody who stan", "Enrol your first membe"],
        Role.OFFICER: [*all_staff, "Write a first message:"],
        Role.CHIEF: [*all_staff, "Designate your first p"],
    }

    people = {role: staff(f"Ann {role.label}", role=role) for role in wanted}
    coordinator = people[Role.COORDINATOR]
    assert coordinator.mandate is not None
    partnership = Partnership.objects.create(key="haren", area=coordinator.mandate.area, founded_at=clock.now())

    with translation.override("en"):
        found = {role: list(titles(people[role].person)) for role in wanted}
        Partnership.objects.filter(pk=partnership.pk).update(state="ended")
        after_the_end = list(titles(coordinator.person))

    assert found == wanted
    assert after_the_end == wanted[Role.COORDINATOR][:-1]


def test_facts_close_them(client: Client) -> None:
    someone = newcomer()
    first = contact_of(someone.person)
    sign_in(client, someone)
    before = titles(someone.person)

    contact_of(someone.person, "sms", "+32470123456")
    told = client.post(reverse("membership:self_service:try_contact", args=[first.pk]), follow=True).content.decode()

    changed = {title for title, done in titles(someone.person).items() if done and not before[title]}
    assert "A message is on its way to you." in told
    assert Message.objects.filter(purpose=TEST).count() == 1
    assert changed == {"Give a second way to r", "Send yourself a messag"}


def test_a_member_has_hours_of_rest_to_choose(client: Client) -> None:
    person = Person.objects.create(name="Ben", language="en", created_at=clock.now(), is_new=True)
    Preference.objects.create(person=person, paused_until="")
    contact = contact_of(person)
    session, now = client.session, clock.now().timestamp()
    session[MEMBER] = {"contact": contact.pk.hex, "began": now, "seen": now}
    session.save()
    client.cookies.load({settings.SESSION_COOKIE_NAME: str(session.session_key)})

    shown = client.get(reverse("membership:self_service:messages")).content.decode()
    before = titles(person)
    Preference.objects.update(quiet_from=time(22), quiet_until=time(7))
    after = titles(Person.objects.get(pk=person.pk))

    assert TITLE in shown
    assert (before["Choose the hours in wh"], after["Choose the hours in wh"]) == (False, True)
