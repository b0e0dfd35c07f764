"""Any rule of access taken away turns a cell of the table red (G8)."""

from proof.found import Ask, Found
from proof.stand.seeded import inside, seeded


def prove(ask: Ask) -> Found:
    """Take away each right of a role, each guard of a view, each scope."""
    with seeded() as home:
        return inside(home, "proof.stand.holes", ask, minutes=ask.of(trial=10, quick=10, full=120))
