"""Any rule of access taken away turns a cell of the table red (G8)."""

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Take away each right of a role, each guard of a view, each scope."""
    with seeded_home() as home:
        return probe_in_process(
            home, "proof.probes.missing_rules", ask, minutes=ask.number_for_size(trial=10, quick=10, full=120)
        )
