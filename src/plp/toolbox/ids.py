"""Identifiers that say nothing: opaque keys, check codes, bearer tokens."""

import secrets
import uuid

CODE_LENGTH = 9  # signs of a code that people type
READABLE = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/i/l, u: read aloud on the telephone


def readable_code(number: int) -> str:
    """Nine readable characters that stand for a number (44 bits of it): the same for the same number."""
    signs = []
    for _place in range(CODE_LENGTH):
        number, remainder = divmod(number, len(READABLE))
        signs.append(READABLE[remainder])
    return "".join(signs)


def grouped_code(code: str) -> str:
    """A readable code as it is printed: three groups of three."""
    return " ".join(code[start : start + 3] for start in range(0, CODE_LENGTH, 3))


def normalise_code(typed: str) -> str:
    """A readable code as it was typed, brought to its one form; empty when it cannot be one."""
    code = "".join(sign for sign in typed.lower() if sign not in " -.\t\n")
    return code if len(code) == CODE_LENGTH and set(code) <= set(READABLE) else ""


def new_random_id() -> uuid.UUID:
    """A random key of 122 bits, safe to show in an address."""
    return uuid.uuid4()


def new_check_code() -> str:
    """Nine readable characters (44 bits) printed on every copy of a message, to prove it genuine (T2)."""
    return "".join(secrets.choice(READABLE) for _ in range(CODE_LENGTH))


def new_token() -> str:
    """A bearer token of 160 bits for one link."""
    return secrets.token_urlsafe(20)
