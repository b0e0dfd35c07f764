"""Reads of the stored files, and the check that each is still what it was."""

import base64
import hashlib
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import QuerySet

from plp.charter.models import Deed, StoredFile
from plp.journal.models import Entry
from plp.partnership.models import Partnership

STORED = "charter.file_stored"


@dataclass(frozen=True)
class DamagedFile:
    """A stored file that is not what it was: ``why`` is "altered" (its bytes), "disowned" (its row) or "missing"."""

    file: UUID
    why: str


def files_of_deed(deed: Deed) -> QuerySet[StoredFile]:
    """The files of a deed without their bytes, in the order in which they came."""
    return deed.files.defer("content").order_by("stored_at", "kind", "language")


def charter_files_of_partnership(partnership: Partnership) -> QuerySet[StoredFile]:
    """The files of every version of a partnership's charter."""
    return StoredFile.objects.filter(deed__partnership=partnership).select_related("deed")


def frozen_files(deed: Deed) -> QuerySet[StoredFile]:
    """The files that are, or were, up for signature: one a language, of the last freezing."""
    frozen = deed.files.filter(kind=StoredFile.Kind.FROZEN)
    return frozen.filter(stored_at=deed.frozen_at).order_by("pk") if deed.frozen_at else frozen.none()


def stored_bytes(file: StoredFile) -> bytes:
    """The bytes as they were stored. Raises ``cryptography.exceptions.InvalidTag`` when the database holds others."""
    return base64.b64decode(file.content)


def damaged_files() -> list[DamagedFile]:
    """Every stored file compared with its own digest and with the journal's: what does not hold, in order."""
    told = {
        entry.target.partition(":")[2]: entry.details.get("sha256")
        for entry in Entry.objects.filter(verb=STORED).only("target", "details")
    }
    found = []
    for file in StoredFile.objects.order_by("stored_at", "pk").iterator(chunk_size=10):
        noted = told.pop(str(file.pk), None)
        if not _is_intact(file):
            found.append(DamagedFile(file.pk, "altered"))
        elif noted != file.sha256:
            found.append(DamagedFile(file.pk, "disowned"))
    return found + [DamagedFile(UUID(key), "missing") for key in sorted(told)]


def _is_intact(file: StoredFile) -> bool:
    """Whether the bytes open and have the digest of their row."""
    try:
        return hashlib.sha256(stored_bytes(file)).hexdigest() == file.sha256
    except (InvalidTag, ValueError):
        return False
