"""Script payloads in every text, shown in Chromium: none runs, no other host is asked (T24, T19, G22)."""

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Put them in, look at the pages as five identities."""
    with seeded_home() as home:
        return probe_in_process(
            home, "proof.probes.stored_scripts", ask, minutes=ask.number_for_size(trial=10, quick=10, full=120)
        )
