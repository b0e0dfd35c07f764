"""Headers and cookies exactly as they must be, on pages, errors, redirects and files (T32, ASVS 3.3 and 3.4)."""

from proof.harness.seeded_data import ORIGIN, probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Look at every answer as a visitor, a member, a coordinator and an officer."""
    with seeded_home() as home:
        return probe_in_process(
            home,
            "proof.probes.response_headers",
            ask,
            minutes=ask.number_for_size(trial=10, quick=10, full=60),
            PLP_ORIGIN=ORIGIN,
        )
