"""What a quarter covers, and which quarters cover a door."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from plp.places.gazetteer import municipalities_by_nis
from plp.places.models import Address, Area, Coverage, CoveredAddress, Street
from plp.places.queries.streets import streets_by_name
from plp.places.rules import (
    Selector,
    is_excepted_by_selectors,
    normalise_box,
    parse_house_number,
    selectors_cover_door,
    split_house,
)
from plp.places.rules.shapes import are_inside, read_boundary

BATCH = 5_000

type Selectors = dict[int, list[Selector]]


@dataclass(frozen=True, slots=True)
class StreetPart:
    """A part of a street: the street, and which of its doors (all of them unless a selector says less)."""

    street: Street
    selector: Selector = field(default_factory=Selector)


def addresses_of(quarter: Area) -> QuerySet[Address]:
    """The addresses of the register that a quarter covers, street by street, 2 before 2A before 10."""
    return Address.objects.filter(covered_by__area=quarter).order_by("street_id", "sort_key", "pk")


def streets_of(quarter: Area) -> QuerySet[Street]:
    """The streets of which a quarter covers a door or names a part, by name."""
    doors = CoveredAddress.objects.filter(area=quarter).values("address__street")
    parts = Coverage.objects.filter(area=quarter, excluded=False).values("street")
    return Street.objects.filter(pk__in=doors.union(parts)).order_by("folded", "pk")


def quarters_covering_door(street: Street, number: str, box: str = "") -> QuerySet[Area]:
    """The quarters that cover a door, in the register or not, by path: four queries, whatever the street.

    ``number`` is as somebody wrote it and may hold the box (``12/3``). A door that the register does not know is
    judged by the streets chosen; a boundary covers it through a registered door of the same number.
    """
    if not box:
        number, box = split_house(number)
    areas = {area for area, rows in _selectors_by_area(street).items() if selectors_cover_door(rows, number, box)}
    areas |= _quarters_covering_same_number(street, number, box)
    return Area.objects.standing_quarters().filter(pk__in=areas).order_by("path")


def _selectors_by_area(street: Street) -> dict[UUID, list[Selector]]:
    selectors: dict[UUID, list[Selector]] = defaultdict(list)
    for row in Coverage.objects.filter(street=street, area__merged_into=None):
        selectors[row.area_id].append(row.selector)
    return selectors


def _quarters_covering_same_number(street: Street, number: str, box: str) -> set[UUID]:
    """The quarters of registered doors with the same number and, where both have one, the same box."""
    house, wanted = parse_house_number(number), normalise_box(box)
    doors = Address.objects.filter(street=street).values_list("pk", "number", "box")
    twins = [
        pk
        for pk, other, other_box in doors
        if house is not None
        and parse_house_number(other) == house
        and (not wanted or normalise_box(other_box) in {"", wanted})
    ]
    return set(CoveredAddress.objects.filter(address__in=twins).values_list("area_id", flat=True))


def find_quarters_of_street_or_door(*, street: str, number: str = "", postcode: str) -> QuerySet[Area]:
    """The quarters in which a door, or without number a part of the street, lies: public, as their streets are (R4).

    None for a street that is unknown as for one that is not covered; it tells nothing of members.
    """
    streets = list(streets_by_name(street, postcode=postcode)[:10])
    if number.strip():
        areas = {area.pk for candidate in streets for area in quarters_covering_door(candidate, number)}
        return Area.objects.standing_quarters().filter(pk__in=areas).order_by("path")
    doors = CoveredAddress.objects.filter(address__street__in=streets, area__merged_into=None)
    parts = Coverage.objects.filter(street__in=streets, excluded=False, area__merged_into=None)
    either = Q(pk__in=doors.values("area")) | Q(pk__in=parts.values("area"))
    return Area.objects.standing_quarters().filter(either).order_by("path")


def nis_codes_a_quarter_may_cover(area: Area) -> set[str]:
    """The NIS codes of the municipalities that the parent of a quarter holds: one, or those of a zone."""
    last = area.parent_path.rstrip("/").rpartition("/")[2]
    if last.startswith("m"):
        return {last[1:]}
    return {nis for nis, place in municipalities_by_nis().items() if place.zone == last}


def covered_nis_codes(area: Area) -> set[str]:
    """The NIS codes of the municipalities in which a quarter has a street; without streets, those of its parent."""
    of_parent = nis_codes_a_quarter_may_cover(area)
    if len(of_parent) == 1:
        return of_parent
    return set(streets_of(area).order_by().values_list("nis", flat=True)) or of_parent


def street_parts_of(area: Area) -> list[StreetPart]:
    """The selectors of a quarter with their streets, as they were drawn."""
    return [StreetPart(row.street, row.selector) for row in area.coverage.select_related("street").order_by("pk")]


def _selectors_by_street_of(area: Area) -> Selectors:
    selectors: Selectors = defaultdict(list)
    for row in Coverage.objects.filter(area=area):
        selectors[row.street_id].append(row.selector)
    return selectors


def address_keys_by_selectors(area: Area) -> set[int]:
    """The keys of the addresses that the street selectors of a quarter cover, worked out afresh."""
    selectors = _selectors_by_street_of(area)
    doors = Address.objects.filter(street__in=Coverage.objects.filter(area=area).values("street"))
    rows = doors.values_list("pk", "street_id", "number", "box").iterator(BATCH)
    return {pk for pk, street, number, box in rows if selectors_cover_door(selectors[street], number, box)}


def address_keys_in_boundary(area: Area) -> set[int]:
    """The keys of the addresses in the drawn boundary of a quarter that no exception takes out, worked out afresh.

    One without a point follows its street: it is in when every door of the street that has a point is.
    """
    if not area.boundary:
        return set()
    selectors = _selectors_by_street_of(area)
    doors = Address.objects.filter(street__nis__in=nis_codes_a_quarter_may_cover(area)).order_by()
    rows = doors.values_list("pk", "street_id", "longitude", "latitude")
    located = [(pk, street, (x, y)) for pk, street, x, y in rows if x is not None and y is not None]
    answers = are_inside(read_boundary(area.boundary), [point for _pk, _street, point in located])
    judged = list(zip(located, answers, strict=True))
    inside_doors = {pk for (pk, _street, _point), is_in in judged if is_in}
    reached = {street for (_pk, street, _point), is_in in judged if is_in}
    outside_streets = {street for (_pk, street, _point), is_in in judged if not is_in}
    unlocated = doors.filter(longitude=None).values_list("pk", "street_id")
    inside_doors |= {pk for pk, street in unlocated if street in reached - outside_streets}
    excepted = doors.filter(street__in=[street for street in selectors if street in reached])
    return inside_doors - {
        pk
        for pk, street, number, box in excepted.values_list("pk", "street_id", "number", "box")
        if is_excepted_by_selectors(selectors[street], number, box)
    }
