"""What one may ask of places."""

from plp.places.queries.coverage import (
    StreetPart,
    addresses_of,
    find_quarters_of_street_or_door,
    quarters_covering_door,
    street_parts_of,
    streets_of,
)
from plp.places.queries.moved_streets import coverage_of_both_after_move, quarter_as_snapshot
from plp.places.queries.postcodes import Place, possible_municipalities_of_street
from plp.places.queries.streets import (
    has_streets_of_any_municipality,
    may_house_exist,
    search_streets,
    similar_street_names,
    streets_by_name,
    streets_of_areas_by_name,
)
from plp.places.queries.territory import (
    areas_by_name_or_nis,
    municipalities_of_quarter,
    municipality_of,
    similar_area_names,
    zone_around,
    zone_of,
)
from plp.places.queries.typed_places import PlaceSearch, search_place
