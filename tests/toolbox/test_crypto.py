"""Sealing binds a text to its row; a digest finds an equal value."""

from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from plp.people.models import Person
from plp.toolbox import keyring
from plp.toolbox.crypto import (
    SealedText,
    all_digests,
    digest,
    is_valid_signature,
    seal,
    seal_bytes,
    sealed_prefix,
    sealing_context_of_row,
    sign,
    unseal,
    unseal_bytes,
)


@given(st.text())
def test_what_is_sealed_opens_again(words: str) -> None:
    assert unseal(seal(words, context="here"), context="here") == words


def test_a_sealed_text_moved_to_another_row_does_not_open() -> None:
    sealed = seal("Rue Neuve 1", context=sealing_context_of_row("t", "c", 1))

    with pytest.raises(InvalidTag):
        unseal(sealed, context=sealing_context_of_row("t", "c", 2))


def test_what_is_sealed_under_one_key_does_not_open_under_another() -> None:
    sealed = seal_bytes(b"picture", context="here", key_purpose="sighting")

    assert unseal_bytes(sealed, context="here", key_purpose="sighting") == b"picture"
    with pytest.raises(InvalidTag):
        unseal_bytes(sealed, context="here")
    with pytest.raises(InvalidTag):
        unseal_bytes(sealed, context="here", key_purpose="sighting.reporter")


def test_a_field_with_a_key_of_its_own_keeps_it_in_migrations() -> None:
    own, usual = SealedText(key="sighting"), SealedText()

    assert [own.deconstruct()[3].get("key"), usual.deconstruct()[3].get("key")] == ["sighting", None]


def test_two_seals_of_one_text_differ_and_digests_agree() -> None:
    assert seal("a", context="x") != seal("a", context="x")
    assert digest("a", purpose="p") == digest("a", purpose="p")
    assert digest("a", purpose="p") != digest("a", purpose="q")


def test_a_signature_holds_for_its_purpose_only() -> None:
    assert is_valid_signature("id", sign("id", purpose="stop"), purpose="stop")
    assert not is_valid_signature("id", sign("id", purpose="stop"), purpose="other")
    assert not is_valid_signature("other", sign("id", purpose="stop"), purpose="stop")
    assert len(sign("id", purpose="stop")) == 32


def test_what_is_altered_does_not_open_whichever_byte_it_was() -> None:
    sealed = seal_bytes(b"plan", context="here")

    for place in range(len(sealed)):
        altered = bytes([*sealed[:place], sealed[place] ^ 0x40, *sealed[place + 1 :]])
        with pytest.raises(InvalidTag):
            unseal_bytes(altered, context="here")


def test_what_is_sealed_names_the_key_in_force() -> None:
    sealed = seal("Rue Neuve 1", context="here")

    assert sealed.startswith(sealed_prefix())
    assert sealed_prefix()[1:] == keyring.current_key().name


def test_what_was_sealed_before_keys_had_names_still_opens_where_it_belongs() -> None:
    nonce = bytes(12)
    cipher = AESGCM(keyring.current_key().derive("sighting"))
    sealed = b"\x01" + nonce + cipher.encrypt(nonce, b"Rue Neuve 1", b"here")

    assert unseal(sealed, context="here", key_purpose="sighting") == "Rue Neuve 1"
    for context, key in (("there", "sighting"), ("here", "seal")):
        with pytest.raises(InvalidTag):
            unseal(sealed, context=context, key_purpose=key)


def test_a_value_is_looked_up_under_every_key_that_is_there() -> None:
    assert digest("a", purpose="contact") in all_digests("a", purpose="contact")
    assert digest("a", purpose="code") in all_digests("a", purpose="code")
    assert len(all_digests("a", purpose="code")) == len(list(keyring.all_keys()))
    assert len(digest("a", purpose="code")) == 64


def test_a_row_has_one_context_however_its_key_is_written() -> None:
    key = UUID(int=5)

    assert (
        sealing_context_of_row("t", "c", key)
        == sealing_context_of_row("t", "c", str(key))
        == sealing_context_of_row("t", "c", key.hex)
    )
    assert (
        len(
            {
                sealing_context_of_row("t", "c", 12),
                sealing_context_of_row("t", "d", 12),
                sealing_context_of_row("u", "c", 12),
            }
        )
        == 3
    )


def test_clear_text_is_refused_on_its_way_past_the_seal() -> None:
    with pytest.raises(TypeError, match="is sealed"):
        SealedText().get_db_prep_value("Rue Neuve 1", connection=None)


def test_a_sealed_column_asked_of_its_table_is_the_column() -> None:
    assert Person.name is vars(Person)["name"]
