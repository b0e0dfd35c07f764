"""What one may ask of places."""

from plp.places.queries.coverage import StreetPart, addresses_of, covering, covering_door, look_up, parts_of, streets_of
from plp.places.queries.moved_streets import moved_coverage, quarter_snapshot
from plp.places.queries.postcodes import Place, places_of
from plp.places.queries.streets import has_streets, search_streets, streets_alike, streets_called, streets_within
from plp.places.queries.territory import areas_called, municipalities_touched, municipality_of, zone_around, zone_of
from plp.places.queries.typed_places import PlaceSearch, search_place

__all__ = [
    "Place",
    "PlaceSearch",
    "StreetPart",
    "addresses_of",
    "areas_called",
    "covering",
    "covering_door",
    "has_streets",
    "look_up",
    "moved_coverage",
    "municipalities_touched",
    "municipality_of",
    "parts_of",
    "places_of",
    "quarter_snapshot",
    "search_place",
    "search_streets",
    "streets_alike",
    "streets_called",
    "streets_of",
    "streets_within",
    "zone_around",
    "zone_of",
]
