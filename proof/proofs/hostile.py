"""Hostile requests over every route and form: no error of ours, no traceback, quick, flat (G10, T24-T30, T46, T47)."""

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Fire them at the pages; nothing that is written stays."""
    with seeded_home() as home:
        return probe_in_process(
            home, "proof.probes.hostile_requests", ask, minutes=ask.number_for_size(trial=10, quick=10, full=180)
        )
