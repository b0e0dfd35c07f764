"""Reads about the streets of a partnership: its parts with their doors, and who else covers them (R4)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from plp.partnership.models import Partnership
from plp.places.gazetteer import REGISTER, register_file_name
from plp.places.models import Address, Area, Coverage, Street
from plp.places.queries import (
    addresses_of,
    has_streets_of_any_municipality,
    quarters_covering_door,
    search_streets,
    streets_by_name,
)
from plp.places.queries.coverage import nis_codes_a_quarter_may_cover
from plp.places.rules import Selector

MOST_FOUND = 40


@dataclass(frozen=True)
class CoveredPart:
    """One part of a street as it was chosen, and how many doors of the register lie in it."""

    row: Coverage
    doors: int


@dataclass(frozen=True)
class AreaOverlap:
    """Another quarter, of a partnership of the same kind, that covers some of the same doors."""

    area: Area
    doors: int


@dataclass(frozen=True)
class MissingRegister:
    """Where the register of addresses is fetched, and the commands by which the operator reads it in."""

    source: str
    commands: tuple[str, ...]


@dataclass(frozen=True)
class DoorInArea:
    """What a door is to a partnership: ``is_street_known`` or not, ``inside`` or not, and which ``others`` cover it."""

    is_street_known: bool
    inside: bool
    others: tuple[Area, ...]


def covered_street_parts(partnership: Partnership) -> list[CoveredPart]:
    """The parts of the area, street by street, with their doors. Two queries."""
    rows = list(partnership.area.coverage.select_related("street").order_by("street__folded", "excluded", "pk"))
    doors: dict[int, list[tuple[str, str]]] = defaultdict(list)
    addresses = Address.objects.filter(street__in={row.street_id for row in rows})
    for street, number, box in addresses.values_list("street_id", "number", "box"):
        doors[street].append((number, box))
    return [CoveredPart(row, sum(row.selector.matches(*door) for door in doors[row.street_id])) for row in rows]


def count_addresses_of_border_alone(partnership: Partnership, parts: Sequence[CoveredPart]) -> int:
    """How many addresses of the area no part of a street names: those that only its border takes in. One query."""
    named: dict[int, list[Selector]] = defaultdict(list)
    for part in parts:
        if not part.row.excluded:
            named[part.row.street_id].append(part.row.selector)
    covered = addresses_of(partnership.area).values_list("street_id", "number", "box")
    return sum(not any(selector.matches(number, box) for selector in named[street]) for street, number, box in covered)


def other_quarters_sharing_doors(partnership: Partnership) -> list[AreaOverlap]:
    """The other quarters that cover doors of this one, with how many. One query.

    Of partnerships of the same kind: residents and traders of one street may have a partnership each.
    """
    area = partnership.area
    same_kind = Area.objects.standing_quarters().filter(partnership__kind=partnership.kind)
    beside = same_kind.filter(covered__address__covered_by__area=area).exclude(pk=area.pk)
    counted = beside.annotate(doors=Count("covered__address", distinct=True)).order_by("path")
    return [AreaOverlap(quarter, quarter.doors) for quarter in counted]


def import_commands_if_register_missing(partnership: Partnership) -> MissingRegister | None:
    """How the register of addresses is read in, while no street of the municipalities around the area is there."""
    codes = nis_codes_a_quarter_may_cover(partnership.area)
    if has_streets_of_any_municipality(codes):
        return None
    commands = [f"./plp import addresses {register_file_name(nis)} --municipality {nis}" for nis in sorted(codes)]
    return MissingRegister(REGISTER, tuple(commands))


def find_coverable_streets(partnership: Partnership, name_search: str, language: str) -> list[Street]:
    """The streets of the municipality, or of the zone, around the area whose name holds ``text``: at most forty."""
    codes = nis_codes_a_quarter_may_cover(partnership.area)
    return list(search_streets(name_search, codes=codes, language=language, limit=MOST_FOUND))


def find_door_and_whether_area_covers_it(partnership: Partnership, street: str, number: str) -> DoorInArea:
    """Whether a door lies in the area of a partnership. Tells nothing of who lives there."""
    codes = nis_codes_a_quarter_may_cover(partnership.area)
    streets = list(streets_by_name(street, codes=codes)[:10])
    covering = {area.pk: area for street_found in streets for area in quarters_covering_door(street_found, number)}
    inside = covering.pop(partnership.area_id, None)
    return DoorInArea(bool(streets), inside is not None, tuple(covering.values()))
