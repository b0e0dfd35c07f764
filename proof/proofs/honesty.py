"""Small runs full of faults: what the coordinator reads is what the database says and what the receivers took (G30)."""

import random
import tempfile
import time
from pathlib import Path
from typing import Any

from proof.harness.system import SystemUnderTest, system_under_test
from proof.receivers.faulty_sms import Script as SmsScript
from proof.receivers.smtp_script import Script
from proof.result import Figure, ProofRequest, ProofResult, print_progress

MEMBERS = 24
LETTERS = {"rcpt-450": 0.05, "rcpt-550": 0.08, "dot-452": 0.05, "dot-554": 0.05, "dot-reset": 0.15, "mail-reset": 0.02}
SMS = {"500": 0.1, "garbage": 0.2, "400": 0.15, "reset": 0.15}
WORDS = {  # the states of the ledger, and the words of the page for them
    "accepted": ("sent", "handed_out"),
    "delivered": ("delivered", "read", "heard"),
    "failed": ("failed", "gone", "full"),
    "unknown": ("unknown",),
    "stopped": ("stopped",),
}
LEFT = {"accepted", "delivered"}


def prove(ask: ProofRequest) -> ProofResult:
    """One message after the other to the same members; some are taken back half-way."""
    runs, dice = ask.number_for_size(trial=3, quick=6, floor=60, full=1000), random.Random(ask.seed)
    mail = ("proof.receivers.faulty_smtp", "--script", Script(seed=ask.seed, letters=LETTERS).as_text())
    sms = ("proof.receivers.faulty_sms", "--script", SmsScript(seed=ask.seed, faults=SMS).as_text())
    sums: dict[str, int] = {}
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder),
            ask.database,
            connections=4,
            lease=3,
            receiver=mail,
            sms=sms,
            stage="proof.procedures.odd_mail",
        ) as scene,
    ):
        scene.call_procedure("create_tables_and_cast")
        scene.call_procedure("add_members", "email", [f"member{number}@example.be" for number in range(MEMBERS)], "sms")
        scene.start_workers(ask.worker_process_count, hurried=True)
        for number in range(runs):
            for name, wrong in _compare_counts_of_one_message(scene, dice).items():
                sums[name] = sums.get(name, 0) + wrong
            if number % 100 == 99:
                print_progress(f"{number + 1} of {runs} runs")
    return ProofResult(
        runs,
        f"a message to {MEMBERS} members while both receivers fail at random, one in four taken back",
        tuple(Figure(name, wrong, floor=0, goal=0) for name, wrong in sums.items()),
    )


def _compare_counts_of_one_message(scene: SystemUnderTest, dice: random.Random) -> dict[str, int]:
    """One message, to its end; whether each pair of counts differs."""
    notice, message, _ = scene.call_procedure("create_release_and_relay_notice")
    if dice.random() < 0.25:
        time.sleep(dice.uniform(0, 0.3))
        scene.call_procedure("retract_notice", notice)
    scene.wait_until_no_dispatch_waits(300)
    page, book = (
        scene.call_procedure("figures_on_coordinator_page", notice),
        scene.call_procedure("figures_in_database", notice),
    )
    copies: dict[str, Any] = scene.call_procedure("ledger_and_copy_states", message)["copies"]
    taken = {one for one in scene.count_received_copies() if one.endswith(f"-{message.replace('-', '')}")}
    shown, counted = page["figures"], book["figures"]
    total = sum(number for name, number in shown.items() if name != "audience")
    doubtful = {one for one, (_, unknowns) in copies.items() if unknowns}
    left = {one for one, (state, _) in copies.items() if state in LEFT}
    ends: dict[str, int] = book["ledger"]["by_state"]
    return {
        "figures that differ from the ledger": sum(
            sum(shown.get(word, 0) for word in words) != ends.get(state, 0) for state, words in WORDS.items()
        ),
        "pages that differ from the database": int(shown != {name: counted[name] for name in shown}),
        "figures that the page leaves out": sum(counted[name] for name in counted if name not in shown),
        "pages that do not add up to the audience": int(total != shown.get("audience")),
        "doubts that the page does not ask about": len(set(book["asked"]) ^ set(page["asked"])),
        "ledgers out of balance": int(not book["ledger"]["balanced"]),
        "shown as sent, and never taken": len(left - taken),
        "taken, and shown as not sent": len(taken - left - doubtful),
    }
