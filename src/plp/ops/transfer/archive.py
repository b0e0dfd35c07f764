"""A partnership as one sealed file: lines of JSON, encrypted by age to whoever receives it (docs/formats.md).

The first line says what it is, each other one holds a row of a table or an entry of the journal.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from plp.journal.models import Entry
from plp.ops.transfer.exporter import FORMAT, rows_as_values_by_table
from plp.ops.transfer.scope import Rows
from plp.partnership.models import Partnership
from plp.sandbox.client import parse_in_sandbox
from plp.sandbox.parsers import Rejected
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import pyrage
else:
    pyrage = lazy_import("pyrage")

AT_ONCE = 8 * 2**20  # bytes of lines that are read together
HEAD = ("version", "at", "partnership", "area")


class ArchiveUnreadable(ValueError):
    """An archive that does not open here, or holds something else."""


@dataclass
class PartnershipArchive:
    """What an archive holds. ``journal``: number, moment and verb of each entry."""

    head: dict[str, str]
    data: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    journal: list[dict[str, Any]] = field(default_factory=list)


def seal_partnership_archive(partnership: Partnership, rows: Rows, *, recipient: str, at: datetime) -> bytes:
    """The archive that only the holder of ``recipient``'s key opens: not even we who wrote it."""
    lines = "\n".join(
        json.dumps(line, ensure_ascii=False, default=str) for line in _archive_lines(partnership, rows, at)
    )
    return bytes(pyrage.encrypt(lines.encode(), [pyrage.x25519.Recipient.from_str(recipient)]))


def _archive_lines(partnership: Partnership, rows: Rows, at: datetime) -> Iterator[dict[str, Any]]:
    yield {
        "format": FORMAT,
        "version": version("plp"),
        "at": at.isoformat(),
        "partnership": partnership.key,
        "area": partnership.area.path,
    }
    for label, values_of_rows in rows_as_values_by_table(rows).items():
        yield from ({"table": label, "row": values} for values in values_of_rows)
    entries = Entry.objects.filter(chain=partnership.area.path).exclude(verb="").order_by("number")
    for number, moment, verb in entries.values_list("number", "at", "verb"):
        yield {"entry": number, "at": moment.isoformat(), "verb": verb}


def open_partnership_archive(sealed: bytes, identities: list[str]) -> PartnershipArchive:
    """What an archive holds; its writer is known by the letters that brought it. Raises ``ArchiveUnreadable``."""
    keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    try:
        lines = _parse_json_lines_after_sandbox(bytes(pyrage.decrypt(sealed, keys)).split(b"\n"))
        head = next(lines)
        archive = PartnershipArchive({key: str(head[key]) for key in HEAD})
        if head["format"] != FORMAT:
            raise ArchiveUnreadable
        for line in lines:
            if "table" in line:
                archive.data.setdefault(str(line["table"]), []).append(_require_row_shape(line["row"]))
            else:
                moment = datetime.fromisoformat(line["at"])
                archive.journal.append({"number": int(line["entry"]), "at": moment, "verb": str(line["verb"])[:60]})
    except (pyrage.DecryptError, Rejected, StopIteration, LookupError, TypeError, ValueError) as wrong:
        raise ArchiveUnreadable from wrong
    return archive


def _parse_json_lines_after_sandbox(lines: list[bytes]) -> Iterator[dict[str, Any]]:
    """The object of each line, read once the sandbox could read it."""
    batch: list[bytes] = []
    size = 0
    for line in [*lines, b""]:
        if batch and (size + len(line) > AT_ONCE or not line):
            lines_text = b'{"lines": [' + b",".join(batch) + b"]}"
            parse_in_sandbox("data:keys_of_object", lines_text)
            yield from json.loads(lines_text)["lines"]
            batch, size = [], 0
        batch.append(line)
        size += len(line)


def _require_row_shape(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict) or not isinstance(row.get(""), str):
        raise ArchiveUnreadable
    return row
