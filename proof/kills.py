"""Workers killed by signal 9 in the middle of their work: nobody lost, nobody gets a third copy (F1, G1)."""

import os
import random
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from proof.found import Ask, Figure, Found, progress
from proof.stand.house import House, house

PROCESSES, CONNECTIONS, SHARE = 4, 5, 40
WAIT = (0.05, 0.3)  # seconds between two kills: least, most


def prove(ask: Ask) -> Found:
    """Kill one worker at a time while mails go to a receiver that answers after 20 ms."""
    kills = ask.of(trial=30, quick=30, full=1000)
    people = kills * SHARE
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        house(Path(folder), ask.database, delay=0.02, connections=CONNECTIONS) as scene,
    ):
        message = scene.tell("prepare", people)
        scene.start_workers(PROCESSES)
        _kill(scene, message, kills, random.Random(ask.seed))
        scene.wait_until_settled(120)
        book, copies = scene.tell("book", message), scene.copies()
    return Found(
        kills,
        f"kill -9 of one of {PROCESSES} workers with {CONNECTIONS} connections each, {people:,} recipients",
        judged(book, copies, people=people, window=kills * CONNECTIONS),
    )


def _kill(scene: House, message: str, kills: int, dice: random.Random) -> None:
    """Queue a share of the people before each kill, so there is always work in hand."""
    done = 0
    while done < kills:
        scene.tell("enqueue", message, done * SHARE, (done + 1) * SHARE)
        time.sleep(dice.uniform(*WAIT))
        members = scene.members()
        if members:
            os.kill(dice.choice(members), signal.SIGKILL)
            done += 1
            if done % 100 == 0:
                progress(f"{done} of {kills} kills")


def judged(book: dict[str, Any], copies: dict[str, int], *, people: int, window: int) -> tuple[Figure, ...]:
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
