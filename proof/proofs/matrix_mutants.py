"""Any rule of access taken away turns a cell of the table red (G8)."""

from proof.harness.seeded_data import inside, seeded
from proof.result import Ask, Found


def prove(ask: Ask) -> Found:
    """Take away each right of a role, each guard of a view, each scope."""
    with seeded() as home:
        return inside(home, "proof.probes.missing_rules", ask, minutes=ask.of(trial=10, quick=10, full=120))
