"""House numbers, boxes and street names as people and registers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plp.places.rules import (
    fold,
    house_sort_key,
    is_printable_and_undisguised,
    normalise_box,
    parse_house_number,
    spelling_variants,
    split_house,
)

HOUSES = ["1", "2", "2A", "2B", "2bis", "9", "10", "10A", "12-14", "100", "1000"]


def test_doors_are_put_in_the_order_of_the_street() -> None:
    doors = [("10", "b010"), ("2", ""), ("10", "b002"), ("100", ""), ("2A", ""), ("10", "")]

    ordered = sorted(doors, key=lambda door: house_sort_key(*door))

    assert ordered == [("2", ""), ("2A", ""), ("10", ""), ("10", "b002"), ("10", "b010"), ("100", "")]


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_sort_key_always_fits_its_column(number: str, box: str) -> None:
    assert len(house_sort_key(number, box)) <= 60


@pytest.mark.parametrize(
    ("written", "number", "box"),
    [
        ("12", "12", ""),
        ("12A", "12A", ""),
        ("12 bis", "12 bis", ""),
        ("12-14", "12-14", ""),
        ("12-1", "12", "1"),
        ("12/3", "12", "3"),
        ("12A bte 3", "12A", "bte 3"),
        ("12 b003", "12", "b003"),
        ("12, bus 2.1", "12", "bus 2.1"),
        ("  12   boîte  4 ", "12", "boîte 4"),
        ("12bte3", "12", "bte3"),
        ("12-14bis", "12-14bis", ""),
        ("n° 12", "12", ""),
        ("№ 12A", "12A", ""),
        ("nr. 12 bus 3", "12", "bus 3"),
        ("Huisnummer 12", "12", ""),
        ("", "", ""),
    ],
)
def test_a_written_house_is_split_in_number_and_box(written: str, number: str, box: str) -> None:
    assert split_house(written) == (number, box)


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("b003", "3"),
        ("bte 3", "3"),
        ("bus 03", "3"),
        ("boîte 3", "3"),
        ("Postfach 3", "3"),
        ("3", "3"),
        ("B1.1", "B1.1"),
        ("", ""),
    ],
)
def test_a_box_has_one_form_however_it_is_written(written: str, tidy: str) -> None:
    assert normalise_box(written) == tidy


def test_a_house_with_two_numbers_knows_both() -> None:
    house = parse_house_number("12-14")

    assert house is not None
    assert house.first[0] == 12
    assert house.last[0] == 14
    assert house.is_odd is False


@pytest.mark.parametrize("written", ["12", "n° 12", "Nr. 12", "012", "12.", "１２"])
def test_a_house_is_the_same_however_its_number_is_written(written: str) -> None:
    assert parse_house_number(written) == parse_house_number("12")


@pytest.mark.parametrize("written", ["12½", "12²"])
def test_a_raised_sign_never_makes_another_house(written: str) -> None:
    house = parse_house_number(written)

    assert house is not None
    assert house.first[0] == 12


@pytest.mark.parametrize("written", ["", "ZN", "sans numéro", "1234567"])
def test_what_begins_with_no_number_is_none(written: str) -> None:
    assert parse_house_number(written) is None


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Chaussée d'Haecht", "chaussee d haecht"),
        ("CHAUSSÉE-D’HAECHT", "chaussee d haecht"),
        ("Weiße Straße", "weisse strasse"),
        ("Rue du Sacré-Cœur", "rue du sacre coeur"),
        ("e\u0301glise", "eglise"),
        ("\U0001d5d4\uff56enue", "avenue"),
    ],
)
def test_a_name_is_found_without_accents_and_capitals(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("av. des Martyrs", "avenue des martyrs"),
        ("Kerkstr.", "kerkstraat"),
        ("Kirchstr.", "kirchstrasse"),
        ("Haachtsestwg", "haachtsesteenweg"),
        ("ch. de Haecht", "chaussee de haecht"),
    ],
)
def test_a_short_word_is_understood(typed: str, full: str) -> None:
    assert full in spelling_variants(typed)


@pytest.mark.parametrize("sign", ["\u202e", "\u200f", "\x00", "\n", "\t", "\u2066", "\x1b"])
def test_a_name_with_an_unprintable_sign_is_not_clean(sign: str) -> None:
    assert not is_printable_and_undisguised(f"Rue{sign}Haute")
