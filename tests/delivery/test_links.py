"""What a copy carries to be known again: the link that stops a contact, and our own name of the copy."""

from uuid import UUID

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from plp.delivery.links import is_valid_stop_link, settings_link, stop_link
from plp.delivery.references import parse_reference, reference_of

ONE, OTHER = UUID(int=2**127 + 5), UUID(int=7)


def test_links_lead_to_the_configured_place_and_nowhere_else() -> None:
    assert settings_link() == f"{settings.ORIGIN}/m/settings"
    assert stop_link(ONE).startswith(f"{settings.ORIGIN}/stop/{ONE.hex}/")


def test_a_stop_link_belongs_to_one_contact_however_it_is_written() -> None:
    contact, signature = stop_link(ONE).split("/")[-2:]

    assert stop_link(str(ONE)) == stop_link(ONE.hex) == stop_link(ONE)
    assert is_valid_stop_link(contact, signature)
    assert not is_valid_stop_link(OTHER.hex, signature)
    assert not any(is_valid_stop_link(contact, wrong) for wrong in ("", signature[:-1], signature.upper(), "é" * 32))


@given(number=st.integers(0, 10**18 - 1), message=st.uuids())
def test_our_reference_names_copy_and_message(number: int, message: UUID) -> None:
    assert reference_of(number, message) == reference_of(number, str(message)) == f"p{number}-{message.hex}"
    assert parse_reference(reference_of(number, message)) == (number, message)


@pytest.mark.parametrize(
    "reference",
    [
        *("", "p", "p12", "p12-", f"p-{ONE.hex}", f"12-{ONE.hex}", f"q12-{ONE.hex}", f"pp12-{ONE.hex}"),
        *(f"p12-{ONE}", f"p12-{ONE.hex[1:]}", f"p12-{ONE.hex}0", f"p12-{'x' * 32}", f"p12{ONE.hex}"),
        *(f"p-12-{ONE.hex}", f"p1.5-{ONE.hex}", f"p²-{ONE.hex}", f"p{10**18}-{ONE.hex}", "SM4f2a7c"),
    ],
)
def test_the_reference_of_a_supplier_is_none_of_ours(reference: str) -> None:
    assert parse_reference(reference) is None
