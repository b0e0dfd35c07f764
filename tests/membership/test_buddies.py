"""Somebody receives on behalf: both agree, one copy each, either ends it, nothing is left (R66)."""

from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch, MessageText
from plp.mandates.queries import NotAllowed
from plp.membership import buddies
from plp.membership.actions import leave_partnership_with_receipt
from plp.people import buddies as people_buddies
from plp.people.models import Buddy, Consent, ContactPoint, Person
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db
MAIL = "zoe@plp.test"


@pytest.fixture
def mia(cast: Cast) -> Person:
    someone = member(cast.here.partnership, "Mia Voorbeeld", "nl")
    contact(someone, "paper", "Kerkstraat 1, 1130 Brussel")
    contact(someone, "email", "mia@plp.test")
    return someone


def ask(mia: Person, *, by: Person | None = None, address: str = MAIL) -> Buddy:
    return buddies.invite_buddy(
        person=mia, name="Zoë Dochter", language="fr", channel="email", address=address, by=by or mia, at=NOW
    )


def test_a_number_that_takes_no_letter_is_refused(mia: Person) -> None:
    with pytest.raises(buddies.BuddyUnreachable):
        buddies.invite_buddy(
            person=mia, name="Zoë Dochter", language="fr", channel="calls", address="+3222152234", by=mia, at=NOW
        )

    assert not Buddy.objects.exists()


def readers(cast: Cast) -> list[tuple[str, str]]:
    found = buddies.contacts_of_members_and_helpers(cast.here.partnership).exclude(confirmed_at=None)
    return sorted((point.address, point.person.language) for point in found)


def purposes() -> list[tuple[str, str]]:
    rows = Dispatch.objects.order_by("pk")
    return list(rows.values_list("message__purpose", "contact__person__language"))


def test_copies_come_once_the_helper_said_yes(cast: Cast, mia: Person) -> None:
    before = readers(cast)
    buddy = ask(mia)
    asked = readers(cast)

    buddies.accept_buddy_invitation(
        buddy=buddies.buddy_by_link(*buddies.buddy_answer_link(buddy).split("/")[-3:-1]), at=NOW
    )
    buddies.accept_buddy_invitation(buddy=buddy, at=NOW)

    assert asked == before
    assert readers(cast) == sorted([*before, (MAIL, "fr")])
    assert purposes() == [("people.buddy", "fr"), ("people.buddy", "nl")]
    assert sorted(Consent.objects.filter(kind="buddy").values_list("person__language", flat=True)) == ["fr", "nl"]


def test_the_letter_names_nobody_and_a_wrong_link_finds_nothing(mia: Person) -> None:
    buddy = ask(mia)

    assert not MessageText.objects.filter(body__contains="Mia").exists()
    assert buddies.buddy_by_link(buddy.pk.hex, "0" * 32) is None


@pytest.mark.parametrize("by_helper", [True, False])
def test_either_ends_it_and_a_helper_who_is_nothing_else_is_forgotten(cast: Cast, mia: Person, by_helper: bool) -> None:
    buddy = ask(mia)
    buddies.accept_buddy_invitation(buddy=buddy, at=NOW)
    before = Person.objects.count()

    buddies.end_buddy_agreement(buddy=buddy, by=buddy.helper if by_helper else mia, at=NOW)
    buddies.end_buddy_agreement(buddy=buddy, by=mia, at=NOW)

    assert (MAIL, "fr") not in readers(cast)
    assert purposes()[2:] == [("people.buddy", "nl"), ("people.buddy", "fr")]
    assert not Consent.objects.filter(kind="buddy", withdrawn_at=None).exists()
    assert buddies.erase_idle_helpers(by=None, at=NOW) == 0  # the receipt is on its way
    assert buddies.erase_idle_helpers(by=None, at=NOW + timedelta(days=1)) == 1
    assert Person.objects.count() == before - 1
    assert not ContactPoint.objects.filter(person__name=b"").exists()


def test_an_invitation_that_nobody_answers_leaves_nothing(mia: Person) -> None:
    ask(mia)

    assert [buddies.erase_idle_helpers(by=None, at=NOW + timedelta(days=days)) for days in (13, 14)] == [0, 1]
    assert not Buddy.objects.exists()


def test_a_neighbour_who_is_a_member_gets_one_copy_and_stays(cast: Cast, mia: Person) -> None:
    zoe = member(cast.here.partnership, "Zoë Buur", "fr")
    contact(zoe, "email", MAIL)

    buddy = ask(mia)
    buddies.accept_buddy_invitation(buddy=buddy, at=NOW)
    buddies.end_buddy_agreement(buddy=buddy, by=zoe, at=NOW)

    assert buddy.helper == zoe
    assert [address for address, _ in readers(cast)].count(MAIL) == 1
    assert buddies.erase_idle_helpers(by=None, at=NOW + timedelta(days=2)) == 0


def test_nobody_is_asked_twice_or_for_themselves(mia: Person) -> None:
    with pytest.raises(people_buddies.OwnHelper):
        ask(mia, address="mia@plp.test")
    ask(mia)
    with pytest.raises(people_buddies.BuddyExists):
        ask(mia, address="other@plp.test")


def test_the_coordinator_asks_on_the_members_word_and_the_next_one_may_not(cast: Cast, mia: Person) -> None:
    with pytest.raises(NotAllowed):
        ask(mia, by=cast.next_door.coordinator)
    buddy = ask(mia, by=cast.here.coordinator)

    with pytest.raises(NotAllowed):
        buddies.end_buddy_agreement(buddy=buddy, by=cast.next_door.coordinator, at=NOW)
    buddies.end_buddy_agreement(buddy=buddy, by=cast.here.coordinator, at=NOW)

    with pytest.raises(people_buddies.BuddyEnded):
        buddies.accept_buddy_invitation(buddy=buddy, at=NOW)


def test_nothing_comes_for_a_member_who_left(cast: Cast, mia: Person) -> None:
    buddy = ask(mia)
    buddies.accept_buddy_invitation(buddy=buddy, at=NOW)

    leave_partnership_with_receipt(membership=mia.memberships.get(), by=mia, at=NOW)

    assert readers(cast) == []


def test_an_address_that_takes_mail_is_not_said_to_take_none(mia: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buddies, "send_letter", lambda *_given, **_named: 0)

    assert ask(mia) == Buddy.objects.get()
