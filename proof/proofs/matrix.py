"""Every route × 17 identities × 3 owners against the declared table (O2, G8, G14, T9, T10, T31)."""

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Ask every cell, reading and sending; nothing that is written stays."""
    with seeded_home() as home:
        return probe_in_process(
            home, "proof.probes.access_matrix", ask, minutes=ask.number_for_size(trial=10, quick=10, full=120)
        )
