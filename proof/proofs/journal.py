"""The journal changed by the owner of the database in every way, with and without its key: each is found (T38)."""

import tempfile
from pathlib import Path

from proof.harness.system import system_under_test
from proof.result import Figure, ProofRequest, ProofResult, print_progress


def prove(ask: ProofRequest) -> ProofResult:
    """Manipulate a journal without triggers, one change at a time, and check it against the heads noted before."""
    number = ask.number_for_size(trial=48, quick=144, full=1000)
    entries = ask.number_for_size(trial=60, quick=120, full=200)
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, connections=1, stage="proof.procedures.journal_tampering"
        ) as scene,
    ):
        honest = scene.call_procedure("create_journal_and_count_flaws", entries)
        ends = scene.call_procedure("manipulate_journal_and_count_found", ask.seed, number)
        export = scene.call_procedure("count_flaws_of_exports", ask.seed)
        costs = scene.call_procedure(
            "measure_seconds_per_entry", ask.number_for_size(trial=200, quick=1000, full=20_000)
        )
    print_progress(f"tried, found, first bad entry named: {ends}")
    found, named = (sum(one[place] for one in ends.values()) for place in (1, 2))
    return ProofResult(
        number,
        f"manipulations of a journal of {entries} entries by the owner of the database: {', '.join(ends)}",
        (
            Figure("found", found, "", floor=number, goal=number, most=False),
            Figure("first bad entry named", named, "", floor=number, goal=number, most=False),
            Figure("flaws in the honest journal", honest + export["whole"], "", 0, 0),
            Figure("forged exports found, of 1", export["forged"], "", 1, 1, most=False),
            Figure("one act noted", costs["act"] * 1000, "ms", floor=200, goal=2),
            Figure("a million entries checked", costs["check"] * 1e6, "s", floor=6000, goal=60),
        ),
        bounds="An entry costs three statements of the database, and a check reads and hashes each entry in Python.",
        details={"tried, found, named": ends},
    )
