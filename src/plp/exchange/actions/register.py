"""The federal register: its reader subscribes to many installations, each tells what changed. No person is in it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from plp.exchange.models import PartnerInstallation
from plp.exchange.outbox import queue_letter
from plp.exchange.rules import MOST_ENTRIES
from plp.exchange.states import LetterKind
from plp.journal.actions import note
from plp.people.models import Person
from plp.toolbox.clock import local

UNSTEADY = {"taken_on"}  # what changes each day although nothing happened


@transaction.atomic
def queue_register_entries(
    *, partner: PartnerInstallation, entries: Sequence[Mapping[str, Any]], by: Person | None, at: datetime
) -> int:
    """Queue the entries for a reader who subscribed, if anything of them changed. Answers how many letters."""
    steady = [{key: cell for key, cell in entry.items() if key not in UNSTEADY} for entry in entries]
    digest = hashlib.sha256(json.dumps(steady, sort_keys=True).encode()).hexdigest()
    locked = PartnerInstallation.objects.select_for_update().get(pk=partner.pk)
    if locked.register_digest == digest:
        return 0
    PartnerInstallation.objects.filter(pk=partner.pk).update(register_digest=digest)
    keys, day = [str(entry["key"]) for entry in entries], local(at).date().isoformat()
    chunks = [list(entries[start : start + MOST_ENTRIES]) for start in range(0, len(entries), MOST_ENTRIES)] or [[]]
    for chunk in chunks:
        content = {"taken_on": day, "keys": keys, "entries": chunk}
        queue_letter(partner, LetterKind.REGISTER, content, by=by, at=at)
    note(verb="exchange.register_told", by=by, at=at, area=partner.area.path, target=partner, entries=len(entries))
    return len(chunks)
