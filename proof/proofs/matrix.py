"""Every route × 17 identities × 3 owners against the declared table (O2, G8, G14, T9, T10, T31)."""

from proof.harness.seeded_data import inside, seeded
from proof.result import Ask, Found


def prove(ask: Ask) -> Found:
    """Ask every cell, reading and sending; nothing that is written stays."""
    with seeded() as home:
        return inside(home, "proof.probes.access_matrix", ask, minutes=ask.of(trial=10, quick=10, full=120))
