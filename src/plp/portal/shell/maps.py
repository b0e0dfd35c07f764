"""Maps for more than one subject: no tile, no other host, no dot for a home (R4)."""

from collections.abc import Iterable

from plp.partnership.models import Partnership
from plp.places.models import Area
from plp.places.queries.maps import Map, map_of_quarters


def quarters_map(partnerships: Iterable[Partnership], language: str) -> Map | None:
    """A map to choose among partnerships; ``None`` where there is nothing to choose or nothing drawn."""
    areas = {str(one.pk): one.area for one in partnerships}
    return map_of_quarters(areas, language) if len(areas) > 1 else None


def quarter_map(area: Area, language: str) -> Map | None:
    """One quarter among the municipalities, for its public page; ``None`` while nothing of it is drawn."""
    return map_of_quarters({area.path: area}, language)
