"""Script payloads in every text, shown in Chromium: none runs, no other host is asked (T24, T19, G22)."""

from proof.harness.seeded_data import inside, seeded
from proof.result import Ask, Found


def prove(ask: Ask) -> Found:
    """Put them in, look at the pages as five identities."""
    with seeded() as home:
        return inside(home, "proof.probes.stored_scripts", ask, minutes=ask.of(trial=10, quick=10, full=120))
