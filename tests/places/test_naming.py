"""A part of a street and a municipality in words, as a sheet, a page or a letter says them."""

import pytest
from django.utils.translation import override

from plp.places import actions
from plp.places.coverage_text import (
    DescribedPart,
    RegisteredDoor,
    covered_postcodes,
    selectors_matching_covered_doors,
    street_part_text,
    streets_with_selectors,
    whole_street_sentence,
)
from plp.places.gazetteer import municipalities_by_nis, nis_codes_of_cities
from plp.places.models import Area, Street
from plp.places.municipality_titles import municipality_title
from plp.places.rules import Selector
from tests.places.build import AT, doors, quarter, street


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
        assert street_part_text(DescribedPart(Street(name_fr="Rue du Chêne"), selectors)) == words


def test_a_paper_names_a_street_in_its_language_alone() -> None:
    part = DescribedPart(Street(nis="21004", name_fr="Rue Haute", name_nl="Hoogstraat"), [Selector(side="even")])

    with override("nl"):
        assert street_part_text(part, "nl") == "Hoogstraat (even nummers)"
        assert street_part_text(part) == "Rue Haute / Hoogstraat (even nummers)"
        assert street_part_text(part, "de") == "Rue Haute (even nummers)"


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
    names = municipalities_by_nis()[nis].names
    area = Area(nis=nis, name_fr=names["fr"], name_nl=names["nl"], name_de=names["de"])

    assert municipality_title(area, language) == words


def test_every_city_is_a_municipality_of_today() -> None:
    assert len(nis_codes_of_cities()) == 138
    assert nis_codes_of_cities() <= set(municipalities_by_nis())


@pytest.mark.parametrize(
    ("chosen", "covered", "words"),
    [
        ([], "1 2 3 4 5 6", "Rue du Chêne"),
        ([], "3 5 2", "Rue du Chêne (odd numbers, numbers 3 to 5; even numbers, number 2)"),
        ([], "1 5", "Rue du Chêne (odd numbers, number 1; odd numbers, number 5)"),
        ([Selector(last="2", first="2", excluded=True)], "1 3 4 5 6", "Rue du Chêne (except number 2)"),
        ([Selector(first="4")], "4 5 6", "Rue du Chêne (from number 4 on)"),
        (
            [Selector(first="4")],
            "1 4 5 6",
            "Rue du Chêne (odd numbers, number 1; odd numbers, number 5; even numbers, numbers 4 to 6)",
        ),
    ],
)
def test_a_street_of_which_a_boundary_takes_a_part_says_its_numbers(
    chosen: list[Selector], covered: str, words: str
) -> None:
    doors = [RegisteredDoor(number, "", number in covered.split()) for number in "123456"]

    with override("en"):
        text = street_part_text(
            DescribedPart(Street(name_fr="Rue du Chêne"), selectors_matching_covered_doors(chosen, doors))
        )

    assert text == words


@pytest.mark.django_db
def test_a_quarter_of_which_a_boundary_cuts_a_street_says_its_numbers_and_the_postcode() -> None:
    oak = street()
    doors(oak, "1", "3", "2", "40", points=[(4.41, 50.881), (4.411, 50.881), (4.412, 50.881), (4.7, 50.881)])
    area = quarter()
    square = {"type": "Polygon", "coordinates": [[[4.4, 50.88], [4.42, 50.88], [4.42, 50.89], [4.4, 50.88]]]}

    with override("fr"):
        assert whole_street_sentence(covered_postcodes(area), "fr").endswith("dans les limites de sa commune.")
        actions.draw_quarter_and_count_addresses(area=area, selectors=[], boundary=square, by=None, at=AT)
        (part,) = streets_with_selectors(area)
        assert street_part_text(part) == "Rue du Chêne (numéros impairs, numéros 1 à 3; numéros pairs, numéro 2)"
        assert whole_street_sentence(covered_postcodes(area), "fr").endswith(
            "des deux côtés : toutes ses adresses au code postal 1130."
        )


def test_two_words_that_a_register_joined_are_parted_wherever_the_street_is_named() -> None:
    named = Street(nis="23027", name_nl="J.en C. Colruytstraat")

    assert [named.name("nl"), named.names, Street(name_fr="Rue Dr. Dejase").name("fr")] == [
        "J. en C. Colruytstraat",
        "J. en C. Colruytstraat",
        "Rue Dr. Dejase",
    ]


@pytest.mark.parametrize(
    ("path", "language", "shown"),
    [
        ("be/z118/m23027/q-lembeek/", "nl", "Lembeek"),
        ("be/z118/m23027/q-lembeek/", "fr", "Lembecq"),
        ("be/z118/m23027/q-lembeek/", "de", "Lembeek"),
        ("be/z118/m23027/q-lembeek/", "en", "Lembeek"),
        ("be/z1/m21004/q-lembeek/", "en", "Lembecq"),
        ("be/z118/", "en", "Lembecq"),
    ],
)
def test_an_area_without_a_name_in_a_language_bears_that_of_its_region(path: str, language: str, shown: str) -> None:
    area = Area(path=path, name_fr="Lembecq", name_nl="Lembeek")

    assert area.name(language) == shown
