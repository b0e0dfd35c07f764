"""Workers killed by signal 9 in the middle of their work (trust F1, G1), and asked to end politely (F33, G4)."""

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.crash.harness import house

pytestmark = [pytest.mark.crash, pytest.mark.timeout(240)]
KILLS, PEOPLE, PROCESSES, CONNECTIONS = 100, 4000, 2, 5
DATABASE = os.environ.get("PLP_DATABASE_URL", "")


def test_nobody_is_lost_and_nobody_gets_a_third_copy(tmp_path: Path) -> None:
    """100 kills while 4,000 mails go to a receiver that answers after 20 ms."""
    dice = random.Random(41)
    with house(tmp_path, DATABASE, delay=0.02, connections=CONNECTIONS) as scene:
        message = scene.tell("prepare", PEOPLE)
        scene.start_workers(PROCESSES)
        share = PEOPLE // KILLS
        kills = 0
        while kills < KILLS:
            scene.tell("enqueue", message, kills * share, (kills + 1) * share)
            time.sleep(dice.uniform(0.05, 0.3))
            members = scene.members()
            if members:
                os.kill(dice.choice(members), signal.SIGKILL)
                kills += 1
        scene.wait_until_settled(60)
        book = scene.tell("book", message)
        copies = scene.copies()

    states = {reference: state for reference, (state, _) in book["copies"].items()}
    unknown = {reference for reference, state in states.items() if state == "unknown"}
    accepted = {reference for reference, state in states.items() if state == "accepted"}
    lost = accepted - set(copies)
    doubles = sum(number - 1 for number in copies.values())
    sys.stdout.write(f"{KILLS} kills, {PEOPLE} recipients: {len(lost)} lost, {doubles} doubles, {len(unknown)} unknown")
    assert book["ledger"]["balanced"]
    assert book["ledger"]["audience"] == PEOPLE
    assert len(states) == PEOPLE
    assert accepted | unknown == set(states)
    assert lost == set()
    assert set(copies) <= set(states)
    assert max(copies.values()) <= 2
    assert doubles <= KILLS * CONNECTIONS
    assert {reference for reference, number in copies.items() if number > 1} <= {
        reference for reference, (_, unknowns) in book["copies"].items() if unknowns
    }


def test_polite_stops_send_nothing_twice(tmp_path: Path) -> None:
    """Ten restarts by SIGTERM while mails leave: no double at all, and nothing is left in hand."""
    dice = random.Random(42)
    with house(tmp_path, DATABASE, delay=0.02, connections=CONNECTIONS, lease=30) as scene:
        message = scene.tell("prepare", 2000)
        scene.tell("enqueue", message, 0, 2000)
        for _ in range(10):
            scene.start_workers(1)
            scene.wait_for_more_mail(10)
            time.sleep(dice.uniform(0.0, 0.3))
            assert scene.stop_workers() == 0
        scene.start_workers(1)
        scene.wait_until_settled(60)
        book = scene.tell("book", message)
        copies = scene.copies()

    assert book["ledger"]["by_state"] == {"accepted": 2000}
    assert set(copies.values()) == {1}
    assert len(copies) == 2000
