"""Sealing binds a text to its row; a digest finds an equal value."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from plp.toolbox.crypto import (
    SealedText,
    digest,
    row_context,
    seal,
    seal_bytes,
    sign,
    signed,
    unseal,
    unseal_bytes,
)


@given(st.text())
def test_what_is_sealed_opens_again(words: str) -> None:
    assert unseal(seal(words, context="here"), context="here") == words


def test_a_sealed_text_moved_to_another_row_does_not_open() -> None:
    sealed = seal("Rue Neuve 1", context=row_context("t", "c", 1))

    with pytest.raises(InvalidTag):
        unseal(sealed, context=row_context("t", "c", 2))


def test_what_is_sealed_under_one_key_does_not_open_under_another() -> None:
    sealed = seal_bytes(b"picture", context="here", key="sighting")

    assert unseal_bytes(sealed, context="here", key="sighting") == b"picture"
    with pytest.raises(InvalidTag):
        unseal_bytes(sealed, context="here")
    with pytest.raises(InvalidTag):
        unseal_bytes(sealed, context="here", key="sighting.reporter")


def test_a_field_with_a_key_of_its_own_keeps_it_in_migrations() -> None:
    own, usual = SealedText(key="sighting"), SealedText()

    assert [own.deconstruct()[3].get("key"), usual.deconstruct()[3].get("key")] == ["sighting", None]


def test_two_seals_of_one_text_differ_and_digests_agree() -> None:
    assert seal("a", context="x") != seal("a", context="x")
    assert digest("a", purpose="p") == digest("a", purpose="p")
    assert digest("a", purpose="p") != digest("a", purpose="q")


def test_a_signature_holds_for_its_purpose_only() -> None:
    assert signed("id", sign("id", purpose="stop"), purpose="stop")
    assert not signed("id", sign("id", purpose="stop"), purpose="other")
