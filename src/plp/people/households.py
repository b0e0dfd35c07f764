"""Who lives behind the doors that a message is meant for. House numbers are sealed: they are read street by street."""

from typing import Any

from django.db.models import Q, QuerySet

from plp.people.models import Household
from plp.places.rules.target_areas import TargetedDoors
from plp.toolbox.crypto import sealed_field

HOUSE = sealed_field(Household, "house")


def lives_behind_doors_condition(doors: TargetedDoors) -> Q:
    """The condition on a person that they live behind one of these doors: at most one query.

    Whole streets are left to the database; only where a part of a street is meant are its house numbers opened.
    """
    homes = [
        key
        for key, street, house in (_household_rows_in_streets(doors.partial_streets) if doors.partial_streets else ())
        if doors.includes_house(street, HOUSE.unseal_value(house, key))
    ]
    return Q(household__street__in=sorted(doors.whole_streets)) | Q(household__in=homes)


def _household_rows_in_streets(streets: set[int]) -> QuerySet[Household, tuple[Any, ...]]:
    return Household.objects.filter(street__in=sorted(streets)).values_list("pk", "street", "house")
