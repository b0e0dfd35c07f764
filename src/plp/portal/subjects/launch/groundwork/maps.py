"""The maps of the groundwork: the area as it is, the streets to choose from, the ground on which a border is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from plp.launch.queries.area import find_coverable_streets
from plp.partnership.models import Partnership
from plp.places.models import Street
from plp.places.queries import streets_of
from plp.places.queries.maps import (
    Map,
    coverable_streets_in_frame,
    frame_of_area,
    frame_of_possible_municipalities,
    frame_of_streets,
    map_of_streets,
)
from plp.portal.shell.maps import streets_map


@dataclass(frozen=True)
class StreetChoice:
    """The streets that one may tick, the first of them ``found``, and where they lie, if anything has a place.

    ``proposed``: those of the idea from which the partnership came, while its area has no street.
    """

    streets: Sequence[Street]
    map: Map | None
    found: int = 0
    proposed: Sequence[Street] = ()


def area_map(partnership: Partnership, language: str) -> Map | None:
    """The area among its neighbours, with its streets; ``None`` while nothing of it has a place."""
    return streets_map(partnership.area, list(streets_of(partnership.area)), language)


def searched_and_nearby_streets(partnership: Partnership, street_search: str, language: str) -> StreetChoice:
    """The streets called ``street_search`` with those near them; without it, those of the idea or around the area."""
    proposed = [] if street_search else _streets_of_ideas_for_empty_area(partnership)
    found = find_coverable_streets(partnership, street_search, language) if street_search else proposed
    if street_search and not found:
        return StreetChoice([], None)
    frame = frame_of_streets(found) if found else frame_of_area(partnership.area)
    if frame is None:
        return StreetChoice(found, None, len(found), proposed)
    known = {one.pk for one in found}
    streets = [*found, *(one for one in coverable_streets_in_frame(partnership.area, frame) if one.pk not in known)]
    drawn = map_of_streets(partnership.area, streets, frame, language)
    return StreetChoice(streets, drawn, len(found), proposed)


def _streets_of_ideas_for_empty_area(partnership: Partnership) -> list[Street]:
    """The streets of the ideas of a partnership whose area has no street yet, by name."""
    if partnership.area.coverage.exists():
        return []
    return list(Street.objects.filter(ideas__partnership=partnership).distinct().order_by("folded", "pk"))


def map_for_drawing_boundary(partnership: Partnership, street_search: str, language: str) -> Map | None:
    """The ground around the streets called ``text``, else around the area, else that of the whole municipality."""
    area = partnership.area
    near = frame_of_streets(find_coverable_streets(partnership, street_search, language)) if street_search else None
    frame = near or frame_of_area(area) or frame_of_possible_municipalities(area)
    if frame is None:
        return None
    return map_of_streets(area, coverable_streets_in_frame(area, frame), frame, language, is_named=True)
