"""Moving house within the zone: entered once, everything goes along, nobody is without messages (ADR 72)."""

import pytest

from plp.membership import actions as memberships
from plp.membership.house_moves import (
    HouseMove,
    create_applications_for_moved_members,
    record_move_and_ask_to_join_there,
)
from plp.membership.models import Membership
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people import actions as people
from plp.people.models import Consent, ContactPoint, Person
from plp.places.models import Coverage, Street
from tests.factories.cast import NOW, Cast, Quarter, contact, member

pytestmark = pytest.mark.django_db


def street(name: str) -> Street:
    return Street.objects.create(
        nis="21004", postcode="1130", register_id=name, name_fr=name, name_nl=name, folded=name.lower()
    )


def covered(quarter: Quarter, name: str) -> Street:
    row = street(name)
    Coverage.objects.create(area=quarter.area, street=row)
    return row


@pytest.fixture
def mia(cast: Cast) -> Person:
    someone = member(cast.here.partnership, "Mia Voorbeeld", "nl")
    contact(someone, "email", "mia@plp.test")
    people.record_consent(person=someone, kind="joining", version="1", by=None, at=NOW)
    people.set_front_door(person=someone, street=covered(cast.here, "Rue Haute"), house="12", by=None, at=NOW)
    return someone


def move(mia: Person, to: Street) -> HouseMove:
    return record_move_and_ask_to_join_there(person=mia, street=to, house="3", by=mia, at=NOW)


def states(mia: Person) -> dict[str, str]:
    return dict(Membership.objects.filter(person=mia).exclude(state="left").values_list("partnership__key", "state"))


def test_the_new_partnership_accepts_and_then_the_old_one_ends(cast: Cast, mia: Person) -> None:
    before = list(ContactPoint.objects.values()), list(Consent.objects.values())

    moved = move(mia, covered(cast.next_door, "Rue Basse"))
    waiting = states(mia)
    asked = Membership.objects.get(person=mia, state="pending")
    memberships.accept_and_welcome_member(membership=asked, by=cast.next_door.coordinator, at=NOW)

    assert moved == HouseMove(cast.here.partnership, cast.next_door.partnership)
    assert waiting == {"haren": "active", "laeken": "pending"}
    assert states(mia) == {"laeken": "active"}
    assert (list(ContactPoint.objects.values()), list(Consent.objects.values())) == before


def test_a_correction_within_the_quarter_moves_nobody(cast: Cast, mia: Person) -> None:
    assert move(mia, covered(cast.here, "Rue Neuve")) == HouseMove()
    assert states(mia) == {"haren": "active"}


def test_who_moves_on_or_back_before_being_accepted_asks_once(cast: Cast, mia: Person) -> None:
    third = cast.quarter("jette", "be/z1/m21004/q-jette/", cast.officer)
    home = mia.household.street
    move(mia, covered(cast.next_door, "Rue Basse"))
    move(mia, covered(third, "Rue Longue"))
    onward = states(mia)

    move(mia, home)

    assert onward == {"haren": "active", "jette": "pending"}
    assert states(mia) == {"haren": "active"}


def test_where_nobody_covers_the_street_it_is_asked_later(cast: Cast, mia: Person) -> None:
    far = street("Rue Lointaine")
    moved = move(mia, far)
    nothing = create_applications_for_moved_members(by=None, at=NOW)
    Coverage.objects.create(area=cast.next_door.area, street=far)

    assert moved == HouseMove(cast.here.partnership, None)
    assert (
        nothing,
        create_applications_for_moved_members(by=None, at=NOW),
        create_applications_for_moved_members(by=None, at=NOW),
    ) == (0, 1, 0)
    assert states(mia) == {"haren": "active", "laeken": "pending"}


def test_another_zone_a_resting_partnership_and_who_only_works_here(cast: Cast, mia: Person) -> None:
    abroad = move(mia, covered(cast.abroad, "Rue du Moulin"))
    Partnership.objects.filter(pk=cast.next_door.partnership.pk).update(state=State.DORMANT)
    worker = member(cast.here.partnership, "Piet Voorbeeld")

    assert abroad.new_partnership is None
    assert move(worker, covered(cast.next_door, "Rue Basse")) == HouseMove()
    assert states(worker) == {"haren": "active"}


def test_who_belongs_there_already_is_one_member(cast: Cast, mia: Person) -> None:
    Membership.objects.create(partnership=cast.next_door.partnership, person=mia, state="active", asked_at=NOW)

    move(mia, covered(cast.next_door, "Rue Basse"))

    assert states(mia) == {"laeken": "active"}


def test_who_waits_to_be_accepted_waits_there_instead(cast: Cast, mia: Person) -> None:
    Membership.objects.filter(person=mia).update(state="pending")

    move(mia, covered(cast.next_door, "Rue Basse"))

    assert states(mia) == {"laeken": "pending"}
