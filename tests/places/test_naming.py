"""A part of a street and a municipality in words, as a sheet, a page or a letter says them."""

import pytest
from django.utils.translation import override

from plp.places.coverage_text import DescribedPart, part_text
from plp.places.gazetteer import municipalities, nis_codes_of_cities
from plp.places.models import Area, Street
from plp.places.municipality_titles import municipality_title
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


@pytest.mark.parametrize(
    ("nis", "language", "words"),
    [
        ("21004", "fr", "Ville de Bruxelles"),
        ("21004", "nl", "Stad Brussel"),
        ("63049", "de", "Stadt Malmedy"),
        ("23027", "nl", "Stad Halle"),
        ("33011", "fr", "Ville d’Ypres"),
        ("55035", "fr", "Ville du Roeulx"),
        ("52075", "fr", "Commune des Bons Villers"),
        ("58001", "fr", "Ville de La Louvière"),
        ("21009", "fr", "Commune d’Ixelles"),
        ("23003", "nl", "Gemeente Beersel"),
        ("63001", "de", "Gemeinde Amel"),
        ("21004", "en", "City of Bruxelles"),
    ],
)
def test_a_municipality_is_a_city_where_it_bears_that_title(nis: str, language: str, words: str) -> None:
    names = municipalities()[nis].names
    area = Area(nis=nis, name_fr=names["fr"], name_nl=names["nl"], name_de=names["de"])

    assert municipality_title(area, language) == words


def test_every_city_is_a_municipality_of_today() -> None:
    assert len(nis_codes_of_cities()) == 138
    assert nis_codes_of_cities() <= set(municipalities())
