"""Quarters are split, merged and redrawn at random: nobody is lost, doubled, told twice; an undo is exact (ADR 72).

In between members object, ask, leave and move house, the day is killed amid its transaction, and pages that were
printed are opened. What happens is drawn by the seed alone: two runs with the same one do the same. ``drawn`` in the
details of a run shows it: for each change a digest of who belongs where, and which quarter has which door.
"""

import tempfile
from collections import Counter
from pathlib import Path

from proof.harness.system import system_under_test
from proof.result import Figure, ProofRequest, ProofResult, print_progress

STAGE = "proof.procedures.changed_quarters"
FAULTS = (
    "members lost",
    "members doubled",
    "members of a partnership that is over",
    "letters twice or not at all",
    "doors of two quarters or none",
    "links dead or astray",
    "half done after a kill",
    "not carried out",
    "tables that an undo left different",
)


def prove(ask: ProofRequest) -> ProofResult:
    """Some changes after one another in one zone; many in a long run."""
    rounds = ask.number_for_size(trial=4, quick=20, floor=30, full=400)
    happened: Counter[str] = Counter()
    faults: dict[str, int] = {}
    drawn: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, connections=1, stage="proof.procedures.changed_quarters"
        ) as scene,
    ):
        scene.call_procedure("create_quarters_and_members", ask.seed)
        for number in range(1, rounds + 1):
            result = scene.call_procedure("run_random_change_and_count_faults", ask.seed, number)
            drawn.append(result.pop("drawn"))
            happened.update({name: count for name, count in result.items() if name not in FAULTS})
            faults = {name: result.get(name, 0) for name in FAULTS}
            if any(faults.values()):
                print_progress(f"change {number}: {faults}")
    told = ", ".join(f"{count} {name}" for name, count in sorted(happened.items()))
    return ProofResult(
        rounds,
        f"changes of quarters of one zone: {told}",
        (
            Figure("changes tried", rounds, floor=rounds, goal=rounds, most=False),
            Figure("kinds of change, kills and undoings seen", len(happened), floor=5, goal=5, most=False),
            *(Figure(name, faults.get(name, 0), floor=0, goal=0) for name in FAULTS),
        ),
        details={"drawn": drawn},
    )
