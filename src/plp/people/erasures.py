"""Who and what was erased, kept outside the database by opaque ids alone: after a restore it is erased again (T51).

A backup that is brought back holds people who were forgotten since, and contacts that were stopped since. The list is
a file beside the database (``ERASURES_FILE``), a line an act; the journal holds the same acts, so what one lacks is
found in the other.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from plp.journal.models import Entry

VERBS = ("person.forgotten", "contact.removed", "contact.stopped", "contact.resumed")


@dataclass(frozen=True, order=True)
class ErasureAct:
    """When something was done (ISO 8601, UTC), what by the journal's verb, and to which row, by its key."""

    at: str
    verb: str
    key: str


def record_erasure_on_commit(verb: str, key: object, *, at: datetime) -> None:
    """Add an act to the list once it is committed."""
    act = ErasureAct(at.isoformat(), verb, str(key))
    transaction.on_commit(lambda: _append_acts_to_file([act]))


def _append_acts_to_file(acts: list[ErasureAct]) -> None:
    path = Path(settings.ERASURES_FILE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.write("".join(f"{act.at} {act.verb} {act.key}\n" for act in acts))
        file.flush()
        os.fsync(file.fileno())


def erasures_in_file() -> set[ErasureAct]:
    """What the file holds; a line that was cut off is left out."""
    path = Path(settings.ERASURES_FILE)
    lines = path.read_text().splitlines() if path.exists() else []
    return {ErasureAct(*parts) for line in lines if len(parts := line.split()) == 3 and parts[1] in VERBS}


def erasures_in_journal() -> set[ErasureAct]:
    """What the journal of this database holds."""
    rows = Entry.objects.filter(verb__in=VERBS).values_list("at", "verb", "target")
    return {ErasureAct(at.isoformat(), verb, target.partition(":")[2]) for at, verb, target in rows}


def add_missing_acts_to_file() -> int:
    """Bring into the file what the journal alone holds; answer how many acts. Before a database is replaced."""
    written = {(act.verb, act.key) for act in erasures_in_file()}
    missing = sorted(act for act in erasures_in_journal() if (act.verb, act.key) not in written)
    if missing:
        _append_acts_to_file(missing)
    return len(missing)
