"""A message taken back while it leaves: nothing more goes out, and whom it reached is told, nobody else (F27, G7)."""

import random
import tempfile
import time
from pathlib import Path
from typing import Any

from proof.harness.system import SystemUnderTest, system_under_test
from proof.result import Figure, ProofRequest, ProofResult, Size, print_progress

CONNECTIONS = 5


def prove(ask: ProofRequest) -> ProofResult:
    """Relay to everybody, take it back at a random moment, wait until everything is settled; again and again."""
    runs, people = (
        ask.number_for_size(trial=2, quick=3, floor=20, full=100),
        ask.number_for_size(trial=60, quick=400, full=2000),
    )
    dice, sums, taken = random.Random(ask.seed), [0, 0, 0], []
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, delay=0.02, connections=CONNECTIONS, stage="proof.procedures.stops"
        ) as scene,
    ):
        scene.call_procedure("create_quarter_with_email_members", people)
        scene.start_workers(2)
        for number in range(runs):
            one, seconds = _send_and_withdraw_one_message(scene, people, dice)
            sums = [before + now for before, now in zip(sums, one, strict=True)]
            taken += seconds
            if number % 10 == 9:
                print_progress(f"{number + 1} of {runs} messages taken back")
    late = sorted(taken)[int(len(taken) * 0.95)] if taken else 0.0
    return ProofResult(
        runs,
        f"a message to {people:,} taken back while it leaves, two workers with {CONNECTIONS} connections each",
        (
            Figure("sent after the stop was written, and not on the wire", sums[0], floor=0, goal=0),
            Figure("reached, and not told", sums[1], floor=0, goal=0),
            Figure("told, and never reached", sums[2], floor=0, goal=0),
            Figure("told in all", len(taken), floor=1, most=False),
            Figure("to the correction at the sink, 95 of 100", late, "s", 120 if ask.size == Size.TRIAL else 60, 10),
        ),
    )


def _send_and_withdraw_one_message(
    scene: SystemUnderTest, people: int, dice: random.Random
) -> tuple[list[int], list[float]]:
    """One message; answers the three counts, and after how long each person was told."""
    _, message, _ = said = scene.call_procedure("create_release_and_relay_notice")
    _wait_for_received_copies(scene, message, dice.randrange(1, people // 2))
    back: dict[str, Any] = scene.call_procedure("retract_notice_and_notify", said[0])
    scene.wait_until_no_dispatch_waits(300)
    first, second = _received_copies_of_message(scene, message), _received_copies_of_message(scene, back["message"])
    late = sum(moment > back["at"] and reference not in back["wire"] for reference, moment, _ in first)
    reached, told = {one[2] for one in first}, {one[2] for one in second}
    return [late, len(reached - told), len(told - reached)], [moment - back["at"] for _, moment, _ in second]


def _received_copies_of_message(scene: SystemUnderTest, message: str) -> list[tuple[str, float, str]]:
    """Reference, time and address of each copy of a message that the receiver has."""
    rows = (line.split() for line in scene.log.read_text().splitlines())
    ours = [(name.partition("@")[0], float(moment), address) for moment, name, address in rows]
    return [one for one in ours if one[0].endswith(f"-{message.replace('-', '')}")]


def _wait_for_received_copies(scene: SystemUnderTest, message: str, number: int) -> None:
    """Wait until the receiver has so many copies."""
    until = time.monotonic() + 120
    while len(_received_copies_of_message(scene, message)) < number:
        assert time.monotonic() < until, (scene.log.parent / "worker.log").read_text()[-2000:]
        time.sleep(0.01)
