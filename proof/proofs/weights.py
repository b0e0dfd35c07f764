"""The twenty most used pages on a slow line: bytes, requests, questions to the database, seconds to the first words."""

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.result import ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Open each with an empty browser at 400 kbit/s and 400 ms, and write ``docs/pages.md`` of it."""
    with seeded_home() as home:
        return probe_in_process(home, "proof.probes.page_weight", ask, minutes=20)
