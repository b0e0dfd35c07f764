"""The line breaks after the final dot, and the mail was taken: one more try, then a person is asked (F11, G5)."""

import tempfile
from pathlib import Path
from typing import Any

from proof.harness.system import SystemUnderTest, system_under_test
from proof.proofs.kills import lost_and_double_figures
from proof.receivers.smtp_script import Script
from proof.result import Figure, ProofRequest, ProofResult, Size

ONCE, ALWAYS, NEVER = "dot-reset", "dot-reset--always", "quiet"  # what the domain of an address asks of the receiver


def prove(ask: ProofRequest) -> ProofResult:
    """A third of the members' mails is cut once, a third at every try, a third never."""
    each = ask.number_for_size(trial=4, quick=40, full=350)
    people = [f"member{number}@{domain}.example.be" for domain in (ONCE, ALWAYS, NEVER) for number in range(each)]
    script = ("proof.receivers.faulty_smtp", "--script", Script(seed=ask.seed).as_text())
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, connections=5, receiver=script, stage="proof.procedures.quarter_members"
        ) as scene,
    ):
        scene.call_procedure("create_tables_and_cast")
        scene.call_procedure("add_members", "email", people)
        notice, message, _ = scene.call_procedure("create_release_and_relay_notice")
        scene.start_workers(2, hurried=ask.size == Size.TRIAL)
        scene.wait_until_no_dispatch_waits(600)
        return ProofResult(
            3 * each,
            f"RST after the final dot of a recorded mail, {len(people):,} recipients, two workers",
            (
                *_drops_figure(scene),
                *lost_and_double_figures(
                    scene.call_procedure("ledger_and_copy_states", message),
                    scene.count_received_copies(),
                    people=len(people),
                    window=3 * each,
                ),
                *_second_unknowns_figures(scene, notice, each),
            ),
        )


def _drops_figure(scene: SystemUnderTest) -> tuple[Figure, ...]:
    drops = len(Path(f"{scene.log}.faults").read_text().splitlines())
    return (Figure("drops after the dot", drops),)


def _second_unknowns_figures(scene: SystemUnderTest, notice: str, expected: int) -> tuple[Figure, ...]:
    """Second unknowns, and how many of them the coordinator's page shows: in its figure, and person by person."""
    page: dict[str, Any] = scene.call_procedure("figures_on_coordinator_page", notice)
    book: dict[str, Any] = scene.call_procedure("figures_in_database", notice)
    shown = len(set(page["asked"]) & set(book["asked"]))
    share = 100 * min(shown, page["figures"].get("unknown", 0)) / max(1, len(book["asked"]))
    return (
        Figure("second unknowns that are not such", abs(len(book["asked"]) - expected), floor=0, goal=0),
        Figure("second unknowns on the coordinator's page", share, "%", 100, 100, most=False),
    )
