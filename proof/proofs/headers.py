"""Headers and cookies exactly as they must be, on pages, errors, redirects and files (T32, ASVS 3.3 and 3.4)."""

from proof.harness.seeded_data import ORIGIN, inside, seeded
from proof.result import Ask, Found


def prove(ask: Ask) -> Found:
    """Look at every answer as a visitor, a member, a coordinator and an officer."""
    with seeded() as home:
        return inside(
            home, "proof.probes.response_headers", ask, minutes=ask.of(trial=10, quick=10, full=60), PLP_ORIGIN=ORIGIN
        )
