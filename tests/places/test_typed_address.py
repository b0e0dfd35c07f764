"""An address as people type it into one field."""

import pytest

from plp.places.rules.typed_address import TypedAddress, readings_of_typed_address


@pytest.mark.parametrize(
    ("typed", "street", "number", "postcode"),
    [
        ("rue de Verdun 12", "rue de Verdun", "12", ""),
        ("rue de Verdun, 12 bte 3, 1130 Haren", "rue de Verdun", "12 bte 3", "1130"),
        ("Verdunstraat 12A bus 4", "Verdunstraat", "12A bus 4", ""),
        ("12 rue de Verdun", "rue de Verdun", "12", ""),
        ("Rue du 11 Novembre 7", "Rue du 11 Novembre", "7", ""),
        ("  Hauptstraße   5-7 , B-4700 ", "Hauptstraße", "5-7", "4700"),
    ],
)
def test_a_number_and_a_postcode_are_told_from_the_street(typed: str, street: str, number: str, postcode: str) -> None:
    assert TypedAddress(street, number, postcode) in readings_of_typed_address(typed)


@pytest.mark.parametrize("typed", ["Rue Neuve", "Rue du 11 Novembre", "1130", "", "12", "x" * 120])
def test_a_street_alone_is_read_first(typed: str) -> None:
    assert readings_of_typed_address(typed)[0] == TypedAddress(typed)


def test_what_nobody_types_is_read_quickly() -> None:
    assert len(readings_of_typed_address("a 1 " * 200)) <= 3
