"""What two quarters cover once parts of streets go from one to the other; what one covers, to be set back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plp.places.models import Address, Area, Street
from plp.places.queries.coverage import StreetPart, street_parts_of
from plp.places.rules import Selector, selectors_cover_door
from plp.places.rules.moved_parts import WHOLE, is_moved_wholly, selectors_after_move

type Snapshot = dict[str, Any]


def coverage_of_both_after_move(
    area: Area, other: Area | None, parts: Iterable[StreetPart]
) -> tuple[list[StreetPart], list[StreetPart]] | None:
    """What both quarters cover once these parts have gone from ``area`` to ``other``; ``other`` ``None``: a new one.

    ``None`` where exceptions of one of the two stand in the way.
    """
    own, theirs = _selectors_by_street(area), _selectors_by_street(other) if other else defaultdict(list)
    streets = {part.street.pk: part.street for quarter in (area, other) if quarter for part in street_parts_of(quarter)}
    for part in parts:
        street = part.street
        streets[street.pk] = street
        before = own[street.pk]
        left, taken = selectors_after_move(before, theirs[street.pk], part.selector)
        if area.boundary is not None and part.selector == WHOLE:
            left = [Selector(excluded=True)]
        doors = list(Address.objects.filter(street=street).values_list("number", "box"))
        covered = [door for door in doors if not before or any(selector.matches(*door) for selector in before)]
        if part.selector != WHOLE and not is_moved_wholly(covered, left, taken, part.selector):
            return None
        if doors and not any(selectors_cover_door(left, *door) for door in doors):  # nothing of the street is left here
            left = [Selector(excluded=True)] if area.boundary is not None else []
        if area.boundary is None and (other is None or other.boundary is None):
            own_doors = {door for door in doors if selectors_cover_door(before, *door)}
            going_doors = {door for door in own_doors if part.selector.matches(*door)}
            fitted = _selectors_covering_exactly(left, doors, own_doors - going_doors)
            arrived = _selectors_covering_exactly(
                taken, doors, going_doors | {door for door in doors if selectors_cover_door(theirs[street.pk], *door)}
            )
            if fitted is None or arrived is None:
                return None
            left, taken = fitted, arrived
        own[street.pk], theirs[street.pk] = left, taken
    return _selectors_as_parts(own, streets), _selectors_as_parts(theirs, streets)


def _selectors_covering_exactly(
    selectors: list[Selector], doors: Sequence[tuple[str, str]], wanted: set[tuple[str, str]]
) -> list[Selector] | None:
    """Selectors that cover exactly these doors: as they are, or else number by number; ``None`` if neither does."""
    by_number = [Selector("all", number, number) for number in dict.fromkeys(number for number, _box in sorted(wanted))]
    for candidate in (selectors, by_number):
        if {door for door in doors if selectors_cover_door(candidate, *door)} == wanted:
            return candidate
    return None


def _selectors_by_street(area: Area) -> dict[int, list[Selector]]:
    selectors: dict[int, list[Selector]] = defaultdict(list)
    for part in street_parts_of(area):
        selectors[part.street.pk].append(part.selector)
    return selectors


def _selectors_as_parts(selectors: Mapping[int, Sequence[Selector]], streets: Mapping[int, Street]) -> list[StreetPart]:
    return [StreetPart(streets[street], selector) for street, chosen in selectors.items() for selector in chosen]


def quarter_as_snapshot(area: Area) -> Snapshot:
    """What a quarter covers, as plain values for JSON; ``restore_quarter_from_snapshot`` reads it."""
    fields = ("street_id", "side", "first", "last", "box_first", "box_last", "excluded")
    return {
        "coverage": [list(row) for row in area.coverage.order_by("pk").values_list(*fields)],
        "boundary": area.boundary,
        "outline": area.outline,
        "drawn_at": area.drawn_at.isoformat() if area.drawn_at else "",
    }
