"""No refusal loses what was typed: every form, wrong in each way it knows."""

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Type, send and look; nothing that is written stays."""
    with seeded_home() as home:
        return probe_in_process(
            home, "proof.probes.typed_words", ask, minutes=ask.number_for_size(trial=10, quick=10, full=60)
        )
