"""Identifiers that say nothing: opaque keys, check codes, bearer tokens."""

import secrets
import uuid

CODE_LENGTH = 9  # signs of a check code
READABLE = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/i/l, u: read aloud on the telephone


def new_id() -> uuid.UUID:
    """A random key of 122 bits, safe to show in an address."""
    return uuid.uuid4()


def check_code() -> str:
    """Nine readable characters (44 bits) printed on every copy of a message, to prove it genuine (T2)."""
    return "".join(secrets.choice(READABLE) for _ in range(CODE_LENGTH))


def token() -> str:
    """A bearer token of 160 bits for one link."""
    return secrets.token_urlsafe(20)
