"""What a member takes back ends at once; what they try too often waits."""

import pytest

from plp.people import buddies
from plp.people.models import Buddy, Consent, Person
from plp.portal.shell import limits
from tests.factories.cast import NOW, Cast, member
from tests.portal.membership.self_service.test_members import opened
from tests.portal.partnership.test_pages import words

pytestmark = pytest.mark.django_db
ADD = "/m/settings/contacts/add/"
PHONE = {"channel": "calls", "address": "02 555 12 12"}


@pytest.mark.parametrize("whose", ["own", "other"])
def test_taking_back_an_agreement_ends_that_one_alone(cast: Cast, mia: Person, whose: str) -> None:
    zoe, tom = (member(cast.here.partnership, name) for name in ("Zoë Buur", "Tom Voorbeeld"))
    own = buddies.request_buddy(person=mia, helper=zoe, version="1", by=mia, at=NOW)
    other = buddies.request_buddy(person=tom, helper=mia, version="1", by=tom, at=NOW)
    buddies.confirm_buddy(buddy=other, version="1", by=mia, at=NOW)
    ends, stays = (own, other) if whose == "own" else (other, own)
    consent = Consent.objects.get(person=mia, kind="buddy", subject=ends.pk.hex)

    opened().post(f"/m/settings/withdraw/{consent.pk}/")

    assert list(Buddy.objects.filter(ended_at=None)) == [stays]


def test_a_telephone_at_home_is_confirmed_by_the_coordinator(mia: Person) -> None:
    told = opened().post(ADD, {**PHONE, "agrees": "on"}, follow=True)

    assert "This one is confirmed by a call or at your door." in words(told)
    assert mia.contacts.get(channel="calls").confirmed_at is None


@pytest.mark.parametrize("left_out", ["channel", "address"])
def test_a_new_way_has_a_channel_and_an_address(mia: Person, left_out: str) -> None:
    page = opened().post(ADD, {**PHONE, "agrees": "on", left_out: ""})

    assert "This field is required" in words(page)
    assert mia.contacts.count() == 1


def test_whoever_tries_too_often_waits(monkeypatch: pytest.MonkeyPatch, mia: Person) -> None:
    client = opened()
    monkeypatch.setitem(limits.LIMITS, "test.person", limits.Limit(0, 60))

    answer = client.post(f"/m/settings/contacts/{mia.contacts.get().pk}/try/")

    assert answer.status_code == 409
    assert "Wait a few minutes" in words(answer)


def test_a_language_is_changed_and_the_name_stays(mia: Person) -> None:
    before = mia.name
    opened().post("/m/settings/about/", {"name": before, "language": "de"})

    mia.refresh_from_db()
    assert (mia.name, mia.language) == (before, "de")


def test_somebody_who_receives_has_a_way_to_be_reached(mia: Person) -> None:
    page = opened().post("/m/settings/buddy/", {"name": "Zoë Dochter", "address": "", "language": "fr"})

    assert "This field is required" in words(page)
    assert not Buddy.objects.exists()
