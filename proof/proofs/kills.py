"""Workers killed by signal 9 in the middle of their work: nobody lost, nobody gets a third copy (F1, G1).

What the receiver saw of each letter says what its worker could know when it died: whether the data had left, and
whether the answer had come. Only where the first had and the second had not may a copy be in doubt, or come twice.
"""

import os
import random
import signal
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proof.harness.system import SystemUnderTest, system_under_test
from proof.receivers.slow_smtp import ANNOUNCED, ANSWERED, ARRIVED, READ, STAGES, TAKEN
from proof.result import Figure, ProofRequest, ProofResult, print_progress

PROCESSES, CONNECTIONS = 4, 5
SHARE, BATCH = 40, 25  # people for each kill, queued for so many kills at once
DELAY = 0.03  # seconds on average that the receiver waits: before the data, before it takes it, before it answers
WAIT = (0.02, 0.15)  # seconds from a mail that was taken to the next kill: least, most
ANY = 0.25  # of the kills hit any worker
LEASE = 30  # seconds: nobody waits for it


def prove(ask: ProofRequest) -> ProofResult:
    """Kill one worker at a time while mails go to a receiver that takes its time."""
    kills = ask.number_for_size(trial=30, quick=60, full=1000)
    people = kills * SHARE
    receiver = ("proof.receivers.slow_smtp", "--delay", str(DELAY), "--seed", str(ask.seed))
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, receiver=receiver, connections=CONNECTIONS, lease=LEASE) as scene,
    ):
        message = scene.call_procedure("create_people_and_message", people)
        _kill_workers_while_sending(scene, message, kills, random.Random(ask.seed))
        scene.wait_until_no_dispatch_waits(120 + kills)
        scene.stop_workers_with_exit_code()
        book, copies, ends = (
            scene.call_procedure("ledger_and_copy_states", message),
            scene.count_received_copies(),
            _read_stages_by_reference(scene.log),
        )
    return ProofResult(
        kills,
        f"kill -9 of one of {PROCESSES} workers with {CONNECTIONS} connections each, {people:,} recipients",
        (
            *lost_and_double_figures(book, copies, people=people, window=kills * CONNECTIONS),
            *double_and_doubt_figures(book, ends, met=kills // 100),
        ),
        details={"copies that a kill met": dict(_count_kills_by_stage(ends))},
    )


def _kill_one(members: list[int], dice: random.Random) -> bool:
    """Kill one of these workers; ``False`` if there is none, or it ended by itself since it was listed."""
    if not members:
        return False
    try:
        os.kill(dice.choice(members) if dice.random() < ANY else members[0], signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _kill_workers_while_sending(scene: SystemUnderTest, message: str, kills: int, dice: random.Random) -> None:
    """Queue people before every few kills, so that all workers have some in hand. No kill comes before another mail was
    taken, and most hit the worker that lived longest: on a slow machine all would hit workers that only begin.
    """
    for done in range(kills):
        if done % BATCH == 0:
            scene.call_procedure("queue_for_people_in_range", message, done * SHARE, min(done + BATCH, kills) * SHARE)
        if done == 0:
            scene.start_workers(PROCESSES, hurried=True)
        if scene.call_procedure("has_waiting_copies"):
            scene.wait_for_more_mail(300)
        time.sleep(dice.uniform(*WAIT))
        while not _kill_one(scene.worker_process_ids(), dice):
            time.sleep(WAIT[0])
        if (done + 1) % 100 == 0:
            print_progress(f"{done + 1} of {kills} kills")


def lost_and_double_figures(
    book: dict[str, Any], copies: dict[str, int], *, people: int, window: int
) -> tuple[Figure, ...]:
    """The ledger beside what the receiver took. ``window``: how many doubles the named windows allow.

    *Lost*: settled as accepted and never taken, or in no end state. *Unexplained*: taken twice without a doubt on
    record, or taken without a row.
    """
    states = {reference: state for reference, (state, _) in book["copies"].items()}
    doubted = {reference for reference, (_, unknowns) in book["copies"].items() if unknowns}
    ended = {reference for reference, state in states.items() if state in {"accepted", "unknown"}}
    accepted = {reference for reference, state in states.items() if state == "accepted"}
    twice = {reference for reference, number in copies.items() if number > 1}
    doubles = sum(number - 1 for number in copies.values())
    return (
        Figure("recipients", people),
        Figure("lost", people - len(ended) + len(accepted - set(copies)), floor=0, goal=0),
        Figure("doubles", doubles, floor=window, goal=window),
        Figure("doubles without a doubt on record", len(twice - doubted) + len(set(copies) - set(states)), "", 0, 0),
        Figure("most copies to one person", max(copies.values(), default=0), floor=2, goal=2),
        Figure("left unknown, and shown", len(ended) - len(accepted)),
        Figure("ledger out of balance", int(not book["ledger"]["balanced"]), floor=0, goal=0),
    )


def double_and_doubt_figures(book: Mapping[str, Any], ends: Mapping[str, list[str]], *, met: int) -> tuple[Figure, ...]:
    """Doubles and doubts beside what the receiver saw of each letter. ``met``: how many copies a kill must have met at
    each stage, else nothing was tried.

    *Answered*: it came again though an answer to it had been read. *Inherent*: its data was gone, and no answer read.
    *Empty*: on record as a doubt, though its data never came so often without an answer.
    """
    doubles: Counter[bool] = Counter()
    empty: Counter[str] = Counter()
    for reference, (state, unknowns) in book["copies"].items():
        seen = ends.get(reference, [])
        taken = [stage for stage in seen if stage in {TAKEN, ANSWERED, READ}]
        for place in range(1, len(taken)):
            doubles[READ in taken[:place]] += 1
        empty[state] += max(0, unknowns - sum(stage != READ for stage in seen))
    stages = _count_kills_by_stage(ends)
    return (
        Figure("doubles of copies whose answer was read", doubles[True], floor=0, goal=0),
        Figure("doubles whose data was gone, without an answer", doubles[False]),
        Figure("unknown, and the data had not left", empty["unknown"], floor=0, goal=0),
        Figure("doubts, and the data had not left", sum(empty.values()), floor=0, goal=0),
        *(Figure(f"copies met by a kill: {words}", stages[stage], "", met, most=False) for stage, words in MET.items()),
    )


MET = {ANNOUNCED: "before the data", ARRIVED: "before it was taken", TAKEN: "before the answer"}


def _count_kills_by_stage(ends: Mapping[str, list[str]]) -> Counter[str]:
    """At which stage of a letter its worker died."""
    return Counter(stage for stages in ends.values() for stage in stages if stage != READ)


def _read_stages_by_reference(log: Path) -> dict[str, list[str]]:
    """How far each letter came, each time that it was sent, by our reference."""
    ends = defaultdict(list)
    for line in Path(f"{log}.ends").read_text().splitlines():
        stage, name = line.split()
        assert stage in STAGES
        ends[name.partition("@")[0]].append(stage)
    return ends
