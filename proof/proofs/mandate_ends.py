"""A mandate ends at each moment of each act: nothing is done without the right, and what waits is taken over (ADR 68).

Each act of a page (write, submit, release, stop, relay, export the list, confirm, designate; an administrator confirms
a chief), by a mandate that ends by hand, by its date, unconfirmed or by its successor: before the page is opened,
between page and form, with a new sign-in. Acts without a form, such as a relay by mail, are not among them.
What happens at the very same moment is tried by ``races`` (revoke).
"""

import tempfile
from pathlib import Path

from proof.harness.system import system_under_test
from proof.result import Figure, ProofRequest, ProofResult, print_progress


def prove(ask: ProofRequest) -> ProofResult:
    """Every act, way and moment; many rounds of it in a long run."""
    rounds = ask.number_for_size(trial=1, quick=1, floor=1, full=10)
    allowed = done = waiting = unopened = trials = 0
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, connections=1, stage="proof.procedures.ended_mandates") as scene,
    ):
        scene.call_procedure("create_quarter_with_successors")
        names = scene.call_procedure("names_of_acts_ways_and_moments")
        cases = [(act, way, moment) for act in names["acts"] for way in names["ways"] for moment in names["moments"]]
        for case in cases * rounds:
            result = scene.call_procedure("try_act_while_mandate_ends", *case)
            trials += 1
            allowed += result["allowed"]
            done += result["done"]
            waiting += not result["taken_over"]
            unopened += not result["opened"]
            if result != {"opened": 1, "allowed": 0, "done": 0, "taken_over": 1}:
                print_progress(f"{', '.join(case)}: {result}")
    return ProofResult(
        trials,
        f"acts by somebody whose mandate had ended: {len(names['acts'])} acts, {len(names['ways'])} ways, "
        f"{len(names['moments'])} moments",
        (
            Figure("acts tried", trials, floor=len(cases), goal=len(cases), most=False),
            Figure("pages or forms still answered", allowed, floor=0, goal=0),
            Figure("acts done without the right", done, floor=0, goal=0),
            Figure("acts that nobody took over", waiting, floor=0, goal=0),
            Figure("pages that did not open before the end", unopened, floor=0, goal=0),
        ),
    )
