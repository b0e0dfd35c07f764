"""STOP in hundreds of spellings, and people erased, while copies leave: it counts at once (F28, G19, T41).

A STOP also takes the copies that wait out of the workers' hands. So that the last look before the data is tried too,
some contacts are stopped beside the outbox while their copy is in a worker's hand.
"""

import tempfile
import time
from pathlib import Path
from typing import Any

from proof.harness.system import SystemUnderTest, system_under_test
from proof.receivers.faulty_sms import Script
from proof.result import Figure, ProofRequest, ProofResult, Size, print_progress

ERASED_EVERY = 10  # after so many stops one person is erased
IN_HAND_EVERY = 3  # after so many stops one contact is stopped beside the outbox
GRACE = 1.0  # seconds after which nothing may reach who was erased


def prove(ask: ProofRequest, *, workers: str = "plp.ops.cli") -> ProofResult:
    """People whose copy has not left yet answer STOP by SMS or mail, each in another spelling. ``workers``: the module
    by which they are started.
    """
    stops = ask.number_for_size(trial=12, quick=30, full=1_000_000)
    sms = ("proof.receivers.faulty_sms", "--script", Script(delay=0.05).as_text())
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder), ask.database, delay=0.05, connections=4, lease=10, sms=sms, stage="proof.procedures.stops"
        ) as scene,
    ):
        spellings = scene.call_procedure("spellings_of_stop")[:: max(1, 200 // stops)][:stops]
        message = scene.call_procedure("create_people_and_unqueued_message", len(spellings) * 40)
        scene.start_workers(ask.worker_process_count, module=workers)
        scene.call_procedure("queue_message_for_everybody", message)
        scene.wait_for_more_mail(60)
        stopped, in_hand, erased = _stop_and_erase_while_sending(scene, message, spellings)
        scene.wait_until_no_dispatch_waits(600)
        figures = _figures_after_stop(ask, scene, stopped, in_hand, erased)
        return ProofResult(len(stopped) + len(in_hand), "STOP while copies leave, by SMS and by mail", figures)


def _stop_and_erase_while_sending(
    scene: SystemUnderTest, message: str, spellings: list[str]
) -> tuple[list[Any], list[Any], list[Any]]:
    """One stop after the other, as long as copies wait."""
    stopped, in_hand, erased = [], [], []
    for place, words in enumerate(spellings):
        if done := scene.call_procedure("send_stop_for_waiting_copy", words, place, message):
            stopped.append(done)
        if place % IN_HAND_EVERY == 0 and (ready := scene.call_procedure("stop_contact_of_claimed_copy", message)):
            in_hand.append(ready)
        if place % ERASED_EVERY == ERASED_EVERY - 1 and (
            gone := scene.call_procedure("erase_recipient_of_waiting_copy", message)
        ):
            erased.append(gone)
        time.sleep(0.02)
    return stopped, in_hand, erased


def _figures_after_stop(
    ask: ProofRequest, scene: SystemUnderTest, stopped: list[Any], in_hand: list[Any], erased: list[Any]
) -> tuple[Figure, ...]:
    """What reached people after they said stop."""
    logs = scene.log.read_text() + scene.sms_log.read_text()
    rows = (line.split() for line in logs.splitlines())
    taken = {name.partition("@")[0]: float(moment) for moment, name, *_ in rows}
    after = [one for one in (*stopped, *in_hand) if taken.get(one["reference"], 0) > one["at"]]
    late = [one for one in erased if taken.get(one["reference"], 0) > one["at"] + GRACE]
    for one in after:
        if not one["wire"]:
            print_progress(f"{one} reached somebody at {taken[one['reference']]}")
    slowest = max((one["took"] for one in stopped), default=0.0)
    return (
        Figure("sent after the stop, and not on the wire", sum(not one["wire"] for one in after), floor=0, goal=0),
        Figure("spellings not heard", sum(not one["heard"] for one in stopped), floor=0, goal=0),
        Figure("slowest stop to effect", slowest, "s", 60 if ask.size == Size.TRIAL else 5, 1),
        Figure("contacts stopped while a worker had their copy", len(in_hand), floor=1, most=False),
        Figure("people erased while copies leave", len(erased), floor=1, most=False),
        Figure("sent to the erased, a second after", len(late), floor=0, goal=0),
    )
