"""What is true of places: pure decisions on values."""

from plp.places.rules.coverage import Selector, is_excepted_by_selectors, selectors_cover_door
from plp.places.rules.numbers import house_sort_key, normalise_box, parse_house_number, split_house
from plp.places.rules.words import fold, is_printable_and_undisguised, spelling_variants
