"""The nights of summer and winter time, and clocks that jump (F24, T56)."""

import tempfile
from pathlib import Path

from proof.harness.system import system_under_test
from proof.result import Figure, ProofRequest, ProofResult, print_progress

NIGHTS = {"winter time begins": "2026-10-24T19:00:00+00:00", "summer time begins": "2026-03-28T19:00:00+00:00"}
JUMPS = (0, 1, -1, 48, -48)  # hours by which the clock of the worker jumps in the middle
HOURS, TRIED = 40.0, {"trial": (0, 48), "quick": JUMPS, "floor": JUMPS, "full": JUMPS}


def prove(ask: ProofRequest) -> ProofResult:
    """Each night with each jump: quiet hours, an alarm that waits, one that is over before it may leave."""
    step, people = ask.number_for_size(trial=30, quick=30, full=5), ask.number_for_size(trial=8, quick=8, full=40)
    sums: dict[str, int] = {}
    runs = 0
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), "", connections=2, stage="proof.procedures.clock_changes") as scene,
    ):
        scene.call_procedure("create_tables")
        for name, begins in NIGHTS.items():
            for jump in TRIED[ask.size]:
                hours = HOURS + (2 * abs(jump) if jump < 0 else 0)  # what the clock lost, the night is longer
                for what, wrong in scene.call_procedure(
                    "simulate_night_and_count_faults", begins, hours, step, jump, people
                ).items():
                    sums[what] = sums.get(what, 0) + wrong
                runs += 1
                print_progress(f"{name}, {jump:+} hours: {sums}")
    words = {"early": "in quiet hours", "repeated": "twice", "missed": "never", "expired": "though it was over"}
    return ProofResult(
        runs,
        f"a night with {people} people, three messages, a look every {step} minutes and a clock that jumps",
        (
            *(Figure(f"sent {said}", sums[what], floor=0, goal=0) for what, said in words.items()),
            Figure("sent in all", sums["sent"], floor=1, most=False),
        ),
    )
