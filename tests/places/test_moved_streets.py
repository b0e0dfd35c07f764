"""A door has one quarter, whatever halves of its street went where before."""

import pytest

from plp.places import actions as places
from plp.places.actions.moved_streets import move_streets
from plp.places.models import Address, Area, CoveredAddress, Street
from plp.places.queries import StreetPart, street_parts_of
from plp.places.rules import Selector
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def numbers(area: Area) -> list[str]:
    return sorted(CoveredAddress.objects.filter(area=area).values_list("address__number", flat=True))


def test_a_whole_street_takes_along_no_half_that_a_third_quarter_has() -> None:
    cast = Cast()
    third = cast.quarter("jette", "be/z1/m21004/q-jette/", cast.officer).area
    street, rest = (
        Street.objects.create(nis="21004", postcode="1130", register_id=name, name_fr=name, folded=name.lower())
        for name in ("Rue A", "Rue B")
    )
    for row in (street, rest):
        Address.objects.bulk_create(
            Address(street=row, register_id=f"{row.pk}/{n}", number=str(n), sort_key=f"{n:03}") for n in range(1, 5)
        )
    here, there = cast.here.area, cast.next_door.area
    for area, parts in (
        (here, [StreetPart(street), StreetPart(street, Selector("odd", excluded=True)), StreetPart(rest)]),
        (there, [StreetPart(street, Selector("all", "1", "1"))]),
        (third, [StreetPart(street, Selector("all", "3", "3"))]),
    ):
        places.draw_quarter_and_count_addresses(area=area, selectors=parts, by=None, at=NOW)

    going = [part for part in street_parts_of(here) if part.street == street and not part.selector.excluded]
    move_streets(area=here, other=there, parts=going, by=None, at=NOW)

    assert [numbers(area) for area in (here, there, third)] == [["1", "2", "3", "4"], ["1", "2", "4"], ["3"]]
