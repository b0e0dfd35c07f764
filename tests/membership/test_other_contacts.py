"""An address that fails: its owner is asked for another one, once, by a way that works."""

from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch
from plp.membership.other_contacts import ask_members_for_working_contact
from plp.people.actions import mark_contact_failing
from plp.people.models import Person
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def failing(cast: Cast, name: str, failure: str = "gone", other: str = "sms", **more: bool) -> Person:
    """A member whose first address fails, with another way."""
    someone = member(cast.here.partnership, name, "nl")
    first = contact(someone, "email", f"{name[:3].lower()}@plp.test", rank=1)
    contact(someone, other, "+32470000001" if other == "sms" else "+3225550001", rank=2, **more)
    mark_contact_failing(contact=first, failure=failure, by=None, at=NOW)
    return someone


def test_the_owner_is_asked_once_by_the_way_that_works() -> None:
    someone = failing(Cast(), "Gina A")

    numbers = [ask_members_for_working_contact(by=None, at=LATER + timedelta(days=day)) for day in range(2)]

    assert numbers == [1, 0]
    copy = Dispatch.objects.get(message__purpose="people.failing")
    assert (copy.person, copy.channel, copy.language, copy.urgent) == (someone.pk, "sms", "nl", False)
    body = copy.message.texts.get(channel="sms", language="nl").body
    assert body.startswith("Haren: e-mails aan u komen terug. Geef een ander adres: ")


def test_a_new_failure_is_asked_about_anew() -> None:
    someone = failing(Cast(), "Gina A")
    ask_members_for_working_contact(by=None, at=LATER)

    later = LATER + timedelta(days=30)
    mark_contact_failing(contact=someone.contacts.get(channel="email"), failure="full", by=None, at=later)

    assert ask_members_for_working_contact(by=None, at=later + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("failure", "other", "confirmed"),
    [("unwanted", "sms", True), ("gone", "calls", True), ("gone", "sms", False)],
    ids=["who called it unwanted", "no way that sends", "the other is not proven"],
)
def test_who_is_not_asked(failure: str, other: str, confirmed: bool) -> None:
    failing(Cast(), "Gina A", failure, other, confirmed=confirmed)

    assert ask_members_for_working_contact(by=None, at=LATER) == 0


def test_the_mail_says_what_is_wrong_in_its_owners_language() -> None:
    someone = member(Cast().here.partnership, "Gina A", "fr")
    broken = contact(someone, "email", "gina@plp.test", rank=1)
    contact(someone, "email", "other@plp.test", rank=2)
    mark_contact_failing(contact=broken, failure="full", by=None, at=NOW)

    ask_members_for_working_contact(by=None, at=LATER)

    copy = Dispatch.objects.get(message__purpose="people.failing")
    assert copy.contact is not None
    assert copy.contact.address == "other@plp.test"
    assert "la boîte est pleine" in copy.message.texts.get(channel="email", language="fr").body
