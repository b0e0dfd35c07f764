"""Names and addresses that break code: each is parked, nobody else waits for them (F35)."""

import tempfile
from pathlib import Path

from proof.harness.system import system_under_test
from proof.result import Figure, ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """As many people that are well stand behind those that are not."""
    number = ask.number_for_size(trial=100, quick=1000, full=100_000)
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, connections=10, stage="proof.procedures.odd_mail") as scene,
    ):
        message, *well = scene.call_procedure("create_hostile_people_and_message", number, ask.seed)
        scene.start_workers(ask.worker_process_count, hurried=True)
        scene.wait_until_no_dispatch_waits(900)
        states = {state for state, _ in scene.call_procedure("ledger_and_copy_states", message)["copies"].values()}
        lived = scene.worker is not None and scene.worker.poll() is None
        rows = [line.split(" ", 2) for line in scene.log.read_text(errors="replace").splitlines()]
    heard = {row[2] for row in rows if len(row) == 3}
    return ProofResult(
        number,
        f"a person whose name or address no form lets in, beside {number:,} that are well",
        (
            Figure("copies not at an end", len(states - {"accepted", "failed", "unknown"}), floor=0, goal=0),
            Figure("people that are well and were not reached", len(set(well) - heard), floor=0, goal=0),
            Figure("recipients that nobody queued", len([one for one in heard if "evil" in one]), floor=0, goal=0),
            Figure("worker ended", int(not lived), floor=0, goal=0),
        ),
    )
