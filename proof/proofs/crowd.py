"""Many people at one server at once: nobody gets what is another's (T17)."""

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Let them all ask at once."""
    with seeded_home() as home:
        return probe_in_process(
            home, "proof.probes.concurrent_visitors", ask, minutes=ask.number_for_size(trial=10, quick=10, full=60)
        )
