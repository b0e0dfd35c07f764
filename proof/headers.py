"""Headers and cookies exactly as they must be, on pages, errors, redirects and files (T32, ASVS 3.3 and 3.4)."""

from proof.found import Ask, Found
from proof.stand.seeded import ORIGIN, inside, seeded


def prove(ask: Ask) -> Found:
    """Look at every answer as a visitor, a member, a coordinator and an officer."""
    with seeded() as home:
        return inside(home, "proof.stand.envelope", ask, minutes=ask.of(trial=10, quick=10, full=60), PLP_ORIGIN=ORIGIN)
