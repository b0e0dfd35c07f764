"""Whether a form tells that somebody is a member or has a role: by its bytes or by its time (T13, T45, G11)."""

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Ask about known and unknown addresses in turn."""
    with seeded_home() as home:
        return probe_in_process(
            home, "proof.probes.membership_oracle", ask, minutes=ask.number_for_size(trial=10, quick=10, full=120)
        )
