"""The code of a street, what its link brought, and how far each street is: numbers that name nobody."""

import pytest

from plp.membership import street_recruits
from plp.membership.models import StreetRecruits
from plp.people.models import Household, Person
from plp.places.models import Address, CoveredAddress, Street
from tests.factories.cast import Cast, member
from tests.portal.partnership.test_pages import covered

pytestmark = pytest.mark.django_db


def progress(doors: int, members: int) -> street_recruits.StreetProgress:
    return street_recruits.StreetProgress(Street(pk=7), doors, members, members)


@pytest.mark.parametrize(("pk", "code"), [(1, "223"), (28, "22y"), (30, "232"), (987_654, "38kdt")])
def test_a_code_tells_its_street_however_it_is_typed(pk: int, code: str) -> None:
    streets = [Street(pk=pk + 1), Street(pk=pk)]

    assert street_recruits.street_code(streets[1]) == code
    assert street_recruits.street_of_code(streets, f" {code.upper()} ") == streets[1]
    assert street_recruits.street_of_code(streets, "nothing") is None


def test_small_numbers_are_told_to_nobody_and_nearly_all_to_no_stranger() -> None:
    shown = [
        (progress(100, count).masked_member_count, progress(100, count).public_minimum_of_members)
        for count in (0, 4, 5, 19, 20, 50)
    ]

    assert shown == [("0", 0), ("<\xa05", 0), ("5", 5), ("19", 10), ("20", 20), ("50", 50)]
    assert [progress(doors, 9).public_minimum_of_members for doors in (9, 10)] == [0, 5]


def test_each_street_has_its_doors_members_and_recruits_in_four_queries(django_assert_num_queries: object) -> None:
    cast = Cast()
    street = covered(cast)
    household = Household.objects.create(street=street, house="12", digest="a")
    Person.objects.filter(pk=member(cast.here.partnership, "Mia Voorbeeld").pk).update(household=household)
    address = Address.objects.create(street=street, register_id="a1", number="12", postcode="1130", status="current")
    CoveredAddress.objects.create(area=cast.here.area, address=address)
    street_recruits.increment_street_recruits(cast.here.partnership, street)
    street_recruits.increment_street_recruits(cast.here.partnership, street)

    with django_assert_num_queries(4):
        rows = street_recruits.street_progress(cast.here.partnership)

    assert rows == [street_recruits.StreetProgress(street, doors=1, members=1, recruited=2)]
    assert StreetRecruits.objects.count() == 1
