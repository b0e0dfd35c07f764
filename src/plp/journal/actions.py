"""The one write of the journal, and what becomes of the entries that only say who looked."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from plp.journal.models import Chain, Entry
from plp.journal.principals import represented_person
from plp.journal.queries import PLATFORM, chain_for_area, chain_key, hashed_fields_of, target_name
from plp.journal.rules import FORGOTTEN, READS, entry_hash, number_ranges

READS_AT_ONCE = 500


def note(
    *,
    verb: str,
    by: models.Model | None,
    at: datetime,
    area: str = "",
    target: models.Model | str | None = None,
    **details: Any,
) -> Entry:
    """Append what was done to the chain of its area (one per quarter, else the platform's).

    ``details`` hold ids, counts and digests, never a personal value. The head of the chain is locked first, so
    entries of one chain are written one after the other and those of two chains do not wait for each other. For whom
    somebody acts, a deputy or whoever is on call for another, stands in ``done_for`` (ADR 74).
    """
    return note_for_each_target(verb=verb, by=by, at=at, area=area, targets=[(target, details)])[0]


@transaction.atomic
def note_for_each_target(
    *,
    verb: str,
    by: models.Model | None,
    at: datetime,
    area: str,
    targets: Iterable[tuple[models.Model | str | None, Mapping[str, Any]]],
) -> list[Entry]:
    """Append that the same was done to each of ``targets``, with its details: an entry each, as ``note`` would."""
    whom = represented_person(by.pk, at) if by is not None else None
    done_for: dict[str, Any] = {} if whom is None else {"done_for": str(whom)}
    chain = chain_for_area(area) if area else PLATFORM
    head, _is_new = Chain.objects.select_for_update().get_or_create(key=chain)
    entries = []
    for target, details in targets:
        entry = Entry(
            chain=chain,
            number=head.length + 1,
            at=at,
            actor=str(by.pk) if by is not None else "",
            verb=verb,
            area=area,
            target=target_name(target) if isinstance(target, models.Model) else target or "",
            details={**done_for, **details},
            previous=head.head,
        )
        entry.hash = entry_hash(hashed_fields_of(entry), entry.previous, key=chain_key())
        head.length, head.head = entry.number, entry.hash
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    Chain.objects.filter(key=chain).update(length=head.length, head=head.head)
    return entries


@transaction.atomic
def empty_batch_of_old_read_entries(*, before: datetime, by: models.Model | None, at: datetime) -> int:
    """Empty entries of ``READS`` made before a moment, those of one chain at a time; answer how many.

    Their places and hashes stay, so that the chain holds; an entry after them names which they were. The database lets
    nothing else be emptied.
    """
    old = Entry.objects.filter(verb__in=READS, at__lt=before).order_by("at")
    chain = old.values_list("chain", flat=True).first()
    if chain is None:
        return 0
    Chain.objects.select_for_update().get(key=chain)
    numbers = sorted(old.filter(chain=chain).values_list("number", flat=True)[:READS_AT_ONCE])
    empty = {"verb": "", "actor": "", "area": "", "target": "", "details": {}}
    Entry.objects.filter(chain=chain, number__in=numbers).update(**empty)
    area = "" if chain == PLATFORM else chain
    note(verb=FORGOTTEN, by=by, at=at, area=area, count=len(numbers), numbers=number_ranges(numbers))
    return len(numbers)
