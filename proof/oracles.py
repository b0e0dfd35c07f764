"""Whether a form tells that somebody is a member or has a role: by its bytes or by its time (T13, T45, G11)."""

from proof.found import Ask, Found
from proof.stand.seeded import inside, seeded


def prove(ask: Ask) -> Found:
    """Ask about known and unknown addresses in turn."""
    with seeded() as home:
        return inside(home, "proof.stand.oracle", ask, minutes=ask.of(trial=10, quick=10, full=120))
