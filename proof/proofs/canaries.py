"""Tokens in every personal field, looked for in everything that comes out (O1, G9, T9, T10, T15-T18, T20, T21, T52)."""

from proof.harness.seeded_data import inside, seeded
from proof.result import Ask, Found


def prove(ask: Ask) -> Found:
    """Walk as each identity, let a worker send, steal the database and a backup."""
    with seeded(members=ask.of(trial=20, quick=20, floor=100, full=300)) as home:
        return inside(home, "proof.canaries.exposure", ask, minutes=ask.of(trial=10, quick=10, floor=120, full=300))
