"""The machine has no memory left, or no file may be opened any more: nobody is lost (F32)."""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from proof.harness.low_memory import MemoryLimit, is_running
from proof.harness.system import ROOT, SystemUnderTest, system_under_test
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult

PROCESSES, CONNECTIONS, SHARE = 4, 5, 40
FILES, WANTED = 64, 200  # that one process may have open; connections that it would like
FEW = f'ulimit -n {FILES}; exec "$@"'


def prove(ask: ProofRequest) -> ProofResult:
    """Let Linux end a worker for want of memory, so many times; then send with a worker that may open few files."""
    kills, dice = ask.number_for_size(trial=2, quick=2, floor=12, full=50), random.Random(ask.seed)
    people = kills * SHARE
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, delay=0.02, connections=CONNECTIONS) as scene,
    ):
        message = scene.call_procedure("create_people_and_message", people + 10 * SHARE)
        scene.start_workers(PROCESSES)
        _kill_workers_by_memory_limit(scene, message, kills, dice)
        scene.wait_until_no_dispatch_waits(120)
        scene.stop_workers_with_exit_code()
        scene.call_procedure("queue_for_people_in_range", message, people, people + 10 * SHARE)
        ended = _send_with_few_files(scene)
        book, copies = scene.call_procedure("ledger_and_copy_states", message), scene.count_received_copies()
    people += 10 * SHARE
    figures = lost_and_double_figures(book, copies, people=people, window=kills * CONNECTIONS)
    few = Figure(f"workers that ended badly with {FILES} open files", int(ended != 0), floor=0, goal=0)
    return ProofResult(kills, f"workers ended by Linux for want of memory, {people:,} recipients", (few, *figures))


def _kill_workers_by_memory_limit(scene: SystemUnderTest, message: str, kills: int, dice: random.Random) -> None:
    corner = MemoryLimit()
    try:
        for done in range(kills):
            scene.call_procedure("queue_for_people_in_range", message, done * SHARE, (done + 1) * SHARE)
            time.sleep(dice.uniform(0.0, 0.2))
            until = time.monotonic() + 60
            while not (members := [member for member in scene.worker_process_ids() if is_running(member)]):
                assert time.monotonic() < until, "no worker came back"
                time.sleep(0.02)
            corner.exhaust_memory_until_killed(dice.choice(members))
    finally:
        corner.close()


def _send_with_few_files(scene: SystemUnderTest) -> int:
    """A worker that wants more connections than files may be open sends everything; its exit code."""
    environment = scene.environment | {"PLP_DELIVERY_CONNECTIONS": str(WANTED)}
    command = ["sh", "-c", FEW, "sh", sys.executable, "-m", "plp.ops.cli", "worker"]
    with (scene.log.parent / "worker.log").open("a") as file:
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
    scene.worker = worker  # type: ignore[assignment]
    scene.wait_until_no_dispatch_waits(120)
    return scene.stop_workers_with_exit_code()
