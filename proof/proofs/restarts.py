"""Workers asked to end politely while mails leave, as an upgrade does: nothing is sent twice (F33, G4)."""

import random
import tempfile
import time
from pathlib import Path

from proof.harness.system import system_under_test
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Restart by SIGTERM, at a random moment of the work, so many times."""
    stops = ask.number_for_size(trial=3, quick=4, floor=20, full=200)
    people, dice = stops * 200, random.Random(ask.seed)
    refused = 0
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, delay=0.02, connections=5, lease=30) as scene,
    ):
        message = scene.call_procedure("create_people_and_message", people)
        for number in range(stops):
            scene.call_procedure("queue_for_people_in_range", message, number * 200, (number + 1) * 200)
            scene.start_workers(ask.worker_process_count)
            scene.wait_for_more_mail(20)
            time.sleep(dice.uniform(0.0, 0.3))
            refused += scene.stop_workers_with_exit_code() != 0
        scene.start_workers(ask.worker_process_count)
        scene.wait_until_no_dispatch_waits(120 + people / 100)  # most of them are left for now
        book, copies = scene.call_procedure("ledger_and_copy_states", message), scene.count_received_copies()
    figures = lost_and_double_figures(book, copies, people=people, window=0)
    return ProofResult(
        stops, "SIGTERM to a worker that is sending", (Figure("ended badly", refused, floor=0, goal=0), *figures)
    )
