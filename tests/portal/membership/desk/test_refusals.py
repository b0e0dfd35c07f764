"""What the coordinator's forms ask first, and what they refuse."""

import pytest
from django.test import Client
from django.utils import translation

from plp.membership.models import Membership
from plp.people.models import Buddy
from plp.places import actions as places
from plp.portal.shell import limits
from plp.portal.subjects.membership.desk.offers import member_desk_tasks
from tests.factories.cast import Cast, contact, member
from tests.places.build import doors, street, whole
from tests.portal.membership.desk.test_on_word import at
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
INVALID = 'aria-invalid="true"'


@pytest.fixture
def mia(cast: Cast) -> Membership:
    """A member with a mobile."""
    someone = member(cast.here.partnership, "Mia Voorbeeld", "nl")
    contact(someone, "sms", "+32475123456")
    return someone.memberships.get()


@pytest.fixture
def client(cast: Cast) -> Client:
    """The coordinator's browser."""
    return signed_in(cast.here.coordinator)


def test_a_contact_that_nobody_proved_waits_on_the_first_page(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Eva Exemple"), "calls", "+3225551212", confirmed=False)

    with translation.override("en"):
        titles = [str(task.title) for task in member_desk_tasks(cast.here.coordinator, AT)]

    assert "1 member's contact is to be confirmed" in titles


def test_whoever_opens_members_too_fast_waits(monkeypatch: pytest.MonkeyPatch, client: Client, mia: Membership) -> None:
    monkeypatch.setitem(limits.LIMITS, "members.person", limits.Limit(0, 60))

    answer = client.get(at("member", mia))

    assert answer.status_code == 409
    assert "Mia Voorbeeld" not in answer.content.decode()


def test_a_helper_who_was_asked_today_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, client: Client, mia: Membership
) -> None:
    monkeypatch.setitem(limits.LIMITS, "buddy.address", limits.Limit(0, 60))

    answer = client.post(at("helper", mia), {"name": "Zoë Dochter", "address": "zoe@plp.test", "language": "fr"})

    assert "Wait a few minutes" in answer.content.decode()
    assert not Buddy.objects.exists()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("", "This field is required"), ("rue de Verdun 12", "neither an e-mail address nor a mobile number")],
)
def test_a_helper_without_a_way_is_not_asked(client: Client, mia: Membership, address: str, sentence: str) -> None:
    told = {"name": "Zoë Dochter", "address": address, "language": "fr"}

    form, page = client.get(at("helper", mia)), client.post(at("helper", mia), told).content.decode()

    assert form.status_code == 200
    assert sentence in page
    assert not Buddy.objects.exists()


def test_where_nobody_helps_nothing_ends(client: Client, mia: Membership) -> None:
    told = client.post(at("end_helper", mia), follow=True).content.decode()

    assert "No more copies are sent." not in told


def test_a_way_is_stopped_after_it_was_said_how_the_member_told_it(client: Client, mia: Membership) -> None:
    point = mia.person.contacts.get()

    asked = client.get(at("stop_contact", mia, point.pk)).content.decode()
    unsaid = client.post(at("stop_contact", mia, point.pk), {"way": ""}).content.decode()

    point.refresh_from_db()
    assert "Stop using this contact?" in asked
    assert INVALID in unsaid
    assert point.stopped_at is None


def test_an_address_is_corrected_with_a_number_that_can_be(cast: Cast, client: Client, mia: Membership) -> None:
    oak = street("Rue du Chêne")
    doors(oak, "1", "2")
    places.draw_quarter_and_count_addresses(area=cast.here.area, selectors=[whole(oak)], by=None, at=AT)
    told = {"name": "Mia Voorbeeld", "language": "nl", "street": "rue du Chêne", "way": "phone"}

    bad = client.post(at("correct", mia), {**told, "house": "<b>"}).content.decode()
    none_yet = Membership.objects.get(pk=mia.pk).person.household
    client.post(at("correct", mia), {**told, "house": " 2 "})

    home = Membership.objects.get(pk=mia.pk).person.household
    assert INVALID in bad
    assert none_yet is None
    assert home is not None
    assert (home.street, home.house) == (oak, "2")
