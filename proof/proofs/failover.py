"""The database that writes dies; one that follows takes over: nothing acknowledged is lost, and soon all goes on (F18).

Three servers; a commit is acknowledged when a second one holds it (country mode asks for that). In every second round
the old leader is still alive when the new one begins: as no server follows it any more it can acknowledge nothing, so
there are never two truths. A moment later it is killed.
"""

import random
import tempfile
import threading
import time
from pathlib import Path

import psycopg

from proof.harness.replication import ReplicatedPostgres, replicated_postgres
from proof.harness.system import SystemUnderTest
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult, Size, print_progress

NAME = "plp"
SHARE, MOST = 2, 200  # people of one act, acts around one change
BEFORE, AFTER = 5, 5
CONNECTIONS, PROCESSES = 5, 2
NOTICED = 1.0  # seconds until whoever watches the servers acts
SPLIT = 0.5  # seconds with two leaders


def prove(ask: ProofRequest) -> ProofResult:
    """So many changes of the leader while acts come in and mails go out."""
    rounds, dice, waits, done = ask.number_for_size(trial=1, quick=2, floor=4, full=20), random.Random(ask.seed), [], 0
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        replicated_postgres(Path(folder), is_hurried=ask.size == Size.TRIAL) as servers,
    ):
        with psycopg.connect(servers.leader.database_url, autocommit=True) as line:
            line.execute(f"CREATE DATABASE {NAME}")  # type: ignore[call-overload]
        scene = SystemUnderTest(
            Path(folder),
            servers.leader_database_url(NAME),
            delay=0.01,
            connections=CONNECTIONS,
            stage="proof.procedures.retried_enqueue",
        )
        try:
            message = scene.call_procedure("create_people_and_message", rounds * MOST * SHARE)
            scene.start_workers(PROCESSES)
            for number in range(rounds):
                change = Change(servers, dice.uniform(0.05, 0.4), split=number % 2 == 0)
                wait, done = _enqueue_while_leader_changes(scene, change, message, done)
                servers.replace_by_new_follower(change.old)
                waits.append(wait)
                print_progress(f"{number + 1} of {rounds} changes, {wait:.1f} s")
            scene.wait_until_no_dispatch_waits(120)
            book, copies = scene.call_procedure("ledger_and_copy_states", message), scene.count_received_copies()
        finally:
            scene.close()
    window = rounds * CONNECTIONS * PROCESSES
    return ProofResult(
        rounds,
        f"leaders of the database killed while {done:,} people were queued and {PROCESSES} workers sent",
        (
            Figure("until acts are taken and mails leave again, longest", max(waits), "s", floor=120, goal=30),
            Figure("acknowledged and not in the database", done - len(book["copies"]), "", 0, 0),
            *lost_and_double_figures(book, copies, people=done, window=window),
        ),
    )


class Change(threading.Thread):
    """One change of the leader, a moment from now. ``split``: the new one begins while the old one still lives."""

    def __init__(self, servers: ReplicatedPostgres, moment: float, *, split: bool) -> None:
        super().__init__(daemon=True)
        self.servers, self.moment, self.split = servers, moment, split
        self.died = self.over = 0.0
        self.old = servers.leader

    def run(self) -> None:
        """Kill, notice, promote; or promote, then kill."""
        time.sleep(self.moment)
        self.died = time.time()
        if not self.split:
            self.servers.kill(self.old)
        time.sleep(NOTICED)
        self.servers.promote_most_advanced_follower()
        if self.split:
            time.sleep(SPLIT)
            self.servers.kill(self.old)
        self.over = time.time()


def _enqueue_while_leader_changes(scene: SystemUnderTest, change: Change, message: str, done: int) -> tuple[float, int]:
    """Act on while the leader changes. Answers for how long nothing went on, and how many people are in now."""
    change.start()
    acts, since = 0, 0.0
    while acts < BEFORE or change.is_alive() or since == 0.0:
        assert acts < MOST - AFTER
        told = scene.call_procedure("queue_for_people_and_get_time", message, done, done + SHARE)
        done, acts = done + SHARE, acts + 1
        since = since or (told if change.over and told > change.over else 0.0)
        time.sleep(0.05)
    for _ in range(AFTER):
        scene.call_procedure("queue_for_people_and_get_time", message, done, done + SHARE)
        done += SHARE
    return _time_of_next_mail(scene, since) - change.died, done


def _time_of_next_mail(scene: SystemUnderTest, since: float) -> float:
    """When the next mail after ``since`` was taken."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        times = [float(line.split()[0]) for line in scene.log.read_text().splitlines()]
        later = [moment for moment in times if moment > since]
        if later:
            return later[0]
        time.sleep(0.05)
    raise AssertionError((scene.log.parent / "worker.log").read_text()[-2000:])
