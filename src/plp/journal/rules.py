"""The arithmetic of the chain: pure, so that a reader of an export can repeat it without this application."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any


def canonical_bytes(fields: dict[str, Any]) -> bytes:
    """The bytes over which an entry is hashed: JSON with sorted keys, no spaces, UTF-8."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def entry_hash(fields: dict[str, Any], previous: str, *, key: bytes) -> str:
    """The hash (64 hex characters) of an entry that follows ``previous``: keyed, so no outsider can refill a chain."""
    return hashlib.blake2b(previous.encode() + canonical_bytes(fields), key=key[:64], digest_size=32).hexdigest()


# Entries of which only their place in the chain is kept, once their time is over: somebody looked, nothing was decided.
READS = ("members.viewed", "notice.seen", "sighting.read")
READS_KEPT = timedelta(days=3 * 365)  # who looked, at the longest (R84)
FORGOTTEN = "journal.reads_forgotten"  # names the numbers of the entries that were emptied: no other may be empty


def is_emptied(fields: Mapping[str, Any]) -> bool:
    """Whether only the place of an entry is left."""
    return not any(fields[name] for name in ("verb", "actor", "area", "target", "details"))


def number_ranges(numbers: Sequence[int]) -> list[list[int]]:
    """Rising numbers as ranges, first and last: ``[1, 2, 3, 7]`` is ``[[1, 3], [7, 7]]``."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


@dataclass
class ChainWalk:
    """One chain read from its beginning. ``marks``: which hash an entry had when its number was noted elsewhere."""

    keys: Sequence[bytes]
    marks: Mapping[int, str]
    number: int = 0
    previous: str = ""
    unexplained: set[int] = field(default_factory=set)  # empty entries that no later entry has named yet

    def advance_or_name_flaw(self, fields: dict[str, Any], previous: str, own_hash: str) -> str:
        """The next entry with the two hashes it holds: empty if it follows, else ``missing``, ``altered``, or
        ``rewritten``: it follows, and is not the one that was noted elsewhere.
        """
        if fields["number"] != self.number + 1:
            return "missing"
        if previous != self.previous:
            return "altered"
        if not fields["verb"] and is_emptied(fields):
            self.unexplained.add(fields["number"])
        elif not any(own_hash == entry_hash(fields, previous, key=key) for key in self.keys):
            return "altered"
        elif fields["verb"] == FORGOTTEN:
            for first, last in fields["details"]["numbers"]:
                self.unexplained.difference_update(range(first, last + 1))
        if self.marks.get(fields["number"], own_hash) != own_hash:
            return "rewritten"
        self.number, self.previous = fields["number"], own_hash
        return ""

    def flaw_at_end(self) -> str:
        """Empty if nothing is known to have come after the last entry, else ``cut``."""
        return "cut" if any(number > self.number for number in self.marks) else ""

    def first_unexplained_entry_number(self) -> int:
        """The number of the first entry that is empty and was never said to be emptied; 0 if there is none.

        The hash of an emptied entry holds its place, and what names it is hashed with the key: nobody without the key
        empties an entry unseen.
        """
        return min(self.unexplained, default=0)
