"""The arithmetic of the chain: pure, so that a reader of an export can repeat it without this application."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


def canonical_bytes(fields: dict[str, Any]) -> bytes:
    """The bytes over which an entry is hashed: JSON with sorted keys, no spaces, UTF-8."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def entry_hash(fields: dict[str, Any], previous: str, *, key: bytes) -> str:
    """The hash (64 hex characters) of an entry that follows ``previous``: keyed, so no outsider can refill a chain."""
    return hashlib.blake2b(previous.encode() + canonical_bytes(fields), key=key[:64], digest_size=32).hexdigest()


@dataclass
class ChainWalk:
    """One chain read from its beginning. ``marks``: which hash an entry had when its number was noted elsewhere."""

    keys: Sequence[bytes]
    marks: Mapping[int, str]
    number: int = 0
    previous: str = ""

    def step(self, fields: dict[str, Any], previous: str, own_hash: str) -> str:
        """The next entry with the two hashes it holds: empty if it follows, else ``missing``, ``altered``, or
        ``rewritten``: it follows, and is not the one that was noted elsewhere.
        """
        if fields["number"] != self.number + 1:
            return "missing"
        if previous != self.previous or not any(own_hash == entry_hash(fields, previous, key=key) for key in self.keys):
            return "altered"
        if self.marks.get(fields["number"], own_hash) != own_hash:
            return "rewritten"
        self.number, self.previous = fields["number"], own_hash
        return ""

    def end(self) -> str:
        """Empty if nothing is known to have come after the last entry, else ``cut``."""
        return "cut" if any(number > self.number for number in self.marks) else ""
