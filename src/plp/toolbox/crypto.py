"""Sealing of personal fields: AES-GCM bound to its row, and keyed digests for look-ups.

The key lives outside the database (``PLP_FIELD_KEY_FILE``): a stolen copy of the database names nobody (T21, T52).
What is sealed names its key, so that keys can be changed while the rooms are at work (``keyring``).
"""

import hmac
import os
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from plp.toolbox import keyring

VERSION, UNNAMED = b"\x02", b"\x01"  # sealed by a named key; sealed before keys had names
NONCE_BYTES = 12
SEAL = "seal"  # the key of personal fields, unless a field has its own
INDEXED = frozenset({"account", "contact", "house"})  # purposes whose digests are made anew with a new key


@lru_cache(maxsize=32)
def _cipher_of_key(key: bytes) -> AESGCM:
    return AESGCM(key)


def sealed_prefix() -> bytes:
    """The first bytes of everything that the key in force sealed."""
    return VERSION + keyring.current_key().name


def seal(text: str, *, context: str, key_purpose: str = SEAL) -> bytes:
    """Encrypt ``text`` (UTF-8): it opens only under its ``context`` (table, column and row) and ``key_purpose``."""
    return seal_bytes(text.encode(), context=context, key_purpose=key_purpose)


def unseal(sealed: bytes, *, context: str, key_purpose: str = SEAL) -> str:
    """Decrypt what ``seal`` made. Raises ``cryptography.exceptions.InvalidTag`` if altered or moved to another row."""
    return unseal_bytes(sealed, context=context, key_purpose=key_purpose).decode()


def seal_bytes(content: bytes, *, context: str, key_purpose: str = SEAL) -> bytes:
    """Encrypt a file as ``seal`` does a text. ``key_purpose`` names the key: things apart have keys apart (T16)."""
    nonce, current = os.urandom(NONCE_BYTES), keyring.current_key()
    body = _cipher_of_key(current.derive(key_purpose)).encrypt(nonce, content, context.encode())
    return VERSION + current.name + nonce + body


def unseal_bytes(sealed: bytes, *, context: str, key_purpose: str = SEAL) -> bytes:
    """Decrypt what ``seal_bytes`` made. Raises ``cryptography.exceptions.InvalidTag`` as ``unseal`` does."""
    if sealed[:1] == UNNAMED:
        return _unseal_with_any_key(sealed[1:], context, key_purpose)
    head = 1 + keyring.ID_BYTES
    owner = keyring.key_by_name(sealed[1:head]) if sealed[:1] == VERSION else None
    if owner is None:
        raise InvalidTag
    nonce, body = sealed[head : head + NONCE_BYTES], sealed[head + NONCE_BYTES :]
    return _cipher_of_key(owner.derive(key_purpose)).decrypt(nonce, body, context.encode())


def _unseal_with_any_key(sealed: bytes, context: str, key_purpose: str) -> bytes:
    """Try every key, the one in force first."""
    for owner in keyring.all_keys():
        try:
            return _cipher_of_key(owner.derive(key_purpose)).decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode()
            )
        except InvalidTag:
            continue
    raise InvalidTag


def digest(value: str, *, purpose: str) -> str:
    """A keyed digest (64 hex characters) by which an equal value is found without being stored in clear.

    Those of ``INDEXED`` purposes change with the key; others (codes on paper) hold until the old key is taken out.
    """
    return _digest_under_key(keyring.digest_key() if purpose in INDEXED else keyring.oldest_key(), value, purpose)


def all_digests(value: str, *, purpose: str) -> list[str]:
    """The digest of ``value`` under every key that is there: for a look-up while keys change."""
    return [_digest_under_key(owner, value, purpose) for owner in keyring.all_keys()]


def _digest_under_key(owner: keyring.Key, value: str, purpose: str) -> str:
    return hmac.digest(owner.derive(f"digest:{purpose}"), value.encode(), "sha256").hex()


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """Under what Django keeps ``key`` in the cache: a library puts the addresses of clients into its keys (T52)."""
    return digest(f"{key_prefix}:{version}:{key}", purpose="cache")


def sign(value: str, *, purpose: str) -> str:
    """A short keyed signature (32 hex characters, 128 bits) for a link that needs no row of its own."""
    return _sign_under_key(keyring.current_key(), value, purpose)


def _sign_under_key(owner: keyring.Key, value: str, purpose: str) -> str:
    return hmac.digest(owner.derive(f"sign:{purpose}"), value.encode(), "sha256").hex()[:32]


def is_valid_signature(value: str, signature: str, *, purpose: str) -> bool:
    """Whether ``signature`` is that of ``value`` under a key that is still there, compared in constant time."""
    signature_bytes = signature.encode()
    return any(
        secrets.compare_digest(_sign_under_key(owner, value, purpose).encode(), signature_bytes)
        for owner in keyring.all_keys()
    )


def sealing_context_of_row(table: str, column: str, row_key: Any) -> str:
    """The context under which a model field is sealed; raw SQL readers build it with this function too.

    ``row_key`` may be a UUID or its text with or without dashes (SQLite stores 32 hex characters).
    """
    return f"{table}.{column}:{str(row_key).replace('-', '')}"


class _Unsealing:
    """Attribute of a sealed field: opens the stored bytes when somebody looks, not before."""

    def __init__(self, field: "SealedText") -> None:
        self.field = field

    def __get__(self, row: Any, owner: Any = None) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, bytes | memoryview):
            value = row.__dict__[name] = self.field.unseal_value(value, row.pk)
        return value

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class SealedText(models.BinaryField):
    """Text stored encrypted, bound to its row: needs a primary key known before saving (``ids.new_random_id``).

    Reads lazily; ``filter`` on it is meaningless (use a digest column) and ``update`` with a string is refused.
    ``key`` names a derived key of its own.
    """

    _pyi_private_set_type: str  # for the type checker: text goes in and comes out
    _pyi_private_get_type: str  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        self.key = kwargs.pop("key", SEAL)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """For migrations: an own key stays with the field."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs if self.key == SEAL else {**kwargs, "key": self.key}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Install the lazy attribute."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Unsealing(self))

    def unseal_value(self, stored: bytes | memoryview, row_key: Any) -> str:
        """The text of the row with this primary key, as ``values_list`` gives it; never written: empty."""
        context = sealing_context_of_row(self.model._meta.db_table, str(self.column), row_key)
        return unseal(bytes(stored), context=context, key_purpose=self.key) if stored else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002  (Django calls it so)
        """Seal a changed value on its way to the database; leave an unread one as it is stored."""
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, str):
            context = sealing_context_of_row(model_instance._meta.db_table, str(self.column), model_instance.pk)
            return seal(value, context=context, key_purpose=self.key)
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Refuse clear text that did not pass through ``pre_save``."""
        if isinstance(value, str):
            raise TypeError(f"{self.name} is sealed: save the row, do not update() or filter() it with text")
        return super().get_db_prep_value(value, connection, prepared)


def sealed_field(model: type[models.Model], name: str) -> SealedText:
    """A sealed field of a model, to open what was read without its row. Raises ``TypeError`` for another field."""
    field = model._meta.get_field(name)
    if not isinstance(field, SealedText):
        raise TypeError(f"{model.__name__}.{name} is not sealed.")
    return field
