"""Eight workers claim from one outbox at the same time: each row has exactly one owner (F21)."""

import tempfile
from collections import Counter
from pathlib import Path

from proof.harness.system import system_under_test
from proof.result import Figure, ProofRequest, ProofResult

WORKERS = 8


def prove(ask: ProofRequest) -> ProofResult:
    """Claim everything there is, in bites of any size, and lay what each got side by side."""
    people = ask.number_for_size(trial=1_000, quick=10_000, full=100_000)
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, connections=1, stage="proof.procedures.forked_workers") as scene,
    ):
        scene.call_procedure("create_base_database", people)
        place, _message = scene.call_procedure("copy_database_and_queue_message", 0, people)
        got = scene.call_procedure("claim_rows_in_parallel_processes", place, WORKERS)
    owners = Counter(number for numbers in got for number in numbers)
    return ProofResult(
        people,
        f"rows claimed by {WORKERS} processes",
        (
            Figure("processes that got any", sum(bool(numbers) for numbers in got), floor=2, most=False),
            Figure("rows with two owners", sum(number > 1 for number in owners.values()), floor=0, goal=0),
            Figure("rows without an owner", people - len(owners), floor=0, goal=0),
        ),
    )
