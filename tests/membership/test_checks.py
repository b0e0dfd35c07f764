"""What the machine can check about somebody who asks to join (R45, R64, R65)."""

import pytest
from django.utils import translation

from plp.membership.checks import membership_checks
from plp.membership.models import Membership
from plp.people import actions as people
from plp.places.models import Street
from tests.factories.cast import NOW, Cast, contact
from tests.membership.lists.stage import streets

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    streets(found)
    return found


def asked(cast: Cast, name: str, house: str, street: str = "Rue du Biplan") -> Membership:
    """Somebody at this door who asks to join."""
    door = Street.objects.get(name_fr=street)
    someone = people.register_person(name=name, language="fr", street=door, house=house, by=None, at=NOW)
    return Membership.objects.create(partnership=cast.here.partnership, person=someone, state="pending", asked_at=NOW)


def sentences(*memberships: Membership) -> list[list[tuple[str, bool]]]:
    with translation.override("en"):
        found = membership_checks(memberships)
        return [[(str(check.sentence), check.is_good) for check in found[one.pk]] for one in memberships]


def test_the_register_says_whether_the_address_is_in_the_quarter(cast: Cast) -> None:
    inside, outside = sentences(asked(cast, "Ada Exemple", "50"), asked(cast, "Bea Exemple", "51"))

    assert inside[0] == ("The address is in the area.", True)
    assert outside[0] == ("According to the register this address is not in the neighbourhood.", False)


def test_contact_and_declarations_are_looked_at(cast: Cast) -> None:
    membership = asked(cast, "Ada Exemple", "1")
    (bare,) = sentences(membership)
    contact(membership.person, "email", "ada@x.test")
    for kind in ("adult", "lives_or_works", "conduct"):
        people.record_consent(person=membership.person, kind=kind, version="1", by=None, at=NOW)
    (full,) = sentences(membership)

    assert [good for _sentence, good in bare] == [True, False, False]
    assert [good for _sentence, good in full] == [True, True, True]


def test_the_same_name_at_the_same_door_may_be_a_double(cast: Cast) -> None:
    first, second, child = (
        asked(cast, "Ada Exemple", "1"),
        asked(cast, "ADA EXEMPLE", "1"),
        asked(cast, "Max Exemple", "1"),
    )

    found = sentences(first, second, child)

    assert [len(checks) for checks in found] == [5, 5, 4]
    assert found[2][3] == (
        "2 other people at this address are members or are waiting to join. An address may have several members.",
        True,
    )
    assert found[0][4] == ("Perhaps on the list already: same name, with the same door or contact.", False)
