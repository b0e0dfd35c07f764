"""Reading the journal, and proving that nobody changed it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet

from plp.journal.models import Chain, Entry
from plp.journal.rules import ChainWalk
from plp.toolbox import keyring

PLATFORM = "platform"


def chain_key() -> bytes:
    """The key under which entries are chained: derived from the field key, outside the database."""
    return keyring.current_key().derive("journal")


def chain_keys() -> list[bytes]:
    """Every key under which entries were chained: of the field keys that are there, and of those taken out.

    Of a field key that is taken out this derived key alone is kept (``rotate-keys``): it proves, and opens nothing.
    """
    taken_out = settings.FIELD_KEYS_OLD / "journal"
    derived = taken_out.read_text().split() if taken_out.exists() else []
    return [*(key.derive("journal") for key in keyring.all_keys()), *map(bytes.fromhex, reversed(derived))]


def chain_for_area(area: str) -> str:
    """The chain of an area path: the quarter's own, else that of the platform."""
    return area if "/q-" in area else PLATFORM


def hashed_fields_of(entry: Entry) -> dict[str, Any]:
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


def entries_about(target: models.Model) -> QuerySet[Entry]:
    """What was done to ``target``, the oldest first."""
    return Entry.objects.filter(target=target_name(target)).order_by("at", "number")


def entries_done_for(
    person: models.Model, *, targets: Collection[str], areas: Collection[str], since: datetime
) -> QuerySet[Entry]:
    """What others did for ``person``: to these ``targets``, or in these ``areas`` since a moment; the newest first."""
    own = models.Q(target__in=targets) | models.Q(area__in=areas, at__gte=since)
    return Entry.objects.filter(own, details__done_for=str(person.pk)).order_by("-at", "-number")


def target_name(target: models.Model) -> str:
    """How an entry names what was acted upon: ``notices.notice:…``, by its number."""
    return f"{target._meta.label_lower}:{target.pk}"


def entries_with_hashes_of_chain(chain: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    """The entries of a chain in order: what is hashed of each, and its two hashes. Quicker than by their models."""
    rows = Entry.objects.filter(chain=chain).order_by("number").values()
    for values in rows.iterator(chunk_size=5000):
        row: dict[str, Any] = dict(values)
        previous, own_hash = row.pop("previous"), row.pop("hash")
        row["id"], row["at"] = str(row["id"]), row["at"].astimezone(UTC).isoformat(timespec="microseconds")
        yield row, previous, own_hash


type Anchors = Mapping[str, Mapping[int, str]]  # chain: number of an entry: its hash, as noted outside


@dataclass(frozen=True)
class Flaw:
    """The first entry of a chain that does not hold, and why: ``altered``, ``missing``, ``cut`` or ``rewritten``."""

    chain: str
    number: int
    why: str


@dataclass(frozen=True)
class Verdict:
    """How many entries and chains were read, and the first flaw of each chain that has one."""

    entries: int
    chains: int
    flaws: tuple[Flaw, ...]


def noted_verbs_since(verbs: Iterable[str], at: datetime) -> set[str]:
    """Which of ``verbs`` were noted at ``at`` or later."""
    return set(Entry.objects.filter(verb__in=[*verbs], at__gte=at).values_list("verb", flat=True).distinct())


def is_noted(verb: str, *, target: str, since: datetime) -> bool:
    """Whether ``verb`` was noted of ``target`` from ``since`` on: by the index of targets, however long the journal."""
    return Entry.objects.filter(target=target, at__gte=since, verb=verb).exists()


def noted_platform_targets(verb: str, *, since: datetime) -> set[str]:
    """Of what ``verb`` was noted from ``since`` on, among acts of the platform."""
    entries = Entry.objects.filter(area="", at__gte=since, verb=verb).order_by()
    return set(entries.values_list("target", flat=True))


def chain_heads(using: str = "default", *, within: str = "") -> dict[str, list[Any]]:
    """Where each chain ends: its length and its last hash. Noted outside, they show what was cut or rewritten."""
    rows = (
        Chain.objects.using(using).filter(key__startswith=within).order_by("key").values_list("key", "length", "head")
    )
    return {key: [length, head] for key, length, head in rows}


def verify_journal(anchors: Anchors | None = None) -> Verdict:
    """Recompute every chain from its beginning and compare it with its head, and with heads noted outside (T38).

    Entries may be written meanwhile: those that follow the head that was read are proved too.
    """
    keys, flaws, entries, noted = chain_keys(), [], 0, anchors or {}
    ends = chain_heads()
    for chain in sorted({*ends, *noted}):
        length, head = ends.get(chain, [0, ""])
        walk = ChainWalk(keys, {**({length: head} if length else {}), **noted.get(chain, {})})
        flaw = None
        for fields, previous, own_hash in entries_with_hashes_of_chain(chain):
            entries += 1
            why = walk.advance_or_name_flaw(fields, previous, own_hash)
            if why:
                flaw = Flaw(chain, walk.number + 1, why)
                break
        if flaw is None:
            flaw = _cut_emptied_or_stale_head_flaw(walk, chain)
        if flaw:
            flaws.append(flaw)
    orphans = Entry.objects.exclude(chain__in=[*ends, *noted]).values_list("chain", flat=True).distinct()
    flaws += [Flaw(chain, 1, "altered") for chain in orphans if not Chain.objects.filter(key=chain).exists()]
    return Verdict(entries=entries, chains=len(ends), flaws=tuple(flaws))


def _cut_emptied_or_stale_head_flaw(walk: ChainWalk, chain: str) -> Flaw | None:
    """What is wrong once a chain is read: entries after it are missing, one was emptied, its head is old."""
    if walk.flaw_at_end():
        return Flaw(chain, walk.number + 1, "cut")
    if walk.unexplained:
        return Flaw(chain, walk.first_unexplained_entry_number(), "altered")
    length = Chain.objects.filter(key=chain).values_list("length", flat=True).first() or 0
    return Flaw(chain, walk.number, "altered") if length < walk.number else None
