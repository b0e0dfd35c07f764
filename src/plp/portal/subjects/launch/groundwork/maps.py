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
    """The streets that one may tick, the found ones first, and where they lie, if anything has a place."""

    streets: Sequence[Street]
    map: Map | None


def area_map(partnership: Partnership, language: str) -> Map | None:
    """The area among its neighbours, with its streets; ``None`` while nothing of it has a place."""
    return streets_map(partnership.area, list(streets_of(partnership.area)), language)


def searched_and_nearby_streets(partnership: Partnership, street_search: str, language: str) -> StreetChoice:
    """The streets called ``text`` with those near them; without a text, those around the area."""
    found = find_coverable_streets(partnership, street_search, language) if street_search else []
    if street_search and not found:
        return StreetChoice([], None)
    frame = frame_of_streets(found) if found else frame_of_area(partnership.area)
    if frame is None:
        return StreetChoice(found, None)
    known = {one.pk for one in found}
    streets = [*found, *(one for one in coverable_streets_in_frame(partnership.area, frame) if one.pk not in known)]
    return StreetChoice(streets, map_of_streets(partnership.area, streets, frame, language))


def map_for_drawing_boundary(partnership: Partnership, street_search: str, language: str) -> Map | None:
    """The ground around the streets called ``text``, else around the area, else that of the whole municipality."""
    area = partnership.area
    near = frame_of_streets(find_coverable_streets(partnership, street_search, language)) if street_search else None
    frame = near or frame_of_area(area) or frame_of_possible_municipalities(area)
    if frame is None:
        return None
    return map_of_streets(area, coverable_streets_in_frame(area, frame), frame, language, is_named=True)
