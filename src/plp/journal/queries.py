"""Reading the journal, and proving that nobody changed it."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.conf import settings

from plp.journal.models import Chain, Entry
from plp.journal.rules import link
from plp.toolbox import keyring

PLATFORM = "platform"


def chain_key() -> bytes:
    """The key under which entries are chained: derived from the field key, outside the database."""
    return keyring.current().derive("journal")


def chain_keys() -> list[bytes]:
    """Every key under which entries were chained: of the field keys that are there, and of those taken out.

    Of a field key that is taken out this derived key alone is kept (``rotate-keys``): it proves, and opens nothing.
    """
    taken_out = settings.FIELD_KEYS_OLD / "journal"
    kept = taken_out.read_text().split() if taken_out.exists() else []
    return [*(key.derive("journal") for key in keyring.ring()), *map(bytes.fromhex, reversed(kept))]


def chain_of(area: str) -> str:
    """The chain of an area path: the quarter's own, else that of the platform."""
    return area if "/q-" in area else PLATFORM


def fields_of(entry: Entry) -> dict[str, Any]:
    """What is hashed of an entry."""
    return {
        "id": str(entry.id),
        "chain": entry.chain,
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "verb": entry.verb,
        "area": entry.area,
        "target": entry.target,
        "details": entry.details,
    }


@dataclass(frozen=True)
class Flaw:
    """The first entry of a chain that does not hold, and why: ``altered``, ``missing`` or ``cut``."""

    chain: str
    number: int
    why: str


@dataclass(frozen=True)
class Verdict:
    """How many entries and chains were read, and the first flaw of each chain that has one."""

    entries: int
    chains: int
    flaws: tuple[Flaw, ...]


def _holds(entry: Entry, previous: str, keys: list[bytes]) -> bool:
    return any(entry.hash == link(fields_of(entry), previous, key=key) for key in keys)


def verify() -> Verdict:
    """Recompute every chain from its beginning and compare it with its stored head (T38)."""
    keys, flaws, entries = chain_keys(), [], 0
    heads = list(Chain.objects.order_by("key"))
    for chain in heads:
        number, previous, flaw = 0, "", None
        for entry in Entry.objects.filter(chain=chain.key).order_by("number").iterator(chunk_size=5000):
            entries += 1
            if entry.number != number + 1:
                flaw = Flaw(chain.key, number + 1, "missing")
            elif entry.previous != previous or not _holds(entry, previous, keys):
                flaw = Flaw(chain.key, entry.number, "altered")
            if flaw:
                break
            number, previous = entry.number, entry.hash
        if flaw is None and (number != chain.length or previous != chain.head):
            flaw = Flaw(chain.key, number + 1, "cut")
        if flaw:
            flaws.append(flaw)
    known = {chain.key for chain in heads}
    orphans = Entry.objects.exclude(chain__in=known).values_list("chain", flat=True).distinct()
    flaws += [Flaw(chain, 1, "altered") for chain in orphans]
    return Verdict(entries=entries, chains=len(heads), flaws=tuple(flaws))
