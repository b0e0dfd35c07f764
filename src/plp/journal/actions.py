"""The one write of the journal."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from plp.journal.models import Chain, Entry
from plp.journal.queries import PLATFORM, chain_for_area, chain_key, fields_of, target_name
from plp.journal.rules import entry_hash


@transaction.atomic
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
    entries of one chain are written one after the other and those of two chains do not wait for each other.
    """
    chain = chain_for_area(area) if area else PLATFORM
    head, _is_new = Chain.objects.select_for_update().get_or_create(key=chain)
    named = target_name(target) if isinstance(target, models.Model) else target or ""
    entry = Entry(
        chain=chain,
        number=head.length + 1,
        at=at,
        actor=str(by.pk) if by is not None else "",
        verb=verb,
        area=area,
        target=named,
        details=details,
        previous=head.head,
    )
    entry.hash = entry_hash(fields_of(entry), entry.previous, key=chain_key())
    entry.save(force_insert=True)
    Chain.objects.filter(key=chain).update(length=entry.number, head=entry.hash)
    return entry
