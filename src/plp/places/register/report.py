"""What an import came to."""

from dataclasses import dataclass, field, fields
from heapq import heappush, heappushpop
from typing import Any

MOST_SHOWN = 100


@dataclass(slots=True)
class FaultCounts:
    """The faulty lines of a file: all are counted, the first hundred are kept, so memory stays flat."""

    total: int = 0
    _kept: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, reason: str) -> None:
        """Count a fault on ``line`` (1 is the header)."""
        self.total += 1
        entry = (-line, reason)
        if len(self._kept) < MOST_SHOWN:
            heappush(self._kept, entry)
        else:
            heappushpop(self._kept, entry)

    def first_faults(self) -> list[dict[str, Any]]:
        """At most a hundred faults by line."""
        return [{"line": -line, "reason": reason} for line, reason in sorted(self._kept, reverse=True)]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a register file held and what became of it.

    ``rows`` are the data lines read, faulty ones too; ``streets`` and ``addresses`` are the sound ones; ``created``,
    ``updated`` (also when only the street's name changed) and ``unchanged`` count addresses and add up to
    ``addresses`` when written. ``errors`` shows at most a hundred of ``errors_total``, by line. Of the published file,
    ``passed_over`` counts sound rows that were not asked for, ``without_municipality`` those under no municipality.
    """

    rows: int
    streets: int
    addresses: int
    created: int
    updated: int
    unchanged: int
    errors: list[dict[str, Any]]
    errors_total: int
    seconds: float
    is_written: bool
    passed_over: int = 0
    without_municipality: int = 0

    def as_json(self) -> dict[str, Any]:
        """The operator's contract (docs/design.md#operator), with the honest total of errors beside the list."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "is_written"}
