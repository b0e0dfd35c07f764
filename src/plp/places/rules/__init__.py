"""What is true of places: pure decisions on values."""

from plp.places.rules.coverage import Selector, is_excepted_by_selectors, selectors_cover_door
from plp.places.rules.numbers import natural_sort_key, normalise_box, read_number, sort_key, split_house
from plp.places.rules.words import fold, is_printable_and_undisguised, spelling_variants

__all__ = [
    "Selector",
    "fold",
    "is_excepted_by_selectors",
    "is_printable_and_undisguised",
    "natural_sort_key",
    "normalise_box",
    "read_number",
    "selectors_cover_door",
    "sort_key",
    "spelling_variants",
    "split_house",
]
