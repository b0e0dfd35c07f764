"""Every proof, in the order of trust.md: what it answers, and on which databases it runs."""

from dataclasses import dataclass

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
BOTH = (SQLITE, POSTGRES)


@dataclass(frozen=True)
class Proof:
    """``key`` is the module's name; ``answers`` are the goals, faults and threats of trust.md that it tries."""

    key: str
    title: str
    answers: tuple[str, ...]
    databases: tuple[str, ...] = (SQLITE,)
    minutes: int = 30  # after which a full run is ended and counts as failed


PROOFS: tuple[Proof, ...] = (
    Proof("kills", "Workers killed by signal 9", ("G1", "F1", "F21"), BOTH),
    Proof("restarts", "Planned restarts", ("G4", "F33"), BOTH),
)
