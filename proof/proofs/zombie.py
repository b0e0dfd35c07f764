"""A worker paused for twice its lease wakes up: what it had in hand is somebody else's, and nothing changes (F20)."""

import os
import random
import signal
import tempfile
import time
from pathlib import Path

from proof.harness.system import SystemUnderTest, system_under_test
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult, print_progress

PEOPLE, CONNECTIONS, DELAY = 20, 4, 0.05
PAUSE = 2.2  # seconds: the lease is one
BATCH = 10  # that sleep at the same time
BEGUN = 0.3  # seconds within which a worker is amid its work


def prove(ask: ProofRequest) -> ProofResult:
    """Pause workers at random moments, give their rows to another, wake them, and compare the rows."""
    pauses, dice = ask.number_for_size(trial=4, quick=8, full=200), random.Random(ask.seed)
    books = {"copies": {}, "ledger": {"balanced": True}}
    written = caught = 0
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, connections=CONNECTIONS, delay=DELAY, stage="proof.procedures.forked_workers"
        ) as scene,
    ):
        scene.call_procedure("create_base_database", PEOPLE)
        for first in range(0, pauses, BATCH):
            batch = [
                _start_and_pause_worker(scene, number, dice) for number in range(first, min(first + BATCH, pauses))
            ]
            time.sleep(PAUSE)
            for place, message, member in batch:
                before = scene.call_procedure("take_over_open_rows", place)
                caught += any(row[1] == "sending" for row in before)
                os.kill(member, signal.SIGCONT)
                scene.call_procedure("wait_for_worker_exit_code", member)
                written += sum(
                    was != now
                    for was, now in zip(before, scene.call_procedure("read_dispatch_rows", place), strict=True)
                )
                _finish_and_merge_ledger(scene, place, message, books)
            print_progress(f"{first + len(batch)} of {pauses} pauses")
        copies = scene.count_received_copies()
    return ProofResult(
        pauses,
        f"SIGSTOP of a worker with {CONNECTIONS} connections for twice its lease, then SIGCONT",
        (
            Figure("workers that slept with rows in hand", caught, floor=1, most=False),
            Figure("writes by expired tokens", written, floor=0, goal=0),
            *lost_and_double_figures(books, copies, people=pauses * PEOPLE, window=pauses * CONNECTIONS),
        ),
    )


def _start_and_pause_worker(scene: SystemUnderTest, number: int, dice: random.Random) -> tuple[str, str, int]:
    """A worker that falls asleep amid its work: its database, its message, and itself."""
    place, message = scene.call_procedure("copy_database_and_queue_message", number, PEOPLE)
    member = scene.call_procedure("fork_stopped_worker", place)
    size = scene.log.stat().st_size
    scene.call_procedure("resume_worker", member)
    until = time.monotonic() + 60
    while scene.log.stat().st_size == size and time.monotonic() < until:
        time.sleep(0.001)  # until its first mail is taken
    time.sleep(dice.uniform(0.0, BEGUN) * dice.random())
    os.kill(member, signal.SIGSTOP)
    while not scene.call_procedure("are_all_rows_lockable", place):
        os.kill(member, signal.SIGCONT)
        time.sleep(0.002)
        os.kill(member, signal.SIGSTOP)
    return place, message, member


def _finish_and_merge_ledger(scene: SystemUnderTest, place: str, message: str, books: dict) -> None:
    scene.call_procedure("requeue_taken_over_rows", place)
    until = time.monotonic() + 120
    while scene.call_procedure(
        "resume_worker_and_get_exit_code", scene.call_procedure("fork_stopped_worker", place)
    ) or scene.call_procedure("has_waiting_copies", place):
        assert time.monotonic() < until, f"{place} does not come to an end"
        time.sleep(0.3)
    book = scene.call_procedure("ledger_and_copy_states", place, message)
    books["copies"].update(book["copies"])
    books["ledger"]["balanced"] &= book["ledger"]["balanced"]
    scene.call_procedure("delete_database", place)
