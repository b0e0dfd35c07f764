"""Many people at one server at once: nobody gets what is another's (T17)."""

from proof.found import Ask, Found
from proof.stand.seeded import inside, seeded


def prove(ask: Ask) -> Found:
    """Let them all ask at once."""
    with seeded() as home:
        return inside(home, "proof.stand.crowd", ask, minutes=ask.of(trial=10, quick=10, full=60))
