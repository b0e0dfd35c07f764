"""Receipts of the SMS gateway: forged ones do nothing, genuine ones end alike in any order (T34, T35, F15)."""

import tempfile
from pathlib import Path

from proof.harness.system import system_under_test
from proof.result import Figure, ProofRequest, ProofResult

LINES = 4


def prove(ask: ProofRequest) -> ProofResult:
    """Knock at the gateway's door with everything that is not the gateway's, then bring its reports in every order."""
    forged, longest = (
        ask.number_for_size(trial=50, quick=200, floor=10_000, full=100_000),
        ask.number_for_size(trial=3, quick=3, full=6),
    )
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, connections=1, stage="proof.procedures.sms_receipts") as scene,
    ):
        scene.call_procedure("create_people_with_mobile_and_email")
        let_in, changed, kept, missed = scene.call_procedure("send_forged_receipts_and_count", forged, ask.seed)
        orders, wrong, miscounted = scene.call_procedure("send_receipts_in_all_orders", longest)
        races = ask.number_for_size(trial=3, quick=10, floor=200, full=1_000)
        raced, doubled = scene.call_procedure("send_receipts_of_one_copy_at_once", races)
        dropped = scene.call_procedure(
            "send_early_receipts_and_count_lost", ask.number_for_size(trial=5, quick=10, floor=50, full=200)
        )
    return ProofResult(
        forged,
        "forged reports (made-up, altered and swapped signatures), then every order of up to "
        f"{longest} genuine ones over {LINES} lines at once",
        (
            Figure("forged reports let in", let_in, floor=0, goal=0),
            Figure("states changed by them", changed, floor=0, goal=0),
            Figure("receipts kept of them", kept, floor=0, goal=0),
            Figure("genuine reports without effect", missed, floor=0, goal=0),
            Figure("orders of reports", orders),
            Figure("wrong ends", wrong, floor=0, goal=0),
            Figure("receipts counted twice or not at all", miscounted, floor=0, goal=0),
            Figure("copies with six reports at the same moment", races),
            Figure("wrong ends among these", raced, floor=0, goal=0),
            Figure("receipts among these counted twice or not at all", doubled, floor=0, goal=0),
            Figure("early reports dropped", dropped, floor=0, goal=0),
        ),
    )
