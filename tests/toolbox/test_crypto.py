"""Sealing binds a text to its row; a digest finds an equal value."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from plp.toolbox.crypto import digest, row_context, seal, sign, signed, unseal


@given(st.text())
def test_what_is_sealed_opens_again(words: str) -> None:
    assert unseal(seal(words, context="here"), context="here") == words


def test_a_sealed_text_moved_to_another_row_does_not_open() -> None:
    sealed = seal("Rue Neuve 1", context=row_context("t", "c", 1))

    with pytest.raises(InvalidTag):
        unseal(sealed, context=row_context("t", "c", 2))


def test_two_seals_of_one_text_differ_and_digests_agree() -> None:
    assert seal("a", context="x") != seal("a", context="x")
    assert digest("a", purpose="p") == digest("a", purpose="p")
    assert digest("a", purpose="p") != digest("a", purpose="q")


def test_a_signature_holds_for_its_purpose_only() -> None:
    assert signed("id", sign("id", purpose="stop"), purpose="stop")
    assert not signed("id", sign("id", purpose="stop"), purpose="other")
