"""Automatic calls to telephones of SIPp, all at once, with workers killed in the middle of them (R66, R114).

A worker that dies takes its lines along: who was being called is called once more. Nobody is called a third time.
"""

import os
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

from proof.harness.system import SystemUnderTest, system_under_test
from proof.result import Figure, ProofRequest, ProofResult

PROCESSES = 2
INTO_A_CALL = 2.0  # seconds that all calls are in progress before a worker dies: nobody has pressed yet
STEP = 0.2


def prove(ask: ProofRequest) -> ProofResult:
    """One alarm without a kill, then one during which a worker of two is killed."""
    people = ask.number_for_size(trial=6, quick=20, full=100)
    figures: list[Figure] = []
    for is_killed in (False, True):
        figures += _measure_alarm_calls(ask, people, is_killed=is_killed)
    return ProofResult(
        2 * people,
        f"members with a landline, {people} called at once; in the second alarm one of {PROCESSES} workers dies by -9",
        tuple(figures),
    )


def _measure_alarm_calls(ask: ProofRequest, people: int, *, is_killed: bool) -> list[Figure]:
    settings = {"PLP_VOICE_CALLS": str(people), "PLP_VOICE_CENTS_A_DAY": "1000000000"}
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder),
            ask.database,
            connections=people,
            lease=60,
            stage="proof.procedures.called_members",
            settings=settings,
        ) as scene,
    ):
        log = scene.start_fake_telephones(("proof.receivers.sipp_telephones",))
        scene.call_procedure("create_members_with_landline", people)
        message = scene.call_procedure("queue_voice_alarm")
        scene.start_workers(PROCESSES, hurried=True)
        most = _watch_calls_and_kill_worker(scene, people, is_killed=is_killed)
        scene.stop_workers_with_exit_code()
        ends, rung = scene.call_procedure("call_outcomes_of_message", message), _count_rings_by_number(log)
    return _call_figures(ends, rung, people=people, most=most, words="a worker killed: " if is_killed else "")


def _watch_calls_and_kill_worker(scene: SystemUnderTest, people: int, *, is_killed: bool) -> int:
    """Until no call is waited for; kills one worker while calls are in progress. Answers the most calls at once."""
    most, full_since, until = 0, 0.0, time.monotonic() + 600
    while scene.call_procedure("is_call_waiting_or_in_progress"):
        assert time.monotonic() < until, (scene.log.parent / "worker.log").read_text()[-2000:]
        most = max(most, scene.call_procedure("count_calls_in_progress"))
        if is_killed and most == people:
            full_since = full_since or time.monotonic()
            if time.monotonic() - full_since >= INTO_A_CALL:
                os.kill(max(scene.worker_process_ids(), key=_count_telephone_lines), signal.SIGKILL)
                is_killed = False
        time.sleep(STEP)
    assert not is_killed, "nobody was killed: the calls were never all in progress"
    return most


def _count_telephone_lines(worker: int) -> int:
    """How many telephone lines a worker has."""
    return len(Path(f"/proc/{worker}/task/{worker}/children").read_text().split())


def _count_rings_by_number(log: Path) -> Counter[str]:
    """How often each number rang."""
    lines = log.read_text().splitlines() if log.exists() else []
    return Counter(line.split()[1] for line in lines if line.startswith("rang "))


def _call_figures(ends: dict, rung: Counter[str], *, people: int, most: int, words: str) -> list[Figure]:
    """*Lost*: neither heard, nor in doubt and shown, nor given to a person who calls."""
    numbers = {(state, reason): number for state, reason, number in ends["calls"]}
    heard = numbers.get(("delivered", "heard"), 0)
    doubtful = sum(number for (state, _reason), number in numbers.items() if state == "unknown")
    return [
        Figure(f"{words}most calls at once", most, floor=people, goal=people, most=False),
        Figure(f"{words}heard", heard, floor=people, goal=people, most=False),
        Figure(f"{words}lost", people - heard - doubtful - ends["by_hand"], floor=0, goal=0),
        Figure(f"{words}called a second time", sum(number == 2 for number in rung.values())),
        Figure(f"{words}called a third time", sum(number > 2 for number in rung.values()), floor=0, goal=0),
        Figure(f"{words}never rung", people - len(rung), floor=0, goal=0),
        Figure(f"{words}ledger out of balance", int(not ends["is_balanced"]), floor=0, goal=0),
    ]
