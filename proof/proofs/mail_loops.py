"""Vacation notes, bounces, and bounces of bounces: no mail of ours is caused by a machine's (T54)."""

import tempfile
from pathlib import Path

from proof.harness.system import system_under_test
from proof.result import Figure, ProofRequest, ProofResult


def prove(ask: ProofRequest) -> ProofResult:
    """Members' machines answer; a third of them mark nothing."""
    number = ask.number_for_size(trial=60, quick=300, full=3000)
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, connections=2, stage="proof.procedures.odd_mail") as scene,
    ):
        scene.call_procedure("create_tables_and_cast")
        found = scene.call_procedure("send_auto_replies_and_count_mails", number, ask.seed)
    return ProofResult(
        number,
        "an answer that a machine wrote, from a member's address",
        (
            Figure("mails caused by mails", found["caused"], floor=0, goal=0),
            Figure("machines taken for people", len(found["taken"]), floor=0, goal=0),
        ),
        details={"taken for people": found["taken"][:3]},
    )
