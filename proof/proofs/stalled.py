"""Three lines in ten hang in the middle of a mail: the others go on (F10)."""

import tempfile
from pathlib import Path

from proof.harness.system import system_under_test
from proof.proofs.kills import lost_and_double_figures
from proof.receivers.smtp_script import Script
from proof.result import Figure, ProofRequest, ProofResult, Size

CONNECTIONS, DELAY = 20, 0.05  # the receiver's answers bound the rate, not the machine
STALLED = 0.3


def prove(ask: ProofRequest) -> ProofResult:
    """The same number of mails without a fault, and with letters that stall until three lines in ten hang."""
    people = ask.number_for_size(trial=600, quick=1000, floor=4000, full=10_000)
    even, _ = _measure_mails_per_second(ask, people, Script(seed=ask.seed, delay=DELAY))
    hanging = int(CONNECTIONS * STALLED)
    slow, figures = _measure_mails_per_second(ask, people, Script(seed=ask.seed, delay=DELAY, hanging=hanging))
    return ProofResult(
        people,
        f"mail while {hanging} of {CONNECTIONS} lines hang",
        (
            Figure("mails a second, no line hanging", even),
            Figure("mails a second, lines hanging", slow),
            Figure("of the rate", 100 * slow / even, "%", 20 if ask.size == Size.TRIAL else 60, 60, most=False),
            *figures,
        ),
    )


def _measure_mails_per_second(ask: ProofRequest, people: int, script: Script) -> tuple[float, tuple[Figure, ...]]:
    """Mails a second between the first and the last tenth, and the judgement."""
    receiver = ("proof.receivers.faulty_smtp", "--script", script.as_text())
    lease = ask.number_for_size(trial=5, quick=10, full=20)  # seconds; a line is given up after 70 % of it
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, connections=CONNECTIONS, lease=lease, receiver=receiver) as scene,
    ):
        message = scene.call_procedure("create_people_and_message", people)
        scene.call_procedure("queue_for_people_in_range", message, 0, people)
        scene.start_workers(ask.worker_process_count)
        scene.wait_until_no_dispatch_waits(600)
        times = [float(line.split()[0]) for line in scene.log.read_text().splitlines()]
        figures = lost_and_double_figures(
            scene.call_procedure("ledger_and_copy_states", message),
            scene.count_received_copies(),
            people=people,
            window=0,
        )
    first, last = times[people // 10], times[people * 8 // 10]
    return (people * 8 // 10 - people // 10) / (last - first), figures
