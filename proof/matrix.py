"""Every route × 17 identities × 3 owners against the declared table (O2, G8, G14, T9, T10, T31)."""

from proof.found import Ask, Found
from proof.stand.seeded import inside, seeded


def prove(ask: Ask) -> Found:
    """Ask every cell, reading and sending; nothing that is written stays."""
    with seeded() as home:
        return inside(home, "proof.stand.walls", ask, minutes=ask.of(trial=10, quick=10, full=120))
