"""Tokens in every personal field, looked for in everything that comes out (O1, G9, T9, T10, T15-T18, T20, T21, T52)."""

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Walk as each identity, let a worker send, steal the database and a backup."""
    with seeded_home(members=ask.number_for_size(trial=20, quick=20, floor=100, full=300)) as home:
        return probe_in_process(
            home,
            "proof.canaries.leak_search",
            ask,
            minutes=ask.number_for_size(trial=10, quick=10, floor=120, full=300),
        )
