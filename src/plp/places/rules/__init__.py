"""What is true of places: pure decisions on values."""

from plp.places.rules.coverage import Selector, is_excepted, selectors_cover_door
from plp.places.rules.numbers import natural_key, read_number, sort_key, split_house, tidy_box
from plp.places.rules.words import fold, is_clean, typed_forms

__all__ = [
    "Selector",
    "fold",
    "is_clean",
    "is_excepted",
    "natural_key",
    "read_number",
    "selectors_cover_door",
    "sort_key",
    "split_house",
    "tidy_box",
    "typed_forms",
]
