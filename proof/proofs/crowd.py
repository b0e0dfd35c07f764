"""Many people at one server at once: nobody gets what is another's (T17)."""

from proof.harness.seeded_data import inside, seeded
from proof.result import Ask, Found


def prove(ask: Ask) -> Found:
    """Let them all ask at once."""
    with seeded() as home:
        return inside(home, "proof.probes.concurrent_visitors", ask, minutes=ask.of(trial=10, quick=10, full=60))
