"""Whether a form tells that somebody is a member or has a role: by its bytes or by its time (T13, T45, G11)."""

from proof.harness.seeded_data import inside, seeded
from proof.result import Ask, Found


def prove(ask: Ask) -> Found:
    """Ask about known and unknown addresses in turn."""
    with seeded() as home:
        return inside(home, "proof.probes.membership_oracle", ask, minutes=ask.of(trial=10, quick=10, full=120))
