"""A part of a street in words, as a sheet or a page says it."""

import pytest
from django.utils.translation import override

from plp.places.coverage_text import DescribedPart, part_text
from plp.places.models import Street
from plp.places.rules import Selector


@pytest.mark.parametrize(
    ("selectors", "words"),
    [
        ([], "Rue du Chêne"),
        ([Selector(first="3")], "Rue du Chêne (from number 3 on)"),
        ([Selector(last="9")], "Rue du Chêne (up to number 9)"),
        ([Selector(side="odd", first="3", last="9")], "Rue du Chêne (odd numbers, numbers 3 to 9)"),
        ([Selector(first="7", last="7", box_first="1", box_last="3")], "Rue du Chêne (number 7, boxes 1 – 3)"),
        ([Selector(), Selector(first="7", last="7", excluded=True)], "Rue du Chêne (except number 7)"),
    ],
)
def test_a_part_of_a_street_is_named(selectors: list[Selector], words: str) -> None:
    with override("en"):
        assert part_text(DescribedPart(Street(name_fr="Rue du Chêne"), selectors)) == words
