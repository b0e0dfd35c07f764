"""The arithmetic of the chain: pure, so that a reader of an export can repeat it without this application."""

import hashlib
import json
from typing import Any


def canonical(fields: dict[str, Any]) -> bytes:
    """The bytes over which an entry is hashed: JSON with sorted keys, no spaces, UTF-8."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link(fields: dict[str, Any], previous: str, *, key: bytes) -> str:
    """The hash (64 hex characters) of an entry that follows ``previous``: keyed, so no outsider can refill a chain."""
    return hashlib.blake2b(previous.encode() + canonical(fields), key=key[:64], digest_size=32).hexdigest()
