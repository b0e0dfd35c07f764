"""What one may ask of places."""

from plp.places.queries.coverage import (
    StreetPart,
    addresses_of,
    find_quarters,
    quarters_covering_address,
    quarters_covering_door,
    street_parts_of,
    streets_of,
)
from plp.places.queries.moved_streets import moved_coverage, quarter_snapshot
from plp.places.queries.postcodes import Place, municipalities_of_street
from plp.places.queries.streets import has_streets, search_streets, streets_alike, streets_called, streets_within
from plp.places.queries.territory import (
    areas_alike,
    areas_called,
    municipalities_touched,
    municipality_of,
    zone_around,
    zone_of,
)
from plp.places.queries.typed_places import PlaceSearch, search_place

__all__ = [
    "Place",
    "PlaceSearch",
    "StreetPart",
    "addresses_of",
    "areas_alike",
    "areas_called",
    "find_quarters",
    "has_streets",
    "moved_coverage",
    "municipalities_of_street",
    "municipalities_touched",
    "municipality_of",
    "quarter_snapshot",
    "quarters_covering_address",
    "quarters_covering_door",
    "search_place",
    "search_streets",
    "street_parts_of",
    "streets_alike",
    "streets_called",
    "streets_of",
    "streets_within",
    "zone_around",
    "zone_of",
]
